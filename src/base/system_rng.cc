// The one file that takes randomness from libsodium.
#include <sodium.h>

#include "base/check.h"
#include "base/rng.h"

namespace zicht {

SystemRng::SystemRng() {
  ZICHT_CHECK(sodium_init() >= 0, "libsodium finds a random source when the program starts");
}

void SystemRng::fill(std::span<std::byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

}  // namespace zicht
