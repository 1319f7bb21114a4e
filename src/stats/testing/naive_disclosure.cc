#include "stats/testing/naive_disclosure.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

namespace zicht::stats {
namespace {

using Fraction = boost::multiprecision::cpp_rational;
using Dense = std::vector<std::vector<Fraction>>;

// Gauss-Jordan over all columns.
void reduce(Dense& rows) {
  std::size_t done = 0;
  const std::size_t width = rows.empty() ? 0 : rows[0].size();
  for (std::size_t column = 0; column < width && done < rows.size(); ++column) {
    std::size_t pivot = done;
    while (pivot < rows.size() && rows[pivot][column] == 0) ++pivot;
    if (pivot == rows.size()) continue;
    std::swap(rows[pivot], rows[done]);
    const Fraction scale = rows[done][column];
    for (auto& factor : rows[done]) factor /= scale;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (r == done || rows[r][column] == 0) continue;
      const Fraction factor = rows[r][column];
      for (std::size_t c = 0; c < width; ++c) {
        if (rows[done][c] != 0) rows[r][c] -= factor * rows[done][c];
      }
    }
    ++done;
  }
}

}  // namespace

std::vector<CellId> naively_exposed(const LinkedCells& cells, const std::vector<CellId>& known) {
  std::vector<CellId> hidden;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    const CellStatus status = cells.cells()[id].status;
    const bool is_hidden = status == CellStatus::kPrimary || status == CellStatus::kSecondary;
    if (is_hidden && std::find(known.begin(), known.end(), id) == known.end()) hidden.push_back(id);
  }
  Dense rows;
  for (const Relation& relation : cells.relations()) {
    std::vector<Fraction> row(hidden.size());
    for (const Term& term : relation) {
      const auto place = std::find(hidden.begin(), hidden.end(), term.cell);
      if (place != hidden.end()) {
        row[static_cast<std::size_t>(place - hidden.begin())] += Fraction(term.factor);
      }
    }
    rows.push_back(std::move(row));
  }
  reduce(rows);
  std::vector<CellId> exposed;
  for (const auto& row : rows) {
    const auto is_set = [](const Fraction& factor) { return factor != 0; };
    if (std::count_if(row.begin(), row.end(), is_set) != 1) continue;
    const auto place = std::find_if(row.begin(), row.end(), is_set);
    exposed.push_back(hidden[static_cast<std::size_t>(place - row.begin())]);
  }
  std::sort(exposed.begin(), exposed.end());
  return exposed;
}

}  // namespace zicht::stats
