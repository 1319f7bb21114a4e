#include "base/ids.h"

#include <cstring>

#include "base/error_catalogue.h"

namespace zicht {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
__extension__ using Bits = unsigned __int128;

}  // namespace

PublicId PublicId::random(Rng& rng) {
  PublicId id;
  while (id == PublicId{}) rng.fill(id.bytes_);
  return id;
}

Result<PublicId> PublicId::parse(std::string_view text) {
  const auto refuse = [&] {
    return make_error("ZB-0016", {{"text", std::string(text.substr(0, 40))}});
  };
  // 26 x 5 = 130 bits: the first character carries only three.
  if (text.size() != kTextLength || text.front() > '7') return refuse();
  Bits bits = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return refuse();
    bits = (bits << 5) | digit;
  }
  PublicId id;
  for (std::size_t i = 0; i < kSize; ++i) {
    id.bytes_[i] = static_cast<std::byte>(static_cast<unsigned>(bits >> (120 - 8 * i)) & 0xFF);
  }
  return id;
}

std::string PublicId::to_string() const {
  Bits bits = 0;
  for (const std::byte b : bytes_) bits = (bits << 8) | std::to_integer<unsigned>(b);
  std::string text(kTextLength, '0');
  for (std::size_t i = kTextLength; i-- > 0; bits >>= 5) {
    text[i] = kAlphabet[static_cast<std::size_t>(bits & 31)];
  }
  return text;
}

}  // namespace zicht

std::size_t std::hash<zicht::PublicId>::operator()(const zicht::PublicId& id) const noexcept {
  std::size_t value = 0;  // the bits are random already
  std::memcpy(&value, id.bytes().data(), sizeof value);
  return value;
}
