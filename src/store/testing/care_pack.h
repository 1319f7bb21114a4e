// A pack for tests of keys and erasure: children, and notes about one or more of them.
#pragma once

#include "model/pack.h"

namespace zicht::store::testing {

// care/child (a person): name, address (secret), languages (many). care/note, about the children in
// `children`: text. care/same, about `one` and `other`: in the state `linked` they are the same
// child, in `split` they are not. All are kept for 20 years. Version 2 has a field more in a note.
model::Pack care_pack(int version = 1);

}  // namespace zicht::store::testing
