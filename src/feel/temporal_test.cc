// Dates, times and durations. Method: the days of base/date.h as an oracle for the years 1..9999;
// round trips over seeded random days of all years; tables of texts, arithmetic and zones.
#include "feel/temporal.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/rng.h"

namespace zicht::feel {
namespace {

CivilDate date(std::string_view text) {
  CAPTURE(std::string(text));
  const std::optional<CivilDate> parsed = parse_date(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

DateTime moment(std::string_view text) {
  CAPTURE(std::string(text));
  const std::optional<DateTime> parsed = parse_date_time(text, system_time_zones());
  REQUIRE(parsed.has_value());
  return *parsed;
}

DayDuration days(std::string_view text) {
  CAPTURE(std::string(text));
  const std::optional<DayDuration> parsed = parse_day_duration(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

template <class T>
std::string text(const std::optional<T>& value) {
  return value ? to_string(*value) : "none";
}

TEST_CASE("date: agrees with base on every day of 1 to 9999") {
  for (std::int32_t at = Date::min().days_since_epoch(); at <= Date::max().days_since_epoch();
       at += 13) {
    const Date known = *Date::from_days(at);
    const CivilDate day{at};
    const YearMonthDay parts = parts_of(day);
    REQUIRE(parts == YearMonthDay{known.year(), known.month(), known.day()});
    REQUIRE(date_of(parts) == day);
    REQUIRE(iso_weekday(day) == static_cast<int>(known.weekday()));
    REQUIRE(to_string(day) == known.to_string());
    REQUIRE(date_of(known) == day);
    REQUIRE(to_base_date(day) == known);
  }
}

TEST_CASE("date: every year that exists goes round") {
  SeededRng rng(7);
  const std::int64_t first = date("-999999999-01-01").days;
  const std::int64_t last = date("999999999-12-31").days;
  for (int i = 0; i < 20000; ++i) {
    const auto span = static_cast<std::uint64_t>(last - first + 1);
    const CivilDate day{first + static_cast<std::int64_t>(rng.below(span))};
    REQUIRE(date_of(parts_of(day)) == day);
    REQUIRE(date(to_string(day)) == day);
  }
  CHECK_FALSE(add_days({last}, 1).has_value());
  CHECK_FALSE(add_days({first}, -1).has_value());
  CHECK_FALSE(add_days({last}, INT64_MAX).has_value());
  CHECK_FALSE(add_months(CivilDate{last}, 1).has_value());
  CHECK_FALSE(add_months(CivilDate{first}, INT64_MIN).has_value());
  CHECK_FALSE(to_base_date({last}).has_value());
}

TEST_CASE("date: texts of another shape are refused") {
  for (const char* given :
       {"", "2025", "2025-1-01", "2025-01-1", "2025-13-01", "2025-02-29", "2025-00-10", "998-12-31",
        "01211-12-31", "+2012-12-02", "9999999999-12-25", "-0000-01-01", "2025-01-01T",
        "2025/01/01", "2025-01-01 "}) {
    CAPTURE(std::string(given));
    CHECK_FALSE(parse_date(given).has_value());
  }
  CHECK(to_string(date("0000-02-29")) == "0000-02-29");
  CHECK(to_string(date("-0004-02-29")) == "-0004-02-29");
}

TEST_CASE("date: weeks and days of the year") {
  struct Case {
    const char* date;
    int week;
    int day;
  };
  const std::vector<Case> cases = {{"2019-09-17", 38, 260}, {"2003-12-29", 1, 363},
                                   {"2004-01-01", 1, 1},    {"2005-01-01", 53, 1},
                                   {"2010-01-01", 53, 1},   {"2020-12-31", 53, 366},
                                   {"1970-01-01", 1, 1},    {"-0001-01-01", 53, 1}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.date));
    CHECK(iso_week(date(c.date)) == c.week);
    CHECK(day_of_year(date(c.date)) == c.day);
  }
}

TEST_CASE("date: months move to the last day of a shorter month") {
  CHECK(text(add_months(date("2025-01-31"), 1)) == "2025-02-28");
  CHECK(text(add_months(date("2024-03-31"), -1)) == "2024-02-29");
  CHECK(text(add_months(date("2025-01-31"), -13)) == "2023-12-31");
  CHECK(text(add_months(date("-0001-12-31"), 2)) == "0000-02-29");
}

TEST_CASE("date: whole months between") {
  struct Case {
    const char* from;
    const char* to;
    std::int64_t months;
  };
  const std::vector<Case> cases = {
      {"2011-12-22", "2013-08-24", 20},    {"2013-08-24", "2011-12-22", -20},
      {"2016-01-01", "2016-01-01", 0},     {"2014-12-31", "2019-10-01", 57},
      {"-2016-01-30", "-2017-02-28", -11}, {"2016-02-29", "2017-02-28", 11},
      {"2016-01-31", "2016-02-01", 0}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.from));
    CHECK(months_between(date(c.from), date(c.to)).months == c.months);
  }
}

TEST_CASE("time: texts are read strictly and written canonically") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"01:02:03", "01:02:03"},
      {"11:22:33.444", "11:22:33.444"},
      {"11:22:33.123456789123", "11:22:33.123456789"},
      {"23:59:00Z", "23:59:00Z"},
      {"11:22:33-00:00", "11:22:33Z"},
      {"13:20:00+02:00", "13:20:00+02:00"},
      {"13:20:00-18:00", "13:20:00-18:00"},
      {"13:20:00+02:45:55", "13:20:00+02:45:55"},
      {"24:00:00", "00:00:00"},
      {"00:01:00@Europe/Paris", "00:01:00@Europe/Paris"}};
  for (const auto& [given, canonical] : cases) {
    CAPTURE(std::string(given));
    CHECK(text(parse_time(given, system_time_zones())) == canonical);
  }
  for (const char* given :
       {"", "7:00:00", "07:1:00", "07:01", "23:59:60", "24:00:01", "25:00:00", "00:60:00",
        "13:20:00@xyz/abc", "13:20:00+19:00", "13:20:00-18:00:01", "13:20:00+5:00",
        "13:20:00+02:00@Europe/Paris", "11:30:00T", "11:30:00.", "11:30:00Zz", "11:30:00+01:60"}) {
    CAPTURE(std::string(given));
    CHECK_FALSE(parse_time(given, system_time_zones()).has_value());
  }
}

TEST_CASE("date and time: texts are read strictly and written canonically") {
  for (const char* given :
       {"2017-12-31T11:22:33.345", "-2017-12-31T11:22:33.456+01:35", "99999-12-31T00:00:00",
        "999999999-12-31T23:59:59.999999999@Europe/Paris", "2011-12-31T10:15:30@Etc/UTC",
        "-999999999-01-01T00:00:00Z"}) {
    CHECK(to_string(moment(given)) == given);
  }
  CHECK(to_string(moment("2021-01-31T24:00:00")) == "2021-02-01T00:00:00");
  for (const char* given : {"", "2017-12-31", "2017-12-31T", "2011-12-0310:15:30",
                            "2017-12-31T24:00:01", "999999999-12-31T24:00:00"}) {
    CAPTURE(std::string(given));
    CHECK_FALSE(parse_date_time(given, system_time_zones()).has_value());
  }
}

TEST_CASE("date and time: lengths are added on the clock of UTC, months on the calendar") {
  struct Case {
    const char* from;
    const char* length;
    const char* to;
  };
  const std::vector<Case> cases = {
      {"2021-01-01T10:10:10", "-P1D", "2020-12-31T10:10:10"},
      {"2021-01-01T00:00:00", "PT0.000000001S", "2021-01-01T00:00:00.000000001"},
      {"2021-01-01T00:00:00", "-PT0.000000001S", "2020-12-31T23:59:59.999999999"},
      {"2021-01-01T10:10:10+11:00", "PT24H", "2021-01-02T10:10:10+11:00"},
      // Summer time starts: 24 hours later the wall shows one more.
      {"2021-03-27T12:00:00@Europe/Paris", "P1D", "2021-03-28T13:00:00@Europe/Paris"},
      {"2021-10-30T12:00:00@Europe/Paris", "P1D", "2021-10-31T11:00:00@Europe/Paris"},
      {"-2021-01-01T10:10:10@Australia/Melbourne", "-PT1H",
       "-2021-01-01T09:10:10@Australia/Melbourne"},
      {"999999999-12-31T23:59:59", "PT1S", "none"},
      {"-999999999-01-01T00:00:00", "-PT1S", "none"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.from));
    CHECK(text(add(moment(c.from), days(c.length))) == c.to);
  }
  CHECK(text(add_months(moment("2021-03-31T02:30:00@Europe/Paris"), -1)) ==
        "2021-02-28T02:30:00@Europe/Paris");
  CHECK(to_string(add(*parse_time("10:15:00", system_time_zones()), days("-P1DT11H"))) ==
        "23:15:00");
}

TEST_CASE("date and time: differences need both sides local or both placed") {
  struct Case {
    const char* a;
    const char* b;
    const char* length;
  };
  const std::vector<Case> cases = {
      {"2021-01-02T10:10:10", "2021-01-01T10:10:10", "P1D"},
      {"2021-01-02T10:10:10@Europe/Paris", "2021-01-01T10:10:10@Asia/Dhaka", "P1DT5H"},
      {"2021-01-02T10:10:10+01:00", "2021-01-01T10:10:10@Europe/Paris", "P1D"},
      {"2021-01-01T00:00:00", "2021-01-01T00:00:00.5", "-PT0.5S"},
      {"2021-01-01T00:00:00Z", "2021-01-01T00:00:00", "none"},
      {"999999999-12-31T00:00:00", "-999999999-01-01T00:00:00", "P730484999633D"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.a));
    CHECK(text(subtract(moment(c.a), moment(c.b))) == c.length);
  }
  const auto time = [](const char* t) { return *parse_time(t, system_time_zones()); };
  CHECK(text(subtract(time("10:00:00"), time("11:30:00"))) == "-PT1H30M");
  CHECK(text(subtract(time("10:00:00+01:00"), time("10:00:00Z"))) == "-PT1H");
  CHECK(text(subtract(time("10:00:00@Europe/Paris"), time("09:00:00@Europe/Paris"))) == "PT1H");
  CHECK(text(subtract(time("10:00:00@Europe/Paris"), time("10:00:00@Asia/Dhaka"))) == "none");
  CHECK(text(subtract(time("10:00:00"), time("10:00:00Z"))) == "none");
}

TEST_CASE("duration: texts are read strictly and written canonically") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"P1D", "P1D"},
      {"PT24H", "P1D"},
      {"PT1000M", "PT16H40M"},
      {"P2DT274M", "P2DT4H34M"},
      {"PT0.S", "PT0S"},
      {"-PT0.5S", "-PT0.5S"},
      {"-PT1H2M", "-PT1H2M"},
      {"P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"},
      {"-P0D", "PT0S"},
      {"PT9223372036854775808S", "none"},
      {"P", "none"},
      {"PT", "none"},
      {"P1DT", "none"},
      {"P1H", "none"},
      {"1D", "none"},
      {"P1.5D", "none"},
      {"PT1S1M", "none"},
      {"P1DT1D", "none"},
      {"P1Y1D", "none"},
      {"+P1D", "none"},
      {"P999999999999999D", "none"}};
  for (const auto& [given, canonical] : cases) {
    CAPTURE(std::string(given));
    CHECK(text(parse_day_duration(given)) == canonical);
  }
  const std::vector<std::pair<const char*, const char*>> months = {
      {"P26M", "P2Y2M"}, {"-P1Y", "-P1Y"}, {"P0Y", "P0M"},     {"P99999999Y", "P99999999Y"},
      {"P1M1Y", "none"}, {"P1D", "none"},  {"P1YT1H", "none"}, {"PT1M", "none"}};
  for (const auto& [given, canonical] : months) {
    CAPTURE(std::string(given));
    CHECK(text(parse_month_duration(given)) == canonical);
  }
}

TEST_CASE("duration: the ends of 64 bits have texts and no sum beyond them") {
  CHECK(to_string(MonthDuration{INT64_MIN}) == "-P768614336404564650Y8M");
  CHECK(to_string(MonthDuration{INT64_MAX}) == "P768614336404564650Y7M");
  const DateTime last = date_time_of(*date_of({kMaxYear, 12, 31}), {});
  for (const std::int64_t far : {INT64_MAX, INT64_MAX - last.local_seconds, INT64_MIN}) {
    for (const Zone& zone : {Zone{}, Zone::offset(3600)}) {
      const DateTime at{last.local_seconds, 999'999'999, zone};
      CHECK_FALSE(add(at, DayDuration{far, 999'999'999}).has_value());
    }
  }
}

TEST_CASE("duration: seconds come and go") {
  for (const char* given : {"0", "1.5", "-1.5", "-0.000000001", "86400", "9223372036854775807"}) {
    const Number seconds = *Number::parse(given);
    const std::optional<DayDuration> length = duration_of_seconds(seconds);
    REQUIRE(length.has_value());
    CHECK(seconds_of(*length) == seconds);
  }
  CHECK_FALSE(duration_of_seconds(*Number::parse("1e19")).has_value());
  CHECK_FALSE(negate(DayDuration{INT64_MIN, 0}).has_value());
  CHECK_FALSE(add(DayDuration{INT64_MAX, 0}, DayDuration{1, 0}).has_value());
}

}  // namespace
}  // namespace zicht::feel
