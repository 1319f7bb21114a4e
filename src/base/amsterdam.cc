#include "base/amsterdam.h"

#include <algorithm>

namespace zicht {
namespace {

constexpr int kWinterSeconds = 3600;
constexpr int kSummerSeconds = 7200;

// 01:00 UTC on the last Sunday of the month. Requires: a month of 31 days.
std::int64_t change_in(int year, int month) {
  const Date last = Date::of(year, month, 31);
  const int days_after_sunday = static_cast<int>(last.weekday()) % 7;
  return (last.days_since_epoch() - days_after_sunday) * kMicrosecondsPerDay + kMicrosecondsPerHour;
}

}  // namespace

int amsterdam_offset_seconds(Instant instant) {
  const int year = instant.utc_date().year();
  const std::int64_t at = instant.microseconds_since_epoch();
  const bool is_summer = change_in(year, 3) <= at && at < change_in(year, 10);
  return is_summer ? kSummerSeconds : kWinterSeconds;
}

Date amsterdam_date(Instant instant) {
  const auto local =
      add_microseconds(instant, amsterdam_offset_seconds(instant) * kMicrosecondsPerSecond);
  return local ? local->utc_date() : Date::max();
}

Instant amsterdam_midnight(Date date) {
  const Instant utc_midnight = Instant::at_utc_midnight(date);
  // The offset two hours before UTC midnight is that of local midnight: no change lies between.
  const auto before = add_microseconds(utc_midnight, -2 * kMicrosecondsPerHour);
  if (!before) return utc_midnight;
  const int offset = amsterdam_offset_seconds(*before);
  return *add_microseconds(utc_midnight, -offset * kMicrosecondsPerSecond);
}

}  // namespace zicht
