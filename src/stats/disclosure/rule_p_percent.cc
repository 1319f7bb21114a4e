#include "stats/disclosure/rule_p_percent.h"

namespace zicht::stats {

std::optional<Protection> judge_p_percent(const CellFacts& cell, const PPercentRule& rule) {
  if (!(cell.value > 0) || cell.largest.empty()) return std::nullopt;
  const double first = cell.largest[0];
  const double second = cell.largest.size() > 1 ? cell.largest[1] : 0;
  const double reach = rule.p * first - (cell.value - first - second);
  if (!(reach > 0)) return std::nullopt;
  return Protection{.below = reach, .above = reach};
}

}  // namespace zicht::stats
