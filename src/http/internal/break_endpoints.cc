// Break-the-glass: opening a record for some hours, and looking at who did.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> open(const ApiContext& context, const ApiCall& call) {
  auto answer = json_answer(context.services().breaks.open(call.caller, call.parameter("id"),
                                                           call.body, call.context));
  if (answer) answer->status = 201;
  return answer;
}

Result<Response> search(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().breaks.search(call.caller, call.body));
}

Result<Response> end(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().breaks.end(call.caller, call.parameter("id")));
}

Result<Response> review(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().breaks.review(call.caller, call.parameter("id"), call.body));
}

}  // namespace

void add_break_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records/{id}/_break",
                        .id = "breakRecord",
                        .tag = "breaks",
                        .summary = "Open a record for some hours that access refuses",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .needs_idempotency_key = true,
                        .body = "BreakOpen",
                        .status = 201,
                        .answer = "Break"},
                       open});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/breaks/_search",
                        .id = "searchBreaks",
                        .tag = "breaks",
                        .summary = "Own breaks, those to review, and for the privacy officer all",
                        .admission = Admission::kSignedIn,
                        .body = "BreakSearch",
                        .answer = "BreakPage"},
                       search});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/breaks/{id}/_end",
                        .id = "endBreak",
                        .tag = "breaks",
                        .summary = "End a break before its time",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .answer = "Break"},
                       end});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/breaks/{id}/_review",
                        .id = "reviewBreak",
                        .tag = "breaks",
                        .summary = "Say whether a break was justified; by somebody else",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "BreakReview",
                        .answer = "Break"},
                       review});
}

}  // namespace zicht::http
