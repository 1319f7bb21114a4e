// One io thread: its event loop, its listening socket and the connections that it serves.
//
// Everything but run, begin_stop and cut_off is called on the loop's own thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/internal/server_state.h"

namespace zicht::http {

using SteadyTime = std::chrono::steady_clock::time_point;

class Connection;

class Loop {
 public:
  explicit Loop(ServerState& state);
  ~Loop();

  // Whether somebody else listens there already. With SO_REUSEPORT the kernel would let two
  // servers of the same user share a port without a word. Empty when free, else the reason.
  std::string probe(const boost::asio::ip::tcp::endpoint& endpoint);

  // Opens the listening socket; `endpoint` gets the port that was chosen. Returns the system's
  // reason on failure, empty when all went well. Call before run.
  std::string listen(boost::asio::ip::tcp::endpoint& endpoint);

  // Serves until stopped. Call on the thread of the loop.
  void run();

  // From any thread: stop accepting, let connections end.
  void begin_stop();
  // From any thread: close every connection now.
  void cut_off();
  // From any thread: run() returns.
  void finish();

  ServerState& state() { return state_; }
  boost::asio::io_context& io() { return io_; }
  // The current second as text for the Date header.
  const std::string& date() const { return date_; }
  // Fills a fresh 32-digit id: random prefix of the loop, then a counter.
  void next_request_id(std::string& id);

  // The connection is done; it lives on only as long as somebody holds it.
  void forget(Connection& connection);
  std::size_t connection_count() const { return count_.load(); }

 private:
  void accept();
  void admit(boost::asio::ip::tcp::socket socket);
  void tick();
  void update_date();

  ServerState& state_;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer timer_;
  std::chrono::milliseconds tick_every_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::atomic<std::size_t> count_{0};
  std::string date_;
  std::int64_t date_second_ = -1;
  std::string id_prefix_;
  std::uint64_t id_counter_ = 0;
};

}  // namespace zicht::http
