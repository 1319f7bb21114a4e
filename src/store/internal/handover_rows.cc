#include "store/internal/handover_rows.h"

#include <limits>

#include "base/amsterdam.h"
#include "store/internal/payload.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

std::optional<std::int64_t> start_of(const std::string& day) {
  const auto date = Date::parse(day);
  if (!date.has_value()) return std::nullopt;
  return amsterdam_midnight(*date).microseconds_since_epoch();
}

Result<void> put_offered(Connection& connection, const model::Envelope& envelope,
                         const Json& payload) {
  Payload members(envelope, payload);
  const std::string id = members.text("handover"), form = members.text("form"),
                    receiver = members.text("receiver"), from = members.text("from"),
                    until = members.text_if("until"), forms = members.json_text("forms");
  std::vector<std::string> granted = members.texts("forms");
  const int gives_up = members.flag("gives_up");
  ZICHT_CHECKED(members.check());
  const auto from_at = start_of(from);
  const auto until_at = until.empty() ? std::numeric_limits<std::int64_t>::max() : start_of(until);
  if (!from_at || !until_at) {
    return make_error("ST-0026", {{"seq", std::to_string(envelope.seq)}});
  }
  ZICHT_CHECKED(connection.queue(
      "insert into handovers (id, person, form, keeper, receiver, forms, from_day, until_day, "
      "gives_up, state, offered, offered_by, answered, answered_by, ended, ended_by, seq, "
      "answer_seq, end_seq) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'offered', $10, $11, 0, '', 0, '', $12, 0, 0)",
      {id, envelope.subject, form, envelope.organisation, receiver, forms, from, until, gives_up,
       envelope.recorded_at.microseconds_since_epoch(), envelope.actor, envelope.seq}));
  if (granted.empty()) granted.emplace_back();
  for (const std::string& each : granted) {
    ZICHT_CHECKED(connection.queue(
        "insert into handed (handover, form, person, keeper, receiver, from_at, until_at, "
        "gives_up, accepted) values ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
        {id, each, envelope.subject, envelope.organisation, receiver, *from_at, *until_at,
         gives_up}));
  }
  return {};
}

Result<void> put_answer(Connection& connection, const model::Envelope& envelope,
                        const Json& payload, std::string_view state) {
  Payload members(envelope, payload);
  const std::string id = members.text("handover");
  ZICHT_CHECKED(members.check());
  ZICHT_CHECKED(connection.queue(
      "update handovers set state = $1, answered = $2, answered_by = $3, answer_seq = $4 "
      "where id = $5 and state = 'offered'",
      {state, envelope.recorded_at.microseconds_since_epoch(), envelope.actor, envelope.seq, id}));
  if (state == "refused") {
    return connection.queue(
        "delete from handed where handover in (select id from handovers "
        "where id = $1 and state = 'refused')",
        {id});
  }
  return connection.queue(
      "update handed set accepted = 1 where handover in (select id from "
      "handovers where id = $1 and state = 'accepted')",
      {id});
}

Result<void> put_end(Connection& connection, const model::Envelope& envelope, const Json& payload,
                     std::string_view state, std::string_view may_be) {
  Payload members(envelope, payload);
  const std::string id = members.text("handover");
  ZICHT_CHECKED(members.check());
  ZICHT_CHECKED(
      connection.queue("update handovers set state = $1, ended = $2, ended_by = $3, end_seq = $4 "
                       "where id = $5 and state in ('accepted', $6)",
                       {state, envelope.recorded_at.microseconds_since_epoch(), envelope.actor,
                        envelope.seq, id, may_be}));
  return connection.queue(
      "delete from handed where handover in (select id from handovers "
      "where id = $1 and state = $2)",
      {id, state});
}

}  // namespace

std::optional<Result<void>> project_handover(Connection& connection,
                                             const model::Envelope& envelope, const Json& payload) {
  if (envelope.kind == model::kHandoverOffered) return put_offered(connection, envelope, payload);
  if (envelope.kind == model::kHandoverAccepted) {
    return put_answer(connection, envelope, payload, "accepted");
  }
  if (envelope.kind == model::kHandoverRefused) {
    return put_answer(connection, envelope, payload, "refused");
  }
  if (envelope.kind == model::kHandoverWithdrawn) {
    return put_end(connection, envelope, payload, "withdrawn", "offered");
  }
  if (envelope.kind == model::kHandoverReturned) {
    return put_end(connection, envelope, payload, "returned", "accepted");
  }
  return std::nullopt;
}

Result<std::vector<ErasedHandover>> handovers_of(Connection& connection,
                                                 const std::string& person) {
  ZICHT_TRY(rows, connection.query("select id, keeper, receiver, seq from handovers "
                                   "where person = $1 order by id",
                                   {person}));
  std::vector<ErasedHandover> found;
  while (rows.next()) {
    found.push_back({.handover = std::string(rows.text(0)),
                     .keeper = std::string(rows.text(1)),
                     .receiver = std::string(rows.text(2)),
                     .seq = rows.integer(3)});
  }
  ZICHT_CHECKED(rows.status());
  return found;
}

Result<void> put_erased_handovers(Connection& connection, const std::string& person,
                                  const std::vector<ErasedHandover>& erased) {
  ZICHT_CHECKED(connection.queue("delete from handed where person = $1", {person}));
  ZICHT_CHECKED(connection.queue("delete from handovers where person = $1", {person}));
  for (const ErasedHandover& each : erased) {
    ZICHT_CHECKED(connection.queue(
        "insert into handovers (id, person, form, keeper, receiver, forms, from_day, until_day, "
        "gives_up, state, offered, offered_by, answered, answered_by, ended, ended_by, seq, "
        "answer_seq, end_seq) "
        "values ($1, '', '', $2, $3, '[]', '', '', 0, $4, 0, '', 0, '', 0, '', $5, 0, 0)",
        {each.handover, each.keeper, each.receiver, model::kErasedState, each.seq}));
  }
  return {};
}

void ask_handed(const std::vector<Cell>& persons, Instant now, Exchange& exchange,
                std::vector<HandedRow>& handed) {
  const std::int64_t at = now.microseconds_since_epoch();
  SqlBuilder sql;
  sql.add("select person, keeper, form, receiver, gives_up from handed where person in ");
  sql.bind_list(persons).add(" and accepted = 1 and from_at <= ").bind(at);
  sql.add(" and until_at > ").bind(at);
  exchange.ask(std::move(sql), [&handed](Rows& rows) -> Result<void> {
    while (rows.next()) {
      handed.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                        std::string(rows.text(2)), std::string(rows.text(3)),
                        rows.integer(4) == 1});
    }
    return {};
  });
}

void add_handed(const HandedRow& row, const std::string& organisation,
                model::Standings& standings) {
  model::Standing& standing = standings[row.person];
  const model::Handed what{row.keeper, row.form};
  if (!organisation.empty() && row.receiver == organisation) standing.handed.insert(what);
  if (row.gives_up) standing.given_up.insert(what);
}

}  // namespace zicht::store
