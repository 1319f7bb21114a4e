#include "dmn/internal/table.h"

#include <algorithm>
#include <bit>

#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Kind;
using feel::Type;
using feel::Value;

namespace {

std::span<const Value> facts_of(const Frame& frame, std::size_t scope_size) {
  return {frame.slots.data(), scope_size};
}

bool is_temporal(Kind kind) {
  return kind == Kind::kDate || kind == Kind::kTime || kind == Kind::kDateTime ||
         kind == Kind::kDayDuration || kind == Kind::kMonthDuration;
}

// How high a value stands in the list of priorities; behind all of them when it is not there.
std::size_t rank_of(const std::vector<Value>& priorities, const Value& value) {
  for (std::size_t i = 0; i < priorities.size(); ++i) {
    if (feel::in(value, priorities[i]).is_true()) return i;
  }
  return priorities.size();
}

}  // namespace

TableCode::TableCode(TableParts parts) : parts_(std::move(parts)) {
  std::vector<std::string> names;
  for (const auto& output : parts_.outputs) names.push_back(output.name);
  if (names.size() > 1) shape_ = feel::ContextShape::create(std::move(names));
  for (const auto& column : parts_.cells) index_.push_back(ColumnIndex::create(column));
}

Type TableCode::type() const {
  const bool is_list =
      parts_.hit_policy == HitPolicy::kRuleOrder || parts_.hit_policy == HitPolicy::kOutputOrder ||
      (parts_.hit_policy == HitPolicy::kCollect && parts_.aggregation == Aggregation::kNone);
  if (parts_.aggregation == Aggregation::kCount) return Type::number();
  Type one = parts_.outputs[0].type.type;
  if (parts_.outputs.size() > 1) {
    std::vector<Type::Member> members;
    for (const auto& output : parts_.outputs) members.push_back({output.name, output.type.type});
    one = Type::context_of(std::move(members));
  }
  // A default of such a table may be one value as well, so nothing is sure of lists.
  const bool has_default =
      std::any_of(parts_.outputs.begin(), parts_.outputs.end(),
                  [](const auto& clause) { return clause.default_value != nullptr; });
  return !is_list ? one : has_default ? Type::any() : Type::list_of(std::move(one));
}

void TableCode::add_used_slots(std::vector<bool>& used) const {
  for (const auto& input : parts_.inputs) input.value->add_used_slots(used);
  for (const auto& output : parts_.outputs) {
    if (output.default_value) output.default_value->add_used_slots(used);
  }
  for (const auto& rule : parts_.rules) {
    for (const auto& output : rule.outputs) output->add_used_slots(used);
  }
  for (const auto& column : parts_.cells) {
    for (const auto& cell : column) {
      if (!cell) continue;
      for (const auto slot : cell->used_slots()) {
        if (slot < used.size()) used[slot] = true;
      }
    }
  }
}

Value TableCode::run(Frame& frame) const {
  std::vector<Value> inputs;
  if (auto refused = evaluate_inputs(frame, inputs)) return *std::move(refused);
  const bool only_first = parts_.hit_policy == HitPolicy::kFirst;
  const auto matched = matches(inputs, frame, only_first);
  if (frame.context.budget().is_exhausted()) return frame.context.budget().exhausted_value();
  Value value = outcome(matched, inputs, frame);
  if (frame.session.recorder) record(inputs, matched, value, frame);
  return value;
}

// The outcome when a value lies outside what its column allows.
std::optional<Value> TableCode::evaluate_inputs(Frame& frame, std::vector<Value>& values) const {
  values.reserve(parts_.inputs.size());
  for (const auto& input : parts_.inputs) {
    values.push_back(input.value->run(frame));
    const Value& value = values.back();
    if (!input.allowed || value.is_null()) continue;
    if (!input.allowed->test(value, facts_of(frame, parts_.scope_size), frame.context).is_true())
      return Value::error("DM-0102", {{"column", input.label}, {"table", parts_.name}});
  }
  return std::nullopt;
}

bool TableCode::passes(std::size_t column, std::size_t rule, const Value& input,
                       Frame& frame) const {
  const auto& cell = parts_.cells[column][rule];
  return !cell || cell->test(input, facts_of(frame, parts_.scope_size), frame.context).is_true();
}

std::vector<std::size_t> TableCode::matches(std::span<const Value> inputs, Frame& frame,
                                            bool only_first) const {
  std::vector<const RuleSet*> sets;  // of the columns that the index knows
  std::vector<std::size_t> general;  // columns where cells may still have to be evaluated
  std::vector<bool> is_indexed(inputs.size());
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    const RuleSet* set = index_[c].is_useful() ? index_[c].find(inputs[c]) : nullptr;
    if (set != nullptr) sets.push_back(set);
    is_indexed[c] = set != nullptr;
    general.push_back(c);
  }
  std::vector<std::size_t> matched;
  const std::size_t size = parts_.rules.size();
  for (std::size_t word = 0; word * 64 < size; ++word) {
    const std::size_t here = std::min<std::size_t>(64, size - word * 64);
    std::uint64_t left = here == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << here) - 1;
    for (const RuleSet* set : sets) left &= set->words()[word];
    for (; left != 0; left &= left - 1) {
      const std::size_t rule = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      if (!frame.context.budget().spend(1)) return matched;
      const bool holds = std::all_of(general.begin(), general.end(), [&](std::size_t c) {
        return (is_indexed[c] && !index_[c].is_general(rule)) || passes(c, rule, inputs[c], frame);
      });
      if (!holds) continue;
      matched.push_back(rule);
      if (only_first) return matched;
    }
  }
  return matched;
}

std::vector<std::size_t> TableCode::plain_matches(std::span<const Value> inputs,
                                                  Frame& frame) const {
  std::vector<std::size_t> matched;
  for (std::size_t rule = 0; rule < parts_.rules.size(); ++rule) {
    bool holds = true;
    for (std::size_t c = 0; c < inputs.size(); ++c)
      holds = passes(c, rule, inputs[c], frame) && holds;
    if (holds) matched.push_back(rule);
  }
  return matched;
}

std::vector<Value> TableCode::outputs_of(std::size_t rule, Frame& frame) const {
  std::vector<Value> outputs;
  outputs.reserve(parts_.outputs.size());
  for (std::size_t i = 0; i < parts_.outputs.size(); ++i) {
    const auto& output = parts_.outputs[i];
    const std::string& name = output.name.empty() ? parts_.name : output.name;
    Value value = parts_.rules[rule].outputs[i]->run(frame);
    if (parts_.has_text_outputs && output.type.type.kind() == Type::Kind::kString &&
        is_temporal(value.kind()))
      value = Value::string(feel::text_of(value));
    value = conform(value, output.type, name, frame.context);
    if (output.allowed && !value.is_null() &&
        !output.allowed->test(value, facts_of(frame, parts_.scope_size), frame.context).is_true())
      value = Value::error("DM-0107", {{"column", name}, {"table", parts_.name}});
    outputs.push_back(std::move(value));
  }
  return outputs;
}

Value TableCode::joined(std::vector<Value> outputs) const {
  return shape_ ? Value::context(shape_, std::move(outputs)) : std::move(outputs[0]);
}

bool TableCode::comes_before(const std::vector<Value>& a, const std::vector<Value>& b) const {
  for (std::size_t i = 0; i < parts_.outputs.size(); ++i) {
    const auto& priorities = parts_.outputs[i].priorities;
    if (priorities.empty()) continue;
    const auto rank_a = rank_of(priorities, a[i]);
    const auto rank_b = rank_of(priorities, b[i]);
    if (rank_a != rank_b) return rank_a < rank_b;
  }
  return false;
}

Value TableCode::outcome(const std::vector<std::size_t>& matched, std::span<const Value> inputs,
                         Frame& frame) const {
  if (matched.empty()) return no_match(inputs, frame);
  const auto numbers = [&] {
    std::string text;
    for (const auto rule : matched)
      text.append(text.empty() ? "" : ", ").append(std::to_string(rule + 1));
    return text;
  };
  if (parts_.hit_policy == HitPolicy::kUnique && matched.size() > 1)
    return Value::error("DM-0103", {{"table", parts_.name}, {"rules", numbers()}});
  std::vector<std::vector<Value>> rows;
  rows.reserve(matched.size());
  for (const auto rule : matched) rows.push_back(outputs_of(rule, frame));
  if (parts_.hit_policy == HitPolicy::kPriority || parts_.hit_policy == HitPolicy::kOutputOrder) {
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const auto& a, const auto& b) { return comes_before(a, b); });
  }
  std::vector<Value> values;
  values.reserve(rows.size());
  for (auto& row : rows) values.push_back(joined(std::move(row)));
  switch (parts_.hit_policy) {
    case HitPolicy::kAny:
      for (const auto& other : values) {
        const bool same = feel::equals(values[0], other).value_or(false);
        if (!same) return Value::error("DM-0104", {{"table", parts_.name}, {"rules", numbers()}});
      }
      return values[0];
    case HitPolicy::kUnique:
    case HitPolicy::kPriority:
    case HitPolicy::kFirst:
      return values[0];
    case HitPolicy::kCollect:
      return aggregated(values);
    default:
      return Value::list(std::move(values));
  }
}

Value TableCode::aggregated(const std::vector<Value>& values) const {
  if (parts_.aggregation == Aggregation::kNone) return Value::list(values);
  if (parts_.aggregation == Aggregation::kCount)
    return Value::number(static_cast<std::int64_t>(values.size()));
  Value total = values[0];
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (parts_.aggregation == Aggregation::kSum) {
      total = feel::add(total, values[i]);
      continue;
    }
    const auto order_of = feel::compare(values[i], total);
    if (!order_of) return Value::error("DM-0108", {{"table", parts_.name}});
    if (parts_.aggregation == Aggregation::kMin ? *order_of < 0 : *order_of > 0) total = values[i];
  }
  return total;
}

Value TableCode::no_match(std::span<const Value> inputs, Frame& frame) const {
  std::vector<Value> outputs;
  bool has_default = false;
  for (const auto& output : parts_.outputs) {
    has_default = has_default || output.default_value;
    outputs.push_back(output.default_value ? conform(output.default_value->run(frame), output.type,
                                                     parts_.name, frame.context)
                                           : Value());
  }
  if (has_default) return joined(std::move(outputs));
  std::vector<Value> unknown;
  for (const auto& input : inputs) {
    if (input.is_null() && input.null_reason()) unknown.push_back(input);
  }
  unknown.push_back(Value::error("DM-0105", {{"table", parts_.name}}));
  return feel::joined_null(unknown);
}

}  // namespace zicht::dmn::internal
