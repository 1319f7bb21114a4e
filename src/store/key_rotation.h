// A new master key for a store: everything that is sealed with the master key is sealed anew,
// batch by batch, and then the new key takes the place of the old one.
//
//     ZICHT_TRY(rotation, rotate_master_key(*database, {.folder = data + "/keys"}, rng));
//
// The order makes it safe to stop anywhere and to begin again: (1) the new key is written to
// `master-next.key`, safe on disk; (2) the store names it as its own, and from then on nothing is
// sealed with the old one; (3) what still is under the old one is sealed anew; (4) the file gets
// the name `master.key`, and the old key is gone. Between (2) and (4) a store does not open
// (ST-0052). Servers that run meanwhile write nothing under the old key (ST-0053) and must be
// started again. What is sealed under data keys is not touched: they stay the same.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/keys.h"

namespace zicht::store {

struct KeyRotation {
  std::string master_id;              // of the new key
  std::int64_t sealed_anew = 0;       // rows, in this run
  bool is_resumed = false;            // an earlier run had begun
};

// Requires: the tables are there. `batch`: rows in one transaction.
// Errors: those of KeyFolder::open; ST-0021 when something opens with neither key: then the rest
// is as it was, and it can be begun again.
Result<KeyRotation> rotate_master_key(Database& database, const KeyPlaces& places, Rng& rng,
                                      std::int64_t batch = 500);

}  // namespace zicht::store
