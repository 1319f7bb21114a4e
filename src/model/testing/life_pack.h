// A pack in memory whose one form lives by processes that use everything processes can do. For
// tests of the engine; tests/packs/sample is the bigger one on disk.
#pragma once

#include "model/pack.h"

namespace zicht::model::testing {

// Pack "life", form "life/order": text `what` (required), choice `kind` (plain or other decides the
// process), uncertain_date `dated`, period `term`, date `met_on`, period `longer`.
// Process "order" (states open, passed, decided, waiting, published, closed) and "other".
[[nodiscard]] PackPtr life_pack();
[[nodiscard]] PackSet life_packs();

}  // namespace zicht::model::testing
