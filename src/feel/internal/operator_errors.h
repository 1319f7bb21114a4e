// The nulls that operators give.
#pragma once

#include <string_view>

#include "feel/value.h"

namespace zicht::feel::internal {

// The causes of the operands that are null; FE-0111 where there is none to pass on.
Value not_applicable(std::string_view symbol, const Value& left, const Value& right);
Value not_applicable(std::string_view symbol, const Value& operand);

// FE-0113.
Value out_of_range(std::string_view symbol);

// Seconds that order and equality of moments and times look at, in UTC where they have an offset.
std::int64_t comparable_seconds(const DateTime& value);
std::int64_t comparable_seconds(const TimeOfDay& value);

}  // namespace zicht::feel::internal
