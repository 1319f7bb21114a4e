#include "store/sqlite/sqlite_driver.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "store/internal/sql_text.h"
#include "store/internal/store_error.h"

namespace zicht::store {
namespace {

constexpr Dialect kDialect{
    .kind = Dialect::Kind::kSqlite,
    .name = "sqlite",
    .integer_type = "integer",
    .text_type = "text",
    .blob_type = "blob",
    .lock = "",
    .share = "",
    .clustered = " without rowid",
};

constexpr std::size_t kStatementLimit = 400;

// For work on whole tables: a quarter of the machine, within bounds. Pages that do not fit go to
// the log, and every index that is made afterwards reads them from there again.
int bulk_cache_kib() {
  constexpr std::int64_t kLeast = 256 * 1024, kMost = 4 * 1024 * 1024;
  const std::int64_t pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
  return static_cast<int>(std::clamp(pages * page / 1024 / 4, kLeast, kMost));
}

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
// Whether an fsync has failed since the database was opened; shared by its connections.
using SyncTrouble = std::shared_ptr<std::atomic<bool>>;

bool is_sync_failure(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

using Handle = std::unique_ptr<sqlite3, CloseDatabase>;

struct Statement {
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> handle;
  bool is_busy = false;
};

Failure failure_of(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return Failure::kUnique;
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return Failure::kRefused;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Failure::kRetry;
    case SQLITE_INTERRUPT:  // by is_over alone
      return Failure::kTooLong;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return Failure::kUnreachable;
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
      return Failure::kFull;
    case SQLITE_READONLY:
      return Failure::kReadOnly;
    case SQLITE_IOERR:
      return Failure::kDisk;
    default:
      return Failure::kInternal;
  }
}

// SQLite's messages name tables and columns; none of those that can occur in a prepared
// statement with bound parameters quotes a value.
Error error_of(sqlite3* handle) {
  return store_error(failure_of(sqlite3_extended_errcode(handle)), sqlite3_errmsg(handle));
}

class SqliteRows final : public RowSource {
 public:
  SqliteRows(sqlite3* handle, Statement* statement, bool* has_failed)
      : handle_(handle), statement_(statement), has_failed_(has_failed) {
    statement_->is_busy = true;
  }
  ~SqliteRows() override { release(); }
  SqliteRows(const SqliteRows&) = delete;
  SqliteRows& operator=(const SqliteRows&) = delete;

  bool next() override {
    if (statement_ == nullptr) return false;
    if (is_first_) {
      is_first_ = false;
      return is_row_;
    }
    step();
    if (!is_row_) release();
    return is_row_;
  }

  // Also run for the first row by the connection, so that a failing statement fails there.
  void step() {
    const int code = sqlite3_step(statement_->handle.get());
    is_row_ = code == SQLITE_ROW;
    if (is_row_ || code == SQLITE_DONE) return;
    error_ = error_of(handle_);
    *has_failed_ = true;
  }

  const std::optional<Error>& error() const override { return error_; }
  bool is_null(int column) const override {
    return sqlite3_column_type(row(), column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(row(), column); }
  std::string_view text(int column) const override {
    const void* data = sqlite3_column_type(row(), column) == SQLITE_BLOB
                           ? sqlite3_column_blob(row(), column)
                           : sqlite3_column_text(row(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row(), column));
    return {static_cast<const char*>(data), data == nullptr ? 0 : size};
  }
  int columns() const override { return sqlite3_column_count(row()); }

 private:
  sqlite3_stmt* row() const { return statement_->handle.get(); }

  void release() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_->handle.get());
    sqlite3_clear_bindings(statement_->handle.get());
    statement_->is_busy = false;
    statement_ = nullptr;
  }

  sqlite3* handle_;
  Statement* statement_;
  bool* has_failed_;
  bool is_first_ = true;
  bool is_row_ = false;
  std::optional<Error> error_;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(Handle handle, const SqliteOptions& options, SyncTrouble trouble)
      : handle_(std::move(handle)), cache_kib_(options.cache_kib),
        checkpoint_pages_(options.checkpoint_pages), trouble_(std::move(trouble)) {
    sqlite3_wal_hook(handle_.get(), write_log_back, this);
  }

  const Dialect& dialect() const override { return kDialect; }

  Result<Rows> query(std::string_view sql, Params params) override {
    ZICHT_TRY(source, start(sql, params));
    return Rows(std::move(source));
  }

  Result<std::vector<Rows>> query_all(std::span<const Query> queries) override {
    std::vector<Rows> all;
    for (const Query& each : queries) {
      ZICHT_TRY(rows, query(each.sql, each.params));
      all.push_back(std::move(rows));
    }
    return all;
  }

  Result<std::int64_t> execute(std::string_view sql, Params params) override {
    ++writes_;
    ZICHT_TRY(statement, prepare(sql));
    sqlite3_stmt* const running = statement->handle.get();
    // It has run before this returns: what is bound need not be copied.
    ZICHT_CHECKED(bind(running, params, SQLITE_STATIC));
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(running);
    const std::int64_t changed = sqlite3_changes(handle_.get());
    std::optional<Error> error;
    if (code != SQLITE_DONE) error = error_of(handle_.get());
    sqlite3_reset(running);
    sqlite3_clear_bindings(running);
    if (!error) return changed;
    has_failed_ = true;
    return std::move(*error);
  }

  Result<void> queue(std::string_view sql, Params params) override {
    auto changed = execute(sql, params);
    if (!changed) return std::move(changed).error();
    return {};
  }

  Result<void> flush() override { return {}; }

  Result<void> run_script(std::string_view sql) override {
    ++writes_;
    const int code =
        sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    has_failed_ = true;
    return error_of(handle_.get());
  }

  Result<void> begin(Access access) override {
    if (access == Access::kWrite && trouble_->load()) return make_error("ST-0070");
    has_failed_ = false;
    writes_ = 0;
    return run(access == Access::kWrite ? "begin immediate" : "begin");
  }

  void gather_rows() override {}

  Result<void> expect_bulk() override {
    is_bulk_ = true;
    ZICHT_CHECKED(set_sorting_threads(1));
    return set_cache(bulk_cache_kib());
  }

  Result<void> commit() override {
    const auto committed = run("commit");
    if (is_sync_failure(sqlite3_extended_errcode(handle_.get()))) {
      if (!committed.has_value()) trouble_->store(true);
    }
    if (!committed.has_value() && trouble_->load()) return make_error("ST-0070");
    ZICHT_CHECKED(committed);
    end_bulk();
    end_limit();
    return {};
  }

  Result<void> limit_statements(std::int64_t milliseconds) override {
    constexpr int kStepsBetweenLooks = 10'000;
    is_limited_ = true;
    deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    sqlite3_progress_handler(handle_.get(), kStepsBetweenLooks, is_over, this);
    return {};
  }

  void rollback() override {
    // Some errors (a full disk) end the transaction by themselves.
    if (sqlite3_get_autocommit(handle_.get()) == 0) {
      sqlite3_exec(handle_.get(), "rollback", nullptr, nullptr, nullptr);
    }
    end_bulk();
    end_limit();
    has_failed_ = false;
    writes_ = 0;
  }

  Result<void> savepoint() override { return run("savepoint unit"); }
  Result<void> release_savepoint() override { return run("release unit"); }
  Result<void> rollback_to_savepoint() override {
    if (sqlite3_get_autocommit(handle_.get()) != 0) {
      return store_error(Failure::kRetry, "the transaction has ended by itself");
    }
    has_failed_ = false;
    ZICHT_CHECKED(run("rollback to unit"));
    return run("release unit");
  }

  bool is_usable() const override { return !trouble_->load(); }
  bool has_failed() const override { return has_failed_; }
  std::int64_t writes() const override { return writes_; }

 private:
  // Runs after a commit. SQLite's own hook would hide that an fsync failed here.
  static int write_log_back(void* self, sqlite3* handle, const char* name, int pages) {
    auto& connection = *static_cast<SqliteConnection*>(self);
    if (pages < connection.checkpoint_pages_) return SQLITE_OK;
    sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (is_sync_failure(sqlite3_extended_errcode(handle))) connection.trouble_->store(true);
    return SQLITE_OK;
  }

  Result<void> set_cache(int kib) {
    return run_script("pragma cache_size = -" + std::to_string(kib));
  }

  // Beside the one that asks; the rows of a new index are sorted on them.
  Result<void> set_sorting_threads(int count) {
    return run_script("pragma threads = " + std::to_string(count));
  }

  // The transaction has had its time.
  static int is_over(void* self) {
    return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->deadline_;
  }

  void end_limit() {
    if (!is_limited_) return;
    is_limited_ = false;
    sqlite3_progress_handler(handle_.get(), 0, nullptr, nullptr);
  }

  void end_bulk() {
    if (!is_bulk_) return;
    is_bulk_ = false;
    static_cast<void>(set_cache(cache_kib_));
    static_cast<void>(set_sorting_threads(0));
    writes_ = 0;
  }

  Result<std::unique_ptr<SqliteRows>> start(std::string_view sql, Params params) {
    ZICHT_TRY(statement, prepare(sql));
    // Copied: the rows may be read after the parameters are gone.
    ZICHT_CHECKED(bind(statement->handle.get(), params, SQLITE_TRANSIENT));
    // A statement that takes few steps is never looked at while it runs.
    if (is_limited_ && is_over(this) != 0) return store_error(Failure::kTooLong, "");
    auto source = std::make_unique<SqliteRows>(handle_.get(), statement, &has_failed_);
    source->step();
    if (source->error()) return *source->error();
    return source;
  }

  Result<void> run(std::string_view sql) {
    ZICHT_TRY(source, start(sql, {}));
    return {};
  }

  Result<Statement*> prepare(std::string_view sql) {
    const auto found = statements_.find(sql);
    // A statement that is still being read cannot be started again; then a second is made.
    if (found != statements_.end()) {
      for (Statement& each : found->second) {
        if (!each.is_busy) return &each;
      }
    }
    if (statements_.size() >= kStatementLimit) forget_idle();
    sqlite3_stmt* raw = nullptr;
    const std::string text = number_placeholders(sql, '?');
    const int code =
        sqlite3_prepare_v3(handle_.get(), text.c_str(), static_cast<int>(text.size() + 1),
                           SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) {
      has_failed_ = true;
      return error_of(handle_.get());
    }
    auto& list = statements_[std::string(sql)];
    // A list: rows point to their statement, which must not move.
    return &list.emplace_back(Statement{.handle = decltype(Statement::handle)(raw)});
  }

  void forget_idle() {
    std::erase_if(statements_, [](const auto& entry) {
      for (const Statement& each : entry.second) {
        if (each.is_busy) return false;
      }
      return true;
    });
  }

  Result<void> bind(sqlite3_stmt* statement, Params params, sqlite3_destructor_type keep) {
    ZICHT_CHECK(sqlite3_bind_parameter_count(statement) == static_cast<int>(params.size()),
                "as many parameters as the statement has placeholders");
    int at = 0;
    for (const Param& param : params) {
      if (bind_one(statement, ++at, param, keep) != SQLITE_OK) return error_of(handle_.get());
    }
    return {};
  }

  static int bind_one(sqlite3_stmt* statement, int at, const Param& param,
                      sqlite3_destructor_type keep) {
    const std::string_view text = param.text();
    switch (param.kind()) {
      case Param::Kind::kNull:
        return sqlite3_bind_null(statement, at);
      case Param::Kind::kInt:
        return sqlite3_bind_int64(statement, at, param.integer());
      case Param::Kind::kText:
        return sqlite3_bind_text64(statement, at, text.data() == nullptr ? "" : text.data(),
                                   text.size(), keep, SQLITE_UTF8);
      case Param::Kind::kBlob:
        return sqlite3_bind_blob64(statement, at, text.data() == nullptr ? "" : text.data(),
                                   text.size(), keep);
    }
    ZICHT_CHECK(false, "every kind of parameter is handled");
  }

  Handle handle_;
  const int cache_kib_;
  const int checkpoint_pages_;
  const SyncTrouble trouble_;
  bool is_bulk_ = false;
  bool is_limited_ = false;
  std::chrono::steady_clock::time_point deadline_;
  std::unordered_map<std::string, std::list<Statement>, TextHash, std::equal_to<>> statements_;
  bool has_failed_ = false;
  std::int64_t writes_ = 0;
};

// After a crash on a failed fsync the log may read well from memory and not be on disk. The same
// bytes, written and synced once more, are. Requires: nobody else can write to the log meanwhile.
bool write_log_again(sqlite3_vfs* vfs, std::string path) {
  int is_there = 0;
  vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &is_there);
  if (is_there == 0) return true;
  path.append(2, '\0');  // SQLite looks for parameters behind a name
  std::vector<std::max_align_t> memory(
      static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
  auto* const file = reinterpret_cast<sqlite3_file*>(memory.data());
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;
  if (vfs->xOpen(vfs, path.c_str(), file, kFlags, nullptr) != SQLITE_OK) return false;
  sqlite3_int64 size = 0;
  int code = file->pMethods->xFileSize(file, &size);
  std::string bytes(std::size_t{1} << 16, '\0');  // SQLite's own writes are below 128 KiB
  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size;) {
    const int length = static_cast<int>(
        std::min(size - at, static_cast<sqlite3_int64>(bytes.size())));
    code = file->pMethods->xRead(file, bytes.data(), length, at);
    if (code == SQLITE_OK) code = file->pMethods->xWrite(file, bytes.data(), length, at);
    at += length;
  }
  if (code == SQLITE_OK && size > 0) code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  file->pMethods->xClose(file);
  return code == SQLITE_OK;
}

class SqliteDatabase final : public Database {
 public:
  enum class Life { kKept, kScratch };

  SqliteDatabase(std::string path, SqliteOptions options, Life life = Life::kKept)
      : path_(std::move(path)), options_(options), life_(life) {}

  ~SqliteDatabase() override {
    if (life_ == Life::kScratch) ::unlink(path_.c_str());
  }

  // The name of the VFS as SQLite wants it. A scratch database lies on the machine's own.
  const char* vfs() const {
    return options_.vfs.empty() || life_ == Life::kScratch ? nullptr : options_.vfs.c_str();
  }

  const Dialect& dialect() const override { return kDialect; }

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    if (access == Access::kWrite && trouble_->load()) return make_error("ST-0070");
    sqlite3* raw = nullptr;
    const int creating = vfs() == nullptr ? 0 : SQLITE_OPEN_CREATE;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | creating;
    const int code = sqlite3_open_v2(path_.c_str(), &raw, flags, vfs());
    Handle handle(raw);
    if (code != SQLITE_OK) {
      return store_error(Failure::kUnreachable, "cannot open the database file");
    }
    // It holds what records say: a process that is killed must not leave a file behind.
    if (life_ == Life::kScratch) ::unlink(path_.c_str());
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, options_.busy_timeout_ms);
    auto connection = std::make_unique<SqliteConnection>(std::move(handle), options_, trouble_);
    ZICHT_CHECKED(connection->run_script(settings(access)));
    return connection;
  }

  Result<std::unique_ptr<Database>> scratch() override {
    std::string path = path_ + ".scratch-XXXXXX";
    const int file = ::mkstemp(path.data());
    if (file < 0) {
      return store_error(Failure::kUnreachable, "cannot create a scratch database file");
    }
    ::close(file);
    return std::make_unique<SqliteDatabase>(path, options_, Life::kScratch);
  }

  // A scratch file has no name by the time that anything is written to it.
  Result<void> drop_left_scratch() override { return {}; }

 private:
  std::string settings(Access access) const {
    std::string sql = life_ == Life::kScratch
                          ? "pragma journal_mode = off; pragma synchronous = off;"
                          : "pragma journal_mode = wal; pragma synchronous = full;";
    sql += "pragma temp_store = memory; pragma trusted_schema = off; "
           "pragma secure_delete = on;";
    sql += "pragma cache_size = -" + std::to_string(options_.cache_kib) + ";";
    sql += "pragma mmap_size = " + std::to_string(options_.mmap_bytes) + ";";
    // The log is written back at 16 MB (checkpoint_pages); this keeps its file small.
    sql += "pragma journal_size_limit = 67108864;";
    if (access != Access::kWrite) sql += "pragma query_only = on;";
    return sql;
  }

  const std::string path_;
  const SqliteOptions options_;
  const Life life_;
  const SyncTrouble trouble_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace

namespace {

bool may_not_write(int code) { return code == EACCES || code == EROFS || code == EPERM; }

// SQLite would create the file with the process's mask; the store is for its owner alone. And it
// would say of a folder in which it may make no log that it cannot be opened.
Result<void> prepare_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 && may_not_write(errno)) {
    return store_error(Failure::kReadOnly, "the database file");
  }
  if (file < 0) {
    return store_error(Failure::kUnreachable, "cannot open or create the database file");
  }
  ::close(file);
  const auto end = path.rfind('/');
  const std::string folder = end == std::string::npos ? "." : path.substr(0, end + 1);
  const bool is_writable = ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) == 0;
  if (is_writable || !may_not_write(errno)) return {};
  return store_error(Failure::kReadOnly, "the folder of the database");
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, SqliteOptions options) {
  if (options.vfs.empty()) ZICHT_CHECKED(prepare_file(path));
  const char* const vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
  std::unique_ptr<Database> database = std::make_unique<SqliteDatabase>(path, options);
  ZICHT_TRY(first, database->connect(Access::kWrite));
  // Whoever writes at this moment has synced its log by itself.
  if (!first->begin(Access::kWrite).has_value()) return database;
  const bool is_written = write_log_again(sqlite3_vfs_find(vfs), path + "-wal");
  first->rollback();
  if (!is_written) return store_error(Failure::kUnreachable, "cannot write the database's log");
  return database;
}

}  // namespace zicht::store
