#include "store/internal/person_rows.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/amsterdam.h"
#include "store/internal/handover_rows.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();

// The first moment of a day in a date field; `otherwise` when it is not filled in.
std::int64_t moment_in(const Json& fields, const std::string& field, std::int64_t otherwise) {
  const auto texts = model::texts_in(fields, field);
  const auto date = texts.empty() ? Result<Date>(Error()) : Date::parse(texts.front());
  if (!date.has_value()) return otherwise;
  return amsterdam_midnight(*date).microseconds_since_epoch();
}

void add_relations(const model::RelationRule& rule, const Json& fields, PersonRows& rows) {
  for (const std::string& person : model::texts_in(fields, rule.of)) {
    for (const std::string& holder : model::texts_in(fields, rule.holder)) {
      rows.relations.push_back({person, rule.kind, holder});
    }
  }
  rows.from_at = moment_in(fields, rule.from, std::numeric_limits<std::int64_t>::min());
  rows.until_at = moment_in(fields, rule.until, kForever);
}

std::optional<app::PersonLink> link_in(const model::IdentityRule& rule,
                                       const model::Record& record) {
  const bool is_split = rule.split.contains(record.state);
  if (!is_split && !rule.linked.contains(record.state)) return std::nullopt;
  const auto one = model::texts_in(record.fields, rule.of);
  const auto other = model::texts_in(record.fields, rule.as);
  if (one.empty() || other.empty()) return std::nullopt;
  return app::PersonLink{record.id, one.front(), other.front(), is_split};
}

int age_on(Date born, Date today) {
  const bool is_before_birthday =
      std::pair(today.month(), today.day()) < std::pair(born.month(), born.day());
  return today.year() - born.year() - (is_before_birthday ? 1 : 0);
}

}  // namespace

bool PersonRows::is_empty_for(const model::Form& form) const {
  return !form.is_about_persons() && form.members.empty() && !form.relation && !form.identity;
}

PersonRows person_rows_of(const model::Form& form, const model::Record& record) {
  PersonRows rows;
  rows.is_person = form.is_person;
  rows.subjects = model::subjects_of(form, record.id, record.fields);
  const auto born = model::texts_in(record.fields, form.born);
  if (!born.empty()) rows.born = born.front();
  rows.members = model::texts_in(record.fields, form.members);
  if (form.relation) add_relations(*form.relation, record.fields, rows);
  if (form.identity) rows.link = link_in(*form.identity, record);
  return rows;
}

Result<void> remove_person_rows(Connection& connection, const std::string& record) {
  for (const std::string_view sql :
       {"delete from record_subjects where record = $1", "delete from persons where person = $1",
        "delete from team_members where team = $1", "delete from relations where source = $1",
        "delete from person_links where source = $1"}) {
    ZICHT_CHECKED(connection.queue(sql, {record}));
  }
  return {};
}

Result<void> put_person_rows(Connection& connection, const model::Record& record,
                             std::int64_t created, bool is_first, const PersonRows& rows) {
  if (!is_first) ZICHT_CHECKED(remove_person_rows(connection, record.id));
  const int audience = static_cast<int>(record.audience);
  for (const std::string& person : rows.subjects) {
    ZICHT_CHECKED(
        connection.queue("insert into record_subjects (record, person, form, created, audience) "
                         "values ($1, $2, $3, $4, $5)",
                         {record.id, person, record.form, created, audience}));
  }
  if (rows.is_person) {
    ZICHT_CHECKED(connection.queue("insert into persons (person, born) values ($1, $2)",
                                   {record.id, rows.born.empty() ? Param() : Param(rows.born)}));
  }
  for (const std::string& account : rows.members) {
    ZICHT_CHECKED(connection.queue("insert into team_members (team, account) values ($1, $2)",
                                   {record.id, account}));
  }
  if (rows.link) {
    ZICHT_CHECKED(connection.queue(
        "insert into person_links (source, one, other, is_split) values ($1, $2, $3, $4)",
        {record.id, rows.link->one, rows.link->other, rows.link->is_split ? 1 : 0}));
  }
  for (const PersonRows::Relation& relation : rows.relations) {
    ZICHT_CHECKED(connection.queue(
        "insert into relations (source, person, kind, holder, from_at, until_at, told_by) "
        "values ($1, $2, $3, $4, $5, $6, $7)",
        {record.id, relation.person, relation.kind, relation.holder, rows.from_at, rows.until_at,
         record.organisation}));
  }
  return {};
}

Result<void> put_self(Connection& connection, const std::string& account, const std::string& person,
                      bool is_active) {
  ZICHT_CHECKED(connection.queue("delete from relations where source = $1", {account}));
  ZICHT_CHECKED(connection.queue("delete from account_subjects where account = $1", {account}));
  if (person.empty()) return {};
  ZICHT_CHECKED(connection.queue("insert into account_subjects (account, subject) values ($1, $2)",
                                 {account, person}));
  if (!is_active) return {};
  return connection.queue(
      "insert into relations (source, person, kind, holder, from_at, until_at, told_by) "
      "values ($1, $2, $3, $4, $5, $6, '')",
      {account, person, model::kSelf, account, std::numeric_limits<std::int64_t>::min(), kForever});
}

// A scalar subquery: a join or `exists` may be planned as a pass over all records.
void render_told_by_keeper(SqlBuilder& sql) {
  sql.add(
      "(l.told_by = '' or l.told_by = "
      "(select k.organisation from records k where k.record = l.person))");
}

Result<std::vector<Cell>> holders_of(Connection& connection, const std::string& account,
                                     const std::string& subject) {
  std::vector<Cell> holders{account};
  if (!subject.empty()) holders.emplace_back(subject);
  ZICHT_TRY(rows, connection.query("select team from team_members where account = $1", {account}));
  while (rows.next()) holders.emplace_back(std::string(rows.text(0)));
  ZICHT_CHECKED(rows.status());
  return holders;
}

void ask_person_links(const std::vector<Cell>& persons, Exchange& exchange,
                      std::vector<app::PersonLink>& links) {
  SqlBuilder sql;
  sql.add("select source, one, other, is_split from person_links where one in ").bind_list(persons);
  sql.add(" union select source, one, other, is_split from person_links where other in ")
      .bind_list(persons);
  exchange.ask(std::move(sql), [&links](Rows& rows) -> Result<void> {
    while (rows.next()) {
      links.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                       std::string(rows.text(2)), rows.integer(3) != 0});
    }
    return {};
  });
}

Result<std::vector<app::PersonLink>> find_person_links(Connection& connection,
                                                       const std::vector<std::string>& persons) {
  std::vector<app::PersonLink> links;
  Exchange exchange;
  for (const std::vector<Cell>& list : padded_lists(persons)) {
    ask_person_links(list, exchange, links);
  }
  ZICHT_CHECKED(exchange.run(connection));
  return links;
}

void ask_ages(const std::vector<Cell>& persons, Instant now, Exchange& exchange,
              model::Standings& standings) {
  const Date today = amsterdam_date(now);
  SqlBuilder sql;
  sql.add("select person, born from persons where born is not null and person in ")
      .bind_list(persons);
  exchange.ask(std::move(sql), [&standings, today](Rows& rows) -> Result<void> {
    while (rows.next()) {
      ZICHT_TRY(day, Date::parse(rows.text(1)));
      standings[std::string(rows.text(0))].age = age_on(day, today);
    }
    return {};
  });
}

void ask_relations(const std::vector<Cell>& persons, const app::WhoAsks& who, Instant now,
                   Exchange& exchange, model::Standings& standings) {
  const std::int64_t at = now.microseconds_since_epoch();
  SqlBuilder sql;
  sql.add("select l.person, l.kind, l.told_by, case when ");
  render_told_by_keeper(sql);
  sql.add(" then 1 else 0 end from relations l where l.person in ").bind_list(persons);
  sql.add(" and l.from_at <= ").bind(at).add(" and l.until_at > ").bind(at);
  sql.add(" and (l.holder in ");
  sql.bind_list({Cell(who.account), Cell(who.subject.empty() ? who.account : who.subject)});
  sql.add(" or l.holder in (select team from team_members where account = ").bind(who.account);
  sql.add("))");
  exchange.ask(std::move(sql), [&standings](Rows& rows) -> Result<void> {
    while (rows.next()) {
      model::Standing& standing = standings[std::string(rows.text(0))];
      if (rows.integer(3) == 1) {
        standing.relations.emplace(rows.text(1));
      } else {
        standing.told.insert({std::string(rows.text(1)), std::string(rows.text(2))});
      }
    }
    return {};
  });
}

Result<model::Standings> find_standings(Connection& connection,
                                        const std::vector<std::string>& persons,
                                        const app::WhoAsks& who, Instant now) {
  model::Standings standings;
  Exchange exchange;
  std::vector<HandedRow> handed;
  for (const std::vector<Cell>& list : padded_lists(persons)) {
    ask_ages(list, now, exchange, standings);
    ask_relations(list, who, now, exchange, standings);
    ask_handed(list, now, exchange, handed);
  }
  ZICHT_CHECKED(exchange.run(connection));
  for (const HandedRow& row : handed) add_handed(row, who.organisation, standings);
  return standings;
}

}  // namespace zicht::store
