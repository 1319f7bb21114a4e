// Hand-over: offering the file of a person to another organisation, and what came of it.
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> offer(const ApiContext& context, const ApiCall& call) {
  auto answer = json_answer(context.services().handovers.offer(
      call.caller, call.parameter("id"), call.body, call.context));
  if (answer) answer->status = 201;
  return answer;
}

Result<Response> search(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().handovers.search(call.caller, call.body));
}

ApiHandler acts(app::HandoverAct act) {
  return [act](const ApiContext& context, const ApiCall& call) {
    return json_answer(context.services().handovers.act(call.caller, call.parameter("id"), act,
                                                        call.body));
  };
}

// An answer or an end; they differ in their words alone.
void add_act(std::vector<Endpoint>& endpoints, app::HandoverAct act, std::string_view pattern,
             std::string_view id, std::string_view summary, std::string_view body) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = pattern,
                        .id = id,
                        .tag = "handovers",
                        .summary = summary,
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = body,
                        .answer = "Handover"},
                       acts(act)});
}

}  // namespace

void add_handover_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records/{id}/_handover",
                        .id = "offerHandover",
                        .tag = "handovers",
                        .summary = "Offer the file of a person to another organisation",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .needs_idempotency_key = true,
                        .body = "HandoverOffer",
                        .status = 201,
                        .answer = "Handover"},
                       offer});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/handovers/_search",
                        .id = "searchHandovers",
                        .tag = "handovers",
                        .summary = "What the own organisation hands over and is offered",
                        .admission = Admission::kSignedIn,
                        .body = "HandoverSearch",
                        .answer = "HandoverPage"},
                       search});
  using app::HandoverAct;
  add_act(endpoints, HandoverAct::kAccept, "/v1/handovers/{id}/_accept", "acceptHandover",
          "Accept what is offered: it is seen from now on", "HandoverAccept");
  add_act(endpoints, HandoverAct::kRefuse, "/v1/handovers/{id}/_refuse", "refuseHandover",
          "Refuse what is offered", "HandoverEnd");
  add_act(endpoints, HandoverAct::kWithdraw, "/v1/handovers/{id}/_withdraw", "withdrawHandover",
          "Take back what was offered or handed over; by who keeps it", "HandoverEnd");
  add_act(endpoints, HandoverAct::kReturn, "/v1/handovers/{id}/_return", "returnHandover",
          "Give back what was accepted; by who received it", "HandoverEnd");
}

}  // namespace zicht::http
