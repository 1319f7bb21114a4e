#include "http/compress.h"

// Input that zlib only reads is const.
#define ZLIB_CONST
#include <zlib.h>

#include "base/text.h"

namespace zicht::http {
namespace {

bool is_compressible(std::string_view content_type) {
  return content_type.starts_with("application/json") || content_type.starts_with("text/") ||
         content_type.starts_with("application/problem+json") ||
         content_type.starts_with("application/schema+json") ||
         content_type.starts_with("image/svg+xml");
}

// "q=0", "q=0.0" and so on say: not this one.
bool is_zero_weight(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return false;
  return parameters.substr(at + 2).find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool by_star = false;
  while (!accept_encoding.empty()) {
    const std::size_t comma = accept_encoding.find(',');
    const std::string_view item = trim(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size()
                                                                  : comma + 1);
    const std::size_t semicolon = item.find(';');
    const std::string_view coding = trim(item.substr(0, semicolon));
    const bool is_refused =
        semicolon != std::string_view::npos && is_zero_weight(item.substr(semicolon + 1));
    if (equals_ignoring_case(coding, "gzip")) return !is_refused;
    if (coding == "*") by_star = !is_refused;
  }
  return by_star;
}

std::optional<std::string> gzip(std::string_view text) {
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kMemoryLevel = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int outcome = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (outcome != Z_STREAM_END) return std::nullopt;
  return out;
}

void compress_if_useful(const Request& request, Response& response) {
  auto* body = std::get_if<std::string>(&response.body);
  if (body == nullptr || body->size() < kSmallestCompressedBody) return;
  if (!is_compressible(response.content_type) || response.header("Content-Encoding")) return;
  response.with("Vary", "Accept-Encoding");
  const auto accepted = request.header("Accept-Encoding");
  if (!accepted || !accepts_gzip(*accepted)) return;
  auto packed = gzip(*body);
  if (!packed || packed->size() >= body->size()) return;
  *body = std::move(*packed);
  response.with("Content-Encoding", "gzip");
}

}  // namespace zicht::http
