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

bool is_suppressed(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

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

// Two columns for each cell: by how much it goes up, and down.
struct ChangeProgramme::Model {
  const LinkedCells& cells;
  std::vector<CellId> among;
  std::unordered_map<CellId, int> place{};  // in `among`
  ClpSimplex simplex{};

  [[nodiscard]] double cost(CellId id) const {
    const Cell& cell = cells.cells()[id];
    return is_suppressed(cell) ? kNextToNothing * cell.weight : cell.weight;
  }
  void set_cost(int at) {
    const double each = cost(among[static_cast<std::size_t>(at)]);
    simplex.setObjectiveCoefficient(2 * at, each);
    simplex.setObjectiveCoefficient(2 * at + 1, each);
  }
  void set_bounds(int at) {
    const Cell& cell = cells.cells()[among[static_cast<std::size_t>(at)]];
    const auto bound = [](double room) { return std::isinf(room) ? COIN_DBL_MAX : room; };
    simplex.setColumnBounds(2 * at, 0, bound(room(cell, 1)));
    simplex.setColumnBounds(2 * at + 1, 0, bound(room(cell, -1)));
  }
};

ChangeProgramme::ChangeProgramme(const LinkedCells& cells, const Surroundings& near,
                                 std::vector<CellId> among)
    : model_(std::make_unique<Model>(Model{cells, std::move(among)})) {
  Model& model = *model_;
  std::unordered_map<std::uint32_t, int> row_of;
  std::vector<int> rows;
  std::vector<int> columns;
  std::vector<double> factors;
  for (std::size_t i = 0; i < model.among.size(); ++i) {
    const CellId id = model.among[i];
    model.place.emplace(id, static_cast<int>(i));
    for (const auto& [relation, factor] : near.parts_of(id)) {
      const int row = row_of.emplace(relation, static_cast<int>(row_of.size())).first->second;
      for (const int side : {0, 1}) {
        rows.push_back(row);
        columns.push_back(2 * static_cast<int>(i) + side);
        factors.push_back(side == 0 ? factor : -factor);
      }
    }
  }
  const auto height = static_cast<int>(row_of.size());
  const int width = 2 * static_cast<int>(model.among.size());
  CoinPackedMatrix matrix(true, rows.data(), columns.data(), factors.data(),
                          static_cast<CoinBigIndex>(factors.size()));
  matrix.setDimensions(height, width);
  const std::vector<double> zeros(static_cast<std::size_t>(height), 0);
  const std::vector<double> free(static_cast<std::size_t>(width), COIN_DBL_MAX);
  model.simplex.setLogLevel(0);
  model.simplex.scaling(0);  // factors are 1 and -1
  model.simplex.setPerturbation(100);
  model.simplex.loadProblem(matrix, nullptr, free.data(), nullptr, zeros.data(), zeros.data());
  for (int at = 0; at < width / 2; ++at) {
    model.set_cost(at);
    model.set_bounds(at);
  }
}

ChangeProgramme::~ChangeProgramme() = default;

bool ChangeProgramme::has(CellId cell) const { return model_->place.contains(cell); }

std::optional<Change> ChangeProgramme::solve(const Wish& wish) {
  Model& model = *model_;
  const double size = std::abs(wish.by);
  if (!has(wish.cell) || room(model.cells.cells()[wish.cell], wish.by) < size) return std::nullopt;
  const int at = model.place.at(wish.cell);
  const double up = std::max(wish.by, 0.0);
  const double down = std::max(-wish.by, 0.0);
  model.simplex.setColumnBounds(2 * at, up, up);
  model.simplex.setColumnBounds(2 * at + 1, down, down);
  model.simplex.allSlackBasis();
  model.simplex.dual();
  if (!model.simplex.isProvenOptimal()) return std::nullopt;
  const double* const values = model.simplex.primalColumnSolution();
  Change change;
  for (std::size_t i = 0; i < model.among.size(); ++i) {
    const double by = values[2 * i] - values[2 * i + 1];
    if (std::abs(by) > kSmallChange) change.push_back({model.among[i], by});
  }
  return change;
}

}  // namespace zicht::stats::internal
