// Retention: what is due, approving that it is destroyed, and what was destroyed.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> search(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().retention.search(call.caller, call.body));
}

Result<Response> approve(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().retention.approve(call.caller, call.body));
}

Result<Response> erasures(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().retention.erasures(call.caller, call.body));
}

}  // namespace

void add_retention_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/retention/_search",
                        .id = "searchRetention",
                        .tag = "retention",
                        .summary = "Records about persons whose retention has ended",
                        .admission = Admission::kSignedIn,
                        .body = "RetentionSearch",
                        .answer = "RetentionPage"},
                       search});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/retention/_approve",
                        .id = "approveRetention",
                        .tag = "retention",
                        .summary = "Destroy records of the list, for good",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "RetentionApproval",
                        .answer = "RetentionOutcome",
                        .workers = Workers::kPatient},
                       approve});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/retention/_erasures",
                        .id = "searchErasures",
                        .tag = "retention",
                        .summary = "What was destroyed, when and by whose decision",
                        .admission = Admission::kSignedIn,
                        .body = "ErasureSearch",
                        .answer = "ErasurePage"},
                       erasures});
}

}  // namespace zicht::http
