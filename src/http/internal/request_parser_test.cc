// The parser of requests. Method: oracle and property. The oracle is the parser itself given all
// bytes at once; the property is that no way of cutting the bytes changes what comes out, for
// well-formed requests and for thousands of mutants (seed printed on failure). What is refused and
// why stands in server_limits_test.cc.
#include "http/internal/request_parser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/rng.h"

using namespace zicht;
using namespace zicht::http;

namespace {

constexpr std::size_t kHeaderLimit = 2048;
constexpr std::size_t kBodyLimit = 4096;

const std::vector<std::string> kRequests = {
    "GET /v1/records/1?a=%20b HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n\r\n",
    "POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n{\"a\":[1,2]}\n",
    "POST /v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5;x=\"y\"\r\nhello\r\n1\r\n!\r\n0\r\nX-Trailer: t\r\n\r\n",
    "POST /v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "PUT /v1/x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "HEAD http://a/v1/x HTTP/1.1\r\nHost: a\r\nX: " + std::string(300, 'x') + "\r\n\r\n",
};

std::string fault_of(ParseFault fault) {
  return "fault " + std::to_string(static_cast<int>(fault));
}

// All that came out of a stream of bytes, as text. `next_size` says how many bytes come at once.
template <class NextSize>
std::string outcome(const std::string& bytes, NextSize next_size) {
  Request request;
  RequestParser parser(request, kHeaderLimit);
  std::string text;
  std::string buffer;
  std::size_t given = 0;
  while (true) {
    std::size_t used = 0;
    const RequestParser::Step step = parser.step(buffer, used);
    buffer.erase(0, used);
    switch (step) {
      case RequestParser::Step::kHeaderDone: parser.set_body_limit(kBodyLimit); break;
      case RequestParser::Step::kDone:
        text += std::string(method_name(request.method)) + " " + request.path + " " +
                std::to_string(request.headers.size()) + " " + request.body + "\n";
        parser.reset();
        break;
      case RequestParser::Step::kFailed:
        return text + "fault " + std::to_string(static_cast<int>(parser.fault()));
      case RequestParser::Step::kNeedMore: {
        if (given == bytes.size()) return text + "end";
        const std::size_t size = std::min<std::size_t>(next_size(), bytes.size() - given);
        buffer.append(bytes, given, size);
        given += size;
        break;
      }
    }
  }
}

// The same, but for one thing: with a part of a header only, the grammar waits for the rest before
// it says what is wrong with the part.
bool is_alike(const std::string& cut, const std::string& whole) {
  if (cut == whole) return true;
  const std::size_t fault = whole.find("fault ");
  return fault != std::string::npos && cut == whole.substr(0, fault) + "end";
}

void check_every_cut_alike(const std::string& bytes, SeededRng& rng) {
  const std::string whole = outcome(bytes, [&] { return bytes.size(); });
  for (const bool is_single : {true, false}) {
    const std::string cut = outcome(bytes, [&] {
      return is_single ? std::size_t{1} : static_cast<std::size_t>(1 + rng.below(40));
    });
    CAPTURE(cut);
    CAPTURE(whole);
    CHECK(is_alike(cut, whole));
  }
}

std::string mutant(SeededRng& rng) {
  std::string bytes = kRequests[rng.below(kRequests.size())];
  for (std::uint64_t change = rng.below(4); change < 4; ++change) {
    const std::size_t at = rng.below(bytes.size());
    switch (rng.below(4)) {
      case 0: bytes[at] = static_cast<char>(rng.below(256)); break;
      case 1: bytes.erase(at, 1 + rng.below(4)); break;
      case 2: bytes.insert(at, 1, "\r\n :;0\xff"[rng.below(7)]); break;
      default: bytes.insert(at, bytes.substr(rng.below(bytes.size()), rng.below(30)));
    }
    if (bytes.empty()) bytes = "x";
  }
  return bytes;
}

}  // namespace

TEST_CASE("parser: each request of a pipeline comes out, however the bytes are cut") {
  SeededRng rng(1);
  std::string all;
  for (const std::string& request : kRequests) {
    check_every_cut_alike(request, rng);
    all += request;
  }
  check_every_cut_alike(all, rng);
  CHECK(outcome(all, [&] { return all.size(); }) ==
        "GET /v1/records/1 2 \nPOST /v1/x 2 {\"a\":[1,2]}\n\nPOST /v1/x 2 hello!\n"
        "POST /v1/x 2 \n"
        "PUT /v1/x 3 abc\nGET / 1 \nHEAD /v1/x 2 \nend");
}

TEST_CASE("parser: a mutant gives the same outcome however its bytes are cut") {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    CAPTURE(seed);
    SeededRng rng(seed);
    check_every_cut_alike(mutant(rng), rng);
  }
}

TEST_CASE("parser: first line and fields have one limit together, however the bytes are cut") {
  const std::string line = "GET /" + std::string(1'500, 'a') + " HTTP/1.1\r\n";
  const std::string end = "\r\n\r\n";
  const std::string start = line + "Host: a\r\nX: ";
  const std::string fits = start + std::string(kHeaderLimit - start.size() - end.size(), 'x') + end;
  const std::string longer = start + std::string(kHeaderLimit - start.size(), 'x') + end;
  for (const std::size_t piece : {longer.size(), line.size(), std::size_t{64}, std::size_t{1}}) {
    CHECK(outcome(fits, [&] { return piece; }).ends_with("end"));
    CHECK(outcome(longer, [&] { return piece; }) == fault_of(ParseFault::kHeaderTooLarge));
  }
}

TEST_CASE("parser: no header and no body grows beyond its limit") {
  SeededRng rng(2);
  const std::string header = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(3000, 'x');
  CHECK(outcome(header, [] { return std::size_t{64}; }) == fault_of(ParseFault::kHeaderTooLarge));
  std::string chunks = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 300; ++i) chunks += "10\r\n0123456789abcdef\r\n";
  CHECK(outcome(chunks, [] { return std::size_t{64}; }) == fault_of(ParseFault::kBodyTooLarge));
  check_every_cut_alike(chunks, rng);
}
