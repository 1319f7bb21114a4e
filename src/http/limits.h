// How much one client may ask: rates by address and by account, and which proxies are believed.
//
//   ServerOptions options;
//   options.limits.address = {.per_minute = 6000, .burst = 1000};
//   options.limits.trusted_proxies = {*parse_network("10.0.0.0/8")};
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace zicht::http {

// Numeric address; IPv4 as ::ffff:a.b.c.d.
struct NetAddress {
  std::array<std::uint8_t, 16> bytes{};

  bool is_ipv4() const;
  bool is_loopback() const;
  auto operator<=>(const NetAddress&) const = default;
};

// Nothing for what is no numeric address.
std::optional<NetAddress> parse_address(std::string_view text);

// The addresses that begin with the same bits.
struct Network {
  NetAddress first;
  int bits = 128;

  bool contains(const NetAddress& address) const;
};

// "10.0.0.0/8", "2001:db8::/32", or one address. Nothing for anything else.
std::optional<Network> parse_network(std::string_view text);

// So many on average, and so many at once after a silence. 0 a minute: no limit.
struct Rate {
  std::int64_t per_minute = 0;
  std::int64_t burst = 0;
};

// Which header of a trusted proxy tells who asks. One, not both: the proxy must be the one that
// writes it.
enum class ForwardedHeader : std::uint8_t { kXForwardedFor, kForwarded };

struct LimitOptions {
  Rate address;  // by IPv4 address or IPv6 /64
  Rate sign_in;  // the same, for tries to sign in
  bool counts_loopback = false;  // else this machine itself is not limited by address
  std::vector<Network> trusted_proxies;
  ForwardedHeader header = ForwardedHeader::kXForwardedFor;
};

}  // namespace zicht::http
