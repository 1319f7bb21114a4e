// Whether `where` of a query holds of a record, decided from the JSON values. Used by FakeStore.
#pragma once

#include <optional>

#include "feel/predicate.h"
#include "model/form.h"
#include "model/record.h"

namespace zicht::app::testing {

// Nothing: it cannot be determined.
[[nodiscard]] std::optional<bool> where_holds(const feel::Predicate& where, const model::Form& form,
                                              const model::Record& record);

// The engine's own columns as texts. `turn` is a column of the store that comes from the pack; the
// first "state:" task names the role, which is what tests need.
[[nodiscard]] std::optional<std::string> engine_column(std::string_view name,
                                                       const model::Record& record);

}  // namespace zicht::app::testing
