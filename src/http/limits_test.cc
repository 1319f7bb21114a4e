// Who is counted and how often they may ask: addresses, networks and the words of proxies by
// table; the rates against a bucket that is worked out by hand, with a clock of their own.
#include "http/limits.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "http/internal/client_address.h"
#include "http/rate_limiter.h"

using namespace zicht::http;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

NetAddress address(std::string_view text) {
  const auto parsed = parse_address(text);
  REQUIRE(parsed.has_value());
  return *parsed;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

void check_client(std::string_view peer, const Headers& headers, std::string_view expected,
                  ForwardedHeader header = ForwardedHeader::kXForwardedFor) {
  Request request;
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  LimitOptions options;
  options.header = header;
  for (const char* trusted : {"10.0.0.0/8", "::1", "2001:db8:1::/48"}) {
    options.trusted_proxies.push_back(*parse_network(trusted));
  }
  CAPTURE(peer);
  CAPTURE(expected);
  CHECK(client_address(address(peer), request, options) == address(expected));
}

}  // namespace

TEST_CASE("limits: addresses are numeric, IPv4 also within IPv6") {
  CHECK(address("192.0.2.1") == address("::ffff:192.0.2.1"));
  CHECK(address("192.0.2.1") != address("192.0.2.2"));
  for (const char* near : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) {
    CHECK(address(near).is_loopback());
  }
  for (const char* far : {"128.0.0.1", "::2", "::", "2001:db8::1", "0.0.0.0"}) {
    CHECK_FALSE(address(far).is_loopback());
  }
  for (const char* nothing : {"", "localhost", "1.2.3", "1.2.3.4.5", "::g", "1.2.3.4:80"}) {
    CHECK_FALSE(parse_address(nothing).has_value());
  }
}

TEST_CASE("limits: a network has the addresses that begin with its bits") {
  const auto has = [](const char* network, const char* one) {
    return parse_network(network)->contains(address(one));
  };
  CHECK(has("10.0.0.0/8", "10.255.0.1"));
  CHECK_FALSE(has("10.0.0.0/8", "11.0.0.1"));
  CHECK(has("192.0.2.128/25", "192.0.2.200"));
  CHECK_FALSE(has("192.0.2.128/25", "192.0.2.100"));
  CHECK(has("0.0.0.0/0", "203.0.113.9"));
  CHECK_FALSE(has("0.0.0.0/0", "2001:db8::1"));
  CHECK(has("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(has("2001:db8::/33", "2001:db8:8000::1"));
  CHECK(has("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(has("192.0.2.1", "192.0.2.2"));
  for (const char* none : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "/8", "a/8",
                           "::/129"}) {
    CAPTURE(none);
    CHECK_FALSE(parse_network(none).has_value());
  }
}

TEST_CASE("limits: only a trusted proxy is believed about who asks, read from the end") {
  check_client("203.0.113.9", {{"X-Forwarded-For", "192.0.2.1"}}, "203.0.113.9");
  check_client("10.0.0.1", {}, "10.0.0.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "192.0.2.1"}}, "192.0.2.1");
  check_client("::1", {{"x-forwarded-for", "198.51.100.7, 192.0.2.1"}}, "192.0.2.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "198.51.100.7, 192.0.2.1, 10.0.0.2"}},
               "192.0.2.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-For", "192.0.2.1"}},
               "192.0.2.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "192.0.2.1, nonsense"}}, "10.0.0.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "192.0.2.1, unknown, 10.0.0.2"}}, "10.0.0.2");
  check_client("10.0.0.1", {{"X-Forwarded-For", ""}}, "10.0.0.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "192.0.2.1:4711"}}, "192.0.2.1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "[2001:db8:2::1]:4711"}}, "2001:db8:2::1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "2001:db8:2::1"}}, "2001:db8:2::1");
  check_client("10.0.0.1", {{"X-Forwarded-For", "10.0.0.3"}}, "10.0.0.3");
  check_client("10.0.0.1", {{"Forwarded", "for=192.0.2.1"}}, "10.0.0.1");
}

TEST_CASE("limits: Forwarded is read when it is the one that is asked for, and then alone") {
  const auto check = [](const Headers& headers, std::string_view expected) {
    check_client("10.0.0.1", headers, expected, ForwardedHeader::kForwarded);
  };
  check({{"Forwarded", "for=192.0.2.1"}}, "192.0.2.1");
  check({{"Forwarded", "by=10.0.0.9;For=\"[2001:db8:2::1]:4711\";proto=https"}}, "2001:db8:2::1");
  check({{"Forwarded", "for=198.51.100.7, for=192.0.2.1;proto=https"}}, "192.0.2.1");
  check({{"Forwarded", "for=_hidden"}}, "10.0.0.1");
  check({{"Forwarded", "proto=https"}}, "10.0.0.1");
  check({{"X-Forwarded-For", "192.0.2.1"}}, "10.0.0.1");
}

TEST_CASE("rates: a burst goes, then one at each interval, and silence fills the bucket again") {
  RateLimiter limiter({.per_minute = 60, .burst = 3});
  const RateLimiter::Time start{seconds(1000)};
  for (int i = 0; i < 3; ++i) CHECK(limiter.take("a", start) == 0);
  CHECK(limiter.take("a", start) == 1);
  CHECK(limiter.take("b", start) == 0);
  CHECK(limiter.take("a", start + milliseconds(999)) == 1);
  CHECK(limiter.take("a", start + milliseconds(1000)) == 0);
  CHECK(limiter.take("a", start + milliseconds(1001)) == 1);
  // What was refused costs nothing: after three seconds all three are there again.
  for (int i = 0; i < 3; ++i) CHECK(limiter.take("a", start + seconds(4)) == 0);
  CHECK(limiter.take("a", start + seconds(4)) == 1);
  for (int i = 0; i < 3; ++i) CHECK(limiter.take("a", start + seconds(1000)) == 0);
  CHECK(limiter.take("a", start + seconds(1000)) == 1);
}

TEST_CASE("rates: Retry-After is as long as it takes") {
  RateLimiter limiter({.per_minute = 2, .burst = 1});
  const RateLimiter::Time start{seconds(1000)};
  CHECK(limiter.take("a", start) == 0);
  CHECK(limiter.take("a", start) == 30);
  CHECK(limiter.take("a", start + seconds(29)) == 1);
  CHECK(limiter.take("a", start + seconds(30)) == 0);
}

TEST_CASE("rates: 0 a minute is no limit") {
  RateLimiter limiter({});
  for (int i = 0; i < 10'000; ++i) REQUIRE(limiter.take("a", {}) == 0);
}

TEST_CASE("rates: a crowd of others does not wash away who asks too much") {
  RateLimiter limiter({.per_minute = 60, .burst = 10}, 1);
  const RateLimiter::Time start{seconds(1000)};
  while (limiter.take("busy", start) == 0) {
  }
  // One set of eight: thousands come by, each once.
  for (int i = 0; i < 5000; ++i) CHECK(limiter.take("once " + std::to_string(i), start) == 0);
  CHECK(limiter.take("busy", start) > 0);
}

TEST_CASE("rates: an address is counted whole in IPv4 and by /64 in IPv6") {
  CHECK(rate_key(address("192.0.2.1")) != rate_key(address("192.0.2.2")));
  CHECK(rate_key(address("192.0.2.1")) == rate_key(address("::ffff:192.0.2.1")));
  CHECK(rate_key(address("2001:db8::1")) == rate_key(address("2001:db8::ffff:1")));
  CHECK(rate_key(address("2001:db8::1")) != rate_key(address("2001:db8:0:1::1")));
}
