// A form as a table: names, columns, indexes and the SQL texts that only depend on the form.
//
// Engine columns start with an underscore (an id of a field never does). A row is one version of
// a record as it held during [_valid_from, _valid_to) and was known during [_recorded_from,
// _recorded_to). `_current` is 1 for the one row of a record that holds now. `_row` is four times
// the seq of the journal entry that made it, plus 0 for the version itself, 1 and 2 for what was
// left before and after it of the row that it replaced. `_created` is the seq that made the
// record: unique per record, and the order of pages. `_document` is the payload as the model
// reads it, without the fields that are sealed; those stand in `_sealed`, under the data key
// `_key_id`.
//
// Columns of fields are there to filter, sort and report on; reading takes the document.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/form.h"
#include "store/driver.h"

namespace zicht::store {

// The columns of an uncertain date: its words, first and last day as texts, the first as a number
// of days since 1970-01-01, and the class of its length (window_class).
inline constexpr std::array<std::string_view, 5> kWindowColumns = {"words", "first", "last",
                                                                   "start", "length"};
enum WindowColumn : std::uint8_t { kWords, kFirst, kLast, kStart, kLength };

// Numbers of the rows that one entry can make; and the last one of an entry.
inline constexpr std::int64_t kRowsPerEntry = 4;
constexpr std::int64_t last_row_of(std::int64_t seq) { return (seq + 1) * kRowsPerEntry - 1; }

// What a field is kept in. Exactly one of: sealed, a child table, or columns.
struct FieldColumns {
  model::Field field;
  bool is_sealed = false;
  std::string child_table;           // many: its table
  // Parameters: _row, _position, value, _created, _audience, _current.
  std::string child_insert_sql;
  std::vector<std::string> columns;  // unquoted; an uncertain date has those of `Window`

  bool is_many() const { return !child_table.empty(); }
  bool is_window() const { return columns.size() == kWindowColumns.size(); }
  std::string_view value_type(std::size_t column = 0) const;  // "int" or "text" of in_dialect
  // The column that the field is filtered and sorted on (an uncertain date: its first day).
  const std::string& sort_column() const { return columns[is_window() ? kFirst : 0]; }
};

// Which windows overlap others cannot be read off an index over their first days, nor off one over
// their last days: half of all may begin before some day and half end after it, and none do both.
// So windows also stand by their length: those of one length that overlap have their first days in
// one range. Lengths up to 400 days are as they are, longer ones rounded up by at most a twentieth,
// so that few are different.
//
// Days that lie between the first and the last, rounded up; never less.
std::int64_t window_class(std::int64_t days);

struct ColumnDefinition {
  std::string table;
  std::string name;
  std::string_view type;  // "int", "text", "blob" of in_dialect, with constraints
};

struct IndexDefinition {
  std::string name;
  std::string table;
  std::string columns;    // quoted, comma separated
  std::string condition;  // empty: all rows
};

class FormTable {
 public:
  // Requires: ids of pack, form and fields in the shape that packs guarantee.
  FormTable(std::string full_id, std::vector<model::Field> fields, bool has_process);

  const std::string& form() const { return form_; }
  const std::string& name() const { return name_; }  // unquoted
  const std::vector<FieldColumns>& fields() const { return fields_; }
  const FieldColumns* find(std::string_view field) const;
  bool has_process() const { return has_process_; }

  // Tables without columns of fields, and then the columns to add.
  std::vector<std::string> table_sql(const Dialect& dialect) const;
  std::vector<ColumnDefinition> columns() const;
  std::vector<IndexDefinition> indexes() const;

  // Parameters: the engine columns in the order of kEngineColumns, then the columns of the fields
  // in order.
  const std::string& insert_sql() const { return insert_sql_; }
  // Parameters: the row to copy; its new _row, _valid_from, _valid_to, _recorded_from, _current.
  const std::string& copy_sql() const { return copy_sql_; }
  // Parameters: time, row.
  const std::string& close_sql() const { return close_sql_; }

  // The name of the index over `column` (or an engine column) of current rows.
  static std::string index_name(std::string_view table, std::string_view column);

 private:
  void add_field(model::Field field);
  void write_sql();

  std::string form_;
  std::string name_;
  bool has_process_;
  std::vector<FieldColumns> fields_;
  std::string insert_sql_, copy_sql_, close_sql_;
};

// In the order of the parameters of insert_sql.
inline constexpr std::string_view kEngineColumns =
    "_organisation, _row, _record, _created, _version, _valid_from, _valid_to, _recorded_from, "
    "_recorded_to, _current, _audience, _state, _turn, _title, _actor, _pack_hash, _document, "
    "_sealed, _key_id";
inline constexpr int kEngineColumnCount = 19;

// Child tables: the items of a `many` field of every row.
// Parameters: the row to copy; the new _row, and its _current.
std::string child_copy_sql(const FieldColumns& field);
// Parameter: the row that is not current any more.
std::string child_close_sql(const FieldColumns& field);

// "quoted" names, comma separated.
std::string quoted_list(const std::vector<std::string>& names);

// The part of another store's or version's fields that matters: every field of `a` and of `b`;
// filterable, sortable and searchable when it is so in either.
std::vector<model::Field> united(const std::vector<model::Field>& a,
                                 const std::vector<model::Field>& b);

// Confidential and secret fields are sealed; they have no columns.
bool is_sealed(const model::Field& field);

}  // namespace zicht::store
