// The norms that a pack holds the records of a form against: of a law or a professional guideline.
//
//     norms/objections.yaml
//       framework: objections                      (a set of norms with one source)
//       form: measure
//       norms:
//         in-time: {title: ..., judges: [inspector], rule: decided_on <= term_ends, ...}
//
// A norm says yes, no, or that it cannot be determined, by a rule in FEEL or by a decision of a
// model of the pack (packs/norms.h judges). What it says is what the facts say: that a norm is met
// is said by a person in one of the roles of `judges`. Plain data, immutable once loaded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "model/rule.h"

namespace zicht::model {

// What goes into an input of a decision, computed from the record.
struct NormInput {
  std::string name;                     // of the model
  Rule rule;
};

struct NormDecision {
  std::string model;                    // of the own pack
  std::string decision;
  std::vector<NormInput> inputs;        // all that the decision rests on
  // Values that say yes and no; any other cannot be determined. Both empty: it is a yes or no.
  std::vector<std::string> meets, breaks;
};

struct Norm {
  std::string id;                       // unique in the pack
  LocalizedText title;
  std::optional<LocalizedText> theme;
  std::string article;                  // of the source; may be empty
  std::optional<Date> from, to;         // when it holds; `to` exclusive
  std::vector<std::string> judges;      // roles
  std::optional<Rule> applies_if;       // no: the norm says nothing about this record
  std::optional<Rule> rule;             // yes: the facts agree with the norm; or
  std::optional<NormDecision> decision;

  [[nodiscard]] bool holds_on(Date day) const {
    return (!from || *from <= day) && (!to || day < *to);
  }
};

struct Framework {
  std::string id;
  LocalizedText title;
  std::string source;                   // of the pack
  std::string form;                     // of the own pack
  std::vector<Norm> norms;              // in the order of the file
};

}  // namespace zicht::model
