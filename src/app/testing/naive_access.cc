#include "app/testing/naive_access.h"

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

bool is_related(const model::AccessRule& rule, const model::About& about) {
  for (const std::string& wanted : rule.relations) {
    for (const model::Standing& standing : about) {
      for (const std::string& has : standing.relations) {
        if (has == wanted) return true;
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

// Somebody of the row was handed over, by who keeps the row, with rows of this form.
bool is_handed(const Caller& caller, const model::Form& form, const NaiveRow& row) {
  if (!caller.is_receiving || caller.organisation.empty()) return false;
  for (const model::Standing& standing : row.about) {
    for (const model::Handed& handed : standing.handed) {
      const bool is_of_form = handed.form.empty() || handed.form == form.pack + "/" + form.id;
      if (handed.keeper == row.organisation && is_of_form) return true;
    }
  }
  return false;
}

// One rule of one role, as if it were the only one that somebody has.
bool one_rule_sees(const model::AccessRule& rule, int role_clearance, bool role_sees_all,
                   const Caller& caller, const model::Form& form, const NaiveRow& row) {
  bool may_read = false;
  for (const auto action : rule.actions) {
    if (action == model::Action::kRead) may_read = true;
  }
  if (!may_read || !is_for(rule, caller)) return false;
  int clearance = role_clearance;
  if (rule.clearance && static_cast<int>(*rule.clearance) < clearance) {
    clearance = static_cast<int>(*rule.clearance);
  }
  const bool is_own = !caller.account.empty() && !caller.organisation.empty() &&
                      caller.organisation == row.organisation;
  const bool counts_as_own = is_own || is_handed(caller, form, row);
  if (!rule.relations.empty()) {
    if (!is_related(rule, row.about)) return false;
  } else if (!counts_as_own && !role_sees_all) {
    const bool has_conditions = rule.subject_age.from || rule.subject_age.below;
    if (has_conditions) return false;
    clearance = 0;
  }
  if (!are_of_age(rule, row.about)) return false;
  return static_cast<int>(row.audience) <= clearance &&
         static_cast<int>(row.sensitivity) <= clearance;
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

bool one_role_sees(const std::string& role, const Caller& caller, const model::Pack& pack,
                   const model::Form& form, const NaiveRow& row) {
  int clearance = 0;
  bool everywhere = false;
  bool exists = role == "visitor" || role == "administrator" || role == "auditor";
  for (const model::Role& declared : pack.roles) {
    if (declared.id != role || role == "visitor") continue;
    clearance = static_cast<int>(declared.clearance);
    everywhere = declared.sees_all_organisations;
    exists = true;
  }
  if (!exists) return false;
  if (one_break_sees(role, clearance, everywhere, caller, form, row)) return true;
  for (const auto& [name, rules] : form.access) {
    if (name != role) continue;
    for (const model::AccessRule& rule : rules) {
      if (one_rule_sees(rule, clearance, everywhere, caller, form, row)) return true;
    }
  }
  return false;
}

}  // namespace

bool naive_sees(const Caller& caller, const model::Pack& pack, const model::Form& form,
                const NaiveRow& row) {
  if (one_role_sees("visitor", caller, pack, form, row)) return true;
  if (caller.account.empty()) return false;
  for (const std::string& held : caller.roles) {
    std::string role;
    if (held == "administrator" || held == "auditor") role = held;
    if (held.rfind(pack.id + "/", 0) == 0) role = held.substr(pack.id.size() + 1);
    if (role.empty() || role == "visitor") continue;
    if (held != role && (role == "administrator" || role == "auditor")) continue;
    if (one_role_sees(role, caller, pack, form, row)) return true;
  }
  return false;
}

bool naive_sees(const Caller& caller, const model::Pack& pack, const model::Form& form,
                const model::Field& field, const std::string& organisation,
                model::Sensitivity audience, const model::About& about) {
  return naive_sees(caller, pack, form, {organisation, audience, field.sensitivity, about});
}

}  // namespace zicht::app::testing
