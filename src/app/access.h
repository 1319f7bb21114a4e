// The one access decision, below every entry point: role x form x action x field sensitivity x
// organisation scope. Default no.
//
// Caller says who acts: a visitor (not signed in) or an account with its roles in packs. Everything
// else asks this file; nobody compares roles elsewhere. What one may not see one cannot infer: an
// invisible field cannot be filtered, sorted or searched on, an invisible record is kNotFound.
// Pure functions over the active packs; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "app/ports.h"
#include "model/pack.h"
#include "model/query.h"

namespace zicht::app {

struct Caller {
  std::string account;                  // empty: visitor
  std::string person;                   // the human, for four eyes
  std::string name;
  std::string organisation;
  std::vector<std::string> roles;       // "pack/role", or a built-in role alone

  [[nodiscard]] bool is_visitor() const { return account.empty(); }
  [[nodiscard]] bool has_builtin(std::string_view role) const;
};

// The roles a caller holds in a pack (visitor always included), as declared by that pack.
[[nodiscard]] std::vector<model::Role> roles_in(const Caller& caller, const model::Pack& pack);

[[nodiscard]] bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
                       model::Action action);

// Widest clearance and scope among the roles that may read the form. Requires: may(read).
[[nodiscard]] model::RowScope scope_of(const Caller& caller, const model::Pack& pack,
                                       const model::Form& form);

[[nodiscard]] bool sees_row(const model::RowScope& scope, const model::Record& record);
[[nodiscard]] bool sees_field(const model::RowScope& scope, const model::Field& field);

// The transition may be taken by one of the caller's roles (the record decides the rest).
[[nodiscard]] bool may_take(const Caller& caller, const model::Pack& pack,
                            const model::Transition& transition);

// The record as the caller may see it: invisible fields removed. Requires: sees_row.
[[nodiscard]] model::Record visible_part(const model::RowScope& scope, const model::Form& form,
                                         model::Record record);

}  // namespace zicht::app
