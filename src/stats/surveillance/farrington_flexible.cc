#include "stats/surveillance/farrington_flexible.h"

#include <algorithm>
#include <cmath>

#include "stats/surveillance/internal/count_tail.h"
#include "stats/surveillance/internal/delta_bound.h"
#include "stats/surveillance/internal/reweighted_fit.h"
#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

using internal::require_setting;

constexpr int kYearsForTrend = 3;

Result<void> check(const FarringtonFlexibleOptions& options) {
  ZICHT_CHECKED(
      require_setting(options.years >= 1 && options.years <= 100, "years", "1 <= years <= 100"));
  ZICHT_CHECKED(require_setting(options.periods_a_year >= 1 && options.periods_a_year <= 366,
                                "periods_a_year", "1 <= periods_a_year <= 366"));
  const int window = 2 * options.half_window + 1;
  ZICHT_CHECKED(require_setting(options.half_window >= 0 && window <= options.periods_a_year,
                                "half_window", "0 <= 2 half_window < periods_a_year"));
  ZICHT_CHECKED(require_setting(
      options.seasons >= 1 && options.seasons - 1 <= options.periods_a_year - window, "seasons",
      "1 <= seasons <= periods_a_year - 2 half_window"));
  ZICHT_CHECKED(require_setting(options.recent_excluded >= options.half_window, "recent_excluded",
                                "recent_excluded >= half_window"));
  ZICHT_CHECKED(require_setting(options.alpha > 0 && options.alpha < 1, "alpha", "0 < alpha < 1"));
  ZICHT_CHECKED(require_setting(options.trend_p >= 0 && options.trend_p <= 1, "trend_p",
                                "0 <= trend_p <= 1"));
  ZICHT_CHECKED(
      require_setting(options.weight_threshold > 0, "weight_threshold", "weight_threshold > 0"));
  ZICHT_CHECKED(require_setting(options.cases >= 0, "cases", "cases >= 0"));
  return require_setting(options.cases_periods >= 1, "cases_periods", "cases_periods >= 1");
}

// The season of each place in the year, counted from the first period after a window: the season of
// the window is the last one, places between the seasons are -1.
std::vector<int> season_of_place(const FarringtonFlexibleOptions& options) {
  const int window = 2 * options.half_window + 1;
  const int between = options.periods_a_year - window;
  std::vector<int> out(static_cast<std::size_t>(between), -1);
  const int others = options.seasons - 1;
  if (others == 0) return out;
  std::size_t place = 0;
  for (int season = 0; season < others; ++season) {
    const int length = between / others + (season < between % others ? 1 : 0);
    for (int i = 0; i < length; ++i) out[place++] = season;
  }
  return out;
}

class Judge {
 public:
  Judge(Counts counts, const FarringtonFlexibleOptions& options)
      : counts_(counts),
        options_(options),
        season_of_place_(season_of_place(options)),
        z_(internal::normal_bound(options.alpha)) {
    data_.groups = options.seasons;
  }

  Judgement judge(std::size_t at) {
    if (std::isnan(counts_[at])) return cannot_judge(NotJudged::kNoCount);
    const auto history =
        static_cast<std::size_t>(options_.years * options_.periods_a_year + options_.half_window);
    if (at < history) return cannot_judge(NotJudged::kShortHistory);
    if (!internal::has_enough_cases(counts_, at, options_.cases, options_.cases_periods))
      return cannot_judge(NotJudged::kTooFewCases);
    if (const auto why = collect(at); why != NotJudged::kNone) return cannot_judge(why);
    if (!fit(static_cast<double>(at))) return cannot_judge(NotJudged::kNoFit);
    return told(at);
  }

 private:
  [[nodiscard]] int now() const { return options_.seasons - 1; }

  NotJudged collect(std::size_t at) {
    data_.counts.clear();
    data_.times.clear();
    data_.group_of.clear();
    cases_now_ = 0;
    places_ = 0;
    const int half = options_.half_window;
    for (int year = options_.years; year >= 1; --year) {
      const auto middle = at - static_cast<std::size_t>(year * options_.periods_a_year);
      const auto begin = middle - static_cast<std::size_t>(half);
      for (std::size_t i = 0; i < static_cast<std::size_t>(options_.periods_a_year); ++i) {
        const bool is_window = i <= static_cast<std::size_t>(2 * half);
        const int group =
            is_window ? now() : season_of_place_[i - static_cast<std::size_t>(2 * half) - 1];
        if (group >= 0) add(begin + i, group, at);
      }
    }
    if (2 * data_.counts.size() < places_) return NotJudged::kGaps;
    return cases_now_ > 0 ? NotJudged::kNone : NotJudged::kEmptyHistory;
  }

  void add(std::size_t period, int group, std::size_t at) {
    if (period + static_cast<std::size_t>(options_.recent_excluded) >= at) return;
    ++places_;
    if (std::isnan(counts_[period])) return;
    data_.counts.push_back(counts_[period]);
    data_.times.push_back(static_cast<double>(period));
    data_.group_of.push_back(group);
    if (group == now()) cases_now_ += counts_[period];
  }

  bool fit(double time) {
    const double threshold = options_.weight_threshold;
    if (!fit_.fit(data_, options_.trend, options_.reweight, threshold)) return false;
    if (!fit_.model.has_trend()) return true;
    const double highest = *std::max_element(data_.counts.begin(), data_.counts.end());
    const bool is_kept = options_.years >= kYearsForTrend &&
                         (options_.trend_p >= 1 || fit_.trend_p(scale()) < options_.trend_p) &&
                         std::exp(fit_.model.predictor(now(), time)) <= highest;
    return is_kept || fit_.fit(data_, false, options_.reweight, threshold);
  }

  // Of standard errors; see the header.
  [[nodiscard]] double scale() const {
    if (fit_.weights.empty()) return fit_.model.pearson_dispersion(data_, {});
    double sum = 0;
    for (std::size_t i = 0; i < data_.counts.size(); ++i) {
      const double mean = fit_.model.means()[i];
      const double residual = mean > 0 ? (data_.counts[i] - mean) / mean : -1;
      sum += fit_.weights[i] * residual * residual;
    }
    return sum / fit_.model.degrees_of_freedom();
  }

  Judgement told(std::size_t at) {
    const auto time = static_cast<double>(at);
    const double predictor = fit_.model.predictor(now(), time);
    const double count = counts_[at];
    Judgement out;
    out.expected = std::exp(predictor);
    if (options_.threshold == FlexibleThreshold::kDelta) {
      const double variance =
          scale() * fit_.model.leverage(now(), time) * out.expected * out.expected;
      const auto bound = internal::delta_bound({.mean = out.expected,
                                                .variance_of_mean = variance,
                                                .phi = fit_.phi,
                                                .z = z_,
                                                .count = count},
                                               options_.power);
      out.bound = bound.bound;
      out.p_value = bound.p_value;
    } else {
      double mean = out.expected;
      if (options_.threshold == FlexibleThreshold::kMuan)
        mean = std::exp(predictor + z_ * std::sqrt(scale() * fit_.model.leverage(now(), time)));
      if (!std::isfinite(mean) || mean > kHighestMean) return cannot_judge(NotJudged::kNoFit);
      out.bound = internal::count_bound(options_.alpha, mean, fit_.phi);
      out.p_value = internal::count_tail(count, mean, fit_.phi);
    }
    out.score = (count - out.expected) / (out.bound - out.expected);
    out.is_alarm = count > out.bound && count > 0;
    return out;
  }

  static constexpr double kHighestMean = 1e12;

  Counts counts_;
  const FarringtonFlexibleOptions& options_;
  std::vector<int> season_of_place_;
  double z_;
  internal::FitData data_;
  internal::ReweightedFit fit_;
  double cases_now_ = 0;
  std::size_t places_ = 0;
};

}  // namespace

FarringtonFlexibleOptions FarringtonFlexibleOptions::original() {
  FarringtonFlexibleOptions out;
  out.years = 3;
  out.seasons = 1;
  out.recent_excluded = 3;
  out.alpha = 0.05;
  out.trend_p = 0.05;
  out.weight_threshold = 1;
  out.threshold = FlexibleThreshold::kDelta;
  return out;
}

Result<std::vector<Judgement>> farrington_flexible(Counts counts,
                                                   const FarringtonFlexibleOptions& options,
                                                   std::size_t first) {
  ZICHT_CHECKED(check(options));
  Judge judge(counts, options);
  std::vector<Judgement> out(counts.size(), cannot_judge(NotJudged::kOutsideRange));
  for (std::size_t at = first; at < counts.size(); ++at) out[at] = judge.judge(at);
  return out;
}

}  // namespace zicht::stats
