// Cells as values: numbers beside a naive reader on random texts, dates and periods by table.
#include "app/internal/import_values.h"

#include <doctest/doctest.h>

#include <string>

#include "base/rng.h"

namespace zicht::app::internal {
namespace {

using packs::DateNotation;

std::string grouped(const std::string& digits, char separator) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += separator;
    text += digits[i];
  }
  return text;
}

std::string digits_in(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// The other way round: a number is what its digits look like when they are written.
std::string naive_number(std::string text, bool has_comma) {
  const char decimal = has_comma ? ',' : '.', group = has_comma ? '.' : ',';
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.erase(0, 1);
  while (text.starts_with(' ')) text.erase(0, 1);
  std::string fraction;
  if (const auto at = text.find(decimal); at != std::string::npos) {
    fraction = text.substr(at + 1);
    if (fraction.empty() || digits_in(fraction) != fraction) return "none";
    text.erase(at);
  }
  std::string digits = digits_in(text);
  if (digits.empty()) return "none";
  const bool is_written = text == digits || text == grouped(digits, group) ||
                          text == grouped(digits, ' ');
  if (!is_written) return "none";
  while (digits.size() > 1 && digits.starts_with('0')) digits.erase(0, 1);
  return (is_negative ? "-" : "") + digits + (fraction.empty() ? "" : "." + fraction);
}

TEST_CASE("import values: numbers are read as a naive reader reads them") {
  SeededRng rng(51);
  const std::string letters = "0123456789..,,  -+1230005e";
  int numbers = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    const auto size = 1 + rng.next() % 9;
    for (std::size_t j = 0; j < size; ++j) text += letters[rng.next() % letters.size()];
    if (text.front() == ' ' || text.back() == ' ') continue;
    for (const bool has_comma : {true, false}) {
      const auto read = read_number(text, has_comma);
      CAPTURE(text);
      CHECK_MESSAGE(read.value_or("none") == naive_number(text, has_comma), has_comma);
      numbers += read ? 1 : 0;
    }
  }
  CHECK(numbers > 5'000);
}

TEST_CASE("import values: signs and blanks of other programs are known") {
  CHECK(read_number("\xE2\x88\x92" "1\xC2\xA0" "234,5", true) == "-1234.5");
  CHECK(read_number("1\xE2\x80\xAF" "234", true) == "1234");
  CHECK(read_number("\xE2\x82\xAC 12,50", true) == "12.50");
  CHECK_FALSE(read_number("12%", true).has_value());
  CHECK_FALSE(read_number("", true).has_value());
  CHECK_FALSE(read_number("1.2345", true).has_value());
}

TEST_CASE("import values: dates by their notation, and none that is not there") {
  const auto day = [](const char* text, DateNotation notation) {
    const auto date = read_date(text, notation);
    return date ? date->to_string() : "none";
  };
  CHECK(day("31-12-2024", DateNotation::kDayFirst) == "2024-12-31");
  CHECK(day("1/2/2024", DateNotation::kDayFirst) == "2024-02-01");
  CHECK(day("1/2/2024", DateNotation::kMonthFirst) == "2024-01-02");
  CHECK(day("2024.12.31", DateNotation::kYearFirst) == "2024-12-31");
  CHECK(day("20241231", DateNotation::kYearFirst) == "2024-12-31");
  CHECK(day("2024-12-31", DateNotation::kMonthFirst) == "2024-12-31");
  CHECK(day("31-12-2024", DateNotation::kYearFirst) == "none");
  CHECK(day("31-12-2024", DateNotation::kMonthFirst) == "none");
  CHECK(day("31-12-24", DateNotation::kDayFirst) == "none");
  CHECK(day("30-2-2024", DateNotation::kDayFirst) == "none");
}

TEST_CASE("import values: a period has its first and last day") {
  const auto told = [](const char* text) {
    const auto period = read_period(text, DateNotation::kDayFirst);
    return period ? period->first.to_string() + ".." + period->last.to_string() : "none";
  };
  CHECK(told("2024") == "2024-01-01..2024-12-31");
  CHECK(told("2024JJ00") == "2024-01-01..2024-12-31");
  CHECK(told("2024-02") == "2024-02-01..2024-02-29");
  CHECK(told("2024MM11") == "2024-11-01..2024-11-30");
  CHECK(told("2024KW04") == "2024-10-01..2024-12-31");
  CHECK(told("2024 Q1") == "2024-01-01..2024-03-31");
  CHECK(told("2024K2") == "2024-04-01..2024-06-30");
  CHECK(told("31-1-2024") == "2024-01-31..2024-01-31");
  for (const char* text : {"", "24", "2024-13", "2024KW05", "2024MM00", "2024MM", "20245", "jan",
                           "2024KW", "2024-2025"}) {
    CAPTURE(text);
    CHECK(told(text) == "none");
  }
}

}  // namespace
}  // namespace zicht::app::internal
