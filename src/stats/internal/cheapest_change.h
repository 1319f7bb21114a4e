// The change of least weight that grants a wish, by linear programming over the cells round it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

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

// A programme over some cells that is solved for one wish after another. Suppressed cells cost next
// to nothing, others their weight for each unit of change.
class ChangeProgramme {
 public:
  ChangeProgramme(const LinkedCells& cells, const Surroundings& near, std::vector<CellId> among);
  ChangeProgramme(const ChangeProgramme&) = delete;
  ChangeProgramme& operator=(const ChangeProgramme&) = delete;
  ~ChangeProgramme();

  [[nodiscard]] bool has(CellId cell) const;

  // Absent where there is none among these cells.
  [[nodiscard]] std::optional<Change> solve(const Wish& wish);

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace zicht::stats::internal
