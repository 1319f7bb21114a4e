// Widening: on small random tables an attacker's interval is worked out by linear programming over
// all cells, in a model of its own, and must be as wide as asked.
#include "stats/disclosure/intervals.h"

#include <doctest/doctest.h>

#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/CoinPackedVector.hpp>

#include "stats/disclosure/linear_algebra.h"
#include "stats/testing/made_tables.h"

namespace zicht::stats {
namespace {

bool is_hidden(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

// Everything an attacker knows: relations, shown cells, bounds.
class Attacker {
 public:
  explicit Attacker(const LinkedCells& cells) {
    CoinPackedMatrix matrix(false, 0, 0);
    matrix.setDimensions(0, static_cast<int>(cells.cells().size()));
    std::vector<double> zeros;
    for (const Relation& relation : cells.relations()) {
      CoinPackedVector row;
      for (const Term& term : relation) row.insert(static_cast<int>(term.cell), term.factor);
      matrix.appendRow(row);
      zeros.push_back(0);
    }
    std::vector<double> lower;
    std::vector<double> upper;
    for (const Cell& cell : cells.cells()) {
      lower.push_back(is_hidden(cell) ? cell.lower : cell.value);
      const double most = std::isinf(cell.upper) ? COIN_DBL_MAX : cell.upper;
      upper.push_back(is_hidden(cell) ? most : cell.value);
    }
    model_.setLogLevel(0);
    model_.loadProblem(matrix, lower.data(), upper.data(), nullptr, zeros.data(), zeros.data());
  }

  // The most (sign 1) or the least (-1) that the cell may be.
  double extreme(CellId cell, double sign) {
    const auto at = static_cast<int>(cell);
    model_.setOptimizationDirection(-sign);
    model_.setObjectiveCoefficient(at, 1);
    model_.primal();
    model_.setObjectiveCoefficient(at, 0);
    if (model_.isProvenDualInfeasible()) return sign * kUnbounded;
    REQUIRE(model_.isProvenOptimal());
    return model_.objectiveValue();
  }

 private:
  ClpSimplex model_;
};

void check_wide(const LinkedCells& cells, const std::vector<CellId>& narrow) {
  Attacker attacker(cells);
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    const Cell& cell = cells.cells()[id];
    if (cell.status != CellStatus::kPrimary) continue;
    const double above = attacker.extreme(id, 1) - cell.value;
    const double below = cell.value - attacker.extreme(id, -1);
    const bool is_wide = above >= cell.protect_above - 1e-6 && below >= cell.protect_below - 1e-6 &&
                         above + below >= cell.protect_width - 1e-6;
    const bool is_told = std::find(narrow.begin(), narrow.end(), id) != narrow.end();
    CHECK(is_wide != is_told);
  }
}

TEST_CASE("intervals: every attacker's interval is as wide as asked, or told (200 random tables)") {
  SeededRng rng(7);
  std::size_t widened = 0;
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    const Table table = make_small_table(rng).table();
    LinkedCells cells = table.linked_cells();
    suppress_exactly(cells, table.singletons());
    const Widening done = widen_intervals(cells);
    widened += done.secondary;
    check_wide(cells, done.narrow);
  }
  CHECK(widened > 20);
}

TEST_CASE("intervals: an asked width counts where below does not give it") {
  LinkedCells cells;
  const CellId total = cells.add({.value = 30, .weight = 30, .status = CellStatus::kForced});
  const CellId small = cells.add({.value = 2, .protect_width = 9, .status = CellStatus::kPrimary});
  const CellId first = cells.add({.value = 8, .weight = 8});
  const CellId second = cells.add({.value = 20, .weight = 20});
  cells.relate({{total, -1}, {small, 1}, {first, 1}, {second, 1}});
  suppress_exactly(cells, {});
  CHECK(cells.cells()[first].status == CellStatus::kSecondary);
  CHECK(widen_intervals(cells).narrow.empty());
  check_wide(cells, {});
}

TEST_CASE("intervals: what cannot be as wide is told") {
  LinkedCells cells;
  const CellId total = cells.add({.value = 5, .weight = 5, .status = CellStatus::kForced});
  const CellId small = cells.add(
      {.value = 2, .protect_below = 3, .protect_above = 4, .status = CellStatus::kPrimary});
  const CellId other = cells.add({.value = 3, .weight = 3});
  cells.relate({{total, -1}, {small, 1}, {other, 1}});
  suppress_exactly(cells, {});
  CHECK(widen_intervals(cells).narrow == std::vector<CellId>{small});
}

}  // namespace
}  // namespace zicht::stats
