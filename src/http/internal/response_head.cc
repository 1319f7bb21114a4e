#include "http/internal/response_head.h"

#include <array>
#include <charconv>
#include <ctime>

namespace zicht::http {
namespace {

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  constexpr std::string_view kBreaks("\r\n\0", 3);
  out.append(name).append(": ").append(value.substr(0, value.find_first_of(kBreaks)));
  out.append("\r\n");
}

struct FramingWriter {
  std::string& out;
  void operator()(KnownLength length) const {
    out.append("Content-Length: ");
    append_number(out, length.bytes);
    out.append("\r\n");
  }
  void operator()(Chunked) const { out.append("Transfer-Encoding: chunked\r\n"); }
  void operator()(UntilClose) const {}
  void operator()(NoBody) const {}
};

}  // namespace

void append_head(std::string& out, const Response& response, const HeadContext& context) {
  if (response.status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
  } else {
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::uint64_t>(response.status));
    out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  }
  out.append("Date: ").append(context.date).append("\r\n");
  if (!response.content_type.empty()) {
    append_header(out, "Content-Type", response.content_type);
  }
  std::visit(FramingWriter{out}, context.framing);
  if (!context.keep_alive) out.append("Connection: close\r\n");
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  if (!response.cacheable) out.append("Cache-Control: no-store\r\n");
  out.append("Request-Id: ").append(context.request->request_id).append("\r\n");
  out.append(context.security->block(context.request->path, response)).append("\r\n");
}

std::string http_date(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm utc{};
  gmtime_r(&time, &utc);
  // Fixed names: strftime would follow the locale of the process.
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 40> rest{};
  std::string text(kDays[static_cast<std::size_t>(utc.tm_wday)]);
  std::strftime(rest.data(), rest.size(), ", %d ", &utc);
  text.append(rest.data()).append(kMonths[static_cast<std::size_t>(utc.tm_mon)]);
  std::strftime(rest.data(), rest.size(), " %Y %H:%M:%S GMT", &utc);
  return text.append(rest.data());
}

}  // namespace zicht::http
