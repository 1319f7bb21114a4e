#include "http/limits.h"

#include <algorithm>
#include <charconv>
#include <string>

#include <boost/asio/ip/address.hpp>

namespace zicht::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

bool NetAddress::is_ipv4() const {
  return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

bool NetAddress::is_loopback() const {
  if (is_ipv4()) return bytes[12] == 127;
  return std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; }) &&
         bytes[15] == 1;
}

std::optional<NetAddress> parse_address(std::string_view text) {
  boost::system::error_code ec;
  const auto parsed = boost::asio::ip::make_address(std::string(text), ec);
  if (ec) return std::nullopt;
  NetAddress address;
  if (parsed.is_v6()) {
    address.bytes = parsed.to_v6().to_bytes();
    return address;
  }
  const auto bytes = parsed.to_v4().to_bytes();
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  std::copy(bytes.begin(), bytes.end(), address.bytes.begin() + kMapped.size());
  return address;
}

bool Network::contains(const NetAddress& address) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int kept = std::min(8, bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - kept));
    if (((first.bytes[at] ^ address.bytes[at]) & mask) != 0) return false;
  }
  return true;
}

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto first = parse_address(text.substr(0, slash));
  if (!first) return std::nullopt;
  Network network{.first = *first};
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  int bits = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const int most = first->is_ipv4() ? 32 : 128;
  if (error != std::errc() || stop != digits.data() + digits.size() || bits < 0 || bits > most) {
    return std::nullopt;
  }
  network.bits = bits + (128 - most);
  return network;
}

}  // namespace zicht::http
