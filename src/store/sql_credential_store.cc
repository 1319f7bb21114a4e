#include "store/sql_credential_store.h"

#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/cursor.h"
#include "store/internal/master_key.h"

namespace zicht::store {
namespace {

std::optional<std::int64_t> micros(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return instant->microseconds_since_epoch();
}

}  // namespace

Result<std::optional<app::Credential>> SqlCredentialStore::credential(const std::string& account) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select password_hash, totp_secret, totp_confirmed, "
                                "last_totp_step, failures, locked_until, must_change "
                                "from credentials where account = $1",
                                {account}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return std::optional<app::Credential>();
  }
  app::Credential credential;
  credential.account = account;
  credential.password_hash = rows.text(0);
  credential.totp_confirmed = rows.integer(2) != 0;
  credential.last_totp_step = rows.integer(3);
  credential.failures = rows.integer(4);
  credential.must_change = rows.integer(6) != 0;
  if (!rows.text(1).empty()) {
    const auto sealed = text_of_hex(rows.text(1));
    if (!sealed) return make_error("ST-0021");
    ZICHT_TRY(secret, keys_.open(*reader, *sealed, label_of_second_factor(account)));
    credential.totp_secret = std::move(secret);
  }
  if (!rows.is_null(5)) {
    ZICHT_TRY(until, Instant::from_microseconds(rows.integer(5)));
    credential.locked_until = until;
  }
  return std::optional(std::move(credential));
}

Result<void> SqlCredentialStore::put_credential(const app::Credential& credential) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    std::string sealed;
    if (!credential.totp_secret.empty()) {
      ZICHT_TRY(master, keys_.hold(connection));
      sealed = hex_of(seal(master->master(), random_nonce(rng_), credential.totp_secret,
                           label_of_second_factor(credential.account)));
    }
    return connection.queue(
        "insert into credentials (account, password_hash, totp_secret, totp_confirmed, "
        "last_totp_step, failures, locked_until, must_change) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (account) do update set "
        "password_hash = excluded.password_hash, totp_secret = excluded.totp_secret, "
        "totp_confirmed = excluded.totp_confirmed, last_totp_step = excluded.last_totp_step, "
        "failures = excluded.failures, locked_until = excluded.locked_until, "
        "must_change = excluded.must_change",
        {credential.account, credential.password_hash, sealed, credential.totp_confirmed,
         credential.last_totp_step, credential.failures, micros(credential.locked_until),
         credential.must_change});
  });
}

Result<std::set<std::string>> SqlCredentialStore::accounts_with_code() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select account from credentials where totp_confirmed = 1", {}));
  std::set<std::string> accounts;
  while (rows.next()) accounts.emplace(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return accounts;
}

Result<void> SqlCredentialStore::put_session(const app::Session& session) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    ZICHT_CHECKED(connection.queue("delete from sessions where account = $1 and expires <= $2",
                                   {session.account,
                                    session.last_seen.microseconds_since_epoch()}));
    return connection.queue(
        "insert into sessions (token_hash, account, csrf_token, created, last_seen, expires) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (token_hash) do update set "
        "account = excluded.account, csrf_token = excluded.csrf_token, "
        "last_seen = excluded.last_seen, expires = excluded.expires",
        {session.token_hash, session.account, session.csrf_token,
         session.created.microseconds_since_epoch(), session.last_seen.microseconds_since_epoch(),
         session.expires.microseconds_since_epoch()});
  });
}

Result<std::optional<app::Session>> SqlCredentialStore::session(const std::string& token_hash) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(rows, reader->query("select account, csrf_token, created, last_seen, expires "
                                "from sessions where token_hash = $1",
                                {token_hash}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return std::optional<app::Session>();
  }
  ZICHT_TRY(created, Instant::from_microseconds(rows.integer(2)));
  ZICHT_TRY(last_seen, Instant::from_microseconds(rows.integer(3)));
  ZICHT_TRY(expires, Instant::from_microseconds(rows.integer(4)));
  return std::optional(app::Session{.token_hash = token_hash,
                                    .account = std::string(rows.text(0)),
                                    .csrf_token = std::string(rows.text(1)),
                                    .created = created,
                                    .last_seen = last_seen,
                                    .expires = expires});
}

Result<void> SqlCredentialStore::remove_session(const std::string& token_hash) {
  return writer_.run([&](Connection& connection) {
    return connection.queue("delete from sessions where token_hash = $1", {token_hash});
  });
}

Result<void> SqlCredentialStore::remove_sessions_of(const std::string& account) {
  return writer_.run([&](Connection& connection) {
    return connection.queue("delete from sessions where account = $1", {account});
  });
}

Result<void> SqlCredentialStore::remove_sessions_ended(Instant now, Instant unused_since) {
  return writer_.run([&](Connection& connection) {
    return connection.queue("delete from sessions where expires <= $1 or last_seen <= $2",
                            {now.microseconds_since_epoch(),
                             unused_since.microseconds_since_epoch()});
  });
}

}  // namespace zicht::store
