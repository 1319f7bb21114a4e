// Which network addresses a message to the outside may go to: public ones by HTTPS, and those that
// the configuration names.
//
//     const auto allowed = AllowList::parse("zaken.example, 10.1.2.0/24, klok.example:8080");
//     AddressGuard guard(*allowed);
//     guard.may_call({.host = "receiver.example", .port = 443, .is_encrypted = true}, address)
//
// An address is judged after its name was resolved, and the connection goes to the very address
// that was judged: a name that leads elsewhere a moment later changes nothing. Pure.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zicht::exchange {

// A range of IPv4 or IPv6 addresses: "10.1.2.0/24", "fd00::/8", or one address.
class AddressBlock {
 public:
  // Absent when it is neither; bits after the prefix must be 0.
  [[nodiscard]] static std::optional<AddressBlock> parse(std::string_view text);

  [[nodiscard]] bool holds(const sockaddr& address) const;

 private:
  bool is_v6_ = false;
  std::array<std::uint8_t, 16> bytes_{};
  int prefix_ = 0;
};

// What may be called besides the public internet: names of hosts, with one port or any, and blocks.
class AllowList {
 public:
  // With commas between; absent when one is neither. Empty text: none.
  [[nodiscard]] static std::optional<AllowList> parse(std::string_view text);

  [[nodiscard]] bool names(std::string_view host, std::int64_t port) const;
  [[nodiscard]] bool holds(const sockaddr& address) const;

 private:
  struct Host {
    std::string name;                   // lower case, without a dot at the end
    std::int64_t port = 0;              // 0: any
  };
  static std::optional<Host> parse_host(std::string_view text);

  std::vector<Host> hosts_;
  std::vector<AddressBlock> blocks_;
};

// False for all that is not an ordinary address of the public internet: private, loopback,
// link-local, shared (CGNAT), unique-local, multicast, reserved, documentation, and IPv6 addresses
// that stand for an IPv4 one (mapped, 6to4, NAT64, Teredo).
[[nodiscard]] bool is_public(const sockaddr& address);

// What is called: as the library that calls reads it from the URL.
struct CallTarget {
  std::string host;
  std::int64_t port = 0;
  bool is_encrypted = false;
};

class AddressGuard {
 public:
  explicit AddressGuard(AllowList allowed) : allowed_(std::move(allowed)) {}

  // Public addresses by HTTPS at port 443 or 8443; what the list names also without encryption and
  // at other ports. Addresses that no receiver has are refused even then: unspecified, multicast,
  // broadcast, link-local (where clouds tell their secrets), and IPv4 inside IPv6.
  [[nodiscard]] bool may_call(const CallTarget& target, const sockaddr& address) const;

 private:
  AllowList allowed_;
};

}  // namespace zicht::exchange
