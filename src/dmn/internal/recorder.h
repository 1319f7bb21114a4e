// Collects an explanation while decisions are evaluated.
#pragma once

#include <utility>

#include "dmn/explanation.h"
#include "feel/budget.h"

namespace zicht::dmn::internal {

// One for one evaluation on one thread. Functions that an evaluation makes keep it alive.
class Recorder {
 public:
  explicit Recorder(ExplainLevel level) : level_(level) {}

  [[nodiscard]] bool is_full() const { return level_ == ExplainLevel::kFull; }

  // What telling costs is not the evaluation's: the same facts spend the same, told or not.
  [[nodiscard]] feel::Budget& budget() { return budget_; }

  // Tables belong to the decision that was begun last and has not ended.
  void begin(DecisionTrace trace) { open_.push_back(std::move(trace)); }
  void end(feel::Value value, std::vector<feel::NullCause> passed_over) {
    auto& trace = open_.back();
    trace.passed_over = std::move(passed_over);
    if (const auto reason = value.null_reason()) {
      const auto causes = reason->causes();
      trace.causes.assign(causes.begin(), causes.end());
    }
    trace.value = std::move(value);
    done_.decisions.push_back(std::move(trace));
    open_.pop_back();
  }
  // Whether there is room for one more table: whoever makes a trace asks first.
  [[nodiscard]] bool wants_table() {
    if (open_.empty()) return false;
    const bool has_room = open_.back().tables.size() < kMaxTables && !budget_.is_exhausted();
    if (!has_room) open_.back().is_cut = true;
    return has_room;
  }
  void add(TableTrace trace) {
    open_.back().is_cut = open_.back().is_cut || trace.is_cut;
    open_.back().tables.push_back(std::move(trace));
  }

  // What was told since it was taken last.
  [[nodiscard]] Explanation take() { return std::exchange(done_, {}); }

 private:
  // A table in knowledge that is called for each item of a long list is not told each time.
  static constexpr std::size_t kMaxTables = 200;
  static constexpr std::uint64_t kMaxSteps = 1'000'000;

  ExplainLevel level_;
  std::vector<DecisionTrace> open_{};
  Explanation done_{};
  feel::Budget budget_{{.steps = kMaxSteps}};
};

}  // namespace zicht::dmn::internal
