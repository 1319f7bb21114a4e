#include "base/instant.h"

#include <cstdio>

#include "base/error_catalogue.h"

namespace zicht {
namespace {

constexpr std::size_t kSecondsEnd = 19;  // length of YYYY-MM-DDThh:mm:ss

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Two digits at `at`, or -1.
int two_digits(std::string_view text, std::size_t at) {
  if (!is_digit(text[at]) || !is_digit(text[at + 1])) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// Microseconds of ".123Z" or "Z", or -1 when the tail has another shape.
std::int64_t fraction_of(std::string_view tail) {
  if (tail == "Z") return 0;
  if (tail.size() < 3 || tail.size() > 8 || tail.front() != '.' || tail.back() != 'Z') return -1;
  std::int64_t fraction = 0;
  for (std::size_t i = 1; i <= 6; ++i) {
    const char c = i + 1 < tail.size() ? tail[i] : '0';
    if (!is_digit(c)) return -1;
    fraction = fraction * 10 + (c - '0');
  }
  return fraction;
}

// Seconds within the day of "hh:mm:ss" at `at`, or -1.
int seconds_of_day(std::string_view text, std::size_t at) {
  const int hour = two_digits(text, at);
  const int minute = two_digits(text, at + 3);
  const int second = two_digits(text, at + 6);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  return (hour * 60 + minute) * 60 + second;
}

}  // namespace

Result<Instant> Instant::from_microseconds(std::int64_t microseconds_since_epoch) {
  const std::int64_t first = at_utc_midnight(Date::min()).microseconds_;
  const std::int64_t last = at_utc_midnight(Date::max()).microseconds_ + kMicrosecondsPerDay - 1;
  if (microseconds_since_epoch < first || microseconds_since_epoch > last) {
    return make_error("ZB-0002");
  }
  return Instant(microseconds_since_epoch);
}

Result<Instant> Instant::parse(std::string_view text) {
  const auto refuse = [&] {
    return make_error("ZB-0003", {{"text", std::string(text.substr(0, 40))}});
  };
  if (text.size() <= kSecondsEnd || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return refuse();
  }
  const auto date = Date::parse(text.substr(0, 10));
  const int seconds = seconds_of_day(text, 11);
  const std::int64_t fraction = fraction_of(text.substr(kSecondsEnd));
  if (!date || seconds < 0 || fraction < 0) return refuse();
  return Instant(at_utc_midnight(*date).microseconds_ + seconds * kMicrosecondsPerSecond +
                 fraction);
}

Instant Instant::at_utc_midnight(Date date) {
  return Instant(date.days_since_epoch() * kMicrosecondsPerDay);
}

Date Instant::utc_date() const {
  std::int64_t days = microseconds_ / kMicrosecondsPerDay;
  if (microseconds_ % kMicrosecondsPerDay < 0) --days;
  return *Date::from_days(days);
}

std::string Instant::to_string() const {
  const Date date = utc_date();
  const std::int64_t within = microseconds_ - at_utc_midnight(date).microseconds_;
  const int seconds = static_cast<int>(within / kMicrosecondsPerSecond);
  const int fraction = static_cast<int>(within % kMicrosecondsPerSecond);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%06dZ", seconds / 3600, seconds / 60 % 60,
                seconds % 60, fraction);
  return date.to_string() + buffer;
}

Result<Instant> add_microseconds(Instant instant, std::int64_t microseconds) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(instant.microseconds_since_epoch(), microseconds, &sum)) {
    return make_error("ZB-0002");
  }
  return Instant::from_microseconds(sum);
}

}  // namespace zicht
