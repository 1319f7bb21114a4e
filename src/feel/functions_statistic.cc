// Built-in functions that make one figure of a list, given as a list or as several arguments.
//
// An item that is null or of another kind makes the outcome null; so does an empty list, but for
// all() and any(). stddev is that of a sample (n - 1), as the standard defines it.
#include <algorithm>

#include "feel/internal/builtin_tables.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

using K = ParameterKind;

// The null for an item that is not of the wanted kind.
Value misfit(const Value& item, std::string_view function, std::string_view wanted) {
  return item.null_reason() ? item : outside(function, "list", wanted);
}

const Value* first_other(Values items, Kind kind) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Value& v) { return !v.is(kind); });
  return found == items.end() ? nullptr : &*found;
}

Value made(const std::optional<Number>& outcome, std::string_view function) {
  return outcome ? Value::number(*outcome) : outside(function, "list", "what has an outcome");
}

std::optional<Number> total(Values numbers) {
  std::optional<Number> sum = Number();
  for (const Value& number : numbers) {
    sum = add(*sum, number.as_number());
    if (!sum) break;
  }
  return sum;
}

Value sum(Values items) { return made(total(items), "sum"); }

Value product(Values items) {
  std::optional<Number> outcome = Number(1);
  for (const Value& item : items) {
    outcome = multiply(*outcome, item.as_number());
    if (!outcome) break;
  }
  return made(outcome, "product");
}

std::optional<Number> average(Values items) {
  const std::optional<Number> all = total(items);
  return all ? divide(*all, Number(static_cast<std::int64_t>(items.size()))) : all;
}

Value mean(Values items) { return made(average(items), "mean"); }

std::vector<Number> sorted(Values items) {
  std::vector<Number> numbers;
  numbers.reserve(items.size());
  for (const Value& item : items) numbers.push_back(item.as_number());
  std::sort(numbers.begin(), numbers.end(), [](const Number& a, const Number& b) { return a < b; });
  return numbers;
}

Value median(Values items) {
  const std::vector<Number> numbers = sorted(items);
  const std::size_t half = numbers.size() / 2;
  if (numbers.size() % 2 != 0) return Value::number(numbers[half]);
  const std::optional<Number> both = add(numbers[half - 1], numbers[half]);
  return made(both ? divide(*both, Number(2)) : both, "median");
}

Value standard_deviation(Values items) {
  if (items.size() < 2) return outside("stddev", "list", "two items and more");
  const std::optional<Number> middle = average(items);
  std::optional<Number> squares = middle ? std::optional(Number()) : std::nullopt;
  for (const Value& item : items) {
    const auto off = squares ? subtract(item.as_number(), *middle) : std::nullopt;
    const auto square = off ? multiply(*off, *off) : std::nullopt;
    squares = square ? add(*squares, *square) : std::nullopt;
    if (!squares) break;
  }
  const auto variance =
      squares ? divide(*squares, Number(static_cast<std::int64_t>(items.size()) - 1)) : squares;
  return made(variance ? sqrt(*variance) : variance, "stddev");
}

// All that occur most often, in ascending order.
Value mode(Values items) {
  const std::vector<Number> numbers = sorted(items);
  std::vector<Value> modes;
  std::size_t most = 0;
  for (std::size_t from = 0; from < numbers.size();) {
    std::size_t to = from;
    while (to < numbers.size() && numbers[to] == numbers[from]) ++to;
    if (to - from > most) modes.clear();
    if (to - from >= most) modes.push_back(Value::number(numbers[from]));
    most = std::max(most, to - from);
    from = to;
  }
  return Value::list(std::move(modes));
}

// The item that comes before all others; nothing where two have no order.
template <int kSign>
Value extreme(Values items) {
  const Value* best = &items.front();
  for (const Value& item : items) {
    const std::optional<int> order = compare(item, *best);
    if (!order) return misfit(item.is_null() ? item : *best, "min and max", "items of one kind");
    if (*order == kSign) best = &item;
  }
  return *best;
}

// `kDecides` settles the outcome; else an item that is no boolean makes it null. The TCK wants
// any([123, true]) null too: an item of another kind wins, a null does not.
template <bool kDecides>
Value quantified(Values items) {
  Ref<const NullReason> reason;
  bool is_known = true;
  bool is_decided = false;
  for (const Value& item : items) {
    if (item.is_null()) {
      is_known = false;
      reason = NullReason::joined(reason, item.null_reason());
    } else if (!item.is(Kind::kBoolean)) {
      return misfit(item, kDecides ? "any" : "all", "true, false");
    }
    is_decided = is_decided || (kDecides ? item.is_true() : item.is_false());
  }
  if (is_decided) return Value::boolean(kDecides);
  return is_known ? Value::boolean(!kDecides) : Value::null(reason);
}

using Figure = Value (*)(Values items);

// Of numbers alone, at least one.
template <Figure kFigure>
Value of_numbers(Values items) {
  if (items.empty()) return outside("a figure", "list", "one item and more");
  const Value* other = first_other(items, Kind::kNumber);
  return other != nullptr ? misfit(*other, "a figure", "numbers") : kFigure(items);
}

template <Figure kFigure>
Value of_any(Values items) {
  if (items.empty()) return outside("a figure", "list", "one item and more");
  return kFigure(items);
}

Value mode_of(Values items) {
  const Value* other = first_other(items, Kind::kNumber);
  return other != nullptr ? misfit(*other, "mode", "numbers") : mode(items);
}

template <Figure kFigure>
Value from_list(CallContext&, Values arguments) {
  return kFigure(arguments[0].as_list());
}

template <Figure kFigure>
Value from_items(CallContext&, Values arguments) {
  return kFigure(arguments);
}

constexpr Parameter kListAlone[] = {{"list", K::kList}};
constexpr Parameter kItemsAlone[] = {{"item", K::kAny}};

template <Figure kFigure, Type (*kResult)()>
constexpr Signature kFigures[] = {{kListAlone, false, kResult, from_list<kFigure>},
                                  {kItemsAlone, true, kResult, from_items<kFigure>}};

constexpr Builtin kStatisticFunctions[] = {
    {"all", kFigures<quantified<false>, Type::boolean>},
    {"any", kFigures<quantified<true>, Type::boolean>},
    {"max", kFigures<of_any<extreme<1>>, Type::any>},
    {"mean", kFigures<of_numbers<mean>, Type::number>},
    {"median", kFigures<of_numbers<median>, Type::number>},
    {"min", kFigures<of_any<extreme<-1>>, Type::any>},
    {"mode", kFigures<mode_of, list_type>},
    {"product", kFigures<of_numbers<product>, Type::number>},
    {"stddev", kFigures<of_numbers<standard_deviation>, Type::number>},
    {"sum", kFigures<of_numbers<sum>, Type::number>}};

}  // namespace

std::span<const Builtin> statistic_functions() { return kStatisticFunctions; }

}  // namespace zicht::feel::internal
