// Which addresses may be called: a table of addresses, of lists in a configuration, and of what a
// list opens. The rows follow the special-purpose registries of IANA, written down apart from the
// code.
#include "exchange/address_guard.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

namespace zicht::exchange {
namespace {

// Requires: it is an address.
sockaddr_storage address_of(const std::string& text) {
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else {
    REQUIRE(inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1);
    storage.ss_family = AF_INET6;
  }
  return storage;
}

const sockaddr& plain(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr&>(storage);
}

bool may(const AddressGuard& guard, const std::string& address, const CallTarget& target) {
  const auto storage = address_of(address);
  return guard.may_call(target, plain(storage));
}

AddressGuard guard_of(const std::string& list) {
  auto allowed = AllowList::parse(list);
  REQUIRE_MESSAGE(allowed.has_value(), list);
  return AddressGuard(*std::move(allowed));
}

constexpr const char* kPublic[] = {"1.1.1.1",         "8.8.8.8",       "11.0.0.0",
                                   "100.63.255.255",  "100.128.0.0",   "172.15.255.255",
                                   "172.32.0.0",      "192.167.255.255", "192.169.0.0",
                                   "193.0.6.139",     "223.255.255.255", "2a00:1450:400e:80c::200e",
                                   "2606:4700::1111", "2001:4860:4860::8888"};
constexpr const char* kNotPublic[] = {
    "0.0.0.0",         "0.1.2.3",          "10.0.0.1",        "10.255.255.255",
    "100.64.0.1",      "100.100.100.200",  "100.127.255.255", "127.0.0.1",
    "127.255.255.254", "169.254.0.1",      "169.254.169.254", "172.16.0.1",
    "172.31.255.255",  "192.0.0.8",        "192.0.2.1",       "192.88.99.1",
    "192.168.0.1",     "198.18.0.1",       "198.19.255.255",  "198.51.100.7",
    "203.0.113.9",     "224.0.0.1",        "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::",               "::1",             "::ffff:8.8.8.8",
    "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::8.8.8.8",       "64:ff9b::8.8.8.8",
    "64:ff9b::a00:1",  "64:ff9b:1::1",     "100::1",          "2001::1",
    "2001:db8::1",     "2002:7f00:1::1",   "2002:a00:1::1",   "3fff::1",
    "fc00::1",         "fd12:3456::1",     "fd00:ec2::254",   "fe80::1",
    "fec0::1",         "ff02::1",          "ff0e::1",         "5f00::1"};

const CallTarget kUsual = {.host = "receiver.example", .port = 443, .is_encrypted = true};

}  // namespace

TEST_CASE("address guard: of all addresses only ordinary public ones are called") {
  const AddressGuard guard = guard_of("");
  for (const char* address : kPublic) {
    CAPTURE(address);
    CHECK(may(guard, address, kUsual));
  }
  for (const char* address : kNotPublic) {
    CAPTURE(address);
    CHECK_FALSE(may(guard, address, kUsual));
  }
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  CHECK_FALSE(guard.may_call(kUsual, reinterpret_cast<const sockaddr&>(local)));
}

TEST_CASE("address guard: a public address is called by HTTPS at the usual ports alone") {
  const AddressGuard guard = guard_of("open.example, shut.example:8080");
  CHECK(may(guard, "1.1.1.1", {"receiver.example", 8443, true}));
  CHECK_FALSE(may(guard, "1.1.1.1", {"receiver.example", 443, false}));
  CHECK_FALSE(may(guard, "1.1.1.1", {"receiver.example", 80, false}));
  for (const std::int64_t port : {0, 22, 25, 80, 5432, 6379, 9443}) {
    CAPTURE(port);
    CHECK_FALSE(may(guard, "1.1.1.1", {"receiver.example", port, true}));
    CHECK(may(guard, "1.1.1.1", {"open.example", port, true}));
  }
  CHECK(may(guard, "1.1.1.1", {"shut.example", 8080, false}));
  CHECK_FALSE(may(guard, "1.1.1.1", {"shut.example", 8081, false}));
}

TEST_CASE("address guard: what the list names may lie inside, and nothing beside it") {
  const AddressGuard guard = guard_of(" Zaken.Intern.Example , 10.1.2.0/24, fd12::/16 ,klok:8080");
  CHECK(may(guard, "192.168.4.4", {"zaken.intern.example", 80, false}));
  CHECK(may(guard, "192.168.4.4", {"ZAKEN.intern.example.", 80, false}));
  CHECK_FALSE(may(guard, "192.168.4.4", {"x.zaken.intern.example", 443, true}));
  CHECK_FALSE(may(guard, "192.168.4.4", {"intern.example", 443, true}));
  CHECK(may(guard, "10.1.2.255", {"other.example", 80, false}));
  CHECK_FALSE(may(guard, "10.1.3.0", {"other.example", 443, true}));
  CHECK(may(guard, "fd12::1", {"other.example", 443, true}));
  CHECK_FALSE(may(guard, "fd13::1", {"other.example", 443, true}));
  CHECK(may(guard, "127.0.0.1", {"klok", 8080, false}));
  CHECK_FALSE(may(guard, "127.0.0.1", {"klok", 80, false}));
}

TEST_CASE("address guard: where no receiver can be stays shut, whatever a list says") {
  const AddressGuard guard = guard_of("inside.example, 0.0.0.0/0, ::/0");
  const CallTarget target = {"inside.example", 443, true};
  CHECK(may(guard, "127.0.0.1", target));
  CHECK(may(guard, "fd12::1", target));
  for (const char* address :
       {"0.0.0.0", "0.1.2.3", "169.254.169.254", "224.0.0.1", "255.255.255.255", "::",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "fe80::1", "ff02::1",
        "fd00:ec2::254"}) {
    CAPTURE(address);
    CHECK_FALSE(may(guard, address, target));
  }
}

TEST_CASE("address guard: a list with something else in it is no list") {
  for (const char* list : {"10.1.2.3/24", "10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0/8",
                           "1.2.3", "a b", "https://x.example", "x.example:0", "x.example:99999",
                           "x.example:", "x..example", ".example", "-x", "a,,b", "a,", "x/y",
                           "user@x", "*.example"}) {
    CAPTURE(list);
    CHECK_FALSE(AllowList::parse(list).has_value());
  }
  for (const char* list : {"", " ", "10.0.0.0/8", "::/0", "127.0.0.1", "a", "a.b:1,c"}) {
    CAPTURE(list);
    CHECK(AllowList::parse(list).has_value());
  }
}

}  // namespace zicht::exchange
