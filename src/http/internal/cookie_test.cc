// The session cookie: reading it out of what browsers send, and writing it, by tables.
#include "http/internal/cookie.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace zicht::http;

TEST_CASE("cookie: the token is found among others and never guessed") {
  const std::vector<std::pair<std::string, std::optional<std::string>>> table = {
      {"zicht-session=abc", "abc"},
      {"a=b; zicht-session=abc; c=d", "abc"},
      {"a=b;zicht-session=abc", "abc"},
      {"zicht-session=", ""},
      {"zicht-session=a=b", "a=b"},
      {"xzicht-session=abc", std::nullopt},
      {"zicht-sessionx=abc", std::nullopt},
      {"zicht-session", std::nullopt},
      {"__Host-zicht-session=abc", std::nullopt},
      {"zicht-session=abc; zicht-session=def", ""},  // one was planted: neither counts
      {"", std::nullopt},
  };
  for (const auto& [header, expected] : table) {
    CAPTURE(header);
    Request request;
    request.headers.add("Cookie", header);
    CHECK(session_token(request, false) == expected);
  }
  CHECK_FALSE(session_token(Request(), false).has_value());
}

TEST_CASE("cookie: over TLS it has the __Host- name and is Secure") {
  CHECK(set_session_cookie("abc", 60, true) ==
        "__Host-zicht-session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
  CHECK(set_session_cookie("abc", 60, false) ==
        "zicht-session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
  CHECK(clear_session_cookie(false) ==
        "zicht-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
}
