// The keys of files: each content is sealed with a key of its own, which waits under the master key
// until a record takes the file, and is then sealed with the key of that record. So a file is gone
// with the record's key, and taking one is two small rows in the transaction of the record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/internal/key_ring.h"
#include "store/keys.h"

namespace zicht::store {

// What the key of a waiting upload, and that of a file of a record, is bound to.
std::string upload_label(std::string_view file);
std::string file_label(std::string_view file, std::string_view record);

// Gives uploads of an account to a record, in the open transaction; those that it has stay.
// Errors: ST-0061 when one is neither; ST-0021 when the master key does not fit.
struct Taking {
  std::string_view record;
  std::string_view account;
  const std::vector<std::string>& files;
};
Result<void> take_files(Connection& connection, KeyRing& ring, Rng& rng,
                        const DataKey& key, const Taking& taking);

// Removes the keys and contents of all files of a record, in the open transaction.
Result<void> remove_files_of(Connection& connection, std::string_view record);

}  // namespace zicht::store
