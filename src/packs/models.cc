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
  dmn::Request request{
      .name = question.decision, .inputs = {}, .limits = kModelLimits, .explain = question.explain};
  if (model.engine->has_decision(question.decision)) {
    auto typed = dmn::typed_inputs(*model.engine, question.decision, question.inputs, environment);
    made.problems = std::move(typed.problems);
    if (!made.problems.empty()) return made;
    request.inputs = std::move(typed.inputs);
  }
  made.answer = model.engine->evaluate(request, environment);
  made.told = dmn::judge_answer(made.answer);
  return made;
}

InterviewAnswer interview_model(const model::DecisionModel& model, const ModelQuestion& question) {
  InterviewAnswer made;
  const feel::Environment environment = environment_of(question.today);
  const auto interview = dmn::Interview::create(model.engine, question.decision, environment);
  if (!interview) {
    made.error = interview.error();
    return made;
  }
  auto given = interview->replies_in(question.inputs);
  made.problems = std::move(given.problems);
  if (!made.problems.empty()) return made;
  dmn::InterviewLimits limits;
  limits.evaluation = kModelLimits;
  auto step = interview->next(given.replies, limits);
  if (!step) {
    made.error = step.error();
    return made;
  }
  made.step = *std::move(step);
  if (made.step.next) return made;
  const auto inputs = interview->inputs_of(given.replies);
  if (!inputs) {
    made.error = inputs.error();
    return made;
  }
  made.end.answer = model.engine->evaluate({.name = question.decision,
                                            .inputs = *inputs,
                                            .limits = kModelLimits,
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
