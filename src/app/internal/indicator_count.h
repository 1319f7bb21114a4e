// Counting an indicator for somebody: shared by what tells it live and what freezes it.
#pragma once

#include <chrono>
#include <vector>

#include "app/access.h"
#include "app/ports.h"
#include "app/present/indicator_json.h"
#include "app/rulebook.h"
#include "model/tally.h"

namespace zicht::app::internal {

// For whom it is counted: figures that are public already say the same to everybody.
[[nodiscard]] Caller counts_as(const Caller& caller, const model::Indicator& indicator);

// The rows in which all that it rests on is seen. Errors: AP-0211 there is none.
[[nodiscard]] Result<model::RowScope> scope_for(const Caller& counted, const model::Pack& pack,
                                                const model::Indicator& indicator);

struct IndicatorCount {
  std::vector<model::Group> groups;
  References references;  // records that groups are named after and `reader` sees
};

// `reader`: who is told the names of groups. Errors: those of Store::count.
[[nodiscard]] Result<IndicatorCount> count_indicator(Store& store, const Rulebook& rules,
                                                     const Caller& reader, const model::Pack& pack,
                                                     const model::Indicator& indicator,
                                                     model::CountQuery query);

// Without time and moment. `day` is the day on which conditions with dates are read.
[[nodiscard]] model::CountQuery count_query(const model::Pack& pack,
                                            const model::Indicator& indicator,
                                            model::RowScope scope, Date day);

}  // namespace zicht::app::internal
