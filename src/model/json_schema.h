// JSON Schema (2020-12) of the fields document of a form: the shape, for clients and tests.
#pragma once

#include "base/json.h"
#include "model/pack.h"

namespace zicht::model {

// Schema object with `$schema`, `$id` (urn:zicht:schema:<pack>:<form>:<hash>), properties with
// titles in Dutch. Only fields up to `clearance` appear; additionalProperties is false. Lists are
// `enum`s of all verified codes, ended ones included (dates are checked in the second phase).
[[nodiscard]] Json json_schema(const Form& form, const PackSet& packs, Sensitivity clearance);

}  // namespace zicht::model
