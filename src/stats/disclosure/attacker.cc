#include "stats/disclosure/attacker.h"

#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <map>
#include <memory>
#include <numeric>

#include "base/error_catalogue.h"

namespace zicht::stats {
namespace {

// Hidden cells that share a relation, by the least of them.
std::vector<CellId> components(const LinkedCells& cells, const std::vector<bool>& hidden) {
  std::vector<CellId> parent(cells.cells().size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&parent](CellId cell) {
    while (parent[cell] != cell) cell = parent[cell] = parent[parent[cell]];
    return cell;
  };
  for (const Relation& relation : cells.relations()) {
    const Term* first = nullptr;
    for (const Term& term : relation) {
      if (!hidden[term.cell]) continue;
      if (first == nullptr) first = &term;
      parent[root(term.cell)] = root(first->cell);
    }
  }
  for (CellId cell = 0; cell < parent.size(); ++cell) parent[cell] = root(cell);
  return parent;
}

// The linear program of one component.
class Program {
 public:
  Program() { clp_.setLogLevel(0); }

  void add_cell(CellId id, const Cell& cell) {
    column_.emplace(id, static_cast<int>(column_.size()));
    lower_.push_back(cell.lower);
    upper_.push_back(cell.upper);
  }

  void add_row(const Relation& relation, const LinkedCells& cells,
               const std::vector<bool>& hidden) {
    std::map<int, double> factors;
    double known = 0;
    for (const Term& term : relation) {
      if (hidden[term.cell]) {
        factors[column_.at(term.cell)] += term.factor;
      } else {
        known -= term.factor * cells.cells()[term.cell].value;
      }
    }
    const int row = static_cast<int>(right_.size());
    for (const auto& [column, factor] : factors) {
      rows_.push_back(row);
      columns_.push_back(column);
      factors_.push_back(factor);
    }
    right_.push_back(known);
  }

  void load() {
    const std::vector<double> objective(column_.size(), 0);
    CoinPackedMatrix matrix(true, rows_.data(), columns_.data(), factors_.data(),
                            static_cast<CoinBigIndex>(rows_.size()));
    matrix.setDimensions(static_cast<int>(right_.size()), static_cast<int>(column_.size()));
    clp_.loadProblem(matrix, lower_.data(), upper_.data(), objective.data(), right_.data(),
                     right_.data());
  }

  void limit(int iterations) { clp_.setMaximumIterations(iterations); }

  Result<double> extreme(CellId cell, double direction) {
    const int column = column_.at(cell);
    clp_.setObjectiveCoefficient(column, 1);
    clp_.setOptimizationDirection(direction);
    clp_.primal();
    clp_.setObjectiveCoefficient(column, 0);
    if (clp_.status() == 0) return clp_.primalColumnSolution()[column];
    if (clp_.status() == 2) return -direction * kUnbounded;
    if (clp_.status() == 1) return make_error("SA-0040");
    return make_error("SA-0041");
  }

 private:
  ClpSimplex clp_;
  std::map<CellId, int> column_;
  std::vector<double> lower_;
  std::vector<double> upper_;
  std::vector<double> right_;
  std::vector<int> rows_;
  std::vector<int> columns_;
  std::vector<double> factors_;
};

using Programs = std::map<CellId, std::unique_ptr<Program>>;

Programs build(const LinkedCells& cells, const std::vector<bool>& hidden,
               const std::vector<CellId>& part, const std::vector<CellId>& asked) {
  Programs programs;
  for (const CellId cell : asked) {
    if (hidden[cell]) programs.try_emplace(part[cell], std::make_unique<Program>());
  }
  for (CellId cell = 0; cell < part.size(); ++cell) {
    const auto found = programs.find(part[cell]);
    if (hidden[cell] && found != programs.end()) found->second->add_cell(cell, cells.cells()[cell]);
  }
  for (const Relation& relation : cells.relations()) {
    for (const Term& term : relation) {
      if (!hidden[term.cell]) continue;
      const auto found = programs.find(part[term.cell]);
      if (found != programs.end()) found->second->add_row(relation, cells, hidden);
      break;
    }
  }
  for (auto& [root, program] : programs) program->load();
  return programs;
}

}  // namespace

Result<std::vector<Interval>> attacker_intervals(const LinkedCells& cells,
                                                 const std::vector<bool>& hidden,
                                                 const std::vector<CellId>& asked,
                                                 int max_iterations) {
  const std::vector<CellId> part = components(cells, hidden);
  const Programs programs = build(cells, hidden, part, asked);
  std::vector<Interval> out;
  out.reserve(asked.size());
  for (const CellId cell : asked) {
    if (!hidden[cell]) {
      out.push_back({cells.cells()[cell].value, cells.cells()[cell].value});
      continue;
    }
    Program& program = *programs.at(part[cell]);
    program.limit(max_iterations);
    ZICHT_TRY(lower, program.extreme(cell, 1));
    ZICHT_TRY(upper, program.extreme(cell, -1));
    out.push_back({lower, upper});
  }
  return out;
}

}  // namespace zicht::stats
