// Whom a record is about, and who is related to whom: the projections that access asks.
//
//   record_subjects  record, person: whom the row that holds now is about
//   persons          person, born: the date of birth of each record that is a person
//   team_members     team, account: who is in a record with members
//   account_subjects account, subject: the person that an account is bound to
//   relations        source, person, kind, holder, from_at, until_at, told_by: what the holder
//                    (account, person or team) is to the person; `source` is the record that says
//                    so, and `told_by` the organisation that keeps that record, or the account
//                    that is bound to the person (kind `self`, told by nobody). Times in
//                    microseconds, from inclusive, until exclusive.
//   person_links     source, one, other, is_split: a record says that two persons are one, or are
//                    not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports.h"
#include "model/form.h"
#include "model/query.h"
#include "model/record.h"
#include "store/driver.h"
#include "store/internal/cells.h"
#include "store/internal/exchange.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {

// What a version of a record says in these projections.
struct PersonRows {
  struct Relation {
    std::string person, kind, holder;
  };
  bool is_person = false;
  std::vector<std::string> subjects;
  std::string born;                     // empty: unknown
  std::vector<std::string> members;
  std::vector<Relation> relations;
  std::optional<app::PersonLink> link;
  std::int64_t from_at = 0, until_at = 0;

  // Of a form that has no part in this.
  bool is_empty_for(const model::Form& form) const;
};

PersonRows person_rows_of(const model::Form& form, const model::Record& record);

// Replaces what an earlier version of the record said.
Result<void> put_person_rows(Connection& connection, const model::Record& record,
                             std::int64_t created, bool is_first, const PersonRows& rows);
// Removes what the record said.
Result<void> remove_person_rows(Connection& connection, const std::string& record);
// Binds the account to the person; empty: to nobody. Only an active account is related to anybody.
Result<void> put_self(Connection& connection, const std::string& account,
                      const std::string& person, bool is_active);

// Adds, as a condition on the alias `l` of `relations`, that who told the relation may say so of
// every row about the person: nobody told it, or who keeps the record of the person.
void render_told_by_keeper(SqlBuilder& sql);

// The account, the person that it is bound to, and its teams: whose relations are its own.
Result<std::vector<Cell>> holders_of(Connection& connection, const std::string& account,
                                     const std::string& subject);

// What is asked of persons together with other things: `persons` has at least one, and what is
// found is put in what outlives the exchange.
// See app::Store::person_links.
void ask_person_links(const std::vector<Cell>& persons, Exchange& exchange,
                      std::vector<app::PersonLink>& links);
Result<std::vector<app::PersonLink>> find_person_links(Connection& connection,
                                                       const std::vector<std::string>& persons);

// See app::Store::standings, of which each asks a part; ask_handed asks the third.
void ask_ages(const std::vector<Cell>& persons, Instant now, Exchange& exchange,
              model::Standings& standings);
// Relations of the account, of the person that it is bound to, and of its teams.
void ask_relations(const std::vector<Cell>& persons, const app::WhoAsks& who, Instant now,
                   Exchange& exchange, model::Standings& standings);
Result<model::Standings> find_standings(Connection& connection,
                                        const std::vector<std::string>& persons,
                                        const app::WhoAsks& who, Instant now);

}  // namespace zicht::store
