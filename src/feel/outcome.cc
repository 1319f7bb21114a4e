#include "feel/outcome.h"

#include <algorithm>

#include "base/error_catalogue.h"

namespace zicht::feel {

namespace {

void add_fact(std::vector<std::string>& facts, const std::string& fact) {
  if (std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.push_back(fact);
}

}  // namespace

Outcome judge(const Value& value, std::span<const NullCause> passed_over) {
  Outcome outcome;
  const bool is_decided = value.is(Kind::kBoolean);
  if (is_decided && passed_over.empty())
    outcome.verdict = value.is_true() ? Verdict::kYes : Verdict::kNo;
  if (!is_decided && !value.is_null()) {
    outcome.errors.push_back(
        make_error("FE-0030", {{"kind", std::string(kind_name(value.kind()))}}));
  }
  if (const auto reason = value.null_reason()) {
    for (const NullCause& cause : reason->causes()) {
      if (cause.kind == NullCause::Kind::kMissingFact) {
        add_fact(outcome.missing_facts, cause.fact);
      } else {
        outcome.errors.push_back(cause.to_error());
      }
    }
  }
  for (const NullCause& cause : passed_over) add_fact(outcome.missing_facts, cause.fact);
  return outcome;
}

}  // namespace zicht::feel
