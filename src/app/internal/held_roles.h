// The roles that somebody holds, form by form, with the rows that they work with of each: what is
// handed over to their organisation is not among them, for they may do nothing in it.
#pragma once

#include <vector>

#include "app/access.h"
#include "app/ports.h"
#include "app/rulebook.h"

namespace zicht::app::internal {

// Of all active packs; a form of which nothing is seen is left out.
[[nodiscard]] std::vector<TaskQuery::Held> held_roles(const Rulebook& rules, const Caller& who);

}  // namespace zicht::app::internal
