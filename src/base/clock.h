// Clock: where the current time comes from. Only entry points ask it; judgements get a date.
#pragma once

#include <atomic>

#include "base/instant.h"

namespace zicht {

class Clock {
 public:
  virtual ~Clock() = default;

  // Thread-safe.
  virtual Instant now() const = 0;
};

// The machine's clock in UTC. It may be set back: do not measure durations with it.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Stands still until told otherwise: for tests and simulation.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_.load(); }
  void set(Instant now) { now_.store(now); }

  // Requires: the outcome lies within the years 1..9999.
  void advance_microseconds(std::int64_t microseconds);

 private:
  std::atomic<Instant> now_;
};

}  // namespace zicht
