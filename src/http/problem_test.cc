// Problem bodies: shape, language, statuses. Method: made from catalogue errors, parsed back with
// the JSON parser of base.
#include "http/problem.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error_catalogue.h"
#include "base/json.h"

using namespace zicht;
using namespace zicht::http;

namespace {

Request request_in(Language language) {
  Request request;
  request.request_id = "0123456789abcdef0123456789abcdef";
  request.language = language;
  return request;
}

}  // namespace

TEST_CASE("problem: all problems are told at once, in the language of the request") {
  Error error = make_error("HT-0013", {{"allow", "GET \"x\"\n"}});
  error.problems.push_back(make_problem("ZB-0001", "/fields/due", {{"text", "31-02"}}));
  error.problems.push_back(make_problem("ZB-0003", "/fields/at", {{"text", "nu"}}));
  const Response response = problem_response(error, request_in(Language::kEnglish), 405);
  CHECK(response.status == 405);
  CHECK(response.content_type == "application/problem+json");
  CHECK(response.error_id == "HT-0013");
  auto parsed = parse_json(response.text());
  REQUIRE(parsed.has_value());
  const auto& body = parsed->as_object();
  CHECK(body.at("type") == "urn:zicht:error:HT-0013");
  CHECK(body.at("status") == 405);
  CHECK(body.at("title") == "This method is not possible on this address.");
  CHECK(body.at("detail") == "Use one of: GET \"x\"\n.");
  CHECK(body.at("instance") == "urn:zicht:incident:0123456789abcdef0123456789abcdef");
  const auto& problems = body.at("problems").as_array();
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].at("id") == "ZB-0001");
  CHECK(problems[0].at("where") == "/fields/due");
  CHECK(problems[0].at("message") == "\"31-02\" is not a date.");
  CHECK_FALSE(problems[1].at("hint").as_string().empty());
}

TEST_CASE("problem: a further member stands beside the standard ones") {
  const Response response = problem_response_with(
      make_error("HT-0012"), request_in(Language::kDutch), "current", R"({"version":3})");
  auto parsed = parse_json(response.text());
  REQUIRE(parsed.has_value());
  CHECK(parsed->at("current").at("version") == 3);
  CHECK(parsed->at("title") == "Het is nu te druk.");
}

TEST_CASE("problem: each code has its status, and invalid input is 400") {
  const std::vector<std::pair<Code, int>> table = {
      {Code::kInvalidArgument, 400},    {Code::kUnauthenticated, 401},
      {Code::kPermissionDenied, 403},   {Code::kNotFound, 404},
      {Code::kConflict, 409},           {Code::kFailedPrecondition, 409},
      {Code::kResourceExhausted, 429},  {Code::kUnavailable, 503},
      {Code::kInternal, 500},
  };
  for (const auto& [code, status] : table) CHECK(status_of(code) == status);
}
