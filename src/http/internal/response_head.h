// Writes the head of an answer: status line and header lines up to the empty line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "http/message.h"
#include "http/security_headers.h"

namespace zicht::http {

// How the end of the body is told.
struct KnownLength {
  std::uint64_t bytes;
};
struct Chunked {};
struct UntilClose {};
struct NoBody {};  // 204 and 304
using Framing = std::variant<KnownLength, Chunked, UntilClose, NoBody>;

struct HeadContext {
  std::string_view date;         // as in RFC 9110, 5.6.7
  const Request* request;        // for its path and id
  const SecurityHeaders* security;
  bool keep_alive;
  Framing framing;
};

// Appends to `out`. Header values of the response are cut at the first line break, so that no
// value can add a header of its own.
void append_head(std::string& out, const Response& response, const HeadContext& context);

// "Sat, 31 Jan 2026 12:00:00 GMT" for seconds since 1970.
std::string http_date(std::int64_t seconds);

}  // namespace zicht::http
