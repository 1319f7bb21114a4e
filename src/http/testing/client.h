// A client for tests that sends exactly the bytes it is told to, well-formed or not.
//
//   TestClient client(server.port());
//   client.send("GET /v1/health/live HTTP/1.1\r\nHost: x\r\n\r\n");
//   const Reply reply = client.read_reply();
//
// Loopback only. Every wait is bounded; a wait that runs out shows as an empty reply (status 0).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct ssl_st;

namespace zicht::http::testing {

struct Reply {
  int status = 0;                              // 0: no complete reply came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // without chunked framing
  bool is_complete = false;                    // the body ended as its framing says

  std::string header(const std::string& name) const;
};

// True as soon as `holds` does; false when it does not within ten seconds. For what another
// thread brings about and tells nobody.
bool eventually(const std::function<bool()>& holds);

// What a client wants over TLS; it trusts `authority` alone (a PEM file).
struct TlsOffer {
  std::string authority = {};
  int least_version = 0;      // of OpenSSL, such as TLS1_3_VERSION; 0: whatever there is
  int most_version = 0;
  std::string ciphers = {};   // for TLS 1.2, as OpenSSL writes them
  std::string protocol = {};  // of ALPN; empty: none
};

class TestClient {
 public:
  explicit TestClient(std::uint16_t port);
  // Shakes hands too; see is_secure.
  TestClient(std::uint16_t port, const TlsOffer& offer);
  ~TestClient();
  TestClient(TestClient&& other) noexcept;
  TestClient(const TestClient&) = delete;

  // False when the server has closed the connection.
  bool send(std::string_view bytes);
  // Sends in pieces of `size` bytes, each followed by a moment in which it can arrive.
  bool send_split(std::string_view bytes, std::size_t size);

  // One reply with its body, by Content-Length, chunks or the end of the connection.
  Reply read_reply(bool is_head = false);
  // Status line and header lines only; what follows stays unread.
  Reply read_head();
  // Whatever comes until `text` has been seen or the time is up; returns everything read.
  std::string read_until(std::string_view text);

  // Whether TLS was agreed with a server that is trusted.
  bool is_secure() const { return is_secure_; }
  // "TLSv1.3 http/1.1": the version and the protocol that were agreed.
  std::string agreed() const;
  // The serial number of the certificate that the server showed.
  long certificate_serial() const;
  // Whether the server gave something with which the session could be taken up again.
  bool is_resumable() const;

  // True when the server ends the connection within the time limit.
  bool is_closed_by_server();

  // Sends a GET and reads the reply. `headers` are whole lines with their ends.
  Reply get(std::string_view path, std::string_view headers = "");
  Reply post(std::string_view path, std::string_view body, std::string_view headers = "");

  std::chrono::milliseconds patience{5000};

 private:
  bool fill();
  bool read_body(Reply& reply);
  bool read_chunks(Reply& reply);

  struct FreeTls {
    void operator()(ssl_st* tls) const;
  };
  // As recv.
  long receive(char* data, std::size_t size);

  int socket_ = -1;
  std::unique_ptr<ssl_st, FreeTls> tls_;
  bool is_secure_ = false;
  std::string received_;
};

}  // namespace zicht::http::testing
