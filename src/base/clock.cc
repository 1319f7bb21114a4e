#include "base/clock.h"

#include <chrono>

namespace zicht {

Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return *Instant::from_microseconds(
      std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

void ManualClock::advance_microseconds(std::int64_t microseconds) {
  set(*add_microseconds(now(), microseconds));
}

}  // namespace zicht
