// The explanation of a due window: which rule moved it from where to where.
#pragma once

#include <array>
#include <vector>

#include "calendar/term.h"

namespace zicht::calendar::internal {

// The order in which rules apply; the last one is the outcome.
enum Stage : std::size_t {
  kTerm,
  kExtension,
  kSuspension,
  kTwoWorkingDays,
  kNextWorkingDay,
  kStageCount
};

// Where the term of one start day ends after each rule.
struct Stages {
  std::array<Date, kStageCount> ends{};
  bool act_applies = false;
};

// `earliest` and `latest` are the extremes over all start days of the window, stage by stage.
std::vector<TermStep> explain(const DateInterval& start, const TermRequest& request,
                              const Calendar& calendar, const Stages& earliest,
                              const Stages& latest);

}  // namespace zicht::calendar::internal
