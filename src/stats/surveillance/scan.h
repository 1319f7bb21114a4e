// Kulldorff's spatial scan: where are there more cases than the population explains?
//
//     ZICHT_TRY(found, scan(area, cases, {.replicates = 999}, rng, executor));
//     found.clusters.front().places;                   // the most likely cluster
//
// Source: Kulldorff (1997), Communications in Statistics 26:1481-1496. For a zone with c cases and
// E expected of C in all (E in proportion to population), where c > E:
//     LLR = c ln(c / E) + (C - c) ln((C - c) / (C - E))
// The most likely cluster is the highest zone; others follow that share no place with a higher one.
// Replicates put C cases at random by population; p is the rank of the score among their highest.
//
// Domain: one number of cases a place, finite and 0 or more; fractions are rounded down, as the
// reference does. No cases: no clusters. One place: no cluster, since there is nothing outside it.
// Cost: zones x replicates, some nanoseconds each. Deterministic by the state of `rng`, whatever
// the executor does. Pure.
// Tolerance: LLR 1e-8 absolute, the same places, on the leukaemia data of New York (smerc 1.8.4
// scan.test(nydf): 14.78027648, 8.287055681, 7.199671933; ../shared/data/stats/smerc_nydf.csv).
#pragma once

#include "stats/surveillance/scan_result.h"

namespace zicht::stats {

// Errors: SA-0123 cases that are no numbers from 0 up, or not one for each place; SA-0124 cases in
// a place without population; SA-0110.
[[nodiscard]] Result<ScanFound> scan(const ScanArea& area, const std::vector<double>& cases,
                                     const ScanOptions& options, Rng& rng, Executor& executor);

}  // namespace zicht::stats
