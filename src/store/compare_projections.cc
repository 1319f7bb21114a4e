// Comparing two sets of projections: table by table, row by row, in the order of the key.
#include <utility>

#include "store/internal/schema.h"
#include "store/internal/sql_builder.h"
#include "store/rebuild.h"

namespace zicht::store {
namespace {

constexpr std::int64_t kChunk = 2000;

struct ComparedColumn {
  std::string name;
  bool is_integer = false;
};

struct ComparedTable {
  std::string name;
  std::vector<ComparedColumn> columns;  // those of the key first
  std::size_t key_length = 1;
};

using Row = std::vector<Cell>;

// Words of a definition such as "a int not null, b text".
std::vector<ComparedColumn> columns_of(std::string_view definition) {
  std::vector<ComparedColumn> columns;
  while (!definition.empty()) {
    const auto comma = definition.find(", ");
    const std::string_view part = definition.substr(0, comma);
    const auto space = part.find(' ');
    columns.push_back({.name = std::string(part.substr(0, space)),
                       .is_integer = part.substr(space + 1).starts_with("int")});
    definition = comma == std::string_view::npos ? "" : definition.substr(comma + 2);
  }
  return columns;
}

// Puts the columns of the key in front.
ComparedTable table_of(std::string name, std::vector<ComparedColumn> columns,
                       std::string_view key) {
  ComparedTable table{.name = std::move(name), .columns = {}, .key_length = 0};
  for (const ComparedColumn& in_key : columns_of(key)) {
    for (const ComparedColumn& column : columns) {
      if (column.name == in_key.name) table.columns.push_back(column);
    }
  }
  table.key_length = table.columns.size();
  for (const ComparedColumn& column : columns) {
    bool is_in_key = false;
    for (std::size_t at = 0; at < table.key_length; ++at) {
      is_in_key = is_in_key || table.columns[at].name == column.name;
    }
    if (!is_in_key) table.columns.push_back(column);
  }
  return table;
}

std::vector<ComparedColumn> row_columns_of(const FormTable& form) {
  std::vector<ComparedColumn> columns = columns_of(
      "_organisation text, _row int, _record text, _created int, _version int, _valid_from text, "
      "_valid_to text, _recorded_from int, _recorded_to int, _current int, _audience int, "
      "_state text, _turn text, _title text, _actor text, _pack_hash text, _document text, "
      "_sealed text, _key_id text");
  for (const ColumnDefinition& column : form.columns()) {
    columns.push_back({.name = column.name, .is_integer = column.type == "int"});
  }
  return columns;
}

std::vector<ComparedTable> tables_of(const FormRegistry& forms) {
  std::vector<ComparedTable> tables;
  for (const ProjectionTable& table : projection_tables()) {
    tables.push_back(table_of(std::string(table.name), columns_of(table.columns), table.key));
  }
  for (const FormTablePtr& form : forms.tables()) {
    tables.push_back(table_of(form->name(), row_columns_of(*form), "_row"));
    for (const FieldColumns& field : form->fields()) {
      if (!field.is_many()) continue;
      const bool is_integer = field.value_type() == "int";
      std::vector<ComparedColumn> columns =
          columns_of("_row int, _position int, _created int, _audience int, _current int");
      columns.push_back({.name = "value", .is_integer = is_integer});
      tables.push_back(table_of(field.child_table, std::move(columns), "_row, _position"));
    }
  }
  return tables;
}

// The rows of one table of one store, in chunks.
class RowSequence {
 public:
  RowSequence(Connection& connection, const ComparedTable& table)
      : connection_(connection), table_(table) {}

  // Null at the end.
  Result<const Row*> current() {
    if (at_ == chunk_.size() && !is_last_) ZICHT_CHECKED(read_chunk());
    return at_ < chunk_.size() ? &chunk_[at_] : nullptr;
  }
  void advance() { ++at_; }

 private:
  Result<void> read_chunk() {
    SqlBuilder sql;
    render(sql);
    chunk_.clear();
    at_ = 0;
    ZICHT_TRY(rows, sql.query(connection_));
    while (rows.next()) {
      Row row;
      for (std::size_t column = 0; column < table_.columns.size(); ++column) {
        row.push_back(cell(rows, static_cast<int>(column), table_.columns[column].is_integer));
      }
      chunk_.push_back(std::move(row));
    }
    ZICHT_CHECKED(rows.status());
    is_last_ = static_cast<std::int64_t>(chunk_.size()) < kChunk;
    if (!chunk_.empty()) {
      last_key_.assign(chunk_.back().begin(),
                       chunk_.back().begin() + static_cast<std::ptrdiff_t>(table_.key_length));
    }
    return {};
  }

  void render(SqlBuilder& sql) const {
    std::string key, all;
    for (std::size_t at = 0; at < table_.columns.size(); ++at) {
      const std::string name = quote_identifier(table_.columns[at].name);
      all += (at == 0 ? "" : ", ") + name;
      if (at < table_.key_length) key += (at == 0 ? "" : ", ") + name;
    }
    sql.add("select ").add(all).add(" from ").add(quote_identifier(table_.name));
    if (!last_key_.empty()) sql.add(" where (").add(key).add(") > ").bind_list(last_key_);
    sql.add(" order by ").add(key).add(" limit ").bind(kChunk);
  }

  static Cell cell(const Rows& rows, int column, bool is_integer) {
    if (rows.is_null(column)) return {};
    if (is_integer) return rows.integer(column);
    return std::string(rows.text(column));
  }

  Connection& connection_;
  const ComparedTable& table_;
  std::vector<Row> chunk_;
  std::size_t at_ = 0;
  std::vector<Cell> last_key_;
  bool is_last_ = false;
};

class Comparison {
 public:
  Comparison(const ComparedTable& table, RebuildReport& report) : table_(table), report_(report) {}

  Result<void> run(Connection& live, Connection& rebuilt) {
    RowSequence ours(live, table_);
    RowSequence theirs(rebuilt, table_);
    while (report_.differences.size() < kDifferenceLimit) {
      ZICHT_TRY(our_row, ours.current());
      ZICHT_TRY(their_row, theirs.current());
      if (our_row == nullptr && their_row == nullptr) return {};
      ++report_.rows;
      const int order = order_of(our_row, their_row);
      if (order == 0) compare(*our_row, *their_row);
      if (order < 0) add(*our_row, "is in the store and not in the journal");
      if (order > 0) add(*their_row, "follows from the journal and is not in the store");
      if (order <= 0) ours.advance();
      if (order >= 0) theirs.advance();
    }
    return {};
  }

 private:
  // Which of the two has the lower key; the end is above every key.
  int order_of(const Row* ours, const Row* theirs) const {
    if (ours == nullptr) return 1;
    if (theirs == nullptr) return -1;
    for (std::size_t at = 0; at < table_.key_length; ++at) {
      if ((*ours)[at] < (*theirs)[at]) return -1;
      if ((*theirs)[at] < (*ours)[at]) return 1;
    }
    return 0;
  }

  void compare(const Row& ours, const Row& theirs) {
    for (std::size_t at = table_.key_length; at < table_.columns.size(); ++at) {
      if (ours[at] == theirs[at]) continue;
      add(ours, "has another " + table_.columns[at].name + " than follows from the journal");
      return;
    }
  }

  // Names the row by its numbers and ids; a text in a key may be a word of a document.
  void add(const Row& row, const std::string& what) {
    std::string key;
    for (std::size_t at = 0; at < table_.key_length; ++at) {
      const bool is_word = table_.name == "terms" && table_.columns[at].name == "term";
      key += at == 0 ? "" : ", ";
      key += table_.columns[at].name + " ";
      if (const auto* number = std::get_if<std::int64_t>(&row[at])) key += std::to_string(*number);
      if (const auto* text = std::get_if<std::string>(&row[at])) key += is_word ? "..." : *text;
    }
    report_.differences.push_back("table " + table_.name + ": the row with " + key + " " + what);
  }

  const ComparedTable& table_;
  RebuildReport& report_;
};

}  // namespace

Result<void> compare_projections(Connection& live, Connection& rebuilt, const FormRegistry& forms,
                                 RebuildReport& report) {
  for (const ComparedTable& table : tables_of(forms)) {
    ZICHT_CHECKED(Comparison(table, report).run(live, rebuilt));
  }
  return {};
}

}  // namespace zicht::store
