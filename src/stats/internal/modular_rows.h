// Sparse linear relations modulo a prime, solved for some of their cells: each row says
//
//     basis cell + sum of factor * cell over the entries of the row = 0
//
// where no basis cell stands in the entries of any row. Cells in no basis are free.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats::internal {

constexpr std::uint32_t kNoCell = 0xFFFFFFFF;
constexpr std::uint32_t kMersenne = 2'147'483'647U;  // 2^31 - 1

// Arithmetic modulo a prime below 2^31.
struct Modulus {
  std::uint32_t prime = kMersenne;
  [[nodiscard]] std::uint32_t times(std::uint32_t a, std::uint32_t b) const {
    return static_cast<std::uint32_t>(std::uint64_t{a} * b % prime);
  }
  [[nodiscard]] std::uint32_t plus(std::uint32_t a, std::uint32_t b) const {
    const std::uint32_t sum = a + b;  // below 2^32
    return sum >= prime ? sum - prime : sum;
  }
  [[nodiscard]] std::uint32_t minus(std::uint32_t a) const { return a == 0 ? 0 : prime - a; }
  [[nodiscard]] std::uint32_t inverse(std::uint32_t a) const;  // requires a != 0
  [[nodiscard]] std::uint32_t of(double whole) const;
};

struct ModularEntry {
  CellId cell = 0;
  std::uint32_t factor = 0;
};
using ModularRow = std::vector<ModularEntry>;  // by cell

class ModularRows {
 public:
  // The relations of `cells`, where only the cells with `is_unknown` count.
  ModularRows(const LinkedCells& cells, const std::vector<bool>& is_unknown, Modulus modulus);

  // Solves for cells in this order, as far as there are relations left.
  void solve(std::span<const CellId> order);

  [[nodiscard]] const Modulus& modulus() const { return modulus_; }
  [[nodiscard]] std::uint32_t row_of(CellId basis) const { return row_of_[basis]; }  // or kNoCell
  [[nodiscard]] CellId basis_of(std::uint32_t row) const { return basis_of_[row]; }
  [[nodiscard]] const ModularRow& row(std::uint32_t row) const { return rows_[row]; }

  // Rows with an entry for this cell.
  [[nodiscard]] std::vector<std::uint32_t> rows_with(CellId cell) const;
  // Requires: the row has the cell.
  [[nodiscard]] std::uint32_t factor(std::uint32_t row, CellId cell) const;

  // The free cell is zero from now on.
  void drop(CellId free);
  // Makes a free cell of the row the basis; the basis of before becomes free. Rows that changed.
  std::vector<std::uint32_t> exchange(std::uint32_t row, CellId entering);

  // Entries in all rows: what memory and time grow with.
  [[nodiscard]] std::size_t entries() const;

 private:
  [[nodiscard]] const ModularEntry* find(std::uint32_t row, CellId cell) const;
  [[nodiscard]] std::uint32_t sparsest_open_row(CellId cell) const;
  // Takes the cell out of a row and scales the rest so that its factor was one.
  void make_basis(std::uint32_t row, CellId cell);
  // rows_[target] += factor * rows_[source], without the cell `without`.
  void add(std::uint32_t target, std::uint32_t source, std::uint32_t factor, CellId without);

  Modulus modulus_;
  std::vector<ModularRow> rows_;
  std::vector<std::vector<std::uint32_t>> uses_;  // of each cell; may name rows it left
  std::vector<CellId> basis_of_;
  std::vector<std::uint32_t> row_of_;
  ModularRow merged_;
};

}  // namespace zicht::stats::internal
