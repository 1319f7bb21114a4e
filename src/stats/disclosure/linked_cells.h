// LinkedCells: published tables as one set of linear relations, which is how an attacker reads
// them. Every method of disclosure control works on this; tables.h makes it from rows of a file.
//
//     LinkedCells cells;
//     const CellId total = cells.add({.value = 45, .lower = 0, .upper = kUnbounded});
//     ...
//     cells.relate({{total, -1}, {first, 1}, {second, 1}});   // first + second - total = 0
//
// Cells are numbered in the order in which they were added. Units: values are in the unit of the
// table (persons, euros); weights are what it costs to suppress a cell. Not thread-safe while it
// is filled, const afterwards.
//
// Source: M. Fischetti and J.J. Salazar-Gonzalez, "Solving the cell suppression problem on
// tabular data with linear constraints", Management Science 47(7), 2001: a table is My = b with
// bounds on y.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace zicht::stats {

using CellId = std::uint32_t;

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

enum class CellStatus : std::uint8_t {
  kPublished,  // may be shown, or suppressed if that protects another
  kPrimary,    // sensitive in itself: must be suppressed and protected
  kSecondary,  // suppressed to protect a primary one
  kForced,     // must be shown (known already, such as a total published elsewhere)
};

// What a method needs to know of one cell.
struct Cell {
  double value = 0;
  double weight = 1;  // cost of suppressing it; > 0
  double lower = 0;   // what everybody knows beforehand: lower <= value <= upper
  double upper = kUnbounded;
  double protect_below = 0;  // the attacker's interval must reach value - protect_below,
  double protect_above = 0;  // value + protect_above,
  double protect_width = 0;  // and be this wide
  CellStatus status = CellStatus::kPublished;
};

struct Term {
  CellId cell = 0;
  double factor = 1;
};

// The sum of factor * value over its terms is zero.
using Relation = std::vector<Term>;

class LinkedCells {
 public:
  CellId add(const Cell& cell) {
    cells_.push_back(cell);
    return static_cast<CellId>(cells_.size() - 1);
  }
  void relate(Relation relation) { relations_.push_back(std::move(relation)); }

  [[nodiscard]] std::vector<Cell>& cells() { return cells_; }
  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
  [[nodiscard]] const std::vector<Relation>& relations() const { return relations_; }

 private:
  std::vector<Cell> cells_;
  std::vector<Relation> relations_;
};

}  // namespace zicht::stats
