// A stream of random numbers for one replicate: xoshiro256** (Blackman and Vigna 2018), seeded from
// an Rng by four words. Same seed, same numbers, on every machine.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/rng.h"

namespace zicht::stats::internal {

class QuickRandom {
 public:
  explicit QuickRandom(std::uint64_t seed) {
    SeededRng rng(seed);
    for (auto& word : state_) word = rng.next();
  }

  std::uint64_t next() {
    const std::uint64_t out = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return out;
  }

  // In [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  // Uniform in 0..bound-1; the bias is below 2^-32 of a part. Requires: 0 < bound < 2^32.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  // Poisson with this mean, by products of uniforms in parts of at most 500.
  std::uint64_t poisson(double mean) {
    std::uint64_t count = 0;
    while (mean > 0) {
      const double part = mean > 500 ? 500 : mean;
      mean -= part;
      const double floor = std::exp(-part);
      for (double product = uniform(); product > floor; product *= uniform()) ++count;
    }
    return count;
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

// Draws 0..n-1 with given weights in constant time (Walker 1977, Vose 1991).
class AliasTable {
 public:
  // Requires: weights are finite, 0 or more, and not all 0.
  explicit AliasTable(const std::vector<double>& weights);

  std::uint32_t draw(QuickRandom& random) const {
    const std::uint64_t word = random.next();
    const auto column = static_cast<std::uint32_t>(((word >> 32) * keep_.size()) >> 32);
    return static_cast<std::uint32_t>(word) < keep_[column] ? column : other_[column];
  }

 private:
  std::vector<std::uint64_t> keep_;  // of 2^32
  std::vector<std::uint32_t> other_;
};

}  // namespace zicht::stats::internal
