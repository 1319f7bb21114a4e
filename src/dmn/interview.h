// An interview about one decision: asks only what still matters, always what decides most next, and
// ends in an outcome, or in what is missing to have one.
//
//     ZICHT_TRY(interview, Interview::create(engine, "Entitled", environment));
//     ZICHT_TRY(step, interview.next(replies));
//     if (step.next) ask(step.next->question);          // and once more with the reply
//     else show(step.outcome, step.missing);
//
// A question is an input of the decision, or a member of an input that is a context; it is named as
// expressions name it ("Applicant.age"). Nothing is remembered between steps: all replies so far
// come in, so going back or changing one is leaving it out or giving another.
//
// What is not known, be it unasked or unknown to the person, counts as one of the values that it
// may have, and a question matters where two of them lead to different outcomes. An outcome is
// settled when all of them lead to it, and nothing is asked any more: also where what the person
// does not know makes that the outcome cannot be determined whatever else is answered. Evaluation
// may still look at what nobody answered (a rule that it has to pass over); then a value stands in
// for it, and any other would do as well (Step::stand_ins). So an interview ends in exactly what
// Engine::evaluate() and judge_answer() say of inputs_of(with_stand_ins()). A model
// may say itself what it means that something is missing (a cell `null`): then that is an answer.
//
// The values of a question are one for each cell: allowed values, booleans, and for numbers, dates,
// texts and lengths of time what lies between the points that the model compares them with. Where
// something else looks at a question (a sum, a function, a boxed context) and its values are not
// listed there are no cells; the interview then asks rather than concludes. `settled` is never said
// wrongly; a question too many can be asked (Step::is_exact, docs/decisions/0035).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "dmn/engine.h"

namespace zicht::dmn {

namespace internal {
struct InterviewPlan;
}

struct Question {
  std::string name{};
  std::string label{};                 // empty where the author gives none
  std::string description{};           // of the input
  std::string input{};                 // the input that it is part of
  std::vector<std::string> path{};     // of members within it; empty: the input itself
  feel::Type type{};                   // Any where the model does not tell
  std::vector<feel::Value> choices{};  // all values that are allowed, where they are listed
  bool names_missing = false;          // that it is missing is an answer to the model
};

// What is known of one question. Without value: the person was asked and does not know.
struct Reply {
  std::string question{};
  std::optional<feel::Value> value{};
};

// The replies in what people gave, and what is wrong with it.
struct GivenReplies {
  std::vector<Reply> replies{};
  // As typed_inputs() says it (dmn/inputs.h); `where` is the name of the question.
  std::vector<Problem> problems{};
  std::optional<Error> error{};  // FE-0101 to FE-0103: the limits were spent, the rest was not read
};

// A decision that a question bears on, the nearest first.
struct Bearing {
  std::string decision{};
  std::string decision_question{};  // the question that the decision answers, as its author has it
  std::string id{};
  std::uint32_t line = 0;
  std::vector<std::uint32_t> rules{};  // from 1: undecided rules of its tables that look at it
  std::vector<SourceTrace> sources{};  // laws, guidelines
};

struct Asked {
  Question question{};
  std::vector<Bearing> why{};
  // Whether an answer surely can change the outcome, whatever else may hold: an example was found.
  bool is_certain = false;
  // No answer changes what comes out, but evaluation looks at it, and no value is known that could
  // stand in for one: the author does not say of what type it is, or what is allowed is not found.
  bool is_passed_over = false;
  // Of what was undecided, the part that is expected to stay so when this is answered: 0..1.
  double expected_left = 1;
};

// What evaluation is given for a question that has no answer and changes nothing: any other value
// would do as well.
struct StandIn {
  Question question{};
  feel::Value value{};
};

struct Step {
  // No further answer can change the outcome. Without `next` and not settled: the outcome rests on
  // what is unknown to the person.
  bool is_settled = false;
  // Whether all combinations of what is open were tried: then what matters is known exactly.
  bool is_exact = false;
  // Without `next`: what evaluating the answers and what stands in gives; null, with reasons, where
  // that cannot be determined.
  feel::Value outcome{};
  // Without `next`: for each question that has no answer, that evaluation looks at and that changes
  // nothing. To be evaluated with (with_stand_ins()), and to be shown as what it is.
  std::vector<StandIn> stand_ins{};
  std::optional<Asked> next{};
  std::vector<std::string> open{};  // questions that may still be asked, in the order of the model
  std::vector<std::string> missing{};  // that the person does not know and that matter
  std::size_t undecided = 0;           // rules and conditions that still may go either way
};

struct InterviewLimits {
  std::size_t combinations = 4096;  // that are tried to know exactly
  std::size_t work = 20'000;        // decisions looked at to choose what to ask
  std::size_t answers = 64;         // of one question, evenly chosen, to say what it decides
  feel::Limits evaluation{};
};

class Interview {
 public:
  // Errors: DM-0050 there is no such decision, FE-0101 and on. Requires: `environment.zones`; what
  // it points at outlives this. The day and the moment of it are those of the whole interview.
  [[nodiscard]] static Result<Interview> create(const std::shared_ptr<const Engine>& engine,
                                                std::string_view decision,
                                                const feel::Environment& environment,
                                                const feel::Limits& limits = {});

  // All questions that the decision can lead to, in the order of the model.
  [[nodiscard]] std::vector<Question> questions() const;

  // The replies in inputs as JSON or texts have them: null is "not known", and of a context each
  // member is a reply.
  [[nodiscard]] GivenReplies replies_in(const std::vector<InputValue>& given,
                                        const feel::Limits& limits = {}) const;

  // Deterministic: the same replies give the same step. May spend the budget of evaluation twice.
  // Thread-safe.
  // Errors: DM-0051 no such question, DM-0052 a value of another type, DM-0053 one that is not
  // allowed, FE-0101 and on when the budget is spent.
  [[nodiscard]] Result<Step> next(std::span<const Reply> replies,
                                  const InterviewLimits& limits = {}) const;

  // The replies as inputs of a request, to evaluate and explain with: what is not known is missing.
  // Of two about one question the last one counts.
  [[nodiscard]] Result<std::vector<InputValue>> inputs_of(std::span<const Reply> replies,
                                                          const feel::Limits& limits = {}) const;

 private:
  Interview(std::shared_ptr<const internal::InterviewPlan> plan,
            const feel::Environment& environment)
      : plan_(std::move(plan)), environment_(environment) {}

  std::shared_ptr<const internal::InterviewPlan> plan_;
  feel::Environment environment_;
};

// The replies, and after them what stands in.
[[nodiscard]] std::vector<Reply> with_stand_ins(std::span<const Reply> replies, const Step& step);

// What is said of an answer that is no value of the question: DM-0052.
[[nodiscard]] Error wrong_answer(const Question& question);

[[nodiscard]] Json to_json(const Step& step);

}  // namespace zicht::dmn
