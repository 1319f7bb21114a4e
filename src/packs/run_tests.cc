#include "packs/run_tests.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <optional>

#include "model/life.h"
#include "model/rules.h"
#include "model/validate.h"
#include "packs/internal/test_cases.h"
#include "packs/internal/values.h"
#include "packs/internal/yaml.h"
#include "packs/norms.h"

namespace zicht::packs {
namespace {

using internal::ExpectedDeadline;
using internal::TestCase;
using internal::TestStep;

constexpr std::string_view kNone = "-";

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text.empty() ? std::string(kNone) : text;
}

std::string pointers_of(const std::vector<Problem>& problems) {
  std::vector<std::string> pointers;
  for (const Problem& problem : problems) pointers.push_back(problem.where);
  std::sort(pointers.begin(), pointers.end());
  return joined(pointers);
}

// Runs one case; the record lives here and nowhere else.
class CaseRunner {
 public:
  CaseRunner(const model::PackPtr& pack, const model::PackSet& packs,
             const calendar::Calendar& calendar, const TestCase& test, TestOutcome& outcome)
      : packs_(packs), test_(test), outcome_(outcome) {
    judge_.packs = &packs;
    judge_.pack = pack;
    judge_.form = test.form;
    judge_.calendar = &calendar;
  }

  void run() {
    if (!begin()) return;
    for (std::size_t i = 0; i < test_.steps.size(); ++i) {
      const TestStep& step = test_.steps[i];
      if (!pass_time_until(step.on)) return;
      const std::string refused = take(step);
      if (refused != step.refused) {
        differ("step " + std::to_string(i + 1) + " (" +
                   (step.transition.empty() ? "change" : step.transition) + ")",
               step.refused.empty() ? "done" : "refused: " + step.refused,
               refused.empty() ? "done" : "refused: " + refused);
        return;
      }
    }
    if (pass_time_until(test_.on)) compare();
  }

 private:
  void differ(std::string what, std::string expected, std::string got) {
    outcome_.differences.push_back({std::move(what), std::move(expected), std::move(got)});
  }

  Json with_stand_ins(const Json& fields) const {
    return internal::with_references(fields, *test_.form,
                                     [](const model::Field&, std::string_view text) {
                                       const std::string fact = internal::fact_of(text);
                                       return fact.empty() ? fact : internal::stand_in_id(fact);
                                     });
  }

  // False when the record cannot be made, or when the case is about its problems.
  bool begin() {
    auto checked = model::validate_fields(*test_.form, packs_, with_stand_ins(test_.fields),
                                          {.on = test_.from});
    for (Problem& problem : model::check_rules(*test_.form, packs_, checked.fields,
                                               {.today = test_.from})) {
      checked.problems.push_back(std::move(problem));
    }
    const std::string expected = joined(test_.problems.value_or(std::vector<std::string>{}));
    const std::string got = pointers_of(checked.problems);
    if (expected != got) differ("problems", expected, got);
    if (!checked.problems.empty() || expected != kNone) {
      compare_messages(checked.problems);
      compare_hidden(checked.fields, test_.from);
      return false;
    }
    judge_.today = test_.from;
    auto record = model::begin(judge_, checked.fields, test_.from);
    if (!record) {
      differ("begin", "done", describe(record.error()));
      return false;
    }
    record_ = *std::move(record);
    record_.id = internal::stand_in_id(test_.name);
    record_.version = 1;
    return true;
  }

  // One look is as good as one every day: the engine lets everything that fell due since happen in
  // its order, each on its own day.
  bool pass_time_until(Date day) {
    judge_.today = day;
    const auto fired = model::pass_time(judge_, record_);
    if (!fired) {
      differ("time until " + day.to_string(), "passes", describe(fired.error()));
      return false;
    }
    if (!fired->empty()) record_ = fired->back().record;
    return true;
  }

  // The name of the refusal; empty when the step was taken.
  std::string take(const TestStep& step) {
    return step.transition.empty() ? change(step) : take_step(step);
  }

  // A role changes what its form lets it change; who may see which record is no matter of a test.
  std::string change(const TestStep& step) {
    if (!step.role.empty() && !may_change(step.role)) return "role";
    if (model::is_fixed(judge_, record_)) return "fixed";
    const Json whole = model::merged(record_.fields, with_stand_ins(step.fields));
    const auto checked = model::validate_fields(*test_.form, packs_, whole,
                                                {.on = step.on, .before = &record_.fields});
    const model::RuleCheck rules{.today = judge_.today, .before = &record_.fields};
    if (!checked.problems.empty() ||
        !model::check_rules(*test_.form, packs_, checked.fields, rules).empty()) {
      return "fields";
    }
    return became(model::change(judge_, record_, checked.fields, step.on));
  }

  bool may_change(const std::string& role) const {
    const auto rules = test_.form->access.find(role);
    return rules != test_.form->access.end() &&
           std::any_of(rules->second.begin(), rules->second.end(), [](const auto& rule) {
             return rule.actions.contains(model::Action::kChange);
           });
  }

  std::string take_step(const TestStep& step) {
    const model::Process* process = model::process_of(judge_, record_.fields);
    const model::Transition* transition =
        process == nullptr ? nullptr : process->find_transition(step.transition);
    if (transition != nullptr && !step.role.empty() &&
        std::find(transition->roles.begin(), transition->roles.end(), step.role) ==
            transition->roles.end()) {
      return "role";
    }
    const model::ValidateOptions options{
        .on = step.on, .check_required = false, .before = &record_.fields};
    const auto checked =
        model::validate_fields(*test_.form, packs_, with_stand_ins(step.fields), options);
    if (!checked.problems.empty() || is_refused_by_rules(checked.fields)) return "fields";
    return became(model::step(judge_, record_, {.transition = step.transition,
                                                .fields = checked.fields,
                                                .reason = step.reason,
                                                .person = step.person,
                                                .on = step.on}));
  }

  std::string became(Result<model::Record> after) {
    if (after) {
      record_ = *std::move(after);
      return {};
    }
    const std::string_view name = model::refusal_name(after.error().id);
    return name.empty() ? after.error().id : std::string(name);
  }

  bool is_refused_by_rules(const Json& fields) const {
    const model::RuleCheck check{.today = judge_.today, .before = &record_.fields,
                                 .touched = &fields.get_object()};
    return !model::check_rules(*test_.form, packs_, model::merged(record_.fields, fields), check)
                .empty();
  }

  void compare_messages(const std::vector<Problem>& problems) {
    for (const auto& [pointer, expected] : test_.messages) {
      std::vector<std::string> got;
      for (const Problem& problem : problems) {
        if (problem.where == pointer) got.push_back(problem.message.nl);
      }
      if (std::find(got.begin(), got.end(), expected) == got.end()) {
        differ("message at " + pointer, expected, joined(got));
      }
    }
  }

  // The fields that are not asked with this document.
  void compare_hidden(const Json& fields, Date today) {
    if (!test_.hidden) return;
    std::vector<std::string> hidden;
    const auto all = model::assess_rules(*test_.form, packs_, fields, today);
    for (const model::FieldAssessment& each : all.fields) {
      if (!each.is_shown) hidden.push_back(each.field->id);
    }
    std::sort(hidden.begin(), hidden.end());
    if (hidden != *test_.hidden) differ("hidden", joined(*test_.hidden), joined(hidden));
  }

  // Fields as the record has them in the end; null: none.
  void compare_values() {
    for (const auto& [id, expected] : test_.values) {
      const Json* got = record_.fields.get_object().if_contains(id);
      const std::string text = got == nullptr ? std::string(kNone) : json::serialize(*got);
      const std::string wanted =
          expected.is_null() ? std::string(kNone) : json::serialize(expected);
      if (wanted != text) differ("value " + id, wanted, text);
    }
  }

  // What the norms of the form say, of all fields.
  void compare_norms() {
    if (test_.norms.empty()) return;
    const model::State* state = model::state_of(*judge_.pack, record_);
    const model::GuardFacts facts{.fields = record_.fields, .state = record_.state,
                                  .turn = state == nullptr ? "" : std::string_view(state->turn),
                                  .today = judge_.today};
    const auto all = judge_norms(*judge_.pack, *test_.form, facts);
    for (const auto& [id, expected] : test_.norms) {
      const auto told = std::find_if(all.begin(), all.end(),
                                     [&](const auto& each) { return each.norm->id == id; });
      const std::string what = "norm " + id;
      if (told == all.end()) {
        differ(what, expected.outcome, std::string(kNone));
        continue;
      }
      const std::string_view came =
          told->applies ? model::name_of(told->outcome.verdict) : "not-applicable";
      if (expected.outcome != came) differ(what, expected.outcome, std::string(came));
      std::vector<std::string> missing = model::fields_of_facts(told->outcome.missing_facts);
      if (expected.missing && *expected.missing != missing) {
        differ(what + " missing", joined(*expected.missing), joined(missing));
      }
      if (!outcome_.passed()) tell_errors(told->outcome.errors);
    }
  }

  void tell_errors(const std::vector<Error>& errors) {
    for (const Error& error : errors) outcome_.why.push_back(error.message);
  }

  void compare() {
    compare_hidden(record_.fields, judge_.today);
    compare_values();
    compare_norms();
    if (test_.state && *test_.state != record_.state) differ("state", *test_.state, record_.state);
    for (const auto& [name, expected] : test_.deadlines) compare_deadline(name, expected);
    if (!test_.tasks) return;
    std::vector<std::string> roles;
    for (const model::Task& task : record_.tasks) roles.push_back(task.role);
    std::sort(roles.begin(), roles.end());
    if (roles != *test_.tasks) differ("tasks", joined(*test_.tasks), joined(roles));
  }

  void compare_deadline(const std::string& name, const ExpectedDeadline& expected) {
    const auto found = std::find_if(record_.deadlines.begin(), record_.deadlines.end(),
                                    [&](const model::Deadline& d) { return d.name == name; });
    const std::string what = "deadline " + name;
    if (found == record_.deadlines.end()) return differ(what, "there", std::string(kNone));
    if (expected.first && *expected.first != found->due.first) {
      differ(what + " first", expected.first->to_string(), found->due.first.to_string());
    }
    if (expected.last && *expected.last != found->due.last) {
      differ(what + " last", expected.last->to_string(), found->due.last.to_string());
    }
    const std::string status(model::name_of(found->status));
    if (!expected.status.empty() && expected.status != status) {
      differ(what + " status", expected.status, status);
    }
  }

  const model::PackSet& packs_;
  const TestCase& test_;
  TestOutcome& outcome_;
  model::Judge judge_;
  model::Record record_;
};

}  // namespace

std::vector<TestOutcome> run_tests(const model::PackPtr& pack, const model::PackSet& packs,
                                   const calendar::Calendar& calendar) {
  std::vector<TestOutcome> outcomes;
  internal::Report report;
  std::map<std::string, internal::Node> trees;
  for (const auto& [path, text] : pack->files) {
    constexpr std::string_view kFolder = "tests/";
    constexpr std::string_view kExtension = ".yaml";
    if (!path.starts_with(kFolder) || !path.ends_with(kExtension)) continue;
    const auto tree = internal::parse_yaml(text, path, report);
    if (!tree) continue;
    const std::string stem =
        path.substr(kFolder.size(), path.size() - kFolder.size() - kExtension.size());
    const internal::Draft draft{*pack, trees, packs, report};
    for (const TestCase& test : read_test_cases(draft, {path, report}, *tree, stem)) {
      if (test.about_letter) continue;
      TestOutcome outcome{test.name, path, test.place.line, {}, {}};
      if (test.about_model) {
        internal::run_model_test(*test.about_model, outcome);
      } else if (test.about_indicator) {
        internal::run_indicator_test(*test.about_indicator, packs, outcome);
      } else {
        CaseRunner(pack, packs, calendar, test, outcome).run();
      }
      outcomes.push_back(std::move(outcome));
    }
  }
  return outcomes;
}

}  // namespace zicht::packs
