#include "base/hash.h"

#include <sodium.h>

#include <algorithm>

#include "base/error_catalogue.h"

namespace zicht {
namespace {

const unsigned char* raw(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

Error not_a_hash(std::string_view text) {
  return make_error("ZB-0017", {{"text", std::string(text.substr(0, 70))}});
}

}  // namespace

Result<Hash> Hash::parse(std::string_view text) {
  if (text.size() != 2 * kSize) return not_a_hash(text);
  std::array<std::byte, kSize> bytes{};
  for (std::size_t i = 0; i < kSize; ++i) {
    const int high = hex_digit(text[2 * i]);
    const int low = hex_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return not_a_hash(text);
    bytes[i] = static_cast<std::byte>(high * 16 + low);
  }
  return Hash(bytes);
}

Result<Hash> Hash::from_bytes(std::span<const std::byte> bytes) {
  if (bytes.size() != kSize) return not_a_hash(std::to_string(bytes.size()) + " bytes");
  Hash hash;
  std::copy(bytes.begin(), bytes.end(), hash.bytes_.begin());
  return hash;
}

std::string Hash::to_string() const { return to_hex(bytes_); }

Hash hash_of(std::span<const std::byte> bytes) {
  std::array<std::byte, Hash::kSize> out{};
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), raw(bytes),
                     bytes.size(), nullptr, 0);
  return Hash(out);
}

Hash hash_of(std::string_view text) { return hash_of(bytes_of(text)); }

struct Hasher::State {
  crypto_generichash_state sodium;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  crypto_generichash_init(&state_->sodium, nullptr, 0, Hash::kSize);
}

Hasher::~Hasher() = default;

Hasher& Hasher::add(std::span<const std::byte> bytes) {
  crypto_generichash_update(&state_->sodium, raw(bytes), bytes.size());
  return *this;
}

Hasher& Hasher::add(std::string_view text) { return add(bytes_of(text)); }

Hasher& Hasher::add_u64(std::uint64_t number) {
  std::array<std::byte, 8> bytes{};
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::byte>(number >> (56 - 8 * i));
  return add(bytes);
}

Hash Hasher::finish() {
  std::array<std::byte, Hash::kSize> out{};
  const int status = crypto_generichash_final(
      &state_->sodium, reinterpret_cast<unsigned char*>(out.data()), out.size());
  ZICHT_CHECK(status == 0, "a Hasher is finished once");
  return Hash(out);
}

std::string to_hex(std::span<const std::byte> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::byte b : bytes) {
    text += kDigits[std::to_integer<std::size_t>(b) >> 4];
    text += kDigits[std::to_integer<std::size_t>(b) & 15];
  }
  return text;
}

}  // namespace zicht
