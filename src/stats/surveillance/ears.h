// EARS C1, C2 and C3: is this period higher than the few periods just before it? For streams with
// no history to speak of.
//
//     ZICHT_TRY(judgements, ears(counts, {.method = EarsMethod::kC2}));
//
// Source: Hutwagner, Thompson, Seeman, Treadwell (2003), Journal of Urban Health 80:i89-i96; bounds
// as in Salmon, Schumacher, Höhle (2016), JSS 70(10), section 3.1. With m and s the mean and
// standard deviation (n - 1) of `baseline` periods and z the normal quantile of 1 - alpha:
//     C1  periods t-7 .. t-1, bound m + z s
//     C2  periods t-9 .. t-3, bound m + z s
//     C3  bound y + s (z - sum over t-1, t-2 of max(0, (y' - m') / s' - 1)), not below 0
// An alarm is a count above the bound. Expected is m; the p-value is that of a normal count, for C3
// there is none.
//
// Domain: counts 0 or more. NaN in the periods to compare with: gaps. All of them equal: no_spread,
// unless least_deviation is above 0. Too few before it (one row): short_history. Pure, thread-safe.
// Tolerance: 1e-6 relative to R surveillance 1.20.3, earsC(), on salmonella.agona
// (../shared/data/stats/ref_agona_earsC*.csv), alarms equal.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

enum class EarsMethod { kC1, kC2, kC3 };

struct EarsOptions {
  EarsMethod method = EarsMethod::kC1;
  double alpha = 0.001;  // C3: 0.025 is usual
  int baseline = 7;      // periods, 3 or more
  double least_deviation = 0;
};

// One judgement for each period; those before `first` are outside_range. Errors: SA-0110.
[[nodiscard]] Result<std::vector<Judgement>> ears(Counts counts, const EarsOptions& options,
                                                  std::size_t first = 0);

}  // namespace zicht::stats
