#include "model/testing/naive_life.h"

#include <algorithm>

namespace zicht::model::testing {
namespace {

bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::count(list.begin(), list.end(), value) > 0;
}

std::string text_in(const Json& fields, const std::string& id) {
  const Json* value = fields.as_object().if_contains(id);
  return value == nullptr ? "" : std::string(value->as_string());
}

Date plus_days(Date day, int days) { return *add_days(day, days); }

}  // namespace

NaiveLife::NaiveLife(const Judge& judge, Json fields, Date from)
    : judge_(judge), process_(*process_of(judge, fields)), fields_(std::move(fields)) {
  state = process_.start;
  state_since = valid_from = from;
  align(nullptr, "", true, from);
  list_tasks(from);
}

void NaiveLife::walk_to(Date today) {
  for (Date day = valid_from; day <= today; day = plus_days(day, 1)) {
    while (live_through(day)) {
    }
  }
}

bool NaiveLife::live_through(Date day) {
  bool anything = false;
  const Transition* automatic = nullptr;
  for (const DeadlineRule& rule : process_.deadlines) {
    if (!deadlines.contains(rule.id)) continue;
    NaiveDeadline& d = deadlines[rule.id];
    const bool was_open = d.status == "open";
    if (!happens(rule, d, day)) continue;
    anything = true;
    const Transition* t = process_.find_transition(rule.missed_transition);
    const bool fell = was_open && d.status == "missed";
    if (fell && automatic == nullptr && t != nullptr && has(t->from, state)) automatic = t;
  }
  if (!anything) return false;
  ++versions;
  valid_from = day;
  if (automatic != nullptr) move(*automatic, day);
  list_tasks(day);
  return true;
}

bool NaiveLife::happens(const DeadlineRule& rule, NaiveDeadline& d, Date day) {
  bool anything = false;
  if (d.status == "open") {
    for (int left = 400; left >= 0; --left) {
      const std::string name = Period::of_days(left).to_string();
      const bool is_rule = std::any_of(rule.warn.begin(), rule.warn.end(),
                                       [&](const Period& p) { return p.days == left; });
      if (!is_rule || d.warned.contains(name) || plus_days(day, left) < d.due.first) continue;
      d.warned.insert(name);
      d.last_warned = name;
      anything = true;
    }
    if (day > d.due.last) {
      d.status = "missed";
      anything = true;
    }
  }
  if (d.status == "missed") {
    for (const Escalation& e : rule.escalate) {
      if (day > *add_period(d.due.last, e.after) &&
          d.escalated.insert(e.after.to_string()).second) {
        anything = true;
      }
    }
  }
  return anything;
}

void NaiveLife::move(const Transition& t, Date on) {
  const std::string old_state = state;
  const bool entered = t.to != "same";
  if (entered) {
    state = t.to;
    state_since = on;
    std::erase_if(tasks, [](const auto& task) { return task.first.starts_with("state:"); });
  }
  align(&t, old_state, entered, on);
}

bool NaiveLife::take(const Transition& t, const Json& fields, Date on) {
  fields_ = merged(fields_, fields);
  ++versions;
  valid_from = on;
  if (!t.suspends.empty()) {
    deadlines[t.suspends].status = "suspended";
    deadlines[t.suspends].suspensions.push_back({on, Date::max()});
  }
  if (!t.resumes.empty()) {
    NaiveDeadline& d = deadlines[t.resumes];
    d.status = "open";
    d.suspensions.back().last = plus_days(on, -1);
    if (d.suspensions.back().last < d.suspensions.back().first) d.suspensions.pop_back();
  }
  if (!t.extends.empty()) {
    deadlines[t.extends].extension = *Period::parse(text_in(fields_, t.extends_by));
  }
  move(t, on);
  list_tasks(on);
  return is_sound_;
}

bool NaiveLife::change(Json fields, Date on) {
  fields_ = std::move(fields);
  ++versions;
  valid_from = on;
  align(nullptr, state, false, on);
  list_tasks(on);
  return is_sound_;
}

// False: there is no such deadline (yet).
bool NaiveLife::compute(const DeadlineRule& rule, NaiveDeadline& d) {
  if (!rule.start.field.empty()) {
    const Json* start = fields_.as_object().if_contains(rule.start.field);
    if (start == nullptr) return false;
    d.start = {"", {*Date::parse(std::string(start->at("first").as_string())),
                    *Date::parse(std::string(start->at("last").as_string()))}};
  }
  std::optional<Period> term = rule.term;
  if (!rule.term_field.empty()) {
    const std::string text = text_in(fields_, rule.term_field);
    if (text.empty() && rule.regime.empty()) return false;
    if (!text.empty()) term = *Period::parse(text);
  }
  calendar::TermRequest request;
  if (!rule.regime.empty()) request.regime = &judge_.pack->regimes.at(rule.regime);
  if (!rule.regime.empty() && !term) term = request.regime->versions[0].term;
  d.due = d.start.window;
  if (!term && !d.extension && d.suspensions.empty()) return true;
  request.term = term.value_or(Period{});
  request.extension = d.extension;
  request.suspensions = d.suspensions;
  if (d.status == "suspended") request.suspensions.pop_back();
  auto window = calendar::due_window(d.start, request, *judge_.calendar);
  if (!window) return is_sound_ = false;
  d.due = window->days;
  return true;
}

void NaiveLife::align(const Transition* t, const std::string& old_state, bool entered, Date on) {
  for (const DeadlineRule& rule : process_.deadlines) {
    const bool runs = has(rule.runs_in, state);
    const bool ran = has(rule.runs_in, old_state);
    const bool starts = entered && rule.start.entered_state == state;
    const bool there = deadlines.contains(rule.id);
    const bool live = there && (deadlines[rule.id].status == "open" ||
                                deadlines[rule.id].status == "suspended" ||
                                deadlines[rule.id].status == "missed");
    const bool met = live && t != nullptr && has(rule.met_by, t->id);
    const bool ended = live && t != nullptr && has(t->stops, rule.id);
    const bool carried = t != nullptr && (t->suspends == rule.id || t->resumes == rule.id ||
                                          t->extends == rule.id);
    const bool reopens = entered && !carried && (!ran || old_state == state);
    if ((met || ended) && !(starts && runs)) {
      deadlines[rule.id].status = met ? "met" : "stopped";
    } else if (starts || (runs && (!there || reopens))) {
      NaiveDeadline fresh;
      fresh.status = "open";
      if (starts) fresh.start = calendar::UncertainDate::of_day(on);
      if (!starts && rule.start.field.empty()) {
        if (!there) continue;
        fresh.start = deadlines[rule.id].start;
      }
      deadlines.erase(rule.id);
      if (!compute(rule, fresh)) continue;
      if (!runs) fresh.status = "stopped";
      deadlines[rule.id] = fresh;
    } else if (!runs) {
      if (!live || !entered || (t != nullptr && t->suspends == rule.id)) continue;
      const bool by_time = t != nullptr && t->is_automatic;
      const bool stays = by_time && deadlines[rule.id].status == "missed";
      if (!stays) deadlines[rule.id].status = "stopped";
    } else if (live) {
      NaiveDeadline& d = deadlines[rule.id];
      const DateInterval before = d.due;
      if (!compute(rule, d)) {
        deadlines.erase(rule.id);
      } else if (!(before == d.due)) {
        d.warned.clear();
        d.escalated.clear();
        if (d.status == "missed") d.status = "open";
      }
    }
  }
}

void NaiveLife::list_tasks(Date day) {
  std::map<std::string, NaiveTask> now;
  const State& s = *process_.find_state(state);
  if (!s.turn.empty() && s.task) now["state:" + s.id] = {s.turn, day};
  for (const auto& [id, d] : deadlines) {
    const DeadlineRule& rule = *process_.find_deadline(id);
    if (d.status == "open" && !d.warned.empty() && !s.turn.empty()) {
      now["deadline:" + id + ":warn:" + d.last_warned] = {s.turn, day};
    }
    if (d.status != "missed") continue;
    if (!rule.missed_task_role.empty()) {
      now["deadline:" + id + ":missed"] = {rule.missed_task_role, day};
    }
    for (const Escalation& e : rule.escalate) {
      if (!d.escalated.contains(e.after.to_string())) continue;
      now["deadline:" + id + ":escalate:" + e.after.to_string() + ":" + e.role] = {e.role, day};
    }
  }
  for (auto& [key, task] : now) {
    if (tasks.contains(key)) task.opened = tasks[key].opened;
  }
  tasks = std::move(now);
}

}  // namespace zicht::model::testing
