// One client: reads requests one after another, has them answered, writes the answers in order.
//
// A state machine on its loop's thread; only the handler of a request runs elsewhere, and while it
// does, or its answer is held (Response::hold), the connection touches neither the request nor the
// socket. Pipelined requests wait in the buffer until the answer before them has been written.
//
//   kReading -> kHandling -> kWriting -> kReading …
//                              |-> kDownloading (StreamBody)      -> kReading …
//                              |-> kListening (EventStreamBody)   -> kClosed
//                              '-> kLingering (last answer given) -> kClosed
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "http/event_hub.h"
#include "http/internal/loop.h"
#include "http/internal/request_parser.h"
#include "http/internal/response_head.h"
#include "http/internal/transport.h"

namespace zicht::http {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, boost::asio::ip::tcp::socket socket, std::string peer,
             const TlsIdentityPtr& identity);
  ~Connection();

  void start();
  // Called several times a second: ends what takes too long, keeps event streams alive.
  void on_tick(SteadyTime now);
  // The server stops: end when idle or listening, else after the answer in progress.
  void begin_stop();
  // Ends at once, whatever happens.
  void close();

  // Place in the loop's list, kept by the loop.
  std::size_t slot = 0;

 private:
  enum class State : std::uint8_t {
    kReading, kHandling, kWriting, kDownloading, kListening, kLingering, kClosed
  };

  // Reading.
  void process();
  void read_more();
  void on_read(std::size_t bytes);
  bool begin_body();
  bool is_within_rate(bool is_body_unread);
  void refuse(ParseFault fault);
  void send_continue();

  // Answering.
  void handle();
  void dispatch(const Route& route);
  static Response::Leave leave_for(std::shared_ptr<Connection> connection,
                                   std::shared_ptr<Response> response);
  Response no_route(const Router::Match& match);
  void refuse_with(std::string_view error_id, int status);
  void respond(Response response);
  void respond_in_time(Response response);
  void write_answer(Response& response);
  void request_piece();
  void on_piece(std::string piece, PieceOutcome outcome);
  void begin_events(EventStreamBody& events, const Response& response, HeadContext& context);
  void send_events();
  void watch_for_hangup();

  // Writing. head_ and `body` are sent as they stand; both stay untouched until on_flushed.
  void queue_body(std::string_view body);
  void flush();
  void flush_later();
  void on_flushed();
  void resume();
  void finish_answer();
  void begin_linger();
  void discard_more();

  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void expect_within(std::chrono::milliseconds time);
  // The deadline of a transfer that began at `since` and moved `bytes` so far.
  void expect_pace(SteadyTime since, std::chrono::milliseconds allowance, std::uint64_t bytes);

  Loop& loop_;
  ServerState& shared_;
  Transport transport_;
  State state_ = State::kReading;
  SteadyTime deadline_ = SteadyTime::max();
  boost::asio::steady_timer hold_;  // runs while an answer may not leave yet

  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  Request request_;
  RequestParser parser_;
  NetAddress peer_;
  std::optional<Router::Match> match_;
  bool is_admitted_ = false;       // within the rates of whoever asks
  bool has_begun_ = false;         // the first byte of a request has come
  bool is_reading_body_ = false;
  SteadyTime moment_;              // when the header was complete, later when writing began
  std::uint64_t moved_ = 0;        // bytes of body read, later bytes written

  std::string head_;               // and short bodies with it
  std::string body_;               // long bodies, or
  SharedText shared_body_;         // long bodies that others share
  std::array<std::string_view, 2> pending_;
  bool keep_alive_ = false;
  bool is_chunked_ = false;
  std::optional<StreamBody> download_;
  std::shared_ptr<EventSubscription> subscription_;
  bool is_flushing_ = false;
  SteadyTime last_sign_;           // of life on an event stream
  SteadyTime stream_end_;          // when an event stream has lasted long enough
  std::uint64_t discarded_ = 0;
};

}  // namespace zicht::http
