#include "feel/outcome.h"

#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"

namespace zicht::feel {

namespace {

template <class T>
void add_once(std::vector<T>& known, T one) {
  if (std::find(known.begin(), known.end(), one) == known.end()) known.push_back(std::move(one));
}

void add_causes(std::span<const NullCause> causes, Outcome& outcome) {
  for (const NullCause& cause : causes) {
    if (cause.kind == NullCause::Kind::kMissingFact) {
      add_once(outcome.missing_facts, cause.fact);
    } else {
      add_once(outcome.errors, cause.to_error());
    }
  }
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
  if (const auto reason = value.null_reason()) add_causes(reason->causes(), outcome);
  add_causes(passed_over, outcome);
  return outcome;
}

}  // namespace zicht::feel
