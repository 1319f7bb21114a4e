// Asks clamd about a content over its unix socket (clamd(8): INSTREAM, each block behind its
// length in network order, ended by a length of zero).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht::exchange::internal {

// Errors: EX-0052 when it found something; EX-0053 when it does not answer, not in time, or not in
// words that are known. `timeout_seconds` holds for each read and write.
[[nodiscard]] Result<void> scan_with_clamd(const std::string& socket_path, int timeout_seconds,
                                           std::string_view content);

}  // namespace zicht::exchange::internal
