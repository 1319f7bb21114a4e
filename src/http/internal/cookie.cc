#include "http/internal/cookie.h"

#include <fmt/format.h>

#include "base/text.h"

namespace zicht::http {

std::string_view session_cookie_name(bool is_https) {
  return is_https ? "__Host-zicht-session" : "zicht-session";
}

std::optional<std::string> session_token(const Request& request, bool is_https) {
  const auto header = request.header("Cookie");
  if (!header) return std::nullopt;
  const std::string_view wanted = session_cookie_name(is_https);
  std::optional<std::string> token;
  std::string_view rest = *header;
  while (!rest.empty()) {
    const std::size_t semicolon = rest.find(';');
    const std::string_view pair = trim(rest.substr(0, semicolon));
    rest.remove_prefix(semicolon == std::string_view::npos ? rest.size() : semicolon + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != wanted) continue;
    if (token) return "";
    token = pair.substr(equals + 1);
  }
  return token;
}

std::string set_session_cookie(std::string_view token, std::int64_t max_age_seconds,
                               bool is_https) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}",
                     session_cookie_name(is_https), token, max_age_seconds,
                     is_https ? "; Secure" : "");
}

std::string clear_session_cookie(bool is_https) { return set_session_cookie("", 0, is_https); }

}  // namespace zicht::http
