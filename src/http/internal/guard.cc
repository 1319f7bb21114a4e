#include "http/internal/guard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "http/internal/cookie.h"
#include "http/internal/origin.h"
#include "http/internal/step.h"
#include "http/problem.h"

namespace zicht::http {
namespace {

// What is not there and what may not be seen answer alike (app/access.h), also in time: looking
// at what is there is more work, so both answers wait (ApiOptions::not_visible_time). Records,
// letters, and what rounds are about.
constexpr std::array<std::string_view, 3> kNotVisible = {"AP-0001", "AP-0260", "AP-0281"};

bool is_not_visible(const Error& error) {
  return std::find(kNotVisible.begin(), kNotVisible.end(), error.id) != kNotVisible.end();
}

// A refusal whose status the table of codes does not give.
struct Refusal {
  Error error;
  std::optional<int> status;
};
using Check = std::optional<Refusal>;

Check refuse(std::string_view id, const Arguments& arguments = {},
             std::optional<int> status = std::nullopt) {
  return Refusal{make_error(id, arguments), status};
}

std::string possible_names(const Operation& operation) {
  std::string names;
  for (const QueryKey& key : operation.query) {
    names.append(names.empty() ? "" : ", ").append(key.name);
  }
  return names.empty() ? "-" : names;
}

// Names that are quoted back are cut short: the address is the client's own.
Check check_query(const Operation& operation, const Request& request) {
  for (auto pair = request.query.begin(); pair != request.query.end(); ++pair) {
    const auto is_same = [&](const auto& other) { return other.first == pair->first; };
    const bool is_known =
        std::any_of(operation.query.begin(), operation.query.end(),
                    [&](const QueryKey& key) { return key.name == pair->first; });
    if (is_known && std::none_of(request.query.begin(), pair, is_same)) continue;
    return refuse("HT-0015", {{"name", std::string(first_code_points(pair->first, 40))},
                              {"possible", possible_names(operation)}});
  }
  return std::nullopt;
}

Check check_session(const ApiContext& context, const Operation& operation, ApiCall& call) {
  const auto token = session_token(call.request, context.ports.options.is_https);
  if (token && operation.admission != Admission::kAllIgnoringSession) {
    auto resolved = context.services().sign_in.resolve(*token);
    if (!resolved) return Refusal{resolved.error(), std::nullopt};
    if (!*resolved) return refuse("HT-0017");
    call.signed_in = **resolved;
    call.caller = call.signed_in->caller;
    call.caller.trace =
        call.request.traceparent.empty() ? call.request.request_id : call.request.traceparent;
    call.token = *token;
  }
  if (operation.admission == Admission::kSignedIn && !call.signed_in) return refuse("HT-0018");
  return std::nullopt;
}

// Asked of the store, so after the limit on requests.
Check check_receiving(const ApiContext& context, ApiCall& call) {
  if (!call.signed_in) return std::nullopt;
  auto is_receiving = context.services().store.is_receiving(call.caller.organisation);
  if (!is_receiving) return Refusal{is_receiving.error(), std::nullopt};
  call.caller.is_receiving = *is_receiving;
  return std::nullopt;
}

// By account, because many people may share an address and one may have many.
Check check_rate(const ApiContext& context, const ApiCall& call, std::int64_t& wait) {
  if (!call.signed_in) return std::nullopt;
  if (!context.ports.options.is_behind_proxy && is_from_this_machine(call.request)) {
    return std::nullopt;
  }
  wait = context.account_rate->take(call.caller.account, std::chrono::steady_clock::now());
  if (wait == 0) return std::nullopt;
  context.limited.add();
  return refuse("HT-0032");
}

// What the caller says to be here for. It opens what rules allow for that purpose, and stands in
// the journal.
Check check_purpose(const ApiContext& context, ApiCall& call) {
  const auto given = call.request.header("Zicht-Purpose");
  if (!given || !call.signed_in) return std::nullopt;
  if (*given == model::kEmergency && call.request.headers.count("Zicht-Purpose") == 1) {
    auto opened = context.services().store.opened_by(call.caller.account);
    if (!opened) return Refusal{opened.error(), std::nullopt};
    if (opened->empty()) return refuse("HT-0033");
    call.caller.opened = *std::move(opened);
    call.caller.purpose = *given;
    return std::nullopt;
  }
  const app::RulebookPtr rules = context.services().packs.rules();
  const auto parts = model::split_full_id(*given);
  const model::PackPtr pack = parts ? rules->packs.active(parts->first) : nullptr;
  if (pack == nullptr || pack->find_purpose(parts->second) == nullptr ||
      call.request.headers.count("Zicht-Purpose") > 1) {
    return refuse("HT-0030");
  }
  call.caller.purpose = *given;
  return std::nullopt;
}

Check check_origin(const Operation& operation, const ApiCall& call) {
  if (operation.method == Method::kGet || is_from_own_site(call.request)) return std::nullopt;
  return refuse("HT-0019");
}

Check check_csrf(const Operation& operation, const ApiCall& call) {
  if (!operation.is_write || !call.signed_in) return std::nullopt;
  const auto token = call.request.header("X-Csrf-Token");
  if (token && app::SignIn::is_csrf_token_of(*call.signed_in, *token)) return std::nullopt;
  return refuse("HT-0021");
}

bool is_idempotency_key(std::string_view key) {
  return key.size() >= 8 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_';
  });
}

Check check_idempotency(const Operation& operation, ApiCall& call) {
  if (!operation.needs_idempotency_key) return std::nullopt;
  const Request& request = call.request;
  const auto key = request.header("Idempotency-Key");
  if (!key || !is_idempotency_key(*key) || request.headers.count("Idempotency-Key") > 1) {
    return refuse("HT-0022");
  }
  call.context.idempotency = app::idempotency_of(
      call.caller.account, *key, method_name(request.method), request.path, request.body);
  return std::nullopt;
}

Check check_if_match(const Operation& operation, ApiCall& call) {
  if (!operation.needs_if_match) return std::nullopt;
  const auto header = call.request.header("If-Match");
  if (!header) return refuse("HT-0023", {}, 428);
  const std::string_view value = *header;
  if (value.size() < 3 || value.front() != '"' || value.back() != '"') return refuse("HT-0024");
  std::int64_t version = 0;
  const char* end = value.data() + value.size() - 1;
  const auto [stop, error] = std::from_chars(value.data() + 1, end, version);
  if (error != std::errc() || stop != end || version < 1) return refuse("HT-0024");
  call.context.expected_version = version;
  return std::nullopt;
}

bool is_json_type(std::string_view content_type) {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  return equals_ignoring_case(type, "application/json");
}

Check read_body(const Operation& operation, ApiCall& call) {
  if (operation.body.empty()) return std::nullopt;
  const auto type = call.request.header("Content-Type");
  if (!type || !is_json_type(*type)) return refuse("HT-0025", {}, 415);
  auto parsed = parse_json(call.request.body);
  if (!parsed) return Refusal{parsed.error(), std::nullopt};
  call.body = *std::move(parsed);
  return std::nullopt;
}

Check check_all(const ApiContext& context, const Operation& operation, ApiCall& call,
                std::int64_t& wait) {
  if (auto refused = check_query(operation, call.request)) return refused;
  if (auto refused = check_session(context, operation, call)) return refused;
  if (auto refused = check_rate(context, call, wait)) return refused;
  if (auto refused = check_purpose(context, call)) return refused;
  if (auto refused = check_origin(operation, call)) return refused;
  if (auto refused = check_csrf(operation, call)) return refused;
  if (auto refused = check_receiving(context, call)) return refused;
  if (auto refused = check_idempotency(operation, call)) return refused;
  if (auto refused = check_if_match(operation, call)) return refused;
  return read_body(operation, call);
}

// In how many seconds what was refused may go well by itself; null where waiting is no help.
const char* retry_after(const Response& refused, const Error& error) {
  if (refused.status == 503) return "2";
  const bool is_passing =
      error.id == "AP-0172" || error.id == "AP-0273" || error.id == "ST-0007";
  return is_passing ? "1" : nullptr;
}

Response refused_response(const ApiContext& context, const Refusal& refusal,
                          const Request& request) {
  Response response = problem_response(refusal.error, request, refusal.status);
  if (response.status == 401) response.with("WWW-Authenticate", "Session");
  if (const char* seconds = retry_after(response, refusal.error)) {
    response.with("Retry-After", seconds);
  }
  if (refusal.error.id == "HT-0017") {
    // The browser forgets the dead session, so that public pages work again at once.
    response.with("Set-Cookie", clear_session_cookie(context.ports.options.is_https));
  }
  return response;
}

}  // namespace

Response failure_answer(const ApiContext& context, const Error& error, const Request& request) {
  return refused_response(context, {error, std::nullopt}, request);
}

Response once_kept(const ApiContext& context, Response response, app::UnkeptLook look,
                   const Request& request) {
  if (!look.has_to_be_kept()) return response;
  const auto held = std::make_shared<app::UnkeptLook>(std::move(look));
  response.hold = [&context, &request, held](Response::Leave leave) {
    std::move(*held).keep([&context, &request, leave = std::move(leave)](Result<void> kept) {
      if (kept) return leave(nullptr);
      leave(std::make_shared<Response>(failure_answer(context, kept.error(), request)));
    });
  };
  return response;
}

Response guarded(const ApiContext& context, const Endpoint& endpoint, const Request& request) {
  ApiCall call{.request = request,
               .caller = {},
               .signed_in = std::nullopt,
               .token = {},
               .body = {},
               .context = {}};
  std::int64_t wait = 0;
  if (const Check refused = check_all(context, endpoint.operation, call, wait)) {
    Response response = refused_response(context, *refused, request);
    if (wait > 0) response.with("Retry-After", std::to_string(wait));
    return response;
  }
  const auto start = std::chrono::steady_clock::now();
  const std::chrono::milliseconds step = context.ports.options.not_visible_time;
  auto outcome = endpoint.handler(context, call);
  const bool is_hidden = !outcome && is_not_visible(outcome.error());
  Response response =
      outcome ? *std::move(outcome) : failure_answer(context, outcome.error(), request);
  if (is_hidden) response.not_before = start + step;
  if (endpoint.operation.looks_past && call.signed_in && step.count() > 0) {
    response.not_before = end_of_step(start, std::chrono::steady_clock::now(), step);
  }
  return response;
}

}  // namespace zicht::http
