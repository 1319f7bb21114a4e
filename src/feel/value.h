// Value: one FEEL value; immutable, 16 bytes, cheap to copy, safe to share between threads.
//
//     Value age = Value::number(42);
//     Value row = ContextBuilder().set("age", age).set("name", Value::string("Jo")).build();
//     Value unknown = Value::missing("income");      // null, and says why
//
// Booleans, small numbers, dates, local dates and times and durations lie inside the 16 bytes;
// the rest is a shared object. Every null can carry a reason (null_reason.h). Operators are in
// operators.h, types in type.h, JSON in value_json.h, built-in functions in function.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/null_reason.h"
#include "feel/number.h"
#include "feel/ref.h"
#include "feel/temporal.h"

namespace zicht::feel {

enum class Kind : std::uint8_t {
  kNull,
  kBoolean,
  kNumber,
  kString,
  kDate,
  kTime,
  kDateTime,
  kDayDuration,
  kMonthDuration,
  kList,
  kContext,
  kRange,
  kFunction
};

// As FEEL writes it: "days and time duration".
std::string_view kind_name(Kind kind);

class List;
class Context;
class ContextShape;
class Range;
class Function;

class Value {
 public:
  // Lists, contexts and what functions keep nest at most this deep; deeper ones are null with
  // FE-0110, so that no walk over a value exhausts the stack.
  static constexpr std::uint32_t kMaxNesting = 200;
  // What byte_size() says at most of a list or context; larger ones are null with FE-0118. Parts
  // that are shared make values that are small to hold and endless to walk over.
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 28;

  // The null that an author writes.
  Value() = default;
  // Null because a fact was not given.
  static Value missing(std::string_view fact);
  // Null because something could not be computed. Requires: `id` is in the catalogue.
  static Value error(std::string_view id, Arguments arguments = {}, SourceSpan span = {});
  static Value null(const Ref<const NullReason>& reason);

  static Value boolean(bool value) { return {Kind::kBoolean, value ? 1 : 0}; }
  static Value number(const Number& value) {
    return value.is_small() ? Value(Kind::kNumber, value.small_coefficient(), 0,
                                    static_cast<std::int8_t>(value.small_scale()))
                            : wide_number(value);
  }
  static Value number(std::int64_t value) { return number(Number(value)); }
  static Value string(std::string_view utf8);  // Requires: valid UTF-8
  static Value date(CivilDate value);
  static Value time(const TimeOfDay& value);
  static Value date_time(const DateTime& value);
  static Value duration(DayDuration value);
  static Value duration(MonthDuration value);
  static Value list(std::vector<Value> items);
  // Requires: one slot for each name of the shape.
  static Value context(Ref<const ContextShape> shape, std::vector<Value> slots);
  static Value range(const Ref<const Range>& range);
  static Value function(const Ref<const Function>& function);

  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(Value other) noexcept;
  ~Value();

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool is_true() const { return kind_ == Kind::kBoolean && payload_.integer != 0; }
  bool is_false() const { return kind_ == Kind::kBoolean && payload_.integer == 0; }

  // The value inside. Requires: the kind of that name. Views and references live as long as this
  // value or a copy of it.
  bool as_boolean() const;
  Number as_number() const {
    return kind_ == Kind::kNumber && form_ == Form::kInline
               ? Number::from_normal(payload_.integer, scale_)
               : shared_number();
  }
  std::string_view as_string() const;
  CivilDate as_date() const;
  TimeOfDay as_time() const;
  DateTime as_date_time() const;
  DayDuration as_day_duration() const;
  MonthDuration as_month_duration() const;
  std::span<const Value> as_list() const;
  const Context& as_context() const;
  const Range& as_range() const;
  const Function& as_function() const;

  // Null for a value that is not null and for a null without a reason.
  Ref<const NullReason> null_reason() const;

  // This null with its causes placed at `span`, where they have no place yet; any other value
  // unchanged.
  Value at(SourceSpan span) const;

  // Requires: is(Kind::kString). Counted once.
  std::size_t code_points() const;

  // How deep lists, contexts and what functions keep nest: 0 for a scalar.
  std::uint32_t nesting() const;

  // A rough count of what this value holds in memory, for Budget; shared parts count each time.
  std::size_t byte_size() const {
    return form_ == Form::kInline ? sizeof(Value) : shared_byte_size();
  }

 private:
  enum class Form : std::uint8_t { kInline, kShared };
  Value(Kind kind, std::int64_t integer, std::uint32_t small = 0, std::int8_t scale = 0)
      : kind_(kind), scale_(scale), small_(small) {
    payload_.integer = integer;
  }
  Value(Kind kind, Ref<const Shared> object);
  static Value wide_number(const Number& value);
  std::size_t shared_byte_size() const;  // Requires: kShared
  Number shared_number() const;          // Requires: is(Kind::kNumber)

  Kind kind_ = Kind::kNull;
  Form form_ = Form::kInline;
  std::int8_t scale_ = 0;    // of a small number; kind of zone of a time
  std::uint32_t small_ = 0;  // nanoseconds, or the offset of a time in seconds
  union Payload {
    std::int64_t integer;
    const Shared* object;
  } payload_{0};
};

static_assert(sizeof(Value) == 16);

// Here and not in the source: evaluating is for a good part copying and forgetting values.
inline Value::Value(const Value& other)
    : kind_(other.kind_),
      form_(other.form_),
      scale_(other.scale_),
      small_(other.small_),
      payload_(other.payload_) {
  if (form_ == Form::kShared) payload_.object->retain();
}

inline Value::Value(Value&& other) noexcept
    : kind_(other.kind_),
      form_(other.form_),
      scale_(other.scale_),
      small_(other.small_),
      payload_(other.payload_) {
  other.kind_ = Kind::kNull;
  other.form_ = Form::kInline;
}

inline Value& Value::operator=(Value other) noexcept {
  std::swap(kind_, other.kind_);
  std::swap(form_, other.form_);
  std::swap(scale_, other.scale_);
  std::swap(small_, other.small_);
  std::swap(payload_, other.payload_);
  return *this;
}

inline Value::~Value() {
  if (form_ == Form::kShared) payload_.object->release();
}

// The canonical text of FEEL's string(): "12.5", "2025-01-31", `[1, "a"]`, `{a: 1}`, `[1..5)`.
// Strings inside lists, contexts and ranges stand in quotes; a string by itself does not.
std::string text_of(const Value& value);

// As a FEEL expression that gives the value again: "a" in quotes, @"2025-01-31".
std::string literal_of(const Value& value);

// The same, but soon after `longest` bytes it is cut and ends with "...": for showing a value of
// any size.
std::string literal_of(const Value& value, std::size_t longest);

// One null that carries the causes of all nulls among `values`, each once: what an operator gives
// whose operands are null. Requires: at least one of `values` is null.
Value joined_null(std::span<const Value> values);
Value joined_null(const Value& a, const Value& b);

}  // namespace zicht::feel
