#include "stats/disclosure/rule_threshold.h"

#include <cmath>

namespace zicht::stats {

std::optional<Protection> judge_threshold(const CellFacts& cell, const ThresholdRule& rule,
                                          bool is_count) {
  if (cell.frequency >= rule.minimum) return std::nullopt;
  if (cell.frequency == 0 && !rule.zeros_are_sensitive) return std::nullopt;
  if (is_count) {
    return Protection{.below = cell.frequency > 0 ? 1.0 : 0.0,
                      .above = rule.minimum - cell.frequency};
  }
  const double reach = rule.range * std::abs(cell.value);
  return Protection{.below = reach, .above = reach};
}

}  // namespace zicht::stats
