// What rules of disclosure control look at, and what they ask for. Each rule has a file of its own:
// rule_threshold.h, rule_dominance.h, rule_p_percent.h, rule_group.h.
#pragma once

#include <optional>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

// What is known of one cell of a table.
struct CellFacts {
  double frequency = 0;           // contributors (persons, organisations); >= 0
  double value = 0;               // what is published: the frequency itself, or a sum of amounts
  std::vector<double> largest{};  // the largest contributions to `value`, largest first
};

// How far an attacker's interval must reach round the value of a sensitive cell, in its unit:
// from value - below to value + above, and `width` wide.
struct Protection {
  double below = 0;
  double above = 0;
  double width = 0;
  bool operator==(const Protection&) const = default;
};

// The stronger of both in each part.
[[nodiscard]] inline Protection stronger(const Protection& a, const Protection& b) {
  return {a.below > b.below ? a.below : b.below, a.above > b.above ? a.above : b.above,
          a.width > b.width ? a.width : b.width};
}

}  // namespace zicht::stats
