// Silent places: where is nothing heard though something is to be expected?
//
//     ZICHT_TRY(answers, silent_places({{"a", 12'000, 9, 52, 0, 8}, ...}, {}));
//
// A place that never reports is not a place where nothing happens. Expected of a place is from its
// size and, where it has one, its own history:
//     rate of all = history of all / (size x periods of all)
//     rate of the place = rate of all x (history + w) / (expected of the history + w)
//     expected = rate x size x periods now
// The chance of hearing so little, P(Y <= heard) with Y negative binomial round it, says how odd
// the silence is; it is a silence where that is below alpha and nothing was heard. Places whose
// expectation is so low that zero would not be odd cannot be judged (too_few_cases): silence there
// says nothing.
//
// Domain: sizes, counts, periods finite, 0 or more; size above 0 where anything was counted. Empty:
// empty. One place with history is held against itself. Pure, thread-safe.
// Reference: worked by hand in the test (Poisson limit exp(-expected)); 1e-9.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

struct PlaceHeard {
  std::string place;
  double size = 0;             // such as clients or inhabitants
  double history = 0;          // cases before
  double history_periods = 0;  // how long that was
  double heard = 0;            // cases now
  double periods = 0;          // how long now is
};

struct SilenceOptions {
  double alpha = 0.05;
  // How much of a place's rate comes from all places, in expected cases.
  double weight = 2;
};

// One judgement for each place, in order; is_alarm = silent, p_value = the chance of so little,
// bound = the lowest expectation of which zero would be odd. Errors: SA-0126, SA-0110.
[[nodiscard]] Result<std::vector<Judgement>> silent_places(const std::vector<PlaceHeard>& places,
                                                           const SilenceOptions& options);

}  // namespace zicht::stats
