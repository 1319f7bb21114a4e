// The one cookie of Zicht: the session token, out of reach of scripts and of other sites.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace zicht::http {

// `__Host-` makes the browser refuse the cookie unless it is Secure, for this host alone and for
// every path; it cannot be used without TLS.
std::string_view session_cookie_name(bool is_https);

// The token that the request carries; nothing when there is no such cookie. A cookie that occurs
// twice counts as an empty token, which no session has.
std::optional<std::string> session_token(const Request& request, bool is_https);

// A Set-Cookie value. Requires: the token is hexadecimal or base64url.
std::string set_session_cookie(std::string_view token, std::int64_t max_age_seconds,
                               bool is_https);
std::string clear_session_cookie(bool is_https);

}  // namespace zicht::http
