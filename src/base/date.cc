#include "base/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "base/error_catalogue.h"

namespace zicht {
namespace {

namespace chr = std::chrono;

constexpr int kMinYear = 1;
constexpr int kMaxYear = 9999;

chr::year_month_day civil(std::int32_t days) {
  return chr::year_month_day{chr::sys_days{chr::days{days}}};
}

std::int32_t days_of(const chr::year_month_day& ymd) {
  return static_cast<std::int32_t>(chr::sys_days{ymd}.time_since_epoch().count());
}

chr::year_month_day ymd_of(int year, int month, int day) {
  return {chr::year{year}, chr::month{static_cast<unsigned>(month)},
          chr::day{static_cast<unsigned>(day)}};
}

std::string iso_text(int year, int month, int day) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  return buffer;
}

// The number made of text[at, at + count), or -1 when one of them is no digit.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

std::string quoted(std::string_view text) { return std::string(text.substr(0, 40)); }

}  // namespace

Result<Date> Date::create(int year, int month, int day) {
  if (year < kMinYear || year > kMaxYear) return make_error("ZB-0002");
  if (month < 1 || month > 12 || day < 1 || day > 31 || !ymd_of(year, month, day).ok()) {
    return make_error("ZB-0001", {{"text", iso_text(year, month, day)}});
  }
  return Date(days_of(ymd_of(year, month, day)));
}

Date Date::of(int year, int month, int day) {
  const auto date = create(year, month, day);
  ZICHT_CHECK(date.has_value(), "a date written in the program exists");
  return *date;
}

Result<Date> Date::parse(std::string_view text) {
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const int year = shaped ? digits(text, 0, 4) : -1;
  const int month = shaped ? digits(text, 5, 2) : -1;
  const int day = shaped ? digits(text, 8, 2) : -1;
  if (year < 1 || month < 1 || day < 1) return make_error("ZB-0001", {{"text", quoted(text)}});
  return create(year, month, day);
}

Result<Date> Date::from_days(std::int64_t days_since_epoch) {
  if (days_since_epoch < min().days_ || days_since_epoch > max().days_) {
    return make_error("ZB-0002");
  }
  return Date(static_cast<std::int32_t>(days_since_epoch));
}

Date Date::min() {
  static const Date date = of(kMinYear, 1, 1);
  return date;
}

Date Date::max() {
  static const Date date = of(kMaxYear, 12, 31);
  return date;
}

int Date::year() const { return static_cast<int>(civil(days_).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(days_).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(days_).day())); }

Weekday Date::weekday() const {
  const chr::weekday day{chr::sys_days{chr::days{days_}}};
  return static_cast<Weekday>(day.iso_encoding());
}

std::string Date::to_string() const {
  const auto ymd = civil(days_);
  return iso_text(static_cast<int>(ymd.year()), static_cast<int>(unsigned{ymd.month()}),
                  static_cast<int>(unsigned{ymd.day()}));
}

Result<Date> add_days(Date date, std::int64_t days) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(std::int64_t{date.days_since_epoch()}, days, &sum)) {
    return make_error("ZB-0002");
  }
  return Date::from_days(sum);
}

Result<Date> add_months(Date date, std::int64_t months) {
  constexpr std::int64_t kMonthsOfAllYears = 12 * 10000;
  if (months > kMonthsOfAllYears || months < -kMonthsOfAllYears) return make_error("ZB-0002");
  const std::int64_t count = date.year() * 12 + (date.month() - 1) + months;
  const int year = static_cast<int>(count >= 0 ? count / 12 : -1);
  if (year < kMinYear || year > kMaxYear) return make_error("ZB-0002");
  const int month = static_cast<int>(count % 12) + 1;
  return Date::create(year, month, std::min(date.day(), days_in_month(year, month)));
}

bool is_leap_year(int year) { return chr::year{year}.is_leap(); }

int days_in_month(int year, int month) {
  ZICHT_CHECK(month >= 1 && month <= 12, "a month has a number from 1 to 12");
  constexpr std::array<int, 12> kLengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kLengths[static_cast<std::size_t>(month - 1)];
}

Date last_day_of_month(Date date) {
  return Date::of(date.year(), date.month(), days_in_month(date.year(), date.month()));
}

Result<DateInterval> DateInterval::create(Date first, Date last) {
  if (last < first) {
    return make_error("ZB-0005", {{"first", first.to_string()}, {"last", last.to_string()}});
  }
  return DateInterval{first, last};
}

DateInterval span_of(const DateInterval& a, const DateInterval& b) {
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

LocalizedText month_name(int month) {
  ZICHT_CHECK(month >= 1 && month <= 12, "a month has a number from 1 to 12");
  static const std::array<LocalizedText, 12> kNames{{{"januari", "January"},
                                                     {"februari", "February"},
                                                     {"maart", "March"},
                                                     {"april", "April"},
                                                     {"mei", "May"},
                                                     {"juni", "June"},
                                                     {"juli", "July"},
                                                     {"augustus", "August"},
                                                     {"september", "September"},
                                                     {"oktober", "October"},
                                                     {"november", "November"},
                                                     {"december", "December"}}};
  return kNames[static_cast<std::size_t>(month - 1)];
}

LocalizedText long_text(Date date) {
  const std::string day = std::to_string(date.day()) + " ";
  const std::string year = " " + std::to_string(date.year());
  const LocalizedText month = month_name(date.month());
  return {day + month.nl + year, day + month.en + year};
}

LocalizedText long_text(const DateInterval& interval) {
  if (interval.is_one_day()) return long_text(interval.first);
  const auto [first, last] = interval;
  const LocalizedText end = long_text(last);
  LocalizedText start = long_text(first);
  if (first.year() == last.year()) {
    const std::string day = std::to_string(first.day());
    const LocalizedText month = month_name(first.month());
    const bool same_month = first.month() == last.month();
    start = same_month ? LocalizedText{day, day}
                       : LocalizedText{day + " " + month.nl, day + " " + month.en};
  }
  return {start.nl + " tot en met " + end.nl, start.en + " to " + end.en};
}

}  // namespace zicht
