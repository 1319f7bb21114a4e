// Rows of inserts that are held back, to be sent together: many of one table by COPY, which costs
// the server far less than as many statements. Used by the driver while it writes whole tables.
//
// Kept as COPY's binary format has them (https://www.postgresql.org/docs/15/sql-copy.html, "Binary
// Format"): in it integers are 64 bits, which is what every integer column of the store is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/driver.h"

namespace zicht::store {

// Values of rows as libpq takes them, all in binary. Views of the rows that made it.
struct HeldValues {
  std::vector<const char*> values;  // null: null
  std::vector<int> lengths;
  std::vector<int> formats;
};

// Not thread-safe.
class HeldRows {
 public:
  // For an insert of one row whose values are its placeholders in order, and that says nothing
  // else; nothing for any other statement.
  static std::optional<HeldRows> for_statement(std::string_view insert_sql);

  void add(Params params);
  void clear();

  std::size_t count() const { return ends_.size(); }
  std::size_t bytes() const { return rows_.size(); }
  const std::string& copy_sql() const { return copy_sql_; }
  // All that COPY wants to read.
  std::string copy_data() const;
  // An insert of so many rows.
  std::string insert_sql(std::size_t count) const;
  // Of `count` rows from `first` on, one after another; valid until the next add or clear.
  HeldValues values_of(std::size_t first, std::size_t count) const;

 private:
  HeldRows(std::string_view table, std::string_view columns);

  std::string copy_sql_;
  std::string insert_;     // "insert into t (a, b) values "
  std::size_t columns_ = 0;
  std::string rows_;
  std::vector<std::size_t> ends_;
};

}  // namespace zicht::store
