#include "stats/surveillance/internal/reweighted_fit.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace zicht::stats::internal {

void ReweightedFit::weigh(const FitData& data, double threshold) {
  const std::size_t n = data.counts.size();
  model.hat_values(data, {}, hats);
  weights.assign(n, 1);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double mean = model.means()[i];
    const double count = data.counts[i];
    // Only counts above their mean have a residual above zero.
    if (mean > 0 && count > mean && hats[i] < 1) {
      const double root = std::cbrt(count);
      const double sixth = std::sqrt(std::cbrt(mean));
      const double residual =
          1.5 * (root * root / sixth - std::sqrt(mean)) / std::sqrt(phi * (1 - hats[i]));
      if (residual > threshold) weights[i] = 1 / (residual * residual);
    }
    sum += weights[i];
  }
  for (double& weight : weights) weight *= static_cast<double>(n) / sum;
}

bool ReweightedFit::fit_once(const FitData& data, bool with_trend, bool reweight,
                             double threshold) {
  weights.clear();
  if (!model.fit(data, with_trend, {})) return false;
  phi = std::max(1.0, model.pearson_dispersion(data, {}));
  if (!reweight) return true;
  weigh(data, threshold);
  if (!model.fit(data, with_trend, weights)) return false;
  phi = std::max(1.0, model.pearson_dispersion(data, weights));
  return true;
}

bool ReweightedFit::fit(const FitData& data, bool with_trend, bool reweight, double threshold) {
  if (with_trend && fit_once(data, true, reweight, threshold)) return true;
  return fit_once(data, false, reweight, threshold);
}

double ReweightedFit::trend_p(double scale) const {
  const double deviation = std::sqrt(scale * model.trend_variance());
  const double t = std::abs(model.trend()) / deviation;
  if (!std::isfinite(t)) return deviation > 0 ? 1 : 0;
  const boost::math::students_t distribution(model.degrees_of_freedom());
  return 2 * boost::math::cdf(boost::math::complement(distribution, t));
}

}  // namespace zicht::stats::internal
