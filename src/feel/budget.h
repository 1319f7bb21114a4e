// Budget: how much work one evaluation may do, so that no expression takes a server down.
//
//     Budget budget({.steps = 1'000'000});
//     if (!budget.spend(items.size())) return budget.exhausted_value();
//
// Whoever loops or allocates spends first. Once one limit is passed every later call answers false,
// and the evaluation ends with `error()`; the values it made until then do not count. Not
// thread-safe: one Budget for one evaluation on one thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "feel/value.h"

namespace zicht::feel {

struct Limits {
  std::uint64_t steps = 10'000'000;
  std::uint64_t bytes = std::uint64_t{256} << 20;  // made in all, not held at once
  std::uint32_t depth = 256;                       // calls of functions within each other
};

class Budget {
 public:
  enum class Limit : std::uint8_t { kNone, kSteps, kBytes, kDepth, kHere };

  explicit Budget(const Limits& limits = {}) : limits_(limits) {}

  // False when that was too much. One step is about one operation on a scalar.
  bool spend(std::uint64_t steps) {
    if (is_exhausted() || steps > limits_.steps - steps_) return refuse(Limit::kSteps);
    steps_ += steps;
    return true;
  }
  bool spend_bytes(std::uint64_t bytes) {
    if (is_exhausted() || bytes > limits_.bytes - bytes_) return refuse(Limit::kBytes);
    bytes_ += bytes;
    return true;
  }

  // One call deeper and back. Requires: leave() once for each enter(), also where it said false.
  bool enter();
  void leave() { --depth_; }

  // What the evaluation needs cannot be had in this place: a browser lacks something that the
  // server has (texts.h). No value of it counts then.
  void refuse_here() { refuse(Limit::kHere); }

  bool is_exhausted() const { return exhausted_ != Limit::kNone; }
  Limit exhausted() const { return exhausted_; }
  std::uint64_t steps_spent() const { return steps_; }
  std::uint64_t bytes_spent() const { return bytes_; }

  // FE-0101 steps, FE-0102 bytes, FE-0103 depth, FE-0070 not here. Requires: is_exhausted().
  Error error() const;
  Value exhausted_value() const;

 private:
  // The first limit that is passed is the one that is told; what was spent stays within it.
  bool refuse(Limit limit);

  Limits limits_;
  std::uint64_t steps_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint32_t depth_ = 0;
  Limit exhausted_ = Limit::kNone;
};

// A call costs one level, and while this lives more where the body of the function is deep: the
// stack holds however deep authors nest.
class CallDepth {
 public:
  CallDepth(Budget& budget, std::size_t depth_of_body)
      : budget_(budget), levels_(depth_of_body / 16) {
    for (std::size_t i = 0; i < levels_; ++i) good_ = budget_.enter() && good_;
  }
  ~CallDepth() {
    for (std::size_t i = 0; i < levels_; ++i) budget_.leave();
  }
  CallDepth(const CallDepth&) = delete;
  CallDepth& operator=(const CallDepth&) = delete;
  bool is_good() const { return good_; }

 private:
  Budget& budget_;
  std::size_t levels_;
  bool good_ = true;
};

}  // namespace zicht::feel
