// Signing in and out, the second factor, the password: the operations under /v1/session.
#include <algorithm>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/error_catalogue.h"
#include "http/internal/answers.h"
#include "http/internal/cookie.h"
#include "http/internal/operation.h"
#include "http/internal/origin.h"
#include "http/problem.h"

namespace zicht::http {
namespace {

bool is_https(const ApiContext& context) { return context.ports.options.is_https; }

Response session_answer(const ApiContext& context, const ApiCall& call,
                        const app::SignedIn* signed_in) {
  return json_response(200,
                       context.services().sign_in.session_document(signed_in, call.language()));
}

// Looks the session up itself: an ended one is no error here but the answer "nobody".
Result<Response> read_session(const ApiContext& context, const ApiCall& call) {
  const auto token = session_token(call.request, is_https(context));
  if (!token) return session_answer(context, call, nullptr);
  ZICHT_TRY(signed_in, context.services().sign_in.resolve(*token));
  if (signed_in) return session_answer(context, call, &*signed_in);
  return session_answer(context, call, nullptr)
      .with("Set-Cookie", clear_session_cookie(is_https(context)));
}

Response refused_sign_in(const app::SignInOutcome& outcome, const Request& request) {
  Response response = problem_response(*outcome.refused, request);
  if (response.status == 401) response.with("WWW-Authenticate", "Session");
  if (outcome.retry_after_seconds > 0) {
    response.with("Retry-After", std::to_string(outcome.retry_after_seconds));
  }
  return response;
}

Result<Response> sign_in(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(members,
            text_members(call.body, {{.name = "login", .max_length = 200},
                                     {.name = "password", .max_length = 1000},
                                     {.name = "code", .max_length = 20, .is_required = false}}));
  ZICHT_TRY(outcome,
            context.services().sign_in.sign_in(
                {.login = members[0],
                 .password = members[1],
                 .code = members[2],
                 // Behind a proxy every peer looks like this machine.
                 .peer_is_loopback = !context.ports.options.is_behind_proxy &&
                                     is_from_this_machine(call.request)}));
  if (outcome.refused) {
    // That a code is asked for is no refusal yet.
    if (outcome.refused->id != "AP-0041") refused_sign_ins(context.ports.metrics).add();
    return refused_sign_in(outcome, call.request);
  }
  // Whoever was signed in on this browser before is no longer.
  if (const auto earlier = session_token(call.request, is_https(context))) {
    ZICHT_CHECKED(context.services().sign_in.sign_out(*earlier));
  }
  const std::int64_t seconds =
      microseconds_between(context.ports.clock.now(), outcome.expires) / kMicrosecondsPerSecond;
  return session_answer(context, call, &*outcome.signed_in)
      .with("Set-Cookie", set_session_cookie(outcome.token, std::max<std::int64_t>(seconds, 0),
                                             is_https(context)));
}

Result<Response> sign_out(const ApiContext& context, const ApiCall& call) {
  ZICHT_CHECKED(context.services().sign_in.sign_out(call.token));
  return empty_response(204).with("Set-Cookie", clear_session_cookie(is_https(context)));
}

Result<Response> start_totp(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(enrolment, context.services().sign_in.start_totp(call.caller));
  return json_response(
      200, json::serialize(json::object{{"secret", enrolment.secret}, {"uri", enrolment.uri}}));
}

Result<std::string> code_of(const Json& body) {
  ZICHT_TRY(members, text_members(body, {{.name = "code", .max_length = 20}}));
  return members[0];
}

Result<Response> confirm_totp(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(code, code_of(call.body));
  ZICHT_CHECKED(context.services().sign_in.confirm_totp(call.caller, code));
  return empty_response(204);
}

Result<Response> remove_totp(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(code, code_of(call.body));
  ZICHT_CHECKED(context.services().sign_in.remove_totp(call.caller, code));
  return empty_response(204);
}

Result<Response> change_password(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(members, text_members(call.body, {{.name = "current", .max_length = 1000},
                                              {.name = "new", .max_length = 1000}}));
  ZICHT_CHECKED(context.services().sign_in.change_password(call.caller, members[0], members[1]));
  // The use case ended every session, this one too.
  return empty_response(204).with("Set-Cookie", clear_session_cookie(is_https(context)));
}

// A write of somebody signed in about that person, with a password or a code to try.
Endpoint own_write(std::string_view pattern, std::string_view id, std::string_view summary,
                   std::string_view body, ApiHandler handler) {
  return {{.method = Method::kPost,
           .pattern = pattern,
           .id = id,
           .tag = "session",
           .summary = summary,
           .admission = Admission::kSignedIn,
           .is_write = true,
           .body = body,
           .status = 204,
           .is_sign_in = true,
           .workers = id == "changePassword" ? Workers::kPasswords : Workers::kGeneral},
          std::move(handler)};
}

}  // namespace

void add_session_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/session",
                        .id = "readSession",
                        .tag = "session",
                        .summary = "Who is signed in, with the token for writes",
                        .admission = Admission::kAllIgnoringSession,
                        .answer = "Session"},
                       read_session});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/session",
                        .id = "signIn",
                        .tag = "session",
                        .summary = "Sign in",
                        .admission = Admission::kAllIgnoringSession,
                        .body = "SignIn",
                        .answer = "Session",
                        .is_sign_in = true,
                        .workers = Workers::kPasswords},
                       sign_in});
  endpoints.push_back({{.method = Method::kDelete,
                        .pattern = "/v1/session",
                        .id = "signOut",
                        .tag = "session",
                        .summary = "Sign out",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .status = 204},
                       sign_out});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/session/totp",
                        .id = "startTotp",
                        .tag = "session",
                        .summary = "Begin with codes from an app as second factor",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .answer = "TotpEnrolment"},
                       start_totp});
  endpoints.push_back(own_write("/v1/session/totp/_confirm", "confirmTotp",
                                "Switch the second factor on with a first code", "Code",
                                confirm_totp));
  endpoints.push_back(own_write("/v1/session/totp/_remove", "removeTotp",
                                "Switch the second factor off", "Code", remove_totp));
  endpoints.push_back(own_write("/v1/session/password", "changePassword",
                                "Change the password; ends all sessions", "PasswordChange",
                                change_password));
}

}  // namespace zicht::http
