// Built-in functions that make a value of one kind from values of other kinds.
#include "feel/internal/builtin_tables.h"
#include "feel/internal/range_literal.h"
#include "feel/operators.h"
#include "feel/value_json.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

Value text_from(CallContext& context, Values arguments) {
  const Value& from = arguments[0];
  if (from.is(Kind::kString)) return from;
  // About what the text takes.
  if (!context.budget().spend_bytes(from.byte_size())) return context.budget().exhausted_value();
  return Value::string(text_of(from));
}

// "1.000,5" with grouping "." and decimal ","; both may be null.
Value number_from(CallContext&, Values arguments) {
  const auto separator = [](const Value& v) { return v.is_null() ? "" : v.as_string(); };
  const std::string_view grouping = separator(arguments[1]);
  const std::string_view point = separator(arguments[2]);
  const bool is_grouping =
      grouping.empty() || grouping == " " || grouping == "," || grouping == ".";
  const bool is_point = point.empty() || point == "," || point == ".";
  if (!is_grouping || !is_point || (!grouping.empty() && grouping == point)) {
    return outside("number", "separator", "\" \" \",\" \".\"");
  }
  std::string plain;
  for (const char c : arguments[0].as_string()) {
    if (!grouping.empty() && c == grouping.front()) continue;
    if (!point.empty() && c == '.' && point.front() != '.') return not_a("number", "1234.5");
    plain += !point.empty() && c == point.front() ? '.' : c;
  }
  const std::optional<Number> number = Number::parse(plain);
  return number ? Value::number(*number) : not_a("number", "1234.5");
}

Value number_from_plain(CallContext&, Values arguments) {
  const std::optional<Number> number = Number::parse(arguments[0].as_string());
  return number ? Value::number(*number) : not_a("number", "1234.5");
}

Value date_from_text(CallContext&, Values arguments) {
  const std::optional<CivilDate> date = parse_date(arguments[0].as_string());
  return date ? Value::date(*date) : not_a("date", "2025-01-31");
}

Value date_from_moment(CallContext&, Values arguments) {
  const Value& from = arguments[0];
  return from.is(Kind::kDate) ? from : Value::date(from.as_date_time().date());
}

std::optional<std::int64_t> whole_within(const Value& number, std::int64_t low, std::int64_t high) {
  const std::optional<std::int64_t> whole = number.as_number().to_int64();
  return whole && *whole >= low && *whole <= high ? whole : std::nullopt;
}

std::optional<CivilDate> date_of_numbers(Values arguments) {
  const auto year = whole_within(arguments[0], -kMaxYear, kMaxYear);
  const auto month = whole_within(arguments[1], 1, 12);
  const auto day = whole_within(arguments[2], 1, 31);
  if (!year || !month || !day) return std::nullopt;
  return date_of({*year, static_cast<int>(*month), static_cast<int>(*day)});
}

Value date_from_numbers(CallContext&, Values arguments) {
  const std::optional<CivilDate> date = date_of_numbers(arguments);
  return date ? Value::date(*date) : not_a("date", "date(2025, 1, 31)");
}

// An offset of at most 18 hours and whole seconds; none where it is null.
std::optional<Zone> zone_of(const Value& offset) {
  if (offset.is_null()) return Zone{};
  constexpr std::int64_t kMaxOffset = 18 * 3600;
  const DayDuration length = offset.as_day_duration();
  if (length.seconds < -kMaxOffset || length.seconds > kMaxOffset) return std::nullopt;
  return Zone::offset(static_cast<std::int32_t>(length.seconds));
}

// From hour, minute and second, which may have a fraction.
std::optional<TimeOfDay> time_of_numbers(Values arguments, const Zone& zone) {
  const auto hour = whole_within(arguments[0], 0, 23);
  const auto minute = whole_within(arguments[1], 0, 59);
  const std::optional<DayDuration> second = duration_of_seconds(arguments[2].as_number());
  if (!hour || !minute || !second || second->seconds < 0 || second->seconds > 59) {
    return std::nullopt;
  }
  const std::int64_t seconds = *hour * 3600 + *minute * 60 + second->seconds;
  return TimeOfDay{seconds * kNanosPerSecond + second->nanos, zone};
}

Value time_from_text(CallContext& context, Values arguments) {
  const std::optional<TimeOfDay> time = parse_time(arguments[0].as_string(), context.zones());
  return time ? Value::time(*time) : not_a("time", "23:59:00Z");
}

// Of a date its midnight in UTC.
Value time_from_moment(CallContext&, Values arguments) {
  const Value& from = arguments[0];
  if (from.is(Kind::kTime)) return from;
  if (from.is(Kind::kDate)) return Value::time({0, Zone::offset(0)});
  return Value::time(from.as_date_time().time());
}

Value time_from_numbers(CallContext&, Values arguments) {
  const std::optional<Zone> zone = zone_of(arguments[3]);
  const auto time = zone ? time_of_numbers(arguments, *zone) : std::nullopt;
  return time ? Value::time(*time) : not_a("time", "time(23, 59, 0)");
}

Value moment_from_text(CallContext& context, Values arguments) {
  const std::string_view text = arguments[0].as_string();
  if (const auto moment = parse_date_time(text, context.zones())) return Value::date_time(*moment);
  if (const auto date = parse_date(text)) return Value::date_time(date_time_of(*date, {}));
  return not_a("date and time", "2025-01-31T23:59:00");
}

Value moment_from_parts(CallContext&, Values arguments) {
  const CivilDate date =
      arguments[0].is(Kind::kDate) ? arguments[0].as_date() : arguments[0].as_date_time().date();
  return Value::date_time(date_time_of(date, arguments[1].as_time()));
}

Value moment_from_numbers(const std::optional<Zone>& zone, Values arguments) {
  const std::optional<CivilDate> date = date_of_numbers(arguments);
  const auto time = zone ? time_of_numbers(arguments.subspan(3), *zone) : std::nullopt;
  if (!date || !time) return not_a("date and time", "date and time(2025, 1, 31, 23, 59, 0)");
  return Value::date_time(date_time_of(*date, *time));
}

Value moment_at_offset(CallContext&, Values arguments) {
  return moment_from_numbers(zone_of(arguments[6]), arguments);
}

Value moment_in_zone(CallContext& context, Values arguments) {
  const TimeZone* named = context.zones().find_zone(arguments[6].as_string());
  return moment_from_numbers(named != nullptr ? std::optional(Zone::of(named)) : std::nullopt,
                             arguments);
}

Value duration_from_text(CallContext&, Values arguments) {
  const std::string_view text = arguments[0].as_string();
  if (const auto days = parse_day_duration(text)) return Value::duration(*days);
  if (const auto months = parse_month_duration(text)) return Value::duration(*months);
  return not_a("duration", "P1DT2H");
}

Value range_from_text(CallContext& context, Values arguments) {
  return range_of_literal(arguments[0].as_string(), context.zones());
}

Value not_of(CallContext&, Values arguments) { return logical_not(arguments[0]); }

constexpr Parameter kFromAny[] = {{"from", K::kNonNull}};
constexpr Parameter kFromText[] = {{"from", K::kString}};
constexpr Parameter kFromDateOrTime[] = {{"from", K::kDateOrTime}};
constexpr Parameter kFromTime[] = {{"from", K::kTime}};
constexpr Parameter kNumberText[] = {{"from", K::kString},
                                     {"grouping separator", K::kString, false, true},
                                     {"decimal separator", K::kString, false, true}};
constexpr Parameter kDateNumbers[] = {
    {"year", K::kNumber}, {"month", K::kNumber}, {"day", K::kNumber}};
constexpr Parameter kTimeNumbers[] = {{"hour", K::kNumber},
                                      {"minute", K::kNumber},
                                      {"second", K::kNumber},
                                      {"offset", K::kDayDuration, true, true}};
constexpr Parameter kDateAndTime[] = {{"date", K::kDateOrTime}, {"time", K::kTime}};
constexpr Parameter kMomentAtOffset[] = {{"year", K::kNumber},
                                         {"month", K::kNumber},
                                         {"day", K::kNumber},
                                         {"hour", K::kNumber},
                                         {"minute", K::kNumber},
                                         {"second", K::kNumber},
                                         {"offset", K::kDayDuration, true, true}};
constexpr Parameter kMomentInZone[] = {
    {"year", K::kNumber},   {"month", K::kNumber},  {"day", K::kNumber},     {"hour", K::kNumber},
    {"minute", K::kNumber}, {"second", K::kNumber}, {"timezone", K::kString}};
constexpr Parameter kNegand[] = {{"negand", K::kAny}};

constexpr Signature kDate[] = {{kFromText, false, Type::date, date_from_text},
                               {kFromDateOrTime, false, Type::date, date_from_moment},
                               {kDateNumbers, false, Type::date, date_from_numbers}};
constexpr Signature kMoment[] = {{kFromText, false, Type::date_time, moment_from_text},
                                 {kDateAndTime, false, Type::date_time, moment_from_parts},
                                 {kMomentAtOffset, false, Type::date_time, moment_at_offset},
                                 {kMomentInZone, false, Type::date_time, moment_in_zone}};
constexpr Signature kDuration[] = {{kFromText, false, Type::any, duration_from_text}};
constexpr Signature kNot[] = {{kNegand, false, Type::boolean, not_of}};
constexpr Signature kNumber[] = {{kNumberText, false, Type::number, number_from},
                                 {kFromText, false, Type::number, number_from_plain}};
constexpr Signature kRange[] = {{kFromText, false, Type::any, range_from_text}};
constexpr Signature kString[] = {{kFromAny, false, Type::string, text_from}};
constexpr Signature kTime[] = {{kFromText, false, Type::time, time_from_text},
                               {kFromDateOrTime, false, Type::time, time_from_moment},
                               {kFromTime, false, Type::time, time_from_moment},
                               {kTimeNumbers, false, Type::time, time_from_numbers}};

constexpr Builtin kConversionFunctions[] = {
    {"date", kDate},     {"date and time", kMoment}, {"duration", kDuration}, {"not", kNot},
    {"number", kNumber}, {"range", kRange},          {"string", kString},     {"time", kTime}};

}  // namespace

std::span<const Builtin> conversion_functions() { return kConversionFunctions; }

}  // namespace zicht::feel::internal
