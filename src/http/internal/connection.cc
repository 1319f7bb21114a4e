#include "http/internal/connection.h"

#include <algorithm>
#include <cstring>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "base/error_catalogue.h"
#include "http/internal/response_head.h"
#include "http/problem.h"

namespace zicht::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr std::size_t kFirstBuffer = 4 * 1024;
constexpr std::size_t kBodyBuffer = 32 * 1024;
// Bodies up to here are copied behind the head, so that one write sends both.
constexpr std::size_t kJoinedBody = 16 * 1024;
// What is read and thrown away after a last answer, so that a client which is still sending gets
// to read it: closing with bytes unread would make the kernel throw the answer away.
constexpr std::uint64_t kMostDiscarded = 16 * 1024 * 1024;
constexpr std::size_t kKeptCapacity = 64 * 1024;

struct Refusal {
  std::string_view error_id;
  int status;
};

Refusal refusal_of(ParseFault fault) {
  switch (fault) {
    case ParseFault::kMalformed: return {"HT-0003", 400};
    case ParseFault::kBadTarget: return {"HT-0004", 400};
    case ParseFault::kHeaderTooLarge: return {"HT-0005", 431};
    case ParseFault::kBodyTooLarge: return {"HT-0006", 413};
    case ParseFault::kUnknownCoding: return {"HT-0009", 501};
    case ParseFault::kBadVersion: return {"HT-0010", 505};
    case ParseFault::kBadExpectation: return {"HT-0011", 417};
  }
  return {"HT-0003", 400};
}

SteadyTime now() { return std::chrono::steady_clock::now(); }

std::uint64_t microseconds_since(SteadyTime start, SteadyTime end) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(end - start).count());
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

Connection::Connection(Loop& loop, tcp::socket socket, std::string peer,
                       const TlsIdentityPtr& identity)
    : loop_(loop),
      shared_(loop.state()),
      transport_(std::move(socket), identity),
      hold_(loop.io()),
      buffer_(kFirstBuffer),
      parser_(request_, shared_.options.header_limit) {
  request_.peer = std::move(peer);
  peer_ = parse_address(request_.peer).value_or(NetAddress{});
}

Connection::~Connection() = default;

void Connection::start() {
  expect_within(shared_.options.timeouts.header);
  read_more();
}

void Connection::expect_within(std::chrono::milliseconds time) { deadline_ = now() + time; }

void Connection::expect_pace(SteadyTime since, std::chrono::milliseconds allowance,
                             std::uint64_t bytes) {
  // Both a pace over the whole and a sign of life: what went fast at first is no credit for a
  // stop later.
  const SteadyTime by_pace =
      since + allowance + std::chrono::milliseconds(bytes * 1000 / shared_.options.min_rate);
  deadline_ = std::min(by_pace, now() + allowance);
}

// ---------------------------------------------------------------- reading

void Connection::process() {
  while (state_ == State::kReading) {
    if (unread().empty()) return read_more();
    if (!has_begun_) {
      has_begun_ = true;
      loop_.next_request_id(request_.request_id);
      expect_within(shared_.options.timeouts.header);
    }
    std::size_t used = 0;
    const RequestParser::Step step = parser_.step(unread(), used);
    begin_ += used;
    switch (step) {
      case RequestParser::Step::kNeedMore: return read_more();
      case RequestParser::Step::kHeaderDone:
        if (!begin_body()) return;
        break;
      case RequestParser::Step::kDone: handle(); break;
      case RequestParser::Step::kFailed: refuse(parser_.fault()); break;
    }
  }
}

void Connection::read_more() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (begin_ > 0 && end_ == buffer_.size()) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) {
    // Only a head or the line before a chunk has to fit as a whole.
    if (buffer_.size() >= 2 * shared_.options.header_limit) {
      return refuse(ParseFault::kHeaderTooLarge);
    }
    buffer_.resize(buffer_.size() * 2);
  }
  transport_.read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_),
                       [self = shared_from_this()](error_code ec, std::size_t bytes) {
                         if (self->state_ != State::kReading) return;
                         if (ec) return self->close();
                         self->on_read(bytes);
                       });
}

void Connection::on_read(std::size_t bytes) {
  end_ += bytes;
  if (is_reading_body_) {
    moved_ += bytes;
    expect_pace(moment_, shared_.options.timeouts.body, moved_);
  }
  process();
}

// The header of a request with a body is there: decide before a byte of the body is kept. False
// when the request has been answered already.
bool Connection::begin_body() {
  match_ = shared_.router.find(request_);
  if (match_->route == nullptr) {
    Response response = no_route(*match_);
    response.close = true;  // the body stays unread
    respond(std::move(response));
    return false;
  }
  if (!is_within_rate(true)) return false;
  const std::size_t limit = match_->route->options.body_limit;
  if (parser_.content_length().value_or(0) > limit) {
    refuse(ParseFault::kBodyTooLarge);
    return false;
  }
  parser_.set_body_limit(limit);
  is_reading_body_ = true;
  moment_ = now();
  moved_ = 0;
  expect_pace(moment_, shared_.options.timeouts.body, 0);
  if (buffer_.size() < kBodyBuffer) buffer_.resize(kBodyBuffer);
  if (parser_.expects_continue() && unread().empty()) send_continue();
  return state_ == State::kReading;
}

// Who asks too often is answered at once, before a body is read or a worker taken.
bool Connection::is_within_rate(bool is_body_unread) {
  const std::int64_t wait = shared_.seconds_to_wait(*match_->route, request_, peer_);
  is_admitted_ = wait == 0;
  if (is_admitted_) return true;
  Response response = problem_response(make_error("HT-0031"), request_);
  response.with("Retry-After", std::to_string(wait));
  response.close = is_body_unread;
  respond(std::move(response));
  return false;
}

void Connection::send_continue() {
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  error_code ec;
  // Everything before has been written, so the kernel has room for these few bytes.
  const std::size_t sent = transport_.write_some(kContinue, {}, ec);
  if (ec || sent != kContinue.size()) close();
}

void Connection::refuse(ParseFault fault) {
  const Refusal refusal = refusal_of(fault);
  refuse_with(refusal.error_id, refusal.status);
}

// The rest of what the client sends cannot be trusted to be a request: answer and end.
void Connection::refuse_with(std::string_view error_id, int status) {
  if (!is_reading_body_) moment_ = now();
  Response response = problem_response(make_error(error_id), request_, status);
  response.close = true;
  respond(std::move(response));
}

// ---------------------------------------------------------------- answering

void Connection::handle() {
  moment_ = now();
  deadline_ = SteadyTime::max();
  if (!match_) match_ = shared_.router.find(request_);
  if (match_->route == nullptr) return respond(no_route(*match_));
  if (!is_admitted_ && !is_within_rate(false)) return;
  state_ = State::kHandling;
  dispatch(*match_->route);
}

void Connection::dispatch(const Route& route) {
  if (route.options.on_io_thread) return respond_in_time(shared_.run(route, request_));
  WorkerPool& pool = shared_.pool_of(route.options.workers);
  const bool is_queued = pool.submit([self = shared_from_this(), &route] {
    // Shared, because std::function copies; the one copy is moved from.
    auto response = std::make_shared<Response>(self->shared_.run(route, self->request_));
    self->shared_.hold(route, self->request_, *response, leave_for(self, response));
  });
  if (is_queued) return;
  shared_.full_queue.add();
  respond(problem_response(make_error("HT-0012"), request_, 503).with("Retry-After", "1"));
}

// Hands the answer to the connection's thread, and keeps nothing of either once it is called.
Response::Leave Connection::leave_for(std::shared_ptr<Connection> connection,
                                      std::shared_ptr<Response> response) {
  return [connection = std::move(connection),
          response = std::move(response)](std::shared_ptr<Response> instead) mutable {
    if (instead) {
      instead->not_before = std::max(instead->not_before, response->not_before);
      response = std::move(instead);
    }
    asio::io_context& io = connection->loop_.io();
    asio::post(io, [self = std::move(connection), response = std::move(response)] {
      if (self->state_ != State::kHandling) return;
      self->respond_in_time(std::move(*response));
      self->resume();
    });
  };
}

// An answer that may not leave yet waits here, where it costs no thread.
void Connection::respond_in_time(Response response) {
  if (response.not_before <= now()) return respond(std::move(response));
  hold_.expires_at(response.not_before);
  auto held = std::make_shared<Response>(std::move(response));
  hold_.async_wait([self = shared_from_this(), held](error_code) {
    if (self->state_ != State::kHandling) return;
    self->respond(std::move(*held));
    self->resume();
  });
}

Response Connection::no_route(const Router::Match& match) {
  if (match.allow.empty()) return problem_response(make_error("HT-0007"), request_, 404);
  if (request_.method == Method::kOptions) return empty_response(204).with("Allow", match.allow);
  return problem_response(make_error("HT-0013", {{"allow", match.allow}}), request_, 405)
      .with("Allow", match.allow);
}

void Connection::respond(Response response) {
  const auto max_streams = static_cast<std::int64_t>(shared_.options.max_event_streams);
  if (std::holds_alternative<EventStreamBody>(response.body) &&
      shared_.event_streams.value() >= max_streams) {
    response = problem_response(make_error("HT-0012"), request_, 503).with("Retry-After", "30");
  }
  const SteadyTime end = now();
  const Route* route = match_ ? match_->route : nullptr;
  shared_.account_for(route, request_, response, microseconds_since(moment_, end));
  keep_alive_ = !response.close && parser_.keep_alive() && !parser_.is_http_1_0() &&
                !shared_.is_stopping.load(std::memory_order_relaxed);
  state_ = State::kWriting;
  moment_ = end;
  moved_ = 0;
  write_answer(response);
}

void Connection::write_answer(Response& response) {
  const bool is_head = request_.method == Method::kHead;
  head_.clear();
  HeadContext context{.date = loop_.date(),
                      .request = &request_,
                      .security = &shared_.security,
                      .keep_alive = keep_alive_,
                      .framing = NoBody{}};
  if (auto* text = std::get_if<std::string>(&response.body)) {
    if (!has_no_body(response.status)) context.framing = KnownLength{text->size()};
    append_head(head_, response, context);
    if (is_head) return queue_body({});
    if (text->size() <= kJoinedBody) {
      head_.append(*text);
      return queue_body({});
    }
    body_ = std::move(*text);
    return queue_body(body_);
  }
  if (auto* shared = std::get_if<SharedText>(&response.body)) {
    if (!has_no_body(response.status)) context.framing = KnownLength{(*shared)->size()};
    append_head(head_, response, context);
    if (is_head) return queue_body({});
    shared_body_ = std::move(*shared);
    return queue_body(*shared_body_);
  }
  if (auto* download = std::get_if<StreamBody>(&response.body)) {
    is_chunked_ = !parser_.is_http_1_0();
    if (is_chunked_) context.framing = Chunked{};
    append_head(head_, response, context);
    if (!is_head) {
      state_ = State::kDownloading;
      download_ = std::move(*download);
    }
    return queue_body({});
  }
  begin_events(std::get<EventStreamBody>(response.body), response, context);
}

void Connection::queue_body(std::string_view body) {
  pending_ = {std::string_view(head_), body};
  flush();
}

// ---------------------------------------------------------------- downloads

void Connection::request_piece() {
  deadline_ = SteadyTime::max();
  const bool is_queued = shared_.pool.submit_continuation([self = shared_from_this()] {
    auto piece = std::make_shared<std::string>();
    const PieceOutcome outcome = self->shared_.run_piece(*self->match_->route, self->request_,
                                                         *self->download_, *piece);
    asio::post(self->loop_.io(), [self, piece, outcome] {
      if (self->state_ != State::kDownloading) return;
      self->on_piece(std::move(*piece), outcome);
      self->resume();
    });
  });
  if (!is_queued) close();
}

void Connection::on_piece(std::string piece, PieceOutcome outcome) {
  // Ending without the last chunk tells the client that the download is not whole.
  if (outcome == PieceOutcome::kBroken) return close();
  head_.clear();
  body_ = std::move(piece);
  if (is_chunked_ && !body_.empty()) {
    fmt::format_to(std::back_inserter(head_), "{:x}\r\n", body_.size());
    body_.append("\r\n");
  }
  if (outcome == PieceOutcome::kLast) {
    download_.reset();
    if (is_chunked_) body_.append("0\r\n\r\n");
  }
  moment_ = now();
  moved_ = 0;
  queue_body(body_);
}

// ---------------------------------------------------------------- events

void Connection::begin_events(EventStreamBody& events, const Response& response,
                              HeadContext& context) {
  context.keep_alive = keep_alive_ = false;  // the stream ends with the connection
  context.framing = UntilClose{};
  append_head(head_, response, context);
  if (request_.method == Method::kHead) return queue_body({});
  head_.append("retry: 3000\n\n");
  state_ = State::kListening;
  deadline_ = SteadyTime::max();
  last_sign_ = now();
  stream_end_ = last_sign_ + shared_.options.timeouts.event_stream;
  shared_.event_streams.add(1);
  const auto wake = [weak = weak_from_this(), &io = loop_.io()] {
    asio::post(io, [weak] {
      if (const auto self = weak.lock()) self->send_events();
    });
  };
  // Before the head goes: who sees the stream begin misses nothing from then on.
  subscription_ = events.hub->subscribe(std::move(events.filter), events.last_event_id, wake,
                                        std::move(events.is_over));
  queue_body({});
  if (state_ != State::kListening) return;
  watch_for_hangup();
}

void Connection::send_events() {
  while (state_ == State::kListening && !is_flushing_ && subscription_) {
    head_.clear();
    if (!subscription_->take(head_)) return close();
    if (head_.empty()) return;
    last_sign_ = now();
    queue_body({});
  }
}

// A listening browser sends nothing more; reading is how its leaving is noticed.
void Connection::watch_for_hangup() {
  transport_.read_some(asio::buffer(buffer_),
                       [self = shared_from_this()](error_code ec, std::size_t) {
                         if (self->state_ != State::kListening) return;
                         if (ec) return self->close();
                         self->watch_for_hangup();
                       });
}

// ---------------------------------------------------------------- writing

void Connection::flush() {
  is_flushing_ = true;
  while (!pending_[0].empty() || !pending_[1].empty()) {
    error_code ec;
    std::size_t sent = transport_.write_some(pending_[0], pending_[1], ec);
    if (ec == asio::error::would_block) return flush_later();
    if (ec) return close();
    moved_ += sent;
    for (std::string_view& piece : pending_) {
      const std::size_t of_this = std::min(sent, piece.size());
      piece.remove_prefix(of_this);
      sent -= of_this;
    }
  }
  is_flushing_ = false;
  on_flushed();
}

void Connection::flush_later() {
  if (state_ == State::kListening) moment_ = last_sign_;
  expect_pace(moment_, shared_.options.timeouts.write, moved_);
  transport_.wait_to_write([self = shared_from_this()](error_code ec) {
    if (self->state_ == State::kClosed) return;
    if (ec) return self->close();
    self->flush();
    self->resume();
  });
}

void Connection::on_flushed() {
  if (state_ == State::kWriting) return finish_answer();
  if (state_ == State::kListening) {
    deadline_ = SteadyTime::max();
    moved_ = 0;
    return;
  }
  if (state_ == State::kDownloading) {
    if (download_) return request_piece();
    finish_answer();
  }
}

// After work that came from elsewhere: go on with what waits.
void Connection::resume() {
  process();
  send_events();
}

void Connection::finish_answer() {
  if (!keep_alive_) return begin_linger();
  if (head_.capacity() > kKeptCapacity) head_.shrink_to_fit();
  body_ = {};
  shared_body_.reset();
  match_.reset();
  is_admitted_ = false;
  parser_.reset();
  has_begun_ = false;
  is_reading_body_ = false;
  state_ = State::kReading;
  expect_within(shared_.options.timeouts.idle);
}

void Connection::begin_linger() {
  state_ = State::kLingering;
  expect_within(shared_.options.timeouts.linger);
  error_code ec;
  transport_.end_sending(ec);
  if (ec) return close();
  discard_more();
}

void Connection::discard_more() {
  transport_.read_some(asio::buffer(buffer_),
                       [self = shared_from_this()](error_code ec, std::size_t bytes) {
                         if (self->state_ != State::kLingering) return;
                         self->discarded_ += bytes;
                         if (ec || self->discarded_ > kMostDiscarded) return self->close();
                         self->discard_more();
                       });
}

// ---------------------------------------------------------------- ends

void Connection::on_tick(SteadyTime moment) {
  if (state_ == State::kListening && moment >= stream_end_) return close();
  if (state_ == State::kListening && !is_flushing_ &&
      moment - last_sign_ >= shared_.options.timeouts.heartbeat) {
    head_.assign(":\n\n");
    last_sign_ = moment;
    queue_body({});
  }
  if (moment < deadline_) return;
  if (state_ == State::kReading && !has_begun_) return close();
  if (state_ == State::kLingering) return close();
  shared_.timeouts.add();
  if (state_ == State::kReading) return refuse_with("HT-0008", 408);
  close();
}

void Connection::begin_stop() {
  if (state_ == State::kListening || (state_ == State::kReading && !has_begun_)) close();
}

void Connection::close() {
  if (state_ == State::kClosed) return;
  if (state_ == State::kListening) shared_.event_streams.add(-1);
  if (transport_.is_shaking_hands()) shared_.failed_handshakes.add();
  // An idle client is told that this is the end, not a cut; what was broken off is not.
  error_code ec;
  if (state_ == State::kReading && !has_begun_) transport_.end_sending(ec);
  state_ = State::kClosed;
  subscription_.reset();
  hold_.cancel();
  transport_.close();
  loop_.forget(*this);
}

}  // namespace zicht::http
