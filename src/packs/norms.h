// What the norms of a pack say of one record (model/norm.h).
//
//     for (const NormOutcome& told : judge_norms(*pack, visible, facts)) {
//       if (told.is_withheld || !told.applies) continue;
//       show(told.norm->title, model::name_of(told.outcome.verdict), told.outcome.missing_facts);
//     }
//
// Three outcomes. A missing fact never passes for a yes nor for a no: also where it is unknown
// whether the norm applies, where an input of a decision rests on it, and where a decision comes to
// a value that says neither (PK-0199).
//
// Who gives the form that a reader sees (app: visible_form) and the fields of it learns nothing of
// others: a norm that reads a field that is not there is withheld whole, whatever stands in it.
// Pure and thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "model/norm.h"
#include "model/rules.h"
#include "packs/models.h"

namespace zicht::packs {

struct NormOutcome {
  const model::Framework* framework = nullptr;  // of the pack
  const model::Norm* norm = nullptr;
  // It rests on fields that the form does not show: the rest says nothing.
  bool is_withheld = false;
  bool applies = true;                  // also while that cannot be determined
  // Missing facts are fields of the form ("due.first"); for an input of which nobody knows from
  // what it follows, its name.
  feel::Outcome outcome{};
  std::optional<model::RuleOutcome> applies_if{};
  std::optional<model::RuleOutcome> rule{};
  std::vector<model::RuleValue> inputs{};       // of the decision, in its order
  std::optional<ModelAnswer> answer{};          // of the decision; explained when it is asked
};

// Those of the form that hold on the day of `facts`, in the order of the pack. Requires: `form` is
// one of the pack, or what a reader sees of it; it and the pack outlive what is told.
[[nodiscard]] std::vector<NormOutcome> judge_norms(const model::Pack& pack,
                                                   const model::Form& form,
                                                   const model::GuardFacts& facts,
                                                   bool explained = false);

// Some norm of the pack is about this form.
[[nodiscard]] bool has_norms(const model::Pack& pack, const model::Form& form);

}  // namespace zicht::packs
