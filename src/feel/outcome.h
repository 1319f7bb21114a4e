// Outcome: what a judgement says. A norm that passes because something is not known is the worst
// that can happen, so null never counts as yes nor as no.
//
//     const Outcome outcome = judge(rule.evaluate(facts, context));
//     if (outcome.verdict == Verdict::kUndetermined) ask_for(outcome.missing_facts);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "feel/value.h"

namespace zicht::feel {

enum class Verdict : std::uint8_t { kYes, kNo, kUndetermined };

struct Outcome {
  Verdict verdict = Verdict::kUndetermined;
  std::vector<std::string> missing_facts{};  // each once, in the order in which they were met
  std::vector<Error> errors{};               // what could not be computed
  bool operator==(const Outcome&) const = default;
};

// yes for true, no for false; undetermined for null with what is missing and what failed, and for
// any other value, with FE-0030 as error.
[[nodiscard]] Outcome judge(const Value& value);

}  // namespace zicht::feel
