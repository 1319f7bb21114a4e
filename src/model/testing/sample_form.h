// A small pack in memory with one form that has every type of field. For tests of any component
// that needs a form but no YAML; tests/packs/sample is the bigger one on disk.
#pragma once

#include "model/pack.h"

namespace zicht::model::testing {

// Pack "probe", form "probe/visit": every field type, a list with an ended code, a `many` choice, a
// group, a retired field, limits. No process.
[[nodiscard]] PackPtr sample_pack();

// The pack above, stored and active.
[[nodiscard]] PackSet sample_packs();

// A document for "probe/visit" that is valid and canonical on 2025-06-01.
[[nodiscard]] Json sample_fields();

}  // namespace zicht::model::testing
