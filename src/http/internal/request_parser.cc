#include "http/internal/request_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "base/check.h"
#include "http/target.h"

namespace zicht::http {

namespace beast = boost::beast;
using beast::error_code;
using BeastField = beast::http::field;
using BeastText = beast::string_view;

namespace {

// "0", line end, line end: what an unfinished chunked body lacks at least. Beast 1.81 stops the
// program when it is given the last chunk in pieces of fewer bytes (basic_parser.ipp, "n >= 5").
constexpr std::size_t kShortestChunkedRest = 5;

std::string_view to_std(BeastText text) { return {text.data(), text.size()}; }

bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// version 00 of the W3C trace context: 00-<32 hex>-<16 hex>-<2 hex>, ids not all zero.
bool is_traceparent(std::string_view value) {
  if (value.size() != 55 || !value.starts_with("00-") || value[35] != '-' || value[52] != '-') {
    return false;
  }
  const std::string_view trace = value.substr(3, 32);
  const std::string_view span = value.substr(36, 16);
  return is_lower_hex(trace) && is_lower_hex(span) && is_lower_hex(value.substr(53)) &&
         trace.find_first_not_of('0') != std::string_view::npos &&
         span.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

// The virtual hooks of Beast's parser, filling a Request.
class RequestParser::Grammar final : public beast::http::basic_parser<true> {
 public:
  Grammar(Request& request, std::size_t header_limit_bytes) : request_(request) {
    header_limit(static_cast<std::uint32_t>(header_limit_bytes));
    body_limit(boost::none);
  }

  std::optional<ParseFault> own_fault;
  bool is_http_1_0 = false;
  bool expects_continue = false;
  bool header_reported = false;
  std::size_t header_bytes = 0;
  std::size_t limit = SIZE_MAX;

 private:
  // Any error code ends the parse; own_fault says what it means.
  void refuse(ParseFault fault, error_code& ec) {
    own_fault = fault;
    ec = beast::http::error::bad_field;
  }

  void on_request_impl(beast::http::verb, BeastText method, BeastText target, int version,
                       error_code& ec) override {
    request_.method = method_from(to_std(method));
    is_http_1_0 = version == 10;
    if (http::parse_target(to_std(target), request_)) refuse(ParseFault::kBadTarget, ec);
  }

  void on_field_impl(BeastField field, BeastText name, BeastText text, error_code& ec) override {
    if (is_header_done()) return;  // a trailer: nothing of it is used
    const std::string_view value = to_std(text);
    request_.headers.add(to_std(name), value);
    switch (field) {
      case BeastField::transfer_encoding:
        if (!equals_ignoring_case(value, "chunked") || is_http_1_0) {
          refuse(ParseFault::kUnknownCoding, ec);
        }
        break;
      case BeastField::expect:
        if (!equals_ignoring_case(value, "100-continue")) {
          refuse(ParseFault::kBadExpectation, ec);
        }
        expects_continue = !is_http_1_0;
        break;
      case BeastField::accept_language:
        request_.language = negotiate_language(value);
        break;
      case BeastField::host:
        if (++hosts_ > 1) refuse(ParseFault::kMalformed, ec);
        break;
      default:
        break;
    }
  }

  void on_header_impl(error_code& ec) override {
    if (hosts_ == 0 && !is_http_1_0) return refuse(ParseFault::kMalformed, ec);
    const auto trace = request_.headers.find("traceparent");
    if (trace && is_traceparent(*trace)) request_.traceparent.assign(*trace);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& ec) override {
    if (!length) return;
    if (*length > limit) return refuse(ParseFault::kBodyTooLarge, ec);
    request_.body.reserve(static_cast<std::size_t>(*length));
  }

  std::size_t take(BeastText bytes, error_code& ec) {
    if (bytes.size() > limit - request_.body.size()) {
      refuse(ParseFault::kBodyTooLarge, ec);
      return 0;
    }
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  std::size_t on_body_impl(BeastText bytes, error_code& ec) override { return take(bytes, ec); }

  void on_chunk_header_impl(std::uint64_t, BeastText, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, BeastText bytes, error_code& ec) override {
    return take(bytes, ec);
  }

  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, BeastText, int, error_code&) override {}

  Request& request_;
  int hosts_ = 0;
};

RequestParser::RequestParser(Request& request, std::size_t header_limit_bytes)
    : grammar_(std::make_unique<Grammar>(request, header_limit_bytes)),
      request_(request),
      header_limit_bytes_(header_limit_bytes) {}

RequestParser::~RequestParser() = default;

void RequestParser::reset() {
  request_.clear();
  // Beast's parser serves one message; a new one takes its place without a new allocation.
  std::destroy_at(grammar_.get());
  std::construct_at(grammar_.get(), request_, header_limit_bytes_);
}

void RequestParser::set_body_limit(std::size_t bytes) { grammar_->limit = bytes; }

bool RequestParser::is_awaiting_chunk() const {
  return grammar_->is_header_done() && grammar_->chunked() && !grammar_->is_done();
}

RequestParser::Step RequestParser::step(std::string_view bytes, std::size_t& used) {
  used = 0;
  error_code ec;
  while (true) {
    if (is_awaiting_chunk() && bytes.size() - used < kShortestChunkedRest) return Step::kNeedMore;
    const bool is_header = !grammar_->is_header_done();
    const std::size_t taken = grammar_->put({bytes.data() + used, bytes.size() - used}, ec);
    used += taken;
    // Beast allows the first line and the fields as much each, where they come at once.
    if (is_header && (grammar_->header_bytes += taken) > header_limit_bytes_) {
      grammar_->own_fault = ParseFault::kHeaderTooLarge;
      return Step::kFailed;
    }
    if (ec == beast::http::error::need_more) return Step::kNeedMore;
    if (ec) {
      if (!grammar_->own_fault) {
        grammar_->own_fault = ec == beast::http::error::header_limit ? ParseFault::kHeaderTooLarge
                              : ec == beast::http::error::bad_version ? ParseFault::kBadVersion
                                                                      : ParseFault::kMalformed;
      }
      return Step::kFailed;
    }
    if (grammar_->is_done()) return Step::kDone;
    if (grammar_->is_header_done() && !grammar_->header_reported) {
      grammar_->header_reported = true;
      return Step::kHeaderDone;
    }
    if (used == bytes.size()) return Step::kNeedMore;
  }
}

ParseFault RequestParser::fault() const {
  ZICHT_CHECK(grammar_->own_fault.has_value(), "asked for a fault after a failed step only");
  return *grammar_->own_fault;
}

bool RequestParser::keep_alive() const { return grammar_->keep_alive(); }
bool RequestParser::expects_continue() const { return grammar_->expects_continue; }
bool RequestParser::is_http_1_0() const { return grammar_->is_http_1_0; }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = grammar_->content_length();
  if (!length) return std::nullopt;
  return *length;
}

bool RequestParser::is_midway() const { return grammar_->got_some() && !grammar_->is_done(); }

}  // namespace zicht::http
