#include "stats/surveillance/internal/delta_bound.h"

#include <algorithm>
#include <cmath>

#include "stats/surveillance/internal/count_tail.h"

namespace zicht::stats::internal {

DeltaBound delta_bound(const DeltaInput& input, Power power) {
  const double mean = input.mean;
  const double tau = input.phi + input.variance_of_mean / mean;
  double exponent = 2.0 / 3;
  double deviation = std::sqrt(4.0 / 9 * std::cbrt(mean) * tau);
  if (power == Power::kHalf) {
    exponent = 0.5;
    deviation = std::sqrt(tau / 4);
  } else if (power == Power::kOne) {
    exponent = 1;
    deviation = std::sqrt(mean * tau);
  }
  const double centre = std::pow(mean, exponent);
  const double upper = std::pow(centre + input.z * deviation, 1 / exponent);
  return {upper, normal_tail((std::pow(input.count, exponent) - centre) / deviation)};
}

bool has_enough_cases(Counts counts, std::size_t at, double cases, int periods) {
  double sum = 0;
  const std::size_t wanted = static_cast<std::size_t>(periods);
  for (std::size_t i = at + 1 - std::min(wanted, at + 1); i <= at; ++i) {
    if (!std::isnan(counts[i])) sum += counts[i];
  }
  return sum >= cases;
}

}  // namespace zicht::stats::internal
