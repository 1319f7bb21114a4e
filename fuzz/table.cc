#include "base/text.h"
#include "exchange/import_table.h"
#include "targets.h"

namespace zicht::fuzz {

void table(std::string_view input) {
  const auto read = exchange::read_import_table(input, {});
  if (!read) return;
  must(!read->columns.empty(), "a table has columns");
  must(read->rows.size() <= app::kMostImportRows, "no more rows than the limit");
  for (const app::ImportRow& row : read->rows) {
    must(row.cells.size() == read->columns.size(), "a row is as long as the names");
    for (const app::ImportCell& cell : row.cells) {
      must(is_valid_utf8(cell.text) && cell.text.size() <= app::kMostImportCell,
           "a cell is text within the limit");
    }
  }
}

}  // namespace zicht::fuzz
