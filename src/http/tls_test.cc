// TLS of the server: what it speaks and what not, how long a handshake may take, another
// certificate while connections are open, and what is wrong with certificates and keys. Method: a
// real server on loopback, OpenSSL as its client, certificates made for the occasion.
#include "http/tls.h"

#include <doctest/doctest.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "http/testing/certificates.h"
#include "http/testing/test_server.h"

using namespace zicht;
using namespace zicht::http;
using namespace zicht::http::testing;

namespace {

void add_routes(Router& router) {
  router.add(Method::kGet, "/v1/hello", {.operation_id = "hello", .on_io_thread = true},
             [](const Request&) { return json_response(200, "{}"); });
  router.add(Method::kPost, "/v1/echo", {.operation_id = "echo", .body_limit = 40'000'000},
             [](const Request& request) { return text_response(200, request.body); });
  router.add(Method::kGet, "/v1/download", {.operation_id = "download"}, [](const Request&) {
    Response response;
    response.content_type = "text/plain";
    response.body = StreamBody{[left = 200](std::string& piece) mutable {
      piece.assign(100'000, 'x');
      return --left > 0;
    }};
    return response;
  });
}

TlsIdentityPtr load(const TlsFiles& files) {
  auto loaded = TlsIdentity::load(files, SystemClock().now());
  REQUIRE(loaded.has_value());
  return *loaded;
}

std::string refusal(const TlsFiles& files) {
  const auto loaded = TlsIdentity::load(files, SystemClock().now());
  return loaded ? "none" : loaded.error().id;
}

ServerOptions with(const TlsIdentityPtr& identity, ServerOptions options = {}) {
  options.tls = identity;
  options.security.is_https = true;
  return options;
}

void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
  ::chmod(path.c_str(), 0600);
}

}  // namespace

TEST_CASE("tls: requests are answered over 1.2 and 1.3, one after another, with HSTS") {
  const CertificateFolder folder;
  const TlsFiles files = folder.write("a", {.serial = 7});
  TestServer server(with(load(files)), add_routes);
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TestClient client(server.port(), {.authority = files.certificate,
                                      .least_version = version,
                                      .most_version = version,
                                      .protocol = "http/1.1"});
    REQUIRE(client.is_secure());
    CHECK(client.certificate_serial() == 7);
    CHECK(client.agreed() ==
          std::string(version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3") + " http/1.1");
    for (int i = 0; i < 3; ++i) {
      const Reply reply = client.get("/v1/hello");
      CHECK(reply.status == 200);
      CHECK(reply.body == "{}");
      CHECK(reply.header("strict-transport-security") == "max-age=31536000; includeSubDomains");
    }
    CHECK_FALSE(client.is_resumable());
  }
}

TEST_CASE("tls: megabytes go both ways whole, in pieces and pipelined") {
  const CertificateFolder folder;
  const TlsFiles files = folder.write("a");
  TestServer server(with(load(files)), add_routes);
  TestClient client(server.port(), {.authority = files.certificate});
  REQUIRE(client.is_secure());
  std::string large(20'000'000, 'a');
  for (std::size_t i = 0; i < large.size(); i += 1000) large[i] = static_cast<char>('a' + i % 23);
  const Reply echoed = client.post("/v1/echo", large);
  CHECK(echoed.status == 200);
  CHECK(echoed.body == large);
  const Reply download = client.get("/v1/download");
  CHECK(download.is_complete);
  CHECK(download.body == std::string(20'000'000, 'x'));
  client.send("GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.read_reply().status == 200);
  CHECK(client.read_reply().status == 200);
  CHECK(client.send_split("GET /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n", 3));
  CHECK(client.read_reply().status == 200);
}

TEST_CASE("tls: what is older, weaker or of another protocol is refused") {
  const CertificateFolder folder;
  const TlsFiles files = folder.write("a");
  TestServer server(with(load(files)), add_routes);
  const auto is_secure = [&](TlsOffer offer) {
    offer.authority = files.certificate;
    return TestClient(server.port(), offer).is_secure();
  };
  CHECK(is_secure({}));
  CHECK(is_secure({.most_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305"}));
  CHECK_FALSE(is_secure({.most_version = TLS1_1_VERSION}));
  for (const char* weak : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-SHA",
                           "DHE-RSA-AES256-GCM-SHA384", "AES256-GCM-SHA384",
                           "ECDHE-ECDSA-AES128-CCM"}) {
    CAPTURE(weak);
    CHECK_FALSE(is_secure({.most_version = TLS1_2_VERSION, .ciphers = weak}));
  }
  CHECK_FALSE(is_secure({.protocol = "h2"}));
  CHECK_FALSE(is_secure({.protocol = "spdy/3"}));
}

TEST_CASE("tls: who is silent, slow or speaks no TLS is cut off and counted") {
  const CertificateFolder folder;
  const TlsFiles files = folder.write("a");
  TestServer server(with(load(files), quick_options()), add_routes);
  const Counter& failed = server.metrics().counter("zicht_tls_failed_handshakes_total", "");
  TestClient silent = server.client();
  CHECK(silent.is_closed_by_server());
  TestClient slow = server.client();
  // The beginning of a ClientHello that would be 500 bytes long, one byte at a time.
  std::string hello = "\x16\x03\x01\x01\xf4\x01";
  for (int i = 0; i < 100 && slow.send(hello); ++i) {
    hello = "\x01";
    if (i % 10 == 0) slow.send_split("\x01\x01", 1);
  }
  CHECK(slow.is_closed_by_server());
  TestClient plain = server.client();
  CHECK(plain.get("/v1/hello").status == 0);
  CHECK(plain.is_closed_by_server());
  CHECK(eventually([&] { return failed.value() == 3; }));
  // Once TLS is agreed the bounds are those of every client.
  TestClient idle(server.port(), {.authority = files.certificate});
  CHECK(idle.is_closed_by_server());
  TestClient halting(server.port(), {.authority = files.certificate});
  halting.send("GET /v1/hello HTTP/1.1\r\n");
  CHECK(halting.read_reply().status == 408);
  CHECK(failed.value() == 3);
}

TEST_CASE("tls: another certificate is for new connections; open ones go on") {
  const CertificateFolder folder;
  const TlsFiles first = folder.write("a", {.serial = 1});
  const TlsFiles second = folder.write("b", {.serial = 2});
  TestServer server(with(load(first)), add_routes);
  TestClient open(server.port(), {.authority = first.certificate});
  CHECK(open.get("/v1/hello").status == 200);
  server.server().use(load(second));
  TestClient fresh(server.port(), {.authority = second.certificate});
  CHECK(fresh.certificate_serial() == 2);
  CHECK(fresh.get("/v1/hello").status == 200);
  CHECK(open.certificate_serial() == 1);
  CHECK(open.get("/v1/hello").status == 200);
}

TEST_CASE("tls: too many connections are closed without an answer") {
  const CertificateFolder folder;
  const TlsFiles files = folder.write("a");
  ServerOptions options;
  options.max_connections = 1;
  TestServer server(with(load(files), options), add_routes);
  TestClient first(server.port(), {.authority = files.certificate});
  REQUIRE(first.get("/v1/hello").status == 200);
  CHECK_FALSE(TestClient(server.port(), {.authority = files.certificate}).is_secure());
}

TEST_CASE("tls: each thing that is wrong with a certificate or key has its own error") {
  const CertificateFolder folder;
  const TlsFiles good = folder.write("good", {.to_day = 10});
  const TlsFiles other = folder.write("other");
  const auto in = [&](const std::string& name) { return folder.path() + "/" + name; };
  write_text(in("nonsense"), "nonsense");
  write_text(in("empty"), "");
  CHECK(refusal(good) == "none");
  CHECK(refusal({in("absent"), good.key}) == "HT-0040");
  CHECK(refusal({in("nonsense"), good.key}) == "HT-0040");
  CHECK(refusal({folder.path(), good.key}) == "HT-0040");
  for (const char* name : {"absent", "nonsense", "empty", "."}) {
    CAPTURE(name);
    CHECK(refusal({good.certificate, in(name)}) == "HT-0041");
  }
  CHECK(refusal({good.certificate, other.key}) == "HT-0043");
  CHECK(refusal(folder.write("expired", {.from_day = -20, .to_day = -10})) == "HT-0044");
  CHECK(refusal(folder.write("future", {.from_day = 10, .to_day = 20})) == "HT-0045");
  CHECK(refusal(folder.write("weak", {.rsa_bits = 1024})) == "HT-0046");
  for (const mode_t mode : {0640, 0604, 0660, 0644}) {
    ::chmod(good.key.c_str(), mode);
    CHECK(refusal(good) == "HT-0042");
    CHECK(refusal({good.certificate, good.key, true}) == "none");
  }
}

TEST_CASE("tls: a chain ends when the first of its certificates does") {
  const CertificateFolder folder;
  const TlsFiles own = folder.write("own", {.to_day = 10});
  const TlsFiles issuer = folder.write("issuer", {.to_day = 5});
  std::ofstream(own.certificate, std::ios::app) << std::ifstream(issuer.certificate).rdbuf();
  const Instant now = SystemClock().now();
  const std::int64_t days =
      (microseconds_between(now, load(own)->expires()) + kMicrosecondsPerHour) /
      kMicrosecondsPerDay;
  CHECK(days == 5);
}
