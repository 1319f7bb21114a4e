#include "store/sql_file_store.h"

#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "store/internal/file_keys.h"

namespace zicht::store {
namespace {

// A piece is bound to its place, and the last one says that it is: nothing can be cut off,
// swapped or put in from another file.
std::string piece_label(const std::string& file, std::int64_t position, bool is_last) {
  return file_label(file, std::to_string(position)) + (is_last ? ":last" : "");
}

Result<std::string> meta_text(const app::FileMeta& file) {
  return canonical_json(json::object{{"name", file.name}, {"type", file.type}});
}

Result<app::FileMeta> meta_from(const std::string& file, std::string_view text,
                                std::int64_t size) {
  ZICHT_TRY(parsed, parse_json(text));
  const json::object* parts = parsed.if_object();
  const Json* name = parts == nullptr ? nullptr : parts->if_contains("name");
  const Json* type = parts == nullptr ? nullptr : parts->if_contains("type");
  if (name == nullptr || type == nullptr || !name->is_string() || !type->is_string()) {
    return make_error("ST-0062");
  }
  return app::FileMeta{.id = file,
                       .name = std::string(name->get_string()),
                       .type = std::string(type->get_string()),
                       .size = size};
}

}  // namespace

Result<void> SqlFileStore::put_upload(const app::FileMeta& file, const std::string& account,
                                      std::string_view content) {
  const SecretKey key = SecretKey::random(rng_);
  ZICHT_TRY(text, meta_text(file));
  const std::string meta = seal(key, random_nonce(rng_), text, upload_label(file.id));
  const std::int64_t now = clock_.now().microseconds_since_epoch();
  const auto begin = [&](Connection& connection) -> Result<void> {
    ZICHT_TRY(master, ring_.hold(connection));
    const std::string wrapped =
        seal(master->master(), random_nonce(rng_), key.bytes(), upload_label(file.id));
    return connection.queue(
        "insert into uploads (file, account, created, size, complete, meta, wrapped) "
        "values ($1, $2, $3, $4, 0, $5, $6)",
        {file.id, account, now, file.size, Param::blob(meta), Param::blob(wrapped)});
  };
  ZICHT_CHECKED(writer_.run(begin));
  ZICHT_CHECKED(put_pieces(file.id, key, content));
  return writer_.run([&](Connection& connection) {
    return connection.queue("update uploads set complete = 1 where file = $1", {file.id});
  });
}

Result<void> SqlFileStore::put_pieces(const std::string& file, const SecretKey& key,
                                      std::string_view content) {
  for (std::int64_t position = 0; !content.empty(); ++position) {
    const std::string_view piece = content.substr(0, kPieceBytes);
    content.remove_prefix(piece.size());
    const std::string sealed =
        seal(key, random_nonce(rng_), piece, piece_label(file, position, content.empty()));
    ZICHT_CHECKED(writer_.run([&](Connection& connection) {
      return connection.queue(
          "insert into file_pieces (file, position, sealed) values ($1, $2, $3)",
          {file, position, Param::blob(sealed)});
    }));
  }
  return {};
}

Result<std::optional<app::FileMeta>> SqlFileStore::upload(const std::string& file,
                                                          const std::string& account) {
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_TRY(rows, reader->query("select size, meta, wrapped from uploads "
                                "where file = $1 and account = $2 and complete = 1",
                                {file, account}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return std::optional<app::FileMeta>();
  }
  ZICHT_TRY(secret, ring_.open(*reader, rows.text(2), upload_label(file)));
  const auto meta = open_sealed(SecretKey::of(secret), rows.text(1), upload_label(file));
  if (!meta) return make_error("ST-0062");
  ZICHT_TRY(found, meta_from(file, *meta, rows.integer(0)));
  return std::optional(std::move(found));
}

Result<app::FileStore::Waiting> SqlFileStore::waiting(const std::string& account) {
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_TRY(rows, reader->query("select size from uploads where account = $1", {account}));
  Waiting all;
  for (; rows.next(); ++all.files) all.bytes += rows.integer(0);
  ZICHT_CHECKED(rows.status());
  return all;
}

Result<app::FilePieces> SqlFileStore::open(const std::string& file, const std::string& record) {
  ZICHT_TRY(reader, readers_.lease());
  std::string key_id, wrapped;
  {
    ZICHT_TRY(rows, reader->query("select key_id, wrapped from file_keys "
                                  "where file = $1 and record = $2",
                                  {file, record}));
    if (!rows.next()) {
      ZICHT_CHECKED(rows.status());
      return make_error("ST-0060");
    }
    key_id = rows.text(0);
    wrapped = rows.text(1);
  }
  ZICHT_TRY(key, keys_.find(*reader, key_id));
  if (key == nullptr) return make_error("ST-0060");
  const auto secret = open_sealed(key->secret, wrapped, file_label(file, record));
  if (!secret) return make_error("ST-0062");
  return pieces_of(file, SecretKey::of(*secret));
}

Result<app::FilePieces> SqlFileStore::open_upload(const std::string& file,
                                                  const std::string& account) {
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_TRY(rows, reader->query("select wrapped from uploads "
                                "where file = $1 and account = $2 and complete = 1",
                                {file, account}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return make_error("ST-0060");
  }
  ZICHT_TRY(secret, ring_.open(*reader, rows.text(0), upload_label(file)));
  return pieces_of(file, SecretKey::of(secret));
}

app::FilePieces SqlFileStore::pieces_of(const std::string& file, SecretKey key) {
  return [this, file, key = std::move(key), position = std::int64_t{0},
          is_done = false](std::string& piece) mutable -> Result<bool> {
    if (is_done) return false;
    ZICHT_TRY(is_last, read_piece(file, key, position++, piece));
    is_done = is_last;
    return true;
  };
}

// True when it was the last one.
Result<bool> SqlFileStore::read_piece(const std::string& file, const SecretKey& key,
                                      std::int64_t position, std::string& piece) {
  ZICHT_TRY(reader, readers_.lease());
  ZICHT_TRY(rows, reader->query("select sealed from file_pieces where file = $1 and position = $2",
                                {file, position}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return make_error("ST-0062");
  }
  for (const bool is_last : {false, true}) {
    auto plain = open_sealed(key, rows.text(0), piece_label(file, position, is_last));
    if (!plain) continue;
    piece = *std::move(plain);
    return is_last;
  }
  return make_error("ST-0062");
}

Result<std::int64_t> SqlFileStore::sweep(Instant before) {
  std::int64_t removed = 0;
  const std::int64_t moment = before.microseconds_since_epoch();
  const auto remove = [&](Connection& connection) -> Result<void> {
    ZICHT_CHECKED(connection.queue("delete from file_pieces where file in "
                                   "(select file from uploads where created < $1)",
                                   {moment}));
    ZICHT_TRY(uploads, connection.execute("delete from uploads where created < $1", {moment}));
    removed = uploads;
    return {};
  };
  ZICHT_CHECKED(writer_.run(remove));
  return removed;
}

}  // namespace zicht::store
