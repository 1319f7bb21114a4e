// Judgement: what a method of detection says about one stream in one period, or why it says
// nothing.
//
//     const Judgement one = judge_farrington(counts, week, {});
//     if (!one.is_judged()) say(words_of(one.why_not));
//     else if (one.is_alarm) say(one.expected, one.bound);
//
// Counts are numbers of events per period in order, NaN where the period was not counted (a gap is
// not a zero). Periods are numbered from 0. A score is on the scale of its method, 1 where the
// bound is; a p-value is the chance of such a count or a higher one without an outbreak, NaN where
// the method has none. Plain values, thread-safe.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

#include "base/error.h"

namespace zicht::stats {

using Counts = std::span<const double>;

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// Why a method cannot judge. kNone: it did.
enum class NotJudged {
  kNone,
  kNoCount,       // the period itself was not counted
  kShortHistory,  // there are too few periods before it
  kGaps,          // too many of the periods that it needs were not counted
  kTooFewCases,   // too few cases of late for a bound that means something
  kEmptyHistory,  // nothing was counted in the periods to compare with
  kNoSpread,      // all periods to compare with are equal, so there is no measure of chance
  kNoFit,         // the model did not settle on these counts
  kTooFresh,      // too little of the period has been reported yet
  kOutsideRange   // before the first period that was asked for
};

struct Judgement {
  double expected = kUnknown;  // cases
  double bound = kUnknown;  // the highest count that is no signal, or the lowest that is (method)
  double score = kUnknown;
  double p_value = kUnknown;
  bool is_alarm = false;
  NotJudged why_not = NotJudged::kNone;

  [[nodiscard]] bool is_judged() const { return why_not == NotJudged::kNone; }
};

[[nodiscard]] inline Judgement cannot_judge(NotJudged why) {
  Judgement judgement;
  judgement.why_not = why;
  return judgement;
}

// "short_history" and so on: the spelling in files.
[[nodiscard]] std::string_view name_of(NotJudged why);

// A sentence for people. Empty for kNone.
[[nodiscard]] LocalizedText words_of(NotJudged why);

}  // namespace zicht::stats
