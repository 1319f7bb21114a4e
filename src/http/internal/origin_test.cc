// Where requests come from, by tables of what browsers and proxies send.
#include "http/internal/origin.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace zicht::http;

namespace {

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

Request request_with(const HeaderLines& headers) {
  Request request;
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  return request;
}

}  // namespace

TEST_CASE("origin: only pages of this site, or no page at all, are our own") {
  const std::pair<std::string, std::string> host = {"Host", "zicht.example:8443"};
  const std::vector<HeaderLines> own = {
      {host},
      {host, {"Origin", "https://zicht.example:8443"}},
      {host, {"Origin", "https://ZICHT.example:8443"}, {"Sec-Fetch-Site", "same-origin"}},
      {host, {"Sec-Fetch-Site", "none"}},
  };
  const std::vector<HeaderLines> foreign = {
      {host, {"Origin", "https://evil.example"}},
      {host, {"Origin", "https://zicht.example"}},
      {host, {"Origin", "https://zicht.example:8443.evil.example"}},
      {host, {"Origin", "https://evil.example/zicht.example:8443"}},
      {host, {"Origin", "null"}},
      {host, {"Origin", ""}},
      {host, {"Sec-Fetch-Site", "cross-site"}},
      {host, {"Sec-Fetch-Site", "same-site"}},
      {host, {"Origin", "https://zicht.example:8443"}, {"Sec-Fetch-Site", "cross-site"}},
      {{"Origin", "https://zicht.example:8443"}},
  };
  for (const HeaderLines& headers : own) {
    CAPTURE(headers.back().second);
    CHECK(is_from_own_site(request_with(headers)));
  }
  for (const HeaderLines& headers : foreign) {
    CAPTURE(headers.back().second);
    CHECK_FALSE(is_from_own_site(request_with(headers)));
  }
}

TEST_CASE("origin: this machine is loopback without a proxy between") {
  for (const char* peer : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
    CAPTURE(peer);
    Request request;
    request.peer = peer;
    CHECK(is_from_this_machine(request));
    request.headers.add("X-Forwarded-For", "10.0.0.1");
    CHECK_FALSE(is_from_this_machine(request));
  }
  for (const char* peer : {"10.0.0.1", "128.0.0.1", "::2", "::ffff:10.0.0.1", ""}) {
    CAPTURE(peer);
    Request request;
    request.peer = peer;
    CHECK_FALSE(is_from_this_machine(request));
  }
}
