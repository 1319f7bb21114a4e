// Dominance or (n,k) rule: a cell is sensitive where its n largest contributions are more than the
// share k of its value.
//
// Protection on both sides: (x1 + ... + xn) / k - X, the least by which X must be uncertain for the
// rule to hold at the upper end (Handbook on Statistical Disclosure Control, 2nd ed., 2024, section
// on sensitivity rules; tau-ARGUS manual 4.1, table 2.7). Domain: n >= 1 and no more than there are
// contributions in `largest`; 0 < k < 1. A cell of value 0 or less is not judged.
#pragma once

#include "stats/disclosure/rules.h"

namespace zicht::stats {

struct DominanceRule {
  std::size_t n = 1;
  double share = 0.85;
};

[[nodiscard]] std::optional<Protection> judge_dominance(const CellFacts& cell,
                                                        const DominanceRule& rule);

}  // namespace zicht::stats
