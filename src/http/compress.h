// Makes text answers smaller with gzip where the client accepts it.
//
// Small answers are left as they are (the head would outweigh the gain), and so is everything that
// already has an encoding, is a stream, or is shared text that other answers use too. The quick
// level is used: on JSON it gives most of the gain for a fraction of the work.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace zicht::http {

inline constexpr std::size_t kSmallestCompressedBody = 1024;  // bytes

// Replaces the body and sets Content-Encoding and Vary when it pays.
void compress_if_useful(const Request& request, Response& response);

// True when an Accept-Encoding value allows gzip (`gzip`, `*`, not with q=0).
bool accepts_gzip(std::string_view accept_encoding);

// Nothing when zlib refuses, which it does only without memory.
std::optional<std::string> gzip(std::string_view text);

}  // namespace zicht::http
