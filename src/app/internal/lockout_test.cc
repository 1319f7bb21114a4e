// How long failures lock: a table of counts, and the seconds that are left on a clock.
#include "app/internal/lockout.h"

#include <doctest/doctest.h>

#include <limits>

namespace zicht::app::internal {
namespace {

Instant at_microsecond(std::int64_t microsecond) {
  return *Instant::from_microseconds(microsecond);
}

TEST_CASE("lockout: minutes double from the fifth failure up to an hour") {
  struct Row {
    std::int64_t failures, minutes;
  };
  const Row rows[] = {{0, 0}, {1, 0}, {4, 0},  {5, 1},  {6, 2},   {7, 4},
                      {8, 8}, {9, 16}, {10, 32}, {11, 60}, {12, 60}, {1000, 60},
                      {std::numeric_limits<std::int64_t>::max(), 60}};
  for (const Row& row : rows) {
    CAPTURE(row.failures);
    CHECK(lock_minutes(row.failures) == row.minutes);
  }
}

TEST_CASE("lockout: a failure counts one and locks from its own moment") {
  const Instant now = at_microsecond(1'000'000);
  CHECK_FALSE(with_failure({3, {}}, now).locked_until);
  const Lockout fifth = with_failure({4, {}}, now);
  CHECK(fifth.failures == 5);
  REQUIRE(fifth.locked_until);
  CHECK(microseconds_between(now, *fifth.locked_until) == 60 * kMicrosecondsPerSecond);
}

TEST_CASE("lockout: the seconds left are rounded up, and none are left at the end") {
  const Lockout locked{5, at_microsecond(60'000'000)};
  struct Row {
    std::int64_t now, seconds;
  };
  const Row rows[] = {{0, 60}, {1, 60}, {1'000'000, 59}, {59'999'999, 1}, {60'000'000, 0},
                      {60'000'001, 0}};
  for (const Row& row : rows) {
    CAPTURE(row.now);
    CHECK(seconds_locked(locked, at_microsecond(row.now)) == row.seconds);
  }
  CHECK(seconds_locked({4, {}}, at_microsecond(0)) == 0);
}

}  // namespace
}  // namespace zicht::app::internal
