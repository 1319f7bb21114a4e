#include "stats/disclosure/linear_algebra.h"

#include <algorithm>
#include <unordered_map>

#include "base/check.h"
#include "base/rng.h"
#include "stats/internal/modular_rows.h"

namespace zicht::stats {
namespace {

using internal::kNoCell;
using internal::ModularEntry;
using internal::ModularRows;
using internal::Modulus;

bool is_suppressed(CellStatus status) {
  return status == CellStatus::kPrimary || status == CellStatus::kSecondary;
}

std::vector<bool> unknown_cells(const LinkedCells& cells, bool with_candidates) {
  std::vector<bool> is_unknown;
  is_unknown.reserve(cells.cells().size());
  for (const Cell& cell : cells.cells()) {
    is_unknown.push_back(is_suppressed(cell.status) ||
                         (with_candidates && cell.status == CellStatus::kPublished));
  }
  return is_unknown;
}

// Who would learn what: two guarded cells that are multiples of one another, of which one has a
// single contributor, give the other away to him. Multiples are found by two random solutions of
// the relations: for such cells the values have the same ratio in both.
class SingletonGuard {
 public:
  SingletonGuard(const LinkedCells& cells, std::span<const Singleton> singletons,
                 const ModularRows& rows)
      : rows_(rows), contributor_(cells.cells().size(), kNobody) {
    for (const Singleton& one : singletons) contributor_[one.cell] = one.contributor;
    if (singletons.empty()) return;
    is_active_ = true;
    first_.assign(cells.cells().size(), 0);
    second_.assign(cells.cells().size(), 0);
    is_guarded_.assign(cells.cells().size(), false);
    SeededRng rng(20240925);
    for (CellId id = 0; id < first_.size(); ++id) {
      if (rows.row_of(id) != kNoCell) continue;
      first_[id] = static_cast<std::uint32_t>(rng.below(internal::kMersenne));
      second_[id] = static_cast<std::uint32_t>(rng.below(internal::kMersenne));
    }
    for (CellId id = 0; id < first_.size(); ++id) {
      if (rows.row_of(id) != kNoCell) follow_row(id);
      is_guarded_[id] = cells.cells()[id].status == CellStatus::kPrimary;
      if (is_guarded_[id]) cells_of_[ratio(first_[id], second_[id])].push_back(id);
    }
  }

  [[nodiscard]] bool is_active() const { return is_active_; }

  // Would publishing this free cell tell somebody something?
  [[nodiscard]] bool would_tell(CellId free, const std::vector<std::uint32_t>& rows) const {
    if (!is_active_) return false;
    std::unordered_map<std::uint64_t, std::vector<CellId>> moved;
    for (const std::uint32_t row : rows) {
      const CellId cell = rows_.basis_of(row);
      if (!is_guarded_[cell]) continue;
      const auto [first, second] = without(free, row);
      const std::uint64_t key = ratio(first, second);
      if (const auto others = cells_of_.find(key); others != cells_of_.end()) {
        for (const CellId other : others->second) {
          // Others that move along are compared at their new place.
          if (tells(cell, other) && !moves(other, rows)) return true;
        }
      }
      for (const CellId other : moved[key]) {
        if (tells(cell, other) && old_ratio(cell) != old_ratio(other)) return true;
      }
      moved[key].push_back(cell);
    }
    return false;
  }

  // The free cell becomes zero; before it leaves the rows.
  void publish(CellId free, const std::vector<std::uint32_t>& rows) {
    if (!is_active_) return;
    for (const std::uint32_t row : rows) {
      const CellId cell = rows_.basis_of(row);
      const auto [first, second] = without(free, row);
      put(cell, first, second);
    }
    put(free, 0, 0);
  }

 private:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;

  void follow_row(CellId basis) {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    const Modulus& modulus = rows_.modulus();
    for (const ModularEntry& entry : rows_.row(rows_.row_of(basis))) {
      first = modulus.plus(first, modulus.times(entry.factor, first_[entry.cell]));
      second = modulus.plus(second, modulus.times(entry.factor, second_[entry.cell]));
    }
    first_[basis] = modulus.minus(first);
    second_[basis] = modulus.minus(second);
  }

  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> without(CellId free,
                                                                std::uint32_t row) const {
    const Modulus& modulus = rows_.modulus();
    const std::uint32_t factor = rows_.factor(row, free);
    const CellId cell = rows_.basis_of(row);
    return {modulus.plus(first_[cell], modulus.times(factor, first_[free])),
            modulus.plus(second_[cell], modulus.times(factor, second_[free]))};
  }

  // One number for all multiples; cells that are zero in both have one of their own.
  [[nodiscard]] std::uint64_t ratio(std::uint32_t first, std::uint32_t second) const {
    if (second == 0) return first == 0 ? std::uint64_t{1} << 40U : std::uint64_t{1} << 41U;
    return rows_.modulus().times(first, rows_.modulus().inverse(second));
  }
  [[nodiscard]] std::uint64_t old_ratio(CellId cell) const {
    return ratio(first_[cell], second_[cell]);
  }

  [[nodiscard]] bool tells(CellId a, CellId b) const {
    return contributor_[a] != contributor_[b];  // then at least one of both has a single one
  }

  [[nodiscard]] bool moves(CellId cell, const std::vector<std::uint32_t>& rows) const {
    const std::uint32_t row = rows_.row_of(cell);
    return row != kNoCell && std::binary_search(rows.begin(), rows.end(), row);
  }

  void put(CellId cell, std::uint32_t first, std::uint32_t second) {
    if (is_guarded_[cell]) std::erase(cells_of_[old_ratio(cell)], cell);
    first_[cell] = first;
    second_[cell] = second;
    if (is_guarded_[cell]) cells_of_[ratio(first, second)].push_back(cell);
  }

  const ModularRows& rows_;
  std::vector<std::uint32_t> contributor_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> second_;
  std::vector<bool> is_guarded_;
  std::unordered_map<std::uint64_t, std::vector<CellId>> cells_of_;
  bool is_active_ = false;
};

// Decides for one cell after another whether it may be published.
class Publisher {
 public:
  Publisher(const LinkedCells& cells, std::span<const Singleton> singletons, ModularRows& rows)
      : rows_(rows), guard_(cells, singletons, rows) {
    for (const Cell& cell : cells.cells()) {
      is_primary_.push_back(cell.status == CellStatus::kPrimary);
    }
  }

  // Publishes the cell where it gives no primary cell away.
  bool publish(CellId cell) {
    const std::uint32_t row = rows_.row_of(cell);
    if (row == kNoCell) return publish_free(cell);
    if (rows_.row(row).empty()) return true;  // the others tell it anyway
    rows_.exchange(row, least_used(row));
    if (publish_free(cell)) return true;
    rows_.exchange(row, cell);
    return false;
  }

 private:
  bool publish_free(CellId cell) {
    const std::vector<std::uint32_t> rows = rows_.rows_with(cell);
    for (const std::uint32_t row : rows) {
      if (is_primary_[rows_.basis_of(row)] && rows_.row(row).size() == 1) return false;
    }
    if (guard_.would_tell(cell, rows)) return false;
    guard_.publish(cell, rows);
    rows_.drop(cell);
    return true;
  }

  [[nodiscard]] CellId least_used(std::uint32_t row) const {
    CellId best = kNoCell;
    std::size_t uses = 0;
    for (const ModularEntry& entry : rows_.row(row)) {
      const std::size_t count = rows_.rows_with(entry.cell).size();
      if (best == kNoCell || count < uses) {
        best = entry.cell;
        uses = count;
      }
    }
    return best;
  }

  ModularRows& rows_;
  SingletonGuard guard_;
  std::vector<bool> is_primary_;
};

// Cells in the order in which they may be published; the suppressed ones at the end. Among equals
// those first that stand in relations of large cells: what is hidden in rows of small ones protects
// more of them.
std::vector<CellId> publication_order(const LinkedCells& cells) {
  std::vector<double> around(cells.cells().size(), 0);
  for (const Relation& relation : cells.relations()) {
    double sum = 0;
    for (const Term& term : relation) sum += cells.cells()[term.cell].weight;
    for (const Term& term : relation) around[term.cell] += sum;
  }
  std::vector<CellId> order;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    if (cells.cells()[id].status != CellStatus::kForced) order.push_back(id);
  }
  const auto rank = [&](CellId id) {
    const Cell& cell = cells.cells()[id];
    return cell.status == CellStatus::kPublished ? std::pair(cell.weight, around[id])
                                                 : std::pair(-1.0, 0.0);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](CellId a, CellId b) { return rank(a) > rank(b); });
  return order;
}

// Suppresses in this order of publication; what it costs.
double suppress_in_order(LinkedCells& cells, std::span<const Singleton> singletons,
                         const std::vector<CellId>& order) {
  ModularRows rows(cells, unknown_cells(cells, true), {});
  rows.solve(std::vector<CellId>(order.rbegin(), order.rend()));
  Publisher publisher(cells, singletons, rows);
  double cost = 0;
  for (const CellId id : order) {
    Cell& cell = cells.cells()[id];
    if (cell.status != CellStatus::kPublished || publisher.publish(id)) continue;
    cell.status = CellStatus::kSecondary;
    cost += cell.weight;
  }
  return cost;
}

// Tables up to this size are tried in other orders too.
constexpr std::size_t kSmall = 2'000;
constexpr int kTries = 24;

// The same cells with weights that were changed a little.
LinkedCells shaken(const LinkedCells& cells, Rng& rng) {
  LinkedCells other = cells;
  for (Cell& cell : other.cells()) {
    cell.weight *= 0.5 + static_cast<double>(rng.below(1U << 20U)) / (1U << 20U);
  }
  return other;
}

}  // namespace

Suppression suppress_exactly(LinkedCells& cells, std::span<const Singleton> singletons) {
  const LinkedCells before = cells;
  double cost = suppress_in_order(cells, singletons, publication_order(cells));
  SeededRng rng(1);
  for (int i = 0; i < kTries && cost > 0 && cells.cells().size() <= kSmall; ++i) {
    LinkedCells other = before;
    const double other_cost =
        suppress_in_order(other, singletons, publication_order(shaken(before, rng)));
    if (other_cost >= cost) continue;
    cost = other_cost;
    cells = std::move(other);
  }
  Suppression result;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    const bool is_new = before.cells()[id].status == CellStatus::kPublished &&
                        cells.cells()[id].status == CellStatus::kSecondary;
    result.secondary += is_new ? 1 : 0;
  }
  for (const CellId id : exposed_cells(cells)) {
    if (cells.cells()[id].status == CellStatus::kPrimary) result.exposed.push_back(id);
  }
  return result;
}

std::vector<CellId> exposed_cells(const LinkedCells& cells, std::uint32_t prime) {
  std::vector<CellId> order;
  const std::vector<bool> is_unknown = unknown_cells(cells, false);
  for (CellId id = 0; id < is_unknown.size(); ++id) {
    if (is_unknown[id]) order.push_back(id);
  }
  ModularRows rows(cells, is_unknown, {prime});
  rows.solve(order);
  std::vector<CellId> exposed;
  for (const CellId id : order) {
    if (rows.row_of(id) != kNoCell && rows.row(rows.row_of(id)).empty()) exposed.push_back(id);
  }
  return exposed;
}

}  // namespace zicht::stats
