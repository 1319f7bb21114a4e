#include "stats/internal/suppression_master.h"

#include <algorithm>
#include <cmath>
#include <coin/CbcHeuristic.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CglGomory.hpp>
#include <coin/CglKnapsackCover.hpp>
#include <coin/CglMixedIntegerRounding2.hpp>
#include <coin/CglZeroHalf.hpp>
#include <coin/ClpSimplex.hpp>
#include <coin/OsiClpSolverInterface.hpp>

namespace zicht::stats::internal {

struct SuppressionMaster::Model {
  std::vector<double> fixed{};    // 1 for what is suppressed already
  std::vector<CellId> cell_of{};  // of each column
  std::vector<int> column{};      // of each cell, -1: none
  ClpSimplex simplex{};

  [[nodiscard]] std::vector<double> open(const double* values, bool is_whole) const {
    std::vector<double> out = fixed;
    for (std::size_t j = 0; j < cell_of.size(); ++j) {
      const double value = is_whole ? std::round(values[j]) : values[j];
      out[cell_of[j]] = value < 1e-9 ? 0 : std::min(value, 1.0);
    }
    return out;
  }
};

SuppressionMaster::SuppressionMaster(const LinkedCells& cells) : model_(std::make_unique<Model>()) {
  Model& model = *model_;
  std::vector<double> weights;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    const Cell& cell = cells.cells()[id];
    const bool is_free = cell.status == CellStatus::kPublished;
    model.fixed.push_back(is_free || cell.status == CellStatus::kForced ? 0 : 1);
    model.column.push_back(is_free ? static_cast<int>(model.cell_of.size()) : -1);
    if (!is_free) continue;
    model.cell_of.push_back(id);
    weights.push_back(cell.weight);
  }
  model.simplex.setLogLevel(0);
  model.simplex.resize(0, static_cast<int>(weights.size()));
  for (std::size_t j = 0; j < weights.size(); ++j) {
    model.simplex.setObjectiveCoefficient(static_cast<int>(j), weights[j]);
    model.simplex.setColumnBounds(static_cast<int>(j), 0, 1);
  }
}

SuppressionMaster::~SuppressionMaster() = default;

void SuppressionMaster::add(const Cut& cut) {
  std::vector<int> columns;
  std::vector<double> factors;
  double right = cut.right;
  for (const Term& term : cut.terms) {
    if (model_->column[term.cell] < 0) {
      right -= term.factor * model_->fixed[term.cell];
    } else {
      columns.push_back(model_->column[term.cell]);
      factors.push_back(term.factor);
    }
  }
  model_->simplex.addRow(static_cast<int>(columns.size()), columns.data(), factors.data(), right,
                         COIN_DBL_MAX);
}

std::size_t SuppressionMaster::cuts() const {
  return static_cast<std::size_t>(model_->simplex.numberRows());
}

std::optional<SuppressionMaster::Solution> SuppressionMaster::relax() {
  ClpSimplex& simplex = model_->simplex;
  // Nothing is asked yet; CLP fails on a programme without rows.
  if (simplex.numberRows() == 0) return Solution{model_->fixed, 0};
  simplex.dual();
  if (simplex.status() != 0) simplex.primal();
  if (simplex.status() != 0) return std::nullopt;
  return Solution{model_->open(simplex.primalColumnSolution(), false), simplex.objectiveValue()};
}

SuppressionMaster::Whole SuppressionMaster::solve(int nodes, double cutoff) {
  OsiClpSolverInterface solver(&model_->simplex, false);
  solver.messageHandler()->setLogLevel(0);
  solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
  for (std::size_t j = 0; j < model_->cell_of.size(); ++j) solver.setInteger(static_cast<int>(j));
  CbcModel cbc(solver);
  cbc.setLogLevel(0);
  cbc.messageHandler()->setLogLevel(0);
  cbc.solver()->messageHandler()->setLogLevel(0);
  cbc.setCutoff(cutoff);
  cbc.setMaximumNodes(nodes);
  CglGomory gomory;
  CglKnapsackCover covers;
  CglMixedIntegerRounding2 rounding;
  CglZeroHalf halves;
  cbc.addCutGenerator(&gomory, -98, "gomory");
  cbc.addCutGenerator(&covers, -98, "covers");
  cbc.addCutGenerator(&rounding, -98, "rounding");
  cbc.addCutGenerator(&halves, -98, "halves");
  CbcRounding rounder(cbc);
  cbc.addHeuristic(&rounder);
  cbc.initialSolve();
  cbc.branchAndBound();
  Whole whole;
  whole.nodes = cbc.getNodeCount();
  if (cbc.bestSolution() != nullptr) whole.open = model_->open(cbc.bestSolution(), true);
  const bool is_complete = !whole.open && cbc.status() == 0;
  whole.bound = is_complete ? kUnbounded : cbc.getBestPossibleObjValue();
  return whole;
}

}  // namespace zicht::stats::internal
