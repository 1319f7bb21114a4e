// What the periods before the first one to be judged lead to expect of all periods.
#pragma once

#include <vector>

#include "stats/surveillance/internal/seasonal_mean.h"

namespace zicht::stats::internal {

struct Training {
  std::vector<double> means;  // of all periods; empty where they cannot be told
  NotJudged why_not = NotJudged::kNone;
};

// The regression, or the mean alone where `is_mean`.
[[nodiscard]] Training train(Counts counts, std::size_t first, int least, bool is_mean,
                             const SeasonalModel& model);

}  // namespace zicht::stats::internal
