#include "packs/models.h"

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

InterviewAnswer interview_model(const model::DecisionModel& model, const ModelQuestion& question) {
  InterviewAnswer made;
  const feel::Environment environment = environment_of(question.today);
  const auto interview =
      dmn::Interview::create(model.engine, question.decision, environment, question.limits);
  if (!interview) {
    made.failure = interview.error();
    return made;
  }
  auto given = interview->replies_in(question.inputs, question.limits);
  made.problems = std::move(given.problems);
  made.failure = std::move(given.error);
  if (!made.problems.empty() || made.failure) return made;
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
