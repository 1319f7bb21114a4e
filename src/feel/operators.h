// The operators of FEEL on values, as the evaluator calls them.
//
//     Value sum = add(a, b);
//     if (Value hit = in(x, test); hit.is_true()) ...
//
// Null in, null out, with the causes of the operands joined; where operands do not fit the outcome
// is null with an error of the catalogue that names the operator and both kinds (FE-0111), the
// outcome that does not exist (FE-0112 division by zero, FE-0113 out of range). None of these calls
// spends a Budget: each does work of the size of its operands.
#pragma once

#include <optional>

#include "feel/collections.h"

namespace zicht::feel {

Value add(const Value& a, const Value& b);  // numbers, strings, temporal values
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value negate(const Value& a);

// FEEL's `=`: nothing where both are not null and of different kinds, and where one is a null with
// a reason: what is not known may be equal. (The standard has false of a null and a value, and so
// has this of a range and ends that make none.) The null that an author writes equals null alone.
// Times and moments with an offset are compared as moments, to the second, as the TCK has it.
std::optional<bool> equals(const Value& a, const Value& b);
Value equal(const Value& a, const Value& b);
Value not_equal(const Value& a, const Value& b);

// is(a, b): equal, and of the same kind, offset and zone.
bool is_same(const Value& a, const Value& b);

// -1, 0 or 1; nothing where the kinds differ or have no order (booleans, lists, contexts), or where
// one of two times is local and the other is not.
std::optional<int> compare(const Value& a, const Value& b);
Value less(const Value& a, const Value& b);
Value less_equal(const Value& a, const Value& b);
Value greater(const Value& a, const Value& b);
Value greater_equal(const Value& a, const Value& b);

// `value between low and high`, ends included.
Value between(const Value& value, const Value& low, const Value& high);

// `value in test`: test is a range, a list of tests, or a value to be equal to. Of a list one match
// is enough; without one the outcome is null when some test was null, else false.
Value in(const Value& value, const Value& test);
// Whether the range holds the value.
Value contains(const Range& range, const Value& value);

// Three-valued logic; an operand that is not a boolean counts as null.
Value logical_and(const Value& a, const Value& b);
Value logical_or(const Value& a, const Value& b);
Value logical_not(const Value& a);

// `value.name`: an entry of a context, a part of a date, time, duration or range. For a list the
// list of that property of each item. Null with FE-0114 where there is none.
Value property(const Value& value, std::string_view name);

// The same of one value, and nothing where there is none; a list has none of its own.
std::optional<Value> find_property(const Value& value, std::string_view name);

// `list[index]`, from 1, from the end where negative: null with FE-0115 beyond the list. A value
// that is no list counts as a list of one.
Value item_at(const Value& list, const Value& index);

// A hash that agrees with is_same() on numbers, strings, booleans, dates and local times, and with
// equals() on those; for joins and distinct values.
std::size_t hash_of(const Value& value);

}  // namespace zicht::feel
