#include "base/rng.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"

namespace zicht {

std::uint64_t Rng::next() {
  std::array<std::byte, 8> bytes{};
  fill(bytes);
  std::uint64_t number = 0;
  for (const std::byte b : bytes) number = (number << 8) | std::to_integer<std::uint64_t>(b);
  return number;
}

std::uint64_t Rng::below(std::uint64_t bound) {
  ZICHT_CHECK(bound > 0, "there is a number below the bound");
  // Numbers past the last whole multiple of bound would favour the small outcomes.
  const std::uint64_t limit = std::numeric_limits<std::uint64_t>::max() / bound * bound;
  std::uint64_t number = next();
  while (number >= limit) number = next();
  return number % bound;
}

void SeededRng::fill(std::span<std::byte> bytes) {
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    const std::size_t count = std::min<std::size_t>(8, bytes.size() - i);
    for (std::size_t k = 0; k < count; ++k) bytes[i + k] = static_cast<std::byte>(z >> (8 * k));
  }
}

}  // namespace zicht
