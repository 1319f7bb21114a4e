#include "store/internal/form_table.h"

#include <algorithm>
#include <utility>

#include "store/internal/schema.h"

namespace zicht::store {
namespace {

using model::Field;
using model::FieldType;

std::string snake(std::string_view kebab) {
  std::string name(kebab);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// "pack/form" -> f_pack__form: ids have no double dash, so no two forms share a table.
std::string table_name(std::string_view full_id) {
  const auto slash = full_id.find('/');
  return short_identifier("f_" + snake(full_id.substr(0, slash)) + "__" +
                          snake(full_id.substr(slash + 1)));
}

std::string_view column_type(const Field& field) {
  switch (field.type) {
    case FieldType::kInteger:
    case FieldType::kDecimal:
    case FieldType::kMoney:
    case FieldType::kBoolean:
      return "int";
    default:
      return "text";
  }
}

bool is_indexed(const Field& field) {
  return field.is_filterable || field.is_sortable || field.type == FieldType::kReference;
}

constexpr std::string_view kRowDefinition =
    "_organisation text not null, _row int not null, _record text not null, "
    "_created int not null, _version int not null, _valid_from text not null, _valid_to text, "
    "_recorded_from int not null, _recorded_to int, _current int not null, "
    "_audience int not null, _state text not null, _turn text not null, _title text not null, "
    "_actor text not null, _pack_hash text not null, _document text not null, _sealed blob, "
    "_key_id text";

}  // namespace

std::string_view FieldColumns::value_type(std::size_t column) const {
  return is_window() && column >= kStart ? "int" : column_type(field);
}

std::int64_t window_class(std::int64_t days) {
  constexpr std::int64_t kExact = 400, kSteps = 20;
  std::int64_t rounded = std::min(days, kExact);
  while (rounded < days) rounded += rounded / kSteps;
  return rounded;
}

FormTable::FormTable(std::string full_id, std::vector<Field> fields, bool has_process)
    : form_(std::move(full_id)), name_(table_name(form_)), has_process_(has_process) {
  for (Field& field : fields) add_field(std::move(field));
  write_sql();
}

void FormTable::add_field(Field field) {
  FieldColumns kept;
  kept.is_sealed = is_sealed(field);
  if (!kept.is_sealed) {
    if (field.is_many) {
      kept.child_table = short_identifier("m" + name_.substr(1) + "__" + field.id);
      kept.child_insert_sql = "insert into " + quote_identifier(kept.child_table) +
                              " (_row, _position, value, _created, _audience, _current) "
                              "values ($1, $2, $3, $4, $5, $6)";
    } else if (field.type == FieldType::kUncertainDate) {
      for (const std::string_view part : kWindowColumns) {
        kept.columns.push_back(field.id + "_" + std::string(part));
      }
    } else {
      kept.columns = {field.id};
    }
  }
  kept.field = std::move(field);
  fields_.push_back(std::move(kept));
}

const FieldColumns* FormTable::find(std::string_view field) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const FieldColumns& each) { return each.field.id == field; });
  return found == fields_.end() ? nullptr : &*found;
}

std::vector<std::string> FormTable::table_sql(const Dialect& dialect) const {
  // SQLite reads a row quickest by an integer key alone; elsewhere the organisation is part of
  // the key, so that the table can be partitioned by it.
  const bool is_sqlite = dialect.kind == Dialect::Kind::kSqlite;
  std::vector<std::string> sql;
  sql.push_back("create table if not exists " + quote_identifier(name_) + " (" +
                in_dialect(dialect, kRowDefinition) +
                (is_sqlite ? ", primary key (_row))" : ", primary key (_row, _organisation))"));
  for (const FieldColumns& each : fields_) {
    if (!each.is_many()) continue;
    sql.push_back("create table if not exists " + quote_identifier(each.child_table) + " (" +
                  in_dialect(dialect, "_row int not null, _position int not null, value " +
                                          std::string(column_type(each.field)) +
                                          " not null, _created int not null, "
                                          "_audience int not null, _current int not null, "
                                          "primary key (_row, _position))") +
                  std::string(dialect.clustered));
  }
  return sql;
}

std::vector<ColumnDefinition> FormTable::columns() const {
  std::vector<ColumnDefinition> result;
  for (const FieldColumns& each : fields_) {
    for (std::size_t at = 0; at < each.columns.size(); ++at) {
      result.push_back({.table = name_, .name = each.columns[at], .type = each.value_type(at)});
    }
  }
  return result;
}

std::string FormTable::index_name(std::string_view table, std::string_view column) {
  return short_identifier("x_" + std::string(table) + "__" + std::string(column));
}

std::vector<IndexDefinition> FormTable::indexes() const {
  std::vector<IndexDefinition> result;
  const auto add = [&](const std::string& table, std::string_view what, std::string columns,
                       std::string condition) {
    result.push_back({index_name(table, what), table, std::move(columns), std::move(condition)});
  };
  const std::string current = "_current = 1";
  add(name_, "all", "_created, _row", "");
  add(name_, "_created", "_audience, _created", current);
  add(name_, "_recorded_from", "_audience, _recorded_from, _created", current);
  add(name_, "_organisation", "_audience, _organisation, _created", current);
  if (has_process_) {
    add(name_, "_state", "_audience, _state, _created", current);
    add(name_, "_turn", "_audience, _turn, _created", current);
  }
  for (const FieldColumns& each : fields_) {
    if (!is_indexed(each.field) || each.is_sealed) continue;
    if (each.is_many()) {
      add(each.child_table, "value", "_audience, value, _created", current);
    } else if (each.is_window()) {
      add(name_, each.columns[kFirst],
          "_audience, " + quote_identifier(each.columns[kFirst]) + ", _created", current);
      add(name_, each.columns[kLength],
          "_audience, " + quote_identifier(each.columns[kLength]) + ", " +
              quote_identifier(each.columns[kStart]) + ", " +
              quote_identifier(each.columns[kLast]) + ", _created",
          current);
    } else {
      add(name_, each.columns[0], "_audience, " + quote_identifier(each.columns[0]) + ", _created",
          current);
    }
  }
  return result;
}

void FormTable::write_sql() {
  std::vector<std::string> names;
  for (const FieldColumns& each : fields_) {
    names.insert(names.end(), each.columns.begin(), each.columns.end());
  }
  const std::string field_columns = names.empty() ? "" : ", " + quoted_list(names);
  std::string values = "$1";
  for (std::size_t at = 2; at <= kEngineColumnCount + names.size(); ++at) {
    values += ", $" + std::to_string(at);
  }
  const std::string all = std::string(kEngineColumns) + field_columns;
  insert_sql_ = "insert into " + quote_identifier(name_) + " (" + all + ") values (" + values + ")";
  copy_sql_ = "insert into " + quote_identifier(name_) + " (" + all +
              ") select _organisation, $2, _record, _created, _version, $3, $4, $5, null, $6, "
              "_audience, _state, _turn, _title, _actor, _pack_hash, _document, _sealed, _key_id" +
              field_columns + " from " + quote_identifier(name_) + " where _row = $1";
  close_sql_ =
      "update " + quote_identifier(name_) + " set _recorded_to = $1, _current = 0 where _row = $2";
}

std::string child_copy_sql(const FieldColumns& field) {
  const std::string table = quote_identifier(field.child_table);
  return "insert into " + table +
         " (_row, _position, value, _created, _audience, _current) "
         "select $2, _position, value, _created, _audience, $3 from " +
         table + " where _row = $1";
}

std::string child_close_sql(const FieldColumns& field) {
  return "update " + quote_identifier(field.child_table) + " set _current = 0 where _row = $1";
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + quote_identifier(name);
  return list;
}

std::vector<Field> united(const std::vector<Field>& a, const std::vector<Field>& b) {
  std::vector<Field> all = a;
  for (const Field& field : b) {
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Field& each) { return each.id == field.id; });
    if (known == all.end()) {
      all.push_back(field);
      continue;
    }
    known->is_filterable |= field.is_filterable;
    known->is_sortable |= field.is_sortable;
    known->is_searchable |= field.is_searchable;
    // A field that was in clear once has its columns.
    known->sensitivity = std::min(known->sensitivity, field.sensitivity);
  }
  return all;
}

bool is_sealed(const Field& field) {
  return field.sensitivity >= model::Sensitivity::kConfidential;
}

}  // namespace zicht::store
