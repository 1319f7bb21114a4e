#include "stats/csv.h"

#include <algorithm>
#include <set>

#include "base/csv_text.h"
#include "targets.h"

// The component has the name of the target.
namespace zicht::fuzz {
namespace {

namespace tables = zicht::stats;

std::string written_again(const tables::CsvTable& table) {
  std::string text;
  tables::append_csv_row(text, table.columns());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::vector<std::string> fields;
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
      fields.emplace_back(table.text(row, column));
    }
    tables::append_csv_row(text, fields);
  }
  return text;
}

// As it was, or made harmless for spreadsheets.
bool is_kept(std::string_view again, std::string_view before) {
  return again == before || again == csv_safe(before);
}

// Names that differ may be made harmless to the same.
bool has_names_apart(const std::vector<std::string>& names) {
  std::set<std::string> all;
  for (const std::string& name : names) {
    if (!all.insert(name).second || (csv_safe(name) != name && !all.insert(csv_safe(name)).second))
      return false;
  }
  return true;
}

}  // namespace

void csv(std::string_view input) {
  const auto table = tables::CsvTable::parse(input, {.max_rows = 1'000, .max_columns = 50});
  if (!table) return;
  must(!table->columns().empty(), "a table has columns");
  if (!has_names_apart(table->columns())) return;
  const auto again = tables::CsvTable::parse(written_again(*table));
  must(again && again->rows() == table->rows() &&
           std::ranges::equal(again->columns(), table->columns(), is_kept),
       "a table that is written can be read");
  for (std::size_t row = 0; row < table->rows(); ++row) {
    must(row == 0 || table->line(row) > table->line(row - 1), "each row begins on a later line");
    for (std::size_t column = 0; column < table->columns().size(); ++column) {
      must(is_kept(again->text(row, column), table->text(row, column)), "a field stays as it was");
      (void)table->number(row, column);
    }
  }
}

}  // namespace zicht::fuzz
