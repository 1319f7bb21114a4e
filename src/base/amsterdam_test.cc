// Local time of the Netherlands. Method: oracle - the zone files of the system through Howard
// Hinnant's date library, every 30 minutes around each change and four times a day from 1996 on;
// plus named cases that need no zone files.
#include "base/amsterdam.h"

#include <date/tz.h>
#include <doctest/doctest.h>

#include <chrono>

namespace zicht {
namespace {

Instant at(const char* text) { return *Instant::parse(text); }

TEST_CASE("amsterdam: the civil day changes at local midnight in winter and in summer") {
  CHECK(amsterdam_date(at("2025-01-31T22:59:59.999999Z")) == Date::of(2025, 1, 31));
  CHECK(amsterdam_date(at("2025-01-31T23:00:00Z")) == Date::of(2025, 2, 1));
  CHECK(amsterdam_date(at("2025-06-30T21:59:59Z")) == Date::of(2025, 6, 30));
  CHECK(amsterdam_date(at("2025-06-30T22:00:00Z")) == Date::of(2025, 7, 1));
}

TEST_CASE("amsterdam: midnight of the days around a clock change is one hour apart in UTC") {
  CHECK(amsterdam_midnight(Date::of(2025, 3, 30)) == at("2025-03-29T23:00:00Z"));
  CHECK(amsterdam_midnight(Date::of(2025, 3, 31)) == at("2025-03-30T22:00:00Z"));
  CHECK(amsterdam_midnight(Date::of(2025, 10, 26)) == at("2025-10-25T22:00:00Z"));
  CHECK(amsterdam_midnight(Date::of(2025, 10, 27)) == at("2025-10-26T23:00:00Z"));
}

TEST_CASE("amsterdam: the ends of the range do not overflow") {
  CHECK(amsterdam_date(at("9999-12-31T23:59:59.999999Z")) == Date::max());
  CHECK(amsterdam_date(amsterdam_midnight(Date::max())) == Date::max());
  CHECK(amsterdam_date(amsterdam_midnight(Date::min())) == Date::min());
}

TEST_CASE("amsterdam: midnight is the first moment of its day for every day of two centuries") {
  for (Date day = Date::of(1996, 1, 1); day < Date::of(2196, 1, 1); day = *add_days(day, 1)) {
    const Instant midnight = amsterdam_midnight(day);
    REQUIRE(amsterdam_date(midnight) == day);
    REQUIRE(amsterdam_date(*add_microseconds(midnight, -1)) == *add_days(day, -1));
  }
}

TEST_CASE("amsterdam: the offset agrees with the system's zone files from 1996 to 2037") {
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone("Europe/Amsterdam");
  } catch (const std::exception& missing) {
    FAIL("the system has no zone files (Debian package tzdata): ", missing.what());
  }
  const std::int64_t step = kMicrosecondsPerHour / 2;
  std::int64_t now = at("1996-01-01T00:00:00Z").microseconds_since_epoch();
  const std::int64_t end = at("2037-12-31T00:00:00Z").microseconds_since_epoch();
  int compared = 0;
  while (now < end) {
    const Instant instant = *Instant::from_microseconds(now);
    const std::chrono::sys_time<std::chrono::seconds> seconds{
        std::chrono::seconds{now / kMicrosecondsPerSecond}};
    const auto expected = zone->get_info(seconds).offset.count();
    REQUIRE_MESSAGE(amsterdam_offset_seconds(instant) == expected, instant.to_string());
    ++compared;
    const Date day = instant.utc_date();
    const bool near_change = (day.month() == 3 || day.month() == 10) && day.day() >= 24;
    now += near_change ? step : 12 * step;
  }
  CHECK(compared > 80'000);
}

}  // namespace
}  // namespace zicht
