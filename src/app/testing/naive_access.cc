#include "app/testing/naive_access.h"

#include <optional>

namespace zicht::app::testing {
namespace {

// What one rule of one role asks of a row, each condition by itself.
bool is_for(const model::AccessRule& rule, const Caller& caller) {
  bool asked = false, given = false;
  for (const std::string& purpose : rule.purposes) {
    asked = true;
    if (purpose == caller.purpose) given = true;
  }
  return !asked || given;
}

// Somebody was handed over, by who keeps the row, with rows of this form.
bool is_handed(const Caller& caller, const model::Form& form, const model::Standing& standing,
               const NaiveRow& row) {
  if (!caller.is_receiving || caller.organisation.empty()) return false;
  for (const model::Handed& handed : standing.handed) {
    const bool is_of_form = handed.form.empty() || handed.form == form.pack + "/" + form.id;
    if (handed.keeper == row.organisation && is_of_form) return true;
  }
  return false;
}

// By a relation that who keeps the record of the person recorded, or who keeps the row; or, to
// look at what is handed over, the own organisation.
bool is_related(const model::AccessRule& rule, const Caller& caller, const model::Form& form,
                const NaiveRow& row, bool is_look) {
  for (const std::string& wanted : rule.relations) {
    for (const model::Standing& standing : row.about) {
      for (const std::string& has : standing.relations) {
        if (has == wanted) return true;
      }
      for (const model::Told& told : standing.told) {
        if (told.kind != wanted) continue;
        if (told.by == row.organisation) return true;
        const bool is_by_own = told.by == caller.organisation && !told.by.empty();
        if (is_look && is_by_own && is_handed(caller, form, standing, row)) return true;
      }
    }
  }
  return false;
}

bool are_of_age(const model::AccessRule& rule, const model::About& about) {
  if (!rule.subject_age.from && !rule.subject_age.below) return true;
  int persons = 0;
  for (const model::Standing& standing : about) {
    ++persons;
    if (!standing.age) return false;
    if (rule.subject_age.from && *standing.age < *rule.subject_age.from) return false;
    if (rule.subject_age.below && *standing.age >= *rule.subject_age.below) return false;
  }
  return persons > 0;
}

bool has_action(const model::AccessRule& rule, model::Action wanted) {
  for (const auto action : rule.actions) {
    if (action == wanted) return true;
  }
  return false;
}

// The most that one rule of one role shows of the row, or lets do with it: as of Sensitivity, -1
// for nothing. As if it were the only one that somebody has.
int most_by_rule(const model::AccessRule& rule, int role_clearance, bool role_sees_all,
                 const Caller& caller, const model::Form& form, const NaiveRow& row,
                 bool is_look) {
  if (!is_for(rule, caller)) return -1;
  int clearance = role_clearance;
  if (rule.clearance && static_cast<int>(*rule.clearance) < clearance) {
    clearance = static_cast<int>(*rule.clearance);
  }
  bool counts_as_own = !caller.account.empty() && !caller.organisation.empty() &&
                       caller.organisation == row.organisation;
  for (const model::Standing& standing : row.about) {
    if (is_look && is_handed(caller, form, standing, row)) counts_as_own = true;
  }
  if (!rule.relations.empty()) {
    if (!is_related(rule, caller, form, row, is_look)) return -1;
  } else if (!counts_as_own && !role_sees_all) {
    const bool has_conditions = rule.subject_age.from || rule.subject_age.below;
    if (has_conditions || !is_look) return -1;
    clearance = 0;
  }
  if (!are_of_age(rule, row.about)) return -1;
  return static_cast<int>(row.audience) <= clearance ? clearance : -1;
}

bool one_rule_sees(const model::AccessRule& rule, int role_clearance, bool role_sees_all,
                   const Caller& caller, const model::Form& form, const NaiveRow& row) {
  return has_action(rule, model::Action::kRead) &&
         static_cast<int>(row.sensitivity) <=
             most_by_rule(rule, role_clearance, role_sees_all, caller, form, row, true);
}

// Whoever broke this row sees it by one role, up to what may be broken.
bool one_break_sees(const std::string& role, int role_clearance, bool role_sees_all,
                    const Caller& caller, const model::Form& form, const NaiveRow& row) {
  if (!form.break_glass || caller.purpose != "noodtoegang") return false;
  bool is_opened = false, is_allowed = false;
  for (const std::string& opened : caller.opened) {
    if (opened == row.record) is_opened = true;
  }
  for (const std::string& allowed : form.break_glass->roles) {
    if (allowed == role) is_allowed = true;
  }
  const bool is_own = !caller.organisation.empty() && caller.organisation == row.organisation;
  if (!is_opened || !is_allowed || (!is_own && !role_sees_all)) return false;
  const int breakable = static_cast<int>(form.break_glass->breakable);
  for (const auto asked : {row.audience, row.sensitivity}) {
    if (static_cast<int>(asked) > role_clearance || static_cast<int>(asked) > breakable) {
      return false;
    }
  }
  return true;
}

struct NaiveRole {
  std::string id;
  int clearance = 0;
  bool everywhere = false;
};

// What the pack says of the role; absent: it is none.
std::optional<NaiveRole> naive_role(const std::string& role, const model::Pack& pack) {
  NaiveRole found{role};
  bool exists = role == "visitor" || role == "administrator" || role == "auditor";
  for (const model::Role& declared : pack.roles) {
    if (declared.id != role || role == "visitor") continue;
    found.clearance = static_cast<int>(declared.clearance);
    found.everywhere = declared.sees_all_organisations;
    exists = true;
  }
  if (!exists) return std::nullopt;
  return found;
}

bool one_role_sees(const NaiveRole& role, const Caller& caller, const model::Form& form,
                   const NaiveRow& row) {
  if (one_break_sees(role.id, role.clearance, role.everywhere, caller, form, row)) return true;
  for (const auto& [name, rules] : form.access) {
    if (name != role.id) continue;
    for (const model::AccessRule& rule : rules) {
      if (one_rule_sees(rule, role.clearance, role.everywhere, caller, form, row)) return true;
    }
  }
  return false;
}

std::vector<NaiveRole> naive_roles(const Caller& caller, const model::Pack& pack) {
  std::vector<NaiveRole> roles{*naive_role("visitor", pack)};
  if (caller.account.empty()) return roles;
  for (const std::string& held : caller.roles) {
    std::string role;
    if (held == "administrator" || held == "auditor") role = held;
    if (held.rfind(pack.id + "/", 0) == 0) role = held.substr(pack.id.size() + 1);
    if (role.empty() || role == "visitor") continue;
    if (held != role && (role == "administrator" || role == "auditor")) continue;
    if (const auto found = naive_role(role, pack)) roles.push_back(*found);
  }
  return roles;
}

// Of somebody in the row the keeper hands it over and writes nothing meanwhile.
bool has_given_up(const model::Form& form, const NaiveRow& row) {
  for (const model::Standing& standing : row.about) {
    for (const model::Handed& handed : standing.given_up) {
      const bool is_of_form = handed.form.empty() || handed.form == form.pack + "/" + form.id;
      if (handed.keeper == row.organisation && is_of_form) return true;
    }
  }
  return false;
}

}  // namespace

bool naive_sees(const Caller& caller, const model::Pack& pack, const model::Form& form,
                const NaiveRow& row) {
  for (const NaiveRole& role : naive_roles(caller, pack)) {
    if (one_role_sees(role, caller, form, row)) return true;
  }
  return false;
}

bool naive_may(const Caller& caller, const model::Pack& pack, const model::Form& form,
               model::Action action, const NaiveRow& row) {
  if (action != model::Action::kHandOver && has_given_up(form, row)) return false;
  for (const NaiveRole& role : naive_roles(caller, pack)) {
    for (const auto& [name, rules] : form.access) {
      if (name != role.id) continue;
      for (const model::AccessRule& rule : rules) {
        if (has_action(rule, action) && most_by_rule(rule, role.clearance, role.everywhere, caller,
                                                     form, row, false) >= 0) {
          return true;
        }
      }
    }
  }
  return false;
}

bool naive_may_take(const Caller& caller, const model::Pack& pack, const model::Form& form,
                    const std::vector<std::string>& step_roles, const NaiveRow& row) {
  if (has_given_up(form, row)) return false;
  Caller working = caller;
  working.is_receiving = false;
  for (const NaiveRole& role : naive_roles(caller, pack)) {
    bool is_named = false, has_conditions = false, sees = false;
    for (const std::string& named : step_roles) {
      if (named == role.id) is_named = true;
    }
    for (const auto& [name, rules] : form.access) {
      if (name != role.id) continue;
      for (const model::AccessRule& rule : rules) {
        if (!rule.relations.empty() || !rule.purposes.empty() || rule.subject_age.from ||
            rule.subject_age.below) {
          has_conditions = true;
        }
        if (has_action(rule, model::Action::kRead) &&
            most_by_rule(rule, role.clearance, role.everywhere, working, form, row, true) >= 0) {
          sees = true;
        }
      }
    }
    const bool is_own = !caller.organisation.empty() && caller.organisation == row.organisation;
    const bool reaches = (is_own || role.everywhere) &&
                         static_cast<int>(row.audience) <= role.clearance;
    if (is_named && (has_conditions ? sees : reaches)) return true;
  }
  return false;
}

bool naive_sees(const Caller& caller, const model::Pack& pack, const model::Form& form,
                const model::Field& field, const std::string& organisation,
                model::Sensitivity audience, const model::About& about) {
  return naive_sees(caller, pack, form, {organisation, audience, field.sensitivity, about});
}

}  // namespace zicht::app::testing
