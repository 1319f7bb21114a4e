// Farrington flexible: is this week higher than the model of all weeks before it expects?
//
//     ZICHT_TRY(judgements, farrington_flexible(counts, {}));               // improved settings
//     ZICHT_TRY(as_before, farrington_flexible(counts, FarringtonFlexibleOptions::original()));
//
// Source: Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett (2013), Statistics in Medicine
// 32:1206-1222, section 3. The periods of `years` years before, without the last `recent_excluded`,
// are divided into `seasons` levels a year: one for the window of 2 half_window + 1 periods round
// this period's place in the year, the others of about equal length between. A quasi-Poisson model
// log mu = level[season] + trend t is fitted twice (internal/reweighted_fit.h). Thresholds:
//     delta      as in farrington.h, z the normal quantile of 1 - alpha
//     nb_plugin  quantile 1 - alpha of a negative binomial with mean mu and variance phi mu
//     muan       the same with the upper confidence limit exp(eta + z se) for mu
// Score: (y - mu) / (bound - mu). An alarm is a count above the bound.
//
// The standard errors of delta and muan are scaled as R surveillance does, which is not by phi: by
// the sum of weight ((y - mu) / mu)^2 over the degrees of freedom where periods are reweighted. Its
// bounds could not be met otherwise.
//
// Domain and what cannot be judged: as in farrington.h. A season without cases: empty_history.
// One row or none: nothing judged. Cost: two fits of about six passes over years x periods_a_year
// numbers for each period judged. Pure, thread-safe.
// Tolerance: bounds 1e-6 relative to R surveillance 1.20.3, farringtonFlexible(), on
// salmonella.agona (../shared/data/stats/ref_agona_flex_*.csv), alarms equal; and on the series
// that bench/peers/surveillance/simulate.R makes (stats/testing/simulated_answers.csv).
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/surveillance/farrington.h"

namespace zicht::stats {

enum class FlexibleThreshold { kDelta, kNbPlugin, kMuan };

struct FarringtonFlexibleOptions {
  int years = 4;
  int half_window = 3;  // periods
  int seasons = 10;     // levels a year; 1 = only the windows, as in farrington.h
  int periods_a_year = 52;
  int recent_excluded = 26;  // periods just before this one that are not compared with
  double alpha = 0.01;
  bool trend = true;
  double trend_p = 1;  // the trend stays where its p is below this
  bool reweight = true;
  double weight_threshold = 2.58;
  FlexibleThreshold threshold = FlexibleThreshold::kNbPlugin;
  Power power = Power::kTwoThirds;  // of delta
  double cases = 5;
  int cases_periods = 4;

  // The settings that reproduce the method of 1996, at alpha .05.
  [[nodiscard]] static FarringtonFlexibleOptions original();
};

// One judgement for each period; those before `first` are outside_range. Errors: SA-0110.
[[nodiscard]] Result<std::vector<Judgement>> farrington_flexible(
    Counts counts, const FarringtonFlexibleOptions& options, std::size_t first = 0);

}  // namespace zicht::stats
