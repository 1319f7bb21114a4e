#include "stats/disclosure/rounding.h"

#include <fmt/format.h>

#include <cmath>
#include <coin/CbcHeuristic.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CglGomory.hpp>
#include <coin/CglProbing.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/OsiClpSolverInterface.hpp>
#include <optional>

#include "base/error_catalogue.h"

namespace zicht::stats {
namespace {

constexpr double kSame = 1e-9;  // of a base: so near a multiple is that multiple

// Where a cell stands between the multiples below and above it, in units of the base.
struct Place {
  double below = 0;
  double share = 0;  // 0 <= share < 1

  static Place of(double value, double base) {
    const double units = value / base;
    const double near = std::round(units);
    if (std::abs(units - near) <= kSame * std::max(1.0, std::abs(units))) return {near, 0};
    return {std::floor(units), units - std::floor(units)};
  }
  [[nodiscard]] double top() const { return share > 0 ? 1 : 0; }
};

// Columns: of each cell, in turn, whether it goes to the multiple above; how many multiples
// further up; how many further down.
class Programme {
 public:
  Programme(const LinkedCells& cells, double base, int steps) : steps_(steps) {
    for (const Cell& cell : cells.cells()) {
      places_.push_back(Place::of(cell.value, base));
      add_columns(cell);
    }
    for (const Relation& relation : cells.relations()) add_row(relation);
  }

  bool solve(int nodes) {
    OsiClpSolverInterface solver;
    load(solver);
    CbcModel cbc(solver);
    cbc.setLogLevel(0);
    cbc.messageHandler()->setLogLevel(0);
    cbc.solver()->messageHandler()->setLogLevel(0);
    cbc.setMaximumNodes(nodes);
    CglProbing probing;
    CglGomory gomory;
    cbc.addCutGenerator(&probing, -98, "probing");
    cbc.addCutGenerator(&gomory, -98, "gomory");
    CbcRounding rounder(cbc);
    cbc.addHeuristic(&rounder);
    cbc.initialSolve();
    if (cbc.isInitialSolveProvenPrimalInfeasible()) return false;
    cbc.branchAndBound();
    if (cbc.bestSolution() == nullptr) return false;
    solution_.assign(cbc.bestSolution(), cbc.bestSolution() + upper_.size());
    return true;
  }

  [[nodiscard]] double units(std::size_t cell) const {
    const double* const at = &solution_[3 * cell];
    return places_[cell].below + std::round(at[0]) + std::round(at[1]) - std::round(at[2]);
  }

 private:
  void add_columns(const Cell& cell) {
    const Place& place = places_.back();
    const bool keeps_sign = cell.lower >= 0;
    const double down = keeps_sign ? std::min<double>(steps_, place.below) : steps_;
    upper_.insert(upper_.end(), {place.top(), static_cast<double>(steps_), std::max(down, 0.0)});
    // A step further is always dearer than the two multiples round the value.
    cost_.insert(cost_.end(), {1 - 2 * place.share, 1.0, 1.0});
    if (place.share == 0) cost_[cost_.size() - 3] = 0;
  }

  void add_row(const Relation& relation) {
    double right = 0;
    for (const Term& term : relation) {
      right -= term.factor * places_[term.cell].below;
      const int column = 3 * static_cast<int>(term.cell);
      for (const auto& [offset, sign] : {std::pair(0, 1.0), {1, 1.0}, {2, -1.0}}) {
        rows_.push_back(static_cast<int>(right_.size()));
        columns_.push_back(column + offset);
        factors_.push_back(sign * term.factor);
      }
    }
    right_.push_back(right);
  }

  void load(OsiClpSolverInterface& solver) const {
    CoinPackedMatrix matrix(true, rows_.data(), columns_.data(), factors_.data(),
                            static_cast<CoinBigIndex>(factors_.size()));
    matrix.setDimensions(static_cast<int>(right_.size()), static_cast<int>(upper_.size()));
    const std::vector<double> zeros(upper_.size(), 0);
    solver.messageHandler()->setLogLevel(0);
    solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
    solver.loadProblem(matrix, zeros.data(), upper_.data(), cost_.data(), right_.data(),
                       right_.data());
    for (std::size_t j = 0; j < upper_.size(); ++j) solver.setInteger(static_cast<int>(j));
  }

  int steps_;
  std::vector<Place> places_{};
  std::vector<double> upper_{};
  std::vector<double> cost_{};
  std::vector<double> right_{};
  std::vector<int> rows_{};
  std::vector<int> columns_{};
  std::vector<double> factors_{};
  std::vector<double> solution_{};
};

}  // namespace

Result<RoundedCells> round_controlled(const LinkedCells& cells, double base,
                                      const RoundingLimits& limits) {
  if (!std::isfinite(base) || base <= 0) {
    return make_error("SA-0060", {{"base", fmt::format("{}", base)}});
  }
  for (int steps = 0; steps <= limits.steps && !cells.cells().empty(); ++steps) {
    Programme programme(cells, base, steps);
    if (!programme.solve(limits.nodes)) continue;
    RoundedCells rounded{.steps = steps};
    for (std::size_t i = 0; i < cells.cells().size(); ++i) {
      rounded.values.push_back(programme.units(i) * base);
      rounded.distance += std::abs(rounded.values.back() - cells.cells()[i].value);
    }
    return rounded;
  }
  if (cells.cells().empty()) return RoundedCells{};
  return make_error("SA-0061",
                    {{"base", fmt::format("{}", base)}, {"steps", std::to_string(limits.steps)}});
}

}  // namespace zicht::stats
