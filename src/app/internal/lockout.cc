#include "app/internal/lockout.h"

#include <algorithm>

namespace zicht::app::internal {
namespace {

constexpr std::int64_t kFirstLocking = 5;
constexpr std::int64_t kMostMinutes = 60;

}  // namespace

std::int64_t lock_minutes(std::int64_t failures) {
  if (failures < kFirstLocking) return 0;
  // 2^6 is past the most already; more would overflow in the end.
  const auto doublings = std::min<std::int64_t>(failures - kFirstLocking, 6);
  return std::min(std::int64_t{1} << doublings, kMostMinutes);
}

Lockout with_failure(const Lockout& lockout, Instant now) {
  Lockout after{lockout.failures + 1, std::nullopt};
  const auto minutes = lock_minutes(after.failures);
  if (minutes == 0) return after;
  if (const auto until = add_microseconds(now, minutes * 60 * kMicrosecondsPerSecond)) {
    after.locked_until = *until;
  }
  return after;
}

std::int64_t seconds_locked(const Lockout& lockout, Instant now) {
  if (!lockout.locked_until || *lockout.locked_until <= now) return 0;
  const auto left = microseconds_between(now, *lockout.locked_until);
  return (left + kMicrosecondsPerSecond - 1) / kMicrosecondsPerSecond;
}

}  // namespace zicht::app::internal
