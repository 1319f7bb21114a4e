// Evaluates what a pack says in FEEL about a document of fields (rule.h).
//
//     fields = with_computed(form, packs, std::move(fields), today);
//     for (const Problem& problem : check_rules(form, packs, fields, {.today = today})) ...
//
// Three outcomes: yes, no, cannot be determined with what is missing. A field of which show_if
// cannot be determined is shown; one of which required_if cannot be determined is not required;
// valid_if that misses facts refuses nothing yet and is told as open (assess_rules); one that fails
// for another reason refuses; a guard lets nobody pass unless it says yes.
//
// A rule takes part where the form has its field and all fields that it reads. Whoever gives the
// form that a caller sees (app: visible_form) therefore learns nothing of others: a rule may be no
// more sensitive than what it steers (docs/formats/pack.md), and the rest take no part.
//
// Pure and thread-safe. Every evaluation has a budget (kRuleLimits).
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "feel/outcome.h"
#include "model/pack.h"
#include "model/rule.h"

namespace zicht::model {

// Of one evaluation: thousands of items in a list, and no loop over a loop over them.
inline constexpr feel::Limits kRuleLimits = {
    .steps = 1'000'000, .bytes = std::size_t{32} << 20, .depth = 64};

// The document with every computed value as it is on that day; without a day, one that reads it is
// absent. So is a value that rests on a missing fact, or that does not fit its field; check_rules()
// says why. Without computed fields the document as it was. Requires: an object.
[[nodiscard]] Json with_computed(const Form& form, const PackSet& packs, Json fields,
                                 std::optional<Date> today);

using FieldIds = std::set<std::string, std::less<>>;

// Adds the computed fields that read any of `fields`, directly or through each other.
void with_dependents(const FormRules& rules, FieldIds& fields);

struct RuleCheck {
  std::optional<Date> today{};          // absent: a rule that reads it cannot be determined
  // What stood there: a computed value that comes back as it was is no attempt to fill it in.
  const Json* before = nullptr;
  // Of a step: the fields that it sets. Rules count that are about one or read one, also through
  // computed fields; a computed field that comes out otherwise than `before` has it is one too,
  // whatever the step sets.
  const json::object* touched = nullptr;
};

// Everything that the rules refuse of this document: MO-0103 (required), MO-0140 to MO-0144, each
// at its field, or at /fields. Values of computed fields in it count as given by somebody.
[[nodiscard]] std::vector<Problem> check_rules(const Form& form, const PackSet& packs,
                                               const Json& fields, const RuleCheck& check);

// yes, no, unknown.
[[nodiscard]] std::string_view name_of(feel::Verdict verdict);

// One rule and what came of it.
struct RuleOutcome {
  const Rule* rule = nullptr;           // of the form
  const LocalizedText* message = nullptr;   // of a condition
  feel::Outcome outcome{};              // of a computed value: undetermined where it is absent
  // What it looked at, in words of FEEL: {"due.first", "@\"2025-01-31\""}; only when explained.
  std::vector<std::pair<std::string, std::string>> facts{};

  [[nodiscard]] bool is_yes() const { return outcome.verdict == feel::Verdict::kYes; }
  [[nodiscard]] bool is_no() const { return outcome.verdict == feel::Verdict::kNo; }
};

struct FieldAssessment {
  const Field* field = nullptr;         // of the form
  bool is_shown = true;
  bool is_required = false;
  Json value{};                         // of a computed field; null: absent
  std::optional<Problem> misfit{};      // why a computed value does not fit its field
  std::optional<RuleOutcome> show_if{}, required_if{}, computed{};
  std::vector<RuleOutcome> valid_if{};
};

struct Assessment {
  std::vector<FieldAssessment> fields{};    // those with rules, in the order of the form
  std::vector<RuleOutcome> valid_if{};
  bool is_for_server = false;           // a rule needs what only a server has (feel/texts.h)
};

// What every rule says of the document as it is. `explained`: with the facts, for "Waarom?".
// Requires: `form` and `fields` outlive it.
[[nodiscard]] Assessment assess_rules(const Form& form, const PackSet& packs, const Json& fields,
                                      std::optional<Date> today, bool explained = false);

// The form has every field that the rule reads.
[[nodiscard]] bool sees_all_of(const Form& form, const Rule& rule);

// The field that a missing fact is about ("due" of "due.first"), by its label.
[[nodiscard]] LocalizedText label_of_fact(const Form& form, std::string_view fact);
// The fields that missing facts are about, each once, sorted.
[[nodiscard]] std::vector<std::string> fields_of_facts(std::span<const std::string> facts);
// Of several, in the words of both languages: "Vanaf, Tot en met".
[[nodiscard]] LocalizedText labels_of_facts(const Form& form, std::span<const std::string> facts);

// Where a record stands, for a guard or a norm.
struct GuardFacts {
  const Json& fields;
  std::string_view state;
  std::string_view turn;                // role; empty: nobody is at turn
  Date today;
};

// What one rule over such facts says. `explained`: with the facts, for "Waarom?". Requires: the
// rule was compiled for this form.
[[nodiscard]] RuleOutcome judge_rule(const Form& form, const Rule& rule, const GuardFacts& facts,
                                     bool explained = false);

// The value of one that says no yes or no; null, with what keeps it from being known in `told`,
// where it rests on a missing fact or an error.
struct RuleValue {
  feel::Value value{};
  RuleOutcome told{};
};
[[nodiscard]] RuleValue value_of_rule(const Form& form, const Rule& rule, const GuardFacts& facts,
                                      bool explained = false);

// The guard of that step for records of this form; null: there is none.
[[nodiscard]] const Condition* find_guard(const Form& form, std::string_view process,
                                          std::string_view transition);

// Whether the guard of that step, if there is one, lets pass. Errors: MO-0222 no, MO-0223 facts
// missing (their labels are told), MO-0224 it cannot be computed.
[[nodiscard]] Result<void> check_guard(const Form& form, std::string_view process,
                                       std::string_view transition, const GuardFacts& facts);

}  // namespace zicht::model
