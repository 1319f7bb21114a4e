// Whether putting rows in order by a field would rank regions, which nobody may: figures of regions
// are read with their explanation, never as a table of the best and the worst.
//
//     if (field.is_sortable && ranks_regions(packs, form, field)) refuse();
//
// Text, dates and choices may be sorted by. Pure, thread-safe.
#pragma once

#include "model/pack.h"

namespace zicht::model {

// True when the field is a number (integer, decimal, money) and rows of its form tell of a region:
// the form has `subject: region`, or a reference of it leads, at once or over other forms, to one
// that has. A form whose pack is not among the active `packs` leads nowhere.
[[nodiscard]] bool ranks_regions(const PackSet& packs, const Form& form, const Field& field);

}  // namespace zicht::model
