// The lines that a running server writes: each is JSON with exactly the members that are promised.
// Method: the log of the product writes to standard error, which the test redirects to a pipe.
#include "http/request_log.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <string>

#include "base/json.h"

using namespace zicht;
using namespace zicht::http;

namespace {

// What `write` sends to standard error.
template <class Write>
std::string captured(Write write) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  write();
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  ::close(ends[1]);
  std::array<char, 4096> text{};
  const ssize_t size = ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

TEST_CASE("log: a request is one line of JSON") {
  const std::string line = captured([] {
    make_stderr_log()->request({.method = Method::kGet,
                                .route = "/v1/records/{id}",
                                .status = 404,
                                .microseconds = 1234,
                                .request_id = "abc",
                                .error_id = "AP-0001",
                                .traceparent = ""});
  });
  CHECK(line.back() == '\n');
  auto parsed = parse_json(line);
  REQUIRE(parsed.has_value());
  const auto& members = parsed->as_object();
  CHECK(members.size() == 8);
  CHECK(members.at("level") == "info");
  CHECK(members.at("route") == "/v1/records/{id}");
  CHECK(members.at("status") == 404);
  CHECK(members.at("ms") == 1.2);
  CHECK(members.at("error") == "AP-0001");
  CHECK_FALSE(members.contains("traceparent"));
}

TEST_CASE("log: an incident is an error, and its kind may quote") {
  const std::string line = captured(
      [] { make_stderr_log()->incident("abc", "/v1/x", "src/a.cc:1: a \"quoted\" why"); });
  auto parsed = parse_json(line);
  REQUIRE(parsed.has_value());
  CHECK(parsed->at("level") == "error");
  CHECK(parsed->at("incident") == "src/a.cc:1: a \"quoted\" why");
}
