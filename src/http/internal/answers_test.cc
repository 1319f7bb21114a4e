// Members of small bodies and the answers made from what use cases give back, by tables.
#include "http/internal/answers.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/error_catalogue.h"
#include "base/json.h"

using namespace zicht;
using namespace zicht::http;

namespace {

const std::vector<TextMember> kMembers = {{.name = "login", .max_length = 5},
                                          {.name = "code", .is_required = false}};

// The places and ids of all problems, joined; "" when the body is accepted.
std::string problems_of(const std::string& body) {
  auto parsed = parse_json(body);
  REQUIRE(parsed.has_value());
  const auto members = text_members(*parsed, kMembers);
  if (members) return "";
  CHECK(members.error().id == "HT-0027");
  std::string places;
  for (const Problem& problem : members.error().problems) {
    places += problem.id + " " + problem.where + ";";
  }
  return places.empty() ? "shape" : places;
}

}  // namespace

TEST_CASE("members: texts within their limits are accepted, the optional one may be absent") {
  CHECK(problems_of(R"({"login":"a"})") == "");
  CHECK(problems_of(R"({"login":"ëëëëë","code":"1"})") == "");
}

TEST_CASE("members: every problem is told at once with its place") {
  CHECK(problems_of("[]") == "shape");
  CHECK(problems_of("{}") == "HT-0028 /login;");
  CHECK(problems_of(R"({"login":""})") == "HT-0028 /login;");
  CHECK(problems_of(R"({"login":"toolong"})") == "HT-0028 /login;");
  CHECK(problems_of(R"({"login":null,"code":1,"x/y":1})") ==
        "HT-0028 /login;HT-0028 /code;HT-0029 /x~1y;");
}

TEST_CASE("answers: a write gives ETag, Location and whether it is a replay") {
  app::Written written{.document = {.json = R"({"id":"abc"})", .version = 3, .id = "abc"},
                       .is_replay = true,
                       .conflict = std::nullopt};
  const Response created = written_answer(written, 201, Request());
  CHECK(created.status == 201);
  CHECK(created.header("ETag") == "\"3\"");
  CHECK(created.header("Location") == "/v1/records/abc");
  CHECK(created.header("Idempotent-Replay") == "true");
}

TEST_CASE("answers: a conflict gives the record as it is now beside the problem") {
  Error conflict = make_error("HT-0023");
  conflict.code = Code::kConflict;
  app::Written written{.document = {.json = R"({"version":4})", .version = 4, .id = "abc"},
                       .is_replay = false,
                       .conflict = conflict};
  const Response refused = written_answer(written, 200, Request());
  CHECK(refused.status == 409);
  auto parsed = parse_json(refused.text());
  REQUIRE(parsed.has_value());
  CHECK(parsed->at("current").at("version") == 4);
}

TEST_CASE("answers: a shared document is not sent to those who have it") {
  const app::SharedDocument document{std::make_shared<const std::string>("{}"), "v1"};
  Request request;
  CHECK(shared_answer(document, request).text() == "{}");
  CHECK(shared_answer(document, request).header("ETag") == "\"v1\"");
  request.headers.add("If-None-Match", "\"v0\", \"v1\"");
  CHECK(shared_answer(document, request).status == 304);
}

TEST_CASE("answers: a number in the query is whole and positive") {
  for (const char* bad : {"0", "-1", "1.5", "x", "", "99999999999999999999"}) {
    CAPTURE(bad);
    Request request;
    request.query = {{"before", bad}};
    const auto number = positive_number(request, "before");
    REQUIRE_FALSE(number.has_value());
    CHECK(number.error().id == "HT-0016");
  }
  Request request;
  request.query = {{"before", "17"}};
  CHECK(**positive_number(request, "before") == 17);
  CHECK_FALSE((*positive_number(Request(), "before")).has_value());
}
