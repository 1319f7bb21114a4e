// Telling how a table came to its outcome.
#include <algorithm>

#include "dmn/internal/table.h"
#include "feel/operators.h"

namespace zicht::dmn::internal {

using feel::Value;

namespace {

CellVerdict verdict_of(const Value& value) {
  return value.is_true()    ? CellVerdict::kTrue
         : value.is_false() ? CellVerdict::kFalse
                            : CellVerdict::kUnknown;
}

// What the test of constants says, as UnaryTests::test does, without an evaluation.
bool constants_hold(const feel::UnaryTests& cell, const Value& input) {
  const auto constants = cell.constants();
  if (cell.is_negated()) {
    return std::all_of(constants.begin(), constants.end(),
                       [&](const Value& one) { return feel::in(input, one).is_false(); });
  }
  return std::any_of(constants.begin(), constants.end(),
                     [&](const Value& one) { return feel::in(input, one).is_true(); });
}

}  // namespace

std::string policy_name(HitPolicy policy, Aggregation aggregation) {
  constexpr std::string_view kPolicies[] = {"UNIQUE",     "ANY",          "PRIORITY", "FIRST",
                                            "RULE ORDER", "OUTPUT ORDER", "COLLECT"};
  constexpr std::string_view kAggregations[] = {"", " SUM", " COUNT", " MIN", " MAX"};
  return std::string(kPolicies[static_cast<int>(policy)])
      .append(kAggregations[static_cast<int>(aggregation)]);
}

// Whether what a brief explanation tells of the table is in its inputs and its outcome.
bool TableCode::can_be_told_later(std::span<const std::size_t> matched, const Value& value) const {
  if (matched.empty()) return has_constant_cells_;
  return gives_one() && matched.size() == 1 && (!shape_ || value.is(feel::Kind::kContext));
}

// Where it cannot wait, cells and outputs are evaluated once more, on the recorder's budget and
// with nothing recorded or passed over: what is told changes no outcome.
void TableCode::record(std::span<Value> inputs, std::span<const std::size_t> matched,
                       const Value& value, Frame& frame) const {
  Recorder& recorder = *frame.session.recorder;
  if (!recorder.wants_table()) return;
  const bool is_full = recorder.is_full();
  if (!is_full && can_be_told_later(matched, value)) {
    recorder.add(*this, inputs, matched.empty() ? std::nullopt : std::optional(matched[0]), value);
    return;
  }
  feel::CallContext context(frame.context.environment(), recorder.budget());
  const Session unrecorded{frame.session.graph, nullptr};
  std::vector<Value> slots(frame.slots.begin(), frame.slots.end());
  Frame again{context, unrecorded, slots};
  TableTrace trace = trace_of(inputs, value);
  const std::size_t count = is_full ? parts_.rules.size() : matched.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t rule = is_full ? i : matched[i];
    const bool has_matched = std::binary_search(matched.begin(), matched.end(), rule);
    RuleTrace told = trace_of(rule, has_matched);
    if (has_matched) told.outputs = outputs_of(rule, again);
    if (is_full) add_cells(told, inputs, again);
    if (recorder.budget().is_exhausted()) break;
    trace.rules.push_back(std::move(told));
  }
  const auto may_go_on = [&](std::size_t) { return !recorder.budget().is_exhausted(); };
  if (is_full || matched.empty()) {
    trace.near_misses = near_misses(
        matched,
        [&](std::size_t column, std::size_t rule) {
          return passes(column, rule, inputs[column], again);
        },
        may_go_on);
  }
  trace.is_cut = recorder.budget().is_exhausted();
  if (trace.is_cut) trace.near_misses.clear();
  recorder.add(std::move(trace));
}

TableTrace TableCode::tell(std::span<const Value> inputs, std::optional<std::size_t> matched,
                           const Value& value, feel::Budget& budget) const {
  TableTrace trace = trace_of(inputs, value);
  if (matched) {
    RuleTrace rule = trace_of(*matched, true);
    if (shape_) {
      const auto slots = value.as_context().slots();
      rule.outputs.assign(slots.begin(), slots.end());
    } else {
      rule.outputs = {value};
    }
    trace.rules.push_back(std::move(rule));
    return trace;
  }
  trace.near_misses = near_misses(
      {},
      [&](std::size_t column, std::size_t rule) {
        const auto& cell = parts_.cells[column][rule];
        return !cell || constants_hold(*cell, inputs[column]);
      },
      [&](std::size_t steps) { return budget.spend(steps); });
  trace.is_cut = budget.is_exhausted();
  if (trace.is_cut) trace.near_misses.clear();
  return trace;
}

TableTrace TableCode::trace_of(std::span<const Value> inputs, const Value& value) const {
  TableTrace trace;
  trace.name = parts_.name;
  trace.id = parts_.written->id;
  trace.line = parts_.written->line;
  trace.hit_policy = policy_name(parts_.hit_policy, parts_.aggregation);
  for (std::size_t c = 0; c < inputs.size(); ++c)
    trace.inputs.push_back({parts_.inputs[c].label, inputs[c]});
  trace.value = value;
  return trace;
}

RuleTrace TableCode::trace_of(std::size_t rule, bool has_matched) const {
  const Rule& written = *parts_.rules[rule].written;
  RuleTrace trace;
  trace.number = static_cast<std::uint32_t>(rule + 1);
  trace.id = written.id;
  trace.line = written.line;
  trace.has_matched = has_matched;
  trace.annotations = written.annotations;
  return trace;
}

void TableCode::add_cells(RuleTrace& trace, std::span<const Value> inputs, Frame& frame) const {
  const std::size_t rule = trace.number - 1;
  const Rule& written = *parts_.rules[rule].written;
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    CellTrace cell;
    cell.text = written.inputs[c].text;
    cell.line = written.inputs[c].line;
    cell.verdict = CellVerdict::kTrue;
    if (const auto& tests = parts_.cells[c][rule]) {
      cell.parts =
          tests->explain(inputs[c], {frame.slots.data(), parts_.scope_size}, frame.context);
      cell.verdict = verdict_of(cell.parts.value);
      cell.causes = cell.parts.causes;
    }
    trace.cells.push_back(std::move(cell));
  }
}

// The cells of a rule must all be true, so the smallest set that blocks it is the set of those that
// are not.
template <class IsTrue, class MayGoOn>
std::vector<NearMiss> TableCode::near_misses(std::span<const std::size_t> matched,
                                             const IsTrue& is_true,
                                             const MayGoOn& may_go_on) const {
  std::vector<NearMiss> nearest;
  const std::size_t columns = parts_.inputs.size();
  for (std::size_t rule = 0; rule < parts_.rules.size(); ++rule) {
    if (!may_go_on(columns)) break;
    if (std::binary_search(matched.begin(), matched.end(), rule)) continue;
    NearMiss miss{static_cast<std::uint32_t>(rule + 1), {}};
    for (std::size_t c = 0; c < columns; ++c) {
      if (!is_true(c, rule)) miss.columns.push_back(static_cast<std::uint32_t>(c));
    }
    if (miss.columns.empty()) continue;  // it did match; FIRST stopped before it
    if (!nearest.empty() && miss.columns.size() < nearest[0].columns.size()) nearest.clear();
    const bool fits = nearest.empty() || miss.columns.size() == nearest[0].columns.size();
    if (fits && nearest.size() < TableTrace::kMaxNearMisses) nearest.push_back(std::move(miss));
  }
  return nearest;
}

}  // namespace zicht::dmn::internal
