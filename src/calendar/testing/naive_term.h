// Oracle for terms and holidays: counts days one by one in a plain table of days.
//
// Written without anything of term.cc and holidays.cc, and with its own count of days per month, so
// that both can only agree by being right. For tests.
#pragma once

#include <vector>

#include "base/date.h"
#include "base/period.h"

namespace zicht::calendar::testing {

// Easter Sunday by Knuth's algorithm E (The Art of Computer Programming, vol. 1, 1.3.2, exercise
// 14), which shares no formula with easter_sunday().
Date naive_easter(int year);

struct NaiveTerm {
  Period term{};
  Period extension{};
  std::vector<DateInterval> suspensions{};
  bool general_terms_act = false;
};

// All days from 1990 to 2080, each marked as off (Saturday, Sunday, a holiday of the Algemene
// termijnenwet, or designated) or not.
class NaiveCalendar {
 public:
  static constexpr int kFirstYear = 1990;
  static constexpr int kLastYear = 2080;

  explicit NaiveCalendar(const std::vector<Date>& designated);

  // Requires, here and below: all days lie within the table.
  bool is_off(Date date) const { return days_[index_of(date)].is_off; }

  // The last day of the term, counted day by day.
  Date due(Date start, const NaiveTerm& term) const;

 private:
  struct Day {
    int year, month, day;
    bool is_off;
  };
  static std::size_t index_of(Date date);
  static Date date_at(std::size_t index);
  std::size_t walk_months(std::size_t start, int months) const;
  std::vector<Day> days_;
};

}  // namespace zicht::calendar::testing
