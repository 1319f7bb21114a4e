// Calendar: Dutch public holidays of any year, and days designated by decree.
//
//     const Calendar calendar;                                    // no designated days
//     calendar.is_working_day(Date::of(2026, 4, 27));             // false: King's Day
//     ZICHT_TRY(own, Calendar::create({.designated = {...}, .recesses = {...}}));
//
// "Holiday" means what the Algemene termijnenwet (BWBR0002448, art. 3) equates with a Sunday when a
// statutory term ends: New Year's Day, Good Friday, Easter Monday, Ascension Day, Whit Monday,
// 25 and 26 December, the day on which the monarch's birthday is celebrated, 5 May, and days that a
// royal decree equates with them. Those decrees cannot be computed: they are configuration. Easter
// Sunday and Whit Sunday are Sundays already. Collective agreements and bank holidays do not count.
//
// Years 1900 to 2199. The Act is of 1964; for earlier years the same list is applied, with 5 May
// from 1945. The monarch's birthday: 31 August to 1948 (1 September when that is a Sunday), 30
// April 1949 to 2013 (on a Sunday: 1 May to 1979, 29 April from 1980), 27 April from 2014 (on a
// Sunday: 26 April). A later monarch's day is a change of this file.
//
// A Calendar is a value: immutable, copyable, safe to share. Its configuration is journalled, so
// that a judgement can be repeated with the days that were known then.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace zicht::calendar {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

struct Holiday {
  Date date{};
  LocalizedText name{};
  std::string source{};  // "Algemene termijnenwet art. 3", or the decree
  bool operator==(const Holiday&) const = default;
};

// The summer recess of the House of Representatives in one year, both days included. Its dates are
// set by the House each year; they follow from no rule.
struct Recess {
  DateInterval days{};
  std::string source{};
  bool operator==(const Recess&) const = default;
};

struct CalendarConfiguration {
  std::vector<Holiday> designated{};  // by decree; any order, a date at most once
  std::map<int, Recess> recesses{};   // by year
  bool operator==(const CalendarConfiguration&) const = default;
};

class Calendar {
 public:
  // Without designated days and recesses.
  Calendar() = default;

  // Errors: CA-0001 (one problem per mistake): a designated day twice or outside the years 1900 to
  // 2199, a recess outside its year or that ends before it starts.
  static Result<Calendar> create(CalendarConfiguration configuration);

  // The holiday on this day, by law first, then by decree. Misses outside 1900..2199.
  std::optional<Holiday> find_holiday(Date date) const;

  // Neither Saturday nor Sunday nor holiday.
  bool is_working_day(Date date) const;

  // All holidays of a year in order of date, those on a Saturday or Sunday too.
  std::vector<Holiday> holidays(int year) const;

  // The recess as configured for that year.
  const Recess* find_summer_recess(int year) const;

  const CalendarConfiguration& configuration() const { return configuration_; }
  bool operator==(const Calendar&) const = default;

 private:
  explicit Calendar(CalendarConfiguration configuration);
  CalendarConfiguration configuration_;  // designated sorted by date
};

// Easter Sunday of the Gregorian calendar. Requires: year 1583..9999.
Date easter_sunday(int year);

}  // namespace zicht::calendar
