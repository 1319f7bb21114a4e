// The decision models of a pack: asking one, and what is doubtful in them.
//
//     const ModelAnswer answer = ask_model(*pack.find_model("ladder"), {.decision = "Next step",
//                                          .inputs = {{"Level", Value::number(2)}}, .today = day});
//     if (!answer.problems.empty()) refuse(answer.problems);
//     show(dmn::outcome_name(answer.told.outcome), answer.answer.value);
//
// Models of packs deal in days, as the rules of forms do: they know no time zones and no moment, so
// the same question on the same day has the same answer for ever. Pure and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "dmn/contradiction.h"
#include "dmn/inputs.h"
#include "dmn/interview.h"
#include "model/pack.h"

namespace zicht::packs {

// Of one question: far more than a table that people can read takes.
inline constexpr feel::Limits kModelLimits = {
    .steps = 2'000'000, .bytes = std::size_t{64} << 20, .depth = 64};

struct ModelQuestion {
  std::string decision{};                 // its name or id
  std::vector<dmn::InputValue> inputs{};  // as JSON or texts have them
  std::optional<Date> today{};            // absent: today() cannot be determined
  dmn::ExplainLevel explain = dmn::ExplainLevel::kOff;
  feel::Limits limits = kModelLimits;  // of reading the inputs, and once more of evaluating
  std::vector<std::string> accepted{};  // doubts that the person says to be so, by their decisions
};

struct ModelAnswer {
  std::vector<Problem> problems{};  // of the inputs (dmn/inputs.h); then nothing was evaluated
  // With `error`: DM-0050 for an unknown decision, FE-0101 to FE-0103 where the limits are spent.
  dmn::Answer answer{};
  dmn::Told told{};

  [[nodiscard]] const std::optional<Error>& error() const { return answer.error; }
};

[[nodiscard]] ModelAnswer ask_model(const model::DecisionModel& model,
                                    const ModelQuestion& question);

// One step of an interview (dmn/interview.h).
struct InterviewAnswer {
  std::vector<Problem> problems{};  // of the answers; then nothing was asked
  std::optional<Error> failure{};   // DM-0050, FE-0101 to FE-0103
  // Answers that cannot stand beside each other, of which the decision needs one at least. Then
  // nothing is asked and nothing concluded before one of them is changed, or a doubt accepted.
  std::vector<dmn::Contradiction> contradictions{};
  dmn::Step step{};
  // Without `step.next`: what evaluating the answers and what stands in gives, with its
  // explanation.
  ModelAnswer end{};

  [[nodiscard]] const std::optional<Error>& error() const {
    return failure ? failure : end.error();
  }
};

// The inputs of the question are the answers so far: null is "not known", what is not there was not
// asked. Answers to other questions are taken as far as contradictions look at them.
[[nodiscard]] InterviewAnswer interview_model(const model::DecisionModel& model,
                                              ModelQuestion question);

// Gaps, overlaps, rules that never count, inputs that nothing uses (dmn/check.h): warnings for who
// makes the pack. Takes longer than loading it.
[[nodiscard]] std::vector<Diagnostic> check_models(const model::Pack& pack);

}  // namespace zicht::packs
