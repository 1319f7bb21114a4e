// Built-in functions on dates, times and durations that are no conversion.
#include <array>

#include "feel/internal/builtin_tables.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

CivilDate day_of(const Value& value) {
  return value.is(Kind::kDate) ? value.as_date() : value.as_date_time().date();
}

Value day_of_year_of(CallContext&, Values arguments) {
  return Value::number(day_of_year(day_of(arguments[0])));
}

Value week_of_year(CallContext&, Values arguments) {
  return Value::number(iso_week(day_of(arguments[0])));
}

// English names, as the standard gives them: they are values that rules compare with.
Value day_of_week(CallContext&, Values arguments) {
  constexpr std::array<std::string_view, 7> kNames = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                      "Friday", "Saturday", "Sunday"};
  return Value::string(kNames[static_cast<std::size_t>(iso_weekday(day_of(arguments[0])) - 1)]);
}

Value month_of_year(CallContext&, Values arguments) {
  constexpr std::array<std::string_view, 12> kNames = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return Value::string(kNames[static_cast<std::size_t>(parts_of(day_of(arguments[0])).month - 1)]);
}

Value now(CallContext& context, Values) {
  const Value& given = context.environment().now;
  return given.is(Kind::kDateTime)
             ? given
             : Value::error("FE-0123", {{"function", "now"}, {"need", "now"}});
}

Value today(CallContext& context, Values) {
  const Value& given = context.environment().today;
  return given.is(Kind::kDate)
             ? given
             : Value::error("FE-0123", {{"function", "today"}, {"need", "today"}});
}

// By their dates alone, as the TCK has it: the time of day does not count.
Value years_and_months(CallContext&, Values arguments) {
  return Value::duration(months_between(day_of(arguments[0]), day_of(arguments[1])));
}

Value is_identical(CallContext& context, Values arguments) {
  const auto asks_null = [](const Value& v) { return v.is_null() && !v.null_reason(); };
  if (!asks_null(arguments[0]) && !asks_null(arguments[1])) {
    context.pass_over(arguments[0]);
    context.pass_over(arguments[1]);
  }
  return Value::boolean(is_same(arguments[0], arguments[1]));
}

constexpr Parameter kDateParameter[] = {{"date", K::kDateOrTime}};
constexpr Parameter kFromTo[] = {{"from", K::kDateOrTime}, {"to", K::kDateOrTime}};
// Named arguments may leave one out, as the TCK has it: it is null then.
constexpr Parameter kTwoValues[] = {{"value1", K::kAny, true}, {"value2", K::kAny, true}};

constexpr Signature kDayOfWeek[] = {{kDateParameter, false, Type::string, day_of_week}};
constexpr Signature kDayOfYear[] = {{kDateParameter, false, Type::number, day_of_year_of}};
constexpr Signature kIs[] = {{kTwoValues, false, Type::boolean, is_identical}};
constexpr Signature kMonthOfYear[] = {{kDateParameter, false, Type::string, month_of_year}};
constexpr Signature kNow[] = {{{}, false, Type::date_time, now}};
constexpr Signature kToday[] = {{{}, false, Type::date, today}};
constexpr Signature kWeekOfYear[] = {{kDateParameter, false, Type::number, week_of_year}};
constexpr Signature kYearsAndMonths[] = {{kFromTo, false, Type::month_duration, years_and_months}};

constexpr Builtin kTemporalFunctions[] = {{"day of week", kDayOfWeek},
                                          {"day of year", kDayOfYear},
                                          {"is", kIs},
                                          {"month of year", kMonthOfYear},
                                          {"now", kNow},
                                          {"today", kToday},
                                          {"week of year", kWeekOfYear},
                                          {"years and months duration", kYearsAndMonths}};

}  // namespace

std::span<const Builtin> temporal_functions() { return kTemporalFunctions; }

}  // namespace zicht::feel::internal
