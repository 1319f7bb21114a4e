#include "exchange/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace zicht::exchange {
namespace {

// Registries of special-purpose addresses: RFC 6890 and the IANA tables, as of 2025.
constexpr std::array kSpecial = {
    "0.0.0.0/8",       "10.0.0.0/8",     "100.64.0.0/10",  "127.0.0.0/8",
    "169.254.0.0/16",  "172.16.0.0/12",  "192.0.0.0/24",   "192.0.2.0/24",
    "192.88.99.0/24",  "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24",
    "203.0.113.0/24",  "224.0.0.0/4",    "240.0.0.0/4",
    // Within 2000::/3; all outside it is special as a whole.
    "2001::/23",       "2001:db8::/32",  "2002::/16",      "3fff::/20"};
constexpr const char* kGlobalV6 = "2000::/3";

// Nobody receives messages there, whatever a configuration says.
constexpr std::array kNever = {"0.0.0.0/8",      "169.254.0.0/16", "224.0.0.0/4",
                               "255.255.255.255", "::/128",         "::ffff:0:0/96",
                               "64:ff9b::/96",   "64:ff9b:1::/48", "2002::/16",
                               "fe80::/10",      "ff00::/8",       "fd00:ec2::254"};
constexpr std::array<std::int64_t, 2> kPorts = {443, 8443};

template <std::size_t kCount>
std::vector<AddressBlock> blocks_of(const std::array<const char*, kCount>& texts) {
  std::vector<AddressBlock> made;
  for (const char* text : texts) made.push_back(*AddressBlock::parse(text));
  return made;
}

bool hold(const std::vector<AddressBlock>& blocks, const sockaddr& address) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const AddressBlock& block) { return block.holds(address); });
}

bool has_zeros_after(const std::array<std::uint8_t, 16>& bytes, int prefix, int bits) {
  for (int bit = prefix; bit < bits; ++bit) {
    const auto byte = bytes[static_cast<std::size_t>(bit / 8)];
    if (((byte >> (7 - bit % 8)) & 1) != 0) return false;
  }
  return true;
}

// As names are compared: lower case, without a dot at the end.
std::string plain_name(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  std::string name(host);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

bool is_name(std::string_view name) {
  const bool has_odd = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") !=
                       std::string_view::npos;
  const bool has_letter = name.find_first_not_of("0123456789.") != std::string_view::npos;
  return !has_odd && has_letter && name.front() != '.' && name.front() != '-' &&
         name.find("..") == std::string_view::npos;
}

}  // namespace

std::optional<AddressBlock> AddressBlock::parse(std::string_view text) {
  AddressBlock block;
  const auto slash = text.find('/');
  const std::string address(text.substr(0, slash));
  in_addr v4{};
  in6_addr v6{};
  int bits = 32;
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) {
    std::memcpy(block.bytes_.data(), &v4, sizeof v4);
  } else if (inet_pton(AF_INET6, address.c_str(), &v6) == 1) {
    std::memcpy(block.bytes_.data(), &v6, sizeof v6);
    block.is_v6_ = true;
    bits = 128;
  } else {
    return std::nullopt;
  }
  block.prefix_ = bits;
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), block.prefix_);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (block.prefix_ < 0 || block.prefix_ > bits) return std::nullopt;
  }
  if (!has_zeros_after(block.bytes_, block.prefix_, bits)) return std::nullopt;
  return block;
}

bool AddressBlock::holds(const sockaddr& address) const {
  if (address.sa_family != (is_v6_ ? AF_INET6 : AF_INET)) return false;
  std::array<std::uint8_t, 16> bytes{};
  if (is_v6_) {
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
  } else {
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
  }
  for (int bit = 0; bit < prefix_; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    if ((((bytes[at] ^ bytes_[at]) >> (7 - bit % 8)) & 1) != 0) return false;
  }
  return true;
}

std::optional<AllowList::Host> AllowList::parse_host(std::string_view text) {
  Host host;
  const auto colon = text.find(':');
  host.name = plain_name(text.substr(0, colon));
  if (!is_name(host.name)) return std::nullopt;
  if (colon == std::string_view::npos) return host;
  const auto digits = text.substr(colon + 1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), host.port);
  const bool is_port = error == std::errc{} && end == digits.data() + digits.size() &&
                       host.port >= 1 && host.port <= 65535;
  return is_port ? std::optional(host) : std::nullopt;
}

std::optional<AllowList> AllowList::parse(std::string_view text) {
  AllowList list;
  if (trim(text).empty()) return list;
  std::size_t start = 0;
  while (start <= text.size()) {
    const auto end = std::min(text.find(',', start), text.size());
    const std::string_view word = trim(text.substr(start, end - start));
    if (const auto block = AddressBlock::parse(word)) {
      list.blocks_.push_back(*block);
    } else if (auto host = parse_host(word)) {
      list.hosts_.push_back(*std::move(host));
    } else {
      return std::nullopt;
    }
    start = end + 1;
  }
  return list;
}

bool AllowList::names(std::string_view host, std::int64_t port) const {
  const std::string name = plain_name(host);
  return std::any_of(hosts_.begin(), hosts_.end(), [&](const Host& each) {
    return each.name == name && (each.port == 0 || each.port == port);
  });
}

bool AllowList::holds(const sockaddr& address) const { return hold(blocks_, address); }

bool is_public(const sockaddr& address) {
  if (address.sa_family != AF_INET && address.sa_family != AF_INET6) return false;
  static const AddressBlock global = *AddressBlock::parse(kGlobalV6);
  static const std::vector<AddressBlock> special = blocks_of(kSpecial);
  if (address.sa_family == AF_INET6 && !global.holds(address)) return false;
  return !hold(special, address);
}

bool AddressGuard::may_call(const CallTarget& target, const sockaddr& address) const {
  static const std::vector<AddressBlock> never = blocks_of(kNever);
  const bool is_internet = address.sa_family == AF_INET || address.sa_family == AF_INET6;
  if (!is_internet || hold(never, address)) return false;
  if (allowed_.names(target.host, target.port) || allowed_.holds(address)) return true;
  const bool is_usual_port = std::find(kPorts.begin(), kPorts.end(), target.port) != kPorts.end();
  return target.is_encrypted && is_usual_port && is_public(address);
}

}  // namespace zicht::exchange
