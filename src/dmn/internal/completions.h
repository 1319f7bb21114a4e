// Decides with every question answered, as the engine does, and looks at what that says of the
// questions that are still open: exactly where there are few combinations, and by one example where
// there are many.
#pragma once

#include <optional>
#include <vector>

#include "dmn/engine.h"
#include "dmn/internal/partial.h"

namespace zicht::dmn::internal {

// What trying all combinations of the answers to `live` says.
struct Tried {
  std::vector<bool> matters{};  // by question of `live`: two outcomes that differ by it alone
  // Of the combinations of those that may still be asked: each gives one outcome whatever the ones
  // that nobody knows, and this is it; null where it cannot be determined. Nothing where two
  // combinations have different outcomes.
  std::optional<feel::Value> outcome{};
  bool is_settled = false;
};

// What evaluating with the answers alone says: all else is missing.
struct Direct {
  feel::Value outcome{};         // null where it cannot be determined, with why
  std::vector<Unknown> lacks{};  // questions of which `answers` has no value and on which it rests
};

class Completions {
 public:
  // `known` by question, null where there is no answer. Requires: all outlive this.
  Completions(const InterviewPlan& plan, const Assignment& known, feel::CallContext& context);

  // The outcome with these answers; what is not answered has its first cell, which matters only
  // where the question does. Null where it cannot be determined.
  [[nodiscard]] feel::Value decide(const Assignment& answers);

  // What Engine::evaluate() and judge_answer() say of the answers.
  [[nodiscard]] Direct evaluate(const Assignment& answers);

  // Nothing where one of `live` has no cells or the combinations are more than `max`.
  // `may_be_asked` by question.
  [[nodiscard]] std::optional<Tried> try_all(const std::vector<Unknown>& live,
                                             const std::vector<bool>& may_be_asked,
                                             std::size_t max);

  // Whether an example is found in which the outcome hangs on this question alone: the others are
  // answered one after the other so that it stays live. `max_work` bounds what `partial` looks at;
  // it is left as it was found.
  [[nodiscard]] bool has_example(Unknown topic, Partial& partial, std::size_t max_work);

 private:
  [[nodiscard]] Answer run(const Assignment& answers);
  [[nodiscard]] bool has_fillers_for_all() const;
  [[nodiscard]] bool differs_by(Unknown topic, Assignment& answers);

  const InterviewPlan& plan_;
  const Assignment& known_;
  feel::CallContext& context_;
};

}  // namespace zicht::dmn::internal
