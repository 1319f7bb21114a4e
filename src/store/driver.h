// The thin driver interface over SQLite and PostgreSQL.
//
// Everything in src/store that speaks SQL does so through `Connection`; only the folders
// sqlite/ and postgres/ know a client library. One SQL text serves both: parameters are
// written `$1`, `$2`, ...; the few places where the two really differ are in `Dialect`.
//
//     ZICHT_TRY(connection, database.connect(Access::kRead));
//     ZICHT_TRY(rows, connection->query("select name from city where id = $1", {Param(7)}));
//     while (rows.next()) use(rows.text(0));
//     ZICHT_CHECKED(rows.status());
//
// Values are 64-bit integers, text, bytes and null; a bool is the integer 0 or 1. There are
// no floating point values and no database-side decimals or dates, because those differ.
//
// It deliberately does not build SQL, map rows to objects, or retry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"

namespace zicht::store {

using Bytes = std::span<const std::byte>;

// One value to bind. Does not own: text and bytes must live until the call they are passed
// to returns (also for `queue`, which copies them).
class Param {
 public:
  enum class Kind : std::uint8_t { kNull, kInt, kText, kBlob };

  constexpr Param() = default;
  constexpr Param(std::nullptr_t) {}
  template <class T>
    requires std::is_integral_v<T>
  constexpr Param(T value) : kind_(Kind::kInt), integer_(static_cast<std::int64_t>(value)) {}
  constexpr Param(std::string_view text) : kind_(Kind::kText), text_(text) {}
  constexpr Param(const char* text) : kind_(Kind::kText), text_(text) {}
  Param(const std::string& text) : kind_(Kind::kText), text_(text) {}
  Param(Bytes bytes)
      : kind_(Kind::kBlob), text_(reinterpret_cast<const char*>(bytes.data()), bytes.size()) {}
  template <class T>
  Param(const std::optional<T>& value) {
    if (value) *this = Param(*value);
  }

  // The same characters bound as bytes instead of as text.
  static Param blob(std::string_view bytes) {
    Param param(bytes);
    param.kind_ = Kind::kBlob;
    return param;
  }

  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }
  std::string_view text() const { return text_; }

 private:
  Kind kind_ = Kind::kNull;
  std::int64_t integer_ = 0;
  std::string_view text_;
};

using Params = std::span<const Param>;

// A statement with its values, for those that are run together. Does not own either.
struct Query {
  std::string_view sql;
  Params params;
};

// What a driver hands to `Rows`. Not used by other code.
class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual bool next() = 0;
  virtual const std::optional<Error>& error() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual int columns() const = 0;
};

// The rows of a query, forward only. Views returned by `text` and `blob` are valid until the
// next call of `next`. Must be gone before its connection is used to commit or is destroyed.
// Not thread-safe.
class Rows {
 public:
  explicit Rows(std::unique_ptr<RowSource> source) : source_(std::move(source)) {}

  // Goes to the next row; false at the end and on an error (then `status` holds it).
  bool next() { return source_->next(); }
  // Errors: as `Connection::query`.
  Result<void> status() const;

  int columns() const { return source_->columns(); }
  // Column numbers count from 0. Requires: a current row and a column that exists.
  bool is_null(int column) const { return source_->is_null(column); }
  // Null reads as 0 and as the empty text.
  std::int64_t integer(int column) const { return source_->integer(column); }
  std::string_view text(int column) const { return source_->text(column); }
  Bytes blob(int column) const {
    const std::string_view view = source_->text(column);
    return {reinterpret_cast<const std::byte*>(view.data()), view.size()};
  }
  std::optional<std::int64_t> find_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
  }
  std::optional<std::string> find_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return std::string(text(column));
  }

 private:
  std::unique_ptr<RowSource> source_;
};

// What differs between the two in the SQL text itself.
struct Dialect {
  enum class Kind : std::uint8_t { kSqlite, kPostgres };
  Kind kind;
  std::string_view name;          // "sqlite", "postgres": for reports and file names
  std::string_view integer_type;  // 64 bits, signed
  std::string_view text_type;     // ordered by bytes on both
  std::string_view blob_type;
  // Waits for, and holds until commit, the lock that belongs to the text $1; one row. Empty: a
  // write transaction has the whole database.
  std::string_view lock;
  // Ends a query whose rows nobody may change until the transaction ends. Empty: as with `lock`.
  std::string_view share;
  std::string_view clustered;     // suffix of a table that is read by its primary key only
};

// kLookUp reads too, and finds rows by their keys alone: how it does so is settled once, whatever
// the values.
enum class Access : std::uint8_t { kRead, kLookUp, kWrite };

// What several queries of one reader see: the same state of the database, or each the state that it
// finds. The latter saves the transaction around them; right for one query, and for rows that
// never change once they are found.
enum class Snapshot : std::uint8_t { kShared, kPerQuery };

// One session with the database. Statements are prepared once per SQL text and kept.
// Not thread-safe: one thread at a time.
//
// Errors of every call, told apart by what the caller can do next:
//   conflict             a unique key exists already
//   failed_precondition  another constraint or a trigger refuses
//   unavailable          busy, deadlock, or the connection is lost: try the transaction again
//   resource_exhausted   the disk or another quota is full
//   internal             the SQL or the database is wrong
//   invalid_argument     it took longer than limit_statements allows
// Messages name constraints and tables, never values.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual const Dialect& dialect() const = 0;

  // Runs a statement and gives its rows. Statements queued before are run first; an error of
  // one of them is returned here.
  virtual Result<Rows> query(std::string_view sql, Params params) = 0;
  Result<Rows> query(std::string_view sql, std::initializer_list<Param> params = {}) {
    return query(sql, Params(params.begin(), params.size()));
  }

  // Runs statements in order and gives the rows of each. PostgreSQL gets them all in one exchange,
  // so that one waits once for many of them. Each sees what those before it did. Errors: the first
  // of any of them.
  virtual Result<std::vector<Rows>> query_all(std::span<const Query> queries) = 0;

  // Runs a statement; gives the number of rows that it changed.
  virtual Result<std::int64_t> execute(std::string_view sql, Params params) = 0;
  Result<std::int64_t> execute(std::string_view sql, std::initializer_list<Param> params = {}) {
    return execute(sql, Params(params.begin(), params.size()));
  }

  // Runs a statement whose result is not needed yet. SQLite runs it at once; PostgreSQL sends
  // it along (pipeline mode), and its error then comes from a later call. Only inside a
  // transaction.
  virtual Result<void> queue(std::string_view sql, Params params) = 0;
  Result<void> queue(std::string_view sql, std::initializer_list<Param> params) {
    return queue(sql, Params(params.begin(), params.size()));
  }

  // Waits until everything that was queued has run. Errors: the first one among it.
  virtual Result<void> flush() = 0;

  // Runs several statements separated by `;` without parameters (schema changes). The text
  // must not hold a `;` inside a statement other than in a trigger or function body that the
  // dialect writes.
  virtual Result<void> run_script(std::string_view sql) = 0;

  // Starts a transaction: a write transaction takes its lock at once where the database has
  // one; a read transaction sees one state of the database until it ends.
  virtual Result<void> begin(Access access) = 0;
  // Says that nothing in this transaction needs the order in which rows are queued for different
  // tables: until it ends they may be gathered and sent together, which costs the database less.
  virtual void gather_rows() = 0;
  // Says that this transaction writes whole tables and their indexes: as gather_rows, and the
  // database may use much memory for it (up to a quarter of the machine). Requires: an open
  // transaction.
  virtual Result<void> expect_bulk() = 0;
  // All that is asked from now until the transaction ends may take so long together; what goes on
  // longer, or comes later, fails with ST-0073. Requires: an open read transaction.
  virtual Result<void> limit_statements(std::int64_t milliseconds) = 0;
  virtual Result<void> commit() = 0;
  // Also right after an error, and without a transaction: then it does nothing. Never fails as far
  // as the caller is concerned: a lost connection has rolled back by itself. Not waited for where
  // the database is elsewhere.
  virtual void rollback() = 0;

  // A savepoint inside the transaction; they nest.
  virtual Result<void> savepoint() = 0;
  virtual Result<void> release_savepoint() = 0;
  virtual Result<void> rollback_to_savepoint() = 0;

  // False once the connection is lost; it must then be replaced.
  virtual bool is_usable() const = 0;
  // True when a statement of the current transaction has failed.
  virtual bool has_failed() const = 0;
  // Statements that may have changed something in the current transaction.
  virtual std::int64_t writes() const = 0;
};

// Runs `work` in a write transaction of its own: commits when it went well, else nothing of it has
// happened. Errors: those of the transaction and of `work`.
Result<void> in_transaction(Connection& connection, const std::function<Result<void>()>& work);

// Waits for, and holds until the transaction ends, the lock that belongs to this name.
Result<void> take_lock(Connection& connection, const std::string& name);

// A database that connections can be made to. Thread-safe.
class Database {
 public:
  virtual ~Database() = default;
  virtual const Dialect& dialect() const = 0;
  // Errors: unavailable when it cannot be reached or opened.
  virtual Result<std::unique_ptr<Connection>> connect(Access access) = 0;
  // An empty database beside this one, for work whose outcome is thrown away: quick instead of
  // safe, and gone when it is destroyed. One connection can be made to it. This one must outlive
  // it. What a process that was killed left of one goes when the next is made. Errors: unavailable.
  virtual Result<std::unique_ptr<Database>> scratch() = 0;
  // Removes what processes that were killed left of scratch databases, as `scratch` does, without
  // making one: where a database lies on a server, its user need not be allowed to. Errors:
  // unavailable.
  virtual Result<void> drop_left_scratch() = 0;
};

// Read connections for the threads that need one: kept open between uses, so that prepared
// statements and page caches stay warm. Thread-safe.
class ReadPool {
 public:
  // A borrowed connection; its read transaction, if it has one, ends with the lease. Must not
  // outlive its pool.
  class Lease {
   public:
    Lease(ReadPool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ReadPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Keeps as many connections as were ever in use at the same time, at most one for each thread:
  // making one costs far more than a question.
  // Requires: `access` is not kWrite.
  explicit ReadPool(Database& database, Access access = Access::kRead)
      : database_(database), access_(access) {}

  // Errors: unavailable.
  Result<Lease> lease(Snapshot snapshot = Snapshot::kShared);

 private:
  void give_back(std::unique_ptr<Connection> connection);

  Database& database_;
  const Access access_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

// `name` in double quotes, for use as table, column or index name in SQL of both databases.
// Requires: 1..63 bytes of a-z, 0-9 and _, not starting with a digit. 63 is PostgreSQL's
// limit; a longer name would be cut there without a word.
std::string quote_identifier(std::string_view name);

// True when `name` meets the requirement of `quote_identifier`.
bool is_safe_identifier(std::string_view name);

// `name` when it fits in 63 bytes, else its first 46 bytes, `_` and 16 hexadecimal digits of
// a hash of it: stable, so that the same long name always gives the same identifier.
std::string short_identifier(std::string_view name);

}  // namespace zicht::store
