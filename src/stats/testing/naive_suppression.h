// The cheapest protecting pattern, the slow and plain way: every pattern is tried, cheap ones
// first.
#pragma once

#include <vector>

#include "base/rng.h"
#include "stats/disclosure/linked_cells.h"

namespace zicht::stats::testing {

// Cells that are kPrimary or kSecondary.
[[nodiscard]] std::vector<bool> hidden_cells(const LinkedCells& cells);

// Primary cells that the pattern protects less than asked, by id; what asks for nothing must not be
// known exactly. By attacker_intervals.
[[nodiscard]] std::vector<CellId> narrow_cells(const LinkedCells& cells,
                                               const std::vector<bool>& hidden);

// Weight of the cells that must be hidden beside those that are, so that all is met that is asked
// below, above and in width and that is met when all are hidden. For at most about 14 cells that
// are kPublished.
[[nodiscard]] double naively_cheapest(const LinkedCells& cells);

// Flat, hierarchical or linked: 9 to 15 cells, counts or amounts, some that must be shown, one to
// three primary ones that ask for something below, above, in width, or for nothing.
[[nodiscard]] LinkedCells make_tiny_cells(Rng& rng);

}  // namespace zicht::stats::testing
