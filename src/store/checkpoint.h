// Signed checkpoints: proof, outside the database, of where each chain stood.
//
// A hash chain alone cannot show that its tail was cut off or that all of it was written anew. A
// checkpoint says that chain C had hash H at number N, signed with a key that is not in the
// database, and is kept in a file that is not in the database (docs/formats/journal.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "store/driver.h"
#include "store/files.h"
#include "store/keys.h"

namespace zicht::store {

struct Checkpoint {
  std::string organisation;
  std::int64_t chain_no = 0;
  std::string hash;
  std::int64_t seq = 0;
  std::string at;
  std::string signature;
};

// Signs the head of every chain that is further than its last checkpoint, in an open transaction.
// `lines` becomes one JSON line per new checkpoint.
Result<void> sign_heads(Connection& connection, const KeyFolder& keys, Instant now,
                        std::vector<std::string>& lines);

// Adds lines to the file, safe on disk; nothing when `file` is empty. Errors: ST-0027; then the
// file is as it was, or has all of them.
Result<void> export_checkpoints(const std::string& file, const std::vector<std::string>& lines,
                                Files& files = machine_files());

// All checkpoints in the database; and those in a file (none when it is absent).
// Errors: ST-0027 when a line is no checkpoint.
Result<std::vector<Checkpoint>> stored_checkpoints(Connection& connection);
Result<std::vector<Checkpoint>> exported_checkpoints(const std::string& file,
                                                     Files& files = machine_files());

bool is_genuine(const Checkpoint& checkpoint, const KeyFolder& keys);

}  // namespace zicht::store
