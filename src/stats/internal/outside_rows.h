// A published table without its true values: what everybody reads in it, row by row. For the audit
// alone.
#pragma once

#include <vector>

#include "stats/disclosure/linked_cells.h"
#include "stats/internal/published_rows.h"

namespace zicht::stats::internal {

struct OutsideRows {
  PublishedRows rows{};            // altered: what contradicts the specification by itself
  std::vector<CellFacts> facts{};  // of what is shown; contributors of amounts are not known
  // Value, and what is known beforehand; a hidden cell has the least value that it may have.
  std::vector<Cell> cells{};
};

// Hidden counts are 1 at least where zeros are shown; nothing is below zero unless something that
// is shown is, or `is_cautious`. Errors: SA-0010 no rows, SA-0098 a column that is not there,
// SA-0099 a value that is no number.
[[nodiscard]] Result<OutsideRows> read_outside(const CsvTable& published, const TableSpec& spec,
                                               bool is_cautious);

}  // namespace zicht::stats::internal
