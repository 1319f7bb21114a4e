// Type: a FEEL type, which values conform to it, and the coercions of DMN 1.5, 10.3.2.9.4.
//
//     Type rows = Type::list_of(Type::context_of({{"age", Type::number()}}));
//     Value checked = coerce(value, rows);      // itself, converted, or null with FE-0105
//
// A Type is a cheap handle on an immutable tree. A part may stand in many places, so a small text
// can make a tree that has no end for a walk: beyond kMaxNodes or kMaxDepth the arguments of a type
// are Any, and a context has no members that are known. Allowed values of an item definition are no
// part of it: dmn checks those with unary tests.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/value.h"

namespace zicht::feel {

class Type {
 public:
  enum class Kind : std::uint8_t {
    kAny,
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
  struct Member;

  static constexpr std::uint32_t kMaxNodes = 5000;  // those in several places count each time
  static constexpr std::uint32_t kMaxDepth = 200;
  static constexpr std::size_t kMaxText = 200;  // bytes of to_string()

  // Any.
  Type() = default;
  static Type any() { return {}; }
  static Type null() { return Type(Kind::kNull); }
  static Type boolean() { return Type(Kind::kBoolean); }
  static Type number() { return Type(Kind::kNumber); }
  static Type string() { return Type(Kind::kString); }
  static Type date() { return Type(Kind::kDate); }
  static Type time() { return Type(Kind::kTime); }
  static Type date_time() { return Type(Kind::kDateTime); }
  static Type day_duration() { return Type(Kind::kDayDuration); }
  static Type month_duration() { return Type(Kind::kMonthDuration); }
  static Type list_of(Type item);
  static Type range_of(Type end);
  static Type context_of(std::vector<Member> members);
  static Type function_of(std::vector<Type> parameters, Type result);

  // "number", "date and time", "dateTime", "dayTimeDuration" and the other spellings of DMN; any
  // case for "Any". Only types without arguments. Nothing for another name.
  static std::optional<Type> find_named(std::string_view name);

  Kind kind() const { return kind_; }
  bool is_any() const { return kind_ == Kind::kAny; }
  const Type& item() const;                    // Requires: kList or kRange
  const std::vector<Member>& members() const;  // Requires: kContext
  // Null where there is none; of two with one name the last. Requires: kContext
  const Type* find_member(std::string_view name) const;
  std::span<const Type> parameters() const;  // Requires: kFunction
  const Type& result() const;                // Requires: kFunction

  // "list<context<age: number>>"; a longer one than kMaxText is cut and ends with "...".
  std::string to_string() const;

  // The same for two types that share their parts; null for a type without arguments.
  const void* identity() const { return parts_.get(); }

  bool operator==(const Type& other) const;
  // The same, found out by one comparison: false also of types that were written twice.
  bool is_identical(const Type& other) const {
    return kind_ == other.kind_ && parts_ == other.parts_;
  }

 private:
  struct Parts;
  explicit Type(Kind kind) : kind_(kind) {}
  // Without its arguments where that would be too large.
  static Type of_parts(Kind kind, Parts parts);
  void append_to(std::string& text) const;

  Kind kind_ = Kind::kAny;
  std::shared_ptr<const Parts> parts_;
};

struct Type::Member {
  std::string name;
  Type type;
  bool operator==(const Member&) const = default;
};

// The type of a value: lists of one kind of item give list<that>, mixed ones list<Any>. Functions
// give function<Any, ...>->Any for their number of parameters.
Type type_of(const Value& value);

// Whether every value of `type` is one of `target` (10.3.2.9.1, 10.3.2.9.2). A function that
// declares no result counts as one that gives what is wanted.
bool conforms(const Type& type, const Type& target);

// The same for one value, without making its type. Null conforms to every type.
bool conforms(const Value& value, const Type& target);

// Whether the kind alone says that the value is one of the type: for a scalar type.
inline bool is_scalar_of(const Value& value, const Type& type) {
  static_assert(static_cast<int>(Type::Kind::kBoolean) == static_cast<int>(Kind::kBoolean) + 1);
  static_assert(static_cast<int>(Type::Kind::kMonthDuration) ==
                static_cast<int>(Kind::kMonthDuration) + 1);
  return !value.is_null() && value.kind() <= Kind::kMonthDuration &&
         static_cast<int>(type.kind()) == static_cast<int>(value.kind()) + 1;
}

// `value instance of type`: as conforms, but null is an instance of the type null alone.
bool is_instance(const Value& value, const Type& type);

// The value as `target` wants it: itself where it conforms; a singleton list for an item and an
// item for a singleton list; a date as a date and time at midnight UTC; else null with FE-0105,
// which names both types. `what` names the thing that is coerced, for that error.
Value coerce(const Value& value, const Type& target, std::string_view what);

}  // namespace zicht::feel
