// Changes of few cells, found by repair: a cell is changed as asked, and as long as a relation does
// not hold, a cell of it is changed too. Where two relations that do not hold have a cell in common
// that repairs both, it is that one: so the corners of a box come about, in as many dimensions as
// the table has.
//
// Source of the boxes: the hypercube method of R.D. Repsilber, as S. Giessing and D. Repsilber
// describe it ("Tools and strategies to protect multiple tables with the GHQUAR cell suppression
// engine", 2002); here only the relations say where a box is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "stats/internal/cheapest_change.h"

namespace zicht::stats::internal {

class RepairedChanges {
 public:
  // Requires: both outlive this. Which cells are suppressed may change between calls.
  RepairedChanges(const LinkedCells& cells, const Surroundings& near);

  // The one of least weight in published cells that a bounded search meets. Absent where it meets
  // none: there may be one none the less.
  [[nodiscard]] std::optional<Change> find(const Wish& wish);

 private:
  struct Repair {
    CellId cell = 0;
    double by = 0;
    double cost = 0;
  };
  void move(const Change& change);
  void search();
  void try_repair(const Repair& repair);
  // Of two relations at once; absent where none have a cell in common.
  [[nodiscard]] std::optional<Repair> corner() const;
  [[nodiscard]] std::vector<Repair> repairs_of(std::uint32_t relation) const;
  [[nodiscard]] double room_for(const Repair& repair) const;
  [[nodiscard]] bool is_possible(const Repair& repair) const;
  void apply(CellId cell, double by, double sign);
  [[nodiscard]] bool holds(std::uint32_t relation) const;
  [[nodiscard]] double cost_of(CellId cell) const;

  const LinkedCells& cells_;
  const Surroundings& near_;
  std::unordered_map<std::uint64_t, CellId> shared_;  // by two relations
  std::vector<double> off_;                           // of each relation: how far it is from zero
  std::vector<std::uint32_t> open_;                   // relations that do not hold
  std::vector<bool> is_changed_;                      // of each cell, by change_
  Change change_;                                     // of this part, so far
  double cost_ = 0;                                   // of it
  std::vector<double> by_;                            // of each cell, by the parts before
  std::vector<CellId> moved_;                         // by them
  std::optional<Change> best_;
  double least_ = kUnbounded;
  std::size_t steps_ = 0;
};

}  // namespace zicht::stats::internal
