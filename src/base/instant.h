// Instant: a point in time in UTC, to the microsecond. What is stored and compared; people see
// dates (date.h) and local times (amsterdam.h).
//
//     ZICHT_TRY(at, Instant::parse("2025-01-31T09:30:00Z"));
//     at.to_string();                                       // "2025-01-31T09:30:00.000000Z"
//
// The printed form has a fixed width, so that text order is time order. No leap seconds, no
// offsets other than Z. The current time comes from a Clock (clock.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"

namespace zicht {

class Instant {
 public:
  // 1970-01-01T00:00:00Z.
  constexpr Instant() = default;

  // Errors: ZB-0002 outside the years 1..9999.
  static Result<Instant> from_microseconds(std::int64_t microseconds_since_epoch);

  // RFC 3339 in UTC: YYYY-MM-DDThh:mm:ss[.1-6 digits]Z, capitals only. Errors: ZB-0003.
  static Result<Instant> parse(std::string_view text);

  // The first moment of a UTC day.
  static Instant at_utc_midnight(Date date);

  constexpr std::int64_t microseconds_since_epoch() const { return microseconds_; }
  Date utc_date() const;

  // RFC 3339 with six decimals and Z.
  std::string to_string() const;

  constexpr auto operator<=>(const Instant&) const = default;

 private:
  constexpr explicit Instant(std::int64_t microseconds) : microseconds_(microseconds) {}
  std::int64_t microseconds_ = 0;
};

constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
constexpr std::int64_t kMicrosecondsPerHour = 3600 * kMicrosecondsPerSecond;
constexpr std::int64_t kMicrosecondsPerDay = 24 * kMicrosecondsPerHour;

// Microseconds from `from` to `to`; cannot overflow within the years 1..9999.
constexpr std::int64_t microseconds_between(Instant from, Instant to) {
  return to.microseconds_since_epoch() - from.microseconds_since_epoch();
}

// Errors: ZB-0002 when the outcome leaves the years 1..9999.
Result<Instant> add_microseconds(Instant instant, std::int64_t microseconds);

}  // namespace zicht
