// Takes a request target ("/v1/records/a%20b?pageSize=20") apart into path and query.
//
// A target is refused as a whole when any part of it is not clean text: a broken percent escape,
// bytes that are not UTF-8 after decoding, a NUL or another control character. So nothing behind
// this function ever meets such bytes, and no encoding trick reaches the file system.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace zicht::http {

// More pairs than any Zicht page sends; a bound on the work that one target can cause.
inline constexpr std::size_t kMaxQueryPairs = 100;

enum class TargetFault : std::uint8_t {
  kNotOriginForm,  // not "/path": for example "*" or "host:443"
  kBadEscape,      // `%` without two hex digits
  kNotUtf8,        // decoded bytes are not UTF-8
  kControl,        // NUL or another control character after decoding
  kTooManyPairs,   // more than kMaxQueryPairs in the query
};

// Decodes `%41`; with `plus_is_space` also `+` (queries only). Nothing when the result is refused;
// `fault` then says why.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space,
                                          TargetFault& fault);

// Splits `target` and fills request.path (raw) and request.query (decoded). An absolute-form
// target ("http://host/path") is reduced to its path. Returns the fault, or nothing when clean.
// The path is checked too, though it is kept as sent: see decode_segments. It stays empty when it
// is refused.
std::optional<TargetFault> parse_target(std::string_view target, Request& request);

// "/v1/a%2Fb" -> {"v1", "a/b"}: split first, decoded after, so that an encoded slash stays inside
// its segment. Requires: parse_target accepted the path.
std::vector<std::string> decode_segments(std::string_view path);

// True for text that is valid UTF-8 (no overlong forms, no surrogates) without control characters.
bool is_clean_text(std::string_view text, TargetFault& fault);

}  // namespace zicht::http
