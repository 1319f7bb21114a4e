#include "server/dmn_interview.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <iostream>
#include <set>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "feel/value_json.h"
#include "server/folder.h"
#include "server/terminal.h"

namespace zicht::server {
namespace {

using feel::Value;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& one : words) text.append(text.empty() ? "" : ", ").append(one);
  return text;
}

// What a person types, as the question wants it; nothing where it is no such value.
std::optional<Value> understood(const dmn::Question& question, const std::string& typed,
                                const TimeZones& zones) {
  if (question.type.kind() == feel::Type::Kind::kBoolean) {
    for (const char* word : {"ja", "j", "yes", "y", "true"})
      if (typed == word) return Value::boolean(true);
    for (const char* word : {"nee", "n", "no", "false"})
      if (typed == word) return Value::boolean(false);
    return std::nullopt;
  }
  Value value = feel::value_from_lexical(typed, question.type, zones);
  const auto is_typed = [&](const Value& one) {
    return feel::text_of(one) == feel::text_of(value);
  };
  const auto& choices = question.choices;
  if (choices.empty() || std::any_of(choices.begin(), choices.end(), is_typed))
    return value.is_null() ? std::nullopt : std::optional(value);
  std::size_t number = 0;
  const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  const bool is_number = wrong == std::errc() && end == typed.data() + typed.size();
  if (!is_number || number == 0 || number > choices.size()) return std::nullopt;
  return choices[number - 1];
}

void ask(const dmn::Question& question) {
  say("");
  say(question.label.empty() ? question.name : question.label);
  if (!question.description.empty()) say(question.description);
  for (std::size_t i = 0; i < question.choices.size(); ++i)
    say("  " + std::to_string(i + 1) + "  " + feel::text_of(question.choices[i]));
  if (question.type.kind() == feel::Type::Kind::kBoolean)
    say(LocalizedText{"  ja of nee", "  yes or no"});
  say(LocalizedText{"  ? weet ik niet   < terug   ! waarom deze vraag",
                    "  ? I do not know   < back   ! why this question"});
}

void tell_why(const dmn::Asked& asked) {
  for (const auto& one : asked.why) {
    const std::string& name = one.decision_question.empty() ? one.decision : one.decision_question;
    std::vector<std::string> rules;
    for (const auto rule : one.rules) rules.push_back(std::to_string(rule));
    if (rules.size() > 10) {
      rules.resize(10);
      rules.emplace_back("...");
    }
    const std::string list = joined(rules);
    say(rules.empty() ? LocalizedText{"- nodig voor: " + name, "- needed for: " + name}
                      : LocalizedText{"- nodig voor: " + name + " (regels " + list + ")",
                                      "- needed for: " + name + " (rules " + list + ")"});
    for (const auto& source : one.sources)
      say("  " + source.name + (source.location.empty() ? "" : ", " + source.location));
  }
}

void tell_end(const dmn::Step& step) {
  say("");
  if (step.outcome.is_true()) {
    say(LocalizedText{"Uitkomst: ja", "Outcome: yes"});
  } else if (step.outcome.is_false()) {
    say(LocalizedText{"Uitkomst: nee", "Outcome: no"});
  } else if (!step.outcome.is_null()) {
    const std::string value = feel::literal_of(step.outcome);
    say(LocalizedText{"Uitkomst: " + value, "Outcome: " + value});
  } else {
    say(LocalizedText{"Uitkomst: niet te bepalen", "Outcome: cannot be determined"});
  }
  for (const auto& one : step.stand_ins) {
    const std::string name = one.question.label.empty() ? one.question.name : one.question.label;
    say(LocalizedText{"Maakt niet uit: " + name, "Does not matter: " + name});
  }
  if (step.missing.empty()) return;
  say(LocalizedText{"Nodig om dit te weten:", "Needed to know this:"});
  for (const auto& one : step.missing) say("- " + one);
}

// Among the replies; nothing where a reply cannot be read, which is told elsewhere.
std::vector<dmn::Contradiction> contradictions_in(const dmn::Engine& engine,
                                                  const dmn::Interview& interview,
                                                  const std::vector<dmn::Reply>& replies,
                                                  const feel::Environment& environment) {
  const auto inputs = interview.inputs_of(replies);
  if (!inputs) return {};
  return dmn::contradictions_in(engine, *inputs, environment).found;
}

void report_contradiction(const dmn::Contradiction& one) {
  const std::string& what = one.question.empty() ? one.decision : one.question;
  report(make_error("DM-0054", {{"answers", joined(one.answers)}, {"question", what}}));
}

bool confirms() {
  say(LocalizedText{"Kloppen ze toch? ja of nee", "Are they right after all? yes or no"});
  std::string line;
  if (!std::getline(std::cin, line)) return false;
  const auto typed = trim(line);
  return typed == "ja" || typed == "j" || typed == "yes" || typed == "y";
}

// Of the newest reply: it is asked again, unless it is a doubt that the person says to be so.
bool may_stay(const std::vector<dmn::Contradiction>& found, std::set<std::string>& accepted) {
  for (const auto& one : found) {
    if (accepted.contains(one.decision)) continue;
    report_contradiction(one);
    if (!one.may_stand || !confirms()) return false;
    accepted.insert(one.decision);
  }
  return true;
}

// The newest reply; what was said to be so may have been about it, and is asked again.
void take_back(std::vector<dmn::Reply>& replies, std::set<std::string>& accepted) {
  if (!replies.empty()) replies.pop_back();
  accepted.clear();
}

}  // namespace

int tell_step(const dmn::Engine& engine, const dmn::Interview& interview,
              const feel::Environment& environment, const std::string& replies_file) {
  const auto text = read_file(replies_file);
  if (!text) return report(text.error()), kBad;
  const auto value = feel::parse_value(*text);
  if (!value) return report(value.error()), kBad;
  if (!value->is(feel::Kind::kContext))
    return report(make_error("FE-0040", {{"path", replies_file}})), kBad;
  std::vector<dmn::InputValue> given;
  const feel::Context& inputs = value->as_context();
  for (std::size_t i = 0; i < inputs.size(); ++i)
    given.push_back({inputs.shape().names()[i], inputs.slots()[i], {}});
  const auto replies = interview.replies_in(given);
  for (const Problem& one : replies.problems)
    report(Error{Code::kInvalidArgument, one.id, one.message, one.hint, {}});
  if (replies.error) return report(*replies.error), kBad;
  if (!replies.problems.empty()) return kBad;
  for (const auto& one : contradictions_in(engine, interview, replies.replies, environment)) {
    report_contradiction(one);
    if (!one.may_stand) return kBad;
  }
  const auto step = interview.next(replies.replies);
  if (!step) return report(step.error()), kBad;
  say(json::serialize(dmn::to_json(*step)));
  return kGood;
}

int hold_interview(const dmn::Engine& engine, const dmn::Interview& interview,
                   const feel::Environment& environment) {
  std::vector<dmn::Reply> replies;
  std::set<std::string> accepted;
  while (true) {
    if (!may_stay(contradictions_in(engine, interview, replies, environment), accepted)) {
      take_back(replies, accepted);
      continue;
    }
    const auto step = interview.next(replies);
    if (!step) {
      report(step.error());
      // What the model does not allow can be answered again.
      const bool is_answer = step.error().id == "DM-0052" || step.error().id == "DM-0053";
      if (!is_answer || replies.empty()) return kBad;
      replies.pop_back();
      continue;
    }
    if (!step->next) return tell_end(*step), kGood;
    ask(step->next->question);
    std::string line;
    if (!std::getline(std::cin, line)) return kBad;
    const std::string typed(trim(line));
    if (typed == "!") {
      tell_why(*step->next);
    } else if (typed == "<") {
      take_back(replies, accepted);
    } else if (typed == "?") {
      replies.push_back({step->next->question.name, std::nullopt});
    } else if (auto value = understood(step->next->question, typed, *environment.zones)) {
      replies.push_back({step->next->question.name, std::move(value)});
    } else {
      report(dmn::wrong_answer(step->next->question));
    }
  }
}

}  // namespace zicht::server
