#include "stats/disclosure/intervals.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/rng.h"
#include "stats/internal/cheapest_change.h"
#include "stats/internal/free_changes.h"

namespace zicht::stats {
namespace {

using internal::Change;
using internal::ChangeProgramme;
using internal::FreeChanges;
using internal::OpenWishes;
using internal::Surroundings;
using internal::Wish;

constexpr int kBases = 4;
constexpr int kWalks = 12;
constexpr std::size_t kNear = 1'500;
constexpr std::size_t kFar = 20'000;

bool is_suppressed(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

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
    for (const Wish& wish : open_.list()) {
      if (open_.is_open(wish) && !grant_with_others(wish)) result_.narrow.push_back(wish.cell);
    }
    auto& narrow = result_.narrow;
    std::sort(narrow.begin(), narrow.end());
    narrow.erase(std::unique(narrow.begin(), narrow.end()), narrow.end());
    return std::move(result_);
  }

 private:
  // With cells that are published, at the least weight.
  bool grant_with_others(const Wish& wish) {
    for (const std::size_t limit : {kNear, kFar}) {
      ChangeProgramme programme(cells_, near_, near_.around(wish.cell, limit));
      if (grant(wish, programme)) return true;
    }
    return false;
  }

  bool grant(const Wish& wish, ChangeProgramme& programme) {
    ++result_.programmes;
    const auto change = programme.solve(wish);
    if (!change) return false;
    suppress(*change);
    for (const Term& part : *change) open_.grant(part.cell, part.factor);
    return true;
  }

  void suppress(const Change& change) {
    for (const Term& part : change) {
      Cell& cell = cells_.cells()[part.cell];
      if (cell.status != CellStatus::kPublished) continue;
      cell.status = CellStatus::kSecondary;
      ++result_.secondary;
    }
  }

  LinkedCells& cells_;
  Surroundings near_;
  OpenWishes open_;
  Widening result_;
};

}  // namespace

Widening widen_intervals(LinkedCells& cells) { return Widener(cells).widen(); }

}  // namespace zicht::stats
