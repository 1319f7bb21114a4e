// Standing: where a promise or term stands on a day, without accusing anybody.
//
//     Standing s = standing({.due = window, .met = done, .as_of = today});
//
// "Late" needs proof: a source that says it was not done, or not in time. A date that has passed
// without a known outcome is just that: passed, outcome unknown.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"

namespace zicht::calendar {

enum class Standing {
  kMet,            // done on or before the last day of the window
  kMetLate,        // done, after the last day of the window
  kRunning,        // the window has not begun
  kDueNow,         // inside the window
  kPassedUnknown,  // the window has passed, nobody knows the outcome
  kLate,           // the window has passed, and a source proves that it was not done
};

struct StandingFacts {
  std::optional<DateInterval> due{};   // absent: no date was promised
  std::optional<DateInterval> met{};   // when it was done; a window when that is uncertain
  std::optional<Date> missed_proof{};  // date of the source that says: not done
  Date as_of{};                        // the day that is asked about
};

// What is known on as_of: a `met` that begins, or a proof that is dated, after as_of does not count
// yet. Met late only when even the first possible day lies after the window; a proof counts only
// when it is dated after the last day of the window. Without a due window it is met or running.
Standing standing(const StandingFacts& facts);

// "met", "met_late", "running", "due_now", "passed_unknown", "late": as in JSON.
std::string_view name_of(Standing standing);

// "Nagekomen", "Loopt", "Termijn voorbij, uitkomst onbekend", "Te laat" and the like.
LocalizedText label_of(Standing standing);

}  // namespace zicht::calendar
