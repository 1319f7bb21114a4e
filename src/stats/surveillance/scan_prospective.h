// Prospective space-time scan: where has there been more than the population explains for some
// time, until now?
//
// Source: Kulldorff (2001), JRSS A 164:61-72. Cylinders of a zone (scan_area.h) and the last 1, 2
// ... max_duration periods; expected in proportion to the population of each place and period; the
// score and the replicates are those of scan.h, over all cases of all periods.
//
// Domain: cases finite and 0 or more, fractions are rounded down; population as well, per place and
// period or (one period) per place. One period: as scan.h. Pure; deterministic by `rng`.
// Oracle: stats/testing/naive_scan.h, every cylinder counted afresh; 1e-9.
#pragma once

#include "stats/surveillance/scan_result.h"

namespace zicht::stats {

// `population` may have no values: that of the area, the same in every period. Errors: SA-0123,
// SA-0124, SA-0110.
[[nodiscard]] Result<ScanFound> scan_prospective(const ScanArea& area, const ScanTable& cases,
                                                 const ScanTable& population,
                                                 const ScanOptions& options, Rng& rng,
                                                 Executor& executor);

}  // namespace zicht::stats
