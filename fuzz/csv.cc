#include "stats/csv.h"

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

}  // namespace

void csv(std::string_view input) {
  const auto table = tables::CsvTable::parse(input, {.max_rows = 1'000, .max_columns = 50});
  if (!table) return;
  must(!table->columns().empty(), "a table has columns");
  const auto again = tables::CsvTable::parse(written_again(*table));
  must(again && again->columns() == table->columns() && again->rows() == table->rows(),
       "a table that is written can be read");
  for (std::size_t row = 0; row < table->rows(); ++row) {
    must(row == 0 || table->line(row) > table->line(row - 1), "each row begins on a later line");
    for (std::size_t column = 0; column < table->columns().size(); ++column) {
      must(again->text(row, column) == table->text(row, column), "a field stays as it was");
      (void)table->number(row, column);
    }
  }
}

}  // namespace zicht::fuzz
