#include "feel/outcome.h"

#include <algorithm>

#include "base/error_catalogue.h"

namespace zicht::feel {

Outcome judge(const Value& value) {
  if (value.is_true()) return {Verdict::kYes};
  if (value.is_false()) return {Verdict::kNo};
  Outcome outcome;
  if (!value.is_null()) {
    outcome.errors.push_back(
        make_error("FE-0030", {{"kind", std::string(kind_name(value.kind()))}}));
    return outcome;
  }
  const auto reason = value.null_reason();
  if (!reason) return outcome;
  for (const NullCause& cause : reason->causes()) {
    if (cause.kind != NullCause::Kind::kMissingFact) {
      outcome.errors.push_back(cause.to_error());
      continue;
    }
    auto& facts = outcome.missing_facts;
    if (std::find(facts.begin(), facts.end(), cause.fact) == facts.end()) {
      facts.push_back(cause.fact);
    }
  }
  return outcome;
}

}  // namespace zicht::feel
