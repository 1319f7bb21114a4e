#include "store/erasure.h"

#include <utility>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "model/field.h"
#include "store/internal/data_keys.h"
#include "store/internal/file_keys.h"
#include "store/internal/person_rows.h"
#include "store/internal/schema.h"

namespace zicht::store {
namespace {

constexpr std::string_view kTombstoneTitle = "Gewist / Erased";
// Of all entries about a record or an account, which a rebuild cannot read: that of a hand-over or
// a break names no record in `idempotency`.
constexpr const char* kForgetKeys =
    "delete from idempotency where seq in (select seq from journal where subject = $1)";

Result<std::string> organisation_of(Connection& connection, const std::string& person) {
  ZICHT_TRY(is_gone, is_erased(connection, person));
  if (is_gone) return make_error("ST-0041");
  ZICHT_TRY(rows, connection.query("select r.organisation from records r join persons p "
                                   "on p.person = r.record where r.record = $1",
                                   {person}));
  if (rows.next()) return std::string(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return make_error("ST-0043");
}

class Tombstones {
 public:
  Tombstones(Connection& connection, const FormRegistry& forms, const model::Envelope& envelope,
             const std::string& person)
      : connection_(connection), forms_(forms), envelope_(envelope), person_(person) {}

  Result<void> put(const ErasedRecord& erased) {
    ZICHT_CHECKED(remove_rows(erased));
    ZICHT_CHECKED(connection_.queue(
        "insert into records (record, organisation, form, created, version, row_id, audience, "
        "title, state, fact, next_look, seq) "
        "values ($1, $2, $3, $4, $5, 0, $6, $7, $8, null, null, $9)",
        {erased.record, erased.organisation, erased.form, erased.created, erased.version,
         static_cast<int>(model::Sensitivity::kInternal), kTombstoneTitle, model::kErasedState,
         envelope_.seq}));
    return note(erased.record);
  }

  Result<void> put(const ErasedAccount& erased) {
    ZICHT_CHECKED(put_self(connection_, erased.account, {}, false));
    ZICHT_CHECKED(
        connection_.queue("delete from accounts where account = $1", {erased.account}));
    // No login has a colon, so nobody can sign in with it or be given it.
    ZICHT_CHECKED(connection_.queue(
        "insert into accounts (account, person, login, name, organisation, roles, active, demo) "
        "values ($1, $1, $2, $3, $4, '[]', 0, 0)",
        {erased.account, "erased:" + erased.account, kTombstoneTitle, erased.organisation}));
    return note(erased.account);
  }

 private:
  Result<void> note(const std::string& id) {
    return connection_.queue(
        "insert into erasures (record, person, decided_by, at, seq) values ($1, $2, $3, $4, $5)",
        {id, person_, envelope_.actor, envelope_.recorded_at.microseconds_since_epoch(),
         envelope_.seq});
  }

  Result<void> remove_rows(const ErasedRecord& erased) {
    ZICHT_TRY(table, forms_.table(erased.form));
    const std::string rows = quote_identifier(table->name());
    for (const FieldColumns& field : table->fields()) {
      if (!field.is_many()) continue;
      ZICHT_CHECKED(connection_.queue("delete from " + quote_identifier(field.child_table) +
                                          " where _row in (select _row from " + rows +
                                          " where _created = $1)",
                                      {erased.created}));
    }
    ZICHT_CHECKED(
        connection_.queue("delete from " + rows + " where _created = $1", {erased.created}));
    ZICHT_CHECKED(
        connection_.queue("delete from terms where created = $1", {erased.created}));
    for (const std::string_view sql :
         {"delete from tasks where record = $1", "delete from breaks where record = $1",
          "delete from idempotency where record = $1", "delete from records where record = $1"}) {
      ZICHT_CHECKED(connection_.queue(sql, {erased.record}));
    }
    return remove_person_rows(connection_, erased.record);
  }

  Connection& connection_;
  const FormRegistry& forms_;
  const model::Envelope& envelope_;
  const std::string& person_;
};

bool read_text(const json::object& object, std::string_view key, std::string& text) {
  const Json* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return false;
  text = value->get_string();
  return true;
}

bool read_number(const json::object& object, std::string_view key, std::int64_t& number) {
  const Json* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64()) return false;
  number = value->get_int64();
  return true;
}

bool read_record(const Json& value, ErasedRecord& erased) {
  const json::object* object = value.if_object();
  return object != nullptr && read_number(*object, "created", erased.created) &&
         read_text(*object, "form", erased.form) &&
         read_text(*object, "organisation", erased.organisation) &&
         read_text(*object, "record", erased.record) &&
         read_number(*object, "version", erased.version);
}

Json to_json(const ErasedHandover& erased) {
  return json::object{{"handover", erased.handover},
                      {"keeper", erased.keeper},
                      {"receiver", erased.receiver},
                      {"seq", erased.seq}};
}

bool read_handover(const Json& value, ErasedHandover& erased) {
  const json::object* object = value.if_object();
  return object != nullptr && read_text(*object, "handover", erased.handover) &&
         read_text(*object, "keeper", erased.keeper) &&
         read_text(*object, "receiver", erased.receiver) &&
         read_number(*object, "seq", erased.seq);
}

Json to_json(const ErasedAccount& erased) {
  return json::object{{"account", erased.account}, {"organisation", erased.organisation}};
}

bool read_account(const Json& value, ErasedAccount& erased) {
  const json::object* object = value.if_object();
  return object != nullptr && read_text(*object, "account", erased.account) &&
         read_text(*object, "organisation", erased.organisation);
}

// An absent list has nothing in it.
template <class T>
bool read_list(const json::object& object, std::string_view key, std::vector<T>& list,
               bool (*read)(const Json&, T&)) {
  const Json* values = object.if_contains(key);
  if (values == nullptr) return true;
  if (!values->is_array()) return false;
  for (const Json& each : values->get_array()) {
    if (!read(each, list.emplace_back())) return false;
  }
  return true;
}

bool read_plan(const Json& payload, ErasurePlan& plan) {
  const json::object* object = payload.if_object();
  return object != nullptr && object->contains("records") &&
         read_list(*object, "records", plan.records, &read_record) &&
         read_list(*object, "accounts", plan.accounts, &read_account) &&
         read_list(*object, "handovers", plan.handovers, &read_handover);
}

Result<void> read_accounts(Connection& connection, ErasurePlan& plan) {
  ZICHT_TRY(rows, connection.query("select a.account, a.organisation from account_subjects s "
                                   "join accounts a on a.account = s.account "
                                   "where s.subject = $1 order by a.account",
                                   {plan.person}));
  while (rows.next()) {
    plan.accounts.push_back(
        {.account = std::string(rows.text(0)), .organisation = std::string(rows.text(1))});
  }
  return rows.status();
}

Result<void> forget_account(Connection& connection, const std::string& account) {
  for (const std::string_view sql :
       {"delete from data_keys where subject = $1", "delete from credentials where account = $1",
        "delete from file_pieces where file in (select file from uploads where account = $1)",
        "delete from uploads where account = $1",
        "delete from sessions where account = $1",
        "delete from mail_preferences where account = $1",
        "delete from outbox where target = $1 and kind = 'mail'",
        kForgetKeys}) {
    ZICHT_CHECKED(connection.queue(sql, {account}));
  }
  return {};
}

}  // namespace

Json to_json(const ErasedRecord& erased) {
  return json::object{{"created", erased.created},
                      {"form", erased.form},
                      {"organisation", erased.organisation},
                      {"record", erased.record},
                      {"version", erased.version}};
}

Result<ErasurePlan> plan_erasure(Connection& connection, const std::string& person) {
  ErasurePlan plan;
  plan.person = person;
  ZICHT_TRY(organisation, organisation_of(connection, person));
  plan.organisation = std::move(organisation);
  ZICHT_CHECKED(read_accounts(connection, plan));
  ZICHT_TRY(handovers, handovers_of(connection, person));
  plan.handovers = std::move(handovers);
  ZICHT_TRY(rows,
            connection.query(
                "select r.record, r.form, r.organisation, r.created, r.version, "
                "case when exists (select 1 from record_keys o join data_keys e "
                "on e.key_id = o.person_key where o.record = r.record and e.subject <> $1) "
                "then 1 else 0 end from records r where r.record in "
                "(select k.record from data_keys d join record_keys k on k.person_key = d.key_id "
                "where d.subject = $1 and d.subject <> '') order by r.record",
                {person}));
  while (rows.next()) {
    auto& records = rows.integer(5) == 1 ? plan.shared : plan.records;
    records.push_back({.record = std::string(rows.text(0)),
                       .form = std::string(rows.text(1)),
                       .organisation = std::string(rows.text(2)),
                       .created = rows.integer(3),
                       .version = rows.integer(4)});
  }
  ZICHT_CHECKED(rows.status());
  return plan;
}

Json to_payload(const ErasurePlan& plan, const ErasureOrder& order) {
  json::array records, accounts, handovers, kept;
  for (const ErasedRecord& each : plan.records) records.push_back(to_json(each));
  for (const ErasedAccount& each : plan.accounts) accounts.push_back(to_json(each));
  for (const ErasedHandover& each : plan.handovers) handovers.push_back(to_json(each));
  for (const ErasedRecord& each : plan.shared) kept.emplace_back(each.record);
  json::object payload{{"accounts", std::move(accounts)},
                       {"handovers", std::move(handovers)},
                       {"kept", std::move(kept)},
                       {"person", plan.person},
                       {"records", std::move(records)}};
  if (!order.reason.empty()) payload.emplace("reason", order.reason);
  return payload;
}

Result<ErasurePlan> erasure_from(const model::Envelope& envelope, const Json& payload) {
  ErasurePlan plan;
  plan.organisation = envelope.organisation;
  const bool has_person = envelope.kind != model::kRecordsExpired;
  if (!read_plan(payload, plan) ||
      (has_person && !read_text(payload.get_object(), "person", plan.person))) {
    return make_error("ST-0026", {{"seq", std::to_string(envelope.seq)}});
  }
  return plan;
}

Result<void> project_erasure(Connection& connection, const FormRegistry& forms,
                             const model::Envelope& envelope, const ErasurePlan& plan) {
  Tombstones tombstones(connection, forms, envelope, plan.person);
  for (const ErasedRecord& each : plan.records) ZICHT_CHECKED(tombstones.put(each));
  for (const ErasedAccount& each : plan.accounts) ZICHT_CHECKED(tombstones.put(each));
  if (plan.person.empty()) return {};
  return put_erased_handovers(connection, plan.person, plan.handovers);
}

Result<void> destroy_record_keys(Connection& connection,
                                 const std::vector<ErasedRecord>& records) {
  for (const ErasedRecord& each : records) {
    ZICHT_CHECKED(
        connection.queue("delete from record_keys where record = $1", {each.record}));
    ZICHT_CHECKED(connection.queue(kForgetKeys, {each.record}));
    ZICHT_CHECKED(remove_files_of(connection, each.record));
  }
  return {};
}

Result<void> destroy_keys(Connection& connection, const ErasurePlan& plan) {
  ZICHT_CHECK(!plan.person.empty(), "keys of nobody in particular are those of an organisation");
  for (const ErasedAccount& each : plan.accounts) {
    ZICHT_CHECKED(forget_account(connection, each.account));
  }
  ZICHT_CHECKED(destroy_record_keys(connection, plan.records));
  ZICHT_CHECKED(connection.queue("delete from record_keys where person_key in "
                                 "(select key_id from data_keys where subject = $1)",
                                 {plan.person}));
  return connection.queue("delete from data_keys where subject = $1", {plan.person});
}

}  // namespace zicht::store
