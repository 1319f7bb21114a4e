// Group disclosure: (almost) everybody in a row of the table has the same category, so that who
// knows that somebody is in the row knows his category, however large the row is.
//
// A part of a total is sensitive where it is at least `share` of the total and the total is above
// 0. Protection: below = the part - share * the total, and at least 1 (for amounts: at least 1 % of
// the total), so that a row with others in it must be possible. Domain: 0.5 < share <= 1. A total
// with one part only says nothing new and is not judged.
#pragma once

#include <span>

#include "stats/disclosure/rules.h"

namespace zicht::stats {

struct GroupRule {
  double share = 1;
};

// What the rule asks for of each part, in their order.
[[nodiscard]] std::vector<std::optional<Protection>> judge_group(double total,
                                                                 std::span<const double> parts,
                                                                 const GroupRule& rule,
                                                                 bool is_count);

}  // namespace zicht::stats
