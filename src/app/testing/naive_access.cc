#include "app/testing/naive_access.h"

namespace zicht::app::testing {
namespace {

// One role, as if it were the only one that somebody holds.
bool one_role_sees(const std::string& role, bool is_own, const model::Pack& pack,
                   const model::Form& form, const model::Field& field,
                   model::Sensitivity audience) {
  bool may_read = false;
  for (const auto& [name, rules] : form.access) {
    if (name != role) continue;
    for (const model::AccessRule& rule : rules) {
      if (rule.is_conditional()) continue;
      for (const auto action : rule.actions) {
        if (action == model::Action::kRead) may_read = true;
      }
    }
  }
  if (!may_read) return false;
  int clearance = 0;
  bool everywhere = false;
  for (const model::Role& declared : pack.roles) {
    if (declared.id != role || role == "visitor") continue;
    clearance = static_cast<int>(declared.clearance);
    everywhere = declared.sees_all_organisations;
  }
  if (!is_own && !everywhere) clearance = 0;
  return static_cast<int>(audience) <= clearance &&
         static_cast<int>(field.sensitivity) <= clearance;
}

}  // namespace

bool naive_sees(const Caller& caller, const model::Pack& pack, const model::Form& form,
                const model::Field& field, const std::string& organisation,
                model::Sensitivity audience) {
  const bool is_own = !caller.account.empty() && !caller.organisation.empty() &&
                      caller.organisation == organisation;
  if (one_role_sees("visitor", is_own, pack, form, field, audience)) return true;
  if (caller.account.empty()) return false;
  for (const std::string& held : caller.roles) {
    std::string role;
    if (held == "administrator" || held == "auditor") role = held;
    if (held.rfind(pack.id + "/", 0) == 0) role = held.substr(pack.id.size() + 1);
    if (role.empty() || role == "visitor") continue;
    if (held != role && (role == "administrator" || role == "auditor")) continue;
    if (one_role_sees(role, is_own, pack, form, field, audience)) return true;
  }
  return false;
}

}  // namespace zicht::app::testing
