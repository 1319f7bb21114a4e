// Gaps, overlaps and rules without effect of one table.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dmn/internal/between.h"
#include "dmn/internal/table.h"

namespace zicht::dmn::internal {

// A row of inputs, one for each column; null where any value does.
using Example = std::vector<feel::Value>;

struct Overlap {
  std::size_t first = 0, second = 0;  // rules
  Example example{};
};

struct TableFindings {
  std::vector<Example> gaps{};      // at most kMaxFindings
  std::vector<Overlap> overlaps{};  // each pair once, at most kMaxFindings
  std::vector<std::size_t> without_effect{};
  bool is_complete = true;  // false: too many combinations, so some may be left out

  static constexpr std::size_t kMaxFindings = 10;
};

// Requires: a domain for each column.
[[nodiscard]] TableFindings check_table(const TableCode& table, const std::vector<Domain>& domains,
                                        feel::CallContext& context);

}  // namespace zicht::dmn::internal
