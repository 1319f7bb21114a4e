// The CSV reader: cells of small texts joined with | and rows with /, beside what is reported; and
// a round trip of random cells through the quoting that RFC 4180 describes.
#include "packs/internal/csv.h"

#include <doctest/doctest.h>

#include "base/rng.h"

namespace zicht::packs::internal {
namespace {

std::string shown(const std::vector<CsvRow>& rows) {
  std::string text;
  for (const CsvRow& row : rows) {
    for (const Cell& cell : row) text += cell.text + "|";
    text += "/";
  }
  return text;
}

std::string found(Report& report) {
  std::string text;
  for (const Diagnostic& d : report.take_sorted()) text += d.id + "@" + location_of(d) + " ";
  return text;
}

void check(std::string_view csv, std::string_view rows, std::string_view findings = "") {
  CAPTURE(csv);
  Report report;
  CHECK(shown(parse_csv(csv, "f", report)) == rows);
  CHECK(found(report) == findings);
}

TEST_CASE("csv: cells, quotes and line ends") {
  check("", "");
  check("a,b\n1,2\n", "a|b|/1|2|/");
  check("a,b\r\n1,2", "a|b|/1|2|/");
  check("a,b\n\n,\n", "a|b|/||/");
  check("\xEF\xBB\xBF" "a\nx\n", "a|/x|/");
  check("a\n\"x,y\"\n", "a|/x,y|/");
  check("a\n\"x \"\"y\"\"\"\n", "a|/x \"y\"|/");
  check("a,b\n\"x\ny\",z\n", "a|b|/x\ny|z|/");
  check("a\n x \n", "a|/ x |/");
}

TEST_CASE("csv: what is wrong has its place, in code points") {
  check("a,b\n1\n2,3\n", "a|b|/2|3|/", "PK-0131@f:2:1 ");
  check("a,b\n\xC3\xA9,x\"y\n", "a|b|/", "PK-0129@f:2:4 ");
  check("a\n\"open\n", "a|/", "PK-0129@f:2:1 ");
  check("a\n\"x\"y\"\n", "a|/", "PK-0129@f:2:5 ");
  check("a\n\xFF\n", "", "PK-0003@f ");
}

TEST_CASE("csv: too many rows or columns are cut off with a word") {
  std::string rows = "a\n";
  for (std::size_t i = 0; i <= kMaxCsvRows; ++i) rows += "x\n";
  Report report;
  CHECK(parse_csv(rows, "f", report).size() == kMaxCsvRows + 1);
  CHECK(found(report).starts_with("PK-0014@f:50002"));
  Report wide;
  CHECK(parse_csv(std::string(kMaxCsvColumns, ',') + "\n", "f", wide).empty());
  CHECK(found(wide).starts_with("PK-0014"));
}

TEST_CASE("csv: quoted cells come back as they were") {
  SeededRng rng(4180);
  const std::string letters = "ab,\"\n\r; ";
  std::vector<std::string> cells;
  std::string text = "h\n";
  for (int i = 0; i < 500; ++i) {
    std::string cell;
    const std::uint64_t length = rng.below(8);
    for (std::uint64_t k = 0; k < length; ++k) cell += letters[rng.below(letters.size())];
    text += '"';
    for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    text += "\"\n";
    cells.push_back(cell);
  }
  Report report;
  const auto rows = parse_csv(text, "f", report);
  CHECK(found(report) == "");
  REQUIRE(rows.size() == cells.size() + 1);
  for (std::size_t i = 0; i < cells.size(); ++i) CHECK(rows[i + 1].at(0).text == cells[i]);
}

}  // namespace
}  // namespace zicht::packs::internal
