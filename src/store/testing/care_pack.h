// A pack for tests of keys and erasure: children, and notes about one or more of them.
#pragma once

#include "model/pack.h"

namespace zicht::store::testing {

// care/child (a person): name, address (secret), languages (many). care/note, about the children in
// `children`: text. Both are kept for 20 years.
model::Pack care_pack();

}  // namespace zicht::store::testing
