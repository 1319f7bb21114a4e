#include "http/internal/loop.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/hash.h"
#include "base/rng.h"
#include "http/internal/connection.h"
#include "http/internal/response_head.h"

namespace zicht::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

// Several threads listen on one port; the kernel spreads new connections over them.
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr int kBacklog = 1024;

constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n"
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";

// Often enough to notice the shortest timeout, seldom enough to cost nothing.
std::chrono::milliseconds tick_interval(const ServerTimeouts& timeouts) {
  const auto shortest = std::min({timeouts.header, timeouts.body, timeouts.write, timeouts.idle,
                                  timeouts.linger, timeouts.heartbeat});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
}

}  // namespace

Loop::Loop(ServerState& state)
    : state_(state),
      io_(1),
      acceptor_(io_),
      timer_(io_),
      tick_every_(tick_interval(state.options.timeouts)) {
  std::array<std::byte, 8> prefix{};
  SystemRng().fill(prefix);
  id_prefix_ = to_hex(prefix);
  update_date();
}

Loop::~Loop() = default;

std::string Loop::probe(const tcp::endpoint& endpoint) {
  error_code ec;
  tcp::acceptor trial(io_);
  trial.open(endpoint.protocol(), ec);
  if (!ec) trial.set_option(asio::socket_base::reuse_address(true), ec);
  if (!ec) trial.bind(endpoint, ec);
  return ec ? ec.message() : std::string();
}

std::string Loop::listen(tcp::endpoint& endpoint) {
  error_code ec;
  const auto step = [&ec](auto&& action) {
    if (!ec) action();
  };
  step([&] { acceptor_.open(endpoint.protocol(), ec); });
  step([&] { acceptor_.set_option(asio::socket_base::reuse_address(true), ec); });
  step([&] { acceptor_.set_option(ReusePort(true), ec); });
  step([&] { acceptor_.bind(endpoint, ec); });
  step([&] { acceptor_.listen(kBacklog, ec); });
  step([&] { endpoint = acceptor_.local_endpoint(ec); });
  return ec ? ec.message() : std::string();
}

void Loop::run() {
  accept();
  tick();
  io_.run();
}

void Loop::accept() {
  acceptor_.async_accept([this](error_code ec, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (!ec) {
      admit(std::move(socket));
    } else if (ec != asio::error::connection_aborted) {
      // Out of file descriptors, most likely: wait for connections to end instead of spinning.
      timer_.expires_after(tick_every_);
      timer_.async_wait([this](error_code stopped) {
        if (stopped) return;
        accept();
        tick();
      });
      return;
    }
    accept();
  });
}

void Loop::admit(tcp::socket socket) {
  error_code ec;
  const auto limit = static_cast<std::int64_t>(state_.options.max_connections);
  if (state_.open_connections.value() >= limit) {
    state_.refused_connections.add();
    socket.non_blocking(true, ec);
    // Over TLS an answer would cost the handshake that there is no room for.
    if (!state_.identity()) socket.write_some(asio::buffer(kTooManyConnections), ec);
    socket.shutdown(tcp::socket::shutdown_both, ec);
    return;
  }
  const tcp::endpoint peer = socket.remote_endpoint(ec);
  if (ec) return;  // gone already
  socket.set_option(tcp::no_delay(true), ec);
  socket.non_blocking(true, ec);
  auto connection = std::make_shared<Connection>(*this, std::move(socket),
                                                 peer.address().to_string(), state_.identity());
  connection->slot = connections_.size();
  connections_.push_back(connection);
  count_.store(connections_.size());
  state_.open_connections.add(1);
  connection->start();
}

void Loop::forget(Connection& connection) {
  const std::size_t slot = connection.slot;
  std::swap(connections_[slot], connections_.back());
  connections_[slot]->slot = slot;
  connections_.pop_back();
  state_.open_connections.add(-1);
  {
    const std::lock_guard lock(state_.ending);
    count_.store(connections_.size());
  }
  if (state_.is_stopping) state_.ended.notify_all();
}

void Loop::tick() {
  update_date();
  const SteadyTime now = std::chrono::steady_clock::now();
  // Backwards, because a connection that ends gives its slot to the last one.
  for (std::size_t i = connections_.size(); i > 0; --i) {
    if (i <= connections_.size()) {
      const std::shared_ptr<Connection> held = connections_[i - 1];
      held->on_tick(now);
    }
  }
  timer_.expires_after(tick_every_);
  timer_.async_wait([this](error_code stopped) {
    if (!stopped) tick();
  });
}

void Loop::update_date() {
  const std::int64_t second = std::time(nullptr);
  if (second == date_second_) return;
  date_second_ = second;
  date_ = http_date(second);
}

void Loop::next_request_id(std::string& id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  id.assign(id_prefix_);
  ++id_counter_;
  for (int shift = 60; shift >= 0; shift -= 4) {
    id.push_back(kDigits[(id_counter_ >> shift) & 0xF]);
  }
}

void Loop::begin_stop() {
  asio::post(io_, [this] {
    error_code ec;
    acceptor_.close(ec);
    const auto all = connections_;
    for (const auto& connection : all) connection->begin_stop();
  });
}

void Loop::cut_off() {
  asio::post(io_, [this] {
    const auto all = connections_;
    for (const auto& connection : all) connection->close();
  });
}

void Loop::finish() { io_.stop(); }

}  // namespace zicht::http
