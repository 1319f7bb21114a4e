// Controlled rounding: every cell becomes a multiple of a base near it, and all relations still add
// up.
//
//     ZICHT_TRY(rounded, round_controlled(cells, 5));
//     rounded.values[cell];       // what may be published
//     rounded.steps;              // 0: every cell went to one of the two multiples round it
//
// Method: the programme of L.H. Cox, "A constructive procedure for unbiased controlled rounding",
// Journal of the American Statistical Association 82, 1987, and J.J. Salazar-Gonzalez and others,
// "Controlled rounding" in A. Hundepool and others, "Statistical Disclosure Control", Wiley 2012,
// section 4.7: whole numbers k with M k = 0, base * k next to the value, sum |base k - value|
// least. Zero-restricted: a multiple of the base stays, others go to the multiple below or above.
// Where no such table exists (it always does for two dimensions, not for three or linked ones),
// cells may go one multiple further, then two, and so on; multiples may then change as well.
// `steps` tells how far. Deterministic; pure; CBC solves it, with one thread.
//
// Cells may be of any status: rounding hides nothing, and protects cells by that each stands for a
// range of values. A value that is not whole is rounded like any other.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/disclosure/linked_cells.h"

namespace zicht::stats {

struct RoundingLimits {
  int steps = 3;        // multiples further than next to the value, at most
  int nodes = 100'000;  // of branching, for each number of steps
};

struct RoundedCells {
  std::vector<double> values{};  // of each cell, a multiple of the base
  int steps = 0;                 // |values[i] - value| < base * (1 + steps)
  double distance = 0;           // sum of |values[i] - value|
};

// Bounds of cells are kept where they let a multiple through: a value of 0 or more stays so.
// Requires: factors of relations are whole numbers; values are finite.
// Errors: SA-0060 the base is no number above zero, SA-0061 no table of multiples that adds up was
// found within the limits.
[[nodiscard]] Result<RoundedCells> round_controlled(const LinkedCells& cells, double base,
                                                    const RoundingLimits& limits = {});

}  // namespace zicht::stats
