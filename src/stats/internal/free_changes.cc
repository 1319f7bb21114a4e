#include "stats/internal/free_changes.h"

#include <algorithm>
#include <cmath>

namespace zicht::stats::internal {
namespace {

constexpr double kLargeFactor = 64;
constexpr double kNothing = 1e-9;

// What a factor modulo the prime stands for; large ones are of no use here.
double signed_factor(std::uint32_t factor) {
  return factor > kMersenne / 2 ? -static_cast<double>(kMersenne - factor)
                                : static_cast<double>(factor);
}

std::vector<bool> among(const std::vector<CellId>& order, std::size_t size) {
  std::vector<bool> is_unknown(size, false);
  for (const CellId cell : order) is_unknown[cell] = true;
  return is_unknown;
}

}  // namespace

FreeChanges::FreeChanges(const LinkedCells& cells, const std::vector<CellId>& order,
                         std::vector<double>& change)
    : cells_(cells),
      change_(change),
      moves_(cells.cells().size()),
      movers_of_(cells.cells().size()) {
  ModularRows rows(cells, among(order, cells.cells().size()), {});
  rows.solve(order);
  std::vector<bool> is_useless(cells.cells().size(), false);
  for (const CellId cell : order) {
    const std::uint32_t row = rows.row_of(cell);
    if (row == kNoCell) {
      moves_[cell].push_back({cell, 1});
      continue;
    }
    for (const ModularEntry& entry : rows.row(row)) {
      const double factor = signed_factor(entry.factor);
      moves_[entry.cell].push_back({cell, -factor});
      if (std::abs(factor) > kLargeFactor) is_useless[entry.cell] = true;
    }
  }
  for (const CellId free : order) {
    if (is_useless[free]) continue;
    for (const Move& move : moves_[free]) movers_of_[move.cell].push_back({free, move.by});
  }
}

double FreeChanges::push(CellId free, double by, OpenWishes& open) {
  double reach = std::abs(by);
  const double sign = by > 0 ? 1 : -1;
  for (const Move& move : moves_[free]) {
    const double step = sign * move.by;
    const Cell& cell = cells_.cells()[move.cell];
    const double left = step > 0 ? cell.upper - cell.value - change_[move.cell]
                                 : cell.value - cell.lower + change_[move.cell];
    reach = std::min(reach, left / std::abs(step));
    if (!(reach > kNothing)) return 0;
  }
  for (const Move& move : moves_[free]) {
    change_[move.cell] += sign * reach * move.by;
    open.grant(move.cell, change_[move.cell]);
  }
  return sign * reach;
}

void FreeChanges::try_for(const Wish& wish, OpenWishes& open, Rng& rng) {
  const auto& movers = movers_of_[wish.cell];
  if (movers.empty()) return;
  const std::size_t first = rng.below(movers.size());
  for (std::size_t i = 0; i < movers.size() && open.is_open(wish); ++i) {
    const Move& mover = movers[(first + i) % movers.size()];
    push(mover.cell, (wish.by - change_[wish.cell]) / mover.by, open);
  }
}

void FreeChanges::walk(OpenWishes& open, Rng& rng) {
  std::vector<Wish> wishes = open.list();
  for (std::size_t i = wishes.size(); i > 1; --i) std::swap(wishes[i - 1], wishes[rng.below(i)]);
  for (const Wish& wish : wishes) {
    if (open.is_open(wish)) try_for(wish, open, rng);
  }
}

}  // namespace zicht::stats::internal
