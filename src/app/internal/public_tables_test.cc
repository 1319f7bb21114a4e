// What everybody can work out of a share that is told: the answers that fit it, where they are the
// only ones. Method: for all small numbers of rows, parts and shares a loop over every answer that
// there could be is asked the same. What editions tell together is tested by edition_releases_test.
#include "app/internal/public_tables.h"

#include <doctest/doctest.h>

#include <map>
#include <optional>

#include "stats/csv.h"

namespace zicht::app::internal {
namespace {

std::string text_of_tenths(std::int64_t tenths) {
  const std::string rest = tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10);
  return std::to_string(tenths / 10) + rest;
}

// As docs/formats/api.md has it: per cent with one digit, rounded half up.
std::string told_share(std::int64_t part, std::int64_t whole) {
  return text_of_tenths((2'000 * part + whole) / (2 * whole));
}

// No and not known; empty: nobody can tell.
using ToldAnswers = std::pair<std::string, std::string>;

ToldAnswers found_by_loop(std::int64_t rows, std::int64_t part, const std::string& number) {
  std::optional<ToldAnswers> found;
  for (std::int64_t no = 0; no <= rows - part; ++no) {
    if (part + no == 0 || told_share(part, part + no) != number) continue;
    if (found) return {};
    found = {std::to_string(no), std::to_string(rows - part - no)};
  }
  return found.value_or(ToldAnswers());
}

// What the table of a share has for each of these numbers.
std::map<std::string, ToldAnswers> found_by_table(std::int64_t rows, std::int64_t part,
                                           const std::vector<std::string>& numbers) {
  const auto figure = [&](const std::string& number) {
    return json::object{{"rows", rows}, {"part", part}, {"number", number}};
  };
  json::array values;
  for (const std::string& number : numbers) {
    values.push_back(figure(number));
    values.back().as_object()["code"] = number;
  }
  json::array dimensions;
  dimensions.push_back(json::object{{"id", "kind"}, {"values", std::move(values)}});
  json::object indicator{{"name", "p/i"},
                         {"title", json::object{{"nl", "i"}}},
                         {"form", json::object{{"name", "p/f"}}},
                         {"measure", "share"},
                         {"threshold", 5}};
  indicator["dimensions"] = std::move(dimensions);
  indicator["total"] = figure("100");
  json::array indicators;
  indicators.push_back(std::move(indicator));
  const auto tables = public_tables(json::object{{"indicators", std::move(indicators)}}, {});
  REQUIRE(tables.size() == 1);
  const auto csv = stats::CsvTable::parse(tables.front().published, {.file = "test"});
  REQUIRE(csv.has_value());
  std::map<std::string, ToldAnswers> found;
  for (std::size_t row = 0; row < csv->rows(); ++row) {
    const std::string answer(csv->text(row, 1)), value(csv->text(row, 3));
    if (answer == "nee") found[std::string(csv->text(row, 0))].first = value;
    if (answer == "onbekend") found[std::string(csv->text(row, 0))].second = value;
  }
  return found;
}

TEST_CASE("public tables: the answers that fit a share are those that a loop finds") {
  std::vector<std::string> numbers;
  for (std::int64_t tenths = 0; tenths <= 1'000; ++tenths) {
    numbers.push_back(text_of_tenths(tenths));
  }
  int told = 0, open = 0;
  for (std::int64_t rows = 0; rows <= 24; ++rows) {
    for (std::int64_t part = 0; part <= rows; ++part) {
      CAPTURE(rows);
      CAPTURE(part);
      auto found = found_by_table(rows, part, numbers);
      for (const std::string& number : numbers) {
        const ToldAnswers expected = found_by_loop(rows, part, number);
        if (found[number] != expected) CAPTURE(number);
        REQUIRE(found[number] == expected);
        ++(expected.first.empty() ? open : told);
      }
    }
  }
  CHECK(told > 500);
  CHECK(open > 500);
}

TEST_CASE("public tables: what is not told as a share is gives no answers") {
  for (const char* number : {"x", "50.", ".5", "50.55", "-1", "1000", "50,5", "1e1", "50.x"}) {
    CAPTURE(number);
    CHECK(found_by_table(4, 2, {number}).at(number) == ToldAnswers());
  }
}

TEST_CASE("public tables: a share of two million rows takes no loop over them") {
  auto found = found_by_table(2'000'000, 2'000'000, {"100", "0", "50"});
  CHECK(found["100"] == ToldAnswers("0", "0"));
  CHECK(found["0"] == ToldAnswers());
  CHECK(found["50"] == ToldAnswers());
  CHECK(found_by_table(2'000'000, 1'999'999, {"100"}).at("100") == ToldAnswers());
  CHECK(found_by_table(2'000'000, 1'001, {"0.1"}).at("0.1") == ToldAnswers());
  CHECK(found_by_table(1'001, 1, {"0.1"}).at("0.1") == found_by_loop(1'001, 1, "0.1"));
}

}  // namespace
}  // namespace zicht::app::internal
