// app's FileStore: the contents of files in the database, in sealed pieces.
//
// They stand in the database and not in a folder, so that a file and the record that takes it are
// written or lost together, a copy of the database is whole, and several servers see the same.
// Names and types of waiting uploads are sealed too. Thread-safe.
#pragma once

#include <optional>
#include <string>

#include "app/files.h"
#include "base/clock.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/internal/key_ring.h"
#include "store/keys.h"
#include "store/writer.h"

namespace zicht::store {

class SqlFileStore final : public app::FileStore {
 public:
  // Bytes of a piece before it is sealed; each is a unit of the writer, so that others get their
  // turn during a large upload.
  static constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

  // For a database that has the tables, with its one writer. All must outlive this.
  SqlFileStore(ReadPool& readers, Writer& writer, KeyRing& ring, DataKeys& keys,
               const Clock& clock, Rng& rng)
      : readers_(readers), writer_(writer), ring_(ring), keys_(keys), clock_(clock),
        rng_(rng) {}

  Result<void> put_upload(const app::FileMeta& file, const std::string& account,
                          std::string_view content) override;
  Result<std::optional<app::FileMeta>> upload(const std::string& file,
                                              const std::string& account) override;
  Result<Waiting> waiting(const std::string& account) override;
  // The pieces refer to this store, which must outlive them.
  Result<app::FilePieces> open(const std::string& file, const std::string& record) override;
  Result<app::FilePieces> open_upload(const std::string& file,
                                      const std::string& account) override;
  Result<std::int64_t> sweep(Instant before) override;

 private:
  app::FilePieces pieces_of(const std::string& file, SecretKey key);
  Result<void> put_pieces(const std::string& file, const SecretKey& key, std::string_view content);
  Result<bool> read_piece(const std::string& file, const SecretKey& key, std::int64_t position,
                          std::string& piece);

  ReadPool& readers_;
  Writer& writer_;
  KeyRing& ring_;
  DataKeys& keys_;
  const Clock& clock_;
  Rng& rng_;
};

}  // namespace zicht::store
