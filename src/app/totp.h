// One-time codes that follow the time (TOTP): the second factor of a sign-in.
//
//     const std::string secret = make_totp_secret(rng);
//     show(totp_uri({.login = "anna", .secret = secret}));       // as a QR code, for an app
//     const auto step = find_totp_step(secret, typed, now, last_step);   // absent: wrong or used
//
// RFC 6238 with the parameters that every app knows: HMAC-SHA1, six digits, a new code every 30
// seconds since 1970. HMAC rests on SHA-1 being hard to predict, not on collisions, so it is sound
// here. A code is accepted one step early or late, for clocks that differ, and only when its step
// comes after the last one that was used. Pure but for the Rng.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/rng.h"

namespace zicht::app {

inline constexpr std::int64_t kTotpStepSeconds = 30;

// Upper-case base 32 without padding (RFC 4648 section 6), as apps expect a secret.
[[nodiscard]] std::string base32(std::span<const std::byte> bytes);
// Absent when a character is not of base 32; case, blanks and padding do not matter.
[[nodiscard]] std::optional<std::vector<std::byte>> find_base32(std::string_view text);

// 160 random bits in base 32 (RFC 4226 section 4, R6).
[[nodiscard]] std::string make_totp_secret(Rng& rng);

// Steps of 30 seconds since 1970.
[[nodiscard]] std::int64_t totp_step(Instant now);

// The six digits of a step (RFC 4226 section 5.3).
[[nodiscard]] std::string totp_code(std::span<const std::byte> key, std::int64_t step);

// The step that the code belongs to: now, one before or one after, but later than `after_step`.
// Absent when there is none. Compares in constant time. `code` may hold blanks.
[[nodiscard]] std::optional<std::int64_t> find_totp_step(std::string_view secret,
                                                         std::string_view code, Instant now,
                                                         std::int64_t after_step);

struct TotpLabel {
  std::string login;
  std::string secret;                   // base 32
};
// otpauth://totp/Zicht:<login>?secret=...&issuer=Zicht
[[nodiscard]] std::string totp_uri(const TotpLabel& label);

}  // namespace zicht::app
