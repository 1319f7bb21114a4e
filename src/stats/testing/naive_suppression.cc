#include "stats/testing/naive_suppression.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "stats/disclosure/attacker.h"
#include "stats/testing/made_tables.h"

namespace zicht::stats::testing {
namespace {

// What a cell asks and does not get: bit 0 above, bit 1 below, bit 2 in width; and what it asks.
struct Asks {
  int asked = 0;
  int missed = 0;
};

Asks asks_of(const Cell& cell, const Interval& found) {
  const double slack = 1e-5 * std::max(1.0, std::abs(cell.value));
  const double above = found.upper - cell.value;
  const double below = cell.value - found.lower;
  Asks asks;
  const auto ask = [&asks](int bit, double need, double has, double allowed) {
    if (need <= 0) return;
    asks.asked |= bit;
    if (has < need - allowed) asks.missed |= bit;
  };
  ask(1, cell.protect_above, above, slack);
  ask(2, cell.protect_below, below, slack);
  ask(4, cell.protect_width, above + below, slack);
  if (asks.asked == 0) ask(4, 1e-4 * std::max(1.0, std::abs(cell.value)), above + below, 0);
  return asks;
}

// Of each cell; nothing is asked of those that are not primary.
std::vector<Asks> asks_of(const LinkedCells& cells, const std::vector<bool>& hidden) {
  std::vector<CellId> primary;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    if (cells.cells()[id].status == CellStatus::kPrimary) primary.push_back(id);
  }
  const auto found = attacker_intervals(cells, hidden, primary);
  ZICHT_CHECK(found.has_value(), "tables of tests add up");
  std::vector<Asks> asks(cells.cells().size());
  for (std::size_t i = 0; i < primary.size(); ++i) {
    asks[primary[i]] = asks_of(cells.cells()[primary[i]], (*found)[i]);
  }
  return asks;
}

// A primary cell that stands alone in a relation is known: no programme is needed to see it.
bool is_alone_somewhere(const LinkedCells& cells, const std::vector<bool>& hidden,
                        const std::vector<bool>& matters) {
  for (const Relation& relation : cells.relations()) {
    std::size_t count = 0;
    bool is_told = false;
    for (const Term& term : relation) {
      count += hidden[term.cell] ? 1 : 0;
      is_told = is_told || (hidden[term.cell] && matters[term.cell]);
    }
    if (count == 1 && is_told) return true;
  }
  return false;
}

void make_sensitive(Cell& cell, Rng& rng) {
  cell.status = CellStatus::kPrimary;
  const double room = std::isinf(cell.lower) ? cell.value : cell.value - cell.lower;
  const double share = static_cast<double>(1 + rng.below(4)) / 4;
  switch (rng.below(4)) {
    case 0:
      cell.protect_below = room * share;
      break;
    case 1:
      cell.protect_above = 1 + static_cast<double>(rng.below(6));
      break;
    case 2:
      cell.protect_width = 1 + static_cast<double>(rng.below(8));
      break;
    default:
      break;
  }
  if (rng.below(3) == 0) cell.protect_above += 0.5 * cell.value;
}

}  // namespace

std::vector<bool> hidden_cells(const LinkedCells& cells) {
  std::vector<bool> hidden;
  for (const Cell& cell : cells.cells()) {
    hidden.push_back(cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary);
  }
  return hidden;
}

std::vector<CellId> narrow_cells(const LinkedCells& cells, const std::vector<bool>& hidden) {
  std::vector<CellId> narrow;
  const auto asks = asks_of(cells, hidden);
  for (CellId id = 0; id < asks.size(); ++id) {
    if (asks[id].missed != 0) narrow.push_back(id);
  }
  return narrow;
}

double naively_cheapest(const LinkedCells& cells) {
  std::vector<CellId> free;
  std::vector<bool> all = hidden_cells(cells);
  for (CellId id = 0; id < all.size(); ++id) {
    if (cells.cells()[id].status == CellStatus::kPublished) free.push_back(id);
  }
  for (const CellId id : free) all[id] = true;
  const auto hopeless = asks_of(cells, all);
  std::vector<bool> matters;
  for (const Asks& asks : hopeless) matters.push_back(asks.missed != asks.asked);
  std::vector<std::pair<double, std::uint32_t>> patterns;
  for (std::uint32_t bits = 0; bits < (1U << free.size()); ++bits) {
    double cost = 0;
    for (std::size_t i = 0; i < free.size(); ++i) {
      if ((bits >> i & 1U) != 0) cost += cells.cells()[free[i]].weight;
    }
    patterns.emplace_back(cost, bits);
  }
  std::sort(patterns.begin(), patterns.end());
  for (const auto& [cost, bits] : patterns) {
    std::vector<bool> hidden = hidden_cells(cells);
    for (std::size_t i = 0; i < free.size(); ++i) {
      if ((bits >> i & 1U) != 0) hidden[free[i]] = true;
    }
    if (is_alone_somewhere(cells, hidden, matters)) continue;
    const auto asks = asks_of(cells, hidden);
    if (std::equal(asks.begin(), asks.end(), hopeless.begin(),
                   [](const Asks& a, const Asks& b) { return a.missed == b.missed; })) {
      return cost;
    }
  }
  return kUnbounded;
}

LinkedCells make_tiny_cells(Rng& rng) {
  MadeShape shape;
  const std::size_t kind = rng.below(3);
  const auto two_or_three = [&rng] { return static_cast<std::size_t>(2 + rng.below(2)); };
  if (kind == 0) {
    shape.dimensions = {{two_or_three(), {}}, {two_or_three(), {}}};
  } else if (kind == 1) {
    shape.dimensions = {{2, {2, 0}}, {2, {}}};
  } else {
    shape.dimensions = {{2, {}}, {2, {}}, {2, {}}};
    shape.tables = {{0, 1}, {0, 2}};
  }
  LinkedCells cells = make_table(shape, 0, rng).table().linked_cells();
  const double unit = rng.below(2) == 0 ? 1 : 0.37;
  const bool is_weight_whole = rng.below(2) == 0;
  for (Cell& cell : cells.cells()) {
    cell.value *= unit;
    cell.lower = 0;
    cell.weight = static_cast<double>(1 + rng.below(9)) + (is_weight_whole ? 0 : 0.31);
    cell.status = rng.below(10) == 0 ? CellStatus::kForced : CellStatus::kPublished;
  }
  for (std::size_t i = 1 + rng.below(3); i > 0; --i) {
    make_sensitive(cells.cells()[rng.below(cells.cells().size())], rng);
  }
  return cells;
}

}  // namespace zicht::stats::testing
