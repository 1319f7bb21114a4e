// CSV: what is read is what was written, line by line; what is wrong is told with its place.
#include "stats/csv.h"

#include <doctest/doctest.h>

#include "base/rng.h"

namespace zicht::stats {
namespace {

Error error_of(std::string_view text, const CsvOptions& options = {}) {
  const auto table = CsvTable::parse(text, options);
  REQUIRE_FALSE(table.has_value());
  return table.error();
}

TEST_CASE("csv: commas, quotes, blank lines and line ends are read") {
  const auto table = CsvTable::parse(
      "place,\"count\"\r\n\"a, \"\"b\"\"\", 3 \n\n\"two\nlines\",-1.5\nlast,", {.file = "x.csv"});
  REQUIRE(table.has_value());
  CHECK(table->columns() == std::vector<std::string>{"place", "count"});
  REQUIRE(table->rows() == 3);
  CHECK(table->text(0, 0) == "a, \"b\"");
  CHECK(table->text(1, 0) == "two\nlines");
  CHECK(*table->number(0, 1).value() == 3);
  CHECK(*table->number(1, 1).value() == -1.5);
  CHECK_FALSE(table->number(2, 1).value().has_value());
  CHECK(table->line(0) == 2);
  CHECK(table->line(1) == 4);
  CHECK(table->line(2) == 6);
}

TEST_CASE("csv: semicolons bring a decimal comma, and a byte order mark is no part of a name") {
  const auto table = CsvTable::parse("\xEF\xBB\xBFplace;count\na,b;1,25\nc;0.5\n");
  REQUIRE(table.has_value());
  CHECK(table->columns()[0] == "place");
  CHECK(table->text(0, 0) == "a,b");
  CHECK(*table->number(0, 1).value() == 1.25);
  CHECK(*table->number(1, 1).value() == 0.5);
}

TEST_CASE("csv: what is not a number is told with its line and column") {
  const auto table = CsvTable::parse("a,b\n1,NaN\n1,inf\n1,1.000.000\n1,1e400\n1,12x\n");
  REQUIRE(table.has_value());
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const auto number = table->number(row, 1);
    REQUIRE_FALSE(number.has_value());
    CHECK(number.error().id == "SA-0099");
    CHECK(number.error().message.en.find("ine " + std::to_string(row + 2)) != std::string::npos);
  }
}

TEST_CASE("csv: each mistake has a message of its own") {
  CHECK(error_of("").id == "SA-0090");
  CHECK(error_of("\n\n").id == "SA-0090");
  CHECK(error_of("a,b\n\xFF,1\n").id == "SA-0091");
  CHECK(error_of("a,b\n1,2\n", {.max_bytes = 4}).id == "SA-0092");
  CHECK(error_of("a\n1\n2\n3\n", {.max_rows = 2}).id == "SA-0092");
  CHECK(error_of("a,b,a\n").id == "SA-0094");
  CHECK(error_of("a,,b\n").id == "SA-0095");
  CHECK(error_of("a,b\n1,2,3\n").id == "SA-0096");
  const Error few = error_of("a,b\n1,2\n\n1\n");
  CHECK(few.id == "SA-0096");
  CHECK(few.message.en.find("Line 4") != std::string::npos);
  CHECK(error_of("a,b\n\"1,2\n").id == "SA-0097");
  CHECK(error_of("a,b\n1\"2,2\n").id == "SA-0097");
  const auto table = CsvTable::parse("place,count\na,1\n");
  REQUIRE(table.has_value());
  const auto missing = table->column("Place");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().id == "SA-0098");
  CHECK(missing.error().message.nl.find("place, count") != std::string::npos);
}

TEST_CASE("csv: ten million columns are one message") {
  std::string text;
  for (int i = 0; i < 10'000'000; ++i) text += "c,";
  CHECK(error_of(text).id == "SA-0093");
}

TEST_CASE("csv: rows that were written are read back as they were") {
  SeededRng rng(1);
  constexpr std::string_view kSigns = "ab ,;\"\n\r'=-0.é";
  for (int round = 0; round < 200; ++round) {
    const std::size_t columns = 1 + rng.below(4);
    std::vector<std::string> header;
    for (std::size_t i = 0; i < columns; ++i) header.push_back("c" + std::to_string(i));
    std::vector<std::vector<std::string>> rows(1 + rng.below(5), header);
    std::string text;
    append_csv_row(text, header);
    for (auto& row : rows) {
      for (auto& field : row) {
        field = "x";  // a row of one empty field would be a blank line
        for (std::uint64_t i = rng.below(6); i > 0; --i) {
          const std::uint64_t at = rng.below(kSigns.size() - 1);
          field += at == kSigns.size() - 2 ? kSigns.substr(at) : kSigns.substr(at, 1);
        }
      }
      append_csv_row(text, row);
    }
    const auto table = CsvTable::parse(text);
    REQUIRE(table.has_value());
    REQUIRE(table->rows() == rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < columns; ++c) CHECK(table->text(r, c) == rows[r][c]);
    }
  }
}

}  // namespace
}  // namespace zicht::stats
