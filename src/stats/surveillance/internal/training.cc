#include "stats/surveillance/internal/training.h"

#include <algorithm>
#include <cmath>

namespace zicht::stats::internal {

Training train(Counts counts, std::size_t first, int least, bool is_mean,
               const SeasonalModel& model) {
  double known = 0, sum = 0;
  for (std::size_t i = 0; i < std::min(first, counts.size()); ++i) {
    if (std::isnan(counts[i])) continue;
    known += 1;
    sum += counts[i];
  }
  if (first < static_cast<std::size_t>(least)) return {{}, NotJudged::kShortHistory};
  if (known < least) return {{}, NotJudged::kGaps};
  if (sum <= 0) return {{}, NotJudged::kEmptyHistory};
  if (is_mean) return {std::vector<double>(counts.size(), sum / known), NotJudged::kNone};
  auto means = seasonal_means(counts, first, model);
  const auto why = means.empty() && !counts.empty() ? NotJudged::kNoFit : NotJudged::kNone;
  return {std::move(means), why};
}

}  // namespace zicht::stats::internal
