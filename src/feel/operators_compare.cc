// Equality, identity, order, membership and three-valued logic.
#include <algorithm>
#include <functional>

#include "feel/internal/operator_errors.h"
#include "feel/operators.h"

namespace zicht::feel {

namespace internal {

std::int64_t comparable_seconds(const DateTime& value) {
  return value.local_seconds - offset_of(value).value_or(0);
}

std::int64_t comparable_seconds(const TimeOfDay& value) {
  return value.seconds() - offset_of(value).value_or(0);
}

}  // namespace internal

namespace {

using internal::comparable_seconds;
using internal::not_applicable;

// Both on the wall of nobody in particular, both at an offset, or both in one named zone: a time in
// a named zone has an offset only together with a date.
bool are_comparable(const TimeOfDay& a, const TimeOfDay& b) {
  if (a.zone.kind != b.zone.kind) return false;
  return a.zone.kind != Zone::Kind::kNamed || a.zone == b.zone;
}

bool are_comparable(const DateTime& a, const DateTime& b) {
  return (a.zone.kind == Zone::Kind::kNone) == (b.zone.kind == Zone::Kind::kNone);
}

// `and` over parts: false wins, then unknown.
class AllEqual {
 public:
  // False when there is no need to look further.
  bool add(const std::optional<bool>& part) {
    if (!part) is_known_ = false;
    if (part && !*part) is_false_ = true;
    return !is_false_;
  }
  std::optional<bool> outcome() const {
    if (is_false_) return false;
    return is_known_ ? std::optional(true) : std::nullopt;
  }

 private:
  bool is_false_ = false;
  bool is_known_ = true;
};

std::optional<bool> lists_equal(std::span<const Value> a, std::span<const Value> b) {
  if (a.size() != b.size()) return false;
  AllEqual all;
  for (std::size_t i = 0; i < a.size() && all.add(equals(a[i], b[i])); ++i) {
  }
  return all.outcome();
}

std::optional<bool> contexts_equal(const Context& a, const Context& b) {
  if (a.size() != b.size()) return false;
  AllEqual all;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Value* other = b.find(a.shape().names()[i]);
    if (other == nullptr) return false;
    if (!all.add(equals(a.slots()[i], *other))) break;
  }
  return all.outcome();
}

std::optional<bool> ranges_equal(const Range& a, const Range& b) {
  if (a.form() != b.form() || a.start_included() != b.start_included() ||
      a.end_included() != b.end_included()) {
    return false;
  }
  AllEqual all;
  if (all.add(equals(a.start(), b.start()))) all.add(equals(a.end(), b.end()));
  return all.outcome();
}

template <class T>
int sign(const T& a, const T& b) {
  const auto order = a <=> b;
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

Value truth(const std::optional<bool>& outcome, std::string_view symbol, const Value& a,
            const Value& b) {
  return outcome ? Value::boolean(*outcome) : not_applicable(symbol, a, b);
}

template <class Holds>
Value ordered(const Value& a, const Value& b, std::string_view symbol, Holds holds) {
  const std::optional<int> order = compare(a, b);
  return order ? Value::boolean(holds(*order, 0)) : not_applicable(symbol, a, b);
}

// Whether `value` lies behind the start, or before the end. Nothing where that cannot be said.
std::optional<bool> is_within(const Value& value, const Value& end, bool is_included, int side) {
  if (end.is_null()) return true;
  const std::optional<int> order = compare(value, end);
  if (!order) return std::nullopt;
  return *order == side || (*order == 0 && is_included);
}

// Ends that are known and make no range: that differs from every range, as the TCK has it.
bool is_no_range(const Value& value) {
  const Ref<const NullReason> reason = value.null_reason();
  if (!reason) return false;
  const auto is_of_ends = [](const NullCause& cause) { return cause.id == "FE-0120"; };
  return std::all_of(reason->causes().begin(), reason->causes().end(), is_of_ends);
}

}  // namespace

std::optional<bool> equals(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) {
    // What was not given or could not be computed is not known to differ from anything; `x = null`
    // asks just that.
    const bool asks_null = (a.is_null() && !a.null_reason()) || (b.is_null() && !b.null_reason());
    if (asks_null) return a.is_null() && b.is_null();
    const bool is_none = (a.is(Kind::kRange) && is_no_range(b)) ||
                         (b.is(Kind::kRange) && is_no_range(a));
    return is_none ? std::optional(false) : std::nullopt;
  }
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kBoolean:
      return a.as_boolean() == b.as_boolean();
    case Kind::kNumber:
      return a.as_number() == b.as_number();
    case Kind::kString:
      return a.as_string() == b.as_string();
    case Kind::kList:
      return lists_equal(a.as_list(), b.as_list());
    case Kind::kContext:
      return contexts_equal(a.as_context(), b.as_context());
    case Kind::kRange:
      return ranges_equal(a.as_range(), b.as_range());
    case Kind::kFunction:
      return &a.as_function() == &b.as_function();
    default: {
      const std::optional<int> order = compare(a, b);
      return order ? std::optional(*order == 0) : std::nullopt;
    }
  }
}

Value equal(const Value& a, const Value& b) { return truth(equals(a, b), "=", a, b); }

Value not_equal(const Value& a, const Value& b) {
  const std::optional<bool> same = equals(a, b);
  return truth(same ? std::optional(!*same) : same, "!=", a, b);
}

bool is_same(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kTime:
      return a.as_time() == b.as_time();
    case Kind::kDateTime:
      return a.as_date_time() == b.as_date_time();
    case Kind::kDayDuration:
      return a.as_day_duration() == b.as_day_duration();
    case Kind::kList:
      return std::equal(a.as_list().begin(), a.as_list().end(), b.as_list().begin(),
                        b.as_list().end(), is_same);
    case Kind::kContext: {
      const Context& mine = a.as_context();
      const Context& other = b.as_context();
      if (mine.size() != other.size()) return false;
      for (std::size_t i = 0; i < mine.size(); ++i) {
        const Value* found = other.find(mine.shape().names()[i]);
        if (found == nullptr || !is_same(mine.slots()[i], *found)) return false;
      }
      return true;
    }
    default:
      return equals(a, b).value_or(false);
  }
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kNumber:
      return sign(a.as_number(), b.as_number());
    case Kind::kString:
      // The order of UTF-8 bytes is that of code points.
      return sign(a.as_string().compare(b.as_string()), 0);
    case Kind::kDate:
      return sign(a.as_date(), b.as_date());
    case Kind::kTime:
      if (!are_comparable(a.as_time(), b.as_time())) return std::nullopt;
      return sign(comparable_seconds(a.as_time()), comparable_seconds(b.as_time()));
    case Kind::kDateTime:
      if (!are_comparable(a.as_date_time(), b.as_date_time())) return std::nullopt;
      return sign(comparable_seconds(a.as_date_time()), comparable_seconds(b.as_date_time()));
    case Kind::kDayDuration:
      return sign(a.as_day_duration(), b.as_day_duration());
    case Kind::kMonthDuration:
      return sign(a.as_month_duration(), b.as_month_duration());
    default:
      return std::nullopt;
  }
}

Value less(const Value& a, const Value& b) { return ordered(a, b, "<", std::less<>()); }
Value less_equal(const Value& a, const Value& b) {
  return ordered(a, b, "<=", std::less_equal<>());
}
Value greater(const Value& a, const Value& b) { return ordered(a, b, ">", std::greater<>()); }
Value greater_equal(const Value& a, const Value& b) {
  return ordered(a, b, ">=", std::greater_equal<>());
}

Value between(const Value& value, const Value& low, const Value& high) {
  return logical_and(greater_equal(value, low), less_equal(value, high));
}

Value contains(const Range& range, const Value& value) {
  if (range.form() == Range::Form::kEqual) return equal(value, range.end());
  if (range.form() == Range::Form::kNotEqual) return not_equal(value, range.end());
  const std::optional<bool> behind = is_within(value, range.start(), range.start_included(), 1);
  const std::optional<bool> before = is_within(value, range.end(), range.end_included(), -1);
  if (behind && before && !value.is_null()) return Value::boolean(*behind && *before);
  return not_applicable("in", value, range.start().is_null() ? range.end() : range.start());
}

Value in(const Value& value, const Value& test) {
  if (test.is(Kind::kRange) && !value.is(Kind::kRange)) return contains(test.as_range(), value);
  if (!test.is(Kind::kList)) {
    const std::optional<bool> same = equals(value, test);
    return same ? Value::boolean(*same) : not_applicable("in", value, test);
  }
  if (value.is(Kind::kList) && equals(value, test).value_or(false)) return Value::boolean(true);
  Ref<const NullReason> reason;
  for (const Value& one : test.as_list()) {
    const Value outcome = in(value, one);
    if (outcome.is_true()) return outcome;
    // A test of another kind does not match; one of which a side is not known might.
    const bool might_match = value.null_reason() || one.null_reason() || one.is(Kind::kList);
    if (might_match) reason = NullReason::joined(reason, outcome.null_reason());
  }
  return reason ? Value::null(reason) : Value::boolean(false);
}

Value logical_and(const Value& a, const Value& b) {
  if (a.is_false() || b.is_false()) return Value::boolean(false);
  if (a.is_true() && b.is_true()) return a;
  return not_applicable("and", a, b);
}

Value logical_or(const Value& a, const Value& b) {
  if (a.is_true() || b.is_true()) return Value::boolean(true);
  if (a.is_false() && b.is_false()) return a;
  return not_applicable("or", a, b);
}

Value logical_not(const Value& a) {
  if (a.is(Kind::kBoolean)) return Value::boolean(!a.as_boolean());
  return not_applicable("not", a);
}

namespace {

std::size_t mixed(std::size_t seed, std::size_t more) {
  return seed ^ (more + 0x9e3779b97f4a7c15 + (seed << 6) + (seed >> 2));
}

std::size_t hash_of_scalar(const Value& value) {
  const std::hash<std::int64_t> hash;
  switch (value.kind()) {
    case Kind::kBoolean:
      return hash(value.as_boolean() ? 1 : 0);
    case Kind::kNumber:
      return value.as_number().hash();
    case Kind::kString:
      return std::hash<std::string_view>()(value.as_string());
    case Kind::kDate:
      return hash(value.as_date().days);
    case Kind::kTime:
      return hash(comparable_seconds(value.as_time()));
    case Kind::kDateTime:
      return hash(comparable_seconds(value.as_date_time()));
    case Kind::kDayDuration:
      return mixed(hash(value.as_day_duration().seconds), hash(value.as_day_duration().nanos));
    case Kind::kMonthDuration:
      return hash(value.as_month_duration().months);
    case Kind::kFunction:
      return std::hash<const Function*>()(&value.as_function());
    default:
      return 0;
  }
}

}  // namespace

std::size_t hash_of(const Value& value) {
  const auto kind = static_cast<std::size_t>(value.kind());
  std::size_t hash = mixed(kind, hash_of_scalar(value));
  if (value.is(Kind::kList)) {
    for (const Value& item : value.as_list()) hash = mixed(hash, hash_of(item));
  } else if (value.is(Kind::kContext)) {
    // A sum: the order of entries does not count.
    const Context& context = value.as_context();
    for (std::size_t i = 0; i < context.size(); ++i) {
      hash +=
          mixed(std::hash<std::string>()(context.shape().names()[i]), hash_of(context.slots()[i]));
    }
  } else if (value.is(Kind::kRange)) {
    hash = mixed(hash, mixed(hash_of(value.as_range().start()), hash_of(value.as_range().end())));
  }
  return hash;
}

}  // namespace zicht::feel
