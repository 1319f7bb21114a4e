#include "stats/disclosure/audit.h"

#include <algorithm>
#include <cmath>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <optional>

namespace zicht::stats {
namespace {

constexpr std::size_t kPoints = 24;      // feasible points kept of one block
constexpr std::size_t kFirstPoints = 8;  // found before any cell is asked for
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

double slack(double value) { return 1e-6 * std::max(1.0, std::abs(value)); }

struct Range {
  double lower = kUnbounded;
  double upper = -kUnbounded;
  void take(double value) {
    lower = std::min(lower, value);
    upper = std::max(upper, value);
  }
};

// Hidden cells that hang together, and what is known of them.
class Block {
 public:
  Block() { clp_.setLogLevel(0); }

  std::vector<CellId> cells{};
  std::vector<CellId> protect{};
  std::vector<CellId> singletons{};
  std::vector<std::vector<CellId>> rows{};  // protected cells of each relation

  void open(const LinkedCells& all) {
    std::vector<double> lower;
    std::vector<double> upper;
    for (const CellId id : cells) {
      lower.push_back(all.cells()[id].lower);
      upper.push_back(all.cells()[id].upper);
    }
    const std::vector<double> nothing(cells.size(), 0);
    starts_.push_back(static_cast<CoinBigIndex>(places_.size()));
    const CoinPackedMatrix matrix(false, static_cast<int>(cells.size()),
                                  static_cast<int>(known_.size()), starts_.back(), factors_.data(),
                                  places_.data(), starts_.data(), nullptr);
    clp_.loadProblem(matrix, lower.data(), upper.data(), nothing.data(), known_.data(),
                     known_.data());
  }

  void row(const std::vector<int>& columns, const std::vector<double>& factors, double known) {
    starts_.push_back(static_cast<CoinBigIndex>(places_.size()));
    places_.insert(places_.end(), columns.begin(), columns.end());
    factors_.insert(factors_.end(), factors.begin(), factors.end());
    known_.push_back(known);
  }

  void fix(std::size_t at, double lower, double upper) {
    clp_.setColumnBounds(static_cast<int>(at), lower, upper);
    points_.clear();
  }

  // Points in directions that have nothing to do with one another.
  bool scatter(std::size_t& programs) {
    std::uint64_t state = 0x9E3779B97F4A7C15U;
    for (std::size_t round = 0; round < kFirstPoints; ++round) {
      for (std::size_t at = 0; at < cells.size(); ++at) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        clp_.setObjectiveCoefficient(static_cast<int>(at),
                                     static_cast<double>(state >> 40U) * 0x1p-23 - 1);
      }
      const bool usable = solve(1, programs) || clp_.status() == 2;
      for (std::size_t at = 0; at < cells.size(); ++at) {
        clp_.setObjectiveCoefficient(static_cast<int>(at), 0);
      }
      if (!usable) return false;
    }
    return true;
  }

  // What the points seen so far leave open for a sum; it holds no more than the truth.
  [[nodiscard]] Range seen(const std::vector<std::size_t>& sum) const {
    Range range;
    for (const auto& point : points_) {
      double value = 0;
      for (const std::size_t at : sum) value += point[at];
      range.take(value);
    }
    return range;
  }

  // The interval of a sum; nothing when it cannot be told.
  std::optional<Range> range(const std::vector<std::size_t>& sum, std::size_t& programs) {
    Range out;
    for (const double direction : {1.0, -1.0}) {
      for (const std::size_t at : sum) clp_.setObjectiveCoefficient(static_cast<int>(at), 1);
      const bool solved = solve(direction, programs);
      double value = 0;
      for (const std::size_t at : sum) {
        value += clp_.primalColumnSolution()[at];
        clp_.setObjectiveCoefficient(static_cast<int>(at), 0);
      }
      if (!solved && clp_.status() != 2) return std::nullopt;
      if (!solved) value = -direction * kUnbounded;
      (direction > 0 ? out.lower : out.upper) = value;
    }
    return out;
  }

 private:
  bool solve(double direction, std::size_t& programs) {
    ++programs;
    clp_.setOptimizationDirection(direction);
    clp_.primal();
    if (clp_.status() != 0) return false;
    const double* values = clp_.primalColumnSolution();
    if (points_.size() < kPoints) points_.emplace_back(values, values + cells.size());
    return true;
  }

  ClpSimplex clp_;
  std::vector<CoinBigIndex> starts_;  // of each row in places_ and factors_
  std::vector<int> places_;
  std::vector<double> factors_;
  std::vector<double> known_;
  std::vector<std::vector<double>> points_;
};

class Auditor {
 public:
  Auditor(const LinkedCells& cells, const Publication& what) : all_(cells), what_(what) {}

  AuditResult run() {
    if (!sound()) {
      report({});
      return result_;
    }
    mark();
    if (!shown_add_up()) report({});
    gather();
    for (std::size_t number = 0; number < members_.size(); ++number) examine(number);
    return std::move(result_);
  }

 private:
  const Cell& cell(CellId id) const { return all_.cells()[id]; }
  bool shown(CellId id) const { return what_.shown[id]; }
  void report(Breach breach) { result_.breaches.push_back(std::move(breach)); }

  // Everything that is named is there, and every hidden value lies in its bounds.
  bool sound() const {
    const std::size_t size = all_.cells().size();
    const auto there = [size](CellId id) { return id < size; };
    if (what_.shown.size() != size || !std::ranges::all_of(what_.protect, there) ||
        !std::ranges::all_of(what_.singletons, there)) {
      return false;
    }
    for (const Relation& relation : all_.relations()) {
      for (const Term& term : relation) {
        if (!there(term.cell) || !std::isfinite(term.factor)) return false;
      }
    }
    return std::ranges::all_of(all_.cells(), [](const Cell& one) {
      return std::isfinite(one.value) && one.lower <= one.value && one.value <= one.upper &&
             one.protect_below >= 0 && one.protect_above >= 0 && one.protect_width >= 0;
    });
  }

  void mark() {
    protected_.assign(all_.cells().size(), false);
    single_.assign(all_.cells().size(), false);
    for (const CellId id : what_.singletons) single_[id] = true;
    for (const CellId id : what_.protect) {
      if (!protected_[id] && shown(id)) {
        report({.kind = BreachKind::kShown,
                .cells = {id},
                .lower = cell(id).value,
                .upper = cell(id).value});
      }
      protected_[id] = true;
    }
  }

  bool shown_add_up() const {
    for (const Relation& relation : all_.relations()) {
      double sum = 0;
      double size = 0;
      bool whole = true;
      for (const Term& term : relation) {
        whole = whole && shown(term.cell);
        sum += term.factor * cell(term.cell).value;
        size += std::abs(term.factor * cell(term.cell).value);
      }
      if (whole && std::abs(sum) > slack(size)) return false;
    }
    return true;
  }

  // Walks from cell to relation to cell.
  void gather() {
    const auto& relations = all_.relations();
    std::vector<std::vector<std::size_t>> uses(all_.cells().size());
    for (std::size_t at = 0; at < relations.size(); ++at) {
      for (const Term& term : relations[at]) {
        if (!shown(term.cell)) uses[term.cell].push_back(at);
      }
    }
    place_.assign(all_.cells().size(), kNowhere);
    std::vector<bool> walked(relations.size());
    for (CellId start = 0; start < all_.cells().size(); ++start) {
      if (shown(start) || place_[start] != kNowhere) continue;
      members_.emplace_back();
      relations_.emplace_back();
      visit(start);
      for (std::size_t next = 0; next < members_.back().size(); ++next) {
        for (const std::size_t use : uses[members_.back()[next]]) {
          if (walked[use]) continue;
          walked[use] = true;
          relations_.back().push_back(use);
          for (const Term& term : relations[use]) {
            if (!shown(term.cell)) visit(term.cell);
          }
        }
      }
    }
  }

  void visit(CellId id) {
    if (place_[id] != kNowhere) return;
    place_[id] = members_.back().size();
    members_.back().push_back(id);
  }

  void fill(Block& block, std::size_t number) const {
    block.cells = members_[number];
    for (const CellId id : block.cells) {
      if (protected_[id]) block.protect.push_back(id);
      if (single_[id]) block.singletons.push_back(id);
    }
    for (const std::size_t use : relations_[number]) {
      std::vector<CellId> row;
      std::vector<int> columns;
      std::vector<double> factors;
      double known = 0;
      for (const Term& term : all_.relations()[use]) {
        if (shown(term.cell)) {
          known -= term.factor * cell(term.cell).value;
          continue;
        }
        const int column = static_cast<int>(place_[term.cell]);
        const auto same = std::ranges::find(columns, column);
        if (same != columns.end()) {
          factors[static_cast<std::size_t>(same - columns.begin())] += term.factor;
          continue;
        }
        columns.push_back(column);
        factors.push_back(term.factor);
        if (protected_[term.cell]) row.push_back(term.cell);
      }
      block.row(columns, factors, known);
      block.rows.push_back(std::move(row));
    }
    block.open(all_);
  }

  void examine(std::size_t number) {
    if (std::ranges::none_of(members_[number], [this](CellId id) { return protected_[id]; })) {
      return;
    }
    Block block;
    fill(block, number);
    if (!block.scatter(result_.programs)) {
      report({.cells = block.protect});
      return;
    }
    for (const CellId id : block.protect) interval(block, id);
    for (const auto& row : block.rows) sums(block, row);
    for (const CellId id : block.singletons) singleton(block, id);
  }

  bool enough(const Cell& one, const Range& range) const {
    const double spare = slack(one.value);
    const double width = range.upper - range.lower;
    return width > spare && width >= one.protect_width - spare &&
           range.lower <= one.value - one.protect_below + spare &&
           range.upper >= one.value + one.protect_above - spare;
  }

  void interval(Block& block, CellId id) {
    if (enough(cell(id), block.seen({place_[id]}))) return;
    const auto range = block.range({place_[id]}, result_.programs);
    if (!range) {
      report({.cells = {id}});
    } else if (!enough(cell(id), *range)) {
      report({.kind = BreachKind::kInterval,
              .cells = {id},
              .lower = range->lower,
              .upper = range->upper});
    }
  }

  void sums(Block& block, const std::vector<CellId>& row) {
    if (what_.sum_cells < 2) return;
    for (std::size_t a = 0; a < row.size(); ++a) {
      for (std::size_t b = a + 1; b < row.size(); ++b) {
        exact(block, {.kind = BreachKind::kSum, .cells = {row[a], row[b]}});
        if (what_.sum_cells < 3) continue;
        for (std::size_t c = b + 1; c < row.size(); ++c) {
          exact(block, {.kind = BreachKind::kSum, .cells = {row[a], row[b], row[c]}});
        }
      }
    }
  }

  void singleton(Block& block, CellId knower) {
    const Cell& own = cell(knower);
    block.fix(place_[knower], own.value, own.value);
    if (!block.scatter(result_.programs)) {
      report({.cells = {knower}});
    } else {
      for (const CellId id : block.protect) {
        if (id == knower) continue;
        exact(block, {.kind = BreachKind::kSingleton, .cells = {id}, .knower = knower});
      }
    }
    block.fix(place_[knower], own.lower, own.upper);
  }

  // Reports the breach where the sum of its cells is one point.
  void exact(Block& block, Breach breach) {
    std::vector<std::size_t> sum;
    double value = 0;
    for (const CellId id : breach.cells) {
      sum.push_back(place_[id]);
      value += cell(id).value;
    }
    const auto open = [value](const Range& range) {
      return range.upper - range.lower > slack(value);
    };
    if (open(block.seen(sum))) return;
    const auto range = block.range(sum, result_.programs);
    if (range && open(*range)) return;
    if (range) {
      breach.lower = range->lower;
      breach.upper = range->upper;
    } else {
      breach.kind = BreachKind::kUndecided;
    }
    report(std::move(breach));
  }

  const LinkedCells& all_;
  const Publication& what_;
  AuditResult result_;
  std::vector<bool> protected_;
  std::vector<bool> single_;
  std::vector<std::size_t> place_;                   // of a hidden cell in its block
  std::vector<std::vector<CellId>> members_;         // of each block
  std::vector<std::vector<std::size_t>> relations_;  // of each block
};

}  // namespace

AuditResult audit(const LinkedCells& cells, const Publication& publication) {
  return Auditor(cells, publication).run();
}

}  // namespace zicht::stats
