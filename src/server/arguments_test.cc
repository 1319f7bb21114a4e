// parse_arguments by table.
#include "server/arguments.h"

#include <doctest/doctest.h>

namespace zicht::server {
namespace {

Result<Arguments> parse(const std::vector<std::string>& words) {
  return parse_arguments(words, {"today", "data"}, {"check"});
}

}  // namespace

TEST_CASE("arguments: words, options and flags come in any order") {
  const auto parsed = parse({"a", "--today", "2026-01-31", "--check", "b", "--data=/tmp/x=y"});
  REQUIRE(parsed.has_value());
  CHECK(parsed->words == std::vector<std::string>{"a", "b"});
  CHECK(parsed->option("today") == "2026-01-31");
  CHECK(parsed->option("data") == "/tmp/x=y");
  CHECK(parsed->has("check"));
  CHECK(parsed->option("absent", "x") == "x");
}

TEST_CASE("arguments: after -- everything is a word") {
  CHECK(parse({"--", "--check"})->words == std::vector<std::string>{"--check"});
}

TEST_CASE("arguments: an unknown option names the known ones, a missing value is told") {
  CHECK(parse({"--chek"}).error().id == "SV-0020");
  CHECK(parse({"--chek"}).error().hint.en.find("--check") != std::string::npos);
  CHECK(parse({"--check=yes"}).error().id == "SV-0020");
  CHECK(parse({"--today"}).error().id == "SV-0021");
}

}  // namespace zicht::server
