// Telling what an evaluation wrote down.
#include <algorithm>
#include <span>

#include "dmn/internal/graph.h"
#include "dmn/internal/recorder.h"

namespace zicht::dmn {

namespace internal {
namespace {

std::vector<TableTrace> told_tables(const Recording& recording, const DecisionNote& decision,
                                    feel::Budget& budget) {
  std::vector<TableTrace> told;
  told.reserve(decision.table_count);
  std::size_t at = decision.first_table;
  for (std::size_t i = 0; i < decision.table_count; ++i) {
    const TableNote& note = recording.tables[at];
    at = note.next;
    if (note.told) {
      told.push_back(*note.told);
      continue;
    }
    const std::span values = recording.values;
    const auto inputs = values.subspan(note.first_value, note.table->parts().inputs.size());
    told.push_back(note.table->tell(inputs, note.matched, note.value, budget));
  }
  return told;
}

DecisionTrace told_decision(const Recording& recording, std::size_t decision,
                            feel::Budget& budget) {
  const DecisionNote& note = recording.decisions[decision];
  const Node& node = *note.node;
  DecisionTrace trace;
  trace.name = node.name;
  trace.id = node.element->id;
  trace.file = node.model->file;
  trace.line = node.element->line;
  trace.sources = node.sources;
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    const feel::Value& value = recording.values[note.first_value + i];
    if (!value.is(feel::Kind::kFunction)) trace.inputs.push_back({node.slots[i].name, value});
  }
  trace.tables = told_tables(recording, note, budget);
  trace.is_cut = note.is_cut || std::any_of(trace.tables.begin(), trace.tables.end(),
                                            [](const TableTrace& one) { return one.is_cut; });
  trace.value = note.value;
  trace.passed_over = note.passed_over;
  if (const auto reason = note.value.null_reason())
    trace.causes.assign(reason->causes().begin(), reason->causes().end());
  return trace;
}

}  // namespace
}  // namespace internal

std::vector<DecisionTrace> Explanation::decisions() const {
  std::vector<DecisionTrace> told;
  if (!recording_) return told;
  feel::Budget budget({.steps = internal::kMaxTellingSteps});
  for (std::size_t i = first_; i < last_; ++i)
    told.push_back(internal::told_decision(*recording_, recording_->decisions[i].ended, budget));
  return told;
}

}  // namespace zicht::dmn
