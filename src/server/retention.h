// The list of what is due under retention as lines of JSON, for who approves it by command
// (app/retention_service.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/retention_service.h"
#include "base/result.h"

namespace zicht::server {

// The list as lines of JSON, and back. Errors: SV-0062 with the number of the line that is none.
[[nodiscard]] std::string render_list(const std::vector<app::DueRecord>& due);
[[nodiscard]] Result<std::vector<app::ListedRecord>> parse_list(std::string_view text);

}  // namespace zicht::server
