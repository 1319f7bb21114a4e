#include "calendar/testing/naive_term.h"

namespace zicht::calendar::testing {
namespace {

// Schoolbook: thirty days has September.
int length_of(int year, int month) {
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2) return is_leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
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

std::size_t NaiveCalendar::index_of(Date date) {
  return static_cast<std::size_t>(days_between(Date::of(kFirstYear, 1, 1), date));
}

Date NaiveCalendar::date_at(std::size_t index) {
  return *add_days(Date::of(kFirstYear, 1, 1), static_cast<std::int64_t>(index));
}

NaiveCalendar::NaiveCalendar(const std::vector<Date>& designated) {
  int weekday = 1;  // 1 January 1990 was a Monday
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= length_of(year, month); ++day) {
        days_.push_back({year, month, day, weekday >= 6});
        weekday = weekday % 7 + 1;
      }
    }
  }
  for (Day& day : days_) {
    const bool is_fixed = (day.month == 1 && day.day == 1) || (day.month == 5 && day.day == 5) ||
                          (day.month == 12 && (day.day == 25 || day.day == 26));
    if (is_fixed) day.is_off = true;
  }
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    const std::size_t easter = index_of(naive_easter(year));
    for (const int after : {0, 3, 41, 52})
      days_[easter - 2 + static_cast<unsigned>(after)].is_off = true;
    const Date birthday = Date::of(year, 4, year < 2014 ? 30 : 27);
    const bool is_sunday = birthday.weekday() == Weekday::kSunday;
    days_[index_of(birthday) - (is_sunday ? 1 : 0)].is_off = true;
  }
  for (const Date date : designated) days_[index_of(date)].is_off = true;
}

// Walks to the same day `months` later, or to the last day of that month.
std::size_t NaiveCalendar::walk_months(std::size_t start, int months) const {
  int year = days_[start].year;
  int month = days_[start].month;
  for (int i = 0; i < months; ++i) {
    if (++month > 12) {
      month = 1;
      ++year;
    }
  }
  std::size_t at = start;
  while (days_[at].year != year || days_[at].month != month) ++at;
  while (days_[at].day < days_[start].day && days_[at + 1].month == month) ++at;
  return at;
}

Date NaiveCalendar::due(Date start, const NaiveTerm& term) const {
  const Period& a = term.term;
  const Period& b = term.extension;
  const std::size_t first = index_of(start);
  const std::size_t month_end = walk_months(first, 12 * (a.years + b.years) + a.months + b.months);
  const auto days_to_run =
      month_end - first + static_cast<std::size_t>(7 * (a.weeks + b.weeks) + a.days + b.days);
  std::vector<bool> suspended(days_.size());
  for (const DateInterval& s : term.suspensions) {
    for (std::size_t i = index_of(s.first); i <= index_of(s.last); ++i) suspended[i] = true;
  }

  std::size_t at = first;
  std::size_t ran = 0;
  int working_days = 0;
  while (ran < days_to_run) {
    ++at;
    if (suspended[at]) continue;
    ++ran;
    if (!days_[at].is_off) ++working_days;
  }
  if (!term.general_terms_act || !is_covered(b.is_zero() ? a : b)) return date_at(at);
  while (days_to_run >= 3 && working_days < 2) {
    ++at;
    if (!days_[at].is_off && !suspended[at]) ++working_days;
  }
  while (days_[at].is_off) ++at;
  return date_at(at);
}

}  // namespace zicht::calendar::testing
