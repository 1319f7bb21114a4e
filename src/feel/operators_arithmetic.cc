// Arithmetic on values: which pairs of kinds each operator takes, and what it gives.
#include "feel/internal/operator_errors.h"
#include "feel/operators.h"

namespace zicht::feel {

namespace internal {

Value not_applicable(std::string_view symbol, const Value& left, const Value& right) {
  const Value joined = joined_null(left, right);
  if (joined.null_reason()) return joined;
  return Value::error("FE-0111", {{"operator", std::string(symbol)},
                                  {"left", std::string(kind_name(left.kind()))},
                                  {"right", std::string(kind_name(right.kind()))}});
}

Value not_applicable(std::string_view symbol, const Value& operand) {
  if (operand.null_reason()) return operand;
  return Value::error("FE-0111", {{"operator", std::string(symbol)},
                                  {"left", std::string(kind_name(operand.kind()))},
                                  {"right", "-"}});
}

Value out_of_range(std::string_view symbol) {
  return Value::error("FE-0113", {{"operator", std::string(symbol)}});
}

}  // namespace internal

namespace {

using internal::not_applicable;
using internal::out_of_range;

// Two kinds as one number, to switch on a pair of operands.
constexpr unsigned pair_of(Kind left, Kind right) {
  return static_cast<unsigned>(left) * 16 + static_cast<unsigned>(right);
}
unsigned pair_of(const Value& left, const Value& right) {
  return pair_of(left.kind(), right.kind());
}

Value made(const std::optional<Number>& outcome, std::string_view symbol) {
  return outcome ? Value::number(*outcome) : out_of_range(symbol);
}
Value made(const std::optional<CivilDate>& outcome, std::string_view symbol) {
  return outcome ? Value::date(*outcome) : out_of_range(symbol);
}
Value made(const std::optional<DateTime>& outcome, std::string_view symbol) {
  return outcome ? Value::date_time(*outcome) : out_of_range(symbol);
}
Value made(const std::optional<DayDuration>& outcome, std::string_view symbol) {
  return outcome ? Value::duration(*outcome) : out_of_range(symbol);
}
Value made(const std::optional<MonthDuration>& outcome, std::string_view symbol) {
  return outcome ? Value::duration(*outcome) : out_of_range(symbol);
}

std::optional<MonthDuration> months(const std::optional<Number>& count) {
  const std::optional<Number> whole = count ? round(*count, 0, Rounding::kDown) : count;
  const std::optional<std::int64_t> value = whole ? whole->to_int64() : std::nullopt;
  if (!value) return std::nullopt;
  return MonthDuration{*value};
}

std::optional<DayDuration> seconds(const std::optional<Number>& count) {
  return count ? duration_of_seconds(*count) : std::nullopt;
}

// The whole days that a length moves a date, seen from its midnight.
std::int64_t days_of(DayDuration length) {
  const std::int64_t days = length.seconds / kSecondsPerDay;
  return length.seconds % kSecondsPerDay < 0 ? days - 1 : days;
}

// A date that meets a moment counts as its midnight in UTC (as the TCK has it).
DateTime moment_of(const Value& value) {
  if (value.is(Kind::kDateTime)) return value.as_date_time();
  return date_time_of(value.as_date(), {0, Zone::offset(0)});
}

// temporal + length, for either kind of length; nothing where the pair does not fit.
std::optional<Value> moved(const Value& temporal, const Value& length, std::string_view symbol) {
  switch (pair_of(temporal, length)) {
    case pair_of(Kind::kDate, Kind::kDayDuration):
      return made(add_days(temporal.as_date(), days_of(length.as_day_duration())), symbol);
    case pair_of(Kind::kDate, Kind::kMonthDuration):
      return made(add_months(temporal.as_date(), length.as_month_duration().months), symbol);
    case pair_of(Kind::kDateTime, Kind::kDayDuration):
      return made(add(temporal.as_date_time(), length.as_day_duration()), symbol);
    case pair_of(Kind::kDateTime, Kind::kMonthDuration):
      return made(add_months(temporal.as_date_time(), length.as_month_duration().months), symbol);
    case pair_of(Kind::kTime, Kind::kDayDuration):
      return Value::time(add(temporal.as_time(), length.as_day_duration()));
    default:
      return std::nullopt;
  }
}

std::optional<MonthDuration> sum(MonthDuration a, MonthDuration b) {
  std::int64_t total = 0;
  if (__builtin_add_overflow(a.months, b.months, &total)) return std::nullopt;
  return MonthDuration{total};
}

std::optional<Value> opposite(const Value& value) {
  switch (value.kind()) {
    case Kind::kNumber:
      return Value::number(negate(value.as_number()));
    case Kind::kDayDuration:
      return made(negate(value.as_day_duration()), "-");
    case Kind::kMonthDuration:
      if (value.as_month_duration().months == INT64_MIN) return out_of_range("-");
      if (value.as_month_duration().months == INT64_MIN) return out_of_range("-");
      return Value::duration(MonthDuration{-value.as_month_duration().months});
    default:
      return std::nullopt;
  }
}

}  // namespace

Value add(const Value& a, const Value& b) {
  switch (pair_of(a, b)) {
    case pair_of(Kind::kNumber, Kind::kNumber):
      return made(add(a.as_number(), b.as_number()), "+");
    case pair_of(Kind::kString, Kind::kString):
      return Value::string(std::string(a.as_string()).append(b.as_string()));
    case pair_of(Kind::kDayDuration, Kind::kDayDuration):
      return made(add(a.as_day_duration(), b.as_day_duration()), "+");
    case pair_of(Kind::kMonthDuration, Kind::kMonthDuration):
      return made(sum(a.as_month_duration(), b.as_month_duration()), "+");
    default:
      break;
  }
  if (const std::optional<Value> later = moved(a, b, "+")) return *later;
  if (const std::optional<Value> later = moved(b, a, "+")) return *later;
  return not_applicable("+", a, b);
}

Value subtract(const Value& a, const Value& b) {
  switch (pair_of(a, b)) {
    case pair_of(Kind::kNumber, Kind::kNumber):
      return made(subtract(a.as_number(), b.as_number()), "-");
    case pair_of(Kind::kDate, Kind::kDate):
    case pair_of(Kind::kDate, Kind::kDateTime):
    case pair_of(Kind::kDateTime, Kind::kDate):
    case pair_of(Kind::kDateTime, Kind::kDateTime): {
      const std::optional<DayDuration> length = subtract(moment_of(a), moment_of(b));
      return length ? Value::duration(*length) : not_applicable("-", a, b);
    }
    case pair_of(Kind::kTime, Kind::kTime): {
      const std::optional<DayDuration> length = subtract(a.as_time(), b.as_time());
      return length ? Value::duration(*length) : not_applicable("-", a, b);
    }
    default:
      break;
  }
  const bool is_length = b.is(Kind::kDayDuration) || b.is(Kind::kMonthDuration);
  const std::optional<Value> back = is_length ? opposite(b) : std::nullopt;
  if (!back) return not_applicable("-", a, b);
  if (back->is_null()) return *back;
  if (a.kind() == b.kind()) return add(a, *back);
  return moved(a, *back, "-").value_or(not_applicable("-", a, b));
}

Value multiply(const Value& a, const Value& b) {
  switch (pair_of(a, b)) {
    case pair_of(Kind::kNumber, Kind::kNumber):
      return made(multiply(a.as_number(), b.as_number()), "*");
    case pair_of(Kind::kNumber, Kind::kDayDuration):
    case pair_of(Kind::kNumber, Kind::kMonthDuration):
      return multiply(b, a);
    case pair_of(Kind::kDayDuration, Kind::kNumber):
      return made(seconds(multiply(seconds_of(a.as_day_duration()), b.as_number())), "*");
    case pair_of(Kind::kMonthDuration, Kind::kNumber):
      return made(months(multiply(Number(a.as_month_duration().months), b.as_number())), "*");
    default:
      return not_applicable("*", a, b);
  }
}

Value divide(const Value& a, const Value& b) {
  const auto quotient = [](const Number& x, const Number& y) {
    return y.is_zero() ? Value::error("FE-0112") : made(divide(x, y), "/");
  };
  switch (pair_of(a, b)) {
    case pair_of(Kind::kNumber, Kind::kNumber):
      return quotient(a.as_number(), b.as_number());
    case pair_of(Kind::kDayDuration, Kind::kDayDuration):
      return quotient(seconds_of(a.as_day_duration()), seconds_of(b.as_day_duration()));
    case pair_of(Kind::kMonthDuration, Kind::kMonthDuration):
      return quotient(Number(a.as_month_duration().months), Number(b.as_month_duration().months));
    case pair_of(Kind::kDayDuration, Kind::kNumber):
      if (b.as_number().is_zero()) return Value::error("FE-0112");
      return made(seconds(divide(seconds_of(a.as_day_duration()), b.as_number())), "/");
    case pair_of(Kind::kMonthDuration, Kind::kNumber):
      if (b.as_number().is_zero()) return Value::error("FE-0112");
      return made(months(divide(Number(a.as_month_duration().months), b.as_number())), "/");
    default:
      return not_applicable("/", a, b);
  }
}

Value power(const Value& a, const Value& b) {
  if (!a.is(Kind::kNumber) || !b.is(Kind::kNumber)) return not_applicable("**", a, b);
  return made(power(a.as_number(), b.as_number()), "**");
}

Value negate(const Value& a) {
  const std::optional<Value> value = opposite(a);
  return value ? *value : not_applicable("-", a);
}

}  // namespace zicht::feel
