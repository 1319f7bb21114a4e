#include <algorithm>
#include <functional>
#include <set>

#include "packs/internal/checks.h"

namespace zicht::packs::internal {
namespace {

using model::DeadlineRule;
using model::Field;
using model::FieldType;
using model::Transition;

constexpr std::string_view kSame = "same";

bool contains(const std::vector<std::string>& items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

class ProcessCheck {
 public:
  ProcessCheck(const Draft& draft, const model::Process& process)
      : draft_(draft), process_(process), file_("processes/" + process.id + ".yaml"),
        users_(draft.users_of(process)) {}

  void run() {
    if (users_.empty()) draft_.warning("PK-0092", file_, {"process"});
    check_state({"start"}, process_.start);
    for (const model::State& state : process_.states) {
      if (state.id == model::kFactWithdrawn) {
        draft_.error("PK-0097", file_, {"states", state.id}, {{"state", state.id}});
      }
      draft_.check_role(file_, {"states", state.id, "turn"}, state.turn);
    }
    for (const Transition& transition : process_.transitions) check_transition(transition);
    for (const DeadlineRule& rule : process_.deadlines) check_deadline(rule);
    check_reachable();
    check_automatic_cycles();
  }

 private:
  // ------------------------------------------------------------ names

  void check_state(const Path& path, const std::string& state) {
    if (state.empty() || process_.find_state(state) != nullptr) return;
    draft_.unknown("PK-0046", file_, path, state, ids_of(process_.states));
  }

  void check_states(Path path, const std::vector<std::string>& states) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      path.push_back(std::to_string(i));
      check_state(path, states[i]);
      path.pop_back();
    }
  }

  void check_deadline_name(const Path& path, const std::string& deadline) {
    if (deadline.empty() || process_.find_deadline(deadline) != nullptr) return;
    draft_.unknown("PK-0048", file_, path, deadline, ids_of(process_.deadlines));
  }

  void check_transition_name(const Path& path, const std::string& transition) {
    if (transition.empty() || process_.find_transition(transition) != nullptr) return;
    draft_.unknown("PK-0047", file_, path, transition, ids_of(process_.transitions));
  }

  // Every form that lives by this process must have the field, of one of these types.
  void check_field(const Path& path, const std::string& name,
                   const std::vector<FieldType>& types, std::string_view wrong_type) {
    if (name.empty()) return;
    for (const model::Form* form : users_) {
      const Field* field = form->find_field(name);
      if (field == nullptr) {
        draft_.error("PK-0085", file_, path,
                     {{"field", name},
                      {"form", form->id},
                      {"known", suggestion(name, ids_of(form->fields))}});
        continue;
      }
      const bool is_good = types.empty() || (!field->is_many && std::find(types.begin(),
                               types.end(), field->type) != types.end());
      if (!is_good) draft_.error(wrong_type, file_, path, {{"field", name}, {"form", form->id}});
    }
  }

  // ------------------------------------------------------------ transitions

  void check_transition(const Transition& transition) {
    const Path at = {"transitions", transition.id};
    const auto sub = [&](std::string_view key) {
      return Path{"transitions", transition.id, std::string(key)};
    };
    check_states(sub("from"), transition.from);
    if (transition.to != kSame) check_state(sub("to"), transition.to);
    for (std::size_t i = 0; i < transition.roles.size(); ++i) {
      Path path = sub("roles");
      path.push_back(std::to_string(i));
      draft_.check_role(file_, path, transition.roles[i]);
      if (transition.roles[i] == model::kVisitor) {
        draft_.error("PK-0086", file_, path, {{"transition", transition.id}});
      }
    }
    for (const auto& [field, need] : transition.fields) {
      check_field({"transitions", transition.id, "fields", field}, field, {}, "PK-0085");
    }
    check_four_eyes(transition);
    if (transition.not_before) {
      check_deadline_name({"transitions", transition.id, "not_before", "deadline"},
                          transition.not_before->deadline);
    }
    for (std::size_t i = 0; i < transition.stops.size(); ++i) {
      check_deadline_name({"transitions", transition.id, "stops", std::to_string(i)},
                          transition.stops[i]);
    }
    check_deadline_name({"transitions", transition.id, "extends", "deadline"},
                        transition.extends);
    check_field({"transitions", transition.id, "extends", "by"}, transition.extends_by,
                {FieldType::kPeriod}, "PK-0095");
    check_deadline_name(sub("suspends"), transition.suspends);
    check_deadline_name(sub("resumes"), transition.resumes);
    if (transition.is_automatic) check_is_used(transition, at);
  }

  void check_four_eyes(const Transition& transition) {
    for (std::size_t i = 0; i < transition.four_eyes.size(); ++i) {
      const Path path = {"transitions", transition.id, "four_eyes", std::to_string(i)};
      check_transition_name(path, transition.four_eyes[i]);
      const Transition* other = process_.find_transition(transition.four_eyes[i]);
      if (other != nullptr && other->is_automatic) {
        draft_.error("PK-0089", file_, path, {{"transition", other->id}});
      }
    }
  }

  void check_is_used(const Transition& transition, const Path& at) {
    const bool is_used = std::any_of(
        process_.deadlines.begin(), process_.deadlines.end(),
        [&](const DeadlineRule& rule) { return rule.missed_transition == transition.id; });
    if (!is_used) draft_.error("PK-0084", file_, at, {{"transition", transition.id}});
  }

  // ------------------------------------------------------------ deadlines

  void check_deadline(const DeadlineRule& rule) {
    const auto sub = [&](std::string_view key) {
      return Path{"deadlines", rule.id, std::string(key)};
    };
    check_field(sub("start"), rule.start.field, {FieldType::kDate, FieldType::kUncertainDate},
                "PK-0080");
    check_state(sub("start"), rule.start.entered_state);
    check_field(sub("term"), rule.term_field, {FieldType::kPeriod}, "PK-0095");
    if (!rule.regime.empty() && !draft_.pack.regimes.contains(rule.regime)) {
      std::vector<std::string> known;
      for (const auto& [id, regime] : draft_.pack.regimes) known.push_back(id);
      draft_.unknown_file("PK-0044", file_, sub("regime"), "regimes", rule.regime, known);
    }
    check_states(sub("runs_in"), rule.runs_in);
    for (std::size_t i = 0; i < rule.met_by.size(); ++i) {
      Path path = sub("met_by");
      path.push_back(std::to_string(i));
      check_transition_name(path, rule.met_by[i]);
    }
    check_gate(rule);
    check_missed(rule);
    draft_.check_role(file_, {"deadlines", rule.id, "missed", "task"}, rule.missed_task_role);
    for (std::size_t i = 0; i < rule.escalate.size(); ++i) {
      draft_.check_role(file_, {"deadlines", rule.id, "escalate", std::to_string(i), "to"},
                        rule.escalate[i].role);
    }
  }

  // What a gate's deadline hangs on is frozen while a step waits for it. A computed field could not
  // be: it changes with its inputs, also for a writer who does not see it, and the refusal would
  // name it.
  void check_gate(const DeadlineRule& rule) {
    const bool is_gate = std::any_of(
        process_.transitions.begin(), process_.transitions.end(), [&](const Transition& step) {
          return step.not_before && step.not_before->deadline == rule.id;
        });
    if (!is_gate) return;
    const auto check = [&](std::string_view key, const std::string& name) {
      const bool is_computed =
          std::any_of(users_.begin(), users_.end(), [&](const model::Form* form) {
            const Field* field = form->find_field(name);
            return field != nullptr && field->is_computed();
          });
      if (!is_computed) return;
      draft_.error("PK-0159", file_, {"deadlines", rule.id, std::string(key)},
                   {{"deadline", rule.id}, {"field", name}});
    };
    check("start", rule.start.field);
    check("term", rule.term_field);
  }

  // The scheduler takes the transition from any state in which the deadline runs.
  void check_missed(const DeadlineRule& rule) {
    const Path path = {"deadlines", rule.id, "missed", "transition"};
    check_transition_name(path, rule.missed_transition);
    const Transition* transition = process_.find_transition(rule.missed_transition);
    if (transition == nullptr) return;
    if (!transition->is_automatic) {
      draft_.error("PK-0094", file_, path, {{"transition", transition->id}});
    }
    for (const std::string& state : rule.runs_in) {
      if (contains(transition->from, state)) continue;
      draft_.error("PK-0093", file_, path, {{"transition", transition->id}, {"state", state}});
    }
  }

  // ------------------------------------------------------------ the graph

  void check_reachable() {
    if (process_.find_state(process_.start) == nullptr) return;
    std::set<std::string> reached = {process_.start};
    for (bool grows = true; grows;) {
      grows = false;
      for (const Transition& transition : process_.transitions) {
        const bool is_open =
            std::any_of(transition.from.begin(), transition.from.end(),
                        [&](const std::string& state) { return reached.contains(state); });
        if (is_open && transition.to != kSame) grows |= reached.insert(transition.to).second;
      }
    }
    for (const model::State& state : process_.states) {
      if (reached.contains(state.id)) continue;
      draft_.error("PK-0081", file_, {"states", state.id}, {{"state", state.id}});
    }
  }

  // A ring of automatic transitions would turn for ever once its deadlines have passed.
  void check_automatic_cycles() {
    for (const Transition& first : process_.transitions) {
      if (!first.is_automatic) continue;
      std::set<std::string> seen;
      std::vector<std::string> open = {first.to};
      bool comes_back = first.to == kSame;
      while (!open.empty() && !comes_back) {
        const std::string state = open.back();
        open.pop_back();
        if (!seen.insert(state).second) continue;
        comes_back = contains(first.from, state);
        for (const Transition& next : process_.transitions) {
          if (next.is_automatic && next.to != kSame && contains(next.from, state)) {
            open.push_back(next.to);
          }
        }
      }
      if (comes_back) {
        draft_.error("PK-0096", file_, {"transitions", first.id}, {{"transition", first.id}});
      }
    }
  }

  const Draft& draft_;
  const model::Process& process_;
  const std::string file_;
  const std::vector<const model::Form*> users_;
};

}  // namespace

void check_processes(const Draft& draft) {
  for (const model::Process& process : draft.pack.processes) ProcessCheck(draft, process).run();
}

}  // namespace zicht::packs::internal
