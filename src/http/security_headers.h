// The headers that every answer carries so that a browser does only what Zicht means it to do.
//
// They are computed once, at the start, as three ready blocks of text: for the API, for pages, and
// for pages that other sites may frame.
//
// Why each: Content-Security-Policy: scripts, styles, modules of WebAssembly (decision 0034) and
// connections from this site only, nothing inline; nosniff: bytes are what their type says;
// Referrer-Policy: addresses do not leak to other sites; frame-ancestors and X-Frame-Options: no
// click-jacking; Permissions-Policy: no camera, place or microphone; Cross-Origin-*: other sites
// cannot read or open-and-drive our pages; Strict-Transport-Security: only where we are reached
// over TLS.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace zicht::http {

struct SecurityOptions {
  bool is_https = false;        // reached over TLS, by us or by the proxy before us
  std::string embed_ancestors;  // sites that may frame embeddable answers, as in frame-ancestors
                                // ("https://gemeente.example"); empty: none
};

class SecurityHeaders {
 public:
  // `api_version` is the full version for the API-Version header, such as "1.0.0".
  SecurityHeaders(const SecurityOptions& options, std::string_view api_version);

  // Header lines with their line ends. An answer to a path under /v1 gets the block of the API,
  // and so does one without a path (a request that was refused before it was understood).
  std::string_view block(std::string_view path, const Response& response) const;

 private:
  std::string api_;
  std::string page_;
  std::string embedded_page_;
};

// True for "/v1" and everything below it.
bool is_api_path(std::string_view path);

}  // namespace zicht::http
