#include "feel/temporal.h"

#include <algorithm>

#include "base/check.h"

namespace zicht::feel {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kDaysPerCycle = 146'097;  // of 400 years

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int length_of_month(std::int64_t year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerCycle + day_of_era - 719'468;
}

std::int64_t first_day() {
  static const std::int64_t kFirst = days_from_civil(-kMaxYear, 1, 1);
  return kFirst;
}

std::int64_t last_day() {
  static const std::int64_t kLast = days_from_civil(kMaxYear, 12, 31);
  return kLast;
}

std::optional<CivilDate> in_range(std::int64_t days) {
  if (days < first_day() || days > last_day()) return std::nullopt;
  return CivilDate{days};
}

std::optional<DateTime> in_range(const DateTime& value) {
  if (!in_range(floor_divide(value.local_seconds, kSecondsPerDay))) return std::nullopt;
  return value;
}

// A day duration from a count of nanoseconds that fits 128 bits.
std::optional<DayDuration> duration_of_nanos(Wide nanos) {
  Wide seconds = nanos / kNanosPerSecond;
  Wide rest = nanos % kNanosPerSecond;
  if (rest < 0) {
    rest += kNanosPerSecond;
    --seconds;
  }
  if (seconds > INT64_MAX || seconds < INT64_MIN) return std::nullopt;
  return DayDuration{static_cast<std::int64_t>(seconds), static_cast<std::int32_t>(rest)};
}

Wide nanos_of(DayDuration value) { return Wide{value.seconds} * kNanosPerSecond + value.nanos; }

std::int64_t utc_seconds(const DateTime& value) {
  return value.local_seconds - offset_of(value).value_or(0);
}

}  // namespace

std::optional<CivilDate> date_of(const YearMonthDay& parts) {
  if (parts.year < -kMaxYear || parts.year > kMaxYear) return std::nullopt;
  if (parts.month < 1 || parts.month > 12 || parts.day < 1) return std::nullopt;
  if (parts.day > length_of_month(parts.year, parts.month)) return std::nullopt;
  return CivilDate{days_from_civil(parts.year, parts.month, parts.day)};
}

YearMonthDay parts_of(CivilDate date) {
  const std::int64_t shifted = date.days + 719'468;
  const std::int64_t era = floor_divide(shifted, kDaysPerCycle);
  const std::int64_t day_of_era = shifted - era * kDaysPerCycle;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  YearMonthDay parts;
  parts.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  parts.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  parts.year = year_of_era + era * 400 + (parts.month <= 2 ? 1 : 0);
  return parts;
}

CivilDate date_of(Date date) { return {date.days_since_epoch()}; }

std::optional<Date> to_base_date(CivilDate date) {
  const Result<Date> made = Date::from_days(date.days);
  return made.has_value() ? std::optional(*made) : std::nullopt;
}

int iso_weekday(CivilDate date) {
  // 1970-01-01 was a Thursday.
  const std::int64_t since_monday = date.days + 3;
  return static_cast<int>(since_monday - floor_divide(since_monday, 7) * 7) + 1;
}

int day_of_year(CivilDate date) {
  return static_cast<int>(date.days - days_from_civil(parts_of(date).year, 1, 1)) + 1;
}

int iso_week(CivilDate date) {
  // The week belongs to the year that holds its Thursday.
  const CivilDate thursday{date.days - iso_weekday(date) + 4};
  return (day_of_year(thursday) - 1) / 7 + 1;
}

std::optional<CivilDate> add_days(CivilDate date, std::int64_t days) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(date.days, days, &sum)) return std::nullopt;
  return in_range(sum);
}

std::optional<CivilDate> add_months(CivilDate date, std::int64_t months) {
  YearMonthDay parts = parts_of(date);
  std::int64_t sum = 0;
  if (__builtin_add_overflow(parts.year * 12 + parts.month - 1, months, &sum)) return std::nullopt;
  parts.year = floor_divide(sum, 12);
  parts.month = static_cast<int>(sum - parts.year * 12) + 1;
  parts.day = std::min(parts.day, length_of_month(parts.year, parts.month));
  return date_of(parts);
}

CivilDate DateTime::date() const { return {floor_divide(local_seconds, kSecondsPerDay)}; }

TimeOfDay DateTime::time() const {
  const std::int64_t second_of_day = local_seconds - date().days * kSecondsPerDay;
  return {second_of_day * kNanosPerSecond + nanos, zone};
}

DateTime date_time_of(CivilDate date, const TimeOfDay& time) {
  return {date.days * kSecondsPerDay + time.nanos / kNanosPerSecond,
          static_cast<std::int32_t>(time.nanos % kNanosPerSecond), time.zone};
}

std::optional<std::int32_t> offset_of(const DateTime& value) {
  switch (value.zone.kind) {
    case Zone::Kind::kNone:
      return std::nullopt;
    case Zone::Kind::kOffset:
      return value.zone.offset_seconds;
    case Zone::Kind::kNamed:
      return value.zone.named->offset_at_local(value.local_seconds);
  }
  return std::nullopt;
}

std::optional<std::int32_t> offset_of(const TimeOfDay& value) {
  if (value.zone.kind != Zone::Kind::kOffset) return std::nullopt;
  return value.zone.offset_seconds;
}

std::optional<DayDuration> add(DayDuration a, DayDuration b) {
  return duration_of_nanos(nanos_of(a) + nanos_of(b));
}

std::optional<DayDuration> negate(DayDuration value) { return duration_of_nanos(-nanos_of(value)); }

std::optional<DayDuration> duration_of_seconds(const Number& seconds) {
  const std::optional<Number> rounded = round(seconds, 9, Rounding::kHalfEven);
  if (!rounded) return std::nullopt;
  const std::optional<Number> whole = round(*rounded, 0, Rounding::kFloor);
  const std::optional<std::int64_t> count = whole ? whole->to_int64() : std::nullopt;
  if (!count) return std::nullopt;
  const std::optional<Number> rest = subtract(*rounded, *whole);
  const std::optional<Number> nanos = rest ? multiply(*rest, Number(kNanosPerSecond)) : rest;
  return DayDuration{*count, static_cast<std::int32_t>(nanos->to_int64().value_or(0))};
}

Number seconds_of(DayDuration value) {
  const std::optional<Number> sum = add(Number(value.seconds), Number::from_scaled(value.nanos, 9));
  ZICHT_CHECK(sum.has_value(), "seconds and nanoseconds fit 34 digits");
  return *sum;
}

std::optional<DateTime> add(const DateTime& value, DayDuration length) {
  std::int64_t seconds = 0;
  if (__builtin_add_overflow(value.local_seconds, length.seconds, &seconds)) return std::nullopt;
  // Far beyond the last year, but with room for a second more and for an offset.
  constexpr std::int64_t kFar = std::int64_t{1} << 62;
  if (seconds < -kFar || seconds > kFar) return std::nullopt;
  DateTime sum{seconds, value.nanos + length.nanos, value.zone};
  if (sum.nanos >= kNanosPerSecond) {
    sum.nanos -= kNanosPerSecond;
    ++sum.local_seconds;
  }
  if (value.zone.kind == Zone::Kind::kNamed) {
    // Hours pass as they do on UTC; the wall shows what the zone says at that moment.
    const std::int64_t utc = sum.local_seconds - *offset_of(value);
    sum.local_seconds = utc + value.zone.named->offset_at_utc(utc);
  }
  return in_range(sum);
}

std::optional<DateTime> add_months(const DateTime& value, std::int64_t months) {
  const std::optional<CivilDate> date = add_months(value.date(), months);
  if (!date) return std::nullopt;
  return date_time_of(*date, value.time());
}

TimeOfDay add(const TimeOfDay& value, DayDuration length) {
  constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;
  const std::int64_t seconds =
      length.seconds - floor_divide(length.seconds, kSecondsPerDay) * kSecondsPerDay;
  return {(value.nanos + seconds * kNanosPerSecond + length.nanos) % kNanosPerDay, value.zone};
}

std::optional<DayDuration> subtract(const DateTime& a, const DateTime& b) {
  if ((a.zone.kind == Zone::Kind::kNone) != (b.zone.kind == Zone::Kind::kNone)) {
    return std::nullopt;
  }
  return duration_of_nanos((Wide{utc_seconds(a)} - utc_seconds(b)) * kNanosPerSecond + a.nanos -
                           b.nanos);
}

std::optional<DayDuration> subtract(const TimeOfDay& a, const TimeOfDay& b) {
  std::int64_t offsets = 0;
  if (a.zone.kind == Zone::Kind::kOffset && b.zone.kind == Zone::Kind::kOffset) {
    offsets = std::int64_t{a.zone.offset_seconds} - b.zone.offset_seconds;
  } else if (a.zone != b.zone) {
    return std::nullopt;
  }
  return duration_of_nanos(Wide{a.nanos} - b.nanos - Wide{offsets} * kNanosPerSecond);
}

MonthDuration months_between(CivilDate from, CivilDate to) {
  const YearMonthDay a = parts_of(from);
  const YearMonthDay b = parts_of(to);
  std::int64_t months = (b.year - a.year) * 12 + b.month - a.month;
  if (months > 0 && b.day < a.day) --months;
  if (months < 0 && b.day > a.day) ++months;
  return {months};
}

}  // namespace zicht::feel
