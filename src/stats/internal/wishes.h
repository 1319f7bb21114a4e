// What is asked of intervals, and what was granted so far.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/internal/change.h"

namespace zicht::stats::internal {

class OpenWishes {
 public:
  explicit OpenWishes(const LinkedCells& cells)
      : above_(cells.cells().size(), 0), below_(cells.cells().size(), 0) {
    for (CellId id = 0; id < cells.cells().size(); ++id) {
      const Cell& cell = cells.cells()[id];
      if (cell.status != CellStatus::kPrimary) continue;
      below_[id] = cell.protect_below;
      above_[id] = std::max(cell.protect_above, cell.protect_width - cell.protect_below);
    }
  }

  // The largest first: what is suppressed for them serves the others.
  [[nodiscard]] std::vector<Wish> list() const {
    std::vector<Wish> wishes;
    for (CellId id = 0; id < above_.size(); ++id) {
      if (above_[id] > 0) wishes.push_back({id, above_[id]});
      if (below_[id] > 0) wishes.push_back({id, -below_[id]});
    }
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const Wish& a, const Wish& b) { return std::abs(a.by) > std::abs(b.by); });
    return wishes;
  }

  [[nodiscard]] bool is_open(const Wish& wish) const {
    return (wish.by > 0 ? above_ : below_)[wish.cell] > 0;
  }

  // There is a table in which the cell is `by` more than it is.
  void grant(CellId cell, double by) {
    double& asked = (by > 0 ? above_ : below_)[cell];
    if (std::abs(by) >= asked - kSlack) asked = 0;
  }

 private:
  static constexpr double kSlack = 1e-6;  // of a change against what is asked, in its unit

  std::vector<double> above_;
  std::vector<double> below_;
};

}  // namespace zicht::stats::internal
