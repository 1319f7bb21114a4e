#include "model/rules.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "base/text.h"
#include "feel/nested_nulls.h"
#include "model/feel_values.h"
#include "model/validate.h"

namespace zicht::model {
namespace {

using feel::Value;
using feel::Verdict;

// What rules look at beside fields.
struct PlaceLabel {
  std::string_view nl, en;
};
constexpr std::pair<std::string_view, PlaceLabel> kPlaceLabels[] = {
    {"today", {"de dag van vandaag", "today"}},
    {"state", {"de stand van zaken", "the state"}},
    {"turn", {"wie aan de beurt is", "whose turn it is"}},
};

std::string pointer_to(const Field& field) { return "/fields/" + field.id; }

// A null stands for a value that was refused by its type already.
const Json* value_in(const Json& fields, const std::string& id) {
  return fields.get_object().if_contains(id);
}

std::size_t slot_of(const FormRules& rules, const std::string& id) {
  return static_cast<std::size_t>(
      std::find_if(rules.slots.begin(), rules.slots.end(),
                   [&](const Field& field) { return field.id == id; }) -
      rules.slots.begin());
}

// The facts of one document, made when a rule asks for them.
class Facts {
 public:
  Facts(const FormRules& rules, const Json& fields, std::optional<Date> today)
      : rules_(rules), fields_(fields), values_(rules.slots.size() + 3),
        is_made_(rules.slots.size(), false),
        environment_{.zones = &no_zones(), .now = {}, .today = {}, .rng = nullptr} {
    if (!today) return;
    environment_.today = Value::date(feel::date_of(*today));
    values_[rules.slots.size()] = environment_.today;
  }

  Facts(const FormRules& rules, const GuardFacts& facts) : Facts(rules, facts.fields, facts.today) {
    if (!facts.state.empty()) values_[rules.slots.size() + 1] = Value::string(facts.state);
    if (!facts.turn.empty()) values_[rules.slots.size() + 2] = Value::string(facts.turn);
  }

  void set(std::size_t slot, const Json& value) {
    values_[slot] = feel_value_of(rules_.slots[slot], &value);
    is_made_[slot] = true;
  }

  std::span<const Value> of(const Rule& rule) {
    for (const std::size_t slot : rule.expression->used_slots()) {
      if (slot >= is_made_.size() || is_made_[slot]) continue;
      const Field& field = rules_.slots[slot];
      values_[slot] = feel_value_of(field, fields_.get_object().if_contains(field.id));
      is_made_[slot] = true;
    }
    return values_;
  }

  const feel::Environment& environment() const { return environment_; }

  // An evaluation over these facts ended.
  void note_end(const feel::Budget& budget) {
    is_for_server_ = is_for_server_ || budget.exhausted() == feel::Budget::Limit::kHere;
  }
  bool is_for_server() const { return is_for_server_; }

 private:
  const FormRules& rules_;
  const Json& fields_;
  std::vector<Value> values_;
  std::vector<bool> is_made_;
  feel::Environment environment_;
  bool is_for_server_ = false;
};

void add_fact(RuleOutcome& made, std::string name, const Value& value) {
  const bool is_new = std::none_of(made.facts.begin(), made.facts.end(),
                                   [&](const auto& fact) { return fact.first == name; });
  if (is_new) made.facts.emplace_back(std::move(name), literal_of(value, feel::kMaxShown));
}

// The names and members that were looked at; of `due.first` not `due` by itself.
void gather_facts(const feel::Step& step, std::string_view text, RuleOutcome& made) {
  const bool is_fact =
      step.kind == feel::NodeKind::kName || step.kind == feel::NodeKind::kPath;
  if (is_fact && step.span.end <= text.size()) {
    add_fact(made, std::string(text.substr(step.span.begin, step.span.end - step.span.begin)),
             step.value);
    return;
  }
  for (const feel::Step& below : step.steps) gather_facts(below, text, made);
}

// One evaluation: the value, and the facts that it rests on without being null by them.
struct Evaluated {
  Value value{};
  std::vector<feel::NullCause> passed_over{};
};

Evaluated evaluate(const Rule& rule, Facts& facts, bool explained, RuleOutcome& made) {
  feel::Budget budget(kRuleLimits);
  feel::CallContext context(facts.environment(), budget);
  Evaluated done;
  if (explained) {
    auto why = rule.expression->explain(facts.of(rule), context, feel::ExplanationLevel::kBrief);
    gather_facts(why.root, rule.text, made);
    done = {std::move(why.value), std::move(why.passed_over)};
  } else {
    done.value = rule.expression->evaluate(facts.of(rule), context);
    done.passed_over = context.take_passed_over();
  }
  facts.note_end(budget);
  if (budget.is_exhausted()) done.value = budget.exhausted_value();
  return done;
}

RuleOutcome outcome_of(const Rule& rule, const LocalizedText* message, Facts& facts,
                       bool explained) {
  RuleOutcome made;
  made.rule = &rule;
  made.message = message;
  const Evaluated done = evaluate(rule, facts, explained, made);
  made.outcome = feel::judge(done.value, done.passed_over);
  return made;
}

// What keeps a computed value from being known: missing facts and errors of a null, and what it
// rests on. Nothing where it is known, or where the author wrote null.
feel::Outcome why_absent(const Evaluated& done) {
  return feel::judge(done.value.is_null() ? done.value : Value::boolean(true), done.passed_over);
}

Problem misfit(const Field& field, const LocalizedText& why) {
  return make_problem("MO-0142", pointer_to(field), {{"label", field.label}, {"why", why}});
}

// An empty text or list is how FEEL says that there is nothing.
bool is_nothing(const Json& value) {
  return (value.is_string() && trim(std::string_view(value.get_string())).empty()) ||
         (value.is_array() && value.get_array().empty());
}

// Walks the rules of a form over one document.
class Assessor {
 public:
  Assessor(const Form& form, const PackSet& packs, const Json& fields, std::optional<Date> today,
           bool explained)
      : form_(form), packs_(packs), rules_(*form.rules), fields_(fields), today_(today),
        explained_(explained), facts_(rules_, fields, today) {}

  // Every computed field of the form, also those of which the form does not show an input. Gives
  // the value to `take(field, assessment)`.
  template <class Take>
  void compute(Take take) {
    for (const std::string& id : rules_.computed) {
      const std::size_t slot = slot_of(rules_, id);
      const Field& field = rules_.slots[slot];
      FieldAssessment made = computed(field);
      facts_.set(slot, made.value);
      take(field, std::move(made));
    }
  }

  Assessment run() {
    Assessment all;
    std::vector<FieldAssessment> computed;
    compute([&](const Field&, FieldAssessment made) { computed.push_back(std::move(made)); });
    for (const Field& field : form_.fields) {
      if (field.rules == nullptr) continue;
      const auto known = std::find_if(computed.begin(), computed.end(), [&](const auto& each) {
        return each.field->id == field.id;
      });
      FieldAssessment made;
      if (known != computed.end()) made = std::move(*known);
      made.field = &field;
      assess(field, made);
      all.fields.push_back(std::move(made));
    }
    for (const Condition& condition : rules_.valid_if) {
      if (takes_part(condition.rule)) all.valid_if.push_back(told(condition));
    }
    all.is_for_server = facts_.is_for_server();
    return all;
  }

 private:
  bool takes_part(const Rule& rule) const {
    return rule.expression && sees_all_of(form_, rule);
  }

  RuleOutcome told(const Condition& condition) {
    return outcome_of(condition.rule, &condition.message, facts_, explained_);
  }

  FieldAssessment computed(const Field& field) {
    FieldAssessment made;
    made.field = &field;
    RuleOutcome& told = made.computed.emplace();
    told.rule = &*field.rules->computed;
    const Evaluated done = evaluate(*told.rule, facts_, explained_, told);
    told.outcome = why_absent(done);
    if (!told.outcome.errors.empty()) {
      made.misfit = misfit(field, told.outcome.errors.front().message);
    } else if (told.outcome.verdict == Verdict::kYes) {
      made.value = fitted(field, done.value, made.misfit);
    }
    return made;
  }

  // The value in the canonical JSON of the field, or null and why it does not fit.
  Json fitted(const Field& field, const Value& value, std::optional<Problem>& problem) const {
    auto json = json_of_feel(field, value);
    if (!json) {
      const std::string kind(feel::kind_name(value.kind()));
      const std::string type(name_of(field.type));
      problem = misfit(field, {kind + " past niet bij type " + type,
                               kind + " does not suit type " + type});
      return nullptr;
    }
    if (is_nothing(*json)) return nullptr;
    auto checked = validate_value(form_, packs_, field, *json, today_.value_or(Date::max()));
    if (checked.problems.empty()) return std::move(checked.fields);
    problem = misfit(field, checked.problems.front().message);
    return nullptr;
  }

  void assess(const Field& field, FieldAssessment& made) {
    const FieldRules& rules = *field.rules;
    if (made.computed && !takes_part(*made.computed->rule)) {
      made.computed.reset();
      made.misfit.reset();
      made.value = nullptr;
    }
    if (rules.show_if && takes_part(*rules.show_if)) {
      made.show_if = outcome_of(*rules.show_if, nullptr, facts_, explained_);
      made.is_shown = made.show_if->outcome.verdict != Verdict::kNo;
    }
    if (rules.required_if && takes_part(*rules.required_if)) {
      made.required_if = outcome_of(*rules.required_if, nullptr, facts_, explained_);
    }
    const bool is_asked = made.required_if &&
                          made.required_if->outcome.verdict == Verdict::kYes;
    made.is_required = made.is_shown && !field.retired && (field.is_required || is_asked);
    for (const Condition& condition : rules.valid_if) {
      if (takes_part(condition.rule)) made.valid_if.push_back(told(condition));
    }
  }

  const Form& form_;
  const PackSet& packs_;
  const FormRules& rules_;
  const Json& fields_;
  std::optional<Date> today_;
  bool explained_;
  Facts facts_;
};

// Of a computed value: it is not what stood there, or it is gone.
bool is_another(const FieldAssessment& each, const Json* before) {
  if (!each.computed || before == nullptr) return false;
  const Json* old = value_in(*before, each.field->id);
  return old == nullptr ? !each.value.is_null() : *old != each.value;
}

// The fields that a step sets, the computed fields that another value has come of since, and those
// that read any of them.
FieldIds touched_by(const FormRules& rules, const Assessment& all, const RuleCheck& check) {
  FieldIds touched;
  for (const auto& member : *check.touched) touched.emplace(member.key());
  for (const FieldAssessment& each : all.fields) {
    if (is_another(each, check.before)) touched.insert(each.field->id);
  }
  with_dependents(rules, touched);
  return touched;
}

// What an assessment refuses.
class Refusals {
 public:
  Refusals(const Form& form, const Json& fields, const RuleCheck& check, const Assessment& all)
      : form_(form), fields_(fields), check_(check), all_(all) {
    if (check.touched != nullptr) touched_ = touched_by(*form.rules, all, check);
  }

  std::vector<Problem> run() {
    for (const FieldAssessment& each : all_.fields) look_at(each);
    for (const RuleOutcome& told : all_.valid_if) {
      if (counts(told, nullptr)) look_at(told, "/fields");
    }
    return std::move(problems_);
  }

 private:
  bool is_given(const std::string& id) const {
    return check_.touched == nullptr || check_.touched->contains(id);
  }
  bool counts(const RuleOutcome& told, const Field* about) const {
    return !touched_ || (about != nullptr && touched_->contains(about->id)) ||
           std::any_of(told.rule->inputs.begin(), told.rule->inputs.end(),
                       [&](const auto& id) { return touched_->contains(id); });
  }
  bool counts(const std::optional<RuleOutcome>& told, const Field& about) const {
    return told && counts(*told, &about);
  }

  void look_at(const FieldAssessment& each) {
    const Field& field = *each.field;
    const bool is_filled = value_in(fields_, field.id) != nullptr;
    if (field.rules->computed) {
      look_at_computed(each, is_filled);
    } else if (!each.is_shown && is_filled && counts(each.show_if, field)) {
      problems_.push_back(
          make_problem("MO-0140", pointer_to(field), {{"label", field.label}}));
    } else if (each.is_required && !is_filled &&
               (counts(each.show_if, field) || counts(each.required_if, field))) {
      problems_.push_back(
          make_problem("MO-0103", pointer_to(field), {{"label", field.label}}));
    }
    look_for_errors(each.show_if, field);
    if (!each.is_shown) return;
    look_for_errors(each.required_if, field);
    for (const RuleOutcome& told : each.valid_if) {
      if (counts(told, &field)) look_at(told, pointer_to(field));
    }
  }

  // Whether a field is asked cannot be determined: by a missing fact it is asked, or not required;
  // an error is told.
  void look_for_errors(const std::optional<RuleOutcome>& told, const Field& field) {
    if (!counts(told, field) || told->outcome.errors.empty() ||
        told->outcome.verdict != Verdict::kUndetermined)
      return;
    problems_.push_back(
        make_problem("MO-0146", pointer_to(field),
                     {{"label", field.label},
                      {"why", told->outcome.errors.front().message},
                      {"labels", labels_of_facts(form_, told->rule->inputs)}}));
  }

  // Given, where it is neither what it is nor what it was.
  void look_at_computed(const FieldAssessment& each, bool is_filled) {
    if (!each.computed) return;
    if (each.misfit && counts(each.computed, *each.field)) problems_.push_back(*each.misfit);
    if (!is_filled || !is_given(each.field->id)) return;
    const Json& given = *value_in(fields_, each.field->id);
    const Json* old =
        check_.before == nullptr ? nullptr : value_in(*check_.before, each.field->id);
    if (given == each.value || (old != nullptr && given == *old)) return;
    problems_.push_back(
        make_problem("MO-0141", pointer_to(*each.field), {{"label", each.field->label}}));
  }

  void look_at(const RuleOutcome& told, const std::string& where) {
    const feel::Outcome& outcome = told.outcome;
    if (outcome.verdict == Verdict::kNo) {
      problems_.push_back(make_problem(
          "MO-0143", where,
          {{"message", *told.message}, {"labels", labels_of_facts(form_, told.rule->inputs)}}));
    } else if (outcome.verdict == Verdict::kUndetermined && !outcome.errors.empty()) {
      problems_.push_back(make_problem(
          "MO-0144", where,
          {{"message", *told.message}, {"why", outcome.errors.front().message},
           {"labels", labels_of_facts(form_, told.rule->inputs)}}));
    }
  }

  const Form& form_;
  const Json& fields_;
  const RuleCheck& check_;
  const Assessment& all_;
  std::optional<FieldIds> touched_;     // absent: every rule counts
  std::vector<Problem> problems_;
};

std::string_view field_of_fact(std::string_view fact) {
  return fact.substr(0, std::min(fact.find_first_of(".["), fact.size()));
}

}  // namespace

void with_dependents(const FormRules& rules, FieldIds& fields) {
  for (const std::string& id : rules.computed) {
    const auto& inputs = rules.slots[slot_of(rules, id)].rules->computed->inputs;
    const bool is_reached = std::any_of(inputs.begin(), inputs.end(),
                                        [&](const auto& input) { return fields.contains(input); });
    if (is_reached) fields.insert(id);
  }
}

std::string guard_key(std::string_view process, std::string_view transition) {
  return std::string(process) + "/" + std::string(transition);
}

std::string_view name_of(feel::Verdict verdict) {
  switch (verdict) {
    case Verdict::kYes: return "yes";
    case Verdict::kNo: return "no";
    case Verdict::kUndetermined: return "unknown";
  }
  return "unknown";
}

const Condition* find_guard(const Form& form, std::string_view process,
                            std::string_view transition) {
  if (form.rules == nullptr) return nullptr;
  const auto found = form.rules->guards.find(guard_key(process, transition));
  return found == form.rules->guards.end() ? nullptr : &found->second;
}

Json with_computed(const Form& form, const PackSet& packs, Json fields,
                   std::optional<Date> today) {
  if (form.rules == nullptr || form.rules->computed.empty()) return fields;
  std::vector<std::pair<std::string, Json>> values;
  Assessor(form, packs, fields, today, false)
      .compute([&](const Field& field, FieldAssessment made) {
        values.emplace_back(field.id, std::move(made.value));
      });
  // In the order of the form, as a validated document has it.
  json::object whole;
  for (const Field& field : form.fields) {
    const auto computed = std::find_if(values.begin(), values.end(),
                                       [&](const auto& each) { return each.first == field.id; });
    if (computed != values.end()) {
      if (!computed->second.is_null()) whole.emplace(field.id, std::move(computed->second));
    } else if (Json* value = fields.get_object().if_contains(field.id)) {
      whole.emplace(field.id, std::move(*value));
    }
  }
  return whole;
}

Assessment assess_rules(const Form& form, const PackSet& packs, const Json& fields,
                        std::optional<Date> today, bool explained) {
  if (form.rules == nullptr) return {};
  return Assessor(form, packs, fields, today, explained).run();
}

std::vector<Problem> check_rules(const Form& form, const PackSet& packs, const Json& fields,
                                 const RuleCheck& check) {
  if (form.rules == nullptr) return {};
  const Assessment all = assess_rules(form, packs, fields, check.today);
  return Refusals(form, fields, check, all).run();
}

bool sees_all_of(const Form& form, const Rule& rule) {
  return std::all_of(rule.inputs.begin(), rule.inputs.end(),
                     [&](const auto& id) { return form.find_field(id) != nullptr; });
}

LocalizedText label_of_fact(const Form& form, std::string_view fact) {
  const std::string_view id = field_of_fact(fact);
  if (const Field* field = form.find_field(id)) return field->label;
  for (const auto& [name, label] : kPlaceLabels) {
    if (name == id) return {std::string(label.nl), std::string(label.en)};
  }
  return {std::string(id), std::string(id)};
}

std::vector<std::string> fields_of_facts(std::span<const std::string> facts) {
  std::set<std::string> fields;
  for (const std::string& fact : facts) fields.emplace(field_of_fact(fact));
  return {fields.begin(), fields.end()};
}

LocalizedText labels_of_facts(const Form& form, std::span<const std::string> facts) {
  LocalizedText labels;
  std::set<std::string_view> told;
  for (const std::string& fact : facts) {
    if (!told.insert(field_of_fact(fact)).second) continue;
    const LocalizedText label = label_of_fact(form, fact);
    labels.nl += (labels.nl.empty() ? "" : ", ") + label.nl;
    labels.en += (labels.en.empty() ? "" : ", ") + label.en;
  }
  if (told.empty()) return {"de dag van vandaag en de stand van zaken", "today and the state"};
  return labels;
}

RuleOutcome judge_rule(const Form& form, const Rule& rule, const GuardFacts& facts,
                       bool explained) {
  Facts values(*form.rules, facts);
  return outcome_of(rule, nullptr, values, explained);
}

RuleValue value_of_rule(const Form& form, const Rule& rule, const GuardFacts& facts,
                        bool explained) {
  Facts values(*form.rules, facts);
  RuleValue made;
  made.told.rule = &rule;
  Evaluated done = evaluate(rule, values, explained, made.told);
  const auto within = feel::causes_within(done.value);
  done.passed_over.insert(done.passed_over.end(), within.begin(), within.end());
  made.told.outcome = why_absent(done);
  if (made.told.is_yes()) made.value = std::move(done.value);
  return made;
}

Result<void> check_guard(const Form& form, std::string_view process,
                         std::string_view transition, const GuardFacts& facts) {
  const Condition* guard = find_guard(form, process, transition);
  if (guard == nullptr) return {};
  const feel::Outcome outcome = judge_rule(form, guard->rule, facts).outcome;
  if (outcome.verdict == Verdict::kYes) return {};
  const LocalizedText& message = guard->message;
  if (outcome.verdict == Verdict::kNo) {
    return make_error("MO-0222", {{"message", message},
                                  {"labels", labels_of_facts(form, guard->rule.inputs)}});
  }
  if (!outcome.errors.empty()) {
    return make_error("MO-0224", {{"message", message},
                                  {"why", outcome.errors.front().message}});
  }
  return make_error("MO-0223", {{"message", message},
                                {"facts", labels_of_facts(form, outcome.missing_facts)}});
}

}  // namespace zicht::model
