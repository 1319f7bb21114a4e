#include "stats/internal/cheapest_change.h"

#include <algorithm>
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <unordered_map>

namespace zicht::stats::internal {
namespace {

constexpr double kNextToNothing = 1e-4;  // of the weight
constexpr double kSmallChange = 1e-7;    // what the method leaves as zero

// Two columns for each cell: by how much it goes up, and down.
class Programme {
 public:
  Programme(const LinkedCells& cells, const Surroundings& near, const std::vector<CellId>& among)
      : cells_(cells), among_(among) {
    load(near);
    for (int at = 0; at < size(); ++at) {
      const Cell& cell = cell_at(at);
      const double cost = is_suppressed(cell) ? kNextToNothing * cell.weight : cell.weight;
      for (const int side : {0, 1}) {
        const double most = room(cell, side == 0 ? 1 : -1);
        simplex_.setObjectiveCoefficient(2 * at + side, cost);
        simplex_.setColumnBounds(2 * at + side, 0, std::isinf(most) ? COIN_DBL_MAX : most);
      }
    }
  }

  std::optional<Change> solve(const Wish& wish) {
    for (int at = 0; at < size(); ++at) {
      if (among_[static_cast<std::size_t>(at)] == wish.cell) require(at, wish.by);
    }
    simplex_.allSlackBasis();
    simplex_.dual();
    if (!simplex_.isProvenOptimal()) return std::nullopt;
    const double* const values = simplex_.primalColumnSolution();
    Change change;
    for (std::size_t i = 0; i < among_.size(); ++i) {
      const double by = values[2 * i] - values[2 * i + 1];
      if (std::abs(by) > kSmallChange) change.push_back({among_[i], by});
    }
    return change;
  }

 private:
  [[nodiscard]] int size() const { return static_cast<int>(among_.size()); }
  [[nodiscard]] const Cell& cell_at(int at) const {
    return cells_.cells()[among_[static_cast<std::size_t>(at)]];
  }

  void require(int at, double by) {
    const double up = std::max(by, 0.0);
    const double down = std::max(-by, 0.0);
    simplex_.setColumnBounds(2 * at, up, up);
    simplex_.setColumnBounds(2 * at + 1, down, down);
  }

  void load(const Surroundings& near) {
    std::unordered_map<std::uint32_t, int> row_of;
    std::vector<int> rows;
    std::vector<int> columns;
    std::vector<double> factors;
    for (int at = 0; at < size(); ++at) {
      for (const auto& [relation, factor] : near.parts_of(among_[static_cast<std::size_t>(at)])) {
        const int row = row_of.emplace(relation, static_cast<int>(row_of.size())).first->second;
        for (const int side : {0, 1}) {
          rows.push_back(row);
          columns.push_back(2 * at + side);
          factors.push_back(side == 0 ? factor : -factor);
        }
      }
    }
    const auto height = static_cast<int>(row_of.size());
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), factors.data(),
                            static_cast<CoinBigIndex>(factors.size()));
    matrix.setDimensions(height, 2 * size());
    const std::vector<double> zeros(row_of.size(), 0);
    simplex_.setLogLevel(0);
    simplex_.scaling(0);  // factors are 1 and -1
    simplex_.setPerturbation(100);
    simplex_.loadProblem(matrix, nullptr, nullptr, nullptr, zeros.data(), zeros.data());
  }

  const LinkedCells& cells_;
  const std::vector<CellId>& among_;
  ClpSimplex simplex_;
};

}  // namespace

Surroundings::Surroundings(const LinkedCells& cells)
    : cells_(cells), parts_of_(cells.cells().size()) {
  const auto& relations = cells.relations();
  for (std::uint32_t r = 0; r < relations.size(); ++r) {
    for (const Term& term : relations[r]) {
      auto& parts = parts_of_[term.cell];
      if (parts.empty() || parts.back().relation != r) parts.push_back({r, 0});
      parts.back().factor += term.factor;
    }
  }
}

std::vector<CellId> Surroundings::around(CellId cell, std::size_t limit) const {
  std::vector<CellId> found{cell};
  std::vector<bool> is_found(cells_.cells().size(), false);
  std::vector<bool> is_walked(cells_.relations().size(), false);
  is_found[cell] = true;
  for (std::size_t i = 0; i < found.size() && found.size() < limit; ++i) {
    for (const auto& [relation, factor] : parts_of_[found[i]]) {
      if (is_walked[relation]) continue;
      is_walked[relation] = true;
      for (const Term& term : cells_.relations()[relation]) {
        if (is_found[term.cell]) continue;
        is_found[term.cell] = true;
        const bool may_move = cells_.cells()[term.cell].status != CellStatus::kForced;
        if (may_move) found.push_back(term.cell);
      }
    }
  }
  return found;
}

std::optional<Change> cheapest_change(const LinkedCells& cells, const Surroundings& near,
                                      const std::vector<CellId>& among, const Wish& wish) {
  if (room(cells.cells()[wish.cell], wish.by) < std::abs(wish.by)) return std::nullopt;
  return Programme(cells, near, among).solve(wish);
}

}  // namespace zicht::stats::internal
