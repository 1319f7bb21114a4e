// How long an account is locked after wrong passwords and codes: from the fifth failure on 1, 2, 4
// ... at most 60 minutes. Pure; who counts holds a lock of its own.
#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"

namespace zicht::app::internal {

struct Lockout {
  std::int64_t failures = 0;
  std::optional<Instant> locked_until;
};

// 0 for fewer than five failures.
[[nodiscard]] std::int64_t lock_minutes(std::int64_t failures);

// The state after one more failure at `now`.
[[nodiscard]] Lockout with_failure(const Lockout& lockout, Instant now);

// Whole seconds until the lock ends, rounded up; 0 when there is none or it is over.
[[nodiscard]] std::int64_t seconds_locked(const Lockout& lockout, Instant now);

}  // namespace zicht::app::internal
