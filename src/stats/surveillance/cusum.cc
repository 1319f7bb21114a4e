#include "stats/surveillance/cusum.h"

#include <algorithm>
#include <cmath>

#include "stats/surveillance/internal/settings.h"
#include "stats/surveillance/internal/training.h"

namespace zicht::stats {
namespace {

using internal::require_setting;

double two_thirds(double value) {
  const double root = std::cbrt(value);
  return root * root;
}

double transformed(double count, double mean, CusumTransformation kind) {
  if (kind == CusumTransformation::kStandard) return (count - mean) / std::sqrt(mean);
  return 1.5 * (two_thirds(count) - two_thirds(mean)) / std::sqrt(std::cbrt(mean));
}

// The count whose transformation is `z`; 0 where it would be negative.
double count_at(double z, double mean, CusumTransformation kind) {
  if (kind == CusumTransformation::kStandard) return std::max(0.0, mean + z * std::sqrt(mean));
  const double power = 2.0 / 3 * std::sqrt(std::cbrt(mean)) * z + two_thirds(mean);
  return power <= 0 ? 0 : power * std::sqrt(power);
}

}  // namespace

Result<std::vector<Judgement>> cusum(Counts counts, const CusumOptions& options,
                                     std::size_t first) {
  ZICHT_CHECKED(require_setting(options.k >= 0 && std::isfinite(options.k), "k", "k >= 0"));
  ZICHT_CHECKED(require_setting(options.h > 0 && std::isfinite(options.h), "h", "h > 0"));
  ZICHT_CHECKED(
      require_setting(options.periods_a_year >= 1, "periods_a_year", "periods_a_year >= 1"));
  ZICHT_CHECKED(
      require_setting(options.least_training >= 4, "least_training", "least_training >= 4"));
  const auto training = internal::train(
      counts, first, options.least_training, options.reference == CusumReference::kMean,
      {.harmonics = 1, .trend = false, .period = static_cast<double>(options.periods_a_year)});
  std::vector<Judgement> out(counts.size(), cannot_judge(NotJudged::kOutsideRange));
  double sum = 0;
  for (std::size_t at = first; at < counts.size(); ++at) {
    Judgement& one = out[at] = cannot_judge(training.why_not);
    if (!one.is_judged()) continue;
    if (std::isnan(counts[at])) {
      one.why_not = NotJudged::kNoCount;
      continue;
    }
    const double mean = training.means[at];
    one.expected = mean;
    one.bound = count_at(options.h + options.k - sum, mean, options.transformation);
    sum = std::max(0.0, sum + transformed(counts[at], mean, options.transformation) - options.k);
    one.score = sum / options.h;
    one.is_alarm = sum >= options.h;
    if (one.is_alarm && options.restart) sum = 0;
  }
  return out;
}

}  // namespace zicht::stats
