#include "http/internal/server_state.h"

#include <boost/core/demangle.hpp>

#include <exception>
#include <new>
#include <string>
#include <typeinfo>
#include <utility>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/trace.h"
#include "http/compress.h"
#include "http/failed_check.h"
#include "http/internal/client_address.h"
#include "http/problem.h"

namespace zicht::http {
namespace {

constexpr std::string_view kNoRoute = "(none)";
constexpr std::string_view kLimited = "zicht_http_rate_limited_total";
constexpr std::string_view kLimitedHelp = "Requests refused because one client asked too often.";

std::vector<RouteMetrics> make_route_metrics(const Router& router, MetricsRegistry& metrics) {
  std::vector<RouteMetrics> all;
  const auto add = [&](std::string_view method, std::string_view pattern) {
    const Labels labels = {{"method", std::string(method)}, {"route", std::string(pattern)}};
    RouteMetrics& one = all.emplace_back();
    one.duration = &metrics.histogram("zicht_http_request_duration_seconds",
                                      "From the end of the request to the start of the answer.",
                                      labels);
    for (std::size_t status = 1; status < one.by_class.size(); ++status) {
      Labels with_class = labels;
      with_class.emplace_back("status", std::to_string(status) + "xx");
      one.by_class[status] = &metrics.counter("zicht_http_requests_total",
                                              "Answered requests.", with_class);
    }
  };
  for (const Route& route : router.routes()) add(method_name(route.method), route.pattern);
  add("GET", "(files)");
  add("any", kNoRoute);
  return all;
}

// The type of the exception that is being handled, in readable form, or the place of a failed
// check. Never the text of another exception, which may quote what a person typed.
std::string current_exception_kind() {
  try {
    throw;
  } catch (const FailedCheck& failed) {
    return failed.what();
  } catch (const std::exception& exception) {
    return boost::core::demangle(typeid(exception).name());
  } catch (...) {
    return "not a std::exception";
  }
}

}  // namespace

ServerState::ServerState(ServerOptions options_, Router router_, MetricsRegistry& metrics,
                         RequestLog& log_)
    : options(std::move(options_)),
      router(std::move(router_)),
      security(options.security, options.api_version),
      log(log_),
      route_metrics(make_route_metrics(router, metrics)),
      open_connections(metrics.gauge("zicht_http_connections", "Open connections.")),
      event_streams(metrics.gauge("zicht_http_event_streams", "Browsers that listen.")),
      refused_connections(metrics.counter("zicht_http_refused_connections_total",
                                          "Connections closed because there were too many.")),
      full_queue(metrics.counter("zicht_http_full_queue_total",
                                 "Requests refused because all workers were busy.")),
      timeouts(metrics.counter("zicht_http_timeouts_total", "Clients that were too slow.")),
      failed_handshakes(metrics.counter("zicht_tls_failed_handshakes_total",
                                        "Connections that ended before TLS was agreed.")),
      limited_by_address(metrics.counter(kLimited, kLimitedHelp, {{"by", "address"}})),
      limited_sign_ins(metrics.counter(kLimited, kLimitedHelp, {{"by", "sign_in"}})),
      address_rate(options.limits.address),
      sign_in_rate(options.limits.sign_in),
      current_identity(options.tls),
      pool(options.workers, options.queue_limit),
      password_pool(options.password_workers, options.password_queue),
      patient_pool(options.patient_workers, options.patient_queue) {}

WorkerPool& ServerState::pool_of(Workers workers) {
  switch (workers) {
    case Workers::kGeneral: return pool;
    case Workers::kPasswords: return password_pool;
    case Workers::kPatient: return patient_pool;
  }
  return pool;
}

std::int64_t ServerState::seconds_to_wait(const Route& route, const Request& request,
                                          const NetAddress& peer) {
  if (route.options.quiet) return 0;
  const NetAddress client = client_address(peer, request, options.limits);
  if (client.is_loopback() && !options.limits.counts_loopback) return 0;
  const auto key = rate_key(client);
  const std::string_view bytes(key.data(), key.size());
  const auto now = std::chrono::steady_clock::now();
  if (route.options.is_sign_in) {
    if (const std::int64_t wait = sign_in_rate.take(bytes, now); wait > 0) {
      limited_sign_ins.add();
      return wait;
    }
  }
  const std::int64_t wait = address_rate.take(bytes, now);
  if (wait > 0) limited_by_address.add();
  return wait;
}

TlsIdentityPtr ServerState::identity() const {
  const std::lock_guard lock(identity_mutex);
  return current_identity;
}

void ServerState::use(TlsIdentityPtr identity) {
  const std::lock_guard lock(identity_mutex);
  current_identity = std::move(identity);
}

Response ServerState::run(const Route& route, const Request& request) {
  const TraceScope scope(request.request_id);
  Response response;
  try {
    response = route.handler(request);
    ZICHT_CHECK(response.status >= 200 && response.status < 600, "a handler answers with a status");
    ZICHT_CHECK(!response.hold || !route.options.on_io_thread, "an io thread holds no answer");
  } catch (const std::bad_alloc&) {
    std::terminate();  // out of memory: nothing can be promised any more
  } catch (...) {
    log.incident(request.request_id, route.pattern, current_exception_kind());
    return problem_response(make_error("HT-0002"), request);
  }
  if (!route.options.on_io_thread) compress_if_useful(request, response);
  return response;
}

void ServerState::hold(const Route& route, const Request& request, Response& response,
                       Response::Leave leave) {
  if (!response.hold) return leave(nullptr);
  {
    const std::lock_guard lock(holding);
    ++held;
  }
  const auto let_go = [this, leave](std::shared_ptr<Response> instead) {
    leave(std::move(instead));
    // Notified under the lock: who waits takes the state away.
    const std::lock_guard lock(holding);
    if (--held == 0) none_held.notify_all();
  };
  const std::string id = request.request_id;  // the request is gone once the answer has left
  const TraceScope scope(id);
  try {
    std::exchange(response.hold, {})(let_go);
  } catch (const std::bad_alloc&) {
    std::terminate();
  } catch (...) {
    log.incident(id, route.pattern, current_exception_kind());
    let_go(std::make_shared<Response>(problem_response(make_error("HT-0002"), request)));
  }
}

void ServerState::wait_for_held() {
  std::unique_lock lock(holding);
  none_held.wait(lock, [this] { return held == 0; });
}

PieceOutcome ServerState::run_piece(const Route& route, const Request& request,
                                    const StreamBody& body, std::string& piece) {
  const TraceScope scope(request.request_id);
  try {
    return body.next(piece) ? PieceOutcome::kMore : PieceOutcome::kLast;
  } catch (const std::bad_alloc&) {
    std::terminate();
  } catch (...) {
    log.incident(request.request_id, route.pattern, current_exception_kind());
    return PieceOutcome::kBroken;
  }
}

void ServerState::account_for(const Route* route, const Request& request,
                              const Response& response, std::uint64_t microseconds) {
  const std::size_t index = route != nullptr ? route->index : route_metrics.size() - 1;
  const RouteMetrics& metrics = route_metrics[index];
  metrics.duration->observe_us(microseconds);
  metrics.by_class[static_cast<std::size_t>(response.status / 100)]->add();
  if (route != nullptr && route->options.quiet && response.status < 500) return;
  log.request({.method = request.method,
               .route = route != nullptr ? std::string_view(route->pattern) : kNoRoute,
               .status = response.status,
               .microseconds = microseconds,
               .request_id = request.request_id,
               .error_id = response.error_id,
               .traceparent = request.traceparent});
}

}  // namespace zicht::http
