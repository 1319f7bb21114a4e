#include "dmn/internal/partial.h"

#include <algorithm>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Value;

namespace {

// The three values that a condition can have, as bits; what is no boolean counts as unknown.
constexpr unsigned kTrue = 1;
constexpr unsigned kFalse = 2;
constexpr unsigned kUnknown = 4;

unsigned bits_of(const Possible& possible) {
  if (possible.is_any) return kTrue | kFalse | kUnknown;
  unsigned bits = 0;
  for (const auto& one : possible.values())
    bits |= one.is_true() ? kTrue : one.is_false() ? kFalse : kUnknown;
  return bits;
}

Possible of_bits(unsigned bits) {
  Possible possible;
  if ((bits & kTrue) != 0) possible.own.push_back(Value::boolean(true));
  if ((bits & kFalse) != 0) possible.own.push_back(Value::boolean(false));
  if ((bits & kUnknown) != 0) {
    possible.own.push_back(undetermined());
    possible.own.emplace_back();
  }
  return possible;
}

// Every pair of a bit of one and a bit of the other; `decides` is false of `and`, true of `or`.
unsigned joined(unsigned a, unsigned b, unsigned decides) {
  const unsigned neutral = kTrue + kFalse - decides;
  unsigned bits = (a | b) & decides;
  if ((a & neutral) != 0 && (b & neutral) != 0) bits |= neutral;
  const bool has_unknown = (((a & kUnknown) != 0) && ((b & (neutral | kUnknown)) != 0)) ||
                           (((b & kUnknown) != 0) && ((a & (neutral | kUnknown)) != 0));
  return has_unknown ? bits | kUnknown : bits;
}

// As is_same_outcome(), but a null that says why is not one that an author wrote.
bool is_same_value(const Value& a, const Value& b) {
  return is_same_outcome(a, b) && (!a.is_null() || !a.null_reason() == !b.null_reason());
}

void add_new(std::vector<Unknown>& to, std::span<const Unknown> from) {
  for (const auto one : from) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

}  // namespace

bool is_same_outcome(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  return feel::is_same(a, b) || feel::equals(a, b).value_or(false);
}

bool is_never_same(const Possible& a, const Possible& b) {
  if (a.is_any || b.is_any) return false;
  const auto values = b.values();
  return std::none_of(a.values().begin(), a.values().end(), [&](const Value& one) {
    return !one.is_null() && std::any_of(values.begin(), values.end(), [&](const Value& other) {
      return is_same_outcome(one, other);
    });
  });
}

const Value& undetermined() {
  static const Value kOne = Value::missing("");
  return kOne;
}

void Possible::add(const Value& value) {
  if (is_any) return;
  const bool is_known = std::any_of(own.begin(), own.end(),
                                    [&](const Value& one) { return is_same_value(one, value); });
  if (is_known) return;
  own.push_back(value);
  if (own.size() <= kMaxValues) return;
  own.clear();
  is_any = true;
}

Partial::Partial(const InterviewPlan& plan, feel::CallContext& context)
    : plan_(plan),
      context_(context),
      set_(plan.topics.size()),
      topics_(plan.topics.size()),
      seen_(plan.graph->nodes.size()),
      values_(plan.topics.size() + plan.graph->nodes.size()) {
  for (Unknown topic = 0; topic < topics_.size(); ++topic) {
    topics_[topic].is_any = !plan.topics[topic].is_partition;
    if (!topics_[topic].is_any) topics_[topic].shared = plan.topics[topic].values;
  }
  for (const auto node : plan.order) see_node(node);
}

void Partial::set(Unknown topic, const Value* value) {
  if (set_[topic] == nullptr && value == nullptr) return;
  set_[topic] = value;
  Possible& possible = topics_[topic];
  possible = {};
  if (value != nullptr) {
    possible.own.push_back(*value);
  } else {
    possible.is_any = !plan_.topics[topic].is_partition;
    if (!possible.is_any) possible.shared = plan_.topics[topic].values;
  }
  for (const auto node : plan_.order) {
    if (plan_.reach[topic][node]) see_node(node);
  }
}

Outlook Partial::outlook() const {
  Outlook outlook;
  std::vector<std::size_t> passing;
  for (const auto node : plan_.order) {
    if (seen_[node].may_pass_over) passing.push_back(node);
  }
  const auto& target = seen_[plan_.target].possible;
  if (target.is_single() && (passing.empty() || target.values()[0].is_null())) {
    outlook.outcome = target.values()[0];
    return outlook;
  }
  std::vector<bool> was_seen(values_.size());
  if (!target.is_single()) look_from({plan_.target}, was_seen, outlook);
  outlook.first = outlook.live;
  look_from(std::move(passing), was_seen, outlook);
  std::sort(outlook.live.begin(), outlook.live.end());
  return outlook;
}

void Partial::look_from(std::vector<std::size_t> left, std::vector<bool>& was_seen,
                        Outlook& outlook) const {
  std::erase_if(left, [&](std::size_t node) { return was_seen[plan_.variable_of(node)]; });
  for (const auto node : left) was_seen[plan_.variable_of(node)] = true;
  while (!left.empty()) {
    const std::size_t node = left.back();
    left.pop_back();
    outlook.nodes.push_back(node);
    outlook.open += seen_[node].open;
    for (const auto one : seen_[node].live) {
      if (was_seen[one] || (!plan_.is_topic(one) && possible(one).is_single())) continue;
      was_seen[one] = true;
      if (plan_.is_topic(one))
        outlook.live.push_back(one);
      else
        left.push_back(plan_.node_of(one));
    }
  }
}

const Possible& Partial::possible(Unknown variable) const {
  return plan_.is_topic(variable) ? topics_[variable] : seen_[plan_.node_of(variable)].possible;
}

bool Partial::is_known(std::span<const Unknown> variables) const {
  return std::all_of(variables.begin(), variables.end(),
                     [&](Unknown one) { return possible(one).is_single(); });
}

void Partial::see_node(std::size_t node) {
  ++work_;
  const Node& one = plan_.graph->nodes[node];
  Seen seen = see(plan_.logic[node], one);
  if (!seen.possible.is_any && !(one.type.type.is_any() && !one.type.check)) {
    Possible fitted;
    for (const auto& value : seen.possible.values())
      fitted.add(conform(value, one.type, one.name, context_));
    seen.possible = std::move(fitted);
  }
  if (seen.is_settled()) {
    seen.live.clear();
    seen.open = 0;
  }
  if (context_.budget().is_exhausted()) seen = anything(plan_.logic[node]);
  seen_[node] = std::move(seen);
}

Partial::Seen Partial::see(const Part& part, const Node& node) {
  Seen seen;
  if (part.kind == Part::Kind::kTable) {
    seen = see_table(part, node);
  } else if (part.same_as && possible(*part.same_as).values().size() > 1) {
    seen.possible = possible(*part.same_as);
    seen.live = {*part.same_as};
  } else if (const auto count = combinations(part)) {
    seen = try_all(part, node, *count);
  } else if (part.kind == Part::Kind::kText || part.kind == Part::Kind::kCode) {
    seen = anything(part);
  } else {
    seen = part.kind == Part::Kind::kIf ? see_if(part, node) : see_operator(part, node);
  }
  fit(seen.possible, part);
  if (seen.is_settled()) {
    seen.live.clear();
    seen.open = 0;
  }
  if (part.kind != Part::Kind::kTable && !seen.is_settled())
    seen.open = std::max(seen.open, seen.live.size());
  return seen;
}

void Partial::fit(Possible& possible, const Part& part) {
  for (const auto* conform : part.conforms) {
    if (possible.is_any) return;
    Possible fitted;
    const bool is_whole = !possible.shared.empty();  // as many as there are cells
    for (const auto& value : possible.values()) {
      Value one = conform->fitted(value, context_);
      if (is_whole) {
        fitted.own.push_back(std::move(one));
      } else {
        fitted.add(one);
      }
    }
    possible = std::move(fitted);
  }
}

Partial::Seen Partial::anything(const Part& part) const {
  Seen seen;
  seen.possible.is_any = true;
  seen.may_pass_over = part.can_pass_over;
  for (const auto one : part.uses) {
    if (!possible(one).is_single()) seen.live.push_back(one);
  }
  seen.open = seen.live.size();
  return seen;
}

// How many combinations of values there are of what the part looks at; nothing where too many.
std::optional<std::size_t> Partial::combinations(const Part& part) const {
  std::size_t count = 1;
  for (const auto one : part.uses) {
    const Possible& own = possible(one);
    if (own.is_any || own.values().empty()) return std::nullopt;
    count *= own.values().size();
    if (count > kMaxCombinations) return std::nullopt;
  }
  return count;
}

// Each combination once. A variable is live where two combinations that differ in it alone give
// different outcomes.
Partial::Seen Partial::try_all(const Part& part, const Node& node, std::size_t count) {
  Seen seen;
  std::vector<Value> outcomes;
  outcomes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t rest = i;
    for (const auto one : part.uses) {
      const auto values = possible(one).values();
      values_[one] = &values[rest % values.size()];
      rest /= values.size();
    }
    outcomes.push_back(run(part, node, seen));
    seen.possible.add(outcomes.back());
  }
  for (const auto one : part.uses) values_[one] = nullptr;
  std::size_t stride = 1;
  for (const auto one : part.uses) {
    const std::size_t size = possible(one).values().size();
    for (std::size_t i = 0; i < count && size > 1; ++i) {
      const std::size_t digit = i / stride % size;
      if (is_same_value(outcomes[i], outcomes[i - digit * stride])) continue;
      seen.live.push_back(one);
      break;
    }
    stride *= size;
  }
  return seen;
}

// What rests on a missing fact cannot be determined, also where FEEL gives a value.
Value Partial::run(const Part& part, const Node& node, Seen& seen) {
  std::vector<Value> slots = slots_of(plan_, node, values_);
  Frame frame{context_, plan_.session, slots};
  Value value = part.text ? part.text->evaluate({frame.slots.data(), node.slots.size()}, context_)
                          : part.code->run(frame);
  if (context_.take_passed_over().empty()) return value;
  seen.may_pass_over = true;
  return undetermined();
}

Partial::Seen Partial::see_operator(const Part& part, const Node& node) {
  Seen seen = see(part.parts[0], node);
  unsigned bits = bits_of(seen.possible);
  if (part.kind == Part::Kind::kNot) {
    const unsigned turned =
        (bits & kUnknown) | ((bits & kTrue) != 0 ? kFalse : 0) | ((bits & kFalse) != 0 ? kTrue : 0);
    seen.possible = of_bits(turned);
    return seen;
  }
  const unsigned decides = part.kind == Part::Kind::kAnd ? kFalse : kTrue;
  if (bits != decides) {  // else the right side is not looked at
    const Seen other = see(part.parts[1], node);
    bits = joined(bits, bits_of(other.possible), decides);
    add_new(seen.live, other.live);
    seen.open += other.open;
    seen.may_pass_over = seen.may_pass_over || other.may_pass_over;
  }
  seen.possible = of_bits(bits);
  return seen;
}

// A condition that is not known takes the second branch, and then rests on what is missing.
Partial::Seen Partial::see_if(const Part& part, const Node& node) {
  Seen seen = see(part.parts[0], node);
  const unsigned bits = bits_of(seen.possible);
  seen.possible = {};
  for (const bool branch : {true, false}) {
    if ((bits & (branch ? kTrue : (kFalse | kUnknown))) == 0) continue;
    const Seen taken = see(part.parts[branch ? 1 : 2], node);
    seen.possible.is_any = seen.possible.is_any || taken.possible.is_any;
    for (const auto& one : taken.possible.values()) seen.possible.add(one);
    add_new(seen.live, taken.live);
    seen.open += taken.open;
    seen.may_pass_over = seen.may_pass_over || taken.may_pass_over;
  }
  if ((bits & kUnknown) != 0) {
    seen.possible.add(undetermined());
    seen.may_pass_over = true;
  }
  return seen;
}

}  // namespace zicht::dmn::internal
