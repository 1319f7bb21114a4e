// The life of a record, computed: what a create, a change, a step or the passing of time does to
// its state, deadlines and tasks.
//
// Pure functions: the caller gives the record as it is, the pack version that judges, the calendar
// and the date; the result is the whole record after the act. Nothing here reads a clock or stores
// anything, so every judgement can be replayed. Who may act is decided before (app/access.h), but
// what depends on the record itself - state, four eyes, gates, needed fields - is decided here.
//
// Acts follow each other in the order in which people record them; `valid_from` and `on` are the
// days on which they hold, which may lie earlier. The caller lets time pass (pass_time) before a
// later act is computed, so that both see the same record.
//
// Computed fields (rule.h) get their value with every act of somebody, as it is on judge.today;
// time passing changes no field. What the rules refuse is told by check_rules (rules.h), before;
// guards of steps are decided here.
//
// Errors: MO-02xx with kFailedPrecondition (wrong state, gate not yet open, four eyes),
// kInvalidArgument (missing or unknown step fields, reason), kNotFound (unknown transition).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/holidays.h"
#include "model/pack.h"
#include "model/record.h"

namespace zicht::model {

// What judges: fixed for one act.
struct Judge {
  const PackSet* packs = nullptr;       // not owned
  PackPtr pack;                         // the version that judges the form's pack
  const Form* form = nullptr;           // in `pack`
  const calendar::Calendar* calendar = nullptr;
  Date today;                           // civil date in Europe/Amsterdam
};

// A new record: enters the start state, computes deadlines and the first task.
// `fields` are validated. Requires: record id and organisation set by the caller afterwards.
[[nodiscard]] Result<Record> begin(const Judge& judge, Json fields, Date valid_from);

// The fields become `fields`; deadlines that hang on them are computed again (status kept).
// Refused while the state keeps the fields as they are (check_not_fixed).
[[nodiscard]] Result<Record> change(const Judge& judge, const Record& before, Json fields,
                                    Date valid_from);

// As change(), of a change that was made when nothing stood in its way: a history is told again.
[[nodiscard]] Result<Record> change_again(const Judge& judge, const Record& before, Json fields,
                                          Date valid_from);

// The record is in a state that keeps its fields as they are (`State::is_fixed`), in the words of
// the pack that judges. Withdrawing, erasing and handing over go on.
[[nodiscard]] bool is_fixed(const Judge& judge, const Record& record);

// Errors: MO-0225 with the state and the steps that lead out of it, MO-0226 when none does.
[[nodiscard]] Result<void> check_not_fixed(const Judge& judge, const Record& record);

// The record of a fact that its source has no more, from that day on: in the state kFactWithdrawn,
// without deadlines, tasks and marks, and not for the public. begin() makes it a record again.
[[nodiscard]] Record withdraw(const Judge& judge, const Record& before, Date valid_from);

// The state in which a record is, in the words of this pack version; nullptr: it has none.
[[nodiscard]] const State* state_of(const Pack& pack, const Record& record);

// The fields that a coming step rests on, so that only a step may still change them: what was given
// with a step that a second person has to look at (four eyes), and where the term of a gate starts.
// They are frozen while the record is in a state from which that second step can be taken; change()
// refuses with MO-0220 when one differs.
[[nodiscard]] std::set<std::string> frozen_fields(const Process& process, const Record& record);

struct StepInput {
  std::string transition;
  Json fields;                          // object with the step's fields, validated
  std::string reason;
  std::string person;                   // the human who acts; four eyes compares persons
  Date on;                              // valid date of the step
};
[[nodiscard]] Result<Record> step(const Judge& judge, const Record& before, const StepInput& input);

// Why a transition cannot be taken now by this person, as far as the record decides; absent: it
// can. Used to show actions with their reason before anybody clicks.
[[nodiscard]] std::optional<LocalizedText> blocked(const Judge& judge, const Record& record,
                                                   const Transition& transition,
                                                   std::string_view person);

// What time does: warnings, missed deadlines (task or automatic transition), escalations that are
// due on judge.today. Empty when nothing happens. Several may follow each other (an automatic step
// starts a deadline that has passed too); each is one version, oldest first; the caller stores all.
struct Fired {
  Record record;
  RecordEvent event;                    // event "fired"
};
[[nodiscard]] Result<std::vector<Fired>> pass_time(const Judge& judge, const Record& before);

// The process this record lives by (by its fields), nullptr when the form has none.
[[nodiscard]] const Process* process_of(const Judge& judge, const Json& fields);

// Name of a refusal in tests of packs ("refused: four_eyes") for the id of an error of step():
// unknown_step, automatic, state, four_eyes, not_before, reason, fields, future, deadline, guard;
// and of change(): frozen, fixed. Empty for other ids.
[[nodiscard]] std::string_view refusal_name(const DiagnosticId& id);

// Step fields needed for a transition, merged over the record's fields and checked by the caller.
[[nodiscard]] Json merged(const Json& fields, const Json& step_fields);

}  // namespace zicht::model
