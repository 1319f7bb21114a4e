// Oracle for life.h: walks day by day and asks on every day, for every deadline, whether anything
// happens. No planned days, no versions compared; slow and plain. Knows the term arithmetic of
// calendar/ only. For tests; periods of warnings must be in days.
#pragma once

#include <map>
#include <set>
#include <string>

#include "model/life.h"

namespace zicht::model::testing {

struct NaiveDeadline {
  std::string status;                   // as in JSON
  calendar::UncertainDate start;
  DateInterval due;
  std::set<std::string> warned, escalated;
  std::string last_warned;
  std::vector<DateInterval> suspensions;
  std::optional<Period> extension;
};

struct NaiveTask {
  std::string role;
  Date opened;
  bool operator==(const NaiveTask&) const = default;
};

class NaiveLife {
 public:
  NaiveLife(const Judge& judge, Json fields, Date valid_from);

  // Days up to and including `today`.
  void walk_to(Date today);
  // A step whose conditions hold; false when the term arithmetic refuses it (then use it no more).
  [[nodiscard]] bool take(const Transition& transition, const Json& fields, Date on);
  [[nodiscard]] bool change(Json fields, Date on);

  std::string state;
  Date state_since, valid_from;
  int versions = 1;
  std::map<std::string, NaiveDeadline> deadlines;
  std::map<std::string, NaiveTask> tasks;

 private:
  bool live_through(Date day);
  bool happens(const DeadlineRule& rule, NaiveDeadline& d, Date day);
  void move(const Transition& t, Date on);
  void align(const Transition* t, const std::string& old_state, bool entered, Date on);
  bool compute(const DeadlineRule& rule, NaiveDeadline& d);
  void list_tasks(Date day);

  Judge judge_;
  const Process& process_;
  Json fields_;
  bool is_sound_ = true;
};

}  // namespace zicht::model::testing
