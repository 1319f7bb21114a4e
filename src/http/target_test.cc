// Request targets: splitting, decoding and refusing, by tables.
#include "http/target.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace zicht::http;

TEST_CASE("target: path and query are split and the query is decoded") {
  Request request;
  REQUIRE_FALSE(parse_target("/v1/a%20b?pageSize=20&q=a%26b+c&empty=&flag&&x=%C3%A9", request));
  CHECK(request.path == "/v1/a%20b");
  CHECK(request.query == NamedValues{{"pageSize", "20"},
                                     {"q", "a&b c"},
                                     {"empty", ""},
                                     {"flag", ""},
                                     {"x", "é"}});
}

TEST_CASE("target: the authority of an absolute address is left out") {
  Request request;
  REQUIRE_FALSE(parse_target("http://host:80/v1/x?a=1", request));
  CHECK(request.path == "/v1/x");
  REQUIRE_FALSE(parse_target("HTTPS://host", request));
  CHECK(request.path == "/");
}

TEST_CASE("target: what is not clean text is refused with its reason") {
  const std::vector<std::pair<std::string, TargetFault>> table = {
      {"", TargetFault::kNotOriginForm},
      {"*", TargetFault::kNotOriginForm},
      {"host:443", TargetFault::kNotOriginForm},
      {"ftp://host/x", TargetFault::kNotOriginForm},
      {"/%", TargetFault::kBadEscape},
      {"/%4", TargetFault::kBadEscape},
      {"/%4g", TargetFault::kBadEscape},
      {"/?a=%", TargetFault::kBadEscape},
      {"/?%=1", TargetFault::kBadEscape},
      {"/%80", TargetFault::kNotUtf8},
      {"/%c0%ae%c0%ae/", TargetFault::kNotUtf8},
      {"/%ed%a0%80", TargetFault::kNotUtf8},
      {"/%f4%90%80%80", TargetFault::kNotUtf8},
      {"/\xff", TargetFault::kNotUtf8},
      {"/%00", TargetFault::kControl},
      {"/a%0d%0ab", TargetFault::kControl},
      {"/?a=%7f", TargetFault::kControl},
  };
  for (const auto& [target, fault] : table) {
    CAPTURE(target);
    Request request;
    CHECK(parse_target(target, request) == fault);
  }
}

TEST_CASE("target: a query has a bounded number of pairs") {
  std::string target = "/?a=1";
  for (std::size_t i = 1; i < kMaxQueryPairs; ++i) target += "&a=1";
  Request request;
  CHECK_FALSE(parse_target(target, request).has_value());
  CHECK(parse_target(target + "&a=1", request) == TargetFault::kTooManyPairs);
}

TEST_CASE("target: an encoded slash stays inside its segment") {
  CHECK(decode_segments("/v1/a%2Fb/%C3%A9") == std::vector<std::string>{"v1", "a/b", "é"});
  CHECK(decode_segments("/") == std::vector<std::string>{""});
  CHECK(decode_segments("/a//b/") == std::vector<std::string>{"a", "", "b", ""});
}
