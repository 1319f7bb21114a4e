// Walks among the tables that have the same published cells, along the free solutions of their
// relations, and grants what it comes by.
#pragma once

#include <cstdint>
#include <vector>

#include "base/rng.h"
#include "stats/internal/modular_rows.h"
#include "stats/internal/wishes.h"

namespace zicht::stats::internal {

class FreeChanges {
 public:
  // Solves for the suppressed cells in this order. `change` is where the walk stands: by how much
  // each cell differs from its value; it goes on from there and leaves there where it ends.
  FreeChanges(const LinkedCells& cells, const std::vector<CellId>& order,
              std::vector<double>& change);

  // Tries each open wish once, from wherever the walk stands. Every table on the way keeps all
  // relations and bounds.
  void walk(OpenWishes& open, Rng& rng);

 private:
  struct Move {  // of one cell while a free one moves by 1
    CellId cell = 0;
    double by = 0;
  };
  // As far as bounds allow, at most `by`.
  double push(CellId free, double by, OpenWishes& open);
  void try_for(const Wish& wish, OpenWishes& open, Rng& rng);

  const LinkedCells& cells_;
  std::vector<double>& change_;
  std::vector<std::vector<Move>> moves_;      // of each free cell, itself included
  std::vector<std::vector<Move>> movers_of_;  // free cells that move this one
};

}  // namespace zicht::stats::internal
