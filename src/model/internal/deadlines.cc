#include "model/internal/deadlines.h"

#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"

namespace zicht::model::internal {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::optional<Date> parse_date(const Json* value) {
  if (value == nullptr || !value->is_string()) return {};
  auto date = Date::parse(std::string_view(value->get_string()));
  return date ? std::optional(*date) : std::nullopt;
}

std::optional<Period> parse_period(const Json& fields, std::string_view id) {
  const Json* value = fields.get_object().if_contains(id);
  if (value == nullptr || !value->is_string()) return {};
  auto period = Period::parse(std::string_view(value->get_string()));
  return period ? std::optional(*period) : std::nullopt;
}

std::optional<calendar::UncertainDate> start_in_field(const Json& fields, std::string_view id) {
  const Json* value = fields.get_object().if_contains(id);
  if (value == nullptr) return {};
  if (value->is_string()) {
    const auto day = parse_date(value);
    if (!day) return {};
    return calendar::UncertainDate::of_day(*day);
  }
  if (!value->is_object()) return {};
  const auto& object = value->get_object();
  const auto first = parse_date(object.if_contains("first"));
  const auto last = parse_date(object.if_contains("last"));
  if (!first || !last || *last < *first) return {};
  const Json* words = object.if_contains("words");
  const bool has_words = words != nullptr && words->is_string();
  return calendar::UncertainDate{has_words ? std::string(words->get_string()) : std::string(),
                                 {*first, *last}};
}

// Which term counts; `is_known` false: it hangs on a field that is still empty.
struct Term {
  std::optional<Period> period;         // absent: the start window itself is the due window
  bool is_known = true;
};

Term term_of(const DeadlineRule& rule, const calendar::Regime* regime, const Deadline& deadline,
             const Json& fields) {
  if (rule.term) return {rule.term, true};
  if (!rule.term_field.empty()) {
    if (auto period = parse_period(fields, rule.term_field)) return {period, true};
  }
  if (regime != nullptr) {
    const auto* version = regime->find_version(deadline.start.window.first);
    if (version != nullptr && version->term) return {version->term, true};
  }
  return {std::nullopt, rule.term_field.empty()};
}

// The due window. False: it cannot be known yet, so there is no deadline yet.
Result<bool> compute(const Judge& judge, const DeadlineRule& rule, const Json& fields,
                     Deadline& deadline) {
  const calendar::Regime* regime = find_regime(judge, rule.regime);
  const Term term = term_of(rule, regime, deadline, fields);
  if (!term.is_known) return false;
  if (!term.period && !deadline.extension && deadline.suspensions.empty()) {
    deadline.due = deadline.start.window;
    deadline.why.clear();
    return true;
  }
  calendar::TermRequest request;
  request.regime = regime;
  request.term = term.period.value_or(Period{});
  request.extension = deadline.extension;
  request.suspensions = deadline.suspensions;
  // While the last suspension has no end the window is shown as it was when it began.
  const bool is_suspended = deadline.status == DeadlineStatus::kSuspended;
  if (is_suspended && !request.suspensions.empty()) request.suspensions.pop_back();
  ZICHT_TRY(window, calendar::due_window(deadline.start, request, *judge.calendar));
  deadline.due = window.days;
  deadline.why = std::move(window.steps);
  return true;
}

bool is_running(const Deadline& deadline) {
  return deadline.status == DeadlineStatus::kOpen ||
         deadline.status == DeadlineStatus::kSuspended ||
         deadline.status == DeadlineStatus::kMissed;
}

void erase(Record& record, std::string_view name) {
  std::erase_if(record.deadlines, [&](const Deadline& d) { return d.name == name; });
}

// A deadline that starts anew; replaces an earlier one of the same name.
Result<void> open(const Judge& judge, const DeadlineRule& rule, const Act& act, Record& record) {
  Deadline fresh;
  fresh.name = rule.id;
  if (!rule.start.entered_state.empty()) {
    const Deadline* earlier = find_deadline(record, rule.id);
    if (rule.start.entered_state == record.state && act.has_entered) {
      fresh.start = calendar::UncertainDate::of_day(act.on);
    } else if (earlier != nullptr) {
      fresh.start = earlier->start;
    } else {
      return {};
    }
  } else {
    auto start = start_in_field(record.fields, rule.start.field);
    if (!start) return erase(record, rule.id), Result<void>();
    fresh.start = *start;
  }
  ZICHT_TRY(is_known, compute(judge, rule, record.fields, fresh));
  erase(record, rule.id);
  if (is_known) record.deadlines.push_back(std::move(fresh));
  return {};
}

// The same deadline with the fields as they are now.
Result<void> refresh(const Judge& judge, const DeadlineRule& rule, Record& record) {
  Deadline& deadline = *find_deadline(record, rule.id);
  const DateInterval before = deadline.due;
  if (rule.start.entered_state.empty()) {
    auto start = start_in_field(record.fields, rule.start.field);
    if (!start) return erase(record, rule.id), Result<void>();
    deadline.start = *start;
  }
  ZICHT_TRY(is_known, compute(judge, rule, record.fields, deadline));
  if (!is_known) return erase(record, rule.id), Result<void>();
  if (deadline.due == before) return {};
  // Another window: what was said about the old one does not hold for this one.
  deadline.warned.clear();
  deadline.escalated.clear();
  if (deadline.status == DeadlineStatus::kMissed) deadline.status = DeadlineStatus::kOpen;
  return {};
}

// A state was left in which the deadline ran, or another was entered in which it does not run.
void leave(const DeadlineRule& rule, const Act& act, Deadline& deadline) {
  if (!act.has_entered || !is_running(deadline)) return;
  if (act.transition != nullptr && act.transition->suspends == rule.id) return;
  // A window that has passed stays "missed" when time itself moved the record on.
  const bool is_automatic = act.transition != nullptr && act.transition->is_automatic;
  if (deadline.status == DeadlineStatus::kMissed && is_automatic) return;
  deadline.status = DeadlineStatus::kStopped;
}

Result<void> follow_one(const Judge& judge, const DeadlineRule& rule, const Act& act,
                        Record& record) {
  Deadline* deadline = find_deadline(record, rule.id);
  const bool runs = runs_in(rule, record.state);
  const bool starts_here = act.has_entered && rule.start.entered_state == record.state;
  const bool is_over = act.transition != nullptr && contains(act.transition->stops, rule.id);
  const bool is_met = act.transition != nullptr && contains(rule.met_by, act.transition->id);
  if (deadline != nullptr && is_running(*deadline)) {
    if (is_over) deadline->status = DeadlineStatus::kStopped;
    if (is_met) deadline->status = DeadlineStatus::kMet;
    if ((is_over || is_met) && !(starts_here && runs)) return {};
  }
  if (starts_here) {
    ZICHT_CHECKED(open(judge, rule, act, record));
    deadline = find_deadline(record, rule.id);
    if (deadline != nullptr && !runs) deadline->status = DeadlineStatus::kStopped;
    return {};
  }
  if (!runs) {
    if (deadline != nullptr) leave(rule, act, *deadline);
    return {};
  }
  // A step that extends, suspends or resumes a deadline carries it on, also into its own state.
  const bool is_carried_on =
      act.transition != nullptr &&
      (act.transition->extends == rule.id || act.transition->suspends == rule.id ||
       act.transition->resumes == rule.id);
  const bool comes_back = act.has_entered && !is_carried_on &&
                          (act.old_state == record.state || !runs_in(rule, act.old_state));
  if (deadline == nullptr || comes_back) return open(judge, rule, act, record);
  if (is_running(*deadline)) return refresh(judge, rule, record);
  return {};
}

LocalizedText with_label(const DeadlineRule& rule, std::string_view nl, std::string_view en) {
  return {rule.label.nl + std::string(nl), rule.label.en + std::string(en)};
}

Task warning_task(const DeadlineRule& rule, const Deadline& deadline, const std::string& role) {
  const std::string& period = deadline.warned.back();
  const LocalizedText length = long_text(*Period::parse(period));
  const LocalizedText first = long_text(deadline.due.first);
  // Of a window only its first day comes near: saying how much is left would be untrue.
  const LocalizedText what =
      deadline.due.is_one_day()
          ? with_label(rule, ": nog " + length.nl + " of minder",
                       ": " + length.en + " left or less")
          : with_label(rule, ": kan aflopen vanaf " + first.nl, ": may end from " + first.en);
  return {"deadline:" + rule.id + ":warn:" + period, role, what, deadline.due, {}};
}

void add_missed_tasks(const DeadlineRule& rule, const Deadline& deadline,
                      std::vector<Task>& tasks) {
  const std::string key = "deadline:" + rule.id;
  if (!rule.missed_task_role.empty()) {
    tasks.push_back({key + ":missed", rule.missed_task_role,
                     with_label(rule, ": de termijn is voorbij, leg vast hoe het ervoor staat",
                                ": the term has passed, record where it stands"),
                     deadline.due, {}});
  }
  for (const Escalation& escalation : rule.escalate) {
    const std::string after = escalation.after.to_string();
    if (!contains(deadline.escalated, after)) continue;
    const LocalizedText length = long_text(escalation.after);
    tasks.push_back({key + ":escalate:" + after + ":" + escalation.role, escalation.role,
                     with_label(rule, ": al " + length.nl + " voorbij zonder uitkomst",
                                ": passed " + length.en + " ago without an outcome"),
                     deadline.due, {}});
  }
}

// The window that a state's own task is about: of the deadline that runs here and ends first. Where
// none runs, what was missed on the way here is overdue: the one of those that ended last.
std::optional<DateInterval> task_due(const Process& process, const Record& record) {
  const auto ends_before = [](const DateInterval& a, const DateInterval& b) {
    return std::pair(a.last, a.first) < std::pair(b.last, b.first);
  };
  std::optional<DateInterval> running, missed;
  for (const Deadline& d : record.deadlines) {
    const DeadlineRule* rule = process.find_deadline(d.name);
    const bool is_missed = d.status == DeadlineStatus::kMissed;
    if (rule == nullptr || (!is_missed && d.status != DeadlineStatus::kOpen)) continue;
    if (runs_in(*rule, record.state)) {
      if (!running || ends_before(d.due, *running)) running = d.due;
    } else if (is_missed) {
      if (!missed || ends_before(*missed, d.due)) missed = d.due;
    }
  }
  return running ? running : missed;
}

}  // namespace

const calendar::Regime* find_regime(const Judge& judge, const std::string& id) {
  const auto found = judge.pack->regimes.find(id);
  return found == judge.pack->regimes.end() ? nullptr : &found->second;
}

bool runs_in(const DeadlineRule& rule, std::string_view state) {
  return contains(rule.runs_in, state);
}

const Deadline* find_deadline(const Record& record, std::string_view name) {
  for (const Deadline& d : record.deadlines) {
    if (d.name == name) return &d;
  }
  return nullptr;
}

Deadline* find_deadline(Record& record, std::string_view name) {
  for (Deadline& d : record.deadlines) {
    if (d.name == name) return &d;
  }
  return nullptr;
}

Result<void> follow(const Judge& judge, const Process& process, const Act& act, Record& record) {
  std::erase_if(record.deadlines,
                [&](const Deadline& d) { return process.find_deadline(d.name) == nullptr; });
  for (const DeadlineRule& rule : process.deadlines) {
    ZICHT_CHECKED(follow_one(judge, rule, act, record));
    if (Deadline* deadline = find_deadline(record, rule.id)) plan_next(rule, *deadline);
  }
  const auto place = [&](const Deadline& d) { return process.find_deadline(d.name); };
  std::sort(record.deadlines.begin(), record.deadlines.end(),
            [&](const Deadline& a, const Deadline& b) { return place(a) < place(b); });
  return {};
}

void follow_tasks(const Process& process, Date day, Record& record) {
  std::vector<Task> tasks;
  const State* state = process.find_state(record.state);
  if (state != nullptr && !state->turn.empty() && state->task) {
    tasks.push_back({"state:" + state->id, state->turn, *state->task,
                     task_due(process, record), {}});
  }
  for (const Deadline& deadline : record.deadlines) {
    const DeadlineRule* rule = process.find_deadline(deadline.name);
    if (rule == nullptr) continue;
    const bool is_open = deadline.status == DeadlineStatus::kOpen;
    if (is_open && !deadline.warned.empty() && state != nullptr && !state->turn.empty()) {
      tasks.push_back(warning_task(*rule, deadline, state->turn));
    }
    if (deadline.status == DeadlineStatus::kMissed) add_missed_tasks(*rule, deadline, tasks);
  }
  for (Task& task : tasks) {
    const auto earlier = std::find_if(record.tasks.begin(), record.tasks.end(),
                                      [&](const Task& t) { return t.key == task.key; });
    task.opened = earlier == record.tasks.end() ? day : earlier->opened;
  }
  record.tasks = std::move(tasks);
}

Date warning_day(const Deadline& deadline, const Period& before) {
  auto day = add_months(deadline.due.first, -(std::int64_t{before.years} * 12 + before.months));
  if (day) day = add_days(*day, -(std::int64_t{before.weeks} * 7 + before.days));
  return day ? *day : Date::min();
}

std::optional<Date> escalation_day(const Deadline& deadline, const Period& after) {
  auto day = add_period(deadline.due.last, after);
  if (day) day = add_days(*day, 1);
  return day ? std::optional(*day) : std::nullopt;
}

std::optional<Date> missed_day(const Deadline& deadline) {
  return escalation_day(deadline, Period{});
}

void plan_next(const DeadlineRule& rule, Deadline& deadline) {
  deadline.next.reset();
  const auto consider = [&](std::optional<Date> day) {
    if (day && (!deadline.next || *day < *deadline.next)) deadline.next = day;
  };
  if (deadline.status == DeadlineStatus::kOpen) {
    consider(missed_day(deadline));
    for (const Period& warning : rule.warn) {
      if (!contains(deadline.warned, warning.to_string())) {
        consider(warning_day(deadline, warning));
      }
    }
  }
  if (deadline.status == DeadlineStatus::kMissed) {
    for (const Escalation& escalation : rule.escalate) {
      if (!contains(deadline.escalated, escalation.after.to_string())) {
        consider(escalation_day(deadline, escalation.after));
      }
    }
  }
}

}  // namespace zicht::model::internal
