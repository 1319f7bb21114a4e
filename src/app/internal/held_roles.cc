#include "app/internal/held_roles.h"

namespace zicht::app::internal {

std::vector<TaskQuery::Held> held_roles(const Rulebook& rules, const Caller& who) {
  Caller caller = who;
  caller.is_receiving = false;
  std::vector<TaskQuery::Held> held;
  for (const model::PackPtr& pack : rules.packs.all_active()) {
    std::vector<std::string> roles;
    for (const model::Role& role : roles_in(caller, *pack)) {
      if (role.id != model::kVisitor) roles.push_back(role.id);
    }
    if (roles.empty()) continue;
    for (const model::Form& form : pack->forms) {
      model::RowScope scope = scope_of(caller, *pack, form);
      if (scope != model::no_scope()) held.push_back({form.full_id(), roles, std::move(scope)});
    }
  }
  return held;
}

}  // namespace zicht::app::internal
