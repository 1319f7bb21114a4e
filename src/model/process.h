// The life of a record: states, steps between them, deadlines that run in states.
//
// Plain data from a pack; `life.h` computes with it. Times are civil dates; a deadline ends at the
// local midnight after its last day.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/period.h"
#include "model/rule.h"

namespace zicht::model {

// Shape and tint in the interface; it has no consequence in the engine.
enum class Meaning { kDraft, kRunning, kAttention, kDone, kUnknown, kFailed, kEnded };
[[nodiscard]] std::string_view name_of(Meaning meaning);
[[nodiscard]] std::optional<Meaning> find_meaning(std::string_view name);

struct State {
  std::string id;
  LocalizedText label;
  Meaning meaning = Meaning::kRunning;
  std::optional<Sensitivity> audience;  // overrides the form's while in this state
  bool is_fixed = false;                // fields stay as they are; only a step sets its own
  std::string turn;                     // role at turn; empty: nobody
  std::optional<LocalizedText> task;    // what that role has to do
};

// The state of a record of a fact that its pack has no more (`withdraw` in life.h). It is the
// engine's own: no pack has it, nothing runs in it and no step leads out of it.
inline constexpr std::string_view kFactWithdrawn = "fact-withdrawn";
[[nodiscard]] const State& fact_withdrawn_state();

enum class Need { kNone, kOptional, kRequired };

// A step may only be taken when this deadline's window is wholly past.
struct Gate {
  std::string deadline;
  bool is_hard = true;                  // soft: allowed, with a reason
};

struct Transition {
  std::string id;
  LocalizedText label;
  std::vector<std::string> from;
  std::string to;                       // "same": stays
  std::vector<std::string> roles;
  std::map<std::string, Need> fields;   // form fields set in this step
  Need reason = Need::kOptional;
  std::vector<std::string> four_eyes;   // transitions whose actor may not be the same person
  std::optional<Gate> not_before;
  std::vector<std::string> stops;
  std::string suspends, resumes;        // deadline ids
  std::string extends, extends_by;      // deadline id, period field
  bool is_automatic = false;            // only the scheduler takes it
  std::optional<Condition> guard;       // as written; compiled per form in FormRules
  std::string freezes, releases;        // field of figures: counts it anew; audits it, to publish
};

// Where a deadline's term starts to run.
struct DeadlineStart {
  std::string field;                    // a date or uncertain_date field; or
  std::string entered_state;            // the valid date on which that state was entered
};

struct Escalation {
  Period after;
  std::string role;
};

struct DeadlineRule {
  std::string id;
  LocalizedText label;
  DeadlineStart start;
  std::optional<Period> term;           // fixed term; or
  std::string term_field;               // a period field; or the regime's; or none: start window
  std::string regime;
  std::vector<std::string> runs_in;
  std::vector<std::string> met_by;      // transitions
  std::vector<Period> warn;
  std::string missed_transition;        // one of these two, or neither
  std::string missed_task_role;
  std::vector<Escalation> escalate;
};

struct Process {
  std::string id;
  std::string pack;
  LocalizedText title;
  std::string start;
  std::vector<State> states;            // in the order of the file
  std::vector<Transition> transitions;
  std::vector<DeadlineRule> deadlines;

  [[nodiscard]] const State* find_state(std::string_view id) const;
  [[nodiscard]] const Transition* find_transition(std::string_view id) const;
  [[nodiscard]] const DeadlineRule* find_deadline(std::string_view id) const;
};

}  // namespace zicht::model
