// The one access decision, below every entry point: role x organisation scope x relation x purpose
// x field sensitivity x age and time. Default no.
//
// Caller says who acts: a visitor (not signed in) or an account with its roles in packs. Everything
// else asks this file; nobody compares roles elsewhere. What one may not see one cannot infer: an
// invisible field cannot be filtered, sorted or searched on, an invisible record is kNotFound.
//
// What one sees of a row depends on whose row it is: RowScope::clearance_in(row's organisation).
// A role with scope `organisation` sees its own rows up to its clearance, and of others' rows only
// what is public. A rule with conditions reaches rows by what the caller is to the persons that
// they are about (model::About, which the store looks up), as far as who recorded the relation may
// say so (model::Standing). A break (model::BreakRule) opens single
// rows to read while it lasts, for the purpose model::kEmergency alone. A hand-over
// (app/handover_service.h) lets the people of an organisation look at rows of another as at their
// own, to read and to export and never to write; a keeper that gave up writing writes nothing in
// them meanwhile (is_given_up). Pure functions over the active packs; thread-safe.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/pack.h"
#include "model/query.h"

namespace zicht::app {

struct Caller {
  std::string account;                  // empty: visitor
  std::string person;                   // the human, for four eyes
  std::string name;
  std::string organisation;
  std::vector<std::string> roles;       // "pack/role", or a built-in role alone
  std::string subject{};                // the record of the person that the account is bound to
  std::string purpose{};                // "pack/purpose" of this request; empty: none was said
  std::string trace{};                  // of this request, for the read log
  std::set<std::string> opened{};       // records that a break of this account opens now
  bool is_receiving = false;            // something is handed over to the organisation now

  [[nodiscard]] bool is_visitor() const { return account.empty(); }
  [[nodiscard]] bool has_builtin(std::string_view role) const;
};

// The roles a caller holds in a pack (visitor always included), as declared by that pack. A
// built-in role that the pack does not declare has clearance public there.
[[nodiscard]] std::vector<model::Role> roles_in(const Caller& caller, const model::Pack& pack);

[[nodiscard]] bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
                       model::Action action);

// On this row: the rule that allows the action must also reach the row, by organisation, relation
// and clearance.
[[nodiscard]] bool may(const Caller& caller, const model::Pack& pack, const model::Form& form,
                       model::Action action, const model::Record& record,
                       const model::About& about = {});

// The keeper of the row gave up writing in it, for as long as it is handed over.
[[nodiscard]] bool is_given_up(const model::Form& form, const model::Record& record,
                               const model::About& about);
// The same persons, as if their keeper had given up nothing.
[[nodiscard]] model::About without_giving_up(model::About about);

// What the rules that allow this with the form (by default: to read it) reach together;
// model::no_scope() without any. Whoever may read or export something sees of others' rows what is
// public; a write reaches no further than its own rule says.
[[nodiscard]] model::RowScope scope_of(const Caller& caller, const model::Pack& pack,
                                       const model::Form& form,
                                       model::Action action = model::Action::kRead);

// What a break would show of this row, and by which role; absent: the caller may not break it.
struct BreakLeave {
  std::string role;
  model::Sensitivity clearance = model::Sensitivity::kPublic;
};
[[nodiscard]] std::optional<BreakLeave> may_break(const Caller& caller, const model::Pack& pack,
                                                  const model::Form& form,
                                                  const model::Record& record);
// Some row of the form could be broken by one of the caller's roles.
[[nodiscard]] bool may_break(const Caller& caller, const model::Pack& pack,
                             const model::Form& form);

// The purposes that would let the caller do more with the form, of rules that ask for one.
[[nodiscard]] std::set<std::string> purposes_of(const Caller& caller, const model::Pack& pack,
                                                const model::Form& form);

[[nodiscard]] bool sees_row(const model::RowScope& scope, const model::Record& record);

// A group is as sensitive as the most sensitive of its fields.
// In any row: a field that is seen in own rows only counts too (for metadata and forms).
[[nodiscard]] bool sees_field(const model::RowScope& scope, const model::Field& field);

// Told of by name: it is seen in rows, or may be filled in (rows tell nothing of it then). What was
// counted for an edition is for the server alone. `filled_in`: the scope of making rows.
[[nodiscard]] bool is_named(const model::RowScope& seen, const model::RowScope& filled_in,
                            const model::Field& field);

// In this row. Requires: sees_row.
[[nodiscard]] bool sees_field(const model::RowScope& scope, const model::Record& record,
                              const model::Field& field);

// What stands there, in this row. What a step froze is told once it is published, and before that
// to who sees more than everybody does; what was counted for it is told to nobody. Requires:
// sees_row.
[[nodiscard]] bool sees_value(const model::RowScope& scope, const model::Record& record,
                              const model::Field& field, const Json& value);

// The same for a row of this organisation.
[[nodiscard]] bool sees_field_in(const model::RowScope& scope, std::string_view organisation,
                                 const model::Field& field);

// The title of a row of this organisation: all fields that it is made of are visible.
[[nodiscard]] bool sees_title(const model::RowScope& scope, std::string_view organisation,
                              const model::Form& form);
// The same where so much is seen of the row.
[[nodiscard]] bool sees_title(model::Sensitivity clearance, const model::Form& form);

// A group is as sensitive as the most sensitive of its fields: it is seen whole or not at all.
[[nodiscard]] model::Sensitivity sensitivity_of(const model::Field& field);

// The transition may be taken on this row by one of the caller's roles, which reaches the row by
// what it may read (the state of the record decides the rest, see model/life.h).
[[nodiscard]] bool may_take(const Caller& caller, const model::Pack& pack, const model::Form& form,
                            const model::Transition& transition, const model::Record& record,
                            const model::About& about = {});

// Some rule or step lets the caller write rows of this form: make, change, correct or go on.
[[nodiscard]] bool may_fill_in(const Caller& caller, const model::Pack& pack,
                               const model::Form& form);

// Who holds these roles works with this pack.
[[nodiscard]] bool works_in(const std::vector<std::string>& roles, const model::Pack& pack);

// The form with only the fields that are seen in this row (or, without a row, in an own one): what
// a caller's document is checked against.
[[nodiscard]] model::Form visible_form(const model::RowScope& scope, const model::Form& form,
                                       const model::Record* record = nullptr);

// The record as the caller may see it: invisible fields removed; without sees_title
// the form's own title stands in the place of the record's. Requires: sees_row.
[[nodiscard]] model::Record visible_part(const model::RowScope& scope, const model::Form& form,
                                         model::Record record);

}  // namespace zicht::app
