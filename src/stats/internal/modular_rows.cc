#include "stats/internal/modular_rows.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace zicht::stats::internal {

std::uint32_t Modulus::inverse(std::uint32_t a) const {
  ZICHT_CHECK(a != 0, "zero has no inverse");
  std::uint32_t result = 1;
  for (std::uint32_t power = prime - 2; power > 0; power >>= 1U) {
    if ((power & 1U) != 0) result = times(result, a);
    a = times(a, a);
  }
  return result;
}

std::uint32_t Modulus::of(double whole) const {
  ZICHT_CHECK(whole == std::floor(whole) && std::abs(whole) < double{1U << 30U},
              "factors of relations are whole numbers below 2^30");
  const auto size = static_cast<std::uint32_t>(std::abs(whole));
  return whole < 0 ? minus(size) : size;
}

ModularRows::ModularRows(const LinkedCells& cells, const std::vector<bool>& is_unknown,
                         Modulus modulus)
    : modulus_(modulus), uses_(cells.cells().size()), row_of_(cells.cells().size(), kNoCell) {
  for (const Relation& relation : cells.relations()) {
    ModularRow row;
    for (const Term& term : relation) {
      if (is_unknown[term.cell]) row.push_back({term.cell, modulus_.of(term.factor)});
    }
    std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.cell < b.cell; });
    ModularRow sums;  // a cell may stand in a relation twice
    for (const ModularEntry& entry : row) {
      if (!sums.empty() && sums.back().cell == entry.cell) {
        sums.back().factor = modulus_.plus(sums.back().factor, entry.factor);
      } else {
        sums.push_back(entry);
      }
    }
    std::erase_if(sums, [](const ModularEntry& entry) { return entry.factor == 0; });
    if (sums.empty()) continue;
    for (const ModularEntry& entry : sums) {
      uses_[entry.cell].push_back(static_cast<std::uint32_t>(rows_.size()));
    }
    rows_.push_back(std::move(sums));
  }
  basis_of_.assign(rows_.size(), kNoCell);
}

const ModularEntry* ModularRows::find(std::uint32_t row, CellId cell) const {
  const ModularRow& entries = rows_[row];
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), cell,
                       [](const ModularEntry& entry, CellId id) { return entry.cell < id; });
  return found != entries.end() && found->cell == cell ? &*found : nullptr;
}

std::uint32_t ModularRows::factor(std::uint32_t row, CellId cell) const {
  const ModularEntry* const entry = find(row, cell);
  ZICHT_CHECK(entry != nullptr, "the row has the cell");
  return entry->factor;
}

std::vector<std::uint32_t> ModularRows::rows_with(CellId cell) const {
  std::vector<std::uint32_t> rows;
  for (const std::uint32_t row : uses_[cell]) {
    if (find(row, cell) != nullptr) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::uint32_t ModularRows::sparsest_open_row(CellId cell) const {
  std::uint32_t best = kNoCell;
  for (const std::uint32_t row : uses_[cell]) {
    if (basis_of_[row] != kNoCell || find(row, cell) == nullptr) continue;
    if (best == kNoCell || rows_[row].size() < rows_[best].size()) best = row;
  }
  return best;
}

void ModularRows::make_basis(std::uint32_t row, CellId cell) {
  const std::uint32_t scale = modulus_.inverse(factor(row, cell));
  ModularRow& entries = rows_[row];
  std::erase_if(entries, [&](const ModularEntry& entry) { return entry.cell == cell; });
  if (scale != 1) {
    for (ModularEntry& entry : entries) entry.factor = modulus_.times(entry.factor, scale);
  }
  basis_of_[row] = cell;
  row_of_[cell] = row;
}

void ModularRows::add(std::uint32_t target, std::uint32_t source, std::uint32_t factor,
                      CellId without) {
  const ModularRow& to = rows_[target];
  const ModularRow& from = rows_[source];
  merged_.clear();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < to.size() || j < from.size()) {
    if (j == from.size() || (i < to.size() && to[i].cell < from[j].cell)) {
      if (to[i].cell != without) merged_.push_back(to[i]);
      ++i;
    } else if (i == to.size() || from[j].cell < to[i].cell) {
      merged_.push_back({from[j].cell, modulus_.times(from[j].factor, factor)});
      uses_[from[j].cell].push_back(target);
      ++j;
    } else {
      const std::uint32_t sum = modulus_.plus(to[i].factor, modulus_.times(from[j].factor, factor));
      if (sum != 0) merged_.push_back({to[i].cell, sum});
      ++i;
      ++j;
    }
  }
  rows_[target].assign(merged_.begin(), merged_.end());
}

void ModularRows::solve(std::span<const CellId> order) {
  for (const CellId cell : order) {
    const std::uint32_t pivot = sparsest_open_row(cell);
    if (pivot == kNoCell) continue;
    make_basis(pivot, cell);
    for (const std::uint32_t row : rows_with(cell)) {
      add(row, pivot, modulus_.minus(factor(row, cell)), cell);
    }
    uses_[cell].clear();
  }
}

void ModularRows::drop(CellId free) {
  for (const std::uint32_t row : rows_with(free)) {
    std::erase_if(rows_[row], [&](const ModularEntry& entry) { return entry.cell == free; });
  }
  uses_[free].clear();
}

std::vector<std::uint32_t> ModularRows::exchange(std::uint32_t row, CellId entering) {
  const CellId leaving = basis_of_[row];
  ZICHT_CHECK(leaving != kNoCell, "the row is solved");
  ModularRow& entries = rows_[row];
  const auto place =
      std::lower_bound(entries.begin(), entries.end(), leaving,
                       [](const ModularEntry& entry, CellId id) { return entry.cell < id; });
  entries.insert(place, {leaving, 1});
  uses_[leaving].push_back(row);
  row_of_[leaving] = kNoCell;
  make_basis(row, entering);
  std::vector<std::uint32_t> changed = rows_with(entering);
  for (const std::uint32_t other : changed) {
    add(other, row, modulus_.minus(factor(other, entering)), entering);
  }
  uses_[entering].clear();
  changed.push_back(row);
  return changed;
}

std::size_t ModularRows::entries() const {
  std::size_t sum = 0;
  for (const ModularRow& row : rows_) sum += row.size();
  return sum;
}

}  // namespace zicht::stats::internal
