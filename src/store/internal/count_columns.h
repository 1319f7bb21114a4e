// What the statements that count have in common: the columns of an inner select over the rows of a
// form (alias f), the sums of an outer one over them, and how a row of those is read.
//
// Sums are exact: a column is at most 10^18, so its thousand millions and the rest of it are added
// apart, and no sum of what a table can hold leaves 64 bits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/tally.h"
#include "store/driver.h"
#include "store/internal/form_table.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {

// A tally as the database gives it, without knowing what it is of. They can be added and taken away
// from each other.
struct RawTally {
  std::int64_t rows = 0, undetermined = 0, part = 0, part_undetermined = 0, valued = 0;
  // The thousand millions and the rest of the first field, and then of the second.
  std::array<std::int64_t, 4> sums{};

  RawTally& operator+=(const RawTally& more);
  bool operator==(const RawTally&) const = default;
};

// Table and query must outlive it.
class CountColumns {
 public:
  CountColumns(const FormTable& table, const model::CountQuery& query)
      : table_(table), query_(query), many_(find_many()) {}

  // Errors: ST-0018 for a field that cannot be grouped by, added up or asked.
  Result<void> check() const;

  // Inner: "d0, d1 .." of the dimensions, w and p: 1, 0 or null as the conditions say, a and b: the
  // fields to add up. No comma before or after.
  void render_row(SqlBuilder& sql) const;
  // Inner, after the table (alias f): the values of a field that has several (alias m), so that a
  // row is there once for each.
  void render_join(SqlBuilder& sql) const;
  // Outer: "d0, d1, ", with a comma after each.
  void render_dimensions(SqlBuilder& sql) const;
  // Outer: the nine sums of RawTally. With `sign`, a column of the inner select, rows count as
  // often as it says; without, once.
  void render_sums(std::string_view sign, SqlBuilder& sql) const;

  // Columns that rows are grouped by: of the dimensions and, where a row can be there again,
  // whether it is.
  std::size_t keys() const { return query_.dimensions.size() + (many_ == nullptr ? 0 : 1); }
  // Of a row of the outer select; `at`: the number of its column, `dimension`: < keys().
  std::optional<std::string> value_of(const Rows& rows, int at, std::size_t dimension) const;
  static RawTally tally_of(const Rows& rows, int at);
  // Errors: ZB-0007 for a sum of more than 36 digits.
  Result<model::Group> told(std::vector<std::optional<std::string>> keys,
                            const RawTally& raw) const;

 private:
  const FieldColumns* find(const std::string& field) const;
  const FieldColumns* find_many() const;
  Result<model::Tally> tally_told(const RawTally& raw) const;
  void render_verdict(const feel::Predicate* predicate, std::string_view without,
                      SqlBuilder& sql) const;
  void render_dimension(const model::GroupBy& dimension, SqlBuilder& sql) const;
  std::string summed(const std::string& field) const;

  const FormTable& table_;
  const model::CountQuery& query_;
  const FieldColumns* const many_;  // null: a row has one value of each dimension
};

}  // namespace zicht::store
