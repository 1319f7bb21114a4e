#include "stats/surveillance/glr.h"

#include <algorithm>
#include <cmath>

#include "stats/surveillance/internal/settings.h"
#include "stats/surveillance/internal/training.h"

namespace zicht::stats {
namespace {

using internal::require_setting;

double poisson_ratio(double cases, double expected) {
  if (cases <= expected) return 0;
  return cases * std::log(cases / expected) - (cases - expected);
}

// Log likelihood ratio of means m e^kappa to m, with its first two derivatives.
struct Ratio {
  double value = 0, slope = 0, bend = 0;
};

Ratio binomial_ratio(Counts counts, Counts means, double dispersion, double kappa) {
  Ratio out;
  const double rise = std::exp(kappa);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double size = counts[i] + 1 / dispersion;
    const double scaled = dispersion * means[i];
    const double share = scaled * rise / (1 + scaled * rise);
    out.value += counts[i] * kappa - size * (std::log1p(scaled * rise) - std::log1p(scaled));
    out.slope += counts[i] - size * share;
    out.bend -= size * share * (1 - share);
  }
  return out;
}

// The ratio is concave in kappa, so that Newton's steps, held within bounds, find its top.
double best_binomial_ratio(Counts counts, Counts means, double dispersion) {
  if (binomial_ratio(counts, means, dispersion, 0).slope <= 0) return 0;
  double low = 0, high = 1;
  while (high < 60 && binomial_ratio(counts, means, dispersion, high).slope > 0) high *= 2;
  double kappa = low;
  for (int step = 0; step < 100; ++step) {
    const auto here = binomial_ratio(counts, means, dispersion, kappa);
    (here.slope > 0 ? low : high) = kappa;
    double next = kappa - here.slope / here.bend;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (std::abs(next - kappa) < 1e-12) break;
    kappa = next;
  }
  return binomial_ratio(counts, means, dispersion, kappa).value;
}

class Chart {
 public:
  explicit Chart(const GlrOptions& options) : options_(options) {}

  Judgement judge(double count, double mean) {
    counts_.push_back(count);
    means_.push_back(mean);
    Judgement out;
    out.expected = mean;
    const double statistic = glr_statistic(counts_, means_, options_);
    out.score = statistic / options_.threshold;
    out.is_alarm = statistic >= options_.threshold;
    out.bound = lowest_alarm();
    if (out.is_alarm) {
      counts_.clear();
      means_.clear();
    }
    return out;
  }

 private:
  bool would_alarm(double count) {
    counts_.back() = count;
    return glr_statistic(counts_, means_, options_) >= options_.threshold;
  }

  double lowest_alarm() {
    const double count = counts_.back();
    double low = -1, high = 1;
    while (high < 1e12 && !would_alarm(high)) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      const double middle = std::floor((low + high) / 2);
      (would_alarm(middle) ? high : low) = middle;
    }
    counts_.back() = count;
    return high;
  }

  const GlrOptions& options_;
  std::vector<double> counts_, means_;
};

Result<void> check(const GlrOptions& options) {
  ZICHT_CHECKED(require_setting(options.threshold > 0, "threshold", "threshold > 0"));
  ZICHT_CHECKED(require_setting(options.dispersion >= 0, "dispersion", "dispersion >= 0"));
  ZICHT_CHECKED(require_setting(options.harmonics >= 0 && options.harmonics <= 10, "harmonics",
                                "0 <= harmonics <= 10"));
  ZICHT_CHECKED(require_setting(options.window >= 0, "window", "window >= 0"));
  ZICHT_CHECKED(
      require_setting(options.periods_a_year >= 1, "periods_a_year", "periods_a_year >= 1"));
  return require_setting(options.least_training >= 4, "least_training", "least_training >= 4");
}

}  // namespace

double glr_statistic(Counts counts, Counts means, const GlrOptions& options) {
  double best = 0, cases = 0, expected = 0;
  const std::size_t longest =
      options.window > 0 ? static_cast<std::size_t>(options.window) : counts.size();
  for (std::size_t length = 1; length <= std::min(longest, counts.size()); ++length) {
    const std::size_t begin = counts.size() - length;
    cases += counts[begin];
    expected += means[begin];
    best = std::max(best, options.dispersion == 0
                              ? poisson_ratio(cases, expected)
                              : best_binomial_ratio(counts.subspan(begin), means.subspan(begin),
                                                    options.dispersion));
  }
  return best;
}

Result<std::vector<Judgement>> glr(Counts counts, const GlrOptions& options, std::size_t first) {
  ZICHT_CHECKED(check(options));
  const auto training = internal::train(counts, first, options.least_training, false,
                                        {.harmonics = options.harmonics,
                                         .trend = options.trend,
                                         .period = static_cast<double>(options.periods_a_year)});
  std::vector<Judgement> out(counts.size(), cannot_judge(NotJudged::kOutsideRange));
  Chart chart(options);
  for (std::size_t at = first; at < counts.size(); ++at) {
    const auto why = training.why_not != NotJudged::kNone ? training.why_not
                     : std::isnan(counts[at])             ? NotJudged::kNoCount
                                                          : NotJudged::kNone;
    out[at] =
        why == NotJudged::kNone ? chart.judge(counts[at], training.means[at]) : cannot_judge(why);
  }
  return out;
}

}  // namespace zicht::stats
