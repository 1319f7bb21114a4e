#include "feel/value.h"

#include <array>

#include "base/check.h"
#include "base/text.h"
#include "feel/collections.h"
#include "feel/internal/shared_payloads.h"

namespace zicht::feel {

using internal::SharedDateTime;
using internal::SharedNumber;
using internal::SharedString;
using internal::SharedTime;

std::size_t internal::SharedString::code_points() const {
  std::size_t count = code_points_.load(std::memory_order_relaxed);
  if (count == kUncounted) {
    count = code_point_length(text_);
    code_points_.store(count, std::memory_order_relaxed);
  }
  return count;
}

std::string_view kind_name(Kind kind) {
  static constexpr std::array<std::string_view, 13> kNames = {"null",
                                                              "boolean",
                                                              "number",
                                                              "string",
                                                              "date",
                                                              "time",
                                                              "date and time",
                                                              "days and time duration",
                                                              "years and months duration",
                                                              "list",
                                                              "context",
                                                              "range",
                                                              "function"};
  return kNames[static_cast<std::size_t>(kind)];
}

Value::Value(Kind kind, Ref<const Shared> object) : kind_(kind), form_(Form::kShared) {
  payload_.object = std::move(object).detach();
}

Value Value::missing(std::string_view fact) {
  NullCause cause;
  cause.kind = NullCause::Kind::kMissingFact;
  cause.fact = fact;
  return null(make_ref<const NullReason>(std::move(cause)));
}

Value Value::error(std::string_view id, Arguments arguments, SourceSpan span) {
  NullCause cause;
  cause.id = id;
  cause.arguments = std::move(arguments);
  cause.span = span;
  return null(make_ref<const NullReason>(std::move(cause)));
}

Value Value::null(const Ref<const NullReason>& reason) {
  return reason ? Value(Kind::kNull, reason) : Value();
}

Value Value::wide_number(const Number& value) {
  return {Kind::kNumber, make_ref<const SharedNumber>(value)};
}

Value Value::string(std::string_view utf8) {
  return {Kind::kString, make_ref<const SharedString>(utf8)};
}

Value Value::date(CivilDate value) { return {Kind::kDate, value.days}; }

Value Value::time(const TimeOfDay& value) {
  if (value.zone.kind == Zone::Kind::kNamed)
    return {Kind::kTime, make_ref<const SharedTime>(value)};
  return {Kind::kTime, value.nanos, static_cast<std::uint32_t>(value.zone.offset_seconds),
          static_cast<std::int8_t>(value.zone.kind)};
}

Value Value::date_time(const DateTime& value) {
  if (value.zone.kind != Zone::Kind::kNone) {
    return {Kind::kDateTime, make_ref<const SharedDateTime>(value)};
  }
  return {Kind::kDateTime, value.local_seconds, static_cast<std::uint32_t>(value.nanos)};
}

Value Value::duration(DayDuration value) {
  return {Kind::kDayDuration, value.seconds, static_cast<std::uint32_t>(value.nanos)};
}

Value Value::duration(MonthDuration value) { return {Kind::kMonthDuration, value.months}; }

namespace {

// The null for a value that is too deep or too large, else nothing.
std::optional<Value> too_deep(std::uint32_t nesting) {
  if (nesting <= Value::kMaxNesting) return std::nullopt;
  return Value::error("FE-0110", {{"limit", std::to_string(Value::kMaxNesting)}});
}

template <class Collection>
std::optional<Value> excess(const Collection& made) {
  if (auto deep = too_deep(made.nesting())) return deep;
  if (made.byte_size() > Value::kMaxBytes) {
    return Value::error("FE-0118", {{"limit", std::to_string(Value::kMaxBytes)}});
  }
  return std::nullopt;
}

}  // namespace

Value Value::list(std::vector<Value> items) {
  Ref<const List> list = make_ref<const List>(std::move(items));
  const std::optional<Value> wrong = excess(*list);
  return wrong ? *wrong : Value(Kind::kList, list);
}

Value Value::context(Ref<const ContextShape> shape, std::vector<Value> slots) {
  ZICHT_CHECK(shape->size() == slots.size(), "one slot for each name of the shape");
  Ref<const Context> made = make_ref<const Context>(std::move(shape), std::move(slots));
  const std::optional<Value> wrong = excess(*made);
  return wrong ? *wrong : Value(Kind::kContext, made);
}

Value Value::range(const Ref<const Range>& range) {
  const std::optional<Value> wrong = excess(*range);
  return wrong ? *wrong : Value(Kind::kRange, range);
}

Value Value::function(const Ref<const Function>& function) {
  const std::optional<Value> wrong = too_deep(function->nesting());
  return wrong ? *wrong : Value(Kind::kFunction, function);
}

bool Value::as_boolean() const {
  ZICHT_CHECK(kind_ == Kind::kBoolean, "as_boolean of a boolean");
  return payload_.integer != 0;
}

Number Value::shared_number() const {
  ZICHT_CHECK(kind_ == Kind::kNumber, "as_number of a number");
  return static_cast<const SharedNumber*>(payload_.object)->number;
}

std::string_view Value::as_string() const {
  ZICHT_CHECK(kind_ == Kind::kString, "as_string of a string");
  return static_cast<const SharedString*>(payload_.object)->text();
}

CivilDate Value::as_date() const {
  ZICHT_CHECK(kind_ == Kind::kDate, "as_date of a date");
  return {payload_.integer};
}

TimeOfDay Value::as_time() const {
  ZICHT_CHECK(kind_ == Kind::kTime, "as_time of a time");
  if (form_ == Form::kShared) return static_cast<const SharedTime*>(payload_.object)->time;
  Zone zone;
  zone.kind = static_cast<Zone::Kind>(scale_);
  zone.offset_seconds = static_cast<std::int32_t>(small_);
  return {payload_.integer, zone};
}

DateTime Value::as_date_time() const {
  ZICHT_CHECK(kind_ == Kind::kDateTime, "as_date_time of a date and time");
  if (form_ == Form::kShared) {
    return static_cast<const SharedDateTime*>(payload_.object)->date_time;
  }
  return {payload_.integer, static_cast<std::int32_t>(small_), {}};
}

DayDuration Value::as_day_duration() const {
  ZICHT_CHECK(kind_ == Kind::kDayDuration, "as_day_duration of a days and time duration");
  return {payload_.integer, static_cast<std::int32_t>(small_)};
}

MonthDuration Value::as_month_duration() const {
  ZICHT_CHECK(kind_ == Kind::kMonthDuration, "as_month_duration of a years and months duration");
  return {payload_.integer};
}

std::span<const Value> Value::as_list() const {
  ZICHT_CHECK(kind_ == Kind::kList, "as_list of a list");
  return static_cast<const List*>(payload_.object)->items();
}

const Context& Value::as_context() const {
  ZICHT_CHECK(kind_ == Kind::kContext, "as_context of a context");
  return *static_cast<const Context*>(payload_.object);
}

const Range& Value::as_range() const {
  ZICHT_CHECK(kind_ == Kind::kRange, "as_range of a range");
  return *static_cast<const Range*>(payload_.object);
}

const Function& Value::as_function() const {
  ZICHT_CHECK(kind_ == Kind::kFunction, "as_function of a function");
  return *static_cast<const Function*>(payload_.object);
}

Ref<const NullReason> Value::null_reason() const {
  if (kind_ != Kind::kNull || form_ != Form::kShared) return {};
  return Ref<const NullReason>(static_cast<const NullReason*>(payload_.object));
}

Value Value::at(SourceSpan span) const {
  if (kind_ != Kind::kNull || form_ != Form::kShared) return *this;
  return null(NullReason::at(null_reason(), span));
}

std::size_t Value::code_points() const {
  ZICHT_CHECK(kind_ == Kind::kString, "code_points of a string");
  return static_cast<const SharedString*>(payload_.object)->code_points();
}

std::uint32_t Value::nesting() const {
  switch (kind_) {
    case Kind::kList:
      return static_cast<const List*>(payload_.object)->nesting();
    case Kind::kContext:
      return as_context().nesting();
    case Kind::kRange:
      return as_range().nesting();
    case Kind::kFunction:
      return as_function().nesting();
    default:
      return 0;
  }
}

std::size_t Value::shared_byte_size() const {
  switch (kind_) {
    case Kind::kNull:
      return sizeof(Value) + null_reason()->byte_size();
    case Kind::kString:
      return sizeof(Value) + sizeof(SharedString) + as_string().size();
    case Kind::kList:
      return static_cast<const List*>(payload_.object)->byte_size();
    case Kind::kContext:
      return as_context().byte_size();
    case Kind::kRange:
      return as_range().byte_size();
    default:
      return sizeof(Value) + sizeof(SharedDateTime);
  }
}

Value joined_null(std::span<const Value> values) {
  Ref<const NullReason> reason;
  for (const Value& value : values) reason = NullReason::joined(reason, value.null_reason());
  return Value::null(reason);
}

Value joined_null(const Value& a, const Value& b) {
  return Value::null(NullReason::joined(a.null_reason(), b.null_reason()));
}

}  // namespace zicht::feel
