#include "http/internal/origin.h"

namespace zicht::http {

bool is_from_own_site(const Request& request) {
  const auto site = request.header("Sec-Fetch-Site");
  if (site && *site != "same-origin" && *site != "none") return false;
  const auto origin = request.header("Origin");
  if (!origin) return true;  // no browser, or one too old to say
  const auto host = request.header("Host");
  const std::size_t scheme = origin->find("://");
  return host && scheme != std::string_view::npos &&
         equals_ignoring_case(origin->substr(scheme + 3), *host);
}

bool is_from_this_machine(const Request& request) {
  if (request.header("Forwarded") || request.header("X-Forwarded-For")) return false;
  return request.peer.starts_with("127.") || request.peer == "::1" ||
         request.peer.starts_with("::ffff:127.");
}

}  // namespace zicht::http
