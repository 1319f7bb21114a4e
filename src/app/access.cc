#include "app/access.h"

#include <algorithm>

#include "base/check.h"

namespace zicht::app {
namespace {

bool is_builtin(std::string_view role) {
  return role == model::kVisitor || role == model::kAdministrator || role == model::kAuditor;
}

// The role as the pack declares it; a built-in one that it does not declare sees what is public.
std::optional<model::Role> role_of(const model::Pack& pack, std::string_view id) {
  if (const model::Role* declared = pack.find_role(id)) return *declared;
  if (!is_builtin(id)) return {};
  model::Role role;
  role.id = std::string(id);
  return role;
}

bool reaches(const Caller& caller, const model::Role& role, const model::Record& record) {
  const bool is_own = !caller.organisation.empty() && caller.organisation == record.organisation;
  if (!is_own && !role.sees_all_organisations) return false;
  return record.audience <= role.clearance;
}

bool allows(const model::Form& form, const model::Role& role, model::Action action) {
  const auto granted = form.access.find(role.id);
  if (granted == form.access.end()) return false;
  return std::any_of(granted->second.begin(), granted->second.end(),
                     [&](const model::AccessRule& rule) {
                       return !rule.is_conditional() && rule.actions.contains(action);
                     });
}

// A group is as sensitive as the most sensitive of its fields: it is seen whole or not at all.
model::Sensitivity sensitivity_of(const model::Field& field) {
  model::Sensitivity highest = field.sensitivity;
  for (const model::Field& inner : field.fields) highest = std::max(highest, inner.sensitivity);
  return highest;
}

}  // namespace

bool Caller::has_builtin(std::string_view role) const {
  return is_builtin(role) && std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::vector<model::Role> roles_in(const Caller& caller, const model::Pack& pack) {
  std::vector<model::Role> held;
  model::Role visitor;
  visitor.id = std::string(model::kVisitor);
  held.push_back(std::move(visitor));
  if (caller.is_visitor()) return held;
  for (const std::string& name : caller.roles) {
    const auto parts = model::split_full_id(name);
    if (parts && (parts->first != pack.id || is_builtin(parts->second))) continue;
    const std::string_view id = parts ? parts->second : std::string_view(name);
    if (!parts && (!is_builtin(id) || id == model::kVisitor)) continue;
    if (auto role = role_of(pack, id)) held.push_back(*std::move(role));
  }
  return held;
}

bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
         model::Action action) {
  const auto held = roles_in(caller, pack);
  return std::any_of(held.begin(), held.end(),
                     [&](const model::Role& role) { return allows(form, role, action); });
}

bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
         model::Action action, const model::Record& record) {
  const auto held = roles_in(caller, pack);
  return std::any_of(held.begin(), held.end(), [&](const model::Role& role) {
    return allows(form, role, action) && reaches(caller, role, record);
  });
}

model::RowScope scope_of(const Caller& caller, const model::Pack& pack, const model::Form& form,
                         model::Action action) {
  model::RowScope scope;
  scope.organisation = caller.organisation;
  for (const model::Role& role : roles_in(caller, pack)) {
    if (!allows(form, role, action)) continue;
    scope.clearance = std::max(scope.clearance, role.clearance);
    if (role.sees_all_organisations) {
      scope.elsewhere = std::max(*scope.elsewhere, role.clearance);
    }
  }
  return scope;
}

bool sees_row(const model::RowScope& scope, const model::Record& record) {
  const auto clearance = scope.clearance_in(record.organisation);
  return clearance && record.audience <= *clearance;
}

bool sees_field(const model::RowScope& scope, const model::Field& field) {
  return sensitivity_of(field) <= scope.clearance;
}

bool sees_field(const model::RowScope& scope, const model::Record& record,
                const model::Field& field) {
  return sees_field_in(scope, record.organisation, field);
}

bool sees_field_in(const model::RowScope& scope, std::string_view organisation,
                   const model::Field& field) {
  const auto clearance = scope.clearance_in(organisation);
  return clearance && sensitivity_of(field) <= *clearance;
}

bool may_take(const Caller& caller, const model::Pack& pack, const model::Transition& transition,
              const model::Record& record) {
  if (transition.is_automatic) return false;
  const auto held = roles_in(caller, pack);
  return std::any_of(held.begin(), held.end(), [&](const model::Role& role) {
    const auto& roles = transition.roles;
    return std::find(roles.begin(), roles.end(), role.id) != roles.end() &&
           reaches(caller, role, record);
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
  return clearance && std::all_of(form.name.begin(), form.name.end(), [&](const auto& name) {
    const model::Field* field = form.find_field(name);
    return field == nullptr || sensitivity_of(*field) <= *clearance;
  });
}

bool sees_elsewhere(const model::RowScope& scope, const model::Field& field) {
  return scope.elsewhere && sensitivity_of(field) <= *scope.elsewhere;
}

model::Record visible_part(const model::RowScope& scope, const model::Form& form,
                           model::Record record) {
  ZICHT_CHECK(sees_row(scope, record), "only a visible row has a visible part");
  json::object visible;
  for (const model::Field& field : form.fields) {
    const Json* value = record.fields.as_object().if_contains(field.id);
    if (value != nullptr && sees_field(scope, record, field)) visible.emplace(field.id, *value);
  }
  record.fields = std::move(visible);
  if (!sees_title(scope, record.organisation, form)) record.title = form.title.nl;
  return record;
}

}  // namespace zicht::app
