// status.json in the data folder: what the running server says of itself, for `zicht status`.
#pragma once

#include <string>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "server/config.h"

namespace zicht::server {

[[nodiscard]] std::string status_path(const Config& config);

// The document of Alarms, when it is of the last two minutes. Errors: SV-0053 no server runs here.
[[nodiscard]] Result<Json> read_status(const Config& config, Instant now);

}  // namespace zicht::server
