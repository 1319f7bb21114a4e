#include "model/feel_values.h"

#include "base/period.h"
#include "feel/collections.h"

namespace zicht::model {
namespace {

using feel::ContextBuilder;
using feel::Kind;
using feel::Type;
using feel::Value;

constexpr std::int64_t kMonthsInYear = 12;
constexpr std::int64_t kDaysInWeek = 7;
constexpr std::int64_t kMostMonths = 999'999 * kMonthsInYear;
constexpr std::int64_t kMostDays = 999'999;

class NoZones final : public TimeZones {
 public:
  const TimeZone* find_zone(std::string_view) const override { return nullptr; }
  std::string version() const override { return "none"; }
};

Type type_of_item(const Field& field) {
  switch (field.type) {
    case FieldType::kInteger:
    case FieldType::kDecimal:
    case FieldType::kMoney: return Type::number();
    case FieldType::kBoolean: return Type::boolean();
    case FieldType::kDate: return Type::date();
    case FieldType::kUncertainDate:
      return Type::context_of(
          {{"words", Type::string()}, {"first", Type::date()}, {"last", Type::date()}});
    case FieldType::kPeriod:
    case FieldType::kFigures: return Type::any();
    case FieldType::kGroup:
    case FieldType::kAttachment: {
      std::vector<Type::Member> members;
      for (const Field& inner : field.fields) members.push_back({inner.id, feel_type_of(inner)});
      return Type::context_of(std::move(members));
    }
    default: return Type::string();
  }
}

Value date_of(std::string_view text) {
  const auto date = feel::parse_date(text);
  return date ? Value::date(*date) : Value();
}

Value period_of(const Field& field, std::string_view text) {
  const auto period = Period::parse(text);
  if (!period) return {};
  const std::int64_t months = period->years * kMonthsInYear + period->months;
  const std::int64_t days = period->weeks * kDaysInWeek + period->days;
  if (months != 0 && days != 0) return Value::error("MO-0145", {{"label", field.label}});
  if (months != 0) return Value::duration(feel::MonthDuration{months});
  return Value::duration(feel::DayDuration{days * feel::kSecondsPerDay, 0});
}

Value number_of(const Json& json) {
  if (json.is_int64()) return Value::number(json.get_int64());
  if (!json.is_string()) return {};
  const auto number = feel::Number::parse(std::string_view(json.get_string()));
  return number ? Value::number(*number) : Value();
}

Value window_of(const json::object& window) {
  ContextBuilder made;
  for (const char* end : {"first", "last"}) {
    const Json* day = window.if_contains(end);
    if (day != nullptr && day->is_string()) made.set(end, date_of(day->get_string()));
  }
  const Json* words = window.if_contains("words");
  if (words != nullptr && words->is_string()) {
    made.set("words", Value::string(std::string_view(words->get_string())));
  }
  return made.build();
}

Value context_of(const Field& field, const json::object& object) {
  ContextBuilder made;
  for (const Field& inner : field.fields) {
    const Json* value = object.if_contains(inner.id);
    const bool is_there = value == nullptr ? inner.is_many : !value->is_null();
    if (is_there) made.set(inner.id, feel_value_of(inner, value));
  }
  return made.build();
}

// Null for JSON that is not of the field's type: such a document is refused for that.
Value item_of(const Field& field, const Json& json) {
  switch (field.type) {
    case FieldType::kInteger:
    case FieldType::kDecimal:
    case FieldType::kMoney: return number_of(json);
    case FieldType::kBoolean: return json.is_bool() ? Value::boolean(json.get_bool()) : Value();
    case FieldType::kUncertainDate:
      return json.is_object() ? window_of(json.get_object()) : Value();
    case FieldType::kGroup:
    case FieldType::kAttachment:
      return json.is_object() ? context_of(field, json.get_object()) : Value();
    default: break;
  }
  if (!json.is_string()) return {};
  const std::string_view text = json.get_string();
  if (field.type == FieldType::kDate) return date_of(text);
  if (field.type == FieldType::kPeriod) return period_of(field, text);
  return Value::string(text);
}

std::optional<Json> json_of_window(const Value& value) {
  if (value.is(Kind::kDate)) {
    const std::string day = feel::to_string(value.as_date());
    return json::object{{"first", day}, {"last", day}};
  }
  if (!value.is(Kind::kContext)) return std::nullopt;
  json::object made;
  if (const Value* words = value.as_context().find("words"); words && words->is(Kind::kString)) {
    made.emplace("words", json::string(words->as_string()));
  }
  for (const char* name : {"first", "last"}) {
    const Value* end = value.as_context().find(name);
    if (end == nullptr || !end->is(Kind::kDate)) return std::nullopt;
    made.emplace(name, feel::to_string(end->as_date()));
  }
  return made;
}

std::optional<Json> json_of_period(const Value& value) {
  Period period;
  if (value.is(Kind::kMonthDuration)) {
    const std::int64_t months = value.as_month_duration().months;
    if (months < 0 || months > kMostMonths) return std::nullopt;
    period.years = static_cast<std::int32_t>(months / kMonthsInYear);
    period.months = static_cast<std::int32_t>(months % kMonthsInYear);
  } else if (value.is(Kind::kDayDuration)) {
    const feel::DayDuration length = value.as_day_duration();
    const std::int64_t days = length.seconds / feel::kSecondsPerDay;
    const bool is_whole = length.nanos == 0 && length.seconds % feel::kSecondsPerDay == 0;
    if (!is_whole || days < 0 || days > kMostDays) return std::nullopt;
    period.days = static_cast<std::int32_t>(days);
  } else {
    return std::nullopt;
  }
  return Json(json::string(period.to_string()));
}

std::optional<Json> json_of_number(const Field& field, const Value& value) {
  if (!value.is(Kind::kNumber)) return std::nullopt;
  const feel::Number number = value.as_number();
  if (field.type != FieldType::kInteger) return Json(json::string(number.to_string()));
  const auto whole = number.to_int64();
  return whole ? std::optional<Json>(*whole) : std::nullopt;
}

std::optional<Json> json_of_item(const Field& field, const Value& value) {
  switch (field.type) {
    case FieldType::kInteger:
    case FieldType::kDecimal:
    case FieldType::kMoney: return json_of_number(field, value);
    case FieldType::kBoolean:
      return value.is(Kind::kBoolean) ? std::optional<Json>(value.as_boolean()) : std::nullopt;
    case FieldType::kDate:
      if (!value.is(Kind::kDate)) return std::nullopt;
      return Json(json::string(feel::to_string(value.as_date())));
    case FieldType::kUncertainDate: return json_of_window(value);
    case FieldType::kPeriod: return json_of_period(value);
    default: break;
  }
  if (!value.is(Kind::kString)) return std::nullopt;
  return Json(json::string(value.as_string()));
}

}  // namespace

const TimeZones& no_zones() {
  static const NoZones zones;
  return zones;
}

feel::Type feel_type_of(const Field& field) {
  Type item = type_of_item(field);
  return field.is_many ? Type::list_of(std::move(item)) : item;
}

feel::Value feel_value_of(const Field& field, const Json* value) {
  // Of a computed field nobody knows whether it is empty.
  if (value == nullptr && field.is_many && !field.is_computed()) return Value::list({});
  if (value == nullptr || value->is_null()) return Value::missing(field.id);
  if (!field.is_many) return item_of(field, *value);
  if (!value->is_array()) return {};
  std::vector<Value> items;
  items.reserve(value->get_array().size());
  for (const Json& each : value->get_array()) {
    items.push_back(each.is_null() ? Value::missing(field.id) : item_of(field, each));
  }
  return Value::list(std::move(items));
}

std::optional<Json> json_of_feel(const Field& field, const feel::Value& value) {
  if (!field.is_many) return json_of_item(field, value);
  json::array items;
  if (!value.is(Kind::kList)) {
    auto single = json_of_item(field, value);
    if (!single) return std::nullopt;
    items.push_back(*std::move(single));
    return items;
  }
  for (const Value& each : value.as_list()) {
    auto item = json_of_item(field, each);
    if (!item) return std::nullopt;
    items.push_back(*std::move(item));
  }
  return items;
}

}  // namespace zicht::model
