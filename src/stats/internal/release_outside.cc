// What is judged of cells that everybody reads without their true values.
#include <algorithm>

#include "stats/internal/release_cells.h"

namespace zicht::stats::internal {
namespace {

bool is_small(const CellFacts& facts, const TableSpec& spec) {
  return spec.is_count() && spec.threshold &&
         judge_threshold(facts, *spec.threshold, true).has_value();
}

// Shown and small, or hidden and to be left the room to be enough. Of a hidden amount nobody knows
// from how many it comes, so that none may follow exactly.
void judge_row(ReleaseCells& all, const TableSpec& spec, CellId id) {
  Publication& publication = all.publication;
  Cell& cell = all.cells.cells()[id];
  const bool is_rounded = spec.method == ProtectionMethod::kRounding;
  if (publication.shown[id]) {
    if (is_small(all.about[id].facts, spec)) publication.protect.push_back(id);
  } else if (!spec.is_count()) {
    if (!is_rounded) publication.unknown.push_back(id);
  } else if (spec.threshold) {
    cell.protect_above = std::max(0.0, spec.threshold->minimum - cell.value);
    publication.protect.push_back(id);
  }
}

}  // namespace

void judge_outside(ReleaseCells& all, const std::vector<Release>& editions) {
  for (CellId id = 0; id < all.about.size(); ++id) {
    const ReleaseCell& about = all.about[id];
    const ReleaseTable& table = editions[about.edition].tables[about.table];
    if (about.role != CellRole::kRow || !table.is_outside || table.spec.is_not_judged()) continue;
    all.about[id].is_open = !all.publication.shown[id];
    judge_row(all, table.spec, id);
  }
}

std::optional<Protection> ask_open(const TableSpec& spec, double minimum) {
  if (!spec.is_count() || !spec.threshold || minimum <= 0) return std::nullopt;
  return Protection{.above = minimum};
}

bool tells_outside(const TableSpec& spec, const ReleaseCell& about, const Cell& asked, double lower,
                   double upper) {
  constexpr double kSpare = 1e-6;
  const double minimum = asked.value + asked.protect_above - kSpare;
  switch (about.role) {
    case CellRole::kChange:
    case CellRole::kDifference:
      return (lower > kSpare && upper < minimum) || (upper < -kSpare && lower > -minimum);
    case CellRole::kRow: {
      const bool may_be_none = !spec.threshold || !spec.threshold->zeros_are_sensitive;
      return !spec.is_count() || (upper < minimum && !(may_be_none && upper <= kSpare));
    }
    case CellRole::kAtom:
      break;
  }
  return true;
}

}  // namespace zicht::stats::internal
