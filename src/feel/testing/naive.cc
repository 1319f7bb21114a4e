#include "feel/testing/naive.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "feel/operators.h"
#include "feel/value_json.h"

namespace zicht::feel::testing {
namespace {

// Names of one place, and around it the next. Of a filter: its item.
struct Place {
  std::shared_ptr<const Place> outer{};
  std::map<std::string, Value> names{};
  std::optional<Value> item{};
};
using PlacePtr = std::shared_ptr<const Place>;

Value binary_value(Operator op, const Value& a, const Value& b) {
  switch (op) {
    case Operator::kAdd:
      return add(a, b);
    case Operator::kSubtract:
      return subtract(a, b);
    case Operator::kMultiply:
      return multiply(a, b);
    case Operator::kDivide:
      return divide(a, b);
    case Operator::kPower:
      return power(a, b);
    case Operator::kEqual:
      return equal(a, b);
    case Operator::kNotEqual:
      return not_equal(a, b);
    case Operator::kLess:
      return less(a, b);
    case Operator::kLessOrEqual:
      return less_equal(a, b);
    case Operator::kGreater:
      return greater(a, b);
    case Operator::kGreaterOrEqual:
      return greater_equal(a, b);
    case Operator::kAnd:
      return a.is_false() ? a : logical_and(a, b);
    case Operator::kOr:
      return a.is_true() ? a : logical_or(a, b);
  }
  return {};
}

Range::Form form_of(Operator op) {
  const std::map<Operator, Range::Form> forms = {
      {Operator::kLess, Range::Form::kLess},
      {Operator::kLessOrEqual, Range::Form::kLessEqual},
      {Operator::kGreater, Range::Form::kGreater},
      {Operator::kGreaterOrEqual, Range::Form::kGreaterEqual},
      {Operator::kEqual, Range::Form::kEqual},
      {Operator::kNotEqual, Range::Form::kNotEqual}};
  return forms.at(op);
}

class Walk {
 public:
  Walk(CallContext& context, const Facts& facts, const Value* input)
      : context_(context), facts_(facts), input_(input) {}

  Value value(const Node& node, const PlacePtr& place);
  Value any_of(const std::vector<Value>& hits);
  Value passes(const Node& test, const Value& value, const PlacePtr& place);

 private:
  Value name(const Node& node, const PlacePtr& place);
  Value in(const Node& node, const PlacePtr& place);
  Value filter(const Node& node, const PlacePtr& place);
  Value context(const Node& node, const PlacePtr& place);
  Value loop(const Node& node, const PlacePtr& place);
  bool combinations(const Node& node, std::size_t at, const PlacePtr& place,
                    std::vector<Value>& values, Value& failure);
  std::optional<std::vector<Value>> domain(const Node& iterator, const PlacePtr& place,
                                           Value& failure);
  Value call(const Node& node, const PlacePtr& place);
  bool mentions_input(const Node& node) const;

  CallContext& context_;
  const Facts& facts_;
  const Value* input_;
};

// A function keeps the place where it was written.
class NaiveFunction final : public Function {
 public:
  NaiveFunction(const Node& node, PlacePtr place, const Facts& facts, std::string name)
      : node_(node), place_(std::move(place)), facts_(facts), name_(std::move(name)) {
    for (const auto& child : node.children) {
      if (child->kind == NodeKind::kParameter) parameters_.push_back(child->text);
    }
  }
  std::span<const std::string> parameter_names() const override { return parameters_; }
  std::string_view name() const override { return name_; }
  Type type() const override { return node_.type; }

  Value invoke(CallContext& context, std::span<const Value> arguments) const override {
    if (node_.flag) return Value::error("FE-0033", {{"name", name_.empty() ? "-" : name_}});
    auto inner = std::make_shared<Place>();
    inner->outer = place_;
    if (!name_.empty()) inner->names[name_] = Value::function(Ref<const Function>(this));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Value argument = coerce(arguments[i], node_.children[i]->declared, parameters_[i]);
      if (argument.is_null() && !arguments[i].is_null()) return argument;
      inner->names[parameters_[i]] = argument;
    }
    return Walk(context, facts_, nullptr).value(*node_.children.back(), inner);
  }

 private:
  const Node& node_;
  PlacePtr place_;
  const Facts& facts_;
  std::string name_;
  std::vector<std::string> parameters_;
};

Value Walk::value(const Node& node, const PlacePtr& place) {
  const auto child = [&](std::size_t i) { return value(*node.children[i], place); };
  switch (node.kind) {
    case NodeKind::kNull:
      return {};
    case NodeKind::kBoolean:
      return Value::boolean(node.flag);
    case NodeKind::kNumber:
      return Value::number(*Number::parse(node.text));
    case NodeKind::kString:
      return Value::string(node.text);
    case NodeKind::kAt:
      return value_from_at_literal(node.text, context_.zones());
    case NodeKind::kName:
      return name(node, place);
    case NodeKind::kBinary: {
      const Value left = child(0);
      if (node.op == Operator::kAnd && left.is_false()) return left;
      if (node.op == Operator::kOr && left.is_true()) return left;
      return binary_value(node.op, left, child(1));
    }
    case NodeKind::kNegate:
      return negate(child(0));
    case NodeKind::kBetween:
      return between(child(0), child(1), child(2));
    case NodeKind::kIn:
      return in(node, place);
    case NodeKind::kUnaryRange:
      return make_unary_range(form_of(node.op), child(0));
    case NodeKind::kRange:
      return make_interval(child(0), !node.open_start, child(1), !node.open_end);
    case NodeKind::kIf: {
      const Value condition = child(0);
      context_.pass_over(condition);
      return condition.is_true() ? child(1) : child(2);
    }
    case NodeKind::kFor:
    case NodeKind::kSome:
    case NodeKind::kEvery:
      return loop(node, place);
    case NodeKind::kFilter:
      return filter(node, place);
    case NodeKind::kPath:
      return property(child(0), node.text);
    case NodeKind::kList: {
      std::vector<Value> items;
      for (std::size_t i = 0; i < node.children.size(); ++i) items.push_back(child(i));
      return Value::list(std::move(items));
    }
    case NodeKind::kContext:
      return context(node, place);
    case NodeKind::kFunction:
      return Value::function(make_ref<const NaiveFunction>(node, place, facts_, std::string()));
    case NodeKind::kInstanceOf: {
      const Value tested = child(0);
      context_.pass_over(tested);
      return Value::boolean(is_instance(tested, node.declared));
    }
    case NodeKind::kCall:
      return call(node, place);
    default:
      return {};
  }
}

Value Walk::name(const Node& node, const PlacePtr& place) {
  if (node.flag) return function_value(*find_builtin(node.text));
  for (const Place* at = place.get(); at != nullptr; at = at->outer.get()) {
    if (at->item) {
      if (const auto found = find_property(*at->item, node.text)) return *found;
      if (node.text == "item") return *at->item;
    } else if (const auto found = at->names.find(node.text); found != at->names.end()) {
      return found->second;
    }
  }
  if (node.text == "?" && input_ != nullptr) return *input_;
  const auto fact = facts_.find(node.text);
  const bool given =
      fact != facts_.end() && (!fact->second.is_null() || fact->second.null_reason());
  return given ? fact->second : Value::missing(node.text);
}

// true when one is true, else null when one is null, else false.
Value Walk::any_of(const std::vector<Value>& hits) {
  std::vector<Value> nulls;
  for (const Value& hit : hits) {
    if (hit.is_true()) return hit;
    if (hit.is_null()) nulls.push_back(hit);
  }
  return nulls.empty() ? Value::boolean(false) : joined_null(nulls);
}

Value Walk::in(const Node& node, const PlacePtr& place) {
  const Value tested = value(*node.children[0], place);
  std::vector<Value> hits;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& test = *node.children[i];
    if (test.kind == NodeKind::kUnaryRange) {
      hits.push_back(binary_value(test.op, tested, value(*test.children[0], place)));
    } else {
      hits.push_back(feel::in(tested, value(test, place)));
    }
    if (hits.back().is_true()) break;
  }
  return any_of(hits);
}

Value Walk::filter(const Node& node, const PlacePtr& place) {
  const Value source = value(*node.children[0], place);
  const Node& condition = *node.children[1];
  if (source.is_null() && source.null_reason()) return source;
  const auto hit_for = [&](const Value& item) {
    auto inner = std::make_shared<Place>();
    inner->outer = place;
    inner->item = item;
    return value(condition, inner);
  };
  std::vector<Value> items;
  if (source.is(Kind::kList)) items.assign(source.as_list().begin(), source.as_list().end());
  if (!source.is(Kind::kList)) items.push_back(source);
  const auto before = context_.take_passed_over();
  const Value first = hit_for(items.empty() ? Value() : items[0]);
  if (items.empty()) context_.take_passed_over();
  context_.add_passed_over(before);
  const bool is_index = condition.type.kind() == Type::Kind::kNumber;
  if (is_index || first.is(Kind::kNumber)) return item_at(source, first);
  std::vector<Value> kept;
  for (const Value& item : items) {
    const Value hit = hit_for(item);
    if (hit.is_true()) kept.push_back(item);
    context_.pass_over(hit);
    if (!hit.is_null() && !hit.is(Kind::kBoolean)) {
      return Value::error("FE-0031", {{"kind", std::string(kind_name(hit.kind()))}});
    }
  }
  return Value::list(std::move(kept));
}

Value Walk::context(const Node& node, const PlacePtr& place) {
  auto inner = std::make_shared<Place>();
  inner->outer = place;
  PlacePtr now = inner;
  ContextBuilder builder;
  for (const auto& entry : node.children) {
    const Node& written = *entry->children[0];
    const Value made =
        written.kind == NodeKind::kFunction
            ? Value::function(make_ref<const NaiveFunction>(written, now, facts_, entry->text))
            : value(written, now);
    builder.set(entry->text, made);
    auto next = std::make_shared<Place>();
    next->outer = now;
    next->names[entry->text] = made;
    now = next;
  }
  return builder.build();
}

// The values that one variable takes; nothing where the whole loop is null.
std::optional<std::vector<Value>> Walk::domain(const Node& iterator, const PlacePtr& place,
                                               Value& failure) {
  const Value first = value(*iterator.children[0], place);
  const bool is_range = !iterator.flag && first.is(Kind::kRange);
  if (!iterator.flag && first.is_null()) return failure = first, std::nullopt;
  if (!iterator.flag && first.is(Kind::kList)) {
    return std::vector<Value>(first.as_list().begin(), first.as_list().end());
  }
  if (!iterator.flag && !is_range) return std::vector<Value>{first};
  const Value start = is_range ? first.as_range().start() : first;
  const Value end = is_range ? first.as_range().end() : value(*iterator.children[1], place);
  const auto whole = [](const Value& each) -> std::optional<std::int64_t> {
    if (each.is(Kind::kDate)) return each.as_date().days;
    return each.is(Kind::kNumber) ? each.as_number().to_int64() : std::nullopt;
  };
  const auto from = whole(start);
  const auto to = whole(end);
  const bool good = from && to && start.kind() == end.kind() && (!is_range || *from <= *to);
  if (!good) {
    const bool has_null = !is_range && (start.is_null() || end.is_null());
    failure = has_null ? joined_null(start, end)
                       : Value::error("FE-0032", {{"start", std::string(kind_name(first.kind()))},
                                                  {"end", std::string(kind_name(end.kind()))}});
    return std::nullopt;
  }
  std::vector<Value> values;
  for (std::int64_t i = *from;; i += *from <= *to ? 1 : -1) {
    const bool open_start = is_range && i == *from && !first.as_range().start_included();
    const bool open_end = is_range && i == *to && !first.as_range().end_included();
    const Value each = start.is(Kind::kDate) ? Value::date(CivilDate{i}) : Value::number(i);
    if (!open_start && !open_end) values.push_back(each);
    if (i == *to) return values;
  }
}

bool Walk::combinations(const Node& node, std::size_t at, const PlacePtr& place,
                        std::vector<Value>& values, Value& failure) {
  if (at + 1 == node.children.size()) {
    auto inner = std::make_shared<Place>();
    inner->outer = place;
    if (node.kind == NodeKind::kFor) inner->names["partial"] = Value::list(values);
    values.push_back(value(*node.children.back(), inner));
    return true;
  }
  const auto over = domain(*node.children[at], place, failure);
  if (!over) return false;
  for (const Value& each : *over) {
    auto inner = std::make_shared<Place>();
    inner->outer = place;
    inner->names[node.children[at]->text] = each;
    if (!combinations(node, at + 1, inner, values, failure)) return false;
    if (node.kind == NodeKind::kFor || values.empty()) continue;
    const Value& last = values.back();
    // What is decided, or is no condition, ends it: what comes after is not looked at.
    const bool is_condition = last.is_null() || last.is(Kind::kBoolean);
    if (!is_condition || (node.kind == NodeKind::kSome ? last.is_true() : last.is_false())) {
      return true;
    }
  }
  return true;
}

Value Walk::loop(const Node& node, const PlacePtr& place) {
  std::vector<Value> values;
  Value failure;
  if (!combinations(node, 0, place, values, failure)) return failure;
  if (node.kind == NodeKind::kFor) return Value::list(std::move(values));
  const bool is_some = node.kind == NodeKind::kSome;
  std::vector<Value> unknown;
  for (const Value& hit : values) {
    if (is_some ? hit.is_true() : hit.is_false()) return Value::boolean(is_some);
    if (hit.is_null()) unknown.push_back(hit);
    if (!hit.is_null() && !hit.is(Kind::kBoolean)) {
      return Value::error("FE-0034", {{"construct", is_some ? "some" : "every"},
                                      {"kind", std::string(kind_name(hit.kind()))}});
    }
  }
  return unknown.empty() ? Value::boolean(!is_some) : joined_null(unknown);
}

Value Walk::call(const Node& node, const PlacePtr& place) {
  const Value callee = value(*node.children[0], place);
  if (callee.is_null() && callee.null_reason()) return callee;
  std::vector<Value> positional;
  std::vector<NamedArgument> named;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& argument = *node.children[i];
    if (argument.kind == NodeKind::kNamed) {
      named.push_back({argument.text, value(*argument.children[0], place)});
    } else {
      positional.push_back(value(argument, place));
    }
  }
  const Node& name = *node.children[0];
  if (name.kind == NodeKind::kName && name.flag) {
    const Builtin& builtin = *find_builtin(name.text);
    return named.empty() ? call_builtin(context_, builtin, positional)
                         : call_builtin(context_, builtin, named);
  }
  if (named.empty() || !callee.is(Kind::kFunction)) return context_.call(callee, positional);
  return call_function(context_, callee.as_function(), named);
}

bool Walk::mentions_input(const Node& node) const {
  if (node.kind == NodeKind::kName && node.text == "?") return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [this](const NodePtr& child) { return mentions_input(*child); });
}

Value Walk::passes(const Node& test, const Value& tested, const PlacePtr& place) {
  if (test.kind == NodeKind::kUnaryRange) {
    return binary_value(test.op, tested, value(*test.children[0], place));
  }
  const Value other = value(test, place);
  const bool decides = other.is(Kind::kBoolean) || other.is_null();
  if (mentions_input(test) && decides) return other;
  const bool by_itself = other.is(Kind::kBoolean) && test.kind != NodeKind::kBoolean;
  if (by_itself && !tested.is(Kind::kBoolean)) return other;
  if (other.is_null()) return other.null_reason() ? other : equal(tested, other);
  return feel::in(tested, other);
}

}  // namespace

Value evaluate_naively(const Node& root, const Facts& facts, CallContext& context) {
  return Walk(context, facts, nullptr).value(root, nullptr);
}

Value test_naively(const Node& root, const Value& input, const Facts& facts, CallContext& context) {
  if (root.kind == NodeKind::kAnyInput) return Value::boolean(true);
  Walk walk(context, facts, &input);
  std::vector<Value> hits;
  for (const auto& test : root.children) {
    hits.push_back(walk.passes(*test, input, nullptr));
    if (hits.back().is_true()) break;
  }
  const Value outcome = walk.any_of(hits);
  return root.flag ? logical_not(outcome) : outcome;
}

}  // namespace zicht::feel::testing
