#include "store/sql_outbox_store.h"

#include <limits>
#include <utility>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "store/internal/cursor.h"
#include "store/internal/master_key.h"

namespace zicht::store {
namespace {

using app::MailWish;
using app::MessageKind;
using app::MessageState;

constexpr std::string_view kColumns =
    "message, kind, event_id, target, form, record, version, event, task_key, role, happened, "
    "due, tries, state, error";

MessageKind kind_of(std::string_view name) {
  if (name == "mail") return MessageKind::kMail;
  return name == "task" ? MessageKind::kTask : MessageKind::kWebhook;
}

MessageState state_of(std::int64_t number) {
  if (number == 2) return MessageState::kSent;
  return number == 1 ? MessageState::kDead : MessageState::kWaiting;
}

std::int64_t number_of(MessageState state) { return static_cast<std::int64_t>(state); }

MailWish wish_of(std::string_view name) {
  if (name == "daily") return MailWish::kDaily;
  return name == "at_once" ? MailWish::kAtOnce : MailWish::kNever;
}

std::string_view name_of(MailWish wish) {
  if (wish == MailWish::kDaily) return "daily";
  return wish == MailWish::kAtOnce ? "at_once" : "never";
}

Result<std::vector<app::OutboxMessage>> read_messages(Rows& rows) {
  std::vector<app::OutboxMessage> messages;
  while (rows.next()) {
    app::OutboxMessage message;
    message.id = rows.text(0);
    message.kind = kind_of(rows.text(1));
    message.event_id = rows.text(2);
    message.target = rows.text(3);
    message.form = rows.text(4);
    message.record = rows.text(5);
    message.version = rows.integer(6);
    message.event = rows.text(7);
    message.task_key = rows.text(8);
    message.role = rows.text(9);
    ZICHT_TRY(happened, Instant::from_microseconds(rows.integer(10)));
    ZICHT_TRY(due, Instant::from_microseconds(rows.integer(11)));
    message.happened = happened;
    message.due = due;
    message.tries = rows.integer(12);
    message.state = state_of(rows.integer(13));
    message.error = rows.text(14);
    messages.push_back(std::move(message));
  }
  ZICHT_CHECKED(rows.status());
  return messages;
}

// Texts of a JSON array that the projector wrote.
std::vector<std::string> texts_of(std::string_view json) {
  std::vector<std::string> texts;
  const auto parsed = parse_json(json);
  const json::array* items = parsed ? parsed->if_array() : nullptr;
  for (const Json& item : items == nullptr ? json::array() : *items) {
    if (item.is_string()) texts.emplace_back(item.get_string());
  }
  return texts;
}

// One mail for an account that waits for its first try tells of all its tasks.
Result<void> put_mail(Connection& connection, const app::OutboxMessage& mail) {
  if (mail.event == "task") {
    ZICHT_TRY(joined, connection.execute(
                          "update outbox set record = '', form = '' where target = $1 "
                          "and kind = 'mail' and event = 'task' and tries = 0 and state = 0 "
                          "and message <> $2",
                          {mail.target, mail.id}));
    if (joined > 0) return {};
  }
  return connection.queue(
      "insert into outbox (message, kind, event_id, target, form, record, version, event, "
      "task_key, role, happened, due, tries, state, error) "
      "values ($1, 'mail', $2, $3, $4, $5, 0, $6, '', '', $7, $8, 0, 0, '') "
      "on conflict (message) do nothing",
      {mail.id, mail.event_id, mail.target, mail.form, mail.record, mail.event,
       mail.happened.microseconds_since_epoch(), mail.due.microseconds_since_epoch()});
}

}  // namespace

// ---------------------------------------------------------------- messages

Result<std::vector<app::OutboxMessage>> SqlOutboxStore::due_messages(app::Lane lane, Instant now,
                                                                     std::int64_t limit) {
  const std::string_view kinds = lane == app::Lane::kWebhooks ? "= 'webhook'" : "<> 'webhook'";
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select " + std::string(kColumns) +
                                    " from outbox where state = 0 and due <= $1 and kind " +
                                    std::string(kinds) + " order by due, message limit $2",
                                {now.microseconds_since_epoch(), limit}));
  return read_messages(rows);
}

Result<void> SqlOutboxStore::remove_message(const std::string& id) {
  ZICHT_TRY(removed, drop_message(id));
  static_cast<void>(removed);
  return {};
}

Result<void> SqlOutboxStore::note_try(const app::OutboxMessage& message) {
  ZICHT_TRY(noted, change("update outbox set due = $1, tries = $2, state = $3, error = $4 "
                          "where message = $5",
                          {message.due.microseconds_since_epoch(), message.tries,
                           number_of(message.state), message.error, message.id}));
  static_cast<void>(noted);
  return {};
}

Result<void> SqlOutboxStore::forget_sent(Instant before) {
  ZICHT_TRY(gone, change("delete from outbox where state = 2 and due < $1",
                         {before.microseconds_since_epoch()}));
  static_cast<void>(gone);
  return {};
}

Result<void> SqlOutboxStore::replace_task(const std::string& id,
                                          const std::vector<app::OutboxMessage>& mails) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    ZICHT_TRY(removed,
              connection.execute("delete from outbox where message = $1 and kind = 'task'", {id}));
    // Another server did it already.
    if (removed == 0) return {};
    for (const app::OutboxMessage& mail : mails) ZICHT_CHECKED(put_mail(connection, mail));
    return {};
  });
}

Result<app::OutboxCounts> SqlOutboxStore::outbox_counts() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select (select count(*) from outbox where state = 0), "
                                "(select count(*) from outbox where state = 1), "
                                "(select min(happened) from outbox where state = 0)"));
  app::OutboxCounts counts;
  if (rows.next()) {
    counts.waiting = rows.integer(0);
    counts.dead = rows.integer(1);
    if (const auto oldest = rows.find_integer(2)) {
      ZICHT_TRY(happened, Instant::from_microseconds(*oldest));
      counts.oldest = happened;
    }
  }
  ZICHT_CHECKED(rows.status());
  return counts;
}

Result<std::vector<app::OutboxMessage>> SqlOutboxStore::messages(const app::OutboxFilter& filter) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  // Without a page before it begins after the latest instant there is.
  const std::int64_t happened = filter.after ? filter.after->first.microseconds_since_epoch()
                                             : std::numeric_limits<std::int64_t>::max();
  const std::string id = filter.after ? filter.after->second : "";
  ZICHT_TRY(rows, reader->query("select " + std::string(kColumns) +
                                    " from outbox where state = $1 and (happened < $2 or "
                                    "(happened = $2 and message > $3)) "
                                    "order by happened desc, message limit $4",
                                {number_of(filter.state), happened, id, filter.limit}));
  return read_messages(rows);
}

Result<bool> SqlOutboxStore::resend_message(const std::string& id) {
  ZICHT_TRY(changed, change("update outbox set due = $1, tries = 0, state = 0, error = '' "
                            "where message = $2 and state <> 2",
                            {app::kAskedFor.microseconds_since_epoch(), id}));
  return changed > 0;
}

Result<std::int64_t> SqlOutboxStore::resend_dead(Instant now) {
  return change("update outbox set due = $1, tries = 0, state = 0, error = '' where state = 1",
                {now.microseconds_since_epoch()});
}

Result<bool> SqlOutboxStore::drop_message(const std::string& id) {
  ZICHT_TRY(changed, change("delete from outbox where message = $1", {id}));
  return changed > 0;
}

Result<std::int64_t> SqlOutboxStore::change(std::string_view sql,
                                            std::initializer_list<Param> params) {
  std::int64_t rows = 0;
  ZICHT_CHECKED(writer_.run([&](Connection& connection) -> Result<void> {
    ZICHT_TRY(changed, connection.execute(sql, params));
    rows = changed;
    return {};
  }));
  return rows;
}

// ---------------------------------------------------------------- webhooks

Result<std::vector<app::Webhook>> SqlOutboxStore::webhooks() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select webhook, title, url, organisation, forms, events, active "
                                "from webhooks order by seq"));
  std::vector<app::Webhook> webhooks;
  while (rows.next()) {
    webhooks.push_back({.id = std::string(rows.text(0)),
                        .title = std::string(rows.text(1)),
                        .url = std::string(rows.text(2)),
                        .organisation = std::string(rows.text(3)),
                        .forms = texts_of(rows.text(4)),
                        .events = texts_of(rows.text(5)),
                        .is_active = rows.integer(6) != 0});
  }
  ZICHT_CHECKED(rows.status());
  return webhooks;
}

Result<std::vector<std::string>> SqlOutboxStore::webhook_secrets(const std::string& webhook,
                                                                 Instant now) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select sealed, previous, replaced from webhook_secrets "
                                "where webhook = $1",
                                {webhook}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return make_error("ST-0080");
  }
  const std::string label = label_of_webhook(webhook);
  ZICHT_TRY(present, opened(*reader, rows.text(0), label));
  std::vector<std::string> secrets{std::move(present)};
  const bool still_holds =
      now.microseconds_since_epoch() - rows.integer(2) < app::kOldSecretHolds;
  if (!rows.text(1).empty() && still_holds) {
    ZICHT_TRY(previous, opened(*reader, rows.text(1), label));
    secrets.push_back(std::move(previous));
  }
  return secrets;
}

Result<void> SqlOutboxStore::put_webhook_secret(const std::string& webhook,
                                                const std::string& secret, Instant now) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    ZICHT_TRY(digits, sealed(connection, secret, label_of_webhook(webhook)));
    return connection.queue(
        "insert into webhook_secrets (webhook, sealed, previous, replaced) "
        "values ($1, $2, '', $3) on conflict (webhook) do update set "
        "previous = webhook_secrets.sealed, sealed = excluded.sealed, "
        "replaced = excluded.replaced",
        {webhook, digits, now.microseconds_since_epoch()});
  });
}

// ---------------------------------------------------------------- wishes about mail

Result<app::MailPreference> SqlOutboxStore::mail_preference(const std::string& account) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select wish, language, sealed from mail_preferences "
                                "where account = $1",
                                {account}));
  app::MailPreference preference;
  preference.account = account;
  if (rows.next()) {
    preference.wish = wish_of(rows.text(0));
    preference.language = rows.text(1);
    ZICHT_TRY(address, opened(*reader, rows.text(2), label_of_mail(account)));
    preference.address = std::move(address);
  }
  ZICHT_CHECKED(rows.status());
  return preference;
}

Result<void> SqlOutboxStore::put_mail_preference(const app::MailPreference& preference) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    if (preference.wish == MailWish::kNever) {
      ZICHT_CHECKED(connection.queue("delete from outbox where target = $1 and kind = 'mail'",
                                     {preference.account}));
      return connection.queue("delete from mail_preferences where account = $1",
                              {preference.account});
    }
    ZICHT_TRY(digits, sealed(connection, preference.address, label_of_mail(preference.account)));
    return connection.queue(
        "insert into mail_preferences (account, wish, language, sealed) values ($1, $2, $3, $4) "
        "on conflict (account) do update set wish = excluded.wish, "
        "language = excluded.language, sealed = excluded.sealed",
        {preference.account, name_of(preference.wish), preference.language, digits});
  });
}

Result<std::vector<app::MailPreference>> SqlOutboxStore::mail_preferences() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select account, wish, language from mail_preferences "
                                "order by account"));
  std::vector<app::MailPreference> preferences;
  while (rows.next()) {
    preferences.push_back({.account = std::string(rows.text(0)),
                           .wish = wish_of(rows.text(1)),
                           .address = {},
                           .language = std::string(rows.text(2))});
  }
  ZICHT_CHECKED(rows.status());
  return preferences;
}

// ---------------------------------------------------------------- sealing

Result<std::string> SqlOutboxStore::sealed(Connection& connection, const std::string& plain,
                                           const std::string& label) {
  ZICHT_TRY(master, keys_.hold(connection));
  return hex_of(seal(master->master(), random_nonce(rng_), plain, label));
}

Result<std::string> SqlOutboxStore::opened(Connection& connection, std::string_view digits,
                                           const std::string& label) {
  const auto bytes = text_of_hex(digits);
  if (!bytes) return make_error("ST-0021");
  return keys_.open(connection, *bytes, label);
}

}  // namespace zicht::store
