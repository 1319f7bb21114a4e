// The change of least weight that grants a wish, by linear programming over the cells round it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "stats/internal/change.h"

namespace zicht::stats::internal {

// Cells and the relations that they stand in.
class Surroundings {
 public:
  explicit Surroundings(const LinkedCells& cells);

  // The cell and the nearest others, by relations in common, at most about `limit`; by distance,
  // then by the order of relations. Cells that must be shown are no part of it.
  [[nodiscard]] std::vector<CellId> around(CellId cell, std::size_t limit) const;

  struct Part {  // of a relation
    std::uint32_t relation = 0;
    double factor = 0;
  };
  [[nodiscard]] const std::vector<Part>& parts_of(CellId cell) const { return parts_of_[cell]; }

 private:
  const LinkedCells& cells_;
  std::vector<std::vector<Part>> parts_of_;
};

// By a programme over `among`, in which suppressed cells cost next to nothing and others their
// weight for each unit of change. Absent where these cells have no such change. Requires: `among`
// has the cell of the wish.
[[nodiscard]] std::optional<Change> cheapest_change(const LinkedCells& cells,
                                                    const Surroundings& near,
                                                    const std::vector<CellId>& among,
                                                    const Wish& wish);

}  // namespace zicht::stats::internal
