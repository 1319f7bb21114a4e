// Collects an explanation while decisions are evaluated.
#pragma once

#include "dmn/explanation.h"

namespace zicht::dmn::internal {

// One for one evaluation on one thread. Functions that an evaluation makes keep it alive.
class Recorder {
 public:
  explicit Recorder(ExplainLevel level) : level_(level) {}

  [[nodiscard]] bool is_full() const { return level_ == ExplainLevel::kFull; }

  // Tables belong to the decision that was begun last and has not ended.
  void begin(DecisionTrace trace) { open_.push_back(std::move(trace)); }
  void end(feel::Value value) {
    auto& trace = open_.back();
    if (const auto reason = value.null_reason()) {
      const auto causes = reason->causes();
      trace.causes.assign(causes.begin(), causes.end());
    }
    trace.value = std::move(value);
    done_.decisions.push_back(std::move(trace));
    open_.pop_back();
  }
  void add(TableTrace trace) {
    if (!open_.empty() && open_.back().tables.size() < kMaxTables)
      open_.back().tables.push_back(std::move(trace));
  }

  [[nodiscard]] Explanation take() { return std::move(done_); }

 private:
  // A table in knowledge that is called for each item of a long list is not told each time.
  static constexpr std::size_t kMaxTables = 200;

  ExplainLevel level_;
  std::vector<DecisionTrace> open_{};
  Explanation done_{};
};

}  // namespace zicht::dmn::internal
