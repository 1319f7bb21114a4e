#include "stats/surveillance/farrington.h"

#include <algorithm>
#include <cmath>

#include "stats/surveillance/internal/count_tail.h"
#include "stats/surveillance/internal/delta_bound.h"
#include "stats/surveillance/internal/reweighted_fit.h"
#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

using internal::require_setting;

constexpr double kTrendP = 0.05;
constexpr double kWeightThreshold = 1;
constexpr int kYearsForTrend = 3;

Result<void> check(const FarringtonOptions& options) {
  ZICHT_CHECKED(
      require_setting(options.years >= 1 && options.years <= 100, "years", "1 <= years <= 100"));
  ZICHT_CHECKED(require_setting(options.periods_a_year >= 1 && options.periods_a_year <= 366,
                                "periods_a_year", "1 <= periods_a_year <= 366"));
  ZICHT_CHECKED(
      require_setting(options.half_window >= 0 && 2 * options.half_window < options.periods_a_year,
                      "half_window", "0 <= 2 half_window < periods_a_year"));
  ZICHT_CHECKED(require_setting(options.alpha > 0 && options.alpha < 1, "alpha", "0 < alpha < 1"));
  ZICHT_CHECKED(require_setting(options.cases >= 0, "cases", "cases >= 0"));
  return require_setting(options.cases_periods >= 1, "cases_periods", "cases_periods >= 1");
}

class Judge {
 public:
  Judge(Counts counts, const FarringtonOptions& options) : counts_(counts), options_(options) {}

  Judgement judge(std::size_t at) {
    if (std::isnan(counts_[at])) return cannot_judge(NotJudged::kNoCount);
    if (const auto why = collect(at); why != NotJudged::kNone) return cannot_judge(why);
    if (!internal::has_enough_cases(counts_, at, options_.cases, options_.cases_periods))
      return cannot_judge(NotJudged::kTooFewCases);
    if (!fit(static_cast<double>(at))) return cannot_judge(NotJudged::kNoFit);
    return told(at);
  }

 private:
  NotJudged collect(std::size_t at) {
    const auto year = static_cast<std::size_t>(options_.periods_a_year);
    const auto half = static_cast<std::size_t>(options_.half_window);
    const auto years = static_cast<std::size_t>(options_.years);
    if (at < year * years + half) return NotJudged::kShortHistory;
    data_.counts.clear();
    data_.times.clear();
    double sum = 0;
    for (std::size_t i = years; i >= 1; --i) {
      for (std::size_t t = at - year * i - half; t <= at - year * i + half; ++t) {
        if (std::isnan(counts_[t])) continue;
        data_.counts.push_back(counts_[t]);
        data_.times.push_back(static_cast<double>(t));
        sum += counts_[t];
      }
    }
    data_.group_of.assign(data_.counts.size(), 0);
    if (2 * data_.counts.size() < years * (2 * half + 1)) return NotJudged::kGaps;
    return sum > 0 ? NotJudged::kNone : NotJudged::kEmptyHistory;
  }

  bool fit(double time) {
    if (!fit_.fit(data_, options_.trend, options_.reweight, kWeightThreshold)) return false;
    if (!fit_.model.has_trend()) return true;
    const double scale = fit_.model.pearson_dispersion(data_, fit_.weights);
    const double highest = *std::max_element(data_.counts.begin(), data_.counts.end());
    const bool is_kept = options_.years >= kYearsForTrend && fit_.trend_p(scale) < kTrendP &&
                         std::exp(fit_.model.predictor(0, time)) <= highest;
    return is_kept || fit_.fit(data_, false, options_.reweight, kWeightThreshold);
  }

  Judgement told(std::size_t at) {
    const auto time = static_cast<double>(at);
    const double mean = std::exp(fit_.model.predictor(0, time));
    const double variance = fit_.phi * fit_.model.leverage(0, time) * mean * mean;
    const auto bound = internal::delta_bound({.mean = mean,
                                              .variance_of_mean = variance,
                                              .phi = fit_.phi,
                                              .z = internal::normal_bound(options_.alpha / 2),
                                              .count = counts_[at]},
                                             options_.power);
    Judgement out;
    out.expected = mean;
    out.bound = bound.bound;
    out.p_value = bound.p_value;
    out.score = (counts_[at] - mean) / (bound.bound - mean);
    out.is_alarm = counts_[at] > bound.bound;
    return out;
  }

  Counts counts_;
  const FarringtonOptions& options_;
  internal::FitData data_;
  internal::ReweightedFit fit_;
};

}  // namespace

Result<std::vector<Judgement>> farrington(Counts counts, const FarringtonOptions& options,
                                          std::size_t first) {
  ZICHT_CHECKED(check(options));
  Judge judge(counts, options);
  std::vector<Judgement> out(counts.size(), cannot_judge(NotJudged::kOutsideRange));
  for (std::size_t at = first; at < counts.size(); ++at) out[at] = judge.judge(at);
  return out;
}

}  // namespace zicht::stats
