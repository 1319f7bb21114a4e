#include "dmn/contradiction.h"

#include <algorithm>

#include "dmn/internal/graph.h"

namespace zicht::dmn {
namespace {

constexpr std::string_view kNamespace = "urn:zicht:dmn";
constexpr std::string_view kNever = "contradiction";
constexpr std::string_view kHardlyEver = "doubt";

bool is_marked(const Element& element, std::string_view mark) {
  return std::any_of(element.extensions.begin(), element.extensions.end(), [&](const auto& one) {
    return one.namespace_uri == kNamespace && one.name == mark;
  });
}

bool is_given(const InputValue& input, const Contradiction& contradiction) {
  const auto& answers = contradiction.answers;
  return !input.value.is_null() &&
         std::find(answers.begin(), answers.end(), input.name) != answers.end();
}

void add_new(std::vector<Problem>& problems, std::vector<Problem> more) {
  for (Problem& problem : more) {
    const bool is_told = std::any_of(problems.begin(), problems.end(), [&](const Problem& one) {
      return one.id == problem.id && one.where == problem.where;
    });
    if (!is_told) problems.push_back(std::move(problem));
  }
}

}  // namespace

std::vector<Contradiction> contradictions_of(const Engine& engine) {
  std::vector<Contradiction> all;
  for (const auto& node : engine.graph().nodes) {
    if (node.kind != internal::NodeKind::kDecision) continue;
    if (node.model != engine.graph().models.front().get()) continue;
    const bool may_stand = is_marked(*node.element, kHardlyEver);
    if (!may_stand && !is_marked(*node.element, kNever)) continue;
    Contradiction made{.decision = node.name,
                       .question = static_cast<const Decision&>(*node.element).question,
                       .answers = {},
                       .may_stand = may_stand};
    for (const auto& input : engine.inputs_of(TargetKind::kDecision, node.name))
      made.answers.push_back(input.name);
    all.push_back(std::move(made));
  }
  return all;
}

FoundContradictions contradictions_in(const Engine& engine, const std::vector<InputValue>& given,
                                      const feel::Environment& environment,
                                      const feel::Limits& limits) {
  FoundContradictions told;
  for (Contradiction& one : contradictions_of(engine)) {
    std::vector<InputValue> answers;
    for (const InputValue& input : given)
      if (is_given(input, one)) answers.push_back(input);
    auto typed = typed_inputs(engine, one.decision, answers, environment, limits);
    add_new(told.problems, std::move(typed.problems));
    if (typed.error) return told.error = std::move(typed.error), told;
    const Answer answer = engine.evaluate(
        {.name = one.decision, .inputs = std::move(typed.inputs), .limits = limits}, environment);
    if (answer.error) return told.error = answer.error, told;
    if (answers.empty() || !answer.value.is_true()) continue;
    one.answers.clear();
    for (const InputValue& input : answers) one.answers.push_back(input.name);
    told.found.push_back(std::move(one));
  }
  return told;
}

}  // namespace zicht::dmn
