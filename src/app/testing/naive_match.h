// Which rows a query wants and in which order, decided row by row from the JSON values: the plain
// meaning of docs/formats/pack.md's operators. Used by FakeStore.
#pragma once

#include <vector>

#include "model/form.h"
#include "model/query.h"

namespace zicht::app::testing {

[[nodiscard]] bool matches(const model::Query& query, const model::Form& form,
                           const model::Record& record);

// Equal, or an array that holds it.
[[nodiscard]] bool holds_value(const Json& value, const Json& wanted);

// Stable; rows without the field come last in both directions. An uncertain date sorts by its
// first, then its last day.
void sort_by(const model::Sort& sort, const model::Form& form,
             std::vector<model::Record>& records);

}  // namespace zicht::app::testing
