#include "app/access.h"

#include <algorithm>

#include "app/internal/edition.h"
#include "base/check.h"

namespace zicht::app {
namespace {

// The role as the pack declares it; a built-in one that it does not declare sees what is public.
std::optional<model::Role> role_of(const model::Pack& pack, std::string_view id) {
  if (const model::Role* declared = pack.find_role(id)) return *declared;
  if (!model::is_builtin_role(id)) return {};
  model::Role role;
  role.id = std::string(id);
  return role;
}

bool reaches_organisation(const Caller& caller, const model::Role& role,
                          const model::Record& record) {
  return role.sees_all_organisations ||
         (!caller.organisation.empty() && caller.organisation == record.organisation);
}

bool reaches(const Caller& caller, const model::Role& role, const model::Record& record) {
  return reaches_organisation(caller, role, record) && record.audience <= role.clearance;
}

// The rule speaks of this action and of what the caller is here for.
bool applies(const Caller& caller, const model::AccessRule& rule, model::Action action) {
  if (!rule.actions.contains(action)) return false;
  return rule.purposes.empty() || rule.purposes.contains(caller.purpose);
}

const std::vector<model::AccessRule>& rules_of(const model::Form& form, const model::Role& role) {
  static const std::vector<model::AccessRule> kNone;
  const auto granted = form.access.find(role.id);
  return granted == form.access.end() ? kNone : granted->second;
}

bool allows(const Caller& caller, const model::Form& form, const model::Role& role,
            model::Action action) {
  const auto& rules = rules_of(form, role);
  return std::any_of(rules.begin(), rules.end(), [&](const model::AccessRule& rule) {
    return applies(caller, rule, action);
  });
}

// Looks through breaks of this form, whatever rows they opened.
bool looks_through_breaks(const Caller& caller, const model::Form& form, const model::Role& role,
                          model::Action action) {
  return action == model::Action::kRead && caller.purpose == model::kEmergency &&
         !caller.opened.empty() && form.break_glass && form.break_glass->roles.contains(role.id);
}

bool is_a_look(model::Action action) {
  return action == model::Action::kRead || action == model::Action::kExport;
}

// Handing over is no writing: what lasts already goes on beside it.
bool is_writing(model::Action action) {
  return !is_a_look(action) && action != model::Action::kHandOver;
}

// Puts together what rules reach.
class ScopeMaker {
 public:
  // `is_receiving`: rows that were handed over count as own ones.
  ScopeMaker(const Caller& caller, model::Action action, bool is_receiving)
      : caller_(caller),
        tells_public_(is_a_look(action)),
        is_receiving_(is_receiving),
        action_(action) {
    scope_ = model::no_scope();
    scope_.has_own_rows = false;
  }

  void add(const model::Form& form, const model::Role& role) {
    for (const model::AccessRule& rule : rules_of(form, role)) {
      if (!applies(caller_, rule, action_)) continue;
      add(rule, role);
      if (is_receiving_ && form.is_about_persons()) add_handed(rule, role, form.full_id());
    }
  }

  // The rows that breaks opened, up to what may be broken.
  void add_opened(const model::BreakRule& rule, const model::Role& role) {
    scope_.through.push_back({.clearance = std::min(role.clearance, rule.breakable),
                              .is_own_only = !role.sees_all_organisations,
                              .records = caller_.opened});
  }

  model::RowScope take() {
    if (!scope_.through.empty()) {
      scope_.organisation = caller_.organisation;
      scope_.account = caller_.account;
      scope_.subject = caller_.subject;
    } else if (!scope_.has_own_rows && !scope_.elsewhere) {
      return model::no_scope();
    }
    return std::move(scope_);
  }

 private:
  void add(const model::AccessRule& rule, const model::Role& role) {
    const auto clearance = std::min(role.clearance, rule.clearance.value_or(role.clearance));
    const bool is_for_all = role.sees_all_organisations;
    if (!rule.relations.empty() || rule.subject_age != model::AgeRange{}) {
      scope_.through.push_back({.clearance = clearance,
                                .is_own_only = rule.relations.empty() && !is_for_all,
                                .relations = rule.relations,
                                .subject_age = rule.subject_age});
      return;
    }
    scope_.organisation = caller_.organisation;
    scope_.has_own_rows = true;
    scope_.clearance = std::max(scope_.clearance, clearance);
    if (!is_for_all && !tells_public_) return;
    const auto seen = is_for_all ? clearance : model::Sensitivity::kPublic;
    scope_.elsewhere = scope_.elsewhere ? std::max(*scope_.elsewhere, seen) : seen;
  }

  // A rule for the own organisation reaches what was handed over to it too; one with a relation
  // what the own organisation told of who was handed over.
  void add_handed(const model::AccessRule& rule, const model::Role& role,
                  const std::string& full_form) {
    if (role.sees_all_organisations && rule.relations.empty()) return;
    scope_.through.push_back(
        {.clearance = std::min(role.clearance, rule.clearance.value_or(role.clearance)),
         .relations = rule.relations,
         .subject_age = rule.subject_age,
         .handed_form = full_form});
  }

  const Caller& caller_;
  const bool tells_public_, is_receiving_;
  const model::Action action_;
  model::RowScope scope_;
};

bool covers(const model::RowScope& scope, const model::Record& record, const model::About& about) {
  const auto clearance = scope.clearance_in(record.organisation, about, record.id);
  return clearance && record.audience <= *clearance;
}

}  // namespace

bool Caller::has_builtin(std::string_view role) const {
  return model::is_builtin_role(role) && std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::vector<model::Role> roles_in(const Caller& caller, const model::Pack& pack) {
  std::vector<model::Role> held;
  model::Role visitor;
  visitor.id = std::string(model::kVisitor);
  held.push_back(std::move(visitor));
  if (caller.is_visitor()) return held;
  for (const std::string& name : caller.roles) {
    const auto parts = model::split_full_id(name);
    if (parts && (parts->first != pack.id || model::is_builtin_role(parts->second))) continue;
    const std::string_view id = parts ? parts->second : std::string_view(name);
    if (!parts && (!model::is_builtin_role(id) || id == model::kVisitor)) continue;
    if (auto role = role_of(pack, id)) held.push_back(*std::move(role));
  }
  return held;
}

bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
         model::Action action) {
  const auto held = roles_in(caller, pack);
  return std::any_of(held.begin(), held.end(), [&](const model::Role& role) {
    return allows(caller, form, role, action) ||
           looks_through_breaks(caller, form, role, action);
  });
}

bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
         model::Action action, const model::Record& record, const model::About& about) {
  if (is_writing(action) && is_given_up(form, record, about)) return false;
  return covers(scope_of(caller, pack, form, action), record, about);
}

bool is_given_up(const model::Form& form, const model::Record& record,
                 const model::About& about) {
  return std::any_of(about.begin(), about.end(), [&](const model::Standing& standing) {
    return model::covers(standing.given_up, record.organisation, form.full_id());
  });
}

model::About without_giving_up(model::About about) {
  for (model::Standing& standing : about) standing.given_up.clear();
  return about;
}

model::RowScope scope_of(const Caller& caller, const model::Pack& pack, const model::Form& form,
                         model::Action action) {
  const bool is_receiving = caller.is_receiving && !caller.organisation.empty();
  ScopeMaker maker(caller, action, is_receiving && is_a_look(action));
  for (const model::Role& role : roles_in(caller, pack)) {
    maker.add(form, role);
    if (looks_through_breaks(caller, form, role, action)) {
      maker.add_opened(*form.break_glass, role);
    }
  }
  return maker.take();
}

std::optional<BreakLeave> may_break(const Caller& caller, const model::Pack& pack,
                                    const model::Form& form, const model::Record& record) {
  std::optional<BreakLeave> leave;
  if (!form.break_glass) return leave;
  for (const model::Role& role : roles_in(caller, pack)) {
    if (!form.break_glass->roles.contains(role.id)) continue;
    const auto clearance = std::min(role.clearance, form.break_glass->breakable);
    if (!reaches_organisation(caller, role, record) || clearance < record.audience) continue;
    if (!leave || leave->clearance < clearance) leave = {role.id, clearance};
  }
  return leave;
}

bool may_break(const Caller& caller, const model::Pack& pack, const model::Form& form) {
  const auto held = roles_in(caller, pack);
  return form.break_glass && std::any_of(held.begin(), held.end(), [&](const model::Role& role) {
    return form.break_glass->roles.contains(role.id);
  });
}

std::set<std::string> purposes_of(const Caller& caller, const model::Pack& pack,
                                  const model::Form& form) {
  std::set<std::string> purposes;
  for (const model::Role& role : roles_in(caller, pack)) {
    for (const model::AccessRule& rule : rules_of(form, role)) {
      purposes.insert(rule.purposes.begin(), rule.purposes.end());
    }
  }
  return purposes;
}

bool sees_row(const model::RowScope& scope, const model::Record& record) {
  const auto clearance = scope.clearance_in(record.organisation, {}, record.id);
  return clearance && record.audience <= *clearance;
}

model::Sensitivity sensitivity_of(const model::Field& field) {
  model::Sensitivity highest = field.sensitivity;
  for (const model::Field& inner : field.fields) highest = std::max(highest, inner.sensitivity);
  return highest;
}

bool sees_field(const model::RowScope& scope, const model::Field& field) {
  return sensitivity_of(field) <= scope.highest();
}

bool sees_field(const model::RowScope& scope, const model::Record& record,
                const model::Field& field) {
  return sees_field_in(scope, record.organisation, field);
}

bool is_named(const model::RowScope& seen, const model::RowScope& filled_in,
              const model::Field& field) {
  if (field.is_frozen() && !field.edition) return false;
  return sees_field(seen, field) || sees_field(filled_in, field);
}

bool sees_field_in(const model::RowScope& scope, std::string_view organisation,
                   const model::Field& field) {
  const auto clearance = scope.clearance_in(organisation);
  return clearance && sensitivity_of(field) <= *clearance;
}

bool sees_value(const model::RowScope& scope, const model::Record& record,
                const model::Field& field, const Json& value) {
  if (!sees_field(scope, record, field)) return false;
  if (!field.is_frozen()) return true;
  if (!field.edition || !value.is_object()) return false;
  const auto clearance = scope.clearance_in(record.organisation);
  return internal::is_released(value.get_object()) ||
         (clearance && *clearance >= model::Sensitivity::kInternal);
}

bool may_take(const Caller& caller, const model::Pack& pack, const model::Form& form,
              const model::Transition& transition, const model::Record& record,
              const model::About& about) {
  if (transition.is_automatic) return false;
  if (is_given_up(form, record, about)) return false;
  const auto held = roles_in(caller, pack);
  return std::any_of(held.begin(), held.end(), [&](const model::Role& role) {
    const auto& roles = transition.roles;
    if (std::find(roles.begin(), roles.end(), role.id) == roles.end()) return false;
    const auto& rules = rules_of(form, role);
    const bool is_conditional = std::any_of(
        rules.begin(), rules.end(), [](const auto& rule) { return rule.is_conditional(); });
    if (!is_conditional) return reaches(caller, role, record);
    ScopeMaker maker(caller, model::Action::kRead, false);
    maker.add(form, role);
    return covers(maker.take(), record, about);
  });
}

bool may_fill_in(const Caller& caller, const model::Pack& pack, const model::Form& form) {
  for (const auto action :
       {model::Action::kCreate, model::Action::kChange, model::Action::kCorrect}) {
    if (may(caller, pack, form, action)) return true;
  }
  const auto held = roles_in(caller, pack);
  const auto takes = [&](const model::Transition& step) {
    return !step.is_automatic && std::any_of(held.begin(), held.end(), [&](const auto& role) {
      return std::find(step.roles.begin(), step.roles.end(), role.id) != step.roles.end() &&
             !rules_of(form, role).empty();
    });
  };
  const auto is_of_form = [&](const model::Process& process) {
    const model::ProcessChoice& choice = form.process;
    if (choice.by_field.empty()) return choice.process == process.id;
    return std::any_of(choice.by_code.begin(), choice.by_code.end(),
                       [&](const auto& each) { return each.second == process.id; });
  };
  return std::any_of(pack.processes.begin(), pack.processes.end(), [&](const auto& process) {
    return is_of_form(process) && std::any_of(process.transitions.begin(),
                                              process.transitions.end(), takes);
  });
}

bool works_in(const std::vector<std::string>& roles, const model::Pack& pack) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    const auto parts = model::split_full_id(role);
    return parts && parts->first == pack.id;
  });
}

model::Form visible_form(const model::RowScope& scope, const model::Form& form,
                         const model::Record* record) {
  model::Form visible = form;
  std::erase_if(visible.fields, [&](const model::Field& field) {
    return record != nullptr ? !sees_field(scope, *record, field) : !sees_field(scope, field);
  });
  return visible;
}

bool sees_title(const model::RowScope& scope, std::string_view organisation,
                const model::Form& form) {
  const auto clearance = scope.clearance_in(organisation);
  return clearance && sees_title(*clearance, form);
}

bool sees_title(model::Sensitivity clearance, const model::Form& form) {
  return std::all_of(form.name.begin(), form.name.end(), [&](const auto& name) {
    const model::Field* field = form.find_field(name);
    return field == nullptr || sensitivity_of(*field) <= clearance;
  });
}

model::Record visible_part(const model::RowScope& scope, const model::Form& form,
                           model::Record record) {
  ZICHT_CHECK(sees_row(scope, record), "only a visible row has a visible part");
  json::object visible;
  for (const model::Field& field : form.fields) {
    const Json* value = record.fields.as_object().if_contains(field.id);
    if (value == nullptr || !sees_value(scope, record, field, *value)) continue;
    visible.emplace(field.id, *value);
  }
  record.fields = std::move(visible);
  if (!sees_title(scope, record.organisation, form)) record.title = form.title.nl;
  return record;
}

}  // namespace zicht::app
