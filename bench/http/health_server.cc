// Our server with nothing but the health probe, for comparison with bare_beast.
// Usage: health_server <port> <threads>.
#include <charconv>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string_view>

#include "http/server.h"

using namespace zicht::http;

namespace {

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: health_server <port> <threads>\n", stderr);
    return 2;
  }
  Router router;
  const auto pass = std::make_shared<const std::string>(R"({"status":"pass"})");
  router.add(Method::kGet, "/v1/health/live",
             {.operation_id = "isLive", .on_io_thread = true, .quiet = true},
             [pass](const Request&) {
               Response response = json_response(200, "");
               response.body = pass;
               return response;
             });
  ServerOptions options;
  options.port = static_cast<std::uint16_t>(number(argv[1]));
  options.io_threads = static_cast<std::size_t>(number(argv[2]));
  MetricsRegistry metrics;
  SilentLog log;
  auto server = Server::start(options, std::move(router), metrics, log);
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().message.en.c_str());
    return 1;
  }
  // Serves until it is killed.
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable().wait(lock, [] { return false; });
}
