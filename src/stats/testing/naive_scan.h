// Every cylinder counted afresh: the oracle of the scans.
#pragma once

#include "stats/surveillance/scan_result.h"

namespace zicht::stats::testing {

// The highest score over all zones and durations; 0 where none is above what is expected. Poisson
// scores scale `means` to the total of the cases.
[[nodiscard]] double naive_best_score(const ScanArea& area, const ScanTable& cases,
                                      const ScanTable& means, const ScanOptions& options,
                                      bool is_poisson);

// Share of the place times share of the period.
[[nodiscard]] ScanTable independent_means(const ScanTable& cases);

}  // namespace zicht::stats::testing
