#include "store/internal/form_registry.h"

#include <mutex>
#include <set>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/schema.h"

namespace zicht::store {
namespace {

std::string version_key(std::string_view pack_hash, std::string_view form) {
  return std::string(pack_hash) + ":" + std::string(form);
}

bool has_process(const model::Form& form) {
  return !form.process.process.empty() || !form.process.by_field.empty();
}

Result<void> check_columns(const FormTable& table) {
  std::set<std::string> seen;
  for (const ColumnDefinition& column : table.columns()) {
    if (seen.insert(column.name).second) continue;
    return make_error("ST-0016", {{"form", table.form()}, {"column", column.name}});
  }
  return {};
}

Result<std::set<std::string>> known_columns(Connection& connection, const std::string& table) {
  ZICHT_TRY(rows, connection.query("select column_name from form_columns where table_name = $1",
                                   {table}));
  std::set<std::string> names;
  while (rows.next()) names.emplace(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return names;
}

Result<void> add_column(Connection& connection, const ColumnDefinition& column) {
  ZICHT_CHECKED(connection.run_script("alter table " + quote_identifier(column.table) +
                                      " add column " + quote_identifier(column.name) + " " +
                                      in_dialect(connection.dialect(), column.type)));
  return connection.queue("insert into form_columns (table_name, column_name) values ($1, $2)",
                          {column.table, column.name});
}

Result<void> create_form_table(Connection& connection, const FormTable& table) {
  ZICHT_CHECKED(check_columns(table));
  for (const std::string& sql : table.table_sql(connection.dialect())) {
    ZICHT_CHECKED(connection.run_script(sql));
  }
  ZICHT_TRY(known, known_columns(connection, table.name()));
  for (const ColumnDefinition& column : table.columns()) {
    if (!known.contains(column.name)) ZICHT_CHECKED(add_column(connection, column));
  }
  return {};
}

}  // namespace

std::vector<FormTablePtr> FormRegistry::tables_with(const model::Pack& pack) const {
  const std::shared_lock lock(mutex_);
  std::vector<FormTablePtr> tables;
  for (const model::Form& form : pack.forms) tables.push_back(table_with(form));
  return tables;
}

void FormRegistry::add(const model::Pack& pack) {
  const std::unique_lock lock(mutex_);
  for (const model::Form& form : pack.forms) {
    const std::string id = form.full_id();
    auto [entry, is_new] = versions_.try_emplace(version_key(pack.hash, id));
    if (!is_new) continue;
    entry->second = std::make_shared<const FormVersion>(
        FormVersion{.form = form, .table = FormTable(id, form.fields, has_process(form))});
    tables_[id] = table_with(form);
  }
}

FormTablePtr FormRegistry::table_with(const model::Form& form) const {
  const auto known = tables_.find(form.full_id());
  std::vector<model::Field> before;
  bool runs = has_process(form);
  if (known != tables_.end()) {
    for (const FieldColumns& each : known->second->fields()) before.push_back(each.field);
    runs = runs || known->second->has_process();
  }
  return std::make_shared<const FormTable>(form.full_id(), united(before, form.fields), runs);
}

Result<FormVersionPtr> FormRegistry::version(std::string_view pack_hash,
                                             std::string_view form) const {
  const std::shared_lock lock(mutex_);
  const auto found = versions_.find(version_key(pack_hash, form));
  if (found != versions_.end()) return found->second;
  return make_error("ST-0014", {{"form", std::string(form)}, {"hash", std::string(pack_hash)}});
}

Result<FormTablePtr> FormRegistry::table(std::string_view form) const {
  const std::shared_lock lock(mutex_);
  const auto found = tables_.find(form);
  if (found != tables_.end()) return found->second;
  return make_error("ST-0015", {{"form", std::string(form)}});
}

std::vector<FormTablePtr> FormRegistry::tables() const {
  const std::shared_lock lock(mutex_);
  std::vector<FormTablePtr> all;
  for (const auto& [id, table] : tables_) all.push_back(table);
  return all;
}

Result<void> create_form_tables(Connection& connection, const std::vector<FormTablePtr>& tables,
                                bool with_indexes) {
  for (const FormTablePtr& table : tables) {
    ZICHT_CHECKED(create_form_table(connection, *table));
    if (with_indexes) ZICHT_CHECKED(create_form_indexes(connection, *table));
  }
  return {};
}

Result<void> create_form_indexes(Connection& connection, const FormTable& table) {
  for (const IndexDefinition& index : table.indexes()) {
    std::string sql = "create index if not exists " + quote_identifier(index.name) + " on " +
                      quote_identifier(index.table) + " (" + index.columns + ")";
    if (!index.condition.empty()) sql += " where " + index.condition;
    ZICHT_CHECKED(connection.run_script(sql));
  }
  return {};
}

}  // namespace zicht::store
