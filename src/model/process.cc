#include "model/process.h"

#include "model/internal/names.h"

namespace zicht::model {
namespace {

constexpr std::array<std::string_view, 7> kMeaningNames = {
    "draft", "running", "attention", "done", "unknown", "failed", "ended"};

}  // namespace

std::string_view name_of(Meaning meaning) { return internal::name_in(kMeaningNames, meaning); }

std::optional<Meaning> find_meaning(std::string_view name) {
  return internal::find_in<Meaning>(kMeaningNames, name);
}

const State& fact_withdrawn_state() {
  static const State state = [] {
    State made;
    made.id = std::string(kFactWithdrawn);
    made.label = {"Ingetrokken door de bron", "Withdrawn by the source"};
    made.meaning = Meaning::kEnded;
    return made;
  }();
  return state;
}

const State* Process::find_state(std::string_view state) const {
  return internal::find_by_id(states, state);
}

const Transition* Process::find_transition(std::string_view transition) const {
  return internal::find_by_id(transitions, transition);
}

const DeadlineRule* Process::find_deadline(std::string_view deadline) const {
  return internal::find_by_id(deadlines, deadline);
}

}  // namespace zicht::model
