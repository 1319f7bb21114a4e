#include "http/testing/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "base/check.h"

namespace zicht::http::testing {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

// 0 for what is no number.
template <class Number>
Number to_number(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

bool eventually(const std::function<bool()>& holds) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    never.wait_for(lock, std::chrono::milliseconds(2));
  }
  return true;
}

std::string Reply::header(const std::string& name) const {
  const auto found = headers.find(lower(name));
  return found == headers.end() ? "" : found->second;
}

TestClient::TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int outcome =
      ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ZICHT_CHECK(outcome == 0, "the server under test listens");
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

TestClient::TestClient(std::uint16_t port, const TlsOffer& offer) : TestClient(port) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that the server has ended
  // Whoever has no patience for an answer must not wait for ever for the handshake.
  const timeval limit{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, offer.least_version);
  SSL_CTX_set_max_proto_version(context, offer.most_version);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_security_level(context, 0);  // the server decides, not this client
  SSL_CTX_load_verify_locations(context, offer.authority.c_str(), nullptr);
  if (!offer.ciphers.empty()) SSL_CTX_set_cipher_list(context, offer.ciphers.c_str());
  tls_.reset(SSL_new(context));
  SSL_CTX_free(context);  // the connection holds it
  if (!offer.protocol.empty()) {
    const std::string list = static_cast<char>(offer.protocol.size()) + offer.protocol;
    SSL_set_alpn_protos(tls_.get(), reinterpret_cast<const unsigned char*>(list.data()),
                        static_cast<unsigned>(list.size()));
  }
  SSL_set_fd(tls_.get(), socket_);
  is_secure_ = SSL_connect(tls_.get()) == 1;
}

TestClient::~TestClient() {
  tls_.reset();
  if (socket_ >= 0) ::close(socket_);
}

void TestClient::FreeTls::operator()(ssl_st* tls) const { SSL_free(tls); }

std::string TestClient::agreed() const {
  const unsigned char* protocol = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(tls_.get(), &protocol, &size);
  return std::string(SSL_get_version(tls_.get())) + " " +
         std::string(reinterpret_cast<const char*>(protocol), size);
}

long TestClient::certificate_serial() const {
  X509* shown = SSL_get0_peer_certificate(tls_.get());
  return shown == nullptr ? 0 : ASN1_INTEGER_get(X509_get0_serialNumber(shown));
}

bool TestClient::is_resumable() const {
  return SSL_SESSION_is_resumable(SSL_get0_session(tls_.get())) == 1;
}

long TestClient::receive(char* data, std::size_t size) {
  if (tls_) return SSL_read(tls_.get(), data, static_cast<int>(size));
  return ::recv(socket_, data, size, 0);
}

TestClient::TestClient(TestClient&& other) noexcept
    : patience(other.patience),
      socket_(std::exchange(other.socket_, -1)),
      tls_(std::move(other.tls_)),
      is_secure_(other.is_secure_),
      received_(std::move(other.received_)) {}

bool TestClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const long sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool TestClient::send_split(std::string_view bytes, std::size_t size) {
  while (!bytes.empty()) {
    if (!send(bytes.substr(0, size))) return false;
    bytes.remove_prefix(std::min(size, bytes.size()));
    pollfd moment{socket_, POLLIN, 0};
    ::poll(&moment, 1, 1);
  }
  return true;
}

bool TestClient::fill() {
  pollfd wait{socket_, POLLIN, 0};
  const bool is_waiting = tls_ && SSL_pending(tls_.get()) > 0;
  if (!is_waiting && ::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
  std::array<char, 16384> piece;
  const long count = receive(piece.data(), piece.size());
  if (count <= 0) return false;
  received_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

Reply TestClient::read_head() {
  Reply reply;
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return reply;
  }
  const std::string head = received_.substr(0, end + 2);
  received_.erase(0, end + 4);
  reply.status = head.size() > 12 ? to_number<int>(head.substr(9, 3)) : 0;
  std::size_t at = head.find("\r\n") + 2;
  while (at < head.size()) {
    const std::size_t line_end = head.find("\r\n", at);
    const std::string line = head.substr(at, line_end - at);
    const std::size_t colon = line.find(':');
    reply.headers[lower(line.substr(0, colon))] = line.substr(std::min(line.size(), colon + 2));
    at = line_end + 2;
  }
  return reply;
}

Reply TestClient::read_reply(bool is_head) {
  Reply reply = read_head();
  const bool has_body = !is_head && reply.status >= 200 && reply.status != 204 &&
                        reply.status != 304;
  reply.is_complete = reply.status != 0 && (!has_body || read_body(reply));
  return reply;
}

bool TestClient::read_body(Reply& reply) {
  if (reply.header("transfer-encoding") == "chunked") return read_chunks(reply);
  if (reply.headers.count("content-length") == 0) {
    while (fill()) {
    }
    reply.body = std::exchange(received_, {});
    return true;
  }
  const std::size_t length = to_number<std::size_t>(reply.header("content-length"));
  while (received_.size() < length) {
    if (!fill()) return false;
  }
  reply.body = received_.substr(0, length);
  received_.erase(0, length);
  return true;
}

bool TestClient::read_chunks(Reply& reply) {
  while (true) {
    std::size_t line = 0;
    while ((line = received_.find("\r\n")) == std::string::npos) {
      if (!fill()) return false;
    }
    std::size_t size = 0;
    std::from_chars(received_.data(), received_.data() + line, size, 16);
    while (received_.size() < line + 2 + size + 2) {
      if (!fill()) return false;
    }
    reply.body.append(received_, line + 2, size);
    received_.erase(0, line + 2 + size + 2);
    if (size == 0) return true;
  }
}

std::string TestClient::read_until(std::string_view text) {
  while (received_.find(text) == std::string::npos) {
    if (!fill()) break;
  }
  return std::exchange(received_, {});
}

bool TestClient::is_closed_by_server() {
  while (true) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 4096> piece;
    if (receive(piece.data(), piece.size()) <= 0) return true;
  }
}

Reply TestClient::get(std::string_view path, std::string_view headers) {
  send("GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n");
  return read_reply();
}

Reply TestClient::post(std::string_view path, std::string_view body, std::string_view headers) {
  send("POST " + std::string(path) + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json" +
       "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) +
       "\r\n" + std::string(body));
  return read_reply();
}

}  // namespace zicht::http::testing
