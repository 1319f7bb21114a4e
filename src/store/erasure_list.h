// The list of erasures that is kept outside the database, beside the exported checkpoints.
//
// A back-up of the database from before an erasure still has the person. When such a back-up was
// put back, the store reads here who is to be erased again (SqlStore::erase_again), so the newest
// list belongs beside every database that is restored. It holds ids and times, no words.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/files.h"

namespace zicht::store {

struct ListedErasure {
  std::string person;
  std::string decided_by;             // the account of who decided it
  std::string at;                     // when, in UTC
};

// Adds a line, safe on disk; nothing when `file` is empty. Errors: ST-0046.
Result<void> list_erasure(const std::string& file, const ListedErasure& erasure,
                          Files& files = machine_files());

// What the list says, each person once; nothing when the file is absent.
// Errors: ST-0046 when it cannot be read, or when a whole line is no erasure.
Result<std::vector<ListedErasure>> listed_erasures(const std::string& file,
                                                   Files& files = machine_files());

}  // namespace zicht::store
