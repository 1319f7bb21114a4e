#include "calendar/standing.h"

namespace zicht::calendar {

Standing standing(const StandingFacts& facts) {
  const auto& due = facts.due;
  if (facts.met && facts.met->first <= facts.as_of) {
    return due && facts.met->first > due->last ? Standing::kMetLate : Standing::kMet;
  }
  if (!due || facts.as_of < due->first) return Standing::kRunning;
  if (facts.as_of <= due->last) return Standing::kDueNow;
  const bool is_proven =
      facts.missed_proof && *facts.missed_proof > due->last && *facts.missed_proof <= facts.as_of;
  return is_proven ? Standing::kLate : Standing::kPassedUnknown;
}

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::kMet:
      return "met";
    case Standing::kMetLate:
      return "met_late";
    case Standing::kRunning:
      return "running";
    case Standing::kDueNow:
      return "due_now";
    case Standing::kPassedUnknown:
      return "passed_unknown";
    case Standing::kLate:
      return "late";
  }
  return "running";
}

LocalizedText label_of(Standing standing) {
  switch (standing) {
    case Standing::kMet:
      return {"Nagekomen", "Kept"};
    case Standing::kMetLate:
      return {"Nagekomen, na de termijn", "Kept, after the term"};
    case Standing::kRunning:
      return {"Loopt", "Running"};
    case Standing::kDueNow:
      return {"Loopt, nu aan de orde", "Running, due now"};
    case Standing::kPassedUnknown:
      return {"Termijn voorbij, uitkomst onbekend", "Term passed, outcome unknown"};
    case Standing::kLate:
      return {"Te laat", "Late"};
  }
  return {"Loopt", "Running"};
}

}  // namespace zicht::calendar
