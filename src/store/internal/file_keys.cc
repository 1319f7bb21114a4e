#include "store/internal/file_keys.h"

#include "base/error_catalogue.h"

namespace zicht::store {
namespace {

Result<bool> is_taken(Connection& connection, std::string_view file, std::string_view record) {
  ZICHT_TRY(rows, connection.query("select 1 from file_keys where file = $1 and record = $2",
                                   {file, record}));
  const bool is_there = rows.next();
  ZICHT_CHECKED(rows.status());
  return is_there;
}

// The key of an upload; absent when this account has none of that id that is complete.
Result<std::optional<SecretKey>> waiting_key(Connection& connection, KeyRing& ring,
                                             std::string_view file, std::string_view account) {
  ZICHT_TRY(rows, connection.query("select wrapped from uploads where file = $1 and account = $2 "
                                   "and complete = 1",
                                   {file, account}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return std::optional<SecretKey>();
  }
  ZICHT_TRY(secret, ring.open(connection, rows.text(0), upload_label(file)));
  return std::optional(SecretKey::of(secret));
}

}  // namespace

std::string upload_label(std::string_view file) { return "upload:" + std::string(file); }

std::string file_label(std::string_view file, std::string_view record) {
  return "file:" + std::string(file) + ":" + std::string(record);
}

Result<void> take_files(Connection& connection, KeyRing& ring, Rng& rng,
                        const DataKey& key, const Taking& taking) {
  for (const std::string& file : taking.files) {
    ZICHT_TRY(secret, waiting_key(connection, ring, file, taking.account));
    if (!secret) {
      ZICHT_TRY(has_it, is_taken(connection, file, taking.record));
      if (!has_it) return make_error("ST-0061");
      continue;
    }
    const std::string wrapped = seal(key.secret, random_nonce(rng), secret->bytes(),
                                     file_label(file, taking.record));
    ZICHT_CHECKED(connection.queue(
        "insert into file_keys (file, record, key_id, wrapped) values ($1, $2, $3, $4)",
        {file, taking.record, key.id, Param::blob(wrapped)}));
    ZICHT_CHECKED(connection.queue("delete from uploads where file = $1", {file}));
  }
  return {};
}

Result<void> remove_files_of(Connection& connection, std::string_view record) {
  ZICHT_CHECKED(connection.queue(
      "delete from file_pieces where file in (select file from file_keys where record = $1)",
      {record}));
  return connection.queue("delete from file_keys where record = $1", {record});
}

}  // namespace zicht::store
