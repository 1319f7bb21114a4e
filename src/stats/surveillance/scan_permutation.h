// Space-time permutation scan: where has there been more, until now, than that place's share of all
// cases and this time's share explain? Needs no population.
//
// Source: Kulldorff, Heffernan, Hartman, Assunção, Mostashari (2005), PLoS Medicine 2:e59. Expected
// in a place and period: (cases of the place) x (cases of the period) / (all cases). The score is
// that of scan.h. Replicates shuffle the periods of the cases over their places.
//
// Domain: cases finite and 0 or more, fractions are rounded down. One period or one place: no
// cluster, since nothing can differ. Pure; deterministic by `rng`.
// Oracle: stats/testing/naive_scan.h, every cylinder counted afresh; 1e-9.
#pragma once

#include "stats/surveillance/scan_result.h"

namespace zicht::stats {

// Errors: SA-0123, SA-0110.
[[nodiscard]] Result<ScanFound> scan_permutation(const ScanArea& area, const ScanTable& cases,
                                                 const ScanOptions& options, Rng& rng,
                                                 Executor& executor);

}  // namespace zicht::stats
