// The bounds of the server: what is too large, too slow, too many or malformed gets an answer
// where one is possible and never holds the server. Method: as in server_test.cc, with timeouts of
// a fraction of a second; waits are bounded by the client, nothing is measured.
#include <doctest/doctest.h>

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
  router.add(Method::kPost, "/v1/echo", {.operation_id = "echo", .body_limit = 1000},
             [](const Request& request) { return text_response(200, request.body); });
  router.add(Method::kGet, "/v1/huge", {.operation_id = "huge"}, [](const Request&) {
    return text_response(200, std::string(64'000'000, 'x'));
  });
}

std::string post(std::string_view headers, std::string_view body) {
  return "POST /v1/echo HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n" +
         std::string(body);
}

// Sends `bytes` on a fresh connection; the server answers `status` with the error `id` and ends the
// connection.
void check_refused(const TestServer& server, const std::string& bytes, int status,
                   const std::string& id) {
  CAPTURE(bytes.substr(0, 200));
  TestClient client = server.client();
  client.send(bytes);
  const Reply reply = client.read_reply();
  CHECK(reply.status == status);
  CHECK(reply.header("content-type") == "application/problem+json");
  CHECK(reply.body.find("urn:zicht:error:" + id + "\"") != std::string::npos);
  CHECK(reply.header("connection") == "close");
  CHECK(client.is_closed_by_server());
}

}  // namespace

TEST_CASE("limits: what is not clean HTTP is answered with 400 and ends the connection") {
  TestServer server({}, add_routes);
  const std::vector<std::string> malformed = {
      "nonsense\r\n\r\n",
      "GET /v1/hello\r\n\r\n",
      "GET /v1/hello HTTP/1.1\r\n\r\n",                              // no Host
      "GET /v1/hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",        // two of them
      "GET /v1/hello HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n",
      "GET /v1/hello HTTP/1.1\r\nHost: a\r\nNoColon\r\n\r\n",
      post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"),
      post("Content-Length: -1\r\n", ""),
      post("Content-Length: 3x\r\n", "abc"),
      post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "xyz\r\nabc\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "-1\r\nabc\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
  };
  for (const std::string& bytes : malformed) check_refused(server, bytes, 400, "HT-0003");
}

TEST_CASE("limits: other versions, codings and expectations are named as such") {
  TestServer server({}, add_routes);
  check_refused(server, "GET /v1/hello HTTP/2.0\r\nHost: a\r\n\r\n", 505, "HT-0010");
  check_refused(server, post("Transfer-Encoding: gzip\r\n", ""), 501, "HT-0009");
  check_refused(server, post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501, "HT-0009");
  check_refused(server, post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 501, "HT-0009");
  check_refused(server, post("Expect: a miracle\r\nContent-Length: 3\r\n", "abc"), 417, "HT-0011");
}

TEST_CASE("limits: a target that is not clean text is refused however it is encoded") {
  TestServer server({}, add_routes);
  for (const std::string target :
       {"/v1/%ff", "/v1/%c0%af", "/v1/%ed%a0%80", "/v1/%00", "/v1/a%0d%0ab", "/v1/%zz", "/v1/%4",
        "/v1/hello?x=%ff", "/v1/hello?x=%00", "*", "v1/hello"}) {
    check_refused(server, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", 400,
                  "HT-0004");
  }
  check_refused(server, "GET /v1/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n", 400, "HT-0004");
}

TEST_CASE("limits: a header above 16 KB is answered with 431") {
  TestServer server({}, add_routes);
  check_refused(server, "GET /v1/hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x') +
                            "\r\n\r\n", 431, "HT-0005");
  check_refused(server, "GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431,
                "HT-0005");
  std::string many = "GET /v1/hello HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 2000; ++i) many += "X-" + std::to_string(i) + ": 123\r\n";
  check_refused(server, many + "\r\n", 431, "HT-0005");
}

TEST_CASE("limits: a header just below the limit is accepted") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  CHECK(client.get("/v1/hello", "X: " + std::string(15'000, 'x') + "\r\n").status == 200);
}

TEST_CASE("limits: a body above the limit of its route is answered with 413") {
  TestServer server({}, add_routes);
  check_refused(server, post("Content-Length: 1001\r\n", std::string(1001, 'x')), 413, "HT-0006");
  check_refused(server,
                post("Transfer-Encoding: chunked\r\n",
                     "200\r\n" + std::string(512, 'x') + "\r\n200\r\n" + std::string(512, 'x') +
                         "\r\n0\r\n\r\n"),
                413, "HT-0006");
  TestClient client = server.client();
  CHECK(client.post("/v1/echo", std::string(1000, 'x')).body.size() == 1000);
}

TEST_CASE("limits: a client that sends 200 MB gets its 413 though the server reads a part only") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  std::size_t sent = 0;
  const std::string piece(1 << 20, 'x');
  client.send(post("Content-Length: 209715200\r\n", ""));
  while (sent < 209'715'200 && client.send(piece)) sent += piece.size();
  CHECK(sent < 100'000'000);
  CHECK(client.read_reply().status == 413);
}

TEST_CASE("limits: 100-continue is said before the body, and not when the body is refused") {
  TestServer server({}, add_routes);
  TestClient client = server.client();
  client.send(post("Expect: 100-continue\r\nContent-Length: 3\r\n", ""));
  CHECK(client.read_head().status == 100);
  client.send("abc");
  CHECK(client.read_reply().body == "abc");
  check_refused(server, post("Expect: 100-continue\r\nContent-Length: 5000\r\n", ""), 413,
                "HT-0006");
}

TEST_CASE("limits: a client that sends its header or body too slowly is answered with 408") {
  TestServer server(quick_options(), add_routes);
  TestClient header = server.client();
  header.send("GET /v1/hello HTTP/1.1\r\nHo");
  TestClient body = server.client();
  body.send(post("Content-Length: 10\r\n", "abc"));
  const Reply slow = header.read_reply();
  CHECK(slow.status == 408);
  CHECK(slow.body.find("HT-0008") != std::string::npos);
  CHECK(header.is_closed_by_server());
  CHECK(body.read_reply().status == 408);
  CHECK(body.is_closed_by_server());
}

TEST_CASE("limits: a drip of bytes does not keep a request alive") {
  TestServer server(quick_options(), add_routes);
  TestClient client = server.client();
  client.send("GET /v1/hello HTTP/1.1\r\nHost: a\r\n");
  int drips = 0;
  client.patience = std::chrono::milliseconds(10);
  while (drips < 1000 && client.send("X: y\r\n") && client.read_head().status != 408) ++drips;
  CHECK(drips < 1000);
}

TEST_CASE("limits: a silent connection is closed, before its first request and between two") {
  TestServer server(quick_options(), add_routes);
  TestClient fresh = server.client();
  TestClient used = server.client();
  CHECK(used.get("/v1/hello").status == 200);
  CHECK(fresh.is_closed_by_server());
  CHECK(used.is_closed_by_server());
}

TEST_CASE("limits: a client that does not take its answer is cut off") {
  TestServer server(quick_options(), add_routes);
  TestClient client = server.client();
  client.send("GET /v1/huge HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto open = [&] {
    return server.metrics().gauge("zicht_http_connections", "").value();
  };
  CHECK(eventually([&] { return open() == 1; }));
  CHECK(eventually([&] { return open() == 0; }));
}

TEST_CASE("limits: more connections than allowed are told 503") {
  ServerOptions options;
  options.max_connections = 3;
  options.io_threads = 1;
  TestServer server(options, add_routes);
  std::vector<TestClient> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(server.client());
    CHECK(held.back().get("/v1/hello").status == 200);
  }
  TestClient extra = server.client();
  CHECK(extra.read_reply().status == 503);
  CHECK(extra.is_closed_by_server());
  CHECK(held[0].get("/v1/hello").status == 200);
}

TEST_CASE("limits: a full queue answers 503 at once and the server recovers") {
  std::promise<void> leave;
  auto may_leave = leave.get_future().share();
  ServerOptions options;
  options.workers = 1;
  options.queue_limit = 1;
  TestServer server(options, [&](Router& router) {
    router.add(Method::kGet, "/v1/slow", {.operation_id = "slow"}, [may_leave](const Request&) {
      may_leave.wait();
      return text_response(200, "done");
    });
  });
  std::vector<TestClient> clients;
  for (int i = 0; i < 6; ++i) {
    clients.push_back(server.client());
    clients.back().send("GET /v1/slow HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  const auto refused = [&] {
    return server.metrics().counter("zicht_http_full_queue_total", "").value();
  };
  CHECK(eventually([&] { return refused() >= 4; }));
  leave.set_value();
  int done = 0;
  int busy = 0;
  for (TestClient& client : clients) {
    const Reply reply = client.read_reply();
    done += reply.status == 200 ? 1 : 0;
    busy += reply.status == 503 && reply.header("retry-after") == "1" ? 1 : 0;
  }
  CHECK(done + busy == 6);
  CHECK(busy >= 4);
  CHECK(clients[0].get("/v1/slow").body == "done");
}
