// Fields of figures: what is frozen there, by which step, and that two people look at it.
#include <algorithm>
#include <map>
#include <set>

#include "packs/internal/checks.h"
#include "packs/internal/letters.h"

namespace zicht::packs::internal {
namespace {

using model::Field;
using model::FieldType;
using model::Form;
using model::Process;
using model::Transition;

class EditionCheck {
 public:
  EditionCheck(const Draft& draft, const Form& form)
      : draft_(draft), form_(form), file_("forms/" + form.id + ".yaml") {}

  void run() {
    for (const Field& field : form_.fields) {
      if (!field.is_frozen()) continue;
      if (field.edition) {
        check_rule(field, *field.edition);
      } else if (!is_counted(field) && !has_letter_for(draft_, form_)) {
        draft_.error("PK-0231", file_, {"fields", field.id}, {{"field", field.id}});
      }
    }
  }

 private:
  Path at(const Field& field, std::string_view key) const {
    return {"fields", field.id, std::string(key)};
  }

  bool is_counted(const Field& counted) const {
    return std::any_of(form_.fields.begin(), form_.fields.end(), [&](const Field& field) {
      return field.edition && field.edition->counted == counted.id;
    });
  }

  void check_rule(const Field& field, const model::EditionRule& rule) {
    std::set<std::string> protected_forms;
    for (std::size_t i = 0; i < rule.indicators.size(); ++i) {
      const model::Indicator* indicator = draft_.pack.find_indicator(rule.indicators[i]);
      Path path = at(field, "indicators");
      path.push_back(std::to_string(i));
      if (indicator == nullptr) {
        draft_.unknown_file("PK-0227", file_, path, "indicators", rule.indicators[i],
                            ids_of(draft_.pack.indicators));
        continue;
      }
      if (overlaps(*indicator)) {
        draft_.error("PK-0262", file_, path, {{"indicator", indicator->id}});
      }
      if (indicator->protection.threshold > 0 &&
          !protected_forms.insert(indicator->form).second) {
        draft_.error("PK-0237", file_, path, {{"form", indicator->form}});
      }
    }
    if (rule.indicators.empty()) {
      draft_.error("PK-0021", file_, at(field, "indicators"), {{"key", "indicators"}});
    }
    const Field* on = find_field(rule.on, at(field, "on"));
    if (on != nullptr && (on->type != FieldType::kDate || on->is_many)) {
      draft_.error("PK-0228", file_, at(field, "on"), {{"field", rule.on}});
    }
    check_counted(field, rule, !protected_forms.empty());
    const Field* corrects = find_field(rule.corrects, at(field, "corrects"));
    const bool is_own =
        corrects == nullptr || (corrects->form == form_.full_id() && !corrects->is_many);
    if (!is_own) draft_.error("PK-0230", file_, at(field, "corrects"), {{"field", corrects->id}});
    if (!is_done_somewhere(field, &Transition::freezes)) {
      draft_.error("PK-0231", file_, {"fields", field.id}, {{"field", field.id}});
    } else if (!is_done_somewhere(field, &Transition::releases)) {
      draft_.error("PK-0238", file_, {"fields", field.id}, {{"field", field.id}});
    }
  }

  // What was counted says more than what may be published.
  void check_counted(const Field& field, const model::EditionRule& rule, bool is_needed) {
    const Field* counted = find_field(rule.counted, at(field, "counted"));
    const bool is_missing = rule.counted.empty() && is_needed;
    const bool is_wrong =
        counted != nullptr && (!counted->is_frozen() || counted->edition ||
                               counted->sensitivity == model::Sensitivity::kPublic);
    if (is_missing || is_wrong) {
      draft_.error("PK-0229", file_, at(field, is_missing ? "indicators" : "counted"),
                   {{"field", field.id}});
    }
  }

  bool overlaps(const model::Indicator& indicator) const {
    const Form* form = draft_.pack.find_form(indicator.form);
    const auto has_several = [form](const model::Dimension& dimension) {
      const Field* field = form->find_field(dimension.field);
      return field != nullptr && field->is_many;
    };
    return form != nullptr && std::any_of(indicator.dimensions.begin(), indicator.dimensions.end(),
                                          has_several);
  }

  const Field* find_field(const std::string& name, const Path& path) const {
    const Field* field = form_.find_field(name);
    if (field == nullptr && !name.empty()) {
      draft_.unknown("PK-0045", file_, path, name, ids_of(form_.fields));
    }
    return field;
  }

  bool is_done_somewhere(const Field& field, std::string Transition::*act) const {
    return std::any_of(
        draft_.pack.processes.begin(), draft_.pack.processes.end(), [&](const Process& process) {
          const auto users = draft_.users_of(process);
          const auto does = [&](const Transition& step) { return step.*act == field.id; };
          return std::find(users.begin(), users.end(), &form_) != users.end() &&
                 std::any_of(process.transitions.begin(), process.transitions.end(), does);
        });
  }

  const Draft& draft_;
  const Form& form_;
  const std::string file_;
};

class StepCheck {
 public:
  StepCheck(const Draft& draft, const Process& process)
      : draft_(draft),
        process_(process),
        file_("processes/" + process.id + ".yaml"),
        users_(draft.users_of(process)) {}

  void run() {
    for (const Transition& step : process_.transitions) {
      check_field(step, "freezes", step.freezes);
      check_field(step, "releases", step.releases);
      check_asks(step);
      if (!step.releases.empty() && (!step.freezes.empty() || !is_seen_by_two(step))) {
        draft_.error("PK-0233", file_, {"transitions", step.id, "four_eyes"},
                     {{"transition", step.id}, {"field", step.releases}});
      }
    }
  }

 private:
  void check_field(const Transition& step, const char* key, const std::string& name) const {
    if (name.empty()) return;
    for (const Form* form : users_) {
      const Field* field = form->find_field(name);
      if (field != nullptr && field->edition) continue;
      draft_.error("PK-0232", file_, {"transitions", step.id, key},
                   {{"field", name}, {"form", form->id}});
    }
  }

  // The reference day is given with the step that freezes, so that it stays as it was seen; the
  // figures themselves are given by nobody.
  void check_asks(const Transition& step) const {
    for (const Form* form : users_) {
      for (const auto& [name, need] : step.fields) {
        const Field* field = form->find_field(name);
        if (field == nullptr || !field->is_frozen()) continue;
        draft_.error("PK-0234", file_, {"transitions", step.id, "fields", name}, {{"field", name}});
      }
      const Field* frozen = form->find_field(step.freezes);
      if (frozen == nullptr || !frozen->edition) continue;
      const auto on = step.fields.find(frozen->edition->on);
      if (on != step.fields.end() && on->second == model::Need::kRequired) continue;
      draft_.error("PK-0235", file_, {"transitions", step.id, "freezes"},
                   {{"field", frozen->edition->on}});
    }
  }

  // Whoever froze the figures last is somebody else, by whichever step.
  bool is_seen_by_two(const Transition& step) const {
    return std::all_of(process_.transitions.begin(), process_.transitions.end(),
                       [&](const Transition& other) {
                         const auto& named = step.four_eyes;
                         return other.freezes != step.releases ||
                                std::find(named.begin(), named.end(), other.id) != named.end();
                       });
  }

  const Draft& draft_;
  const Process& process_;
  const std::string file_;
  const std::vector<const Form*> users_;
};

// Tables are audited beside those of the same field, and kept in a place of their own: what two
// fields would tell of the rows of one form, nobody judges together.
class SharedCheck {
 public:
  explicit SharedCheck(const Draft& draft) : draft_(draft) {}

  void run() {
    for (const Form& form : draft_.pack.forms) {
      for (const Field& field : form.fields) {
        if (field.edition) check(form, field);
      }
    }
  }

 private:
  void check(const Form& form, const Field& field) {
    const std::string here = form.id + "/" + field.id;
    const Path path{"fields", field.id};
    const std::string file = "forms/" + form.id + ".yaml";
    const std::string& counted = field.edition->counted;
    bool is_shared = !counted.empty() && !take(form.id + " " + counted, here);
    for (const std::string& name : field.edition->indicators) {
      const model::Indicator* indicator = draft_.pack.find_indicator(name);
      if (indicator == nullptr || indicator->protection.threshold == 0) continue;
      if (!take(name, here)) {
        is_shared = true;
      } else if (!take("form/" + indicator->form, here)) {
        draft_.error("PK-0264", file, path, {{"field", field.id}, {"form", indicator->form}});
      }
    }
    if (is_shared) draft_.error("PK-0239", file, path, {{"field", field.id}});
  }

  bool take(const std::string& what, const std::string& here) {
    return fields_.emplace(what, here).first->second == here;
  }

  const Draft& draft_;
  std::map<std::string, std::string> fields_;  // "form/field" of what only one of them may have
};

}  // namespace

void check_editions(const Draft& draft) {
  SharedCheck(draft).run();
  for (const Form& form : draft.pack.forms) EditionCheck(draft, form).run();
  for (const Process& process : draft.pack.processes) StepCheck(draft, process).run();
}

}  // namespace zicht::packs::internal
