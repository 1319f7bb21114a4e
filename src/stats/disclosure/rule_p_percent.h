// p % rule: a cell is sensitive where the second largest contributor could estimate the largest one
// to within the share p: X - x1 - x2 < p x1.
//
// Protection on both sides: p x1 - (X - x1 - x2) (same sources as rule_dominance.h). Domain:
// 0 < p <= 1; a cell without `largest` is not judged, one with a single contribution has x2 = 0. A
// cell of value 0 or less is not judged.
#pragma once

#include "stats/disclosure/rules.h"

namespace zicht::stats {

struct PPercentRule {
  double p = 0.1;
};

[[nodiscard]] std::optional<Protection> judge_p_percent(const CellFacts& cell,
                                                        const PPercentRule& rule);

}  // namespace zicht::stats
