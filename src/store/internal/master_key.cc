#include "store/internal/master_key.h"

#include <utility>

#include "store/internal/data_keys.h"
#include "store/internal/key_ring.h"

namespace zicht::store {
namespace {

// The first text that a question gives; empty: none.
Result<std::string> first_text(Connection& connection, std::string_view sql) {
  ZICHT_TRY(rows, connection.query(sql));
  std::string text;
  if (rows.next()) text = rows.text(0);
  ZICHT_CHECKED(rows.status());
  return text;
}

Result<void> note_master(Connection& connection, const std::string& id) {
  return in_transaction(connection, [&] {
    return connection.queue("insert into meta (name, value) values ('master_key', $1) "
                            "on conflict (name) do nothing",
                            {id});
  });
}

}  // namespace

Result<std::string> known_master(Connection& connection) {
  return first_text(connection, "select value from meta where name = 'master_key'");
}

Result<KeyFolder> open_keys(Connection& connection, const KeyPlaces& places, Rng& rng) {
  ZICHT_TRY(known, known_master(connection));
  if (!known.empty()) return KeyFolder::open(places, known);
  ZICHT_TRY(used, first_text(connection, "select min(key_id) from data_keys"));
  auto keys = used.empty() ? KeyFolder::open_or_create(places, rng) : KeyFolder::open(places, {});
  if (!keys) return keys;
  // A store of before ids were kept: what is there must open.
  if (!used.empty()) {
    KeyRing ring(*keys, places);
    ZICHT_CHECKED(DataKeys(ring, rng).find(connection, used));
  }
  ZICHT_CHECKED(note_master(connection, keys->master_id()));
  // Another server may have been first, with a key of its own.
  ZICHT_TRY(noted, known_master(connection));
  return KeyFolder::open(places, noted);
}

Result<std::string> held_master(Connection& connection) {
  return first_text(connection, "select value from meta where name = 'master_key'" +
                                    std::string(connection.dialect().share));
}

Result<std::string> wholly_sealed_with(Connection& connection) {
  return first_text(connection, "select value from meta where name = 'master_key_sealed'");
}

Result<void> note_wholly_sealed(Connection& connection, const std::string& id) {
  return connection.queue("insert into meta (name, value) values ('master_key_sealed', $1) "
                          "on conflict (name) do update set value = excluded.value",
                          {id});
}

std::string label_of_second_factor(std::string_view account) {
  return "totp:" + std::string(account);
}

std::string label_of_webhook(std::string_view webhook) {
  return "webhook:" + std::string(webhook);
}

std::string label_of_mail(std::string_view account) { return "mail:" + std::string(account); }

}  // namespace zicht::store
