// What the web is driven by: catalogue, packs, schemas, desks, vague dates.
#include <utility>

#include "app/calendar_service.h"
#include "base/error_catalogue.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> read_catalogue(const ApiContext& context, const ApiCall& call) {
  const auto pack = call.request.query_value("pack");
  const auto hash = call.request.query_value("hash");
  if (!pack && !hash) {
    return shared_answer(context.services().catalogue.catalogue(call.caller), call.request);
  }
  if (!pack || !hash) {
    return make_error("HT-0016",
                      {{"name", std::string(pack ? "hash" : "pack")},
                       {"expected",
                        LocalizedText{"pack en hash samen", "pack and hash together"}}});
  }
  return json_answer(context.services().catalogue.catalogue_of(call.caller, std::string(*pack),
                                                               std::string(*hash)));
}

Result<Response> list_packs(const ApiContext& context, const ApiCall&) {
  return json_answer(context.services().packs.list());
}

Result<Response> list_versions(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().packs.versions(call.caller, call.parameter("pack")));
}

Result<Response> read_files(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().packs.files(call.caller, call.parameter("pack"),
                                                    call.parameter("hash")));
}

Result<Response> read_schema(const ApiContext& context, const ApiCall& call) {
  auto answer = json_answer(context.services().catalogue.schema(
      call.caller, call.parameter("pack") + "/" + call.parameter("form")));
  if (answer) answer->content_type = "application/schema+json";
  return answer;
}

Result<Response> evaluate_form(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().rules.evaluate(
      call.caller, call.parameter("pack") + "/" + call.parameter("form"), call.body));
}

Result<Response> list_desks(const ApiContext& context, const ApiCall& call) {
  return json_response(200, context.services().catalogue.desks(call.caller));
}

Result<Response> read_desk(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().catalogue.desk(call.caller, call.parameter("pack"),
                                                       call.parameter("desk")));
}

Result<Response> interpret(const ApiContext& context, const ApiCall& call) {
  return json_answer(app::interpret_words(*context.services().packs.rules(), call.body));
}

Result<Response> read_processing(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().processing.read(
      call.caller, call.parameter("document"), call.language()));
}

Result<Response> export_processing(const ApiContext& context, const ApiCall& call) {
  return file_answer(context.services().processing.export_file(
      call.caller, call.parameter("document"), call.body, call.language()));
}

Endpoint reading(std::string_view pattern, std::string_view id, std::string_view tag,
                 std::string_view summary, std::string_view answer, ApiHandler handler) {
  return {{.method = Method::kGet,
           .pattern = pattern,
           .id = id,
           .tag = tag,
           .summary = summary,
           .answer = answer},
          std::move(handler)};
}

}  // namespace

void add_catalogue_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back(reading("/v1/catalogue", "readCatalogue", "catalogue",
                              "Forms, lists, processes and desks of the active packs",
                              "Catalogue", read_catalogue));
  endpoints.back().operation.query = {
      {"pack", QueryType::kText, "With hash: one stored version of this pack"},
      {"hash", QueryType::kText, "Which version"}};
  endpoints.push_back(reading("/v1/packs", "listPacks", "packs", "The active packs",
                              "Items", list_packs));
  endpoints.push_back(reading("/v1/packs/{pack}/versions", "listPackVersions", "packs",
                              "All stored versions of a pack", "Items", list_versions));
  endpoints.back().operation.admission = Admission::kSignedIn;
  endpoints.push_back(reading("/v1/packs/{pack}/versions/{hash}/files", "readPackFiles", "packs",
                              "The texts of one version", "PackFiles", read_files));
  endpoints.back().operation.admission = Admission::kSignedIn;
  endpoints.push_back(reading("/v1/forms/{pack}/{form}/schema", "readFormSchema", "catalogue",
                              "JSON Schema of the fields of a form", "JsonSchema", read_schema));
  endpoints.back().operation.answer_type = "application/schema+json";
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/forms/{pack}/{form}/_evaluate",
                        .id = "evaluateForm",
                        .tag = "catalogue",
                        .summary = "What the rules of a form say of fields that are not stored",
                        .body = "FormEvaluate",
                        .answer = "FormEvaluation"},
                       evaluate_form});
  endpoints.push_back(
      reading("/v1/desks", "listDesks", "catalogue", "The desks", "Items", list_desks));
  endpoints.push_back(reading("/v1/desks/{pack}/{desk}", "readDesk", "catalogue",
                              "One desk with its blocks", "Desk", read_desk));
  endpoints.push_back(reading("/v1/processing/{document}", "readProcessing", "packs",
                              "The processing register, or the pre-DPIA, of the active packs",
                              "TextTable", read_processing));
  endpoints.back().operation.admission = Admission::kSignedIn;
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/processing/{document}/_export",
                        .id = "exportProcessing",
                        .tag = "packs",
                        .summary = "The same as a Markdown, CSV or XLSX file",
                        .admission = Admission::kSignedIn,
                        .body = "ProcessingExport",
                        .answer = "File",
                        .answer_type = "application/octet-stream"},
                       export_processing});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/calendar/_interpret",
                        .id = "interpretWords",
                        .tag = "calendar",
                        .summary = "The window that vague words mean",
                        .body = "Words",
                        .answer = "Window"},
                       interpret});
}

}  // namespace zicht::http
