#include "store/internal/record_reader.h"

#include <utility>

#include "base/error_catalogue.h"

namespace zicht::store {
namespace {

Result<void> add_sealed_fields(Connection& connection, DataKeys& keys, const Rows& rows,
                               model::Record& record) {
  if (rows.is_null(8)) return {};
  const std::string sealed(rows.text(8));
  ZICHT_TRY(key, keys.find(connection, rows.text(9)));
  if (key == nullptr) return {};
  const auto plain = open_sealed(key->secret, sealed, record.id);
  if (!plain) return make_error("ST-0023", {{"seq", std::to_string(rows.integer(10) / 4)}});
  ZICHT_TRY(fields, parse_json(*plain));
  for (auto& [name, value] : fields.as_object()) record.fields.as_object()[name] = value;
  return {};
}

}  // namespace

std::string row_columns(std::string_view alias) {
  const std::string at(alias);
  return at + "._document, " + at + "._organisation, " + at + "._pack_hash, " + at +
         "._recorded_from, " + at + "._actor, " + at + "._valid_from, " + at + "._valid_to, " +
         at + "._version, " + at + "._sealed, " + at + "._key_id, " + at + "._row";
}

Result<model::Record> read_row(Connection& connection, DataKeys& keys, const Rows& rows) {
  ZICHT_TRY(document, parse_json(rows.text(0)));
  ZICHT_TRY(parsed, model::from_payload(document));
  model::Record record = std::move(parsed.record);
  record.organisation = rows.text(1);
  record.pack_hash = rows.text(2);
  ZICHT_TRY(at, Instant::from_microseconds(rows.integer(3)));
  record.recorded_at = at;
  record.actor = rows.text(4);
  ZICHT_TRY(from, Date::parse(rows.text(5)));
  record.valid_from = from;
  record.valid_to.reset();
  if (!rows.is_null(6)) {
    ZICHT_TRY(to, Date::parse(rows.text(6)));
    record.valid_to = to;
  }
  record.version = rows.integer(7);
  ZICHT_CHECKED(add_sealed_fields(connection, keys, rows, record));
  return record;
}

}  // namespace zicht::store
