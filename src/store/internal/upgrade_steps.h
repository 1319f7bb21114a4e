// From an older format of the store to the one that this version writes, a step per format.
//
//     ZICHT_CHECKED(run_upgrade_steps(connection, upgrade_steps(), found));    in a transaction
//     ... and in the same one what is derived is made again, where that changed ...
//
// A step changes what no rebuild makes: tables beside the journal and the projections, and what
// stands in them. It runs in one transaction with the rebuild and with the new number, so whatever
// stops it leaves the store as the older version of Zicht left it, and that version opens it. The
// journal and the keys are read on another connection meanwhile, as they were before: no step may
// need them changed for the rebuild.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

struct UpgradeStep {
  std::int64_t to = 0;                // the format after it; that before it is one less
  Result<void> (*run)(Connection& connection) = nullptr;
};

// By format, from kOldestFormat + 1 to kStoreFormat.
std::span<const UpgradeStep> upgrade_steps();

// Runs those after the format `found` in order and notes where that led, in an open transaction.
Result<void> run_upgrade_steps(Connection& connection, std::span<const UpgradeStep> steps,
                               std::int64_t found);

// The same from whatever format is noted to that of this version; nothing where it is that already.
Result<void> raise_to_present_format(Connection& connection);

}  // namespace zicht::store
