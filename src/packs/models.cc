#include "packs/models.h"

#include <algorithm>

#include "dmn/check.h"
#include "model/feel_values.h"

namespace zicht::packs {
namespace {

feel::Environment environment_of(std::optional<Date> today) {
  feel::Environment environment;
  environment.zones = &model::no_zones();
  if (today) {
    const auto day = feel::parse_date(today->to_string());
    if (day) environment.today = feel::Value::date(*day);
  }
  return environment;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The inputs that the questions of an interview are about.
std::vector<std::string> asked_inputs(const dmn::Interview& interview) {
  std::vector<std::string> names;
  for (const dmn::Question& question : interview.questions()) names.push_back(question.input);
  return names;
}

// Finds what contradicts an answer that the decision needs, and takes the answers out of the
// question that only contradictions look at.
void look_for_contradictions(const dmn::Engine& engine, const dmn::Interview& interview,
                             const feel::Environment& environment, ModelQuestion& question,
                             InterviewAnswer& made) {
  const std::vector<std::string> own = asked_inputs(interview);
  const auto is_own = [&](const std::string& name) { return is_among(own, name); };
  auto told = dmn::contradictions_in(engine, question.inputs, environment, question.limits);
  made.failure = std::move(told.error);
  // Those of its own answers are told by the interview.
  std::erase_if(told.problems, [&](const Problem& one) { return is_own(one.where); });
  made.problems = std::move(told.problems);
  for (auto& one : told.found) {
    const bool is_accepted = one.may_stand && is_among(question.accepted, one.decision);
    if (!is_accepted && std::any_of(one.answers.begin(), one.answers.end(), is_own))
      made.contradictions.push_back(std::move(one));
  }
  const auto all = dmn::contradictions_of(engine);
  std::erase_if(question.inputs, [&](const dmn::InputValue& input) {
    return !is_own(input.name) && std::any_of(all.begin(), all.end(), [&](const auto& one) {
      return is_among(one.answers, input.name);
    });
  });
}

}  // namespace

ModelAnswer ask_model(const model::DecisionModel& model, const ModelQuestion& question) {
  ModelAnswer made;
  const feel::Environment environment = environment_of(question.today);
  dmn::Request request{.name = question.decision,
                       .inputs = {},
                       .limits = question.limits,
                       .explain = question.explain};
  if (model.engine->has_decision(question.decision)) {
    auto typed = dmn::typed_inputs(*model.engine, question.decision, question.inputs, environment,
                                   question.limits);
    made.problems = std::move(typed.problems);
    made.answer.error = std::move(typed.error);
    made.told = dmn::judge_answer(made.answer);
    if (!made.problems.empty() || made.answer.error) return made;
    request.inputs = std::move(typed.inputs);
  }
  made.answer = model.engine->evaluate(request, environment);
  made.told = dmn::judge_answer(made.answer);
  return made;
}

InterviewAnswer interview_model(const model::DecisionModel& model, ModelQuestion question) {
  InterviewAnswer made;
  const feel::Environment environment = environment_of(question.today);
  const auto interview =
      dmn::Interview::create(model.engine, question.decision, environment, question.limits);
  if (!interview) {
    made.failure = interview.error();
    return made;
  }
  look_for_contradictions(*model.engine, *interview, environment, question, made);
  if (made.failure) return made;
  auto given = interview->replies_in(question.inputs, question.limits);
  for (Problem& problem : given.problems) made.problems.push_back(std::move(problem));
  made.failure = std::move(given.error);
  if (!made.problems.empty() || made.failure || !made.contradictions.empty()) return made;
  dmn::InterviewLimits limits;
  limits.evaluation = question.limits;
  auto step = interview->next(given.replies, limits);
  if (!step) {
    made.failure = step.error();
    return made;
  }
  made.step = *std::move(step);
  if (made.step.next) return made;
  const auto inputs =
      interview->inputs_of(dmn::with_stand_ins(given.replies, made.step), question.limits);
  if (!inputs) {
    made.failure = inputs.error();
    return made;
  }
  made.end.answer = model.engine->evaluate({.name = question.decision,
                                            .inputs = *inputs,
                                            .limits = question.limits,
                                            .explain = question.explain},
                                           environment);
  made.end.told = dmn::judge_answer(made.end.answer);
  return made;
}

std::vector<Diagnostic> check_models(const model::Pack& pack) {
  std::vector<Diagnostic> all;
  for (const auto& model : pack.models) {
    for (auto& one : dmn::check_model(*model.engine, environment_of(std::nullopt)))
      all.push_back(std::move(one));
  }
  return all;
}

}  // namespace zicht::packs
