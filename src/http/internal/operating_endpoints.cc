// For machines around the server: probes, and the stream of events.
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/error_catalogue.h"
#include "http/change_feed.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"
#include "model/pack.h"

namespace zicht::http {
namespace {

Response pass() {
  static const auto kPass = std::make_shared<const std::string>(R"({"status":"pass"})");
  Response response;
  response.content_type = "application/json";
  response.body = kPass;
  return response;
}

Result<Response> is_live(const ApiContext&, const ApiCall&) { return pass(); }

// Ready: the store takes writes and there is a pack to judge with.
Result<Response> is_ready(const ApiContext& context, const ApiCall&) {
  ZICHT_TRY(health, context.services().store.health());
  const bool has_packs = !context.services().packs.rules()->packs.all_active().empty();
  if (!health.is_writable || !has_packs) return make_error("HT-0026");
  return pass();
}

// What the server watches of itself; for administrators, who can do something about it.
Result<Response> read_health(const ApiContext& context, const ApiCall& call) {
  if (!call.caller.has_builtin(model::kAdministrator)) return make_error("AP-0002");
  json::array checks;
  bool is_raised = false;
  const auto all = context.ports.health ? context.ports.health() : std::vector<HealthCheck>();
  for (const HealthCheck& check : all) {
    const bool is_dutch = call.request.language == Language::kDutch;
    json::object one{{"id", check.id},
                     {"title", is_dutch ? check.title.nl : check.title.en},
                     {"status", check.since ? "warn" : "pass"},
                     {"value", check.value},
                     {"threshold", check.threshold}};
    if (check.since) one["since"] = check.since->to_string();
    is_raised = is_raised || check.since;
    checks.push_back(std::move(one));
  }
  return json_response(200, json::serialize(json::object{{"status", is_raised ? "warn" : "pass"},
                                                         {"checks", std::move(checks)}}));
}

Result<Response> listen(const ApiContext& context, const ApiCall& call) {
  EventStreamBody stream;
  stream.hub = &context.ports.events;
  stream.filter = event_filter_for(context.services().packs, call.caller);
  if (!call.caller.is_visitor()) {
    stream.is_over = [&sign_in = context.services().sign_in, token = call.token,
                      caller = call.caller] {
      // While the store cannot be read nothing changes, here as elsewhere.
      const auto is_held = sign_in.still_is(token, caller);
      return is_held.has_value() && !*is_held;
    };
  }
  if (const auto last = call.request.header("Last-Event-ID")) {
    // A number that is not ours is one that nobody has: the answer is `reset`.
    stream.last_event_id = parse_event_id(*last).value_or(0);
  }
  Response response;
  response.content_type = "text/event-stream";
  response.body = std::move(stream);
  return response.with("X-Accel-Buffering", "no");
}

}  // namespace

void add_operating_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/health/live",
                        .id = "isLive",
                        .tag = "health",
                        .summary = "The program runs",
                        .admission = Admission::kAllIgnoringSession,
                        .answer = "Health",
                        .on_io_thread = true},
                       is_live});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/health/ready",
                        .id = "isReady",
                        .tag = "health",
                        .summary = "The program can work: store and packs are there",
                        .admission = Admission::kAllIgnoringSession,
                        .answer = "Health"},
                       is_ready});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/health",
                        .id = "readHealth",
                        .tag = "operating",
                        .summary = "What the server watches of itself: for administrators",
                        .admission = Admission::kSignedIn,
                        .answer = "HealthDetail"},
                       read_health});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/events",
                        .id = "listen",
                        .tag = "events",
                        .summary = "What changes, as server-sent events",
                        .answer = "Events",
                        .answer_type = "text/event-stream"},
                       listen});
}

}  // namespace zicht::http
