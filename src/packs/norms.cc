#include "packs/norms.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "feel/value_json.h"

namespace zicht::packs {
namespace {

using feel::Value;
using feel::Verdict;

constexpr std::size_t kLongestShown = 200;  // bytes of a value in a message
constexpr std::string_view kNoRule = "DM-0105";

template <class T>
void add_once(std::vector<T>& all, const std::vector<T>& more) {
  for (const T& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
}

// Every rule that the norm is made of.
template <class Look>
bool all_rules(const model::Norm& norm, Look look) {
  if (norm.applies_if && !look(*norm.applies_if)) return false;
  if (norm.rule && !look(*norm.rule)) return false;
  if (!norm.decision) return true;
  return std::all_of(norm.decision->inputs.begin(), norm.decision->inputs.end(),
                     [&](const auto& input) { return look(input.rule); });
}

bool contains(const std::vector<std::string>& values, const Value& value) {
  const std::string text = value.is(feel::Kind::kString) ? std::string(value.as_string())
                                                         : feel::literal_of(value);
  return std::find(values.begin(), values.end(), text) != values.end();
}

// "Applicant.age" is a part of the input "Applicant".
bool is_about(std::string_view fact, std::string_view input) {
  if (!fact.starts_with(input)) return false;
  const std::string_view rest = fact.substr(input.size());
  return rest.empty() || rest.front() == '.' || rest.front() == '[';
}

class NormJudge {
 public:
  NormJudge(const model::Pack& pack, const model::Form& form, const model::GuardFacts& facts,
            bool explained)
      : pack_(pack), form_(form), facts_(facts), explained_(explained) {}

  NormOutcome judge(const model::Framework& framework, const model::Norm& norm) const {
    NormOutcome made;
    made.framework = &framework;
    made.norm = &norm;
    made.is_withheld = !all_rules(
        norm, [&](const model::Rule& rule) { return model::sees_all_of(form_, rule); });
    if (made.is_withheld || !applies(norm, made)) return made;
    if (norm.rule) {
      made.rule = model::judge_rule(form_, *norm.rule, facts_, explained_);
      made.outcome = made.rule->outcome;
    } else {
      ask(*norm.decision, made);
    }
    return made;
  }

 private:
  // False when there is nothing more to judge.
  bool applies(const model::Norm& norm, NormOutcome& made) const {
    if (!norm.applies_if) return true;
    made.applies_if = model::judge_rule(form_, *norm.applies_if, facts_, explained_);
    made.applies = !made.applies_if->is_no();
    if (made.applies && !made.applies_if->is_yes()) made.outcome = made.applies_if->outcome;
    return made.applies_if->is_yes();
  }

  void ask(const model::NormDecision& decision, NormOutcome& made) const {
    const auto level = explained_ ? dmn::ExplainLevel::kBrief : dmn::ExplainLevel::kOff;
    ModelQuestion question{
        .decision = decision.decision, .inputs = {}, .today = facts_.today, .explain = level};
    for (const model::NormInput& input : decision.inputs) {
      made.inputs.push_back(model::value_of_rule(form_, input.rule, facts_, explained_));
      question.inputs.push_back({input.name, made.inputs.back().value, {}});
    }
    made.answer = ask_model(*pack_.find_model(decision.model), question);
    if (made.answer->problems.empty()) {
      conclude(decision, made);
    } else {
      for (const Problem& problem : made.answer->problems) {
        made.outcome.errors.push_back(
            {Code::kInvalidArgument, problem.id, problem.message, problem.hint, {}});
      }
    }
  }

  void conclude(const model::NormDecision& decision, NormOutcome& made) const {
    const dmn::Told& told = made.answer->told;
    const Value& value = made.answer->answer.value;
    if (told.outcome == dmn::Outcome::kUnknown) return tell_missing(decision, told, made);
    // Where the pack says which values are good, a yes is one of them or it is not.
    const bool is_plain = decision.meets.empty() && decision.breaks.empty();
    if (is_plain && told.outcome != dmn::Outcome::kValue) {
      const bool is_yes = told.outcome == dmn::Outcome::kYes;
      made.outcome.verdict = is_yes ? Verdict::kYes : Verdict::kNo;
    } else if (contains(decision.meets, value)) {
      made.outcome.verdict = Verdict::kYes;
    } else if (contains(decision.breaks, value)) {
      made.outcome.verdict = Verdict::kNo;
    } else {
      made.outcome.errors.push_back(
          make_error("PK-0199", {{"value", feel::literal_of(value, kLongestShown)}}));
    }
  }

  // The facts behind the inputs that the decision misses, and what went wrong with them.
  void tell_missing(const model::NormDecision& decision, const dmn::Told& told,
                    NormOutcome& made) const {
    made.outcome.errors = told.errors;
    // That no rule matches follows from what is missing.
    if (!told.missing.empty()) {
      std::erase_if(made.outcome.errors, [](const Error& error) { return error.id == kNoRule; });
    }
    for (const std::string& fact : told.missing) {
      bool is_known = false;
      for (std::size_t i = 0; i < decision.inputs.size(); ++i) {
        if (!is_about(fact, decision.inputs[i].name)) continue;
        const feel::Outcome& input = made.inputs[i].told.outcome;
        add_once(made.outcome.missing_facts, input.missing_facts);
        add_once(made.outcome.errors, input.errors);
        is_known = !input.missing_facts.empty() || !input.errors.empty();
      }
      if (!is_known) add_once(made.outcome.missing_facts, {fact});
    }
  }

  const model::Pack& pack_;
  const model::Form& form_;
  const model::GuardFacts& facts_;
  const bool explained_;
};

}  // namespace

std::vector<NormOutcome> judge_norms(const model::Pack& pack, const model::Form& form,
                                     const model::GuardFacts& facts, bool explained) {
  std::vector<NormOutcome> all;
  const NormJudge judge(pack, form, facts, explained);
  for (const model::Framework& framework : pack.frameworks) {
    if (framework.form != form.id) continue;
    for (const model::Norm& norm : framework.norms) {
      if (norm.holds_on(facts.today)) all.push_back(judge.judge(framework, norm));
    }
  }
  return all;
}

bool has_norms(const model::Pack& pack, const model::Form& form) {
  return std::any_of(pack.frameworks.begin(), pack.frameworks.end(),
                     [&](const auto& framework) { return framework.form == form.id; });
}

}  // namespace zicht::packs
