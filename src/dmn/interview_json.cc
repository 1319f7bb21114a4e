// An interview's step for programs.
#include "dmn/interview.h"
#include "feel/value_json.h"

namespace zicht::dmn {
namespace {

json::object question_json(const Question& question) {
  json::object object;
  object["name"] = question.name;
  object["input"] = question.input;
  if (!question.path.empty()) {
    json::array path;
    for (const auto& member : question.path) path.emplace_back(member);
    object["path"] = std::move(path);
  }
  if (!question.label.empty()) object["label"] = question.label;
  if (!question.description.empty()) object["description"] = question.description;
  object["type"] = question.type.to_string();
  json::array choices;
  for (const auto& one : question.choices) choices.push_back(feel::json_of(one));
  if (!choices.empty()) object["choices"] = std::move(choices);
  if (question.names_missing) object["names_missing"] = true;
  return object;
}

json::object bearing_json(const Bearing& bearing) {
  json::object object;
  object["decision"] = bearing.decision;
  if (!bearing.decision_question.empty()) object["question"] = bearing.decision_question;
  object["id"] = bearing.id;
  object["line"] = bearing.line;
  json::array rules;
  for (const auto rule : bearing.rules) {
    if (rules.size() == kMaxShown) break;
    rules.emplace_back(rule);
  }
  if (rules.size() < bearing.rules.size()) object["is_cut"] = true;
  if (!rules.empty()) object["rules"] = std::move(rules);
  if (!bearing.sources.empty()) object["sources"] = to_json(bearing.sources);
  return object;
}

json::array names_json(const std::vector<std::string>& names) {
  json::array array;
  for (const auto& one : names) array.emplace_back(one);
  return array;
}

}  // namespace

Json to_json(const Step& step) {
  json::object object;
  object["settled"] = step.is_settled;
  object["exact"] = step.is_exact;
  object["outcome"] = feel::json_of(step.outcome);
  if (const auto reason = step.outcome.null_reason()) {
    const auto causes = reason->causes();
    object["causes"] = to_json(std::vector<feel::NullCause>(causes.begin(), causes.end()));
  }
  object["undecided"] = step.undecided;
  if (step.next) {
    json::object next = question_json(step.next->question);
    next["certain"] = step.next->is_certain;
    if (step.next->is_passed_over) next["passed_over"] = true;
    next["expected_left"] = step.next->expected_left;
    json::array why;
    for (const auto& one : step.next->why) why.push_back(bearing_json(one));
    next["why"] = std::move(why);
    object["next"] = std::move(next);
  } else {
    object["next"] = nullptr;
  }
  if (!step.next) {
    json::array stand_ins;
    for (const auto& one : step.stand_ins) {
      json::object stand_in = question_json(one.question);
      stand_in["value"] = feel::json_of(one.value);
      stand_ins.push_back(std::move(stand_in));
    }
    object["stand_ins"] = std::move(stand_ins);
  }
  object["open"] = names_json(step.open);
  object["missing"] = names_json(step.missing);
  return object;
}

}  // namespace zicht::dmn
