// Date: one civil day of the Gregorian calendar, without time and without time zone.
//
//     ZICHT_TRY(start, Date::parse("2025-01-31"));
//     ZICHT_TRY(end, add_months(start, 3));            // 2025-04-30: clamped to the last day
//
// Years 1 to 9999, proleptic Gregorian. A date is four bytes, is compared as a number, and knows
// nothing about "today": pure code gets the date it judges on as an argument. Instants are in
// instant.h, the bridge between both in amsterdam.h, working days in calendar/.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht {

// ISO 8601 numbers: Monday is 1, Sunday is 7.
enum class Weekday : std::uint8_t {
  kMonday = 1,
  kTuesday,
  kWednesday,
  kThursday,
  kFriday,
  kSaturday,
  kSunday
};

class Date {
 public:
  // 1970-01-01.
  constexpr Date() = default;

  // Errors: ZB-0001 when the day does not exist (31-02), ZB-0002 for a year outside 1..9999.
  static Result<Date> create(int year, int month, int day);

  // A date written in the program itself. Requires: the day exists.
  static Date of(int year, int month, int day);

  // Strictly YYYY-MM-DD. Errors: ZB-0001.
  static Result<Date> parse(std::string_view text);

  // Days since 1970-01-01, may be negative. Errors: ZB-0002.
  static Result<Date> from_days(std::int64_t days_since_epoch);

  static Date min();  // 0001-01-01
  static Date max();  // 9999-12-31

  int year() const;
  int month() const;  // 1..12
  int day() const;    // 1..31
  Weekday weekday() const;
  constexpr std::int32_t days_since_epoch() const { return days_; }

  // YYYY-MM-DD.
  std::string to_string() const;

  constexpr auto operator<=>(const Date&) const = default;

 private:
  constexpr explicit Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

// Days from `from` to `to`; negative when `to` is earlier.
constexpr std::int64_t days_between(Date from, Date to) {
  return std::int64_t{to.days_since_epoch()} - from.days_since_epoch();
}

// Errors of both: ZB-0002 when the outcome leaves the years 1..9999. Any count is safe.
Result<Date> add_days(Date date, std::int64_t days);

// The same day of the month, or the last day of a month that lacks it: 31-01 + 1 = 28-02 or 29-02.
Result<Date> add_months(Date date, std::int64_t months);

int days_in_month(int year, int month);  // Requires: month 1..12
Date last_day_of_month(Date date);
bool is_leap_year(int year);

// The days from first to last, both included. `create` refuses an interval that ends before it
// starts (ZB-0005); code that fills the members itself keeps first <= last.
struct DateInterval {
  Date first{};
  Date last{};

  static Result<DateInterval> create(Date first, Date last);
  static constexpr DateInterval of_day(Date day) { return {day, day}; }

  constexpr bool contains(Date day) const { return first <= day && day <= last; }
  constexpr bool overlaps(const DateInterval& other) const {
    return first <= other.last && other.first <= last;
  }
  constexpr bool is_one_day() const { return first == last; }
  constexpr std::int64_t length_in_days() const { return days_between(first, last) + 1; }
  constexpr bool operator==(const DateInterval&) const = default;
};

// The smallest interval that holds both.
DateInterval span_of(const DateInterval& a, const DateInterval& b);

// "31 januari 2025" and "31 January 2025".
LocalizedText long_text(Date date);

// One day as long_text, else "1 tot en met 30 april 2025" / "1 to 30 April 2025", repeating month
// and year only where they differ.
LocalizedText long_text(const DateInterval& interval);

// Month names without capital in Dutch ("januari", "January"). Requires: month 1..12.
LocalizedText month_name(int month);

}  // namespace zicht
