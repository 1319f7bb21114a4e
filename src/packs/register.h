// The processing register of a pack (AVG art. 30): per form who is responsible, why, for whom and
// how long, straight from its legal basis.
#pragma once

#include "base/json.h"
#include "model/pack.h"

namespace zicht::packs {

// Array with one object per form, in the order of the files: {"form": "pack/form", "title",
// "subject", "law", "article", "controller", "recipients", "purpose", "retention", "special":
// special categories of data, "personal_data": subject is person, "most_sensitive": widest
// sensitivity among its fields, "roles": roles with any access}. Texts carry nl and en.
[[nodiscard]] Json processing_register(const model::Pack& pack);

}  // namespace zicht::packs
