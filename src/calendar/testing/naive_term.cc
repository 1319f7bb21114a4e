#include "calendar/testing/naive_term.h"

namespace zicht::calendar::testing {
namespace {

Date next(Date day) { return *add_days(day, 1); }

bool is_suspended(const NaiveTerm& term, Date day) {
  for (const DateInterval& s : term.suspensions) {
    if (s.first <= day && day <= s.last) return true;
  }
  return false;
}

// Walks to the same day `months` later, or to the last day of that month.
Date walk_months(Date start, int months) {
  int year = start.year();
  int month = start.month();
  for (int i = 0; i < months; ++i) {
    if (++month > 12) {
      month = 1;
      ++year;
    }
  }
  Date day = start;
  while (day.year() != year || day.month() != month) day = next(day);
  while (day.day() < start.day() && next(day).month() == month) day = next(day);
  return day;
}

// Art. 4 read from the other side: only lengths up to these are covered.
bool is_covered(const Period& period) {
  if (period.years != 0) return false;
  if (period.months != 0) return period.months <= 3 && period.weeks == 0 && period.days == 0;
  if (period.weeks != 0) return period.weeks <= 12 && period.days == 0;
  return period.days <= 90;
}

}  // namespace

Date naive_easter(int year) {
  const int golden = year % 19 + 1;
  const int century = year / 100 + 1;
  const int skipped_leap_years = 3 * century / 4 - 12;
  const int moon = (8 * century + 5) / 25 - 5;
  const int sunday = 5 * year / 4 - skipped_leap_years - 10;
  int epact = (11 * golden + 20 + moon - skipped_leap_years) % 30;
  if ((epact == 25 && golden > 11) || epact == 24) ++epact;
  int day = 44 - epact;
  if (day < 21) day += 30;
  day += 7 - (sunday + day) % 7;
  return day > 31 ? Date::of(year, 4, day - 31) : Date::of(year, 3, day);
}

std::set<Date> naive_days_off(const std::vector<Date>& designated) {
  std::set<Date> off(designated.begin(), designated.end());
  for (int year = 1990; year <= 2080; ++year) {
    const Date easter = naive_easter(year);
    for (const int days : {-2, 1, 39, 50}) off.insert(*add_days(easter, days));
    off.insert({Date::of(year, 1, 1), Date::of(year, 5, 5), Date::of(year, 12, 25),
                Date::of(year, 12, 26)});
    const Date birthday = Date::of(year, 4, year < 2014 ? 30 : 27);
    off.insert(birthday.weekday() == Weekday::kSunday ? *add_days(birthday, -1) : birthday);
  }
  for (Date day = Date::of(1990, 1, 1); day.year() <= 2080; day = next(day)) {
    if (day.weekday() == Weekday::kSaturday || day.weekday() == Weekday::kSunday) off.insert(day);
  }
  return off;
}

Date naive_due(Date start, const NaiveTerm& term, const std::set<Date>& days_off) {
  const int months =
      12 * (term.term.years + term.extension.years) + term.term.months + term.extension.months;
  const Date month_end = walk_months(start, months);
  int days_to_run =
      7 * (term.term.weeks + term.extension.weeks) + term.term.days + term.extension.days;
  for (Date day = start; day < month_end; day = next(day)) ++days_to_run;

  Date day = start;
  int ran = 0;
  int working_days = 0;
  while (ran < days_to_run) {
    day = next(day);
    if (is_suspended(term, day)) continue;
    ++ran;
    if (!days_off.contains(day)) ++working_days;
  }
  // A suspension that begins on the last day or runs on after it keeps the term from ending there
  // only while days are left to run, which is what the loop above has done.
  const Period last = term.extension.is_zero() ? term.term : term.extension;
  if (!term.general_terms_act || !is_covered(last)) return day;
  while (days_to_run >= 3 && working_days < 2) {
    day = next(day);
    if (!days_off.contains(day) && !is_suspended(term, day)) ++working_days;
  }
  while (days_off.contains(day)) day = next(day);
  return day;
}

}  // namespace zicht::calendar::testing
