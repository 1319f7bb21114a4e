#include "stats/disclosure/rule_dominance.h"

#include <algorithm>

namespace zicht::stats {

std::optional<Protection> judge_dominance(const CellFacts& cell, const DominanceRule& rule) {
  if (!(cell.value > 0)) return std::nullopt;
  double top = 0;
  for (std::size_t i = 0; i < std::min(rule.n, cell.largest.size()); ++i) top += cell.largest[i];
  if (top <= rule.share * cell.value) return std::nullopt;
  const double reach = top / rule.share - cell.value;
  return Protection{.below = reach, .above = reach};
}

}  // namespace zicht::stats
