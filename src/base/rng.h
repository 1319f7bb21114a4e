// Rng: where randomness comes from. Pure code takes an Rng& so that it can be replayed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace zicht {

class Rng {
 public:
  virtual ~Rng() = default;

  // Fills all of `bytes`.
  virtual void fill(std::span<std::byte> bytes) = 0;

  std::uint64_t next();

  // Uniform in 0..bound-1, without modulo bias. Requires: bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

// The operating system's generator through libsodium: for ids, keys and tokens. Thread-safe.
class SystemRng final : public Rng {
 public:
  SystemRng();
  void fill(std::span<std::byte> bytes) override;
};

// Same seed, same bytes, on every machine (SplitMix64). For tests and simulation only: it is
// predictable. Not thread-safe.
class SeededRng final : public Rng {
 public:
  explicit SeededRng(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::byte> bytes) override;

 private:
  std::uint64_t state_;
};

}  // namespace zicht
