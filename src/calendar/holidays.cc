#include "calendar/holidays.h"

#include <algorithm>

#include "base/error_catalogue.h"

namespace zicht::calendar {
namespace {

constexpr const char* kActSource = "Algemene termijnenwet art. 3";

Date shifted(Date date, int days) { return *add_days(date, days); }

// The day on which the monarch's birthday is celebrated; the rule for Sundays changed in 1980.
Date monarch_day(int year) {
  const bool is_wilhelmina = year <= 1948;
  const bool is_king = year >= 2014;
  Date day = Date::of(year, 4, is_king ? 27 : 30);
  if (is_wilhelmina) day = Date::of(year, 8, 31);
  if (day.weekday() != Weekday::kSunday) return day;
  return shifted(day, year <= 1979 ? 1 : -1);
}

LocalizedText monarch_name(int year) {
  return year >= 2014 ? LocalizedText{"Koningsdag", "King's Day"}
                      : LocalizedText{"Koninginnedag", "Queen's Day"};
}

std::optional<LocalizedText> fixed_name(Date date) {
  const int month = date.month();
  const int day = date.day();
  if (month == 1 && day == 1) return LocalizedText{"nieuwjaarsdag", "New Year's Day"};
  if (month == 12 && day == 25) return LocalizedText{"eerste kerstdag", "Christmas Day"};
  if (month == 12 && day == 26) return LocalizedText{"tweede kerstdag", "Boxing Day"};
  const bool has_liberation_day = date.year() >= 1945;
  if (month == 5 && day == 5 && has_liberation_day) {
    return LocalizedText{"Bevrijdingsdag", "Liberation Day"};
  }
  if (date == monarch_day(date.year())) return monarch_name(date.year());
  return std::nullopt;
}

std::optional<LocalizedText> movable_name(Date date) {
  switch (days_between(easter_sunday(date.year()), date)) {
    case -2:
      return LocalizedText{"Goede Vrijdag", "Good Friday"};
    case 1:
      return LocalizedText{"tweede paasdag", "Easter Monday"};
    case 39:
      return LocalizedText{"Hemelvaartsdag", "Ascension Day"};
    case 50:
      return LocalizedText{"tweede pinksterdag", "Whit Monday"};
    default:
      return std::nullopt;
  }
}

bool is_within_years(Date date) { return date.year() >= kFirstYear && date.year() <= kLastYear; }

std::vector<Problem> problems_of(const CalendarConfiguration& configuration) {
  std::vector<Problem> problems;
  const auto& days = configuration.designated;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::string where = "/designated/" + std::to_string(i);
    const std::string date = days[i].date.to_string();
    if (!is_within_years(days[i].date)) {
      problems.push_back(make_problem("CA-0010", where,
                                      {{"date", date},
                                       {"first", std::to_string(kFirstYear)},
                                       {"last", std::to_string(kLastYear)}}));
    }
    const auto same_day = [&](const Holiday& other) { return other.date == days[i].date; };
    if (std::any_of(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(i), same_day)) {
      problems.push_back(make_problem("CA-0009", where, {{"date", date}}));
    }
  }
  for (const auto& [year, recess] : configuration.recesses) {
    const std::string where = "/recesses/" + std::to_string(year);
    if (recess.days.last < recess.days.first) {
      problems.push_back(make_problem("CA-0011", where, {{"year", std::to_string(year)}}));
    }
    if (recess.days.first.year() != year || recess.days.last.year() != year) {
      problems.push_back(make_problem("CA-0012", where, {{"year", std::to_string(year)}}));
    }
  }
  return problems;
}

}  // namespace

// Anonymous Gregorian computus (Nature, 20 April 1876, p. 487; as in Meeus, Astronomical
// Algorithms, 2nd ed., chapter 8).
Date easter_sunday(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int of_century = year % 100;
  const int moon_correction = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
  const int late = (golden + 11 * epact + 22 * weekday) / 451;
  const int days = epact + weekday - 7 * late + 114;
  return Date::of(year, days / 31, days % 31 + 1);
}

Calendar::Calendar(CalendarConfiguration configuration) : configuration_(std::move(configuration)) {
  std::sort(configuration_.designated.begin(), configuration_.designated.end(),
            [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
}

Result<Calendar> Calendar::create(CalendarConfiguration configuration) {
  std::vector<Problem> problems = problems_of(configuration);
  if (problems.empty()) return Calendar(std::move(configuration));
  Error error = make_error("CA-0001");
  error.problems = std::move(problems);
  return error;
}

std::optional<Holiday> Calendar::find_holiday(Date date) const {
  if (!is_within_years(date)) return std::nullopt;
  if (auto name = fixed_name(date)) return Holiday{date, *std::move(name), kActSource};
  if (auto name = movable_name(date)) return Holiday{date, *std::move(name), kActSource};
  const auto& days = configuration_.designated;
  const auto found = std::lower_bound(days.begin(), days.end(), date,
                                      [](const Holiday& h, Date d) { return h.date < d; });
  if (found != days.end() && found->date == date) return *found;
  return std::nullopt;
}

bool Calendar::is_working_day(Date date) const {
  return date.weekday() < Weekday::kSaturday && !find_holiday(date).has_value();
}

std::vector<Holiday> Calendar::holidays(int year) const {
  std::vector<Holiday> all;
  if (year < kFirstYear || year > kLastYear) return all;
  const Date last = Date::of(year, 12, 31);
  for (Date day = Date::of(year, 1, 1); day <= last; day = shifted(day, 1)) {
    if (auto holiday = find_holiday(day)) all.push_back(*std::move(holiday));
  }
  return all;
}

const Recess* Calendar::find_summer_recess(int year) const {
  const auto found = configuration_.recesses.find(year);
  return found == configuration_.recesses.end() ? nullptr : &found->second;
}

}  // namespace zicht::calendar
