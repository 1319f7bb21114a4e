// Widening: more cells are suppressed until an attacker who knows the relations and the bounds of
// every cell finds an interval for each primary cell that is as wide as its protection asks.
//
//     suppress_exactly(cells, singletons);
//     const Widening done = widen_intervals(cells);
//     // done.narrow: primary cells that no pattern can protect as far as asked
//
// Method: for a primary cell a and what it asks, another table is looked for that has the same
// published cells and holds a + above (a - below) in its place. First along the free solutions of
// the relations among suppressed cells, in a few bases (changes that keep every relation, as far as
// the bounds allow); then along the corners of boxes, person by person, the cheapest in published
// cells (internal/repaired_change.h: quick, and it suppresses more than programmes would); where
// both fail, by the linear programme of J.P. Kelly, B.L. Golden and A.A. Assad ("Cell suppression:
// disclosure protection for sensitive tabular data", Networks 22, 1992): the change of least weight
// over the cells round it, where suppressed cells cost next to nothing. What then changes and was
// published is suppressed. Each such table is a certificate, so that no
// judgement rests on a programme that ended early; the audit judges again by itself.
//
// Deterministic; pure. CLP solves the programmes, with the dual simplex method.
#pragma once

#include <cstddef>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

struct Widening {
  std::size_t secondary = 0;     // cells that became kSecondary
  std::size_t programmes = 0;    // linear programmes that were solved
  std::vector<CellId> narrow{};  // primary cells that stay less wide than asked, by id
};

// Bounds of cells count as known to everybody. An asked width counts as asked above, where below
// does not give it. Requires: factors of relations as linear_algebra.h; finite values.
Widening widen_intervals(LinkedCells& cells);

}  // namespace zicht::stats
