#include "http/testing/test_server.h"

#include "base/check.h"

namespace zicht::http::testing {

void RecordingLog::request(const RequestEntry& entry) {
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::string(method_name(entry.method)) + " " + std::string(entry.route) + " " +
                   std::to_string(entry.status));
}

void RecordingLog::incident(std::string_view request_id, std::string_view route,
                            std::string_view kind) {
  const std::lock_guard lock(mutex_);
  lines_.push_back("incident " + std::string(request_id) + " " + std::string(route) + " " +
                   std::string(kind));
}

std::vector<std::string> RecordingLog::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

TestServer::TestServer(ServerOptions options, const std::function<void(Router&)>& add_routes) {
  Router router;
  add_routes(router);
  auto started = Server::start(std::move(options), std::move(router), metrics_, log_);
  ZICHT_CHECK(started.has_value(), "a free loopback port can be listened on");
  server_ = *std::move(started);
}

ServerOptions quick_options() {
  using std::chrono::milliseconds;
  ServerOptions options;
  options.workers = 2;
  options.timeouts = {.header = milliseconds(300),
                      .body = milliseconds(300),
                      .write = milliseconds(500),
                      .idle = milliseconds(300),
                      .linger = milliseconds(500),
                      .heartbeat = milliseconds(100),
                      .event_stream = std::chrono::minutes(1)};
  return options;
}

}  // namespace zicht::http::testing
