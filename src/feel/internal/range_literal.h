// The text of a range, as range() takes it.
#pragma once

#include <string_view>

#include "feel/value.h"

namespace zicht::feel::internal {

// "[1..3)", "]\"a\"..\"c\"]", "[@\"2025-01-01\"..date(\"2025-12-31\")]": brackets and two literal
// ends that can be compared. Null with FE-0117 for another shape, FE-0120 for ends that make no
// range.
Value range_of_literal(std::string_view text, const TimeZones& zones);

}  // namespace zicht::feel::internal
