// Telling how a table came to its outcome.
#include <algorithm>

#include "dmn/internal/table.h"

namespace zicht::dmn::internal {

using feel::Value;

namespace {

CellVerdict verdict_of(const Value& value) {
  return value.is_true()    ? CellVerdict::kTrue
         : value.is_false() ? CellVerdict::kFalse
                            : CellVerdict::kUnknown;
}

}  // namespace

std::string policy_name(HitPolicy policy, Aggregation aggregation) {
  constexpr std::string_view kPolicies[] = {"UNIQUE",     "ANY",          "PRIORITY", "FIRST",
                                            "RULE ORDER", "OUTPUT ORDER", "COLLECT"};
  constexpr std::string_view kAggregations[] = {"", " SUM", " COUNT", " MIN", " MAX"};
  return std::string(kPolicies[static_cast<int>(policy)])
      .append(kAggregations[static_cast<int>(aggregation)]);
}

// Cells and outputs are evaluated once more, on the recorder's budget and with nothing recorded or
// passed over: what is told changes no outcome.
void TableCode::record(std::span<const Value> inputs, const std::vector<std::size_t>& matched,
                       const Value& value, Frame& frame) const {
  Recorder& recorder = *frame.session.recorder;
  if (!recorder.wants_table()) return;
  feel::CallContext context(frame.context.environment(), recorder.budget());
  const Session unrecorded{frame.session.graph, nullptr};
  Frame again{context, unrecorded, frame.slots};
  TableTrace trace;
  trace.name = parts_.name;
  trace.id = parts_.written->id;
  trace.line = parts_.written->line;
  trace.hit_policy = policy_name(parts_.hit_policy, parts_.aggregation);
  for (std::size_t c = 0; c < inputs.size(); ++c)
    trace.inputs.push_back({parts_.inputs[c].label, inputs[c]});
  for (std::size_t rule = 0; rule < parts_.rules.size(); ++rule) {
    const bool has_matched = std::binary_search(matched.begin(), matched.end(), rule);
    if (!recorder.is_full() && !has_matched) continue;
    auto told = trace_rule(rule, inputs, has_matched, recorder.is_full(), again);
    if (recorder.budget().is_exhausted()) break;
    trace.rules.push_back(std::move(told));
  }
  if (recorder.is_full() || matched.empty())
    trace.near_misses = near_misses(inputs, matched, again);
  trace.is_cut = recorder.budget().is_exhausted();
  if (trace.is_cut) trace.near_misses.clear();
  trace.value = value;
  recorder.add(std::move(trace));
}

RuleTrace TableCode::trace_rule(std::size_t rule, std::span<const Value> inputs, bool has_matched,
                                bool is_full, Frame& frame) const {
  const Rule& written = *parts_.rules[rule].written;
  RuleTrace trace;
  trace.number = static_cast<std::uint32_t>(rule + 1);
  trace.id = written.id;
  trace.line = written.line;
  trace.has_matched = has_matched;
  trace.annotations = written.annotations;
  if (has_matched) trace.outputs = outputs_of(rule, frame);
  if (!is_full) return trace;
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
  return trace;
}

// The cells of a rule must all be true, so the smallest set that blocks it is the set of those that
// are not.
std::vector<NearMiss> TableCode::near_misses(std::span<const Value> inputs,
                                             const std::vector<std::size_t>& matched,
                                             Frame& frame) const {
  std::vector<NearMiss> nearest;
  for (std::size_t rule = 0; rule < parts_.rules.size(); ++rule) {
    if (std::binary_search(matched.begin(), matched.end(), rule)) continue;
    NearMiss miss{static_cast<std::uint32_t>(rule + 1), {}};
    for (std::size_t c = 0; c < inputs.size(); ++c) {
      if (!passes(c, rule, inputs[c], frame)) miss.columns.push_back(static_cast<std::uint32_t>(c));
    }
    if (miss.columns.empty()) continue;  // it did match; FIRST stopped before it
    if (!nearest.empty() && miss.columns.size() < nearest[0].columns.size()) nearest.clear();
    const bool fits = nearest.empty() || miss.columns.size() == nearest[0].columns.size();
    if (fits && nearest.size() < TableTrace::kMaxNearMisses) nearest.push_back(std::move(miss));
  }
  return nearest;
}

}  // namespace zicht::dmn::internal
