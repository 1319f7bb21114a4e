#include <algorithm>
#include <optional>
#include <set>

#include "model/life.h"
#include "model/rules.h"
#include "model/validate.h"
#include "packs/internal/facts.h"
#include "packs/internal/values.h"

namespace zicht::packs::internal {
namespace {

using model::Field;

constexpr std::size_t kMostCompared = 500;  // facts, when looking for a slip of the pen

// What a reference can point at.
struct Target {
  std::string form;
  bool is_verified = true;
};
using Targets = std::map<std::string, Target>;   // by "pack/fact"

Targets targets_of(const Draft& draft, const std::vector<FactSheet>& sheets) {
  Targets targets;
  for (const std::string& need : draft.pack.needs) {
    const model::PackPtr pack = draft.packs.active(need);
    if (pack == nullptr) continue;
    for (const model::FactFile& file : pack->facts) {
      for (const model::Fact& fact : file.facts) {
        targets[need + "/" + fact.id] = {file.form, file.is_verified};
      }
    }
  }
  for (const FactSheet& sheet : sheets) {
    for (const FactRow& row : sheet.rows) {
      const std::string name = draft.pack.id + "/" + row.fact.id;
      const bool is_new = targets.emplace(name, Target{sheet.file.form,
                                                       sheet.file.is_verified}).second;
      if (!is_new && !row.fact.id.empty()) {
        draft.report.error("PK-0032", row.file, row.node.place_at({"id"}), {{"id", row.fact.id}});
      }
    }
  }
  return targets;
}

class RowCheck {
 public:
  RowCheck(const Draft& draft, const Targets& targets, const FactSheet& sheet,
           const model::Form& form, const FactRow& row)
      : draft_(draft), targets_(targets), sheet_(sheet), form_(form), row_(row) {}

  void run() {
    const Date on = row_.fact.from.value_or(Date::max());
    const Node* fields = row_.node.find("fields");
    record_ = check_document(row_.fact.fields, fields, row_.node.place, {.on = on});
    if (record_ && !row_.fact.steps.empty()) {
      record_ = model::with_computed(form_, draft_.packs, *std::move(record_), row_.fact.from);
    }
    check_steps();
  }

 private:
  void report(std::string_view id, const Place& place, const Arguments& arguments) const {
    draft_.report.error(id, row_.file, place, arguments);
  }

  // The document as it would be kept; absent when anything is wrong with it.
  std::optional<Json> check_document(const Json& document, const Node* node,
                                     const Place& fallback,
                                     const model::ValidateOptions& options) {
    const auto id_of = [&](const Field& field, std::string_view text) {
      return reference(field, text, node == nullptr ? fallback : node->place_at({field.id}));
    };
    const Json resolved = with_references(document, form_, id_of);
    auto checked = model::validate_fields(form_, draft_.packs, resolved, options);
    if (options.check_required && checked.problems.empty()) {
      checked.problems =
          model::check_rules(form_, draft_.packs, checked.fields, {.today = row_.fact.from});
    }
    for (const Problem& problem : checked.problems) {
      // reference() said it in the author's words; codes of a broken list are not to blame.
      if (problem.id == "MO-0117" || (problem.id == "MO-0115" && has_broken_list())) continue;
      add(problem, node, fallback);
    }
    if (!checked.problems.empty()) return std::nullopt;
    return std::move(checked.fields);
  }

  void add(const Problem& problem, const Node* fields, const Place& fallback) const {
    const Place place =
        fields == nullptr ? fallback : fields->place_at(path_of_pointer(problem.where));
    draft_.report.add(problem, row_.file, place);
  }

  // A fact may stand in a file, or belong to a form, that could not be read at all.
  bool has_unread_facts() const {
    return std::any_of(draft_.pack.files.begin(), draft_.pack.files.end(), [&](const auto& file) {
      const std::string& path = file.first;
      return (path.starts_with("facts/") || path.starts_with("forms/")) &&
             path.ends_with(".yaml") && !draft_.trees.contains(path);
    });
  }

  bool has_broken_list() const {
    return std::any_of(draft_.pack.files.begin(), draft_.pack.files.end(), [&](const auto& file) {
      return file.first.starts_with("lists/") && draft_.report.has_errors_in(file.first);
    });
  }

  std::string reference(const Field& field, std::string_view text, const Place& place) const {
    const std::string fact = fact_of(text);
    if (fact.empty()) {
      report("PK-0133", place, {{"field", field.id}});
      return {};
    }
    const auto target = targets_.find(fact);
    if (target == targets_.end()) {
      if (!has_unread_facts()) {
        report("PK-0121", place, {{"fact", fact}, {"known", near_fact(fact)}});
      }
    } else if (target->second.form != field.form) {
      report("PK-0122", place,
             {{"fact", fact}, {"form", target->second.form}, {"expected", field.form}});
    } else if (sheet_.file.is_verified && !target->second.is_verified) {
      report("PK-0123", place, {{"fact", fact}});
    }
    return stand_in_id(fact);
  }

  LocalizedText near_fact(const std::string& fact) const {
    std::vector<std::string> known;
    if (targets_.size() <= kMostCompared) {
      for (const auto& [name, target] : targets_) known.push_back(name);
    }
    const std::string near = nearest(fact, known);
    if (near.empty()) return {"Voeg het feit toe.", "Add the fact."};
    return suggestion(fact, {near});
  }

  // ------------------------------------------------------------ steps

  const model::Process* process() const {
    const model::ProcessChoice& choice = form_.process;
    std::string id = choice.process;
    if (!choice.by_field.empty()) {
      const json::object* fields = row_.fact.fields.if_object();
      const Json* code = fields == nullptr ? nullptr : fields->if_contains(choice.by_field);
      if (code == nullptr || !code->is_string()) return nullptr;
      id = choice.process_for(code->get_string());
    }
    return draft_.pack.find_process(id);
  }

  void check_steps() {
    if (row_.fact.steps.empty()) return;
    const Node& steps = *row_.node.find("steps");
    const model::Process* life = process();
    if (life == nullptr) {
      report("PK-0126", steps.place, {{"form", form_.id}});
      return;
    }
    if (draft_.report.has_errors_in("processes/" + life->id + ".yaml")) return;
    std::string state = life->start;
    Date previous = row_.fact.from.value_or(Date::min());
    for (std::size_t i = 0; i < row_.fact.steps.size(); ++i) {
      check_step(*life, row_.fact.steps[i], steps.items[i], state, previous);
    }
  }

  void check_step(const model::Process& life, const model::FactStep& step, const Node& node,
                  std::string& state, Date& previous) {
    if (step.on < previous) {
      report("PK-0125", node.place_at({"on"}), {{"date", long_text(previous)}});
    }
    previous = std::max(previous, step.on);
    const model::Transition* transition = life.find_transition(step.transition);
    if (transition == nullptr) {
      record_.reset();
      report("PK-0047", node.place_at({"do"}),
             {{"name", step.transition},
              {"known", suggestion(step.transition, ids_of(life.transitions))}});
      return;
    }
    const auto reachable = states_that_time_can_reach(life, state);
    const bool is_open =
        std::any_of(transition->from.begin(), transition->from.end(),
                    [&](const std::string& from) { return reachable.contains(from); });
    if (transition->is_automatic || !is_open) {
      report("PK-0124", node.place_at({"do"}), {{"transition", transition->id}, {"state", state}});
    }
    if (transition->to != "same") state = transition->to;
    const auto given = check_step_content(*transition, step, node);
    if (!given) record_.reset();
    if (record_) check_step_rules(life, *transition, step, node, *given, reachable);
  }

  // As loading holds a step to the rules of the form and to its guard, on its own day.
  void check_step_rules(const model::Process& life, const model::Transition& transition,
                        const model::FactStep& step, const Node& node, const Json& given,
                        const std::set<std::string>& reachable) {
    Json whole = model::merged(*record_, given);
    const auto problems =
        model::check_rules(form_, draft_.packs, whole,
                           {.today = step.on, .before = &*record_,
                            .touched = &given.get_object()});
    for (const Problem& problem : problems) add(problem, node.find("fields"), node.place);
    record_ = model::with_computed(form_, draft_.packs, std::move(whole), step.on);
    if (problems.empty()) check_guard(life, transition, step, node, reachable);
  }

  // In which of these states the record is depends on deadlines; one that passes will do.
  void check_guard(const model::Process& life, const model::Transition& transition,
                   const model::FactStep& step, const Node& node,
                   const std::set<std::string>& reachable) const {
    std::optional<Error> refused;
    for (const std::string& id : transition.from) {
      const model::State* state = life.find_state(id);
      if (state == nullptr || !reachable.contains(id)) continue;
      const auto passed = model::check_guard(form_, life.id, transition.id,
                                             {*record_, id, state->turn, step.on});
      if (passed) return;
      refused = passed.error();
    }
    if (!refused) return;
    draft_.report.add({refused->id, "", refused->message, refused->hint}, row_.file,
                      node.place_at({"do"}));
  }

  // The scheduler may have moved the record on before a person acts.
  static std::set<std::string> states_that_time_can_reach(const model::Process& life,
                                                          const std::string& from) {
    std::set<std::string> states = {from};
    for (std::size_t before = 0; before != states.size();) {
      before = states.size();
      for (const model::Transition& next : life.transitions) {
        if (!next.is_automatic || next.to == "same") continue;
        const bool is_open =
            std::any_of(next.from.begin(), next.from.end(),
                        [&](const std::string& state) { return states.contains(state); });
        if (is_open) states.insert(next.to);
      }
    }
    return states;
  }

  // What the step sets; absent when it cannot be set so.
  std::optional<Json> check_step_content(const model::Transition& transition,
                                         const model::FactStep& step, const Node& node) {
    const json::object* fields = step.fields.if_object();
    const Node* written = node.find("fields");
    bool is_whole = true;
    for (const auto& [field, need] : transition.fields) {
      if (need != model::Need::kRequired || (fields && fields->contains(field))) continue;
      is_whole = false;
      report("PK-0134", node.place, {{"field", field}, {"transition", transition.id}});
    }
    if (fields != nullptr) {
      for (const auto& [key, value] : *fields) {
        if (transition.fields.contains(std::string(key))) continue;
        is_whole = false;
        report("PK-0135", node.place_at({"fields", key}),
               {{"field", std::string(key)}, {"transition", transition.id}});
      }
    }
    if (transition.reason == model::Need::kRequired && step.reason.empty()) {
      report("PK-0136", node.place, {{"transition", transition.id}});
    }
    if (transition.reason == model::Need::kNone && !step.reason.empty()) {
      report("PK-0137", node.place_at({"reason"}), {{"transition", transition.id}});
    }
    auto given = check_document(step.fields, written, node.place,
                                {.on = step.on, .check_required = false});
    return is_whole ? std::move(given) : std::nullopt;
  }

  const Draft& draft_;
  const Targets& targets_;
  const FactSheet& sheet_;
  const model::Form& form_;
  const FactRow& row_;
  std::optional<Json> record_;   // after the steps so far; absent: not to be judged any more
};

}  // namespace

void check_facts(const Draft& draft, const std::vector<FactSheet>& sheets) {
  const Targets targets = targets_of(draft, sheets);
  for (const FactSheet& sheet : sheets) {
    const auto parts = model::split_full_id(sheet.file.form);
    const model::Form* form = parts ? draft.pack.find_form(parts->second) : nullptr;
    // Rows of a broken form would be blamed for the form's faults.
    if (form == nullptr || draft.report.has_errors_in("forms/" + form->id + ".yaml")) continue;
    // A fact that is told anew would take what was published with it.
    if (std::any_of(form->fields.begin(), form->fields.end(),
                    [](const Field& field) { return field.is_frozen(); })) {
      draft.error("PK-0240", "facts/" + sheet.file.id + ".yaml", {"form"}, {{"form", form->id}});
      continue;
    }
    for (const FactRow& row : sheet.rows) RowCheck(draft, targets, sheet, *form, row).run();
  }
}

}  // namespace zicht::packs::internal
