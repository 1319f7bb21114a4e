#include "stats/surveillance/ears.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "stats/surveillance/internal/count_tail.h"
#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

using internal::require_setting;

constexpr std::size_t kGuard = 2;  // periods between the baseline of C2 and the period itself

struct Baseline {
  double mean = 0, deviation = 0;
  NotJudged why_not = NotJudged::kNone;
};

Baseline baseline_of(Counts counts, std::size_t at, std::size_t lag, const EarsOptions& options) {
  const auto length = static_cast<std::size_t>(options.baseline);
  if (at < length + lag) return {0, 0, NotJudged::kShortHistory};
  const Counts window = counts.subspan(at - lag - length, length);
  double sum = 0, squares = 0;
  for (const double count : window) sum += count;
  if (std::isnan(sum)) return {0, 0, NotJudged::kGaps};
  const double mean = sum / static_cast<double>(length);
  for (const double count : window) squares += (count - mean) * (count - mean);
  const double deviation =
      std::max(options.least_deviation, std::sqrt(squares / static_cast<double>(length - 1)));
  return {mean, deviation, deviation > 0 ? NotJudged::kNone : NotJudged::kNoSpread};
}

// What the two periods before this one add to C3.
std::optional<double> excess_before(Counts counts, std::size_t at, const EarsOptions& options,
                                    NotJudged& why_not) {
  double sum = 0;
  for (const std::size_t back : {std::size_t{2}, std::size_t{1}}) {
    if (at < back) return why_not = NotJudged::kShortHistory, std::nullopt;
    const auto before = baseline_of(counts, at - back, kGuard, options);
    why_not = std::isnan(counts[at - back]) ? NotJudged::kGaps : before.why_not;
    if (why_not != NotJudged::kNone) return std::nullopt;
    sum += std::max(0.0, (counts[at - back] - before.mean) / before.deviation - 1);
  }
  return sum;
}

Judgement judge(Counts counts, std::size_t at, const EarsOptions& options, double z) {
  const double count = counts[at];
  if (std::isnan(count)) return cannot_judge(NotJudged::kNoCount);
  const std::size_t lag = options.method == EarsMethod::kC1 ? 0 : kGuard;
  const auto base = baseline_of(counts, at, lag, options);
  if (base.why_not != NotJudged::kNone) return cannot_judge(base.why_not);
  Judgement out;
  out.expected = base.mean;
  if (options.method == EarsMethod::kC3) {
    NotJudged why_not = NotJudged::kNone;
    const auto excess = excess_before(counts, at, options, why_not);
    if (!excess) return cannot_judge(why_not);
    out.bound = std::max(0.0, count + base.deviation * (z - *excess));
    out.score = *excess / z;
  } else {
    const double distance = (count - base.mean) / base.deviation;
    out.bound = base.mean + z * base.deviation;
    out.score = distance / z;
    out.p_value = internal::normal_tail(distance);
  }
  out.is_alarm = count > out.bound;
  return out;
}

}  // namespace

Result<std::vector<Judgement>> ears(Counts counts, const EarsOptions& options, std::size_t first) {
  ZICHT_CHECKED(
      require_setting(options.alpha > 0 && options.alpha < 0.5, "alpha", "0 < alpha < 0.5"));
  ZICHT_CHECKED(require_setting(options.baseline >= 3 && options.baseline <= 10'000, "baseline",
                                "3 <= baseline <= 10000"));
  ZICHT_CHECKED(
      require_setting(options.least_deviation >= 0, "least_deviation", "least_deviation >= 0"));
  const double z = internal::normal_bound(options.alpha);
  std::vector<Judgement> out(counts.size(), cannot_judge(NotJudged::kOutsideRange));
  for (std::size_t at = first; at < counts.size(); ++at) out[at] = judge(counts, at, options, z);
  return out;
}

}  // namespace zicht::stats
