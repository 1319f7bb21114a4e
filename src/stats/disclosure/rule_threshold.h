// Threshold rule: a cell with fewer than `minimum` contributors is sensitive.
//
// Protection: for counts (where the value is the frequency n) an attacker must hold `minimum` for
// possible, so above = minimum - n, and n not for the lowest possible, so below = 1 (0 where n =
// 0; less where everybody knows a higher bound, Table::linked_cells). For amounts: `range` times
// the value on both sides (the safety range of the tau-ARGUS manual 4.1, section 4.3). Domain:
// minimum >= 1; range in [0,1]. NaN is refused before (tables.h).
#pragma once

#include "stats/disclosure/rules.h"

namespace zicht::stats {

struct ThresholdRule {
  double minimum = 5;
  double range = 0.1;
  bool zeros_are_sensitive = false;  // a cell without contributors counts as too small
};

// What the rule asks for; absent where the cell is not sensitive.
[[nodiscard]] std::optional<Protection> judge_threshold(const CellFacts& cell,
                                                        const ThresholdRule& rule, bool is_count);

}  // namespace zicht::stats
