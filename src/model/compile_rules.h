// Compiles what a form says in FEEL (rule.h): the names that a rule may use, the fields that it
// reads, and the order in which computed values are made.
//
//     const feel::Scope names = names_of_rules(form);
//     ZICHT_CHECKED(compile_rule(rule, form, names));
//
// One for packs, where src/packs tells what is wrong at its place in the file, and for a form that
// comes from the catalogue (json_forms.h): a rule may not mean two things. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "feel/scope.h"
#include "model/form.h"
#include "model/rule.h"

namespace zicht::model {

// What a rule is about: the fields alone; also where the record stands; or the same as a filter
// over many rows (where.h), which asks for the day by the function today().
enum class RuleOf : std::uint8_t { kFields, kGuard, kFilter };

// The fields by their slot; then the day and, beyond fields, where the record stands. A field that
// has such a name itself is meant by it.
[[nodiscard]] feel::Scope names_of_rules(const Form& form, RuleOf what = RuleOf::kFields);

// Gives the rule its expression and its inputs. Errors: those of feel::compile.
[[nodiscard]] Result<void> compile_rule(Rule& rule, const Form& form, const feel::Scope& names);

struct ComputedOrder {
  std::vector<std::string> fields;      // with a compiled value, each after those that it reads
  // Fields whose value or place depends on each other, each ring as it is gone round.
  std::vector<std::vector<std::string>> rings;
};

// Requires: the inputs of rules are fields of the form.
[[nodiscard]] ComputedOrder order_of_computed(const Form& form);

}  // namespace zicht::model
