// CUSUM: small excesses that last, added up.
//
//     ZICHT_TRY(judgements, cusum(counts, {.k = 1.04, .h = 2.26}, 104));
//
// Source: Rossi, Lampugnani, Marchi (1999), Statistics in Medicine 18:2111-2122. The expected m_t
// comes from a Poisson regression with one harmonic, or is the mean, of the periods before `first`.
// Counts become z_t by
//     anscombe  3/2 (y^(2/3) - m^(2/3)) / m^(1/6)        standard  (y - m) / sqrt(m)
// and S_t = max(0, S_(t-1) + z_t - k); an alarm is S_t >= h. Score: S_t / h. The bound is the count
// at which S_t reaches h; where S_(t-1) is there already that is 0. No p-value.
//
// Domain: counts 0 or more. NaN: no_count, S stays. Fewer than `least_training` periods before
// `first`: short_history; no cases in them: empty_history. Pure, thread-safe.
// Tolerance: 1e-6 relative to R surveillance 1.20.3, cusum(m = "glm", trans = "anscombe"), on
// salmonella.agona (../shared/data/stats/ref_agona_cusum_glm_anscombe.csv), alarms equal.
#pragma once

#include <vector>

#include "base/result.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

enum class CusumTransformation { kAnscombe, kStandard };
enum class CusumReference { kSeasonal, kMean };

struct CusumOptions {
  double k = 1.04;  // what is taken off each period, in standard deviations
  double h = 2.26;  // where the alarm is
  CusumTransformation transformation = CusumTransformation::kAnscombe;
  CusumReference reference = CusumReference::kSeasonal;
  bool restart = false;  // S is 0 again after an alarm
  int periods_a_year = 52;
  int least_training = 26;  // periods
};

// One judgement for each period; those before `first` are outside_range. Errors: SA-0110.
[[nodiscard]] Result<std::vector<Judgement>> cusum(Counts counts, const CusumOptions& options,
                                                   std::size_t first);

}  // namespace zicht::stats
