// Correction for reporting delay: how many events of the last periods are still to be heard of?
//
//     ZICHT_TRY(estimate, corrected_for_delay(triangle, {}));
//     estimate.totals.back();            // of the last period, with those not yet reported
//
// A report comes in some periods after its event, so that the last periods always look low. From a
// triangle of counts by period of the event and delay, the chance of each delay is estimated by the
// chain of reverse hazards (Lawless 1994, Canadian Journal of Statistics 22:15-31):
//     g_d = reports with delay d / reports with delay <= d, both over periods that can have had d
//     F_d = product over e > d of (1 - g_e)          share known after d periods
//     total = known / F_d
// A total is that of the known and a count still unheard of with variance known (1 - F) / F^2.
//
// Domain: counts finite and 0 or more; delays 0 .. D. Where F is below `least_share`, the period is
// too fresh: NaN. No reports at all: NaN. One period: nothing to learn from, NaN. Reports after D
// periods do not count. Pure, thread-safe. Reference: worked by hand in the test; 1e-12.
#pragma once

#include <vector>

#include "base/result.h"

namespace zicht::stats {

// by_delay[t][d]: reports of events of period t that came d periods later. Those later than the
// last period are not known and are ignored. All rows have as many delays.
using DelayTriangle = std::vector<std::vector<double>>;

struct DelayOptions {
  double least_share = 0.1;  // 0..1
};

struct DelayEstimate {
  std::vector<double> shares;      // F for each delay
  std::vector<double> known;       // for each period
  std::vector<double> totals;      // for each period; NaN where it is too fresh
  std::vector<double> deviations;  // standard deviation of what is still unheard of
};

// Errors: SA-0125 rows of different length or counts outside the domain; SA-0110.
[[nodiscard]] Result<DelayEstimate> corrected_for_delay(const DelayTriangle& by_delay,
                                                        const DelayOptions& options);

}  // namespace zicht::stats
