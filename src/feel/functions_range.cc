// Built-in functions that compare points and ranges (Allen's relations; DMN 1.5, table 78).
//
// A range whose end is null is unbounded there. Where ends cannot be compared the outcome is null.
#include <algorithm>

#include "feel/internal/builtin_tables.h"
#include "feel/internal/operator_errors.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

// A point or a range as two ends; a point is the closed range of itself.
struct Ends {
  Value start;
  Value end;
  bool start_included = true;
  bool end_included = true;
};

Ends ends_of(const Value& value) {
  if (!value.is(Kind::kRange)) return {value, value};
  const Range& range = value.as_range();
  return {range.start(), range.end(), range.start_included(), range.end_included()};
}

// What the comparisons of one call have in common: once one of them is impossible, the outcome is
// null whatever the others say.
class Comparison {
 public:
  // -1, 0, 1 for two lower ends: which of them lets in lower values.
  int starts(const Ends& a, const Ends& b) {
    if (a.start.is_null() || b.start.is_null()) {
      return a.start.is_null() && b.start.is_null() ? 0 : a.start.is_null() ? -1 : 1;
    }
    const int order = values(a.start, b.start);
    if (order != 0 || a.start_included == b.start_included) return order;
    return a.start_included ? -1 : 1;
  }

  // The same for upper ends: which of them lets in higher values.
  int ends(const Ends& a, const Ends& b) {
    if (a.end.is_null() || b.end.is_null()) {
      return a.end.is_null() && b.end.is_null() ? 0 : a.end.is_null() ? 1 : -1;
    }
    const int order = values(a.end, b.end);
    if (order != 0 || a.end_included == b.end_included) return order;
    return a.end_included ? 1 : -1;
  }

  // Whether all of `a` lies below all of `b`.
  bool is_below(const Ends& a, const Ends& b) {
    if (a.end.is_null() || b.start.is_null()) return false;
    const int order = values(a.end, b.start);
    return order < 0 || (order == 0 && !(a.end_included && b.start_included));
  }

  bool same(const Value& a, const Value& b) { return values(a, b) == 0; }

  Value outcome(bool holds) const { return is_possible_ ? Value::boolean(holds) : misfit_; }

 private:
  int values(const Value& a, const Value& b) {
    const std::optional<int> order = compare(a, b);
    if (!order && is_possible_) {
      is_possible_ = false;
      misfit_ = not_applicable("range", a, b);
    }
    return order.value_or(0);
  }

  bool is_possible_ = true;
  Value misfit_{};
};

bool overlap(Comparison& compared, const Ends& a, const Ends& b) {
  return !compared.is_below(a, b) && !compared.is_below(b, a);
}

// Each relation of `a` to `b`; those of b to a are made by exchange.
bool is_before(Comparison& c, const Ends& a, const Ends& b) { return c.is_below(a, b); }

bool meets(Comparison& c, const Ends& a, const Ends& b) {
  if (a.end.is_null() || b.start.is_null()) return false;
  return a.end_included && b.start_included && c.same(a.end, b.start);
}

bool overlaps_before(Comparison& c, const Ends& a, const Ends& b) {
  return c.starts(a, b) < 0 && c.ends(a, b) <= 0 && overlap(c, a, b);
}

bool finishes(Comparison& c, const Ends& a, const Ends& b) {
  return c.ends(a, b) == 0 && c.starts(a, b) >= 0;
}

bool includes(Comparison& c, const Ends& a, const Ends& b) {
  return c.starts(a, b) <= 0 && c.ends(a, b) >= 0;
}

bool starts(Comparison& c, const Ends& a, const Ends& b) {
  return c.starts(a, b) == 0 && c.ends(a, b) <= 0;
}

bool coincides(Comparison& c, const Ends& a, const Ends& b) {
  return c.starts(a, b) == 0 && c.ends(a, b) == 0;
}

using Relation = bool (*)(Comparison&, const Ends&, const Ends&);

template <Relation kHolds>
Value relation(CallContext&, Values arguments) {
  Comparison compared;
  return compared.outcome(kHolds(compared, ends_of(arguments[0]), ends_of(arguments[1])));
}

// The relation of the second argument to the first.
template <Relation kHolds>
Value inverse(CallContext&, Values arguments) {
  Comparison compared;
  return compared.outcome(kHolds(compared, ends_of(arguments[1]), ends_of(arguments[0])));
}

constexpr Parameter kRangeRange[] = {{"range1", K::kRange}, {"range2", K::kRange}};
constexpr Parameter kPointRange[] = {{"point", K::kNonNull}, {"range", K::kRange}};
constexpr Parameter kRangePoint[] = {{"range", K::kRange}, {"point", K::kNonNull}};
constexpr Parameter kPointPoint[] = {{"point1", K::kNonNull}, {"point2", K::kNonNull}};

// Ranges come first, as a point is any value.
template <Signature::Implementation kCall>
constexpr Signature kBetweenAll[] = {{kRangeRange, false, Type::boolean, kCall},
                                     {kPointRange, false, Type::boolean, kCall},
                                     {kRangePoint, false, Type::boolean, kCall},
                                     {kPointPoint, false, Type::boolean, kCall}};
template <Signature::Implementation kCall>
constexpr Signature kBetweenRanges[] = {{kRangeRange, false, Type::boolean, kCall}};
template <Signature::Implementation kCall>
constexpr Signature kInRange[] = {{kRangeRange, false, Type::boolean, kCall},
                                  {kPointRange, false, Type::boolean, kCall}};
template <Signature::Implementation kCall>
constexpr Signature kOfRange[] = {{kRangeRange, false, Type::boolean, kCall},
                                  {kRangePoint, false, Type::boolean, kCall}};
template <Signature::Implementation kCall>
constexpr Signature kAlike[] = {{kRangeRange, false, Type::boolean, kCall},
                                {kPointPoint, false, Type::boolean, kCall}};

Value overlaps(CallContext&, Values arguments) {
  Comparison compared;
  return compared.outcome(overlap(compared, ends_of(arguments[0]), ends_of(arguments[1])));
}

constexpr Builtin kRangeFunctions[] = {
    {"after", kBetweenAll<inverse<is_before>>},
    {"before", kBetweenAll<relation<is_before>>},
    {"coincides", kAlike<relation<coincides>>},
    {"during", kInRange<inverse<includes>>},
    {"finished by", kOfRange<inverse<finishes>>},
    {"finishes", kInRange<relation<finishes>>},
    {"includes", kOfRange<relation<includes>>},
    {"meets", kBetweenRanges<relation<meets>>},
    {"met by", kBetweenRanges<inverse<meets>>},
    {"overlaps", kBetweenRanges<overlaps>},
    {"overlaps after", kBetweenRanges<inverse<overlaps_before>>},
    {"overlaps before", kBetweenRanges<relation<overlaps_before>>},
    {"started by", kOfRange<inverse<starts>>},
    {"starts", kInRange<relation<starts>>}};

}  // namespace

std::span<const Builtin> range_functions() { return kRangeFunctions; }

}  // namespace zicht::feel::internal
