// A new master key for a store: everything that is sealed with the master key is sealed anew,
// batch by batch, and then the new key takes the place of the old one.
//
//     ZICHT_TRY(rotation, rotate_master_key(*database, {.places = {.folder = data + "/keys"},
//                                                       .actor = account, .organisation = "org",
//                                                       .engine_version = "0.1.0"}, clock, rng));
//
// The order makes it safe to stop anywhere and to begin again: (1) the new key is written to
// `master-next.key`, safe on disk; (2) the store names it as its own, with an entry `keys.rotated`
// in the journal that says who did it, and from then on nothing is sealed with the old one; (3)
// what still is under the old one is sealed anew; (4) the file gets the name `master.key`, and
// the old key is gone. Between (2) and (4) a store does not open (ST-0052). Servers that run take
// the new key over by themselves (key_ring.h); one that has no copy of it writes nothing under the
// old one (ST-0053). What is sealed under data keys is not touched: they stay the same.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/keys.h"

namespace zicht::store {

struct KeyRotation {
  std::string master_id;              // of the new key
  std::int64_t sealed_anew = 0;       // rows, in this run
  bool is_resumed = false;            // an earlier run had begun
};

// Where the keys are, and who replaces them: an account and its organisation, in whose chain the
// entry stands. Going on with what was begun writes no other entry, and needs neither.
struct RotationOrder {
  KeyPlaces places;
  std::string actor{}, organisation{};
  std::string engine_version{};
  std::int64_t batch = 500;           // rows in one transaction
  // How often a transaction is tried again that met a lock, a deadlock or a lost connection, and
  // how long is waited before the second try; the n-th waits so much longer.
  int retries = 12;
  std::chrono::milliseconds retry_pause{100};
};

// Requires: the tables are there.
// Errors: those of KeyFolder::open; ST-0057 when nothing was begun and nobody is named; ST-0021
// when something opens with neither key; unavailable when a transaction did not come through in
// all its tries. In each case the rest is as it was, and the same order goes on.
Result<KeyRotation> rotate_master_key(Database& database, const RotationOrder& order,
                                      const Clock& clock, Rng& rng);

// Whether the journal's last replacement is not the one that gave the store its key; false when it
// tells of none. Errors: those of reading an entry.
Result<bool> differs_from_journal(Connection& connection, DataKeys& keys);

}  // namespace zicht::store
