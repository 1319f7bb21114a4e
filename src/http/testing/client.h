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
#include <string>
#include <string_view>

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

class TestClient {
 public:
  explicit TestClient(std::uint16_t port);
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

  int socket_ = -1;
  std::string received_;
};

}  // namespace zicht::http::testing
