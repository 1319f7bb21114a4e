// What an attacker can work out of a suppressed cell: the least and the greatest value that all
// published relations leave open.
//
//     ZICHT_TRY(ranges, attacker_intervals(cells, hidden, {cell}));
//     ranges[0].lower, ranges[0].upper       // upper is kUnbounded where nothing limits it
//
// Formula: min and max y_p over My = 0, y_i = value_i where published, lower_i <= y_i <= upper_i
// where hidden; two linear programs. Source: Fischetti and Salazar-Gonzalez (2001), section 2.
// Hidden cells fall apart in components that share no relation; each component is one program,
// solved for one cell after another from the basis of the last. Values are real numbers: an
// attacker who knows that they are whole can know more where the relations are no network.
//
// A cell that is not hidden has its value as interval; a hidden cell in no relation has its bounds.
// Tolerance: about 1e-7 of the solver. Pure; thread-safe for cells that nobody changes.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

struct Interval {
  double lower = 0;
  double upper = kUnbounded;
};

// One interval for each of `asked`, in that order. Requires: hidden has one entry for each cell,
// asked and relations name cells that are there.
// Errors: SA-0040 the values contradict the relations or bounds, SA-0041 the solver gave up, or a
// program takes more than max_iterations (simplex steps).
[[nodiscard]] Result<std::vector<Interval>> attacker_intervals(const LinkedCells& cells,
                                                               const std::vector<bool>& hidden,
                                                               const std::vector<CellId>& asked,
                                                               int max_iterations = 1'000'000);

}  // namespace zicht::stats
