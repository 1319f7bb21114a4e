#include "stats/internal/attacks.h"

#include <algorithm>
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <map>

#include "stats/internal/change.h"

namespace zicht::stats::internal {
namespace {

constexpr double kReached = 1 - 1e-6;  // of the need
constexpr double kMoved = 1e-9;        // less is the solver's noise, in units of the need
// Duals are rounded to multiples of 1 / kParts: any multipliers of relations give a cut that holds,
// and with whole ones nothing is lost in adding up. Those of real tables have small denominators.
constexpr double kParts = 27'720;

void add_asked(const Cell& cell, CellId id, std::vector<Attack>& attacks) {
  if (cell.protect_above > 0) attacks.push_back({id, Aim::kAbove, cell.protect_above});
  if (cell.protect_below > 0) attacks.push_back({id, Aim::kBelow, cell.protect_below});
  // Even where the sides together are as wide: one of them may be out of reach.
  if (cell.protect_width > 0) attacks.push_back({id, Aim::kWidth, cell.protect_width});
  if (cell.protect_above <= 0 && cell.protect_below <= 0 && cell.protect_width <= 0) {
    const double size = cell.value == 0 ? 1 : std::abs(cell.value);
    attacks.push_back({id, Aim::kWidth, kNotExactly * size});
  }
}

// Multipliers of relations, in parts of kParts; as far as they are not zero.
using Multipliers = std::vector<std::pair<std::size_t, double>>;

}  // namespace

std::vector<Attack> attacks_on(const LinkedCells& cells, std::span<const Singleton> singletons) {
  std::vector<Attack> attacks;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    const Cell& cell = cells.cells()[id];
    if (cell.status == CellStatus::kPrimary) add_asked(cell, id, attacks);
  }
  std::map<std::uint32_t, std::vector<CellId>> cells_of;
  for (const Singleton& one : singletons) {
    if (cells.cells()[one.cell].status != CellStatus::kForced) {
      cells_of[one.contributor].push_back(one.cell);
    }
  }
  for (const auto& [contributor, known] : cells_of) {
    for (CellId id = 0; id < cells.cells().size(); ++id) {
      const Cell& cell = cells.cells()[id];
      if (cell.status != CellStatus::kPrimary) continue;
      if (std::find(known.begin(), known.end(), id) != known.end()) continue;
      const double size = cell.value == 0 ? 1 : std::abs(cell.value);
      attacks.push_back({id, Aim::kWidth, kNotExactly * size, known});
    }
  }
  return attacks;
}

bool Witness::uses(CellId cell) const {
  return std::any_of(changes.begin(), changes.end(), [cell](const std::vector<Term>& change) {
    return std::any_of(change.begin(), change.end(),
                       [cell](const Term& part) { return part.cell == cell; });
  });
}

bool Witness::serves(const Attack& attack, double need) const {
  double most = 0;
  double least = 0;
  for (const auto& change : changes) {
    double by = 0;
    bool is_known = false;
    for (const Term& part : change) {
      if (part.cell == attack.cell) by = part.factor;
      is_known = is_known || std::find(attack.known.begin(), attack.known.end(), part.cell) !=
                                 attack.known.end();
    }
    if (is_known) continue;
    most = std::max(most, by * need);
    least = std::min(least, by * need);
  }
  const double asked = attack.need * kReached;
  switch (attack.aim) {
    case Aim::kAbove:
      return most >= asked;
    case Aim::kBelow:
      return -least >= asked;
    case Aim::kWidth:
      return most - least >= asked;
  }
  return false;
}

struct AttackProgramme::Model {
  explicit Model(const LinkedCells& given) : cells(given), column(given.cells().size(), -1) {}

  const LinkedCells& cells;
  ClpSimplex simplex{};
  std::vector<int> column;        // of each cell; -1 for kForced
  std::vector<CellId> cell_of{};  // of each column
  bool is_solved = false;         // or given up by the solver: then nothing counts as open
  // Of each attack and side, the basis in which it ended.
  std::map<std::pair<std::size_t, int>, std::vector<unsigned char>> bases{};

  void load();
  void set_bounds(const Question& question, double sign);
  double push(const Question& question, double sign);
  [[nodiscard]] std::vector<Term> change() const;
  [[nodiscard]] Multipliers multipliers() const;
  void add_capacities(const Attack& attack, double sign, const Multipliers& multipliers,
                      std::map<CellId, double>& sum) const;
  [[nodiscard]] std::optional<Cut> cut(const std::map<CellId, double>& sum) const;
  [[nodiscard]] static double room(const Cell& cell, double sign) {
    return sign > 0 ? cell.upper - cell.value : cell.value - cell.lower;
  }
};

void AttackProgramme::Model::load() {
  for (CellId id = 0; id < column.size(); ++id) {
    if (cells.cells()[id].status == CellStatus::kForced) continue;
    column[id] = static_cast<int>(cell_of.size());
    cell_of.push_back(id);
  }
  std::vector<int> rows;
  std::vector<int> columns;
  std::vector<double> factors;
  for (std::size_t r = 0; r < cells.relations().size(); ++r) {
    for (const Term& term : cells.relations()[r]) {
      if (column[term.cell] < 0) continue;
      rows.push_back(static_cast<int>(r));
      columns.push_back(column[term.cell]);
      factors.push_back(term.factor);
    }
  }
  CoinPackedMatrix matrix(true, rows.data(), columns.data(), factors.data(),
                          static_cast<CoinBigIndex>(factors.size()));
  matrix.setDimensions(static_cast<int>(cells.relations().size()),
                       static_cast<int>(cell_of.size()));
  const std::vector<double> zeros(std::max(cells.relations().size(), cell_of.size()), 0);
  simplex.setLogLevel(0);
  simplex.scaling(0);
  simplex.setPerturbation(100);
  simplex.loadProblem(matrix, zeros.data(), zeros.data(), zeros.data(), zeros.data(), zeros.data());
}

void AttackProgramme::Model::set_bounds(const Question& question, double sign) {
  const Attack& attack = question.attack;
  double* const lower = simplex.columnLower();
  double* const upper = simplex.columnUpper();
  for (std::size_t j = 0; j < cell_of.size(); ++j) {
    const Cell& cell = cells.cells()[cell_of[j]];
    const double open = question.open[cell_of[j]];
    const auto bound = [&](double side) {
      const double most = room(cell, side) / attack.need;
      if (open <= 0 || most <= 0) return 0.0;
      if (question.narrow) return open * std::min(most, 1.0);
      return std::isinf(most) ? COIN_DBL_MAX : open * most;
    };
    lower[j] = -bound(-1);
    upper[j] = bound(1);
  }
  for (const CellId known : attack.known) {
    if (column[known] < 0) continue;
    lower[column[known]] = 0;
    upper[column[known]] = 0;
  }
  const int at = column[attack.cell];
  if (sign > 0) upper[at] = std::min(upper[at], 1.0);
  if (sign < 0) lower[at] = std::max(lower[at], -1.0);
}

// How far the attacked cell can go to this side, in units of the need.
double AttackProgramme::Model::push(const Question& question, double sign) {
  set_bounds(question, sign);
  const int at = column[question.attack.cell];
  auto& basis = bases[{question.number, sign > 0 ? 1 : 0}];
  if (!basis.empty()) std::copy(basis.begin(), basis.end(), simplex.statusArray());
  simplex.setObjectiveCoefficient(at, -sign);
  simplex.dual();
  if (simplex.status() != 0) simplex.primal();
  simplex.setObjectiveCoefficient(at, 0);
  is_solved = simplex.status() == 0;
  const auto total = static_cast<std::size_t>(simplex.numberRows() + simplex.numberColumns());
  basis.assign(simplex.statusArray(), simplex.statusArray() + total);
  return is_solved ? sign * simplex.primalColumnSolution()[at] : 0;
}

std::vector<Term> AttackProgramme::Model::change() const {
  std::vector<Term> parts;
  if (!is_solved) return parts;
  const double* const values = simplex.primalColumnSolution();
  for (std::size_t j = 0; j < cell_of.size(); ++j) {
    if (std::abs(values[j]) > kMoved) parts.push_back({cell_of[j], values[j]});
  }
  return parts;
}

Multipliers AttackProgramme::Model::multipliers() const {
  Multipliers found;
  const double* const duals = simplex.dualRowSolution();
  for (int r = 0; r < simplex.numberRows(); ++r) {
    const double parts = std::round(duals[r] * kParts);
    if (parts != 0) found.emplace_back(r, parts);
  }
  return found;
}

// With multipliers g, every change z that keeps the relations has sign * z[cell] = -sum d z where d
// = -sign e[cell] - M'g; each z is at most its room where x is 1, and 0 where x is 0.
void AttackProgramme::Model::add_capacities(const Attack& attack, double sign,
                                            const Multipliers& multipliers,
                                            std::map<CellId, double>& sum) const {
  std::map<CellId, double> reduced;
  reduced[attack.cell] -= sign * kParts;
  for (const auto& [relation, parts] : multipliers) {
    for (const Term& term : cells.relations()[relation]) {
      reduced[term.cell] -= parts * term.factor;
    }
  }
  for (const CellId known : attack.known) reduced.erase(known);
  for (const auto& [id, d] : reduced) {
    if (column[id] < 0 || d == 0) continue;
    const double most = room(cells.cells()[id], d < 0 ? 1 : -1) / attack.need;
    if (most > 0) sum[id] += std::abs(d) / kParts * most;
  }
}

std::optional<Cut> AttackProgramme::Model::cut(const std::map<CellId, double>& sum) const {
  double right = 1;
  for (const auto& [id, capacity] : sum) {
    if (is_suppressed(cells.cells()[id])) right -= capacity;
  }
  if (!(right > 1e-6)) return std::nullopt;
  Cut cut;
  for (const auto& [id, capacity] : sum) {
    if (is_suppressed(cells.cells()[id])) continue;
    const double factor = std::min(capacity / right, 1.0);
    if (factor > 1e-7) cut.terms.push_back({id, factor});
  }
  return cut;
}

AttackProgramme::AttackProgramme(const LinkedCells& cells)
    : model_(std::make_unique<Model>(cells)) {
  model_->load();
}

AttackProgramme::~AttackProgramme() = default;

AttackProgramme::Answer AttackProgramme::ask(const Question& question) {
  Model& model = *model_;
  const Attack& attack = question.attack;
  Answer answer;
  Witness witness;
  double reached = 0;
  std::map<CellId, double> capacities;
  for (const double sign : {1.0, -1.0}) {
    if (attack.aim == (sign > 0 ? Aim::kBelow : Aim::kAbove)) continue;
    ++solved_;
    reached += model.push(question, sign);
    witness.changes.push_back(model.change());
    model.add_capacities(attack, sign, model.multipliers(), capacities);
    if (reached >= kReached) {
      answer.witness = std::move(witness);
      return answer;
    }
  }
  answer.cut = model.cut(capacities);
  return answer;
}

std::optional<Cut> AttackProgramme::cut_of_relation(const Attack& attack,
                                                    std::size_t relation) const {
  double factor = 0;
  for (const Term& term : model_->cells.relations()[relation]) {
    if (term.cell == attack.cell) factor += term.factor;
  }
  if (factor == 0) return std::nullopt;
  std::map<CellId, double> capacities;
  for (const double sign : {1.0, -1.0}) {
    if (attack.aim == (sign > 0 ? Aim::kBelow : Aim::kAbove)) continue;
    const double parts = std::round(-sign / factor * kParts);
    model_->add_capacities(attack, sign, {{relation, parts}}, capacities);
  }
  return model_->cut(capacities);
}

}  // namespace zicht::stats::internal
