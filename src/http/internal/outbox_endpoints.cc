// Messages to the outside: webhooks and the outbox for administrators, mail for each account.
#include <utility>

#include "base/error_catalogue.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> list_webhooks(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().webhooks.list(call.caller));
}

Result<Response> create_webhook(const ApiContext& context, const ApiCall& call) {
  auto answer = json_answer(context.services().webhooks.create(call.caller, call.body));
  if (answer) answer->status = 201;
  return answer;
}

Result<Response> change_webhook(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().webhooks.update(call.caller, call.parameter("id"), call.body));
}

Result<Response> try_webhook(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().webhooks.try_out(call.caller, call.parameter("id")));
}

Result<Response> list_outbox(const ApiContext& context, const ApiCall& call) {
  const std::string state(call.request.query_value("state").value_or("waiting"));
  const std::string after(call.request.query_value("after").value_or(""));
  return json_answer(context.services().outbox.list(call.caller, state, after));
}

Result<Response> resend_dead(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().outbox.resend_dead(call.caller));
}

Result<Response> resend_message(const ApiContext& context, const ApiCall& call) {
  ZICHT_CHECKED(context.services().outbox.resend(call.caller, call.parameter("id")));
  return empty_response(204);
}

Result<Response> read_mail(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().mail_wishes.read(call.caller));
}

Result<Response> change_mail(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().mail_wishes.change(call.caller, call.body));
}

void add_webhook_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/webhooks",
                        .id = "listWebhooks",
                        .tag = "outbox",
                        .summary = "All webhooks, and the forms and events they can hear of",
                        .admission = Admission::kSignedIn,
                        .answer = "Webhooks"},
                       list_webhooks});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/webhooks",
                        .id = "createWebhook",
                        .tag = "outbox",
                        .summary = "Make a webhook; gives its signing secret once",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "WebhookCreate",
                        .status = 201,
                        .answer = "Webhook"},
                       create_webhook});
  endpoints.push_back({{.method = Method::kPut,
                        .pattern = "/v1/webhooks/{id}",
                        .id = "changeWebhook",
                        .tag = "outbox",
                        .summary = "Change what it hears of, switch it off, or give a new secret",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "WebhookChange",
                        .answer = "Webhook"},
                       change_webhook});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/webhooks/{id}/_try",
                        .id = "tryWebhook",
                        .tag = "outbox",
                        .summary = "Send a message that tells of no record, now and once",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .answer = "Trial",
                        .workers = Workers::kPatient},
                       try_webhook});
}

void add_mail_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/session/mail",
                        .id = "readMailWish",
                        .tag = "session",
                        .summary = "How one hears of tasks by mail",
                        .admission = Admission::kSignedIn,
                        .answer = "MailWish"},
                       read_mail});
  endpoints.push_back({{.method = Method::kPut,
                        .pattern = "/v1/session/mail",
                        .id = "changeMailWish",
                        .tag = "session",
                        .summary = "Ask for mail of tasks, or for none",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "MailWishChange",
                        .answer = "MailWish"},
                       change_mail});
}

}  // namespace

void add_outbox_endpoints(std::vector<Endpoint>& endpoints) {
  add_webhook_endpoints(endpoints);
  add_mail_endpoints(endpoints);
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/outbox",
                        .id = "listOutbox",
                        .tag = "outbox",
                        .summary = "What waits to be sent, was given up, or was sent",
                        .admission = Admission::kSignedIn,
                        .answer = "Outbox",
                        .query = {{"state",
                                   QueryType::kText,
                                   "waiting, when it is not given",
                                   {"waiting", "dead", "sent"}},
                                  {"after", QueryType::kText, "From the `next` of a page"}}},
                       list_outbox});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/outbox/_resend",
                        .id = "resendDead",
                        .tag = "outbox",
                        .summary = "Send all that was given up again",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .answer = "Resent"},
                       resend_dead});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/outbox/{id}/_resend",
                        .id = "resendMessage",
                        .tag = "outbox",
                        .summary = "Send it again at once, with all its tries before it",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .status = 204},
                       resend_message});
}

}  // namespace zicht::http
