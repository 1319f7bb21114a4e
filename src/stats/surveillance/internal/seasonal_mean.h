// Poisson regression of counts on a level, a trend where wanted, and harmonics of the year:
//     log mu_t = a + b t + sum over s of c_s cos(2 pi s t / period) + d_s sin(2 pi s t / period).
//
// Iteratively reweighted least squares on dense normal equations (at most 2 + 2 x harmonics), until
// the deviance changes by less than 1e-10 of itself. Periods that are NaN are left out.
#pragma once

#include <vector>

#include "stats/surveillance/judgement.h"

namespace zicht::stats::internal {

struct SeasonalModel {
  int harmonics = 1;
  bool trend = false;
  double period = 52;
};

// The means of all `counts.size()` periods, fitted on the first `training` of them. Empty where the
// fit does not settle or there is nothing to fit.
[[nodiscard]] std::vector<double> seasonal_means(Counts counts, std::size_t training,
                                                 const SeasonalModel& model);

}  // namespace zicht::stats::internal
