// How the deadlines and tasks of a record follow its fields and state. Used by life.cc and
// life_time.cc only.
#pragma once

#include "model/life.h"

namespace zicht::model::internal {

// What has just been done to the record, for the deadlines to follow.
struct Act {
  const Transition* transition = nullptr;   // nullptr: begin or change
  std::string old_state;                    // empty: the record is new
  bool has_entered = false;                 // a state was entered (also the same one again)
  Date on;                                  // valid date
};

// In the pack that judges; nullptr for an empty or unknown id.
[[nodiscard]] const calendar::Regime* find_regime(const Judge& judge, const std::string& id);
[[nodiscard]] bool runs_in(const DeadlineRule& rule, std::string_view state);
[[nodiscard]] Deadline* find_deadline(Record& record, std::string_view name);
[[nodiscard]] const Deadline* find_deadline(const Record& record, std::string_view name);

// Opens, computes again, meets, stops or drops the record's deadlines, in the order of the rules.
// Requires: fields and state are those after the act.
[[nodiscard]] Result<void> follow(const Judge& judge, const Process& process, const Act& act,
                                  Record& record);

// Brings the tasks in line with state and deadlines; a task that stays keeps its day of opening.
void follow_tasks(const Process& process, Date day, Record& record);

// The day on which a warning falls due: so long before the first day of the window.
[[nodiscard]] Date warning_day(const Deadline& deadline, const Period& before);
// The first day after the window, and after the window made longer by `after`. Absent: never.
[[nodiscard]] std::optional<Date> missed_day(const Deadline& deadline);
[[nodiscard]] std::optional<Date> escalation_day(const Deadline& deadline, const Period& after);

// Sets `next` to the first day on which time does something to this deadline.
void plan_next(const DeadlineRule& rule, Deadline& deadline);

}  // namespace zicht::model::internal
