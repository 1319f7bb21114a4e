#include "dmn/internal/table.h"

#include <algorithm>
#include <bit>

#include "base/few.h"
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

std::string numbers_of(std::span<const std::size_t> rules) {
  std::string text;
  for (const auto rule : rules)
    text.append(text.empty() ? "" : ", ").append(std::to_string(rule + 1));
  return text;
}

}  // namespace

TableCode::TableCode(TableParts parts, std::size_t& index_words) : parts_(std::move(parts)) {
  std::vector<std::string> names;
  for (const auto& output : parts_.outputs) names.push_back(output.name);
  if (names.size() > 1) shape_ = feel::ContextShape::create(std::move(names));
  for (const auto& column : parts_.cells)
    index_.push_back(ColumnIndex::create(column, index_words));
  for (const auto& column : parts_.cells) {
    has_constant_cells_ =
        has_constant_cells_ && std::all_of(column.begin(), column.end(), [](const auto& cell) {
          return !cell || cell->is_indexable();
        });
  }
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
  return !is_list ? one : has_default() ? Type::any() : Type::list_of(std::move(one));
}

const Typed* TableCode::conformed() const {
  return gives_one() && parts_.outputs.size() == 1 ? &parts_.outputs[0].type : nullptr;
}

// Whether the outcome is the output of one rule, or of several that agree.
bool TableCode::gives_one() const {
  return parts_.hit_policy == HitPolicy::kUnique || parts_.hit_policy == HitPolicy::kFirst ||
         parts_.hit_policy == HitPolicy::kAny || parts_.hit_policy == HitPolicy::kPriority;
}

void TableCode::add_used_slots(std::vector<bool>& used) const {
  const auto add_tests = [&](const std::optional<feel::UnaryTests>& tests) {
    if (!tests) return;
    for (const auto slot : tests->used_slots()) {
      if (slot < used.size()) used[slot] = true;
    }
  };
  for (const auto& input : parts_.inputs) {
    input.value->add_used_slots(used);
    add_tests(input.allowed);
  }
  for (const auto& output : parts_.outputs) {
    if (output.default_value) output.default_value->add_used_slots(used);
    add_tests(output.allowed);
  }
  for (const auto& rule : parts_.rules) {
    for (const auto& output : rule.outputs) output->add_used_slots(used);
  }
  for (const auto& column : parts_.cells) {
    for (const auto& cell : column) add_tests(cell);
  }
}

std::size_t TableCode::depth() const {
  std::size_t depth = 0;
  const auto add = [&](std::size_t one) { depth = std::max(depth, one); };
  const auto add_tests = [&](const std::optional<feel::UnaryTests>& tests) {
    if (tests) add(tests->depth());
  };
  for (const auto& input : parts_.inputs) {
    add(input.value->depth());
    add_tests(input.allowed);
  }
  for (const auto& output : parts_.outputs) {
    if (output.default_value) add(output.default_value->depth());
    add_tests(output.allowed);
  }
  for (const auto& rule : parts_.rules) {
    for (const auto& output : rule.outputs) add(output->depth());
  }
  for (const auto& column : parts_.cells) {
    for (const auto& cell : column) add_tests(cell);
  }
  return depth + 4;
}

Value TableCode::run(Frame& frame) const {
  Few<Value, 12> values(parts_.inputs.size());
  const auto inputs = values.span();
  if (auto refused = evaluate_inputs(frame, inputs)) return *std::move(refused);
  const bool only_first = parts_.hit_policy == HitPolicy::kFirst;
  std::vector<UnknownCell> unknown;
  RuleList found;
  find_matches(inputs, frame, only_first, unknown, found);
  const auto matched = found.span();
  if (frame.context.budget().is_exhausted()) return frame.context.budget().exhausted_value();
  Value value;
  if (matched.empty() && !has_default()) {
    value = no_match(inputs, unknown);
  } else {
    pass_over(unknown, matched, inputs, frame);
    value = matched.empty() ? default_outputs(frame) : outcome(matched, frame);
  }
  if (frame.session.recorder) record(inputs, matched, value, frame);
  return value;
}

// The outcome when a value lies outside what its column allows, or when that is not known.
std::optional<Value> TableCode::evaluate_inputs(Frame& frame, std::span<Value> values) const {
  for (std::size_t c = 0; c < values.size(); ++c) {
    const auto& input = parts_.inputs[c];
    const Value& value = values[c] = input.value->run(frame);
    if (!input.allowed || value.is_null()) continue;
    Value allowed = input.allowed->test(value, facts_of(frame, parts_.scope_size), frame.context);
    if (allowed.null_reason()) return allowed;
    if (!allowed.is_true())
      return Value::error("DM-0102", {{"column", input.label}, {"table", parts_.name}});
  }
  return std::nullopt;
}

bool TableCode::passes(std::size_t column, std::size_t rule, const Value& input,
                       Frame& frame) const {
  const auto& cell = parts_.cells[column][rule];
  return !cell || cell->test(input, facts_of(frame, parts_.scope_size), frame.context).is_true();
}

// Cells that are not true are looked at until one is false: a rule that has one cannot match,
// whatever the facts that are missing.
bool TableCode::rule_holds(std::size_t rule, std::span<const Value> inputs,
                           std::span<const RuleSet* const> sets, Frame& frame,
                           std::vector<UnknownCell>& unknown) const {
  const std::size_t before = unknown.size();
  bool holds = true;
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    const auto& cell = parts_.cells[c][rule];
    if (!cell || (sets[c] != nullptr && !index_[c].is_general(rule))) continue;
    Value hit = cell->test(inputs[c], facts_of(frame, parts_.scope_size), frame.context);
    if (hit.is_true()) continue;
    holds = false;
    if (hit.is_null()) {
      if (hit.null_reason()) unknown.push_back({c, std::move(hit)});
      continue;
    }
    unknown.resize(before);
    return false;
  }
  return holds;
}

std::vector<std::size_t> TableCode::matches(std::span<const Value> inputs, Frame& frame,
                                            bool only_first,
                                            std::vector<UnknownCell>& unknown) const {
  RuleList found;
  find_matches(inputs, frame, only_first, unknown, found);
  return {found.span().begin(), found.span().end()};
}

void TableCode::find_matches(std::span<const Value> inputs, Frame& frame, bool only_first,
                             std::vector<UnknownCell>& unknown, RuleList& matched) const {
  Few<const RuleSet*, 12> sets(inputs.size());  // of the columns that the index knows
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    if (index_[c].is_useful()) sets[c] = index_[c].find(inputs[c]);
  }
  std::vector<std::size_t> counts;  // of unknown cells by column
  std::vector<UnknownCell> here;
  const std::size_t size = parts_.rules.size();
  if (!frame.context.budget().spend(size / 64)) return;
  for (std::size_t word = 0; word * 64 < size; ++word) {
    const std::size_t count = std::min<std::size_t>(64, size - word * 64);
    std::uint64_t left = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    for (const RuleSet* set : sets.span()) {
      if (set != nullptr) left &= set->words()[word];
    }
    for (; left != 0; left &= left - 1) {
      const std::size_t rule = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      if (!frame.context.budget().spend(1)) return;
      here.clear();
      const bool holds = rule_holds(rule, inputs, sets.span(), frame, here);
      if (!here.empty()) counts.resize(inputs.size());
      for (auto& cell : here) {
        if (counts[cell.column]++ < kMaxUnknown) unknown.push_back(std::move(cell));
      }
      if (!holds) continue;
      matched.add(rule);
      if (only_first) return;
    }
  }
}

// What was not known may have decided: it goes with the outcome. Not where a rule that matched
// names null in that column: then its author has said what a missing value means.
void TableCode::pass_over(const std::vector<UnknownCell>& unknown,
                          std::span<const std::size_t> matched, std::span<const Value> inputs,
                          Frame& frame) const {
  for (const auto& [column, value] : unknown) {
    const auto& cells = parts_.cells[column];
    const bool is_named =
        inputs[column].is_null() &&
        std::any_of(matched.begin(), matched.end(), [&](std::size_t rule) {
          return cells[rule] && cells[rule]->text().find("null") != std::string_view::npos;
        });
    const Value& input = inputs[column];
    if (!is_named) frame.context.pass_over(input.null_reason() ? input : value);
  }
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

Value TableCode::output_of(std::size_t rule, std::size_t column, Frame& frame) const {
  const auto& output = parts_.outputs[column];
  const std::string& name = output.name.empty() ? parts_.name : output.name;
  Value value = parts_.rules[rule].outputs[column]->run(frame);
  if (output.is_fitted) return value;
  if (parts_.has_text_outputs && output.type.type.kind() == Type::Kind::kString &&
      is_temporal(value.kind()))
    value = Value::string(feel::text_of(value));
  value = conform(std::move(value), output.type, name, frame.context);
  if (!output.allowed || value.is_null()) return value;
  Value allowed = output.allowed->test(value, facts_of(frame, parts_.scope_size), frame.context);
  if (allowed.null_reason()) return allowed;
  if (!allowed.is_true())
    return Value::error("DM-0107", {{"column", name}, {"table", parts_.name}});
  return value;
}

std::vector<Value> TableCode::outputs_of(std::size_t rule, Frame& frame) const {
  std::vector<Value> outputs;
  outputs.reserve(parts_.outputs.size());
  for (std::size_t i = 0; i < parts_.outputs.size(); ++i)
    outputs.push_back(output_of(rule, i, frame));
  return outputs;
}

Value TableCode::joined(std::vector<Value> outputs) const {
  return shape_ ? Value::context(shape_, std::move(outputs)) : std::move(outputs[0]);
}

// First output first; rows that are as high stay in the order of their rules.
void TableCode::sort_by_priority(std::vector<std::vector<Value>>& rows, Frame& frame) const {
  struct Ranked {
    std::vector<std::size_t> ranks{};
    std::vector<Value> row{};
  };
  std::vector<Ranked> ranked;
  ranked.reserve(rows.size());
  for (auto& row : rows) {
    Ranked one;
    for (std::size_t i = 0; i < parts_.outputs.size(); ++i) {
      const auto& priorities = parts_.outputs[i].priorities;
      if (!frame.context.budget().spend(priorities.size())) return;
      one.ranks.push_back(rank_of(priorities, row[i]));
    }
    one.row = row;
    ranked.push_back(std::move(one));
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Ranked& a, const Ranked& b) { return a.ranks < b.ranks; });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = std::move(ranked[i].row);
}

Value TableCode::outcome(std::span<const std::size_t> matched, Frame& frame) const {
  if (parts_.hit_policy == HitPolicy::kUnique && matched.size() > 1)
    return Value::error("DM-0103", {{"table", parts_.name}, {"rules", numbers_of(matched)}});
  if (gives_one() && matched.size() == 1)
    return shape_ ? joined(outputs_of(matched[0], frame)) : output_of(matched[0], 0, frame);
  std::vector<std::vector<Value>> rows;
  rows.reserve(matched.size());
  for (const auto rule : matched) rows.push_back(outputs_of(rule, frame));
  if (parts_.hit_policy == HitPolicy::kPriority || parts_.hit_policy == HitPolicy::kOutputOrder)
    sort_by_priority(rows, frame);
  std::vector<Value> values;
  values.reserve(rows.size());
  for (auto& row : rows) values.push_back(joined(std::move(row)));
  switch (parts_.hit_policy) {
    case HitPolicy::kAny:
      return common(values, matched);
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

// One outcome of rules that should agree. A null that has a reason neither agrees nor disagrees.
Value TableCode::common(const std::vector<Value>& values,
                        std::span<const std::size_t> matched) const {
  std::vector<Value> unknown;
  const Value* known = nullptr;
  for (const auto& value : values) {
    if (value.null_reason()) {
      unknown.push_back(value);
    } else if (known == nullptr) {
      known = &value;
    } else if (!feel::is_same(*known, value) && !feel::equals(*known, value).value_or(false)) {
      return Value::error("DM-0104", {{"table", parts_.name}, {"rules", numbers_of(matched)}});
    }
  }
  return unknown.empty() ? *known : feel::joined_null(unknown);
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

Value TableCode::result_of(std::span<const std::size_t> matched, Frame& frame) const {
  if (!matched.empty()) return outcome(matched, frame);
  return has_default() ? default_outputs(frame) : no_match({}, {});
}

bool TableCode::has_default() const {
  return std::any_of(parts_.outputs.begin(), parts_.outputs.end(),
                     [](const TableOutput& output) { return output.default_value != nullptr; });
}

Value TableCode::default_outputs(Frame& frame) const {
  std::vector<Value> outputs;
  for (const auto& output : parts_.outputs) {
    outputs.push_back(output.default_value ? conform(output.default_value->run(frame), output.type,
                                                     parts_.name, frame.context)
                                           : Value());
  }
  return joined(std::move(outputs));
}

// Null: for what is missing, where a rule might match were it known, and since no rule matched.
Value TableCode::no_match(std::span<const Value> inputs,
                          const std::vector<UnknownCell>& unknown) const {
  std::vector<Value> reasons;
  std::vector<bool> is_told(inputs.size());
  for (const auto& [column, value] : unknown) {
    const Value& input = inputs[column];
    if (!input.null_reason()) {
      reasons.push_back(value);
    } else if (!is_told[column]) {
      is_told[column] = true;
      reasons.push_back(input);
    }
  }
  reasons.push_back(Value::error("DM-0105", {{"table", parts_.name}}));
  return feel::joined_null(reasons);
}

}  // namespace zicht::dmn::internal
