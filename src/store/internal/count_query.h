// Rows of a form counted in groups by one statement: the rows that are reached at that moment, what
// the conditions say of each, and their sums.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/tally.h"
#include "store/driver.h"
#include "store/internal/form_table.h"

namespace zicht::store {

// As app::Store::count.
Result<std::vector<model::Group>> count_groups(Connection& connection, const FormTable& table,
                                               const model::CountQuery& query, Instant now);

}  // namespace zicht::store
