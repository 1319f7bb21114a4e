// The SQLite driver: one database file in WAL mode, durable at each commit.
//
//     ZICHT_TRY(database, open_sqlite("/var/lib/zicht/store.sqlite"));
//     ZICHT_TRY(connection, database->connect(Access::kWrite));
//
// One writer at a time (the others wait up to `busy_timeout_ms`, then get unavailable); readers
// never wait for it. Does not create folders.
//
// After a failed fsync nobody knows what is on disk: the system may have thrown the bytes away, and
// says that the next fsync went well. So from then on every write is refused (ST-0070) until the
// database is opened anew; reading goes on. Opening writes the log once more, so that what is read
// from it is what is on disk.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/driver.h"

namespace zicht::store {

struct SqliteOptions {
  int busy_timeout_ms = 5000;
  // Page cache per connection, in KiB.
  int cache_kib = 16 * 1024;
  // How much of the file is mapped into memory for reading.
  std::int64_t mmap_bytes = std::int64_t{1} << 30;
  // Pages in the log after which they are written into the database file.
  int checkpoint_pages = 4000;
  // The SQLite VFS to use, empty: that of the machine. With another one the file is made by it.
  std::string vfs{};
};

// Opens the file, or creates it, with access for its owner alone (mode 0600).
// Errors: unavailable when the file cannot be opened; internal when it is no database.
Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, SqliteOptions options = {});

}  // namespace zicht::store
