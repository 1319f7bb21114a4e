#include "http/internal/request_parser.h"

#include <algorithm>
#include <string>

#include "http/internal/cookie.h"
#include "http/target.h"
#include "targets.h"

namespace zicht::fuzz {
namespace {

using http::RequestParser;

constexpr std::size_t kHeaderLimit = 2048;
constexpr std::size_t kBodyLimit = 4096;

void look_at(const http::Request& request) {
  http::TargetFault fault{};
  for (const std::string& segment : http::decode_segments(request.path)) {
    must(http::is_clean_text(segment, fault), "a segment of an accepted path is clean text");
  }
  for (const auto& [name, value] : request.query) {
    must(http::is_clean_text(name, fault) && http::is_clean_text(value, fault),
         "a pair of an accepted query is clean text");
  }
  must(request.body.size() <= kBodyLimit, "a body keeps within its limit");
  static_cast<void>(http::session_token(request, true));
  static_cast<void>(http::negotiate_language(request.header("Accept-Language").value_or("")));
}

// The requests that come out of a connection that gives `piece` bytes at a time, as text. What is
// wrong may be seen earlier or later, so that is left out.
std::string outcome(std::string_view bytes, std::size_t piece) {
  http::Request request;
  RequestParser parser(request, kHeaderLimit);
  std::string text;
  std::string buffer;
  while (true) {
    std::size_t used = 0;
    const RequestParser::Step step = parser.step(buffer, used);
    must(used <= buffer.size(), "no more is used than was given");
    buffer.erase(0, used);
    switch (step) {
      case RequestParser::Step::kHeaderDone:
        parser.set_body_limit(kBodyLimit);
        break;
      case RequestParser::Step::kDone:
        look_at(request);
        text += std::string(method_name(request.method)) + " " + request.path + " " +
                std::to_string(request.headers.size()) + " " + request.body + "\n";
        parser.reset();
        break;
      case RequestParser::Step::kFailed:
        static_cast<void>(parser.fault());
        return text;
      case RequestParser::Step::kNeedMore: {
        if (bytes.empty()) return text;
        const std::size_t size = std::min(piece, bytes.size());
        buffer.append(bytes.substr(0, size));
        bytes.remove_prefix(size);
        break;
      }
    }
  }
}

}  // namespace

void request(std::string_view input) {
  const std::string whole = outcome(input, input.size() + 1);
  must(outcome(input, 1) == whole, "how bytes are cut does not change what they say");
  must(outcome(input, 7) == whole, "how bytes are cut does not change what they say");
}

}  // namespace zicht::fuzz
