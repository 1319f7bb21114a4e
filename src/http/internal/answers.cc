#include "http/internal/answers.h"

#include <algorithm>
#include <charconv>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "http/problem.h"

namespace zicht::http {
namespace {

std::string quoted_version(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

Problem wrong_length(const TextMember& member) {
  return make_problem("HT-0028", "/" + std::string(member.name),
                      {{"min", std::to_string(member.min_length)},
                       {"max", std::to_string(member.max_length)},
                       {"name", std::string(member.name)}});
}

}  // namespace

Result<Response> json_answer(Result<std::string> json) {
  if (!json) return std::move(json).error();
  return json_response(200, *std::move(json));
}

Result<Response> file_answer(Result<app::ExportFile> file) {
  if (!file) return std::move(file).error();
  Response response;
  response.content_type = std::move(file->content_type);
  response.body = std::move(file->content);
  return response.with("Content-Disposition", "attachment; filename=\"" + file->file_name + "\"");
}

Response document_answer(app::Document document, int status) {
  Response response = json_response(status, std::move(document.json));
  response.with("ETag", quoted_version(document.version));
  return response;
}

Response written_answer(app::Written written, int status, const Request& request) {
  if (written.conflict) {
    return problem_response_with(*written.conflict, request, "current", written.document.json);
  }
  const std::string id = written.document.id;
  Response response = document_answer(std::move(written.document), status);
  if (status == 201) response.with("Location", "/v1/records/" + id);
  if (written.is_replay) response.with("Idempotent-Replay", "true");
  return response;
}

Response shared_answer(const app::SharedDocument& document, const Request& request) {
  const std::string etag = "\"" + document.etag + "\"";
  const auto known = request.header("If-None-Match");
  const bool is_known = known && known->find(etag) != std::string_view::npos;
  Response response = is_known ? empty_response(304) : json_response(200, "");
  if (!is_known) {
    const auto accepted = request.header("Accept-Encoding");
    // A copy only for those who want it packed: the server packs what is not shared.
    if (accepted) {
      response.body = *document.json;
    } else {
      response.body = document.json;
    }
  }
  response.cacheable = true;
  return response.with("ETag", etag)
      .with("Cache-Control", "private, no-cache")
      .with("Vary", "Cookie");
}

Result<std::optional<std::int64_t>> positive_number(const Request& request,
                                                    std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end || number < 1) {
    return make_error("HT-0016", {{"name", std::string(name)},
                                  {"expected", LocalizedText{"een geheel getal vanaf 1",
                                                             "a whole number from 1 up"}}});
  }
  return std::optional(number);
}

Result<std::vector<std::string>> text_members(const Json& body,
                                              const std::vector<TextMember>& members) {
  Error error = make_error("HT-0027");
  if (!body.is_object()) return error;
  std::vector<std::string> values;
  for (const TextMember& member : members) {
    const json::value* value = body.as_object().if_contains(member.name);
    std::string& text = values.emplace_back();
    if (value == nullptr && !member.is_required) continue;
    if (value != nullptr && value->is_string()) text = value->as_string();
    const std::size_t length = code_point_length(text);
    if (value == nullptr || !value->is_string() || length < member.min_length ||
        length > member.max_length) {
      error.problems.push_back(wrong_length(member));
    }
  }
  for (const auto& item : body.as_object()) {
    const std::string_view key(item.key().data(), item.key().size());
    const bool is_known = std::any_of(members.begin(), members.end(),
                                      [&](const TextMember& member) { return member.name == key; });
    if (is_known) continue;
    error.problems.push_back(make_problem("HT-0029", "/" + json_pointer_token(key),
                                          {{"name", std::string(first_code_points(key, 40))}}));
  }
  if (!error.problems.empty()) return error;
  return values;
}

Result<model::AsOf> as_of(const Request& request) {
  model::AsOf moment;
  if (const auto text = request.query_value("validOn")) {
    auto date = Date::parse(*text);
    if (!date) {
      return make_error("HT-0016", {{"name", std::string("validOn")},
                                    {"expected", LocalizedText{"een dag, zoals 2025-01-31",
                                                               "a day, such as 2025-01-31"}}});
    }
    moment.valid_on = *date;
  }
  if (const auto text = request.query_value("knownAt")) {
    auto instant = Instant::parse(*text);
    if (!instant) {
      return make_error(
          "HT-0016",
          {{"name", std::string("knownAt")},
           {"expected", LocalizedText{"een tijdstip in UTC, zoals 2025-01-31T12:00:00Z",
                                      "a time in UTC, such as 2025-01-31T12:00:00Z"}}});
    }
    moment.known_at = *instant;
  }
  return moment;
}

}  // namespace zicht::http
