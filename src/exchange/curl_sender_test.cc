// What becomes of a message for every way in which the other side can behave, over real sockets on
// this machine: receivers and mail servers that take it, refuse it, send elsewhere, say too much,
// say nothing or are not there. TLS and the whole way from a record are in tests/api.
#include "exchange/curl_sender.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zicht::exchange {
namespace {

using app::Delivery;
using app::DeliveryOutcome;

// One connection, as text.
class Line {
 public:
  explicit Line(int socket) : socket_(socket) {}
  // Up to and with `end`; shorter when the other side ended it.
  std::string read_until(const std::string& end) {
    std::string text;
    char c = 0;
    while (!text.ends_with(end) && recv(socket_, &c, 1, 0) == 1) text += c;
    return text;
  }
  std::string read(std::size_t count) {
    std::string text;
    char c = 0;
    while (text.size() < count && recv(socket_, &c, 1, 0) == 1) text += c;
    return text;
  }
  bool write(const std::string& text) {
    return send(socket_, text.data(), text.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
  }

 private:
  int socket_;
};

// A server on loopback that has one conversation at a time, and keeps what it heard.
class Peer {
 public:
  using Talk = std::function<std::string(Line&)>;   // gives what it heard

  explicit Peer(Talk talk) : talk_(std::move(talk)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(listener_, 8) == 0);
    REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Peer() {
    shutdown(listener_, SHUT_RDWR);
    {
      const std::lock_guard lock(mutex_);
      if (connected_ >= 0) shutdown(connected_, SHUT_RDWR);
    }
    thread_.join();
    close(listener_);
  }

  // Of the conversations so far, once this many are over.
  std::vector<std::string> heard(std::size_t count) {
    std::unique_lock lock(mutex_);
    over_.wait_for(lock, std::chrono::seconds(10), [&] { return heard_.size() >= count; });
    return heard_;
  }
  int calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

  std::int64_t port = 0;

 private:
  void serve() {
    for (int socket = accept(listener_, nullptr, nullptr); socket >= 0;
         socket = accept(listener_, nullptr, nullptr)) {
      {
        const std::lock_guard lock(mutex_);
        ++calls_;
        connected_ = socket;
      }
      Line line(socket);
      std::string heard = talk_(line);
      const std::lock_guard lock(mutex_);
      heard_.push_back(std::move(heard));
      over_.notify_all();
      connected_ = -1;
      close(socket);
    }
  }

  Talk talk_;
  int listener_;
  std::mutex mutex_;
  std::condition_variable over_;
  std::vector<std::string> heard_;
  int calls_ = 0;
  int connected_ = -1;
  std::thread thread_;
};

// Hears one request and answers this.
Peer::Talk receiver(const std::string& answer) {
  return [answer](Line& line) {
    std::string heard = line.read_until("\r\n\r\n");
    const auto at = heard.find("Content-Length: ");
    std::size_t length = 0;
    if (at != std::string::npos) {
      std::from_chars(heard.data() + at + 16, heard.data() + heard.size(), length);
    }
    heard += line.read(length);
    line.write(answer);
    return heard;
  };
}

std::string silent(Line& line) { return line.read_until("never"); }

AllowList allowed(const std::string& text) {
  auto list = AllowList::parse(text);
  REQUIRE(list.has_value());
  return *std::move(list);
}

CurlSenderOptions open_options() {
  CurlSenderOptions options;
  options.allowed = allowed("127.0.0.1");
  options.timeout_seconds = 2;
  return options;
}

std::string url_of(const Peer& peer, const std::string& host = "127.0.0.1") {
  return "http://" + host + ":" + std::to_string(peer.port) + "/in?x=1";
}

Delivery post(CurlSender& sender, const std::string& url) {
  return sender.post({url, {"Content-Type: application/json", "X-Signature: s"}, R"({"a":1})"});
}

Delivery answered(const std::string& answer) {
  Peer peer(receiver(answer));
  CurlSender sender(open_options());
  const Delivery delivery = post(sender, url_of(peer));
  CHECK(peer.calls() == 1);
  return delivery;
}

void check(const Delivery& delivery, DeliveryOutcome outcome, const std::string& error) {
  CHECK(delivery.outcome == outcome);
  CHECK(delivery.error == error);
}

// A mail server that has these extensions, and this answer to the command that begins so.
Peer::Talk mail_server(const std::string& extensions = "", const std::string& command = "",
                       const std::string& answer = "") {
  return [=](Line& line) {
    std::string heard;
    line.write("220 mail.example ESMTP\r\n");
    while (true) {
      const std::string said = line.read_until("\r\n");
      if (said.empty()) return heard;
      heard += said;
      if (!command.empty() && said.starts_with(command)) {
        line.write(answer);
      } else if (said.starts_with("EHLO")) {
        line.write("250-mail.example\r\n" + extensions + "250 8BITMIME\r\n");
      } else if (said.starts_with("DATA")) {
        line.write("354 go on\r\n");
        heard += line.read_until("\r\n.\r\n");
        line.write("250 taken\r\n");
      } else if (said.starts_with("QUIT")) {
        line.write("221 bye\r\n");
        return heard;
      } else if (said.starts_with("AUTH")) {
        line.write("334 \r\n");
        heard += line.read_until("\r\n");
        line.write("235 hello\r\n");
      } else {
        line.write("250 good\r\n");
      }
    }
  };
}

CurlSenderOptions mail_options(const Peer& peer) {
  CurlSenderOptions options;
  options.timeout_seconds = 2;
  options.smtp = {.host = "127.0.0.1",
                  .port = peer.port,
                  .tls = SmtpTls::kNone,
                  .user = {},
                  .password = {},
                  .from = "zicht@example.nl"};
  return options;
}

app::Mail some_mail() {
  return {.to = "naam@voorbeeld.nl",
          .message_id = "1@zicht.example",
          .subject = "Zicht: er is een taak voor u",
          .text = "Er is een taak.\r\n",
          .date = *Instant::parse("2026-01-31T09:30:05Z")};
}

Delivery mailed(Peer::Talk talk, const std::function<void(CurlSenderOptions&)>& change = {}) {
  Peer peer(std::move(talk));
  CurlSenderOptions options = mail_options(peer);
  if (change) change(options);
  return CurlSender(options).mail(some_mail());
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("webhook: what the receiver answers decides what becomes of the message") {
  const std::string end = "Content-Length: 0\r\n\r\n";
  check(answered("HTTP/1.1 200 OK\r\n" + end), DeliveryOutcome::kSent, "");
  check(answered("HTTP/1.1 204 No Content\r\n\r\n"), DeliveryOutcome::kSent, "");
  check(answered("HTTP/1.1 400 Bad\r\n" + end), DeliveryOutcome::kRefused, "EX-0013");
  check(answered("HTTP/1.1 404 Not Found\r\n" + end), DeliveryOutcome::kRefused, "EX-0013");
  check(answered("HTTP/1.1 503 Busy\r\n" + end), DeliveryOutcome::kRefused, "EX-0013");
  check(answered("HTTP/1.1 410 Gone\r\n" + end), DeliveryOutcome::kRejected, "EX-0015");
  check(answered("HTTP/1.1 100 Continue\r\n\r\n"), DeliveryOutcome::kUnreachable, "EX-0011");
  check(answered(""), DeliveryOutcome::kUnreachable, "EX-0011");
  check(answered("220 this is no web server\r\n"), DeliveryOutcome::kUnreachable, "EX-0011");
}

TEST_CASE("webhook: the body arrives as it is, with the headers and no cookie of another try") {
  Peer peer(receiver("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"));
  CurlSender sender(open_options());
  check(post(sender, url_of(peer)), DeliveryOutcome::kSent, "");
  check(post(sender, url_of(peer)), DeliveryOutcome::kSent, "");
  const auto heard = peer.heard(2);
  REQUIRE(heard.size() == 2);
  CHECK(heard[1].starts_with("POST /in?x=1 HTTP/1.1\r\n"));
  CHECK(heard[1].find("X-Signature: s\r\n") != std::string::npos);
  CHECK(heard[1].find("Cookie") == std::string::npos);
  CHECK(heard[1].find("Expect") == std::string::npos);
  CHECK(heard[1].ends_with(R"({"a":1})"));
}

TEST_CASE("webhook: a redirect is told, never followed") {
  Peer other(receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  for (const char* status : {"301", "302", "303", "307", "308"}) {
    CAPTURE(status);
    check(answered("HTTP/1.1 " + std::string(status) + " Elsewhere\r\nLocation: " + url_of(other) +
                   "\r\nContent-Length: 0\r\n\r\n"),
          DeliveryOutcome::kRefused, "EX-0014");
  }
  CHECK(other.calls() == 0);
}

TEST_CASE("webhook: of a long answer no more than 64 KiB is read, and its status counts") {
  std::size_t written = 0;
  const auto flood = [&written](const std::string& head) {
    return [&written, head](Line& line) {
      std::string heard = receiver(head)(line);
      const std::string block(4096, 'x');
      written = 0;
      while (line.write(block) && written < (std::size_t{256} << 20)) written += block.size();
      return heard;
    };
  };
  for (const auto& [head, outcome] :
       {std::pair{"HTTP/1.1 200 OK\r\n\r\n", DeliveryOutcome::kSent},
        std::pair{"HTTP/1.1 500 No\r\n\r\n", DeliveryOutcome::kRefused}}) {
    {
      Peer peer(flood(head));
      CurlSender sender(open_options());
      CHECK(post(sender, url_of(peer)).outcome == outcome);
    }
    CHECK(written < (std::size_t{16} << 20));   // what the buffers of the sockets take
  }
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 3000; ++i) head += "X-Long: " + std::string(90, 'y') + "\r\n";
  CHECK(answered(head + "\r\n").outcome != DeliveryOutcome::kRejected);
}

TEST_CASE("webhook: a receiver that hangs or is not there costs no more than its time") {
  Peer peer(silent);
  CurlSender sender(open_options());
  Delivery delivery;
  const double seconds = seconds_of([&] { delivery = post(sender, url_of(peer)); });
  check(delivery, DeliveryOutcome::kUnreachable, "EX-0012");
  CHECK(seconds < 4);
  Peer stopping([&sender](Line& line) {
    sender.cancel();
    return silent(line);
  });
  CHECK(seconds_of([&] { delivery = post(sender, url_of(stopping)); }) < 1.9);
  CHECK(delivery.outcome == DeliveryOutcome::kUnreachable);
  std::int64_t port = 0;
  {
    const Peer gone(silent);
    port = gone.port;
  }
  CurlSender other(open_options());
  check(post(other, "http://127.0.0.1:" + std::to_string(port) + "/"),
        DeliveryOutcome::kUnreachable, "EX-0011");
  check(post(other, "http://nowhere.invalid/"), DeliveryOutcome::kUnreachable, "EX-0011");
}

TEST_CASE("webhook: an address inside is refused before a byte is sent, however it is written") {
  Peer peer(receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  const std::string port = std::to_string(peer.port);
  CurlSenderOptions options;
  options.timeout_seconds = 2;
  for (const char* name : {"receiver.example", "rebound.example"}) {
    options.resolved.push_back(std::string(name) + ":" + port + ":127.0.0.1");
    options.resolved.push_back(std::string(name) + ":443:127.0.0.1");
  }
  options.resolved.push_back("both.example:" + port + ":127.0.0.1,10.0.0.1");
  options.resolved.push_back("both.example:443:127.0.0.1,10.0.0.1");
  options.allowed = allowed("named.example, 10.1.2.0/24");
  CurlSender sender(options);
  for (const std::string host :
       {"127.0.0.1", "localhost", "receiver.example", "both.example", "2130706433", "0x7f000001",
        "0177.0.0.1", "127.1", "0", "0.0.0.0", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]",
        "[::]", "[64:ff9b::7f00:1]", "[fe80::1]", "10.0.0.1", "named.example.evil.invalid"}) {
    for (const std::string start : {"http://", "https://"}) {
      CAPTURE(host);
      const Delivery delivery = post(sender, start + host + ":" + port + "/");
      CHECK(delivery.outcome != DeliveryOutcome::kSent);
      CHECK((delivery.error == "EX-0010" || delivery.error == "EX-0011"));
    }
  }
  check(post(sender, "https://receiver.example/"), DeliveryOutcome::kRefused, "EX-0010");
  check(post(sender, "https://localhost/"), DeliveryOutcome::kRefused, "EX-0010");
  check(post(sender, "https://both.example/"), DeliveryOutcome::kRefused, "EX-0010");
  for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "x"}) {
    CAPTURE(url);
    CHECK(post(sender, url).outcome != DeliveryOutcome::kSent);
  }
  CHECK(peer.calls() == 0);
}

TEST_CASE("webhook: a host that the configuration names is called inside, at the checked address") {
  Peer peer(receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  const std::string port = std::to_string(peer.port);
  CurlSenderOptions options = open_options();
  options.allowed = allowed("zaken.example:" + port);
  options.resolved = {"zaken.example:" + port + ":127.0.0.1"};
  CurlSender sender(options);
  check(post(sender, url_of(peer, "zaken.example")), DeliveryOutcome::kSent, "");
  CHECK(peer.heard(1).at(0).find("Host: zaken.example:" + port) != std::string::npos);
  check(post(sender, url_of(peer, "127.0.0.1")), DeliveryOutcome::kRefused, "EX-0010");
  CHECK(peer.calls() == 1);
}

TEST_CASE("webhook: no proxy of the environment is used") {
  Peer proxy(receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  Peer peer(receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  const std::string address = "http://127.0.0.1:" + std::to_string(proxy.port);
  setenv("http_proxy", address.c_str(), 1);
  CurlSender sender(open_options());
  check(post(sender, url_of(peer)), DeliveryOutcome::kSent, "");
  unsetenv("http_proxy");
  CHECK(proxy.calls() == 0);
  CHECK(peer.calls() == 1);
}

TEST_CASE("mail: it arrives whole, once, at the address it is for") {
  Peer peer(mail_server());
  CHECK(CurlSender(mail_options(peer)).mail(some_mail()).outcome == DeliveryOutcome::kSent);
  const auto heard = peer.heard(1);
  REQUIRE(heard.size() == 1);
  for (const char* part :
       {"MAIL FROM:<zicht@example.nl>", "RCPT TO:<naam@voorbeeld.nl>",
        "Date: Sat, 31 Jan 2026 09:30:05 +0000\r\n", "Message-ID: <1@zicht.example>\r\n",
        "Subject: Zicht: er is een taak voor u\r\n", "Auto-Submitted: auto-generated\r\n",
        "\r\n\r\nEr is een taak.\r\n"}) {
    CAPTURE(part);
    CHECK(heard[0].find(part) != std::string::npos);
  }
  CHECK(heard[0].find("AUTH") == std::string::npos);
}

TEST_CASE("mail: what the server answers decides whether it is tried again") {
  check(mailed(mail_server("", "RCPT", "550 no such user\r\n")), DeliveryOutcome::kRejected,
        "EX-0018");
  check(mailed(mail_server("", "RCPT", "451 not now\r\n")), DeliveryOutcome::kRefused, "EX-0017");
  check(mailed(mail_server("", "MAIL", "421 too busy\r\n")), DeliveryOutcome::kRefused, "EX-0017");
  check(mailed(mail_server("", "DATA", "554 no\r\n")), DeliveryOutcome::kRejected, "EX-0018");
  const auto signs_in = [](CurlSenderOptions& options) {
    options.smtp.user = "zicht";
    options.smtp.password = "canary-word";
  };
  check(mailed(mail_server("250-AUTH PLAIN\r\n"), signs_in), DeliveryOutcome::kSent, "");
  check(mailed(mail_server("250-AUTH PLAIN\r\n", "AUTH", "535 wrong\r\n"), signs_in),
        DeliveryOutcome::kUnreachable, "EX-0020");
  check(CurlSender({}).mail(some_mail()), DeliveryOutcome::kUnreachable, "EX-0011");
}

TEST_CASE("mail: without the encryption that is asked for not even a name is told") {
  std::string heard;
  const auto talk = [&](Line& line) {
    heard = mail_server("250-AUTH PLAIN\r\n")(line);
    return heard;
  };
  check(mailed(talk,
               [](CurlSenderOptions& options) {
                 options.smtp.tls = SmtpTls::kRequired;
                 options.smtp.user = "zicht";
                 options.smtp.password = "canary-word";
               }),
        DeliveryOutcome::kUnreachable, "EX-0019");
  CHECK(heard.find("AUTH") == std::string::npos);
  CHECK(heard.find("RCPT") == std::string::npos);
  check(mailed(mail_server(),
               [](CurlSenderOptions& options) { options.smtp.tls = SmtpTls::kImplicit; }),
        DeliveryOutcome::kUnreachable, "EX-0016");
}

TEST_CASE("mail: a server that hangs at any moment costs no more than its time") {
  for (const char* command : {"EHLO", "MAIL", "RCPT", "DATA"}) {
    CAPTURE(command);
    Delivery delivery;
    const double seconds =
        seconds_of([&] { delivery = mailed(mail_server("", command, "")); });
    check(delivery, DeliveryOutcome::kUnreachable, "EX-0012");
    CHECK(seconds < 4);
  }
  Delivery delivery;
  CHECK(seconds_of([&] { delivery = mailed(silent); }) < 4);
  check(delivery, DeliveryOutcome::kUnreachable, "EX-0012");
}

}  // namespace zicht::exchange
