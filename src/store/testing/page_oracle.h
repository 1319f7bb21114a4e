// What a page must hold, worked out the slow way: every record is looked at, then all are sorted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/form.h"
#include "model/query.h"
#include "model/record.h"

namespace zicht::store::testing {

// All records that the query asks for, in order, without regard to its limit and cursor.
// `records` in the order in which they were created; each as it stands now.
std::vector<std::string> expected_ids(const model::Form& form, const model::Query& query,
                                      const std::vector<model::Record>& records);

}  // namespace zicht::store::testing
