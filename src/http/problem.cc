#include "http/problem.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace zicht::http {
namespace {

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

const std::string& in_language(const LocalizedText& text, Language language) {
  return language == Language::kDutch ? text.nl : text.en;
}

void append_problem(std::string& json, const Problem& problem, Language language) {
  fmt::format_to(std::back_inserter(json), R"({{"id":{},"where":{},"message":{},"hint":{}}})",
                 quoted(problem.id), quoted(problem.where),
                 quoted(in_language(problem.message, language)),
                 quoted(in_language(problem.hint, language)));
}

std::string problem_body(const Error& error, const Request& request, int status) {
  std::string json = fmt::format(
      R"({{"type":{},"status":{},"title":{},"detail":{},"instance":{},"problems":[)",
      quoted("urn:zicht:error:" + error.id), status,
      quoted(in_language(error.message, request.language)),
      quoted(in_language(error.hint, request.language)),
      quoted("urn:zicht:incident:" + request.request_id));
  bool is_first = true;
  for (const Problem& problem : error.problems) {
    if (!is_first) json.push_back(',');
    is_first = false;
    append_problem(json, problem, request.language);
  }
  json.push_back(']');
  return json;
}

}  // namespace

int status_of(Code code) {
  switch (code) {
    case Code::kInvalidArgument: return 400;
    case Code::kUnauthenticated: return 401;
    case Code::kPermissionDenied: return 403;
    case Code::kNotFound: return 404;
    case Code::kConflict: return 409;
    case Code::kFailedPrecondition: return 409;
    case Code::kResourceExhausted: return 429;
    case Code::kUnavailable: return 503;
    case Code::kInternal: return 500;
  }
  return 500;
}

Response problem_response(const Error& error, const Request& request, std::optional<int> status) {
  return problem_response_with(error, request, "", "", status);
}

Response problem_response_with(const Error& error, const Request& request,
                               std::string_view member_name, std::string_view member_json,
                               std::optional<int> status) {
  Response response;
  response.status = status.value_or(status_of(error.code));
  response.content_type = "application/problem+json";
  response.error_id = error.id;
  std::string json = problem_body(error, request, response.status);
  if (!member_name.empty()) {
    json.append(",").append(quoted(member_name)).append(":").append(member_json);
  }
  json.push_back('}');
  response.with("Content-Language", std::string(language_tag(request.language)));
  response.body = std::move(json);
  return response;
}

}  // namespace zicht::http
