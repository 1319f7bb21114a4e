// What an entry says beside the tables: free text stays sealed in the journal, and is read from
// there for who may see it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"

namespace zicht::store {

// The payload of the entry; empty for 0 and for an entry that is not there.
Result<json::object> payload_in(Connection& connection, DataKeys& keys, std::int64_t seq);

// Empty when it is absent or no text.
std::string text_in(const json::object& payload, std::string_view member);

// The moment in a column of microseconds; absent for 0.
Result<std::optional<Instant>> moment_of(const Rows& rows, int column);

}  // namespace zicht::store
