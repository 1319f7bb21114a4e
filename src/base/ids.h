// PublicId: the only kind of id that leaves the store. 128 random bits: it tells nothing about
// order, number, organisation or person.
//
//     const PublicId id = PublicId::random(rng);
//     id.to_string();                        // "5f2q0c7m3e9xk4t8zv1d6w0hya", 26 characters
//
// Printed in Crockford base 32 with lower-case letters (no i, l, o, u). Each id has exactly one
// spelling: capitals and look-alikes are refused, not repaired, so that text compares as id.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/rng.h"

namespace zicht {

class PublicId {
 public:
  static constexpr std::size_t kSize = 16;
  static constexpr std::size_t kTextLength = 26;

  // All zero; no random id is ever that.
  constexpr PublicId() = default;
  constexpr explicit PublicId(const std::array<std::byte, kSize>& bytes) : bytes_(bytes) {}

  static PublicId random(Rng& rng);

  // Errors: ZB-0016.
  static Result<PublicId> parse(std::string_view text);

  std::string to_string() const;
  std::span<const std::byte, kSize> bytes() const { return bytes_; }
  auto operator<=>(const PublicId&) const = default;

 private:
  std::array<std::byte, kSize> bytes_{};
};

}  // namespace zicht

template <>
struct std::hash<zicht::PublicId> {
  std::size_t operator()(const zicht::PublicId& id) const noexcept;
};
