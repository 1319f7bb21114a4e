// The cheapest pattern of suppressed cells that protects every primary cell as far as it asks, and
// a bound that tells how far from the cheapest it can be.
//
//     const OptimalSuppression done = suppress_optimally(cells, singletons);
//     // cells: what had to be suppressed is kSecondary; done.gap() is 0 where it is the cheapest
//
// Method: M. Fischetti and J.J. Salazar-Gonzalez, "Solving the cell suppression problem on tabular
// data with linear constraints", Management Science 47(7), 2001. Minimise sum w x, x 0 or 1, where
// for each primary cell p the attacker's programme
//     max y_p over My = 0, value_i - x_i (value_i - lower_i) <= y_i <= value_i + x_i (upper_i -
//     value_i)
// reaches value_p + protect_above, the least one value_p - protect_below, and both together are
// protect_width apart. By duality that is sum x_i (alpha_i up_i + beta_i down_i) >= need for all
// multipliers of the relations (capacity cuts; factors above the right side are lowered to it), of
// which those that are violated are found by the attackers' programmes (CLP, each from its last
// basis). Beside them: the cut of each relation by itself at the start, covers (at least k of these
// cells), and that no relation has one suppressed cell alone, which holds in every cheapest
// pattern. The master programme is solved first in fractions, then in zeros and ones (CBC).
// Patterns come from it: what is missing is added by the cuts, then cells are published again,
// dearest first, as long as attackers are kept away.
//
// Singletons: for each contributor who is alone in a cell, the attacker's programme with his cells
// fixed must leave every primary cell that is not his open (by a thousandth of its value), as for a
// primary cell that asks for nothing. What he learns from every pattern is left out.
//
// For one or some tables of up to about a thousand cells, or parts of them (modular.h); larger ones
// take too long, and linear_algebra.h with intervals.h does them. Deterministic; pure: bounded by
// counts, and by `stop` for who has a clock. The solvers keep nothing between calls; calls of
// several threads may run at once on cells of their own.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "stats/disclosure/linear_algebra.h"

namespace zicht::stats {

struct ExactLimits {
  double gap = 0;                // good enough: cost at most lower_bound * (1 + gap)
  int rounds = 400;              // of the master programme
  int nodes = 200'000;           // of branching, all rounds together
  int improvements = 60;         // tries to better a pattern, where there is a gap
  std::function<bool()> stop{};  // asked often; true ends the search with what was found
};

struct OptimalSuppression {
  std::size_t secondary = 0;  // cells that became kSecondary
  double cost = 0;            // their weight
  double lower_bound = 0;     // no pattern that protects the same costs less
  std::size_t rounds = 0;
  std::size_t cuts = 0;
  std::size_t programmes = 0;    // of attackers
  std::vector<CellId> narrow{};  // primary cells that no pattern protects as far as asked, by id

  // Share of the lower bound by which the cost may be too high.
  [[nodiscard]] double gap() const {
    if (cost <= lower_bound) return 0;
    return lower_bound > 0 ? cost / lower_bound - 1 : kUnbounded;
  }
};

// Sets cells to kSecondary. Cells that are kSecondary already stay so, at no cost, and kForced
// cells are never suppressed; what a narrow cell asks in vain counts no further. The pattern
// protects all others whatever limit was met: a limit costs weight only. Requires: factors of
// relations are whole numbers; values keep the relations, and bounds hold them.
OptimalSuppression suppress_optimally(LinkedCells& cells,
                                      std::span<const Singleton> singletons = {},
                                      const ExactLimits& limits = {});

}  // namespace zicht::stats
