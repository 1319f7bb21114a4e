// Shrinkage: a rate for streams that are too small to have one of their own.
//
//     ZICHT_TRY(judgements, shrunken({{"region-a", 3, 1.2}, {"region-a", 0, 0.8}, ...}, {}));
//
// A stream belongs to a group, groups to the whole. Its count is Poisson with mean rate x expected
// (expected: from its size and history), the rate gamma round that of the group, and that of the
// group gamma round the whole (Clayton and Kaldor 1987, Biometrics 43:671-681, in two levels). With
// mean m and weight w (in expected cases) of the level above:
//     rate = (count + w m) / (expected + w)
// w is fitted by maximum likelihood of the negative binomial counts on that level, between 0.01 and
// 10,000. A stream stands out where the chance under the rates of the others, P(Y >= count) with Y
// negative binomial (size w m of the group without it), is below alpha.
//
// Domain: count and expected finite, 0 or more; expected 0 with a count: SA-0126. Empty: empty. One
// stream, or one alone in its group: held against the whole without it; where there is nothing
// else, empty_history. Pure, thread-safe.
// Oracle: the posterior by numerical integration in the test; 1e-6.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "stats/surveillance/judgement.h"

namespace zicht::stats {

struct SmallStream {
  std::string group;
  double count = 0;
  double expected = 0;  // before shrinking, such as size x time x the rate of all
};

struct ShrunkenRate {
  double rate = kUnknown;  // cases for each expected case
  Judgement judgement;     // expected and bound in cases; score = count / expected of the others
};

struct ShrinkageOptions {
  double alpha = 0.01;
};

// One answer for each stream, in order. Errors: SA-0126, SA-0110.
[[nodiscard]] Result<std::vector<ShrunkenRate>> shrunken(const std::vector<SmallStream>& streams,
                                                         const ShrinkageOptions& options);

// The weight w of rates round `mean` that makes the counts most likely.
[[nodiscard]] double best_weight(const std::vector<SmallStream>& streams, double mean);

}  // namespace zicht::stats
