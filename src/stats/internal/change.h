// A change of a table that keeps every relation and the cells that are published: what makes an
// attacker's interval wide.
#pragma once

#include <optional>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats::internal {

// One thing asked: that a primary cell may be `by` more (or less, where negative) than it is.
struct Wish {
  CellId cell = 0;
  double by = 0;
};

// By how much cells differ from their values; those not named do not.
using Change = std::vector<Term>;

[[nodiscard]] inline bool is_suppressed(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

// How far the cell may go up (by > 0) or down within its bounds.
[[nodiscard]] inline double room(const Cell& cell, double by) {
  return by > 0 ? cell.upper - cell.value : cell.value - cell.lower;
}

}  // namespace zicht::stats::internal
