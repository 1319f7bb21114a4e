// Built-in functions on lists. Those that compute a figure: functions_statistic.cc.
#include <algorithm>
#include <unordered_map>

#include "feel/internal/builtin_tables.h"
#include "feel/internal/operator_errors.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;
using Items = std::vector<Value>;

Items copied(const Value& list) { return {list.as_list().begin(), list.as_list().end()}; }

// An item that is not known might be the element; one of another kind is not.
Value list_contains(CallContext&, Values arguments) {
  Ref<const NullReason> unknown;
  for (const Value& item : arguments[0].as_list()) {
    const std::optional<bool> same = equals(item, arguments[1]);
    if (same.value_or(false)) return Value::boolean(true);
    if (same) continue;
    for (const Value& each : {item, arguments[1]}) {
      unknown = NullReason::joined(unknown, each.null_reason());
    }
  }
  return unknown ? Value::null(unknown) : Value::boolean(false);
}

Value count(CallContext&, Values arguments) {
  return Value::number(static_cast<std::int64_t>(arguments[0].as_list().size()));
}

// The place that a position from 1, or from -1 at the end, means in a list of this size, where one
// step more is allowed behind the end for inserting.
std::optional<std::size_t> place_of(const Value& position, std::size_t size) {
  const std::optional<std::int64_t> at = whole_of(position);
  const auto length = static_cast<std::int64_t>(size);
  if (!at || *at == 0 || *at > length || *at < -length) return std::nullopt;
  return static_cast<std::size_t>(*at > 0 ? *at - 1 : length + *at);
}

Value sublist(CallContext&, Values arguments) {
  const std::span<const Value> items = arguments[0].as_list();
  const std::optional<std::size_t> start = place_of(arguments[1], items.size());
  if (!start) return outside("sublist", "start position", "the list");
  std::size_t length = items.size() - *start;
  if (!arguments[2].is_null()) {
    const std::optional<std::int64_t> wanted = whole_of(arguments[2]);
    if (!wanted || *wanted < 0 || static_cast<std::uint64_t>(*wanted) > length) {
      return outside("sublist", "length", "the list");
    }
    length = static_cast<std::size_t>(*wanted);
  }
  const std::span<const Value> part = items.subspan(*start, length);
  return Value::list({part.begin(), part.end()});
}

Value append(CallContext&, Values arguments) {
  Items items = copied(arguments[0]);
  items.insert(items.end(), arguments.begin() + 1, arguments.end());
  return Value::list(std::move(items));
}

Value concatenate(CallContext&, Values arguments) {
  Items items;
  for (const Value& list : arguments) {
    items.insert(items.end(), list.as_list().begin(), list.as_list().end());
  }
  return Value::list(std::move(items));
}

Value insert_before(CallContext&, Values arguments) {
  Items items = copied(arguments[0]);
  const std::optional<std::size_t> place = place_of(arguments[1], items.size());
  if (!place) return outside("insert before", "position", "the list");
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(*place), arguments[2]);
  return Value::list(std::move(items));
}

Value remove(CallContext&, Values arguments) {
  Items items = copied(arguments[0]);
  const std::optional<std::size_t> place = place_of(arguments[1], items.size());
  if (!place) return outside("remove", "position", "the list");
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*place));
  return Value::list(std::move(items));
}

Value reverse(CallContext&, Values arguments) {
  Items items = copied(arguments[0]);
  std::reverse(items.begin(), items.end());
  return Value::list(std::move(items));
}

void pass_over_both(CallContext& context, const Value& a, const Value& b) {
  context.pass_over(a);
  context.pass_over(b);
}

Value index_of(CallContext& context, Values arguments) {
  const std::span<const Value> items = arguments[0].as_list();
  Items positions;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::optional<bool> same = equals(items[i], arguments[1]);
    if (same.value_or(false)) {
      positions.push_back(Value::number(static_cast<std::int64_t>(i) + 1));
    }
    if (!same) pass_over_both(context, items[i], arguments[1]);
  }
  return Value::list(std::move(positions));
}

// Each value once, where it occurs first. Missing facts count as one value: whether they are is
// not known.
Value distinct(CallContext& context, std::span<const Value> items) {
  Items kept;
  std::unordered_multimap<std::size_t, std::size_t> places;
  for (const Value& item : items) {
    if (item.is_null()) context.pass_over(item);
    const std::size_t hash = hash_of(item);
    const std::uint64_t steps = 1 + item.byte_size() / 64;
    const auto [first, last] = places.equal_range(hash);
    const bool is_known = std::any_of(first, last, [&](const auto& place) {
      const Value& other = kept[place.second];
      return context.budget().spend(steps) &&
             (is_same(item, other) || equals(item, other).value_or(false));
    });
    if (context.budget().is_exhausted()) return context.budget().exhausted_value();
    if (is_known) continue;
    places.emplace(hash, kept.size());
    kept.push_back(item);
  }
  return Value::list(std::move(kept));
}

Value distinct_values(CallContext& context, Values arguments) {
  return distinct(context, arguments[0].as_list());
}

Value union_of(CallContext& context, Values arguments) {
  const Value all = concatenate(context, arguments);
  return all.is_null() ? all : distinct(context, all.as_list());
}

void flatten_into(Items& items, const Value& value) {
  if (!value.is(Kind::kList)) {
    items.push_back(value);
    return;
  }
  for (const Value& item : value.as_list()) flatten_into(items, item);
}

Value flatten(CallContext& context, Values arguments) {
  Items items;
  flatten_into(items, arguments[0]);
  if (!context.budget().spend(items.size())) return context.budget().exhausted_value();
  return Value::list(std::move(items));
}

// A merge sort that keeps the order of equals and stands any answer of the author's function.
class Sorter {
 public:
  Sorter(CallContext& context, const Value& precedes) : context_(context), precedes_(precedes) {}

  // False when the function failed; then `failure` says why.
  bool sort(Items& items) {
    for (std::size_t width = 1; width < items.size(); width *= 2) {
      Items merged;
      merged.reserve(items.size());
      for (std::size_t from = 0; from < items.size(); from += 2 * width) {
        const std::size_t middle = std::min(from + width, items.size());
        const std::size_t to = std::min(from + 2 * width, items.size());
        if (!merge(items, {from, middle, to}, merged)) return false;
      }
      items = std::move(merged);
    }
    return true;
  }

  const Value& failure() const { return failure_; }

 private:
  struct Runs {
    std::size_t from;
    std::size_t middle;
    std::size_t to;
  };

  bool merge(const Items& items, const Runs& runs, Items& merged) {
    std::size_t left = runs.from;
    std::size_t right = runs.middle;
    while (left < runs.middle && right < runs.to) {
      const Value answer = context_.call(precedes_, std::vector<Value>{items[right], items[left]});
      if (!answer.is(Kind::kBoolean)) {
        failure_ = answer.null_reason() ? answer : outside("sort", "precedes", "true, false");
        return false;
      }
      merged.push_back(items[answer.is_true() ? right++ : left++]);
    }
    merged.insert(merged.end(), items.begin() + static_cast<std::ptrdiff_t>(left),
                  items.begin() + static_cast<std::ptrdiff_t>(runs.middle));
    merged.insert(merged.end(), items.begin() + static_cast<std::ptrdiff_t>(right),
                  items.begin() + static_cast<std::ptrdiff_t>(runs.to));
    return true;
  }

  CallContext& context_;
  const Value& precedes_;
  Value failure_{};
};

Value sort(CallContext& context, Values arguments) {
  Items items = copied(arguments[0]);
  if (!arguments[1].as_function().accepts(2)) {
    return outside("sort", "precedes", "functions of two parameters");
  }
  Sorter sorter(context, arguments[1]);
  return sorter.sort(items) ? Value::list(std::move(items)) : sorter.failure();
}

Value replace_at(CallContext&, Values arguments) {
  Items items = copied(arguments[0]);
  const std::optional<std::size_t> place = place_of(arguments[1], items.size());
  if (!place) return outside("list replace", "position", "the list");
  items[*place] = arguments[2];
  return Value::list(std::move(items));
}

Value replace_matches(CallContext& context, Values arguments) {
  Items items = copied(arguments[0]);
  for (Value& item : items) {
    const Value match = context.call(arguments[1], std::vector<Value>{item, arguments[2]});
    if (!match.is(Kind::kBoolean)) {
      return match.null_reason() ? match : outside("list replace", "match", "true, false");
    }
    if (match.is_true()) item = arguments[2];
  }
  return Value::list(std::move(items));
}

constexpr Parameter kList[] = {{"list", K::kList}};
constexpr Parameter kListAndElement[] = {{"list", K::kList}, {"element", K::kAny}};
constexpr Parameter kListAndMatch[] = {{"list", K::kList}, {"match", K::kAny}};
constexpr Parameter kListAndItem[] = {{"list", K::kList}, {"item", K::kAny}};
constexpr Parameter kManyLists[] = {{"list", K::kList}};
constexpr Parameter kItems[] = {{"item", K::kAny}};
constexpr Parameter kPart[] = {
    {"list", K::kList}, {"start position", K::kNumber}, {"length", K::kNumber, true}};
constexpr Parameter kListAndPosition[] = {{"list", K::kList}, {"position", K::kNumber}};
constexpr Parameter kInsertion[] = {
    {"list", K::kList}, {"position", K::kNumber}, {"newItem", K::kAny}};
constexpr Parameter kMatching[] = {
    {"list", K::kList}, {"match", K::kFunction}, {"newItem", K::kAny}};
constexpr Parameter kSorting[] = {{"list", K::kList}, {"precedes", K::kFunction}};

// count(1, 2, 3) counts its arguments, as all functions of one list do.
Value count_items(CallContext&, Values arguments) {
  return Value::number(static_cast<std::int64_t>(arguments.size()));
}

constexpr Signature kAppend[] = {{kListAndItem, true, list_type, append}};
constexpr Signature kConcatenate[] = {{kManyLists, true, list_type, concatenate}};
constexpr Signature kCount[] = {{kList, false, Type::number, count},
                                {kItems, true, Type::number, count_items}};
constexpr Signature kDistinct[] = {{kList, false, list_type, distinct_values}};
constexpr Signature kFlatten[] = {{kList, false, list_type, flatten}};
constexpr Signature kIndexOf[] = {{kListAndMatch, false, list_type, index_of}};
constexpr Signature kInsertBefore[] = {{kInsertion, false, list_type, insert_before}};
constexpr Signature kListContains[] = {{kListAndElement, false, Type::boolean, list_contains}};
constexpr Signature kListReplace[] = {{kInsertion, false, list_type, replace_at},
                                      {kMatching, false, list_type, replace_matches}};
constexpr Signature kRemove[] = {{kListAndPosition, false, list_type, remove}};
constexpr Signature kReverse[] = {{kList, false, list_type, reverse}};
constexpr Signature kSort[] = {{kSorting, false, list_type, sort}};
constexpr Signature kSublist[] = {{kPart, false, list_type, sublist}};
constexpr Signature kUnion[] = {{kManyLists, true, list_type, union_of}};

constexpr Builtin kListFunctions[] = {{"append", kAppend},
                                      {"concatenate", kConcatenate},
                                      {"count", kCount},
                                      {"distinct values", kDistinct},
                                      {"flatten", kFlatten},
                                      {"index of", kIndexOf},
                                      {"insert before", kInsertBefore},
                                      {"list contains", kListContains},
                                      {"list replace", kListReplace},
                                      {"remove", kRemove},
                                      {"reverse", kReverse},
                                      {"sort", kSort},
                                      {"sublist", kSublist},
                                      {"union", kUnion}};

}  // namespace

std::span<const Builtin> list_functions() { return kListFunctions; }

}  // namespace zicht::feel::internal
