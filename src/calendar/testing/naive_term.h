// Oracle for terms and holidays: counts days one by one and looks working days up in a plain set.
//
// Slow, and written without anything of term.cc and holidays.cc, so that both can only agree by
// being right. For tests.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "base/date.h"
#include "base/period.h"

namespace zicht::calendar::testing {

// Easter Sunday by Knuth's algorithm E (The Art of Computer Programming, vol. 1, 1.3.2, exercise
// 14), which shares no formula with easter_sunday().
Date naive_easter(int year);

// Saturdays, Sundays and the holidays of the Algemene termijnenwet in 1990..2080, with `designated`
// added.
std::set<Date> naive_days_off(const std::vector<Date>& designated);

struct NaiveTerm {
  Period term{};
  Period extension{};
  std::vector<DateInterval> suspensions{};
  bool general_terms_act = false;
};

// The last day of the term, counted day by day.
Date naive_due(Date start, const NaiveTerm& term, const std::set<Date>& days_off);

}  // namespace zicht::calendar::testing
