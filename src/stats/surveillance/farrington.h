// Farrington's method as it was first published: is this week higher than the same weeks of years
// before?
//
//     ZICHT_TRY(judgements, farrington(counts, {.years = 3, .alpha = 0.05}));
//
// Source: Farrington, Andrews, Beale, Catchpole (1996), JRSS A 159:547-563, sections 3.2-3.6.
// Reference periods are those within `half_window` of the same place in each of `years` years. A
// quasi-Poisson model log mu = level + trend t is fitted twice (internal/reweighted_fit.h). The
// trend stays where it is significant (p < .05), there are three years or more, and it does not
// predict more than was ever counted. With tau = phi + Var(mu)/mu the bound is
//     (mu^(2/3) + z se)^(3/2), se^2 = 4/9 mu^(1/3) tau, z the normal quantile of 1 - alpha/2;
// other powers for skewness: 1/2 and 1. An alarm is a count above the bound.
//
// Domain: counts 0 or more. NaN: the period is left out of the reference periods; such a period
// itself is no_count. Fewer periods before it than the years need: short_history. Fewer than
// `cases` in the last `cases_periods`: too_few_cases. No cases in the reference periods:
// empty_history. One row or none: nothing judged. Pure, thread-safe.
// Tolerance: bounds 1e-6 relative to R surveillance 1.20.3, farrington(), on salmonella.agona
// (../shared/data/stats/ref_agona_farrington_b3w3_a05.csv), alarms equal.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

// What counts are raised to so that their distribution is less skew.
enum class Power { kTwoThirds, kHalf, kOne };

struct FarringtonOptions {
  int years = 5;
  int half_window = 3;  // periods
  int periods_a_year = 52;
  double alpha = 0.05;
  bool trend = true;
  bool reweight = true;
  Power power = Power::kTwoThirds;
  double cases = 5;
  int cases_periods = 4;
};

// One judgement for each period; those before `first` are outside_range. Errors: SA-0110.
[[nodiscard]] Result<std::vector<Judgement>> farrington(Counts counts,
                                                        const FarringtonOptions& options,
                                                        std::size_t first = 0);

}  // namespace zicht::stats
