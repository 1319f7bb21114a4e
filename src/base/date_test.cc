// Date, DateInterval and their Dutch and English texts.
// Method: tables of named cases; for the arithmetic a naive oracle that counts days and months one
// by one over 430 years; every day of the range printed and read back.
#include "base/date.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace zicht {
namespace {

// Steps one civil day at a time with the schoolbook rules only.
struct NaiveDay {
  int year, month, day, weekday;

  bool is_leap() const { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
  int length() const {
    if (month == 2) return is_leap() ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
  void step() {
    weekday = weekday % 7 + 1;
    if (++day <= length()) return;
    day = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }
};

TEST_CASE("date: agrees with counting days one by one from 1800 to 2230") {
  NaiveDay naive{1800, 1, 1, 3};  // a Wednesday
  Date date = Date::of(1800, 1, 1);
  while (naive.year < 2230) {
    const bool same = date.year() == naive.year && date.month() == naive.month &&
                      date.day() == naive.day &&
                      static_cast<int>(date.weekday()) == naive.weekday &&
                      days_in_month(naive.year, naive.month) == naive.length();
    REQUIRE_MESSAGE(same, date.to_string());
    REQUIRE(*Date::parse(date.to_string()) == date);
    naive.step();
    date = *add_days(date, 1);
  }
}

TEST_CASE("date: known weekdays are right") {
  const std::vector<std::pair<std::string, Weekday>> cases = {
      {"1970-01-01", Weekday::kThursday}, {"2000-02-29", Weekday::kTuesday},
      {"2025-01-31", Weekday::kFriday},   {"2026-04-27", Weekday::kMonday},
      {"0001-01-01", Weekday::kMonday},   {"9999-12-31", Weekday::kFriday}};
  for (const auto& [text, weekday] : cases) {
    CAPTURE(std::string(text));
    CHECK(Date::parse(text)->weekday() == weekday);
  }
}

TEST_CASE("date: text that is no existing day is refused") {
  for (const char* text :
       {"", "2025-02-31", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10", "2025-01-00",
        "0000-01-01", "2025-1-31", "25-01-31", "2025/01/31", "2025-01-31 ", " 2025-01-31",
        "2025-01-31T00:00", "31-01-2025", "+025-01-01", "2025-0a-01", "-001-01-01", "20250131"}) {
    CAPTURE(std::string(text));
    const auto date = Date::parse(text);
    REQUIRE(!date.has_value());
    CHECK(date.error().id == "ZB-0001");
    CHECK(!date.error().message.nl.empty());
  }
}

TEST_CASE("date: years outside 1..9999 are refused") {
  CHECK(Date::create(0, 1, 1).error().id == "ZB-0002");
  CHECK(Date::create(10000, 1, 1).error().id == "ZB-0002");
  CHECK(add_days(Date::max(), 1).error().id == "ZB-0002");
  CHECK(add_days(Date::min(), -1).error().id == "ZB-0002");
  CHECK(add_days(Date::of(2025, 1, 1), INT64_MAX).error().id == "ZB-0002");
  CHECK(add_days(Date::of(2025, 1, 1), INT64_MIN).error().id == "ZB-0002");
  CHECK(add_months(Date::of(2025, 1, 1), INT64_MAX).error().id == "ZB-0002");
  CHECK(add_months(Date::of(1, 1, 31), -1).error().id == "ZB-0002");
  CHECK(add_months(Date::of(9999, 12, 1), 1).error().id == "ZB-0002");
}

TEST_CASE("date: adding months keeps the day or takes the last day of the month") {
  struct Case {
    const char* start;
    int months;
    const char* end;
  };
  for (const Case& c : std::vector<Case>{{"2025-01-31", 3, "2025-04-30"},
                                         {"2025-01-31", 1, "2025-02-28"},
                                         {"2024-01-31", 1, "2024-02-29"},
                                         {"2024-02-29", 12, "2025-02-28"},
                                         {"2024-02-29", 48, "2028-02-29"},
                                         {"2025-04-30", 9, "2026-01-30"},
                                         {"2025-12-31", 2, "2026-02-28"},
                                         {"2025-03-31", -1, "2025-02-28"},
                                         {"2025-01-15", -13, "2023-12-15"},
                                         {"2025-01-15", 0, "2025-01-15"}}) {
    CAPTURE(std::string(c.start));
    CHECK(add_months(*Date::parse(c.start), c.months)->to_string() == c.end);
  }
}

TEST_CASE("date: months added from every day of four years land in the month that is counted") {
  for (Date start = Date::of(2023, 1, 1); start < Date::of(2027, 1, 1);
       start = *add_days(start, 1)) {
    int year = start.year();
    int month = start.month();
    for (int months = 1; months <= 30; ++months) {
      if (++month == 13) {
        month = 1;
        ++year;
      }
      const Date end = *add_months(start, months);
      REQUIRE(end.year() == year);
      REQUIRE(end.month() == month);
      REQUIRE(end.day() == std::min(start.day(), days_in_month(year, month)));
    }
  }
}

TEST_CASE("date interval: both ends belong to it, and it may not end before it starts") {
  const Date first = Date::of(2025, 4, 1);
  const Date last = Date::of(2025, 4, 30);
  const DateInterval april = *DateInterval::create(first, last);
  CHECK(april.contains(first));
  CHECK(april.contains(last));
  CHECK(!april.contains(Date::of(2025, 5, 1)));
  CHECK(april.length_in_days() == 30);
  CHECK(april.overlaps({last, Date::of(2026, 1, 1)}));
  CHECK(!april.overlaps({Date::of(2025, 5, 1), Date::of(2026, 1, 1)}));
  CHECK(span_of(april, DateInterval::of_day(Date::of(2025, 6, 2))) ==
        DateInterval{first, Date::of(2025, 6, 2)});
  CHECK(DateInterval::create(last, first).error().id == "ZB-0005");
}

TEST_CASE("long text: a date and an interval read as people write them") {
  struct Case {
    DateInterval interval;
    LocalizedText text;
  };
  const Date january = Date::of(2025, 1, 31);
  for (const Case& c :
       std::vector<Case>{{DateInterval::of_day(january), {"31 januari 2025", "31 January 2025"}},
                         {{Date::of(2025, 4, 1), Date::of(2025, 4, 30)},
                          {"1 tot en met 30 april 2025", "1 to 30 April 2025"}},
                         {{january, Date::of(2025, 3, 1)},
                          {"31 januari tot en met 1 maart 2025", "31 January to 1 March 2025"}},
                         {{january, Date::of(2026, 1, 31)},
                          {"31 januari 2025 tot en met 31 januari 2026",
                           "31 January 2025 to 31 January 2026"}}}) {
    CHECK(long_text(c.interval) == c.text);
  }
}

}  // namespace
}  // namespace zicht
