// What a pack says in FEEL about the fields of a form and the steps of its process.
//
//     end: {type: date, valid_if: [{rule: end >= start, message: {nl: ..., en: ...}}], ...}
//
// A rule is compiled once, when the pack is loaded (src/packs), and evaluated with every write
// (rules.h). Names in it are the ids of the fields of the form, `today`, and for a guard `state`
// and `turn`. Plain data, immutable once loaded, safe to share between threads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/expression.h"
#include "model/field.h"

namespace zicht::model {

struct Rule {
  std::string text;
  std::vector<std::string> inputs;      // the fields that it reads, in the order of the form
  std::optional<feel::Expression> expression;   // absent until the pack is checked
};

// What must be so, and what is told when it is not.
struct Condition {
  Rule rule;
  LocalizedText message;
};

struct FieldRules {
  std::optional<Rule> show_if{};        // no: the field is not asked and not filled
  std::optional<Rule> required_if{};    // yes: it must be filled
  std::optional<Rule> computed{};       // nobody fills it in: this is its value
  std::vector<Condition> valid_if{};
};

struct FormRules {
  std::vector<Condition> valid_if;      // about the fields together
  // The fields that have a slot, in that order; then come `today`, `state` and `turn`.
  std::vector<Field> slots;
  std::vector<std::string> computed;    // each after the computed fields that it reads
  std::map<std::string, Condition, std::less<>> guards;   // by guard_key()
};

inline constexpr std::string_view kToday = "today";
inline constexpr std::string_view kRecordState = "state";
inline constexpr std::string_view kRecordTurn = "turn";

// A process may serve several forms; the guard of a step is compiled for each.
[[nodiscard]] std::string guard_key(std::string_view process, std::string_view transition);

}  // namespace zicht::model
