// The server as a client sees it: order, framing, keep-alive, errors, stopping. Method: a real
// server on a loopback port, spoken to byte by byte over raw sockets (testing/client.h).
#include "http/server.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/check.h"
#include "http/failed_check.h"
#include "http/testing/test_server.h"

using namespace zicht::http;
using namespace zicht::http::testing;

namespace {

void add_routes(Router& router) {
  router.add(Method::kGet, "/v1/hello", {.operation_id = "hello", .on_io_thread = true},
             [](const Request&) { return json_response(200, R"({"a":1})"); });
  router.add(Method::kGet, "/v1/items/{id}", {.operation_id = "item"}, [](const Request& request) {
    return text_response(200, std::string(request.parameter("id")));
  });
  router.add(Method::kPost, "/v1/echo", {.operation_id = "echo"}, [](const Request& request) {
    return text_response(200, request.body);
  });
  router.add(Method::kGet, "/v1/throws", {.operation_id = "throws"},
             [](const Request&) -> Response { throw std::runtime_error("Jan Jansen"); });
  router.add(Method::kGet, "/v1/empty", {.operation_id = "empty"},
             [](const Request&) { return empty_response(204); });
  router.add(Method::kGet, "/v1/large", {.operation_id = "large"}, [](const Request&) {
    return text_response(200, std::string(3'000'000, 'x'));
  });
  router.add(Method::kGet, "/v1/download", {.operation_id = "download"}, [](const Request&) {
    Response response = text_response(200, "");
    auto left = std::make_shared<int>(5);
    response.body = StreamBody{[left](std::string& piece) {
      piece.assign(1000, static_cast<char>('a' + *left));
      return --*left > 0;
    }};
    return response;
  });
  router.add(Method::kGet, "/v1/broken-download", {.operation_id = "brokenDownload"},
             [](const Request&) {
               Response response = text_response(200, "");
               auto first = std::make_shared<bool>(true);
               response.body = StreamBody{[first](std::string& piece) {
                 if (!std::exchange(*first, false)) throw std::runtime_error("gone");
                 piece = "begin";
                 return true;
               }};
               return response;
             });
}

constexpr std::string_view kHello = "GET /v1/hello HTTP/1.1\r\nHost: test\r\n\r\n";

bool is_problem(const Reply& reply, int status, const std::string& id) {
  return reply.status == status && reply.is_complete &&
         reply.header("content-type") == "application/problem+json" &&
         reply.body.find("\"status\":" + std::to_string(status)) != std::string::npos &&
         reply.body.find("urn:zicht:error:" + id + "\"") != std::string::npos;
}

}  // namespace

TEST_CASE("server: a request that arrives byte by byte is answered like one that arrives whole") {
  TestServer server({}, add_routes);
  for (const std::size_t size : {1, 2, 7, 64}) {
    CAPTURE(size);
    TestClient client = server.client();
    client.send_split("POST /v1/echo HTTP/1.1\r\nHost: test\r\nContent-Length: 11\r\n\r\nhello "
                      "world",
                      size);
    const Reply reply = client.read_reply();
    CHECK(reply.status == 200);
    CHECK(reply.body == "hello world");
  }
}

TEST_CASE("server: a chunked body is joined wherever its bytes are split") {
  TestServer server({}, add_routes);
  const std::string request =
      "POST /v1/echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6;note=x\r\n world\r\n0\r\nTrailer: ignored\r\n\r\n";
  for (std::size_t size = 1; size < 40; size += 3) {
    CAPTURE(size);
    TestClient client = server.client();
    client.send_split(request, size);
    CHECK(client.read_reply().body == "hello world");
  }
}

TEST_CASE("server: pipelined requests are answered in order, workers and io threads mixed") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += "GET /v1/items/" + std::to_string(i) + " HTTP/1.1\r\nHost: test\r\n\r\n";
    all += kHello;
    all += "POST /v1/echo HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\n\r\nabc";
  }
  client.send(all);
  for (int i = 0; i < 50; ++i) {
    CAPTURE(i);
    CHECK(client.read_reply().body == std::to_string(i));
    CHECK(client.read_reply().body == R"({"a":1})");
    CHECK(client.read_reply().body == "abc");
  }
}

TEST_CASE("server: a connection serves many requests and ends when the client asks for it") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  for (int i = 0; i < 20; ++i) {
    const Reply reply = client.get("/v1/hello");
    REQUIRE(reply.status == 200);
    CHECK(reply.header("connection") == "");
  }
  const Reply last = client.get("/v1/hello", "Connection: close\r\n");
  CHECK(last.status == 200);
  CHECK(last.header("connection") == "close");
  CHECK(client.is_closed_by_server());
}

TEST_CASE("server: HTTP/1.0 is answered and the connection ends") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  client.send("GET /v1/hello HTTP/1.0\r\n\r\n");
  CHECK(client.read_reply().body == R"({"a":1})");
  CHECK(client.is_closed_by_server());
}

TEST_CASE("server: HEAD gives the head of GET, with its length and without its body") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  client.send("HEAD /v1/hello HTTP/1.1\r\nHost: test\r\n\r\n");
  const Reply head = client.read_reply(true);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == "7");
  CHECK(client.get("/v1/hello").body == R"({"a":1})");
}

TEST_CASE("server: an unknown path is 404, a known path with another method 405 with Allow") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  CHECK(is_problem(client.get("/v1/nothing"), 404, "HT-0007"));
  CHECK(is_problem(client.get("/v1/hello/"), 404, "HT-0007"));
  client.send("DELETE /v1/hello HTTP/1.1\r\nHost: test\r\n\r\n");
  const Reply refused = client.read_reply();
  CHECK(is_problem(refused, 405, "HT-0013"));
  CHECK(refused.header("allow") == "GET, HEAD");
  client.send("TRACE /v1/echo HTTP/1.1\r\nHost: test\r\n\r\n");
  CHECK(client.read_reply().header("allow") == "POST");
  client.send("OPTIONS /v1/echo HTTP/1.1\r\nHost: test\r\n\r\n");
  const Reply options = client.read_reply();
  CHECK(options.status == 204);
  CHECK(options.header("allow") == "POST");
}

TEST_CASE("server: an exception becomes 500 with an incident id, and its text stays out of all") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  const Reply reply = client.get("/v1/throws");
  CHECK(is_problem(reply, 500, "HT-0002"));
  CHECK(reply.body.find("Jansen") == std::string::npos);
  const std::string id = reply.header("request-id");
  CHECK(reply.body.find("urn:zicht:incident:" + id) != std::string::npos);
  const auto lines = server.log().lines();
  CHECK(std::count(lines.begin(), lines.end(),
                   "incident " + id + " /v1/throws std::runtime_error") == 1);
  CHECK(client.get("/v1/hello").status == 200);
}

TEST_CASE("server: a failed check becomes 500 and the log names its place") {
  TestServer server({}, [](Router& router) {
    router.add(Method::kGet, "/v1/checks", {.operation_id = "checks"},
               [](const Request&) -> Response {
                 ZICHT_CHECK(false, "made to fail");
                 return {};
               });
    add_routes(router);
  });
  const auto before = zicht::set_check_handler(nullptr);
  survive_failed_checks();
  TestClient client = server.client();
  CHECK(is_problem(client.get("/v1/checks"), 500, "HT-0002"));
  CHECK(client.get("/v1/hello").status == 200);
  zicht::set_check_handler(before);
  const std::string line = server.log().lines().front();
  CHECK(line.find("/v1/checks src/http/server_test.cc:") != std::string::npos);
  CHECK(line.find("made to fail") != std::string::npos);
}

TEST_CASE("server: problems are told in the language of the request") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  CHECK(client.get("/v1/x").body.find("Dit adres bestaat hier niet.") != std::string::npos);
  const Reply english = client.get("/v1/x", "Accept-Language: en-GB,en;q=0.9,nl;q=0.8\r\n");
  CHECK(english.body.find("This address does not exist here.") != std::string::npos);
  CHECK(english.header("content-language") == "en");
}

TEST_CASE("server: 204 has no body and no length") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  const Reply reply = client.get("/v1/empty");
  CHECK(reply.status == 204);
  CHECK(reply.header("content-length") == "");
  CHECK(client.get("/v1/hello").status == 200);
}

TEST_CASE("server: large answers and downloads come whole, and the connection goes on") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  CHECK(client.get("/v1/large").body.size() == 3'000'000);
  const Reply download = client.get("/v1/download");
  CHECK(download.header("transfer-encoding") == "chunked");
  CHECK(download.body == std::string(1000, 'f') + std::string(1000, 'e') + std::string(1000, 'd') +
                             std::string(1000, 'c') + std::string(1000, 'b'));
  CHECK(client.get("/v1/hello").status == 200);
}

TEST_CASE("server: a download that fails midway is seen to be broken, never short and whole") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  const Reply reply = client.get("/v1/broken-download");
  CHECK(reply.status == 200);
  CHECK_FALSE(reply.is_complete);
}

TEST_CASE("server: every kind of answer carries the security headers and a request id") {
  TestServer server({}, add_routes);
  const std::vector<std::string> requests = {
      std::string(kHello),
      "GET /v1/none HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /page HTTP/1.1\r\nHost: t\r\n\r\n",
      "PUT /v1/hello HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /v1/throws HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /v1/empty HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /v1/download HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /%00 HTTP/1.1\r\nHost: t\r\n\r\n",
      "nonsense\r\n\r\n",
      "POST /v1/echo HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999\r\n\r\n",
  };
  for (const std::string& request : requests) {
    CAPTURE(request);
    TestClient client = server.client();
    client.send(request);
    const Reply reply = client.read_reply();
    const std::string policy = reply.header("content-security-policy");
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    // 'wasm-unsafe-eval' compiles modules of ours, no scripts.
    CHECK(policy.find("'unsafe") == std::string::npos);
    CHECK(reply.header("cross-origin-opener-policy") == "same-origin");
    CHECK(reply.header("cross-origin-resource-policy") == "same-origin");
    CHECK(reply.header("permissions-policy").find("camera=()") == 0);
    CHECK(reply.header("strict-transport-security").empty());
    CHECK(reply.header("x-content-type-options") == "nosniff");
    CHECK(reply.header("x-frame-options") == "DENY");
    CHECK(reply.header("referrer-policy") == "no-referrer");
    CHECK(reply.header("cache-control") == "no-store");
    CHECK(reply.header("request-id").size() == 32);
    const bool is_page = request.find(" /page") != std::string::npos;
    CHECK(reply.header("api-version") == (is_page ? "" : "1.0.0"));
  }
}

TEST_CASE("server: a header value from a handler cannot add a header") {
  TestServer server({}, [](Router& router) {
    router.add(Method::kGet, "/v1/x", {.operation_id = "x"}, [](const Request&) {
      return text_response(200, "").with("Location", "/v1/a\r\nSet-Cookie: evil=1");
    });
  });
  TestClient client = server.client();
  const Reply reply = client.get("/v1/x");
  CHECK(reply.header("location") == "/v1/a");
  CHECK(reply.header("set-cookie") == "");
}

TEST_CASE("server: the log names the pattern of a route, never the path or the query") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  client.get("/v1/items/secret-id?name=Jansen");
  client.get("/v1/unknown/Jansen");
  CHECK(server.log().lines() ==
        std::vector<std::string>{"GET /v1/items/{id} 200", "GET (none) 404"});
}

TEST_CASE("server: metrics count by pattern and class") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  client.get("/v1/items/1");
  client.get("/v1/items/2");
  client.get("/v1/none");
  const std::string text = server.metrics().render();
  CHECK(text.find("zicht_http_requests_total{method=\"GET\",route=\"/v1/items/{id}\","
                  "status=\"2xx\"} 2\n") != std::string::npos);
  CHECK(text.find("route=\"(none)\",status=\"4xx\"} 1\n") != std::string::npos);
  CHECK(text.find("zicht_http_connections 1\n") != std::string::npos);
}

TEST_CASE("server: stop lets a running request finish, ends idle ones and takes no new ones") {
  std::promise<void> entered;
  std::promise<void> leave;
  auto may_leave = leave.get_future().share();
  TestServer server({}, [&](Router& router) {
    router.add(Method::kGet, "/v1/slow", {.operation_id = "slow"}, [&](const Request&) {
      entered.set_value();
      may_leave.wait();
      return text_response(200, "done");
    });
    add_routes(router);
  });
  TestClient idle = server.client();
  idle.get("/v1/hello");
  TestClient busy = server.client();
  busy.send("GET /v1/slow HTTP/1.1\r\nHost: test\r\n\r\n");
  entered.get_future().wait();
  std::thread stopper([&] { server.server().stop(); });
  CHECK(idle.is_closed_by_server());
  leave.set_value();
  const Reply reply = busy.read_reply();
  CHECK(reply.body == "done");
  CHECK(reply.header("connection") == "close");
  CHECK(busy.is_closed_by_server());
  stopper.join();
}

TEST_CASE("server: an answer that may not leave yet waits, and is given up with its connection") {
  constexpr std::chrono::milliseconds kHeld(200);
  ServerOptions options;
  options.workers = 1;
  TestServer server(options, [&](Router& router) {
    const auto add = [&](const char* pattern, std::chrono::milliseconds held, bool is_on_io) {
      router.add(Method::kGet, pattern, {.operation_id = pattern, .on_io_thread = is_on_io},
                 [held](const Request&) {
                   Response response = text_response(200, "held");
                   response.not_before = std::chrono::steady_clock::now() + held;
                   return response;
                 });
    };
    add("/v1/held", kHeld, false);
    add("/v1/held-on-io", kHeld, true);
    add("/v1/held-long", std::chrono::hours(1), false);
  });
  TestClient client = server.client();
  for (const char* path : {"/v1/held", "/v1/held-on-io"}) {
    const auto start = std::chrono::steady_clock::now();
    // The next request of the connection waits behind it.
    CHECK(client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n\r\n" +
                      "GET /v1/none HTTP/1.1\r\nHost: test\r\n\r\n"));
    CHECK(client.read_reply().body == "held");
    CHECK(std::chrono::steady_clock::now() - start >= kHeld);
    CHECK(client.read_reply().status == 404);
  }
  TestClient waiting = server.client();
  waiting.send("GET /v1/held-long HTTP/1.1\r\nHost: test\r\n\r\n");
  CHECK(client.get("/v1/held").status == 200);
  server.server().stop(std::chrono::milliseconds(50));
  CHECK(waiting.is_closed_by_server());
}

TEST_CASE("server: an answer that is held leaves when it may, or another in its place") {
  ServerOptions options;
  options.workers = 1;
  std::mutex mutex;
  std::vector<Response::Leave> held;
  TestServer server(options, [&](Router& router) {
    router.add(Method::kGet, "/v1/held", {.operation_id = "held"}, [&](const Request&) {
      Response response = text_response(200, "held");
      response.hold = [&](Response::Leave leave) {
        const std::lock_guard lock(mutex);
        held.push_back(std::move(leave));
      };
      return response;
    });
    router.add(Method::kGet, "/v1/fails", {.operation_id = "fails"}, [](const Request&) {
      Response response = text_response(200, "unseen");
      response.hold = [](const Response::Leave&) { throw std::runtime_error("gone"); };
      return response;
    });
    add_routes(router);
  });
  const auto next_held = [&] {
    const auto is_there = [&] {
      const std::lock_guard lock(mutex);
      return !held.empty();
    };
    REQUIRE(eventually(is_there));
    const std::lock_guard lock(mutex);
    Response::Leave leave = std::move(held.back());
    held.pop_back();
    return leave;
  };
  constexpr std::string_view kHeld = "GET /v1/held HTTP/1.1\r\nHost: test\r\n\r\n";
  TestClient first = server.client(), second = server.client(), gone = server.client();
  first.send(kHeld);
  // The one worker is free meanwhile.
  CHECK(second.get("/v1/items/7").body == "7");
  next_held()(nullptr);
  CHECK(first.read_reply().body == "held");
  first.send(kHeld);
  next_held()(std::make_shared<Response>(text_response(503, "not kept")));
  const Reply instead = first.read_reply();
  CHECK(instead.status == 503);
  CHECK(instead.body == "not kept");
  CHECK(is_problem(second.get("/v1/fails"), 500, "HT-0002"));
  // Stopping waits for who holds an answer: it still knows the connection.
  gone.send(kHeld);
  const Response::Leave last = next_held();
  std::atomic<bool> has_stopped = false;
  std::thread stopper([&] {
    server.server().stop(std::chrono::milliseconds(10));
    has_stopped = true;
  });
  CHECK(gone.is_closed_by_server());
  CHECK_FALSE(has_stopped);
  last(nullptr);
  stopper.join();
}

TEST_CASE("server: a handler on the io thread that holds its answer shows nothing") {
  TestServer server({}, [](Router& router) {
    router.add(Method::kGet, "/v1/io", {.operation_id = "io", .on_io_thread = true},
               [](const Request&) {
                 Response response = text_response(200, "unseen");
                 response.hold = [](const Response::Leave& leave) { leave(nullptr); };
                 return response;
               });
  });
  const auto before = zicht::set_check_handler(nullptr);
  survive_failed_checks();
  CHECK(is_problem(server.client().get("/v1/io"), 500, "HT-0002"));
  zicht::set_check_handler(before);
}

TEST_CASE("server: a second server on the same port is refused with a reason") {
  TestServer server({}, add_routes);
  MetricsRegistry metrics;
  SilentLog log;
  auto second = Server::start({.port = server.port()}, Router(), metrics, log);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().id == "HT-0001");
  auto nowhere = Server::start({.address = "not an address"}, Router(), metrics, log);
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().id == "HT-0001");
}

TEST_CASE("server: many connections at once are all answered") {
  TestServer server({}, add_routes);
  std::vector<TestClient> clients;
  for (int i = 0; i < 400; ++i) clients.push_back(server.client());
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      clients[i].send("GET /v1/items/" + std::to_string(i) + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
      CHECK(clients[i].read_reply().body == std::to_string(i));
    }
  }
}
