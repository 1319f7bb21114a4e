// Open data: the catalogue and the files that it names. All but the figures of an edition are told
// to everybody alike, so the session is not looked at and other sites may read them.
#include <charconv>
#include <utility>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

using Wanted = app::OpenDataService::Wanted;

constexpr std::string_view kTurtle = "text/turtle", kJsonLd = "application/ld+json";

// One of these words, or the first when nothing was said. Errors: HT-0016.
Result<std::string> one_of(const ApiCall& call, std::string_view name,
                           const std::vector<std::string_view>& words) {
  const auto said = call.request.query_value(name);
  if (!said) return std::string(words.front());
  std::string all;
  for (const std::string_view word : words) {
    if (word == *said) return std::string(word);
    all += (all.empty() ? "" : ", ") + std::string(word);
  }
  return make_error("HT-0016",
                    {{"name", std::string(name)}, {"expected", LocalizedText{all, all}}});
}

// How much a reader wants this type (RFC 9110, 12.5.1): the weight beside its name, 1 where there
// is none; 0 when it is not named.
double weight_of(std::string_view accept, std::string_view type) {
  while (!accept.empty()) {
    const std::string_view item = accept.substr(0, accept.find(','));
    accept.remove_prefix(std::min(item.size() + 1, accept.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    if (!equals_ignoring_case(trim(item.substr(0, semicolon)), type)) continue;
    const std::size_t q = item.find("q=", semicolon);
    if (q == std::string_view::npos) return 1;
    double weight = 0;
    std::from_chars(item.data() + q + 2, item.data() + item.size(), weight);
    return weight;
  }
  return 0;
}

bool wants_turtle(const Request& request) {
  const std::string_view accept = request.header("Accept").value_or("");
  const double turtle = weight_of(accept, kTurtle);
  return turtle > 0 &&
         turtle > std::max(weight_of(accept, kJsonLd), weight_of(accept, "application/json"));
}

// Other sites may read it: it holds nothing of anybody.
Response& for_all(Response& response) { return response.with("Access-Control-Allow-Origin", "*"); }

Result<Response> read_catalogue(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(format, one_of(call, "format", {"jsonld", "turtle"}));
  const bool is_said = call.request.query_value("format").has_value();
  const bool is_turtle = is_said ? format == "turtle" : wants_turtle(call.request);
  ZICHT_TRY(document, context.services().open_data.catalogue(is_turtle ? app::RdfFormat::kTurtle
                                                                       : app::RdfFormat::kJsonLd));
  const std::string etag = "\"" + document.etag + "\"";
  const auto known = call.request.header("If-None-Match");
  const bool is_known = known && known->find(etag) != std::string_view::npos;
  Response response = is_known ? empty_response(304) : json_response(200, "");
  if (!is_known) {
    response.body = *document.json;
    response.content_type =
        std::string(is_turtle ? kTurtle : kJsonLd) + (is_turtle ? "; charset=utf-8" : "");
  }
  response.cacheable = true;
  response.with("ETag", etag).with("Cache-Control", "public, no-cache").with("Vary", "Accept");
  return for_all(response);
}

Result<Wanted> wanted_of(const ApiCall& call, const std::vector<std::string_view>& formats) {
  ZICHT_TRY(format, one_of(call, "format", formats));
  ZICHT_TRY(language, one_of(call, "language", {"nl", "en"}));
  return Wanted{std::move(format),
                language == "en" ? app::Language::kEnglish : app::Language::kDutch};
}

Result<Response> register_file(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(wanted, wanted_of(call, {"csv", "xlsx"}));
  ZICHT_TRY(response, file_answer(context.services().open_data.register_file(
                          call.parameter("pack") + "/" + call.parameter("form"), wanted)));
  return for_all(response);
}

Result<Response> edition_file(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(wanted, wanted_of(call, {"csv", "xlsx", "json"}));
  return file_answer(context.services().open_data.edition_file(call.caller, call.parameter("id"),
                                                               call.parameter("field"), wanted));
}

Result<Response> indicator_file(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(wanted, wanted_of(call, {"csv", "xlsx", "json"}));
  ZICHT_TRY(response, file_answer(context.services().open_data.indicator_file(
                          {call.parameter("pack"), call.parameter("indicator")}, wanted)));
  return for_all(response);
}

Endpoint file(std::string_view pattern, std::string_view id, std::string_view summary,
              std::vector<std::string_view> formats, ApiHandler handler) {
  return {
      {.pattern = pattern,
       .id = id,
       .tag = "open-data",
       .summary = summary,
       .admission = Admission::kAllIgnoringSession,
       .answer = "File",
       .answer_type = "application/octet-stream",
       .query = {{"format", QueryType::kText, "Of the file; csv when not said", std::move(formats)},
                 {"language",
                  QueryType::kText,
                  "Of headings and words; nl when not said",
                  {"nl", "en"}}}},
      std::move(handler)};
}

}  // namespace

void add_open_data_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back(
      {{.pattern = "/v1/open-data/catalogue",
        .id = "readOpenData",
        .tag = "open-data",
        .summary = "What everybody may take, described by DCAT-AP-NL (JSON-LD or Turtle)",
        .admission = Admission::kAllIgnoringSession,
        .answer = "LinkedData",
        .answer_type = kJsonLd,
        .query =
            {{"format", QueryType::kText, "Instead of the header Accept", {"jsonld", "turtle"}}}},
       read_catalogue});
  endpoints.push_back(file("/v1/open-data/registers/{pack}/{form}", "downloadRegister",
                           "The rows of a register that everybody may see", {"csv", "xlsx"},
                           register_file));
  endpoints.push_back(file("/v1/open-data/editions/{id}/{field}", "downloadEdition",
                           "The figures of an edition as they were published",
                           {"csv", "xlsx", "json"}, edition_file));
  // Before it is published it is there for those who work on it.
  endpoints.back().operation.admission = Admission::kAll;
  endpoints.push_back(file("/v1/open-data/indicators/{pack}/{indicator}", "downloadIndicator",
                           "The figures of an indicator that is public, as they are now",
                           {"csv", "xlsx", "json"}, indicator_file));
}

}  // namespace zicht::http
