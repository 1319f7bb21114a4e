// Imports: looking at a file, the dry run, its errors, accepting it, and mappings that are kept.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> look(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().imports.look(call.caller, call.body));
}

Result<Response> rehearse(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().imports.rehearse(call.caller, call.body));
}

Result<Response> errors(const ApiContext& context, const ApiCall& call) {
  return file_answer(context.services().imports.errors(call.caller, call.body, call.language()));
}

Result<Response> accept(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().imports.accept(call.caller, call.body, call.context.idempotency));
}

Result<Response> list_mappings(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().imports.mappings(call.caller));
}

Result<Response> keep_mapping(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().imports.keep(call.caller, call.body));
}

void add_mappings(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.pattern = "/v1/imports/mappings",
                        .id = "listImportMappings",
                        .tag = "imports",
                        .summary = "Mappings of packs and those that the organisation keeps",
                        .admission = Admission::kSignedIn,
                        .answer = "ImportMappingList"},
                       list_mappings});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/imports/mappings",
                        .id = "keepImportMapping",
                        .tag = "imports",
                        .summary = "Keep a mapping for the organisation, or remove one",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "ImportMappingKeep",
                        .answer = "ImportMappingKept"},
                       keep_mapping});
}

}  // namespace

// What reads a whole file waits for seconds.
void add_import_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/imports/_look",
                        .id = "lookAtImport",
                        .tag = "imports",
                        .summary = "The columns of an uploaded file, and the mappings that fit it",
                        .admission = Admission::kSignedIn,
                        .body = "ImportLook",
                        .answer = "ImportSeen",
                        .workers = Workers::kPatient},
                       look});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/imports/_rehearse",
                        .id = "rehearseImport",
                        .tag = "imports",
                        .summary = "What an import would do, row by row; nothing is written",
                        .admission = Admission::kSignedIn,
                        .body = "ImportAsk",
                        .answer = "ImportPlan",
                        .workers = Workers::kPatient},
                       rehearse});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/imports/_errors",
                        .id = "exportImportErrors",
                        .tag = "imports",
                        .summary = "The errors of an import as a CSV file",
                        .admission = Admission::kSignedIn,
                        .body = "ImportAsk",
                        .answer = "File",
                        .answer_type = "application/octet-stream",
                        .workers = Workers::kPatient},
                       errors});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/imports/_accept",
                        .id = "acceptImport",
                        .tag = "imports",
                        .summary = "Write what the dry run said: all of it, or nothing",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .needs_idempotency_key = true,
                        .body = "ImportAccept",
                        .answer = "ImportDone",
                        .workers = Workers::kPatient},
                       accept});
  add_mappings(endpoints);
}

}  // namespace zicht::http
