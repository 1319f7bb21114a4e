// GLR: since when, and by how much, is it higher than expected? The generalised likelihood ratio of
// a lasting rise of unknown size that began at an unknown period.
//
//     ZICHT_TRY(judgements, glr(counts, {.threshold = 5}, 104));
//     ZICHT_TRY(overdispersed, glr(counts, {.dispersion = 0.4}, 104));
//
// Source: Höhle and Paul (2008), Computational Statistics and Data Analysis 52:4357-4368, sections
// 2.1-2.3. With x_t the counts, m_t what a Poisson regression with trend and harmonics on the
// periods before `first` expects, and a the dispersion (variance m + a m^2, Poisson where a = 0):
//     GLR(n) = max over k <= n and kappa >= 0 of the log likelihood ratio of means m e^kappa to m
// Poisson: kappa = log(sum x / sum m) in closed form; negative binomial: Newton's method. An alarm
// is GLR >= threshold; then the chart starts again. Score: GLR / threshold. The bound is the lowest
// count that gives an alarm. No p-value.
//
// Domain: counts 0 or more. NaN: no_count, left out of the sums. Fewer than `least_training`
// periods before `first`: short_history; no cases in them: empty_history. A chart that has not
// given an alarm costs one pass over its periods for each period; `window` limits that. Pure,
// thread-safe. Tolerance: 1e-6 relative to R surveillance 1.20.3, glrnb(mu0 = list(S = 2, trend =
// TRUE), alpha = 0, c.ARL = 5), on salmonella.agona
// (../shared/data/stats/ref_agona_glrpois_ARL5.csv), alarms equal; negative binomial: a search over
// kappa by golden section, 1e-8.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

struct GlrOptions {
  double threshold = 5;
  double dispersion = 0;  // 0 = Poisson
  int harmonics = 2;
  bool trend = true;
  int window = 0;  // periods that a rise may have begun ago; 0 = all since the last alarm
  int periods_a_year = 52;
  int least_training = 52;  // periods
};

// One judgement for each period; those before `first` are outside_range. Errors: SA-0110.
[[nodiscard]] Result<std::vector<Judgement>> glr(Counts counts, const GlrOptions& options,
                                                 std::size_t first);

// The statistic of the last of `counts` with means `means`, both from the last restart on.
// Requires: equal sizes, no NaN, means above 0.
[[nodiscard]] double glr_statistic(Counts counts, Counts means, const GlrOptions& options);

}  // namespace zicht::stats
