// Instant: RFC 3339 in UTC. Method: tables, and seeded random instants printed and read back.
#include "base/instant.h"

#include <doctest/doctest.h>

#include <string>
#include "base/rng.h"

namespace zicht {
namespace {

TEST_CASE("instant: text in UTC is read to the microsecond") {
  CHECK(Instant::parse("1970-01-01T00:00:00Z")->microseconds_since_epoch() == 0);
  CHECK(Instant::parse("1970-01-01T00:00:01.5Z")->microseconds_since_epoch() == 1'500'000);
  CHECK(Instant::parse("1969-12-31T23:59:59.999999Z")->microseconds_since_epoch() == -1);
  CHECK(Instant::parse("2025-01-31T09:30:00Z")->to_string() == "2025-01-31T09:30:00.000000Z");
}

TEST_CASE("instant: other shapes, offsets and leap seconds are refused") {
  for (const char* text :
       {"", "2025-01-31", "2025-01-31T09:30Z", "2025-01-31T09:30:00", "2025-01-31 09:30:00Z",
        "2025-01-31T09:30:00+01:00", "2025-01-31t09:30:00z", "2025-01-31T24:00:00Z",
        "2025-01-31T09:60:00Z", "2025-01-31T09:30:60Z", "2025-02-30T09:30:00Z",
        "2025-01-31T09:30:00.Z", "2025-01-31T09:30:00.1234567Z", "2025-01-31T09:30:00.12a4Z",
        "2025-01-31T09:30:00ZZ", "2025-01-31T-1:30:00Z"}) {
    CAPTURE(std::string(text));
    const auto instant = Instant::parse(text);
    REQUIRE(!instant.has_value());
    CHECK(instant.error().id == "ZB-0003");
  }
}

TEST_CASE("instant: 20,000 random instants are printed and read back (seed 7), in text order") {
  SeededRng rng(7);
  const Instant first = Instant::at_utc_midnight(Date::min());
  const auto range = static_cast<std::uint64_t>(
      microseconds_between(first, Instant::at_utc_midnight(Date::max())));
  Instant previous;
  for (int i = 0; i < 20'000; ++i) {
    const Instant now = *add_microseconds(first, static_cast<std::int64_t>(rng.below(range)));
    REQUIRE(*Instant::parse(now.to_string()) == now);
    REQUIRE((now < previous) == (now.to_string() < previous.to_string()));
    previous = now;
  }
}

TEST_CASE("instant: sums outside the years 1 to 9999 are refused") {
  CHECK(add_microseconds(Instant(), INT64_MAX).error().id == "ZB-0002");
  CHECK(Instant::from_microseconds(INT64_MIN).error().id == "ZB-0002");
  CHECK(add_microseconds(*Instant::from_microseconds(1), INT64_MAX).error().id == "ZB-0002");
}

}  // namespace
}  // namespace zicht
