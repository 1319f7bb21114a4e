// pass_time: what days going by do to a record.
//
// Every event has a day of its own that follows from the record alone, never from the day on which
// somebody looks. Events are applied in the order of those days, one version per day (and one per
// automatic step), each valid from its own day. So looking every day and looking once give the
// same versions.
#include <algorithm>

#include "base/error_catalogue.h"
#include "model/internal/deadlines.h"
#include "model/internal/life_steps.h"

namespace zicht::model {
namespace {

using internal::escalation_day;
using internal::missed_day;
using internal::warning_day;

// No pack that was checked gets near this; it guards against a fault of ours.
constexpr int kMostVersions = 1000;

std::optional<Date> first_event(const Record& record) {
  std::optional<Date> first;
  for (const Deadline& d : record.deadlines) {
    if (d.next && (!first || *d.next < *first)) first = d.next;
  }
  return first;
}

bool contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

void give_warnings(const DeadlineRule& rule, Date day, Deadline& deadline) {
  std::vector<std::pair<Date, std::string>> due;
  for (const Period& warning : rule.warn) {
    const Date on = warning_day(deadline, warning);
    if (on <= day && !contains(deadline.warned, warning.to_string())) {
      due.emplace_back(on, warning.to_string());
    }
  }
  std::sort(due.begin(), due.end());
  for (auto& [on, warning] : due) deadline.warned.push_back(std::move(warning));
}

void escalate(const DeadlineRule& rule, Date day, Deadline& deadline) {
  for (const Escalation& escalation : rule.escalate) {
    const auto on = escalation_day(deadline, escalation.after);
    const std::string after = escalation.after.to_string();
    if (on && *on <= day && !contains(deadline.escalated, after)) {
      deadline.escalated.push_back(after);
    }
  }
}

// The transition that time takes because of this deadline, when the state allows it.
const Transition* automatic_step(const Process& process, const DeadlineRule& rule,
                                 const Record& record) {
  if (rule.missed_transition.empty()) return nullptr;
  const Transition* transition = process.find_transition(rule.missed_transition);
  if (transition == nullptr) return nullptr;
  const auto& from = transition->from;
  return std::find(from.begin(), from.end(), record.state) == from.end() ? nullptr : transition;
}

// One day of time for all deadlines; returns the automatic step to take next, if any.
const Transition* pass_day(const Process& process, Date day, Record& record) {
  const Transition* automatic = nullptr;
  for (Deadline& deadline : record.deadlines) {
    const DeadlineRule* rule = process.find_deadline(deadline.name);
    if (rule == nullptr) continue;
    if (deadline.status == DeadlineStatus::kOpen) {
      give_warnings(*rule, day, deadline);
      const auto missed = missed_day(deadline);
      if (missed && *missed <= day) {
        deadline.status = DeadlineStatus::kMissed;
        if (automatic == nullptr) automatic = automatic_step(process, *rule, record);
      }
    }
    if (deadline.status == DeadlineStatus::kMissed) escalate(*rule, day, deadline);
    internal::plan_next(*rule, deadline);
  }
  return automatic;
}

}  // namespace

Result<std::vector<Fired>> pass_time(const Judge& judge, const Record& before) {
  std::vector<Fired> fired;
  const Process* process = process_of(judge, before.fields);
  if (process == nullptr) return fired;
  Record record = before;
  for (auto event = first_event(record); event && *event <= judge.today;
       event = first_event(record)) {
    if (fired.size() >= kMostVersions) return make_error("MO-0219");
    const Date day = std::max(*event, record.valid_from);
    Record next = record;
    next.version = record.version + 1;
    next.pack_hash = judge.pack->hash;
    next.valid_from = day;
    next.valid_to.reset();
    const Transition* automatic = pass_day(*process, day, next);
    if (automatic != nullptr) {
      ZICHT_TRY(moved, internal::take(judge, *process, next, *automatic, next.fields, day));
      moved.version = next.version;
      record = std::move(moved);
      fired.push_back({record, {"fired", automatic->id, ""}});
      continue;
    }
    internal::follow_tasks(*process, day, next);
    record = std::move(next);
    fired.push_back({record, {"fired", "", ""}});
  }
  return fired;
}

}  // namespace zicht::model
