#include "app/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/text.h"

namespace zicht::app {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretBytes = 20;
constexpr std::size_t kDigits = 6;
constexpr std::size_t kSha1Bytes = 20;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::array<std::byte, kSha1Bytes> hmac_sha1(std::span<const std::byte> key, std::int64_t counter) {
  std::array<unsigned char, 8> message{};
  auto rest = static_cast<std::uint64_t>(counter);
  for (std::size_t i = message.size(); i-- > 0; rest >>= 8) {
    message[i] = static_cast<unsigned char>(rest & 0xFF);
  }
  std::array<std::byte, kSha1Bytes> digest{};
  unsigned int size = 0;
  const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                          message.size(), reinterpret_cast<unsigned char*>(digest.data()), &size);
  ZICHT_CHECK(made != nullptr && size == digest.size(), "HMAC-SHA1 needs no more than memory");
  return digest;
}

std::string digits_of(std::string_view code) {
  std::string digits;
  for (const char c : code) {
    if (c != ' ') digits += c;
  }
  return digits;
}

}  // namespace

std::string base32(std::span<const std::byte> bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const std::byte b : bytes) {
    buffer = (buffer << 8) | std::to_integer<std::uint32_t>(b);
    for (bits += 8; bits >= 5; bits -= 5) out += kBase32[(buffer >> (bits - 5)) & 31];
  }
  if (bits > 0) out += kBase32[(buffer << (5 - bits)) & 31];
  return out;
}

std::optional<std::vector<std::byte>> find_base32(std::string_view text) {
  std::vector<std::byte> bytes;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '=') continue;
    const auto value = kBase32.find(upper(c));
    if (value == std::string_view::npos) return {};
    buffer = (buffer << 5) | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::byte>((buffer >> bits) & 0xFF));
  }
  return bytes;
}

std::string make_totp_secret(Rng& rng) {
  std::array<std::byte, kSecretBytes> bytes{};
  rng.fill(bytes);
  return base32(bytes);
}

std::int64_t totp_step(Instant now) {
  return now.microseconds_since_epoch() / (kTotpStepSeconds * kMicrosecondsPerSecond);
}

std::string totp_code(std::span<const std::byte> key, std::int64_t step) {
  const auto digest = hmac_sha1(key, step);
  const auto at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(digest[i]); };
  const std::size_t offset = at(kSha1Bytes - 1) & 15;
  const std::uint32_t number = ((at(offset) & 0x7F) << 24) | (at(offset + 1) << 16) |
                               (at(offset + 2) << 8) | at(offset + 3);
  std::string code = std::to_string(number % 1'000'000);
  code.insert(0, kDigits - code.size(), '0');
  return code;
}

std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view code,
                                           Instant now, std::int64_t after_step) {
  const auto key = find_base32(secret);
  const std::string typed = digits_of(code);
  if (!key || key->empty() || typed.size() != kDigits) return {};
  std::optional<std::int64_t> found;
  for (const std::int64_t drift : {-1, 0, 1}) {
    const std::int64_t step = totp_step(now) + drift;
    const std::string expected = totp_code(*key, step);
    const bool is_same = sodium_memcmp(expected.data(), typed.data(), kDigits) == 0;
    if (is_same && step > after_step) found = step;
  }
  return found;
}

std::string totp_uri(const TotpLabel& label) {
  return "otpauth://totp/Zicht:" + percent_encoded(label.login) + "?secret=" + label.secret +
         "&issuer=Zicht&algorithm=SHA1&digits=6&period=30";
}

}  // namespace zicht::app
