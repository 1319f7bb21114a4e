#include "http/internal/client_address.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace zicht::http {
namespace {

bool is_trusted(const NetAddress& address, const LimitOptions& options) {
  return std::any_of(options.trusted_proxies.begin(), options.trusted_proxies.end(),
                     [&](const Network& network) { return network.contains(address); });
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The part `for=` of one element of Forwarded (RFC 7239), without quotes.
std::string_view for_part(std::string_view element) {
  for (const std::string_view pair : split(element, ';')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    if (!equals_ignoring_case(trim(pair.substr(0, equals)), "for")) continue;
    std::string_view value = trim(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return {};
}

}  // namespace

std::optional<NetAddress> forwarded_address(std::string_view text) {
  if (text.starts_with('[')) return parse_address(text.substr(1, text.find(']') - 1));
  // One colon is that of a port; more are of IPv6.
  if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
  return parse_address(text);
}

NetAddress client_address(const NetAddress& peer, const Request& request,
                          const LimitOptions& options) {
  if (options.trusted_proxies.empty() || !is_trusted(peer, options)) return peer;
  const bool is_forwarded = options.header == ForwardedHeader::kForwarded;
  NetAddress nearest = peer;
  auto lines = request.headers.find_all(is_forwarded ? "Forwarded" : "X-Forwarded-For");
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const auto elements = split(*line, ',');
    for (auto element = elements.rbegin(); element != elements.rend(); ++element) {
      const auto address = forwarded_address(is_forwarded ? for_part(*element) : *element);
      // What a trusted proxy could not tell nobody before it can.
      if (!address) return nearest;
      nearest = *address;
      if (!is_trusted(nearest, options)) return nearest;
    }
  }
  return nearest;
}

}  // namespace zicht::http
