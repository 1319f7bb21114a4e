// The rows of entries that are no records: organisations, accounts, packs, configuration, webhooks.
#include <string>
#include <utility>
#include <vector>

#include "base/error_catalogue.h"
#include "store/internal/break_rows.h"
#include "store/internal/handover_rows.h"
#include "store/internal/payload.h"
#include "store/internal/person_rows.h"
#include "store/internal/projector.h"

namespace zicht::store {
namespace {

Result<void> put_organisation(Connection& connection, Payload& payload) {
  const std::string id = payload.text("organisation");
  const std::string name = payload.text("name");
  ZICHT_CHECKED(payload.check());
  return connection.queue("insert into organisations (organisation, name) values ($1, $2) "
                          "on conflict (organisation) do update set name = excluded.name",
                          {id, name});
}

Result<void> put_account(Connection& connection, Payload& payload) {
  const std::string account = payload.text("account"), person = payload.text("person"),
                    login = payload.text("login"), name = payload.text("name"),
                    organisation = payload.text("organisation"),
                    roles = payload.json_text("roles");
  const int active = payload.flag("active"), demo = payload.flag("demo");
  const std::string subject = payload.text_if("subject");
  ZICHT_CHECKED(payload.check());
  ZICHT_CHECKED(put_self(connection, account, subject, active == 1));
  return connection.queue(
      "insert into accounts (account, person, login, name, organisation, roles, active, demo) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (account) do update set "
      "person = excluded.person, login = excluded.login, name = excluded.name, "
      "organisation = excluded.organisation, roles = excluded.roles, active = excluded.active, "
      "demo = excluded.demo",
      {account, person, login, name, organisation, roles, active, demo});
}

// No table is derived from it: what was reset are secrets, which live outside the journal.
Result<void> check_reset(Payload& payload) {
  payload.text("account");
  payload.flag("password");
  payload.flag("second_factor");
  return payload.check();
}

// No table is derived from it; a rebuild compares the last of them with the key that the store has.
Result<void> check_rotation(Payload& payload) {
  payload.text("former");
  payload.text("master_key");
  return payload.check();
}

Result<void> put_pack(Connection& connection, const model::Envelope& envelope, Payload& payload) {
  const std::string pack = payload.text("pack"), version = payload.text("version"),
                    hash = payload.text("hash"), files = payload.json_text("files");
  ZICHT_CHECKED(payload.check());
  return connection.queue(
      "insert into pack_versions (hash, pack, version, files, seq) values ($1, $2, $3, $4, $5) "
      "on conflict (hash) do nothing",
      {hash, pack, version, files, envelope.seq});
}

Result<void> put_activation(Connection& connection, const model::Envelope& envelope,
                            Payload& payload) {
  const std::string pack = payload.text("pack"), hash = payload.text("hash");
  ZICHT_CHECKED(payload.check());
  return connection.queue(
      "insert into pack_activations (seq, pack, hash, at) values ($1, $2, $3, $4)",
      {envelope.seq, pack, hash, envelope.recorded_at.microseconds_since_epoch()});
}

Result<void> put_configuration(Connection& connection, const model::Envelope& envelope,
                               const Json& payload) {
  ZICHT_TRY(text, canonical_json(payload));
  return connection.queue(
      "insert into configuration (name, payload, seq) values ($1, $2, $3) "
      "on conflict (name) do update set payload = excluded.payload, seq = excluded.seq",
      {envelope.kind, text, envelope.seq});
}

// Mappings of imports, beside the calendar: by organisation and name. Without a mapping it goes.
Result<void> put_import(Connection& connection, const model::Envelope& envelope,
                        const Json& payload) {
  Payload members(envelope, payload);
  const std::string name = envelope.kind + "/" + envelope.organisation + "/" + members.text("name");
  ZICHT_CHECKED(members.check());
  if (!payload.get_object().contains("mapping")) {
    return connection.queue("delete from configuration where name = $1", {name});
  }
  ZICHT_TRY(text, canonical_json(payload));
  return connection.queue(
      "insert into configuration (name, payload, seq) values ($1, $2, $3) "
      "on conflict (name) do update set payload = excluded.payload, seq = excluded.seq",
      {name, text, envelope.seq});
}

// Which forms and events it hears of stand apart, so that a write finds its webhooks by key.
Result<void> put_webhook(Connection& connection, const model::Envelope& envelope,
                         Payload& payload) {
  const std::string webhook = payload.text("webhook"), title = payload.text("title"),
                    url = payload.text("url"), forms = payload.json_text("forms"),
                    events = payload.json_text("events");
  const auto form_list = payload.texts("forms"), event_list = payload.texts("events");
  const int active = payload.flag("active");
  ZICHT_CHECKED(payload.check());
  ZICHT_CHECKED(connection.queue(
      "insert into webhooks (webhook, seq, organisation, title, url, forms, events, active) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (webhook) do update set "
      "organisation = excluded.organisation, title = excluded.title, url = excluded.url, "
      "forms = excluded.forms, events = excluded.events, active = excluded.active",
      {webhook, envelope.seq, envelope.organisation, title, url, forms, events, active}));
  ZICHT_CHECKED(connection.queue("delete from webhook_forms where webhook = $1", {webhook}));
  if (active == 0) return {};
  for (const std::string& form : form_list) {
    for (const std::string& event : event_list) {
      ZICHT_CHECKED(connection.queue(
          "insert into webhook_forms (form, event, webhook) values ($1, $2, $3) "
          "on conflict (form, event, webhook) do nothing",
          {form, event, webhook}));
    }
  }
  return {};
}

}  // namespace

Result<void> project_entry(Connection& connection, const model::Envelope& envelope,
                           const Json& payload) {
  Payload members(envelope, payload);
  if (envelope.kind == model::kOrganisationPut) return put_organisation(connection, members);
  if (envelope.kind == model::kAccountPut) return put_account(connection, members);
  if (envelope.kind == model::kAccountReset) return check_reset(members);
  if (envelope.kind == model::kKeysRotated) return check_rotation(members);
  if (envelope.kind == model::kPackStored) return put_pack(connection, envelope, members);
  if (envelope.kind == model::kPackActivated) return put_activation(connection, envelope, members);
  if (envelope.kind == model::kCalendarConfigured) {
    return put_configuration(connection, envelope, payload);
  }
  if (envelope.kind == model::kImportKept) return put_import(connection, envelope, payload);
  if (envelope.kind == model::kWebhookPut) return put_webhook(connection, envelope, members);
  if (const auto done = project_break(connection, envelope, payload)) return *done;
  if (const auto done = project_handover(connection, envelope, payload)) return *done;
  return make_error("ST-0026", {{"seq", std::to_string(envelope.seq)}});
}

}  // namespace zicht::store
