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

#include "base/error.h"
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

// A file of checkpoints outside the database. Servers of one database have one each.
struct CheckpointFile {
  std::string path;                   // empty: no export
  std::string server{};               // whose file it is; empty when there is but one server
  Files* files = &machine_files();
};

// How many lines the file had, and how many came.
struct Exported {
  std::int64_t before = 0;
  std::int64_t added = 0;
};

// Adds lines to the file, safe on disk; nothing when there is no path. Errors: ST-0027; then the
// file is as it was, or has all of them.
Result<Exported> export_checkpoints(const CheckpointFile& file,
                                    const std::vector<std::string>& lines);

// For a transaction that exports and notes: nobody else does so with the same file until it ends.
Result<void> hold_note(Connection& connection, const CheckpointFile& file);

// Notes in the database how many lines the file must have from now on, in an open transaction. To
// be called after the export: lines that were never noted may be absent without a crime. A file
// that was shorter than it had to be stays so: what comes by itself does not hide it.
Result<void> note_exported(Connection& connection, const CheckpointFile& file,
                           const Exported& exported);

// What is there is what must be there. Only when a person asks for it: it takes away what
// check_file would tell.
Result<void> note_anew(Connection& connection, const CheckpointFile& file);

// All checkpoints in the database; and the lines of those that the file lacks. Errors: ST-0027.
Result<std::vector<Checkpoint>> stored_checkpoints(Connection& connection);
Result<std::vector<std::string>> missing_lines(Connection& connection, const CheckpointFile& file);

// What stands in a file; nothing when it is absent. Errors: ST-0027 when it cannot be read.
struct CheckpointLines {
  bool is_there = false;
  std::vector<Checkpoint> checkpoints;
  std::int64_t count = 0;
  std::vector<std::int64_t> broken;   // numbers of lines that are no checkpoint, from 1
};
Result<CheckpointLines> exported_checkpoints(const CheckpointFile& file);

// What is wrong with the file itself: ST-0037 it is gone, ST-0038 it is shorter than it was or a
// line of it is broken.
Result<std::vector<Problem>> check_file(Connection& connection, const CheckpointFile& file,
                                        const CheckpointLines& lines);

bool is_genuine(const Checkpoint& checkpoint, const KeyFolder& keys);

}  // namespace zicht::store
