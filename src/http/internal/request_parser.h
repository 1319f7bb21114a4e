// Turns received bytes into a Request, step by step, and refuses what is not clean HTTP/1.x.
//
// The grammar is Beast's; on top of it stand the rules that keep two readers of the same bytes
// from disagreeing (request smuggling): one Host, no Transfer-Encoding but `chunked`, never
// together with Content-Length, no header in trailers.
//
// Not thread-safe; one per connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "http/message.h"

namespace zicht::http {

enum class ParseFault : std::uint8_t {
  kMalformed,        // not HTTP/1.0 or 1.1, or a rule above is broken
  kBadTarget,        // see target.h
  kHeaderTooLarge,
  kBodyTooLarge,
  kUnknownCoding,    // a Transfer-Encoding other than chunked
  kBadVersion,
  kBadExpectation,   // an Expect other than 100-continue
};

class RequestParser {
 public:
  enum class Step : std::uint8_t { kNeedMore, kHeaderDone, kDone, kFailed };

  // `request` is filled and must outlive the parser.
  RequestParser(Request& request, std::size_t header_limit_bytes);
  ~RequestParser();

  // Forgets the previous request and empties `request`.
  void reset();

  // Takes a piece of `bytes`; `used` says how many may be discarded. kHeaderDone comes exactly
  // once for each request that has a body; call step again with the rest. After kDone the rest
  // belongs to the next request (pipelining). After kFailed only reset may be called.
  Step step(std::string_view bytes, std::size_t& used);

  // Limit for the body, in bytes; set it at kHeaderDone at the latest.
  void set_body_limit(std::size_t bytes);

  // Requires: the last step was kFailed.
  ParseFault fault() const;

  // The following are known from kHeaderDone on.
  bool keep_alive() const;
  bool expects_continue() const;
  bool is_http_1_0() const;
  std::optional<std::uint64_t> content_length() const;

  // True between the first byte of a request and its end.
  bool is_midway() const;

 private:
  class Grammar;
  bool is_awaiting_chunk() const;

  std::unique_ptr<Grammar> grammar_;
  Request& request_;
  const std::size_t header_limit_bytes_;
};

}  // namespace zicht::http
