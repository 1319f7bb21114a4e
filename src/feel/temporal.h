// Dates, times and durations of FEEL: plain structs, their texts and their arithmetic.
//
//     std::optional<CivilDate> day = parse_date("2025-01-31");
//     std::optional<DateTime> at = parse_date_time("2025-01-31T10:00:00@Europe/Paris", zones);
//
// FEEL knows the years -999999999..999999999, fractions of a second (kept to the nanosecond) and
// zones by offset or by name; base/date.h, base/instant.h know less, on purpose. Nothing here knows
// the current time. Functions give nothing where text has another shape or an outcome leaves the
// years that exist.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/time_zone.h"
#include "feel/number.h"

namespace zicht::feel {

constexpr std::int64_t kMaxYear = 999'999'999;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int32_t kNanosPerSecond = 1'000'000'000;

// A day of the proleptic Gregorian calendar.
struct CivilDate {
  std::int64_t days = 0;  // since 1970-01-01
  auto operator<=>(const CivilDate&) const = default;
};

struct YearMonthDay {
  std::int64_t year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  bool operator==(const YearMonthDay&) const = default;
};

// Nothing for a day that does not exist.
std::optional<CivilDate> date_of(const YearMonthDay& parts);
YearMonthDay parts_of(CivilDate date);
CivilDate date_of(Date date);
std::optional<Date> to_base_date(CivilDate date);  // where the year is 1..9999

int iso_weekday(CivilDate date);  // 1 Monday .. 7 Sunday
int iso_week(CivilDate date);     // 1..53
int day_of_year(CivilDate date);  // 1..366
std::optional<CivilDate> add_days(CivilDate date, std::int64_t days);
// Clamped to the last day of a shorter month.
std::optional<CivilDate> add_months(CivilDate date, std::int64_t months);

// Where a time stands: nowhere in particular (local), at a fixed offset, or in a named zone.
struct Zone {
  enum class Kind : std::uint8_t { kNone, kOffset, kNamed };
  Kind kind = Kind::kNone;
  std::int32_t offset_seconds = 0;  // kOffset: east of UTC
  const TimeZone* named = nullptr;  // kNamed; zones outlive values

  static Zone offset(std::int32_t seconds) { return {Kind::kOffset, seconds, nullptr}; }
  static Zone of(const TimeZone* zone) { return {Kind::kNamed, 0, zone}; }
  bool operator==(const Zone&) const = default;
};

struct TimeOfDay {
  std::int64_t nanos = 0;  // since midnight, 0 .. 86400 * 10^9 - 1
  Zone zone{};
  std::int32_t seconds() const { return static_cast<std::int32_t>(nanos / kNanosPerSecond); }
  bool operator==(const TimeOfDay&) const = default;
};

struct DateTime {
  std::int64_t local_seconds = 0;  // since 1970-01-01T00:00:00 on the wall of `zone`
  std::int32_t nanos = 0;          // 0 .. 10^9 - 1
  Zone zone{};

  CivilDate date() const;
  TimeOfDay time() const;
  bool operator==(const DateTime&) const = default;
};

DateTime date_time_of(CivilDate date, const TimeOfDay& time);

// Seconds east of UTC, or nothing for a local one. A time in a named zone has no day, so no offset.
std::optional<std::int32_t> offset_of(const DateTime& value);
std::optional<std::int32_t> offset_of(const TimeOfDay& value);

// seconds + nanos / 10^9, both of a moment and of a length.
struct DayDuration {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;  // 0 .. 10^9 - 1, also where seconds is negative
  auto operator<=>(const DayDuration&) const = default;
};

struct MonthDuration {
  std::int64_t months = 0;
  auto operator<=>(const MonthDuration&) const = default;
};

std::optional<DayDuration> add(DayDuration a, DayDuration b);
std::optional<DayDuration> negate(DayDuration value);
std::optional<DayDuration> duration_of_seconds(const Number& seconds);  // to the nanosecond
Number seconds_of(DayDuration value);

// Hours pass as they do on UTC: where summer time starts in between, a day later the wall of a
// named zone shows an hour more. Months are added on the wall.
std::optional<DateTime> add(const DateTime& value, DayDuration length);
std::optional<DateTime> add_months(const DateTime& value, std::int64_t months);
TimeOfDay add(const TimeOfDay& value, DayDuration length);  // modulo a day

// Both local or both placed; else nothing.
std::optional<DayDuration> subtract(const DateTime& a, const DateTime& b);
std::optional<DayDuration> subtract(const TimeOfDay& a, const TimeOfDay& b);
// Whole months from `from` to `to`, towards zero.
MonthDuration months_between(CivilDate from, CivilDate to);

// ISO 8601 as in XML Schema: "2025-01-31", years of five digits and more without leading zeros, a
// minus for years before 0. Time: "hh:mm:ss[.f]" and "Z", "+hh:mm[:ss]", or "@Zone/Name".
std::optional<CivilDate> parse_date(std::string_view text);
std::optional<TimeOfDay> parse_time(std::string_view text, const TimeZones& zones);
std::optional<DateTime> parse_date_time(std::string_view text, const TimeZones& zones);
std::optional<DayDuration> parse_day_duration(std::string_view text);      // "-P1DT2H3M4.5S"
std::optional<MonthDuration> parse_month_duration(std::string_view text);  // "P1Y2M"

// Canonical texts; the parser of the same kind reads them back.
std::string to_string(CivilDate value);
std::string to_string(const TimeOfDay& value);
std::string to_string(const DateTime& value);
std::string to_string(DayDuration value);    // "P1DT2H", "PT0S"
std::string to_string(MonthDuration value);  // "P1Y2M", "P0M"

}  // namespace zicht::feel
