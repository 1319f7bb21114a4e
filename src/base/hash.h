// Hash: BLAKE2b-256, for content addresses and the journal's chain. Not for passwords.
//
//     const Hash entry = Hasher().add(previous.bytes()).add(sealed).finish();
//     entry.to_string();                               // 64 lower-case hexadecimal digits
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht {

class Hash {
 public:
  static constexpr std::size_t kSize = 32;

  // All zero: the "hash before the first entry".
  constexpr Hash() = default;
  constexpr explicit Hash(const std::array<std::byte, kSize>& bytes) : bytes_(bytes) {}

  // 64 lower-case hexadecimal digits. Errors: ZB-0017.
  static Result<Hash> parse(std::string_view text);

  // Exactly kSize raw bytes, as read from a database. Errors: ZB-0017.
  static Result<Hash> from_bytes(std::span<const std::byte> bytes);

  std::string to_string() const;
  std::span<const std::byte, kSize> bytes() const { return bytes_; }
  auto operator<=>(const Hash&) const = default;

 private:
  std::array<std::byte, kSize> bytes_{};
};

// BLAKE2b-256 of the bytes, unkeyed (RFC 7693).
Hash hash_of(std::span<const std::byte> bytes);
Hash hash_of(std::string_view text);

// The same over several pieces. add() does not mark where a piece ends: a caller that hashes
// pieces of variable length adds their lengths too. Not thread-safe; use once.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& add(std::span<const std::byte> bytes);
  Hasher& add(std::string_view text);
  Hasher& add_u64(std::uint64_t number);  // eight bytes, big-endian

  Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Lower-case hexadecimal digits, two per byte.
std::string to_hex(std::span<const std::byte> bytes);

}  // namespace zicht
