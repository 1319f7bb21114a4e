// A quasi-Poisson model fitted twice: the second time periods with a high count weigh less, so that
// an outbreak of the past does not hide the next one (Farrington et al. 1996, section 3.3).
//
//     residual s = 3/2 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(phi (1 - h))       (Anscombe)
//     weight = gamma s^-2 where s > threshold, else gamma; gamma so that the weights add up to n
#pragma once

#include <vector>

#include "stats/surveillance/internal/quasi_poisson.h"

namespace zicht::stats::internal {

struct ReweightedFit {
  QuasiPoisson model;
  double phi = 1;               // max(1, Pearson's X^2 / degrees of freedom)
  std::vector<double> weights;  // of the second fit; empty without reweighting
  std::vector<double> hats;     // working memory

  // Without a trend where the fit with one does not settle. False where neither does.
  bool fit(const FitData& data, bool with_trend, bool reweight, double threshold);

  // Two-sided p of the trend (t distribution). Requires: model.has_trend().
  [[nodiscard]] double trend_p(double scale) const;

 private:
  bool fit_once(const FitData& data, bool with_trend, bool reweight, double threshold);
  void weigh(const FitData& data, double threshold);
};

}  // namespace zicht::stats::internal
