#include "stats/disclosure/intervals.h"

#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "stats/internal/cheapest_change.h"
#include "stats/internal/free_changes.h"
#include "stats/internal/repaired_change.h"

namespace zicht::stats {
namespace {

using internal::Change;
using internal::cheapest_change;
using internal::FreeChanges;
using internal::is_suppressed;
using internal::OpenWishes;
using internal::RepairedChanges;
using internal::Surroundings;
using internal::Wish;

constexpr int kBases = 4;
constexpr int kWalks = 12;
constexpr std::size_t kNear = 1'500;
constexpr std::size_t kFar = 20'000;

// By walks along the free solutions in some bases.
void grant_freely(const LinkedCells& cells, OpenWishes& open) {
  std::vector<CellId> order;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    if (is_suppressed(cells.cells()[id])) order.push_back(id);
  }
  std::vector<double> change(cells.cells().size(), 0);
  SeededRng rng(1);
  for (int basis = 0; basis < kBases && !open.list().empty(); ++basis) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[rng.below(i)]);
    FreeChanges changes(cells, order, change);
    for (int i = 0; i < kWalks; ++i) {
      changes.walk(open, rng);
    }
  }
}

class Widener {
 public:
  explicit Widener(LinkedCells& cells) : cells_(cells), near_(cells), open_(cells) {}

  Widening widen() {
    grant_freely(cells_, open_);
    grant_by_repair();
    for (const Wish& wish : open_.list()) {
      if (open_.is_open(wish) && !grant_by_programme(wish)) result_.narrow.push_back(wish.cell);
    }
    auto& narrow = result_.narrow;
    std::sort(narrow.begin(), narrow.end());
    narrow.erase(std::unique(narrow.begin(), narrow.end()), narrow.end());
    return std::move(result_);
  }

 private:
  void grant_by_repair() {
    RepairedChanges repaired(cells_, near_);
    for (const Wish& wish : open_.list()) {
      if (!open_.is_open(wish)) continue;
      if (const auto change = repaired.find(wish)) grant(*change);
    }
  }

  // At the least weight of what is published.
  bool grant_by_programme(const Wish& wish) {
    for (const std::size_t limit : {kNear, kFar}) {
      ++result_.programmes;
      const auto change = cheapest_change(cells_, near_, near_.around(wish.cell, limit), wish);
      if (!change) continue;
      grant(*change);
      return true;
    }
    return false;
  }

  void grant(const Change& change) {
    for (const Term& part : change) {
      suppress(part.cell);
      open_.grant(part.cell, part.factor);
    }
  }

  void suppress(CellId id) {
    Cell& cell = cells_.cells()[id];
    if (cell.status != CellStatus::kPublished) return;
    cell.status = CellStatus::kSecondary;
    ++result_.secondary;
  }

  LinkedCells& cells_;
  Surroundings near_;
  OpenWishes open_;
  Widening result_;
};

}  // namespace

Widening widen_intervals(LinkedCells& cells) { return Widener(cells).widen(); }

}  // namespace zicht::stats
