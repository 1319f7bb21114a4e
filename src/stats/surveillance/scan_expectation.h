// Expectation-based Poisson scan: where has there been more than was expected for some time, until
// now? For expectations that come from elsewhere, such as a regression on earlier years.
//
// Source: Neill, Moore, Sabhnani, Daniel (2005), KDD; Neill (2009), Statistics in Medicine
// 28:2213-2232. With c cases and B expected in a cylinder, where c > B:
//     score = c ln(c / B) + B - c
// Unlike in scan_prospective.h the total is not held fixed: a rise everywhere is found. Replicates
// are independent Poisson counts with the expected means.
//
// Domain: cases finite and 0 or more, fractions are rounded down; expected above 0 where there are
// cases. Pure; deterministic by `rng`.
// Tolerance: 1e-6 on brain cancer in New Mexico 1986-1989 (scanstatistics,
// scan_eb_poisson: 9.180617 for Los Alamos and Santa Fe;
// ../shared/data/stats/scanstatistics_NM_*.csv).
#pragma once

#include "stats/surveillance/scan_result.h"

namespace zicht::stats {

// Errors: SA-0123, SA-0124, SA-0110.
[[nodiscard]] Result<ScanFound> scan_expectation(const ScanArea& area, const ScanTable& cases,
                                                 const ScanTable& expected,
                                                 const ScanOptions& options, Rng& rng,
                                                 Executor& executor);

}  // namespace zicht::stats
