#include "http/security_headers.h"

#include <fmt/format.h>

namespace zicht::http {
namespace {

constexpr std::string_view kCommon =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

std::string page_policy(std::string_view ancestors) {
  return fmt::format(
      "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
      "base-uri 'none'; object-src 'none'; "
      "form-action 'self'; img-src 'self' data:; frame-ancestors {}\r\n",
      ancestors);
}

}  // namespace

SecurityHeaders::SecurityHeaders(const SecurityOptions& options, std::string_view api_version) {
  std::string common(kCommon);
  if (options.is_https) {
    common.append("Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n");
  }
  constexpr std::string_view kNoFrames = "X-Frame-Options: DENY\r\n";
  constexpr std::string_view kSameOrigin = "Cross-Origin-Resource-Policy: same-origin\r\n";
  api_ = fmt::format(
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
      "API-Version: {}\r\n{}{}{}",
      api_version, kNoFrames, kSameOrigin, common);
  page_ = page_policy("'none'") + std::string(kNoFrames) + std::string(kSameOrigin) + common;
  const std::string& ancestors = options.embed_ancestors;
  embedded_page_ = ancestors.empty() ? page_ : page_policy(ancestors) + common;
}

std::string_view SecurityHeaders::block(std::string_view path, const Response& response) const {
  if (path.empty() || is_api_path(path)) return api_;
  return response.embeddable ? embedded_page_ : page_;
}

bool is_api_path(std::string_view path) {
  return path.starts_with("/v1") && (path.size() == 3 || path[3] == '/');
}

}  // namespace zicht::http
