// Why there are nulls within a value: a list or a context may be known while its parts are not.
//
//     for (const NullCause& cause : causes_within(value)) ask_for(cause.fact);
#pragma once

#include <cstddef>
#include <vector>

#include "feel/value.h"

namespace zicht::feel {

inline constexpr std::size_t kMaxPartsLookedAt = 10'000;

// The causes of every null: the value itself, its items and members, however deep; in the order in
// which they stand. What has more than kMaxPartsLookedAt parts is not known to be without one:
// FE-0101 is among the causes then. Pure and thread-safe.
[[nodiscard]] std::vector<NullCause> causes_within(const Value& value);

}  // namespace zicht::feel
