// Verification of the journal: was anything in it changed, removed, swapped, cut off or rewritten?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/result.h"
#include "store/checkpoint.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/keys.h"

namespace zicht::store {

struct Verification {
  std::int64_t entries = 0;
  std::int64_t chains = 0;
  std::int64_t checkpoints = 0;
  std::vector<Problem> problems;      // at most kProblemLimit; ids ST-0030 to ST-0036
};

constexpr std::size_t kProblemLimit = 100;

// Walks every chain from its first entry and compares it with the checkpoints, whose signatures
// are checked first. One read transaction. Errors: those of the database only; what is wrong with
// the journal is in the outcome.
Result<Verification> verify(Connection& connection, DataKeys& data_keys, const KeyFolder& keys,
                            const std::vector<Checkpoint>& checkpoints);

// {"at", "entries", "chains", "checkpoints", "problems": [{"id", "where", "message": {nl, en},
// "hint": {nl, en}}]}.
Json to_json(const Verification& verification, const std::string& at);

}  // namespace zicht::store
