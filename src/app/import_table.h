// A table that somebody wants to import, as it stands in a file: CSV or a sheet of a workbook.
//
//     ZICHT_TRY(table, read_table(content, {.sheet = "Tabel 1", .header_row = 3}));
//     table.rows[0].cells[0].text
//
// Cells are text as the file has it; what a workbook says of them stands beside it. A formula is
// never computed: a cell has the outcome that the file keeps, and is broken without one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zicht::app {

// Limits of one file. Rows are those under the names of the columns.
inline constexpr std::size_t kMostImportRows = 10'000;
inline constexpr std::size_t kMostImportColumns = 200;
inline constexpr std::size_t kMostImportCell = 80'000;  // bytes: 20,000 code points

enum class CellKind : std::uint8_t {
  kText,     // CSV has nothing else
  kNumber,   // digits with a decimal point, whatever the language of the workbook
  kDate,     // YYYY-MM-DD
  kBoolean,  // "true" or "false"
  kBroken,   // a formula without an outcome, or with an error
};

struct ImportCell {
  std::string text;
  CellKind kind = CellKind::kText;
};

struct ImportRow {
  std::uint32_t line = 0;         // in the file or sheet, from 1
  std::vector<ImportCell> cells;  // as many as there are columns
};

struct ImportTable {
  std::string format;               // "csv" or "xlsx"
  std::string encoding;             // of a CSV: "utf-8", "utf-16le", "utf-16be", "windows-1252"
  std::string separator;            // of a CSV: ",", ";" or a tab
  std::string sheet;                // of a workbook
  std::vector<std::string> sheets;  // of a workbook, in its order
  std::vector<std::string> columns; // names, each once
  std::vector<ImportRow> rows;      // those with something in them
};

struct TableWish {
  std::string sheet;            // empty: the first
  std::int64_t header_row = 1;  // line with the names of the columns
};

// Errors: EX-0060 to EX-0070, SA-0090 to SA-0097. Pure; thread-safe.
using ReadImportTable =
    std::function<Result<ImportTable>(std::string_view content, const TableWish& wish)>;

}  // namespace zicht::app
