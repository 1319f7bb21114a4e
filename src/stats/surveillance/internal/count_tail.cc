#include "stats/surveillance/internal/count_tail.h"

#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>

namespace zicht::stats::internal {
namespace {

// Below this, phi is as good as 1 and the size of the negative binomial loses its digits.
constexpr double kPoisson = 1 + 1e-9;

// Sums P(0), P(1) ... by their ratio; only where P(0) is far from underflow.
double bound_by_sums(double alpha, double first, double mean, double phi) {
  const double size = phi > kPoisson ? mean / (phi - 1) : 0;
  const double failing = phi > kPoisson ? 1 - 1 / phi : 0;
  double part = first;
  double sum = part;
  double count = 0;
  // The slack is for sums that miss the level by rounding alone.
  const double level = (1 - alpha) * (1 - 1e-14);
  while (sum < level && count < 1e7) {
    part *= phi > kPoisson ? failing * (size + count) / (count + 1) : mean / (count + 1);
    count += 1;
    sum += part;
  }
  return count;
}

}  // namespace

double count_tail(double count, double mean, double phi) {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  const double below = std::ceil(count) - 1;
  if (phi <= kPoisson) {
    const boost::math::poisson poisson(mean);
    return boost::math::cdf(boost::math::complement(poisson, below));
  }
  const boost::math::negative_binomial binomial(mean / (phi - 1), 1 / phi);
  return boost::math::cdf(boost::math::complement(binomial, below));
}

double count_bound(double alpha, double mean, double phi) {
  if (mean <= 0) return 0;
  const double log_first = phi > kPoisson ? -mean / (phi - 1) * std::log(phi) : -mean;
  if (log_first > -500) return bound_by_sums(alpha, std::exp(log_first), mean, phi);
  // Bisection on the tail, from a normal guess outwards.
  double low = 0;
  double high = mean + 10 * std::sqrt(phi * mean) + 10;
  while (count_tail(high + 1, mean, phi) > alpha) high *= 2;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (count_tail(middle + 1, mean, phi) > alpha ? low : high) = middle;
  }
  return std::ceil(high);
}

double normal_bound(double alpha) { return std::sqrt(2.0) * boost::math::erfc_inv(2 * alpha); }

double normal_tail(double z) { return std::erfc(z / std::sqrt(2.0)) / 2; }

}  // namespace zicht::stats::internal
