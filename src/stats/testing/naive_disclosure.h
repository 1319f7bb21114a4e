// What is given away exactly, the slow and plain way: exact fractions and dense rows.
#pragma once

#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

// The suppressed cells whose value follows from the relations and the cells that are not suppressed
// together with those in `known`. For tables of a few hundred cells.
[[nodiscard]] std::vector<CellId> naively_exposed(const LinkedCells& cells,
                                                  const std::vector<CellId>& known = {});

}  // namespace zicht::stats
