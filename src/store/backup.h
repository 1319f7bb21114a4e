// Back-ups: all that a rebuild cannot make again, in two files that belong together.
//
//     ZICHT_TRY(summary, write_backup(source, stamp, {"/backup/a.store", "/safe/a.keys"}));
//     ZICHT_CHECKED(check_backup(files));             reads all of both
//     ZICHT_TRY(summary, load_backup(files, target)); into an empty store
//
// The first file holds what is sealed or no secret: journal, checkpoints, read log, the list of
// erasures. The second holds what opens it: key files, wrapped keys, and the secrets of sign-in. A
// person who was erased since is readable only for who has both, so the second kind is thrown away
// after some days and the first may be kept for years. Both say the same on SQLite and PostgreSQL,
// so a back-up of one can be put back in the other (docs/formats/backup.md).
//
// What is written is one state of the database, while others go on writing. A file is complete
// under its name or not there at all. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"

namespace zicht::store {

struct BackupFiles {
  std::string store;
  std::string keys;
};

// A small file that is kept beside the database, by the name that it has in the back-up.
struct SideFile {
  std::string name;
  std::string path;
};

// Where a back-up comes from, or goes to. The read log may be in the same database.
struct BackupEnds {
  Database& store;
  Database& read_log;
  std::string keys_folder;             // all files of it
  std::vector<SideFile> side_files{};  // absent ones are left out
  // Where the system hands the master key over, which then need not be among the keys (keys.h).
  std::string master_credential{};
};

struct BackupStamp {
  std::string id;  // the same in both files, and in no other back-up
  Instant at;
  std::string engine_version;
};

struct BackupSummary {
  std::int64_t entries = 0;  // of the journal
  std::int64_t rows = 0;     // of all tables
};

// Errors: ST-0090 when a file cannot be written; those of the database. Then neither file is there.
Result<BackupSummary> write_backup(const BackupEnds& source, const BackupStamp& stamp,
                                   const BackupFiles& files);

// Errors: ST-0090 when a file cannot be read, ST-0091 when it was cut or altered or is none,
// ST-0092 when it was made in another format, ST-0093 when the two do not belong together.
Result<void> check_backup(const BackupFiles& files);

// Puts everything in an empty store, of whose packs it derives the rows, so that it can be opened
// and the rest derived. Side files that are there already stay. Needs no running store.
// Errors: as check_backup; ST-0094 when the store has entries; ST-0020 for the keys. Then the
// database is as it was; the files of `target` that were made must be removed by the caller.
Result<BackupSummary> load_backup(const BackupFiles& files, const BackupEnds& target, Rng& rng);

}  // namespace zicht::store
