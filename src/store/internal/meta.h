// Numbers in the table `meta`, by name.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

// The journal's seq from which on idempotency keys are remembered.
inline constexpr const char* kKeysFrom = "keys from";

// How many transactions destroyed keys (data_keys.h).
inline constexpr const char* kGeneration = "keys generation";
// The number of the store's format (schema.h).
inline constexpr const char* kFormat = "format";

// 0 when it is absent.
Result<std::int64_t> meta_number(Connection& connection, const std::string& name);

// In an open transaction.
Result<void> set_meta_number(Connection& connection, const std::string& name, std::int64_t value);

}  // namespace zicht::store
