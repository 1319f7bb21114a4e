// Dutch holidays. Method: known years as tables; Easter against an independent algorithm for all
// 300 years; working days against the oracle's table; configuration mistakes as a table.
#include "calendar/holidays.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "calendar/testing/naive_term.h"

namespace zicht::calendar {
namespace {

std::vector<std::string> days_of(const Calendar& calendar, int year) {
  std::vector<std::string> days;
  for (const Holiday& holiday : calendar.holidays(year)) {
    days.push_back(holiday.date.to_string().substr(5));
  }
  return days;
}

TEST_CASE("holidays: known years have their known days") {
  struct Case {
    int year;
    std::vector<std::string> days;
  };
  const std::vector<Case> cases = {
      {2025, {"01-01", "04-18", "04-21", "04-26", "05-05", "05-29", "06-09", "12-25", "12-26"}},
      {2026, {"01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"}},
      // Ascension Day on Liberation Day: one day less.
      {2016, {"01-01", "03-25", "03-28", "04-27", "05-05", "05-16", "12-25", "12-26"}},
      {2024, {"01-01", "03-29", "04-01", "04-27", "05-05", "05-09", "05-20", "12-25", "12-26"}}};
  for (const Case& c : cases) {
    CAPTURE(c.year);
    CHECK(days_of(Calendar(), c.year) == c.days);
  }
}

TEST_CASE("holidays: the monarch's birthday follows the rule of its time") {
  const std::vector<std::pair<const char*, bool>> cases = {
      {"2014-04-26", true}, {"2014-04-27", false}, {"2013-04-30", true},  {"2015-04-30", false},
      {"2015-04-27", true}, {"1989-04-29", true},  {"1989-04-30", false}, {"2006-04-29", true},
      {"1978-05-01", true}, {"1978-04-30", false}, {"1949-04-30", true},  {"1948-08-31", true},
      {"1947-09-01", true}, {"1947-08-31", false}, {"1944-05-05", false}, {"1945-05-05", true}};
  for (const auto& [text, expected] : cases) {
    CAPTURE(std::string(text));
    CHECK(Calendar().find_holiday(*Date::parse(text)).has_value() == expected);
  }
}

TEST_CASE("easter: agrees with another algorithm in every year, and with known Sundays") {
  for (int year = 1583; year <= 2500; ++year) {
    REQUIRE(easter_sunday(year) == testing::naive_easter(year));
    REQUIRE(easter_sunday(year).weekday() == Weekday::kSunday);
  }
  for (const char* known : {"1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2019-04-21",
                            "2025-04-20", "2026-04-05", "2038-04-25"}) {
    const Date easter = *Date::parse(known);
    CHECK(easter_sunday(easter.year()) == easter);
  }
}

TEST_CASE("working days: agree with the oracle's table on every day from 1990 to 2080") {
  const Date decreed = Date::of(2025, 5, 30);
  const Calendar calendar = *Calendar::create(
      {.designated = {{decreed, {"brugdag", "bridge day"}, "a decree"}}, .recesses = {}});
  const testing::NaiveCalendar naive({decreed});
  for (Date day = Date::of(1990, 1, 1); day.year() <= 2080; day = *add_days(day, 1)) {
    REQUIRE_MESSAGE(calendar.is_working_day(day) == !naive.is_off(day), day.to_string());
  }
  CHECK(calendar.find_holiday(decreed)->name.en == "bridge day");
}

TEST_CASE("holidays: outside the years 1900 to 2199 there are none, weekends stay") {
  CHECK(Calendar().holidays(1899).empty());
  CHECK(Calendar().holidays(2200).empty());
  CHECK(Calendar().is_working_day(Date::of(2200, 1, 1)));
  CHECK(!Calendar().is_working_day(Date::of(9999, 12, 26)));
}

TEST_CASE("calendar: every mistake in a configuration is told at once") {
  const Holiday day{Date::of(2025, 5, 30), {"a", "b"}, ""};
  const Holiday too_late{Date::of(2200, 5, 30), {"a", "b"}, ""};
  const auto calendar =
      Calendar::create({.designated = {day, too_late, day},
                        .recesses = {{2025, {{Date::of(2025, 9, 1), Date::of(2025, 7, 4)}, ""}},
                                     {2026, {{Date::of(2025, 7, 4), Date::of(2025, 9, 1)}, ""}}}});
  REQUIRE(!calendar.has_value());
  CHECK(calendar.error().id == "CA-0001");
  std::vector<std::string> found;
  for (const Problem& p : calendar.error().problems) found.push_back(p.id + p.where);
  CHECK(found == std::vector<std::string>{"CA-0010/designated/1", "CA-0009/designated/2",
                                          "CA-0011/recesses/2025", "CA-0012/recesses/2026"});
}

}  // namespace
}  // namespace zicht::calendar
