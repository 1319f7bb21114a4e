// The read log in SQL: a table per month, with a second one to find persons by, and a writer of its
// own, so that reads that are noted do not wait for the journal nor the journal for them.
//
//     ZICHT_TRY(database, open_sqlite(data + "/read-log.sqlite"));
//     ZICHT_TRY(log, SqlReadLog::open(*database));
//
// Entries of many requests share one commit. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/read_log.h"
#include "store/driver.h"
#include "store/internal/kept_tables.h"
#include "store/writer.h"

namespace zicht::store {

// How rows get into the tables of one month.
struct ReadLogSegment {
  std::string insert, insert_subject;
};

class SqlReadLog final : public app::ReadLog {
 public:
  // `database` outlives it; it may be that of the store. Errors: unavailable.
  static Result<std::unique_ptr<SqlReadLog>> open(Database& database);

  Result<void> append(const app::ReadEntry& entry) override;
  void append(app::ReadEntry entry, Done done) override;
  Result<app::ReadPage> find(const app::ReadQuery& query) override;
  Result<std::int64_t> drop_before(Date day) override;

 private:
  explicit SqlReadLog(Database& database) : readers_(database) {}

  using SegmentPtr = std::shared_ptr<const ReadLogSegment>;

  // That of this month; its tables are made where they are absent.
  Result<SegmentPtr> segment(const std::string& month);
  // What writes this entry.
  Result<Writer::Unit> unit_for(app::ReadEntry entry);

  ReadPool readers_;
  std::mutex mutex_;
  std::map<std::string, SegmentPtr> segments_;  // months that have tables; guarded by mutex_
  std::unique_ptr<Writer> writer_;              // last: it ends first
};

// For back-ups: the tables of all months, in order; and, in an open transaction, the one that has
// this name, made with its month where it is absent (nothing when it is no table of the log).
Result<std::vector<KeptTable>> read_log_tables(Connection& connection);
Result<std::optional<KeptTable>> make_read_log_table(Connection& connection,
                                                     std::string_view name);

}  // namespace zicht::store
