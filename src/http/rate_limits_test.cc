// What one client may ask of a server, and how many hash passwords at a time. Method: a real server
// on loopback with small rates; a trusted proxy on loopback tells other addresses.
#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <string>
#include <vector>

#include "http/server.h"
#include "http/testing/test_server.h"

using namespace zicht::http;
using namespace zicht::http::testing;

namespace {

void add_routes(Router& router) {
  router.add(Method::kGet, "/v1/hello", {.operation_id = "hello", .on_io_thread = true},
             [](const Request&) { return json_response(200, "{}"); });
  router.add(Method::kGet, "/v1/health", {.operation_id = "health", .quiet = true},
             [](const Request&) { return json_response(200, "{}"); });
  router.add(Method::kPost, "/v1/session", {.operation_id = "signIn", .is_sign_in = true},
             [](const Request& request) { return text_response(200, request.body); });
}

// Nothing comes back during a test: one token in a day.
constexpr Rate only(std::int64_t burst) { return {.per_minute = 1, .burst = burst}; }

ServerOptions limited(Rate address, Rate sign_in) {
  ServerOptions options;
  options.limits.address = address;
  options.limits.sign_in = sign_in;
  options.limits.counts_loopback = true;
  options.limits.trusted_proxies = {*parse_network("127.0.0.0/8")};
  return options;
}

std::uint64_t limited_by(TestServer& server, const std::string& by) {
  return server.metrics().counter("zicht_http_rate_limited_total", "", {{"by", by}}).value();
}

std::string from(std::string_view address) {
  return "X-Forwarded-For: " + std::string(address) + "\r\n";
}

}  // namespace

TEST_CASE("rates: who asks too often gets 429 with Retry-After, others go on") {
  TestServer server(limited(only(3), {}), add_routes);
  TestClient client = server.client();
  for (int i = 0; i < 3; ++i) CHECK(client.get("/v1/hello", from("192.0.2.1")).status == 200);
  const Reply refused = client.get("/v1/hello", from("192.0.2.1"));
  CHECK(refused.status == 429);
  CHECK(refused.header("retry-after") == "60");
  CHECK(refused.header("content-type") == "application/problem+json");
  CHECK(refused.body.find("urn:zicht:error:HT-0031\"") != std::string::npos);
  // The connection stays; probes are not counted, and each address has its own.
  CHECK(client.get("/v1/health", from("192.0.2.1")).status == 200);
  CHECK(client.get("/v1/hello", from("192.0.2.2")).status == 200);
  CHECK(client.get("/v1/hello", from("2001:db8::1")).status == 200);
  CHECK(limited_by(server, "address") == 1);
}

TEST_CASE("rates: tries to sign in have a tighter rate, and are refused before their body") {
  TestServer server(limited(only(100), only(2)), add_routes);
  const auto try_once = [&] {
    TestClient client = server.client();
    return client.post("/v1/session", R"({"login":"x"})", from("192.0.2.1"));
  };
  CHECK(try_once().status == 200);
  CHECK(try_once().status == 200);
  const Reply refused = try_once();
  CHECK(refused.status == 429);
  CHECK(refused.header("connection") == "close");
  TestClient other = server.client();
  CHECK(other.get("/v1/hello", from("192.0.2.1")).status == 200);
  CHECK(limited_by(server, "sign_in") == 1);
}

TEST_CASE("rates: this machine itself is not limited unless that is asked for") {
  ServerOptions options = limited(only(2), {});
  options.limits.counts_loopback = false;
  TestServer server(options, add_routes);
  TestClient client = server.client();
  for (int i = 0; i < 10; ++i) CHECK(client.get("/v1/hello").status == 200);
  options.limits.counts_loopback = true;
  TestServer strict(options, add_routes);
  TestClient counted = strict.client();
  CHECK(counted.get("/v1/hello").status == 200);
  CHECK(counted.get("/v1/hello").status == 200);
  CHECK(counted.get("/v1/hello").status == 429);
}

TEST_CASE("rates: without a trusted proxy nobody chooses an address by a header") {
  ServerOptions options = limited(only(2), {});
  options.limits.trusted_proxies.clear();
  TestServer server(options, add_routes);
  TestClient client = server.client();
  CHECK(client.get("/v1/hello", from("192.0.2.1")).status == 200);
  CHECK(client.get("/v1/hello", from("192.0.2.2")).status == 200);
  CHECK(client.get("/v1/hello", from("192.0.2.3")).status == 429);
}

namespace {

// A crowd at a route with workers of its own, of which there are two, and three may wait.
void check_crowd(const ServerOptions& options, Workers workers) {
  std::promise<void> gate;
  const std::shared_future<void> open = gate.get_future().share();
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  TestServer server(options, [&](Router& router) {
    router.add(Method::kGet, "/v1/slow", {.operation_id = "slow", .workers = workers},
               [&](const Request&) {
                 most = std::max(most.load(), ++running);
                 open.wait();
                 --running;
                 return json_response(200, "{}");
               });
    router.add(Method::kGet, "/v1/work", {.operation_id = "work"},
               [](const Request&) { return json_response(200, "{}"); });
  });
  std::vector<TestClient> crowd;
  const auto arrive = [&] {
    crowd.push_back(server.client());
    crowd.back().send("GET /v1/slow HTTP/1.1\r\nHost: a\r\n\r\n");
  };
  arrive();
  arrive();
  REQUIRE(eventually([&] { return running == 2; }));
  // Three more may wait. Who is let in hears nothing yet, so whoever hears something was refused.
  TestClient late = server.client();
  Reply refused;
  CHECK(eventually([&] {
    arrive();
    crowd.back().patience = std::chrono::milliseconds(50);
    refused = crowd.back().read_reply();
    return refused.status != 0;
  }));
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  CHECK(refused.body.find("urn:zicht:error:HT-0012\"") != std::string::npos);
  // Everything else goes on meanwhile.
  CHECK(late.get("/v1/work").status == 200);
  gate.set_value();
  crowd.pop_back();
  std::ptrdiff_t answered = 0;
  for (TestClient& client : crowd) {
    client.patience = std::chrono::seconds(10);
    answered += client.read_reply().status == 200 ? 1 : 0;
  }
  CHECK(answered >= 5);
  CHECK(most == 2);
}

}  // namespace

TEST_CASE("passwords: a crowd waits on few workers of its own, the rest is told 503") {
  ServerOptions options;
  options.workers = 2;
  options.password_workers = 2;
  options.password_queue = 3;
  check_crowd(options, Workers::kPasswords);
}

TEST_CASE("workers: what waits long waits on few of its own, and one other serves everybody else") {
  ServerOptions options;
  options.workers = 1;
  options.patient_workers = 2;
  options.patient_queue = 3;
  check_crowd(options, Workers::kPatient);
}
