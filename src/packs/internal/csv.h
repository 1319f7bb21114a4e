// A small reader for comma-separated values (RFC 4180), with the place of every cell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "packs/internal/report.h"

namespace zicht::packs::internal {

constexpr std::size_t kMaxCsvRows = 50'000;
constexpr std::size_t kMaxCsvColumns = 200;

struct Cell {
  std::string text;
  Place place;
};

using CsvRow = std::vector<Cell>;

// All rows, the header first; every row as long as the header. Cells may be quoted, quotes inside
// are doubled, lines end in LF or CRLF, a blank line is skipped. What is wrong is reported (PK-0003
// not UTF-8, PK-0129 a stray or open quote, PK-0131 a row of another length, PK-0014 too many
// rows), and the rows that are good are given.
[[nodiscard]] std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file,
                                            Report& report);

}  // namespace zicht::packs::internal
