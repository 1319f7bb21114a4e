// The roles that somebody holds, form by form, with the rows that they see of each.
#pragma once

#include <vector>

#include "app/access.h"
#include "app/ports.h"
#include "app/rulebook.h"

namespace zicht::app::internal {

// Of all active packs; a form of which nothing is seen is left out.
[[nodiscard]] std::vector<TaskQuery::Held> held_roles(const Rulebook& rules, const Caller& caller);

}  // namespace zicht::app::internal
