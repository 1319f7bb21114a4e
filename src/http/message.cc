#include "http/message.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"

namespace zicht::http {
namespace {

constexpr std::array<std::string_view, 8> kMethodNames = {"GET",   "HEAD",   "POST",    "PUT",
                                                          "PATCH", "DELETE", "OPTIONS", "OTHER"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Weight in thousandths of one `nl;q=0.8` item; 0 when it is malformed.
int weight_of(std::string_view parameters) {
  parameters = trimmed(parameters);
  if (parameters.empty()) return 1000;
  if (parameters.size() < 3 || lower(parameters[0]) != 'q' || parameters[1] != '=') return 0;
  double weight = 0;
  const char* end = parameters.data() + parameters.size();
  const auto [stop, error] = std::from_chars(parameters.data() + 2, end, weight);
  if (error != std::errc() || stop != end || !(weight >= 0 && weight <= 1)) return 0;
  return static_cast<int>(weight * 1000);
}

}  // namespace

std::string_view method_name(Method method) {
  return kMethodNames[static_cast<std::size_t>(method)];
}

Method method_from(std::string_view name) {
  for (std::size_t i = 0; i + 1 < kMethodNames.size(); ++i) {
    if (kMethodNames[i] == name) return static_cast<Method>(i);
  }
  return Method::kOther;
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view language_tag(Language language) {
  return language == Language::kDutch ? "nl" : "en";
}

Language negotiate_language(std::string_view accept_language) {
  Language best = Language::kDutch;
  int best_weight = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = accept_language.find(',');
    const std::string_view item = trimmed(accept_language.substr(0, comma));
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size()
                                                                  : comma + 1);
    const std::size_t semicolon = item.find(';');
    const std::string_view range = trimmed(item.substr(0, semicolon));
    const std::string_view primary = range.substr(0, range.find('-'));
    const bool dutch = equals_ignoring_case(primary, "nl");
    if (!dutch && !equals_ignoring_case(primary, "en")) continue;
    const int weight = semicolon == std::string_view::npos
                           ? 1000
                           : weight_of(item.substr(semicolon + 1));
    if (weight <= best_weight) continue;
    best_weight = weight;
    best = dutch ? Language::kDutch : Language::kEnglish;
  }
  return best;
}

void HeaderList::clear() {
  text_.clear();
  fields_.clear();
}

void HeaderList::add(std::string_view name, std::string_view value) {
  const auto at = static_cast<std::uint32_t>(text_.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  fields_.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

std::string_view HeaderList::name_of(const Field& field) const {
  return std::string_view(text_).substr(field.name_at, field.name_size);
}

std::optional<std::string_view> HeaderList::find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (equals_ignoring_case(name_of(field), name)) {
      return std::string_view(text_).substr(field.value_at, field.value_size);
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> HeaderList::find_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (!equals_ignoring_case(name_of(field), name)) continue;
    values.push_back(std::string_view(text_).substr(field.value_at, field.value_size));
  }
  return values;
}

std::size_t HeaderList::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields_.begin(), fields_.end(), [&](const Field& field) {
        return equals_ignoring_case(name_of(field), name);
      }));
}

std::optional<std::string_view> find_value(const NamedValues& values, std::string_view name) {
  for (const auto& [key, value] : values) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view Request::parameter(std::string_view name) const {
  const auto value = find_value(parameters, name);
  ZICHT_CHECK(value.has_value(), "the route pattern has no such parameter");
  return *value;
}

void Request::clear() {
  path.clear();
  parameters.clear();
  query.clear();
  headers.clear();
  body.clear();
  request_id.clear();
  traceparent.clear();
  language = Language::kDutch;
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

std::string_view Response::text() const {
  if (const auto* owned = std::get_if<std::string>(&body)) return *owned;
  const auto* shared = std::get_if<SharedText>(&body);
  ZICHT_CHECK(shared != nullptr && *shared != nullptr, "the body is a stream, not text");
  return **shared;
}

Response json_response(int status, std::string json) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(json);
  return response;
}

Response text_response(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

Response empty_response(int status) {
  Response response;
  response.status = status;
  return response;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";
  }
}

}  // namespace zicht::http
