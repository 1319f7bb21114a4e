// Tables of the literature and of other programmes, as cells.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stats/disclosure/linked_cells.h"

namespace zicht::stats::testing {

// Rows by columns, both with their total last; weights are the values. Value 4 * row + column is
// the cell with that number where there are four columns.
[[nodiscard]] LinkedCells crossed_table(const std::vector<std::vector<double>>& rows);

// Investment by region (I, II, III, total) and activity (A, B, C, total): M. Fischetti and J.J.
// Salazar-Gonzalez (2001), section 1.
[[nodiscard]] LinkedCells investment_table();

// microdata1 of the package sdcTable: regions A to D and total by female, male and total.
[[nodiscard]] LinkedCells persons_table();

// turnover_act_size of the package rtauargus: turnover by activity (three levels) and size, 414
// cells, those of one or two enterprises and those of which one has more than 85 % are primary,
// to be protected to 10 % either way. Nothing where the reference data is absent.
[[nodiscard]] std::optional<LinkedCells> turnover_table();

}  // namespace zicht::stats::testing
