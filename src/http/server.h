// The HTTP/1.1 server: reads requests, calls handlers, writes answers; nothing about records.
//
//   Router router;
//   router.add(...);
//   auto server = Server::start({.port = 8080}, std::move(router), metrics, log);
//   if (!server) return server.error();
//   ... wait for a signal ...
//   (*server)->stop();
//
// One event loop per io thread, each with its own listening socket on the same port
// (SO_REUSEPORT). Handlers run on a bounded pool of workers, because they wait for the database;
// only routes marked `on_io_thread` answer directly.
//
// Bounds, so that no client can take more than its share: connections, event streams, bytes of
// header and body, time to send a header or a body, time to take an answer, time to be idle, the
// queue before the workers, and how often one address may ask (limits.h). What exceeds one gets an
// answer that says so where that is still possible (408, 413, 429, 431, 503), and is disconnected
// where the rest of what it sends would be in the way.
//
// With an identity (tls.h) it speaks TLS and nothing else; the handshake counts to the time of the
// first header.
//
// Not done here: HTTP/2 (a proxy in front does it), WebSocket.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/limits.h"
#include "http/metrics.h"
#include "http/request_log.h"
#include "http/router.h"
#include "http/security_headers.h"
#include "http/tls.h"

namespace zicht::http {

// How long a client may take. All are of wall time.
struct ServerTimeouts {
  std::chrono::milliseconds header{10'000};     // from the first byte to the end of the header
  std::chrono::milliseconds body{30'000};       // plus the time the body takes at min_rate
  std::chrono::milliseconds write{30'000};      // plus the time the answer takes at min_rate
  std::chrono::milliseconds idle{60'000};       // between two requests of a connection
  std::chrono::milliseconds linger{2'000};      // for the other side to read a last answer
  std::chrono::milliseconds heartbeat{15'000};  // between signs of life on an event stream
  // An event stream ends after this; the browser comes back and shows again who it is.
  std::chrono::milliseconds event_stream{600'000};
};

struct ServerOptions {
  std::string address = "127.0.0.1";      // numeric IPv4 or IPv6
  std::uint16_t port = 0;                 // 0: any free one, see Server::port
  std::size_t io_threads = 2;
  std::size_t workers = 16;
  std::size_t queue_limit = 1024;         // requests waiting for a worker; more get 503
  // Hashing a password takes 64 MiB and tens of milliseconds: routes that do have workers of their
  // own, so that a crowd that signs in neither takes all memory nor keeps others waiting.
  std::size_t password_workers = 2;
  std::size_t password_queue = 64;        // requests waiting for one of them; more get 503
  // For what waits seconds, on another machine or on the disk (Workers::kPatient): a few at once,
  // and nobody else waits for them.
  std::size_t patient_workers = 2;
  std::size_t patient_queue = 16;         // requests waiting for one of them; more get 503
  std::size_t max_connections = 10'000;   // more are told 503 and closed
  std::size_t max_event_streams = 2'000;  // more are told 503
  std::size_t header_limit = 16 * 1024;   // bytes
  std::uint64_t min_rate = 16 * 1024;     // bytes a second that a client must keep up
  ServerTimeouts timeouts = {};
  SecurityOptions security = {};
  LimitOptions limits = {};
  std::string api_version = "1.0.0";
  TlsIdentityPtr tls = nullptr;           // null: without TLS
};

class Server {
 public:
  // Listens and serves from here on. `metrics` and `log` must outlive the server.
  // Errors: HT-0001 when the address cannot be listened on.
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router,
                                               MetricsRegistry& metrics, RequestLog& log);

  struct Impl;
  // Used by start only.
  explicit Server(std::unique_ptr<Impl> impl);

  // Stops at once if stop was not called.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that is listened on.
  std::uint16_t port() const;

  // New connections are shown this; those that are open stay as they are. From any thread.
  // Requires: the server was started with an identity.
  void use(TlsIdentityPtr identity);

  // Takes no new connections, ends idle ones and event streams, lets running requests finish for
  // at most `grace`, then cuts off what is left. Returns when every thread has ended. Call once,
  // not from a handler.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace zicht::http
