// A server on a free loopback port, with routes that tests need, stopped when it goes.
//
//   TestServer server({}, [](Router& router) { router.add(...); });
//   Reply reply = server.client().get("/v1/echo");
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/metrics.h"
#include "http/request_log.h"
#include "http/router.h"
#include "http/server.h"
#include "http/testing/client.h"

namespace zicht::http::testing {

// Keeps the lines, so that tests can see what was written and what was not.
class RecordingLog final : public RequestLog {
 public:
  void request(const RequestEntry& entry) override;
  void incident(std::string_view request_id, std::string_view route,
                std::string_view kind) override;

  // Every line so far, as "GET /v1/x 200" or "incident <id> <route> <kind>".
  std::vector<std::string> lines() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

class TestServer {
 public:
  TestServer(ServerOptions options, const std::function<void(Router&)>& add_routes);

  TestClient client() const { return TestClient(server_->port()); }
  std::uint16_t port() const { return server_->port(); }
  Server& server() { return *server_; }
  MetricsRegistry& metrics() { return metrics_; }
  const RecordingLog& log() const { return log_; }

 private:
  MetricsRegistry metrics_;
  RecordingLog log_;
  std::unique_ptr<Server> server_;
};

// Options with two workers and timeouts of a fraction of a second.
ServerOptions quick_options();

}  // namespace zicht::http::testing
