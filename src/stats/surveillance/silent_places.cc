#include "stats/surveillance/silent_places.h"

#include <cmath>

#include "stats/surveillance/internal/count_tail.h"
#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

Result<void> check(const std::vector<PlaceHeard>& places) {
  for (const auto& one : places) {
    for (const double value :
         {one.size, one.history, one.history_periods, one.heard, one.periods}) {
      if (!(value >= 0) || !std::isfinite(value))
        return make_error("SA-0126", {{"group", one.place}});
    }
    if (one.size == 0 && one.history + one.heard > 0)
      return make_error("SA-0126", {{"group", one.place}});
  }
  return {};
}

}  // namespace

Result<std::vector<Judgement>> silent_places(const std::vector<PlaceHeard>& places,
                                             const SilenceOptions& options) {
  ZICHT_CHECKED(
      internal::require_setting(options.alpha > 0 && options.alpha < 1, "alpha", "0 < alpha < 1"));
  ZICHT_CHECKED(internal::require_setting(options.weight > 0 && std::isfinite(options.weight),
                                          "weight", "weight > 0"));
  ZICHT_CHECKED(check(places));
  double cases = 0, exposure = 0;
  for (const auto& one : places) {
    cases += one.history;
    exposure += one.size * one.history_periods;
  }
  const double rate = exposure > 0 ? cases / exposure : 0;
  std::vector<Judgement> out;
  for (const auto& one : places) {
    if (rate <= 0) {
      out.push_back(cannot_judge(NotJudged::kEmptyHistory));
      continue;
    }
    // Rates relative to that of all: gamma with `weight` expected cases behind it.
    const double usual = rate * one.size * one.history_periods;
    const double shape = one.history + options.weight;
    const double relative = shape / (usual + options.weight);
    Judgement answer;
    answer.expected = relative * rate * one.size * one.periods;
    // Var(Y) / E(Y) = 1 + E(Y) / shape, for what the rate is not known of.
    const double phi = 1 + answer.expected / shape;
    const double none = 1 - internal::count_tail(1, answer.expected, phi);
    answer.bound = shape * (std::pow(options.alpha, -1 / shape) - 1);
    answer.p_value = 1 - internal::count_tail(one.heard + 1, answer.expected, phi);
    answer.score = answer.expected > 0 ? one.heard / answer.expected : kUnknown;
    answer.is_alarm = one.heard == 0 && none < options.alpha;
    if (none >= options.alpha && one.heard == 0) answer.why_not = NotJudged::kTooFewCases;
    out.push_back(answer);
  }
  return out;
}

}  // namespace zicht::stats
