// Outcome: what a judgement says. A norm that passes because something is not known is the worst
// that can happen, so null never counts as yes nor as no, nor does a yes or no that rests on a fact
// that was not given: `count(persons[income > limit]) = 0` is true without a limit, as FEEL has it,
// but nobody knows whether it is. Nor one that rests on an error: `if cost / hours > 50 then false
// else true` is true where hours is 0.
//
//     const Value value = rule.evaluate(facts, context);
//     const Outcome outcome = judge(value, context.passed_over());
//     if (outcome.verdict == Verdict::kUndetermined) ask_for(outcome.missing_facts);
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "feel/value.h"

namespace zicht::feel {

enum class Verdict : std::uint8_t { kYes, kNo, kUndetermined };

struct Outcome {
  Verdict verdict = Verdict::kUndetermined;
  std::vector<std::string> missing_facts{};  // each once, in the order in which they were met
  std::vector<Error> errors{};               // what could not be computed, each once
  bool operator==(const Outcome&) const = default;
};

// yes for true, no for false; undetermined for null with what is missing and what failed, and for
// any other value, with FE-0030 as error. Undetermined too where missing facts or errors were
// passed over on the way to `value` (CallContext::passed_over, or `passed_over` of an explanation).
[[nodiscard]] Outcome judge(const Value& value, std::span<const NullCause> passed_over);

}  // namespace zicht::feel
