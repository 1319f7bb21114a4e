// What all connections of a server share. Made before the first connection, gone after the last.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "http/internal/worker_pool.h"
#include "http/metrics.h"
#include "http/rate_limiter.h"
#include "http/request_log.h"
#include "http/router.h"
#include "http/security_headers.h"
#include "http/server.h"

namespace zicht::http {

struct RouteMetrics {
  Histogram* duration = nullptr;
  std::array<Counter*, 6> by_class{};  // by_class[2] counts 2xx
};

// What came of asking a StreamBody for its next piece.
enum class PieceOutcome : std::uint8_t { kMore, kLast, kBroken };

struct ServerState {
  ServerState(ServerOptions options_, Router router_, MetricsRegistry& metrics, RequestLog& log_);

  // Answers a request whose header (and body) is complete; never throws. Thread-safe.
  Response run(const Route& route, const Request& request);

  // Has `leave` called once the answer may leave, at once when nothing holds it (Response::hold).
  // What `leave` keeps of the server it lets go of before it returns. Never throws. Thread-safe.
  void hold(const Route& route, const Request& request, Response& response, Response::Leave leave);

  // Waits until no answer is held by a thread that is not the server's. Requires: the workers have
  // ended.
  void wait_for_held();

  // Asks for the next piece of a download; never throws. Thread-safe.
  PieceOutcome run_piece(const Route& route, const Request& request, const StreamBody& body,
                         std::string& piece);

  WorkerPool& pool_of(Workers workers);

  // Writes the log line and counts. `route` is null where nothing matched.
  void account_for(const Route* route, const Request& request, const Response& response,
                   std::uint64_t microseconds);

  // Takes one request from the rates of whoever asks. 0: it may go on; else the seconds to wait.
  // `peer` is the address of the socket. Thread-safe.
  std::int64_t seconds_to_wait(const Route& route, const Request& request,
                               const NetAddress& peer);

  // What new connections show of the server; null: no TLS. Thread-safe.
  TlsIdentityPtr identity() const;
  void use(TlsIdentityPtr identity);

  const ServerOptions options;
  const Router router;
  const SecurityHeaders security;
  RequestLog& log;
  std::vector<RouteMetrics> route_metrics;  // by Route::index, then one for "no route"
  Gauge& open_connections;
  Gauge& event_streams;
  Counter& refused_connections;
  Counter& full_queue;
  Counter& timeouts;
  Counter& failed_handshakes;
  Counter& limited_by_address;
  Counter& limited_sign_ins;
  RateLimiter address_rate;
  RateLimiter sign_in_rate;
  std::atomic<bool> is_stopping{false};
  // Notified, while stopping, each time a connection has ended.
  std::mutex ending;
  std::condition_variable ended;
  // Answers that are held.
  std::mutex holding;
  std::condition_variable none_held;
  std::size_t held = 0;  // guarded by holding
  // See identity() and use().
  mutable std::mutex identity_mutex;
  TlsIdentityPtr current_identity;
  WorkerPool pool;  // last: their threads end before the rest goes
  WorkerPool password_pool;
  WorkerPool patient_pool;
};

}  // namespace zicht::http
