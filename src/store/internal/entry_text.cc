#include "store/internal/entry_text.h"

#include <utility>

#include "store/journal.h"

namespace zicht::store {

Result<json::object> payload_in(Connection& connection, DataKeys& keys, std::int64_t seq) {
  if (seq == 0) return json::object();
  ZICHT_TRY(rows, connection.query(
                      "select " + std::string(kJournalColumns) + " from journal where seq = $1",
                      {seq}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return json::object();
  }
  ZICHT_TRY(entry, read_entry(rows));
  // No row of a table stands between an entry and a key that is remembered.
  ZICHT_CHECKED(keys.look(connection));
  ZICHT_TRY(text, open_payload(connection, keys, entry));
  ZICHT_TRY(payload, parse_json(text));
  return payload.is_object() ? std::move(payload.get_object()) : json::object();
}

std::string text_in(const json::object& payload, std::string_view member) {
  const Json* value = payload.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                : std::string();
}

Result<std::optional<Instant>> moment_of(const Rows& rows, int column) {
  if (rows.integer(column) == 0) return std::optional<Instant>();
  ZICHT_TRY(at, Instant::from_microseconds(rows.integer(column)));
  return std::optional(at);
}

}  // namespace zicht::store
