#include "store/postgres/postgres_driver.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <deque>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "base/ids.h"
#include "base/rng.h"
#include "store/internal/sql_text.h"
#include "store/internal/store_error.h"
#include "store/postgres/held_rows.h"

namespace zicht::store {
namespace {

constexpr Dialect kDialect{
    .kind = Dialect::Kind::kPostgres,
    .name = "postgres",
    .integer_type = "bigint",
    // Ordered by bytes, as in SQLite, whatever the locale of the database is.
    .text_type = "text collate \"C\"",
    .blob_type = "bytea",
    .lock = "select 1 from (select pg_advisory_xact_lock(hashtextextended($1, 0))) held",
    .share = " for share",
    .clustered = "",
};

constexpr std::size_t kStatementLimit = 400;
// Waiting now and then keeps both sides' socket buffers from filling up.
constexpr std::size_t kPipelineLimit = 256;
// Fewer rows of one table are sent as statements: COPY has to be waited for.
constexpr std::size_t kCopyFrom = 50;
constexpr std::size_t kRowsTogether = 64;
constexpr std::size_t kRowsLeft = 8;
constexpr std::size_t kHeldBytes = 8 * 1024 * 1024;
constexpr int kOldestServer = 150000;

struct CloseConnection {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Handle = std::unique_ptr<PGconn, CloseConnection>;
using Answer = std::unique_ptr<PGresult, ClearResult>;

Failure failure_of(std::string_view sql_state) {
  if (sql_state == "23505") return Failure::kUnique;
  // 57P01..03: the server shuts down or starts; 57014: cancelled; 55P03: lock not available.
  if (sql_state.starts_with("57P0") || sql_state.starts_with("08")) return Failure::kUnreachable;
  if (sql_state == "57014" || sql_state == "55P03") return Failure::kRetry;
  if (sql_state == "25006") return Failure::kReadOnly;
  if (sql_state == "58030") return Failure::kDisk;
  const std::string_view group = sql_state.substr(0, 2);
  if (group == "40") return Failure::kRetry;
  if (group == "23" || sql_state == "P0001") return Failure::kRefused;
  if (sql_state == "53300") return Failure::kUnreachable;
  if (group == "53" || group == "54") return Failure::kFull;
  return Failure::kInternal;
}

std::string field_of(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

// The server's own message may quote a value, so only codes and names are kept.
Error error_of(const PGresult* result, const PGconn* handle) {
  const std::string state = field_of(result, PG_DIAG_SQLSTATE);
  if (state.empty() && PQstatus(handle) == CONNECTION_BAD) {
    return store_error(Failure::kUnreachable, "the connection to PostgreSQL is lost");
  }
  std::string detail = "PostgreSQL state " + state;
  const std::string table = field_of(result, PG_DIAG_TABLE_NAME);
  const std::string constraint = field_of(result, PG_DIAG_CONSTRAINT_NAME);
  if (!table.empty()) detail += ", table " + table;
  if (!constraint.empty()) detail += ", constraint " + constraint;
  // Wrong SQL (class 42) and what a trigger of ours raises hold no values.
  if (state.starts_with("42") || state == "P0001") {
    detail += ": " + field_of(result, PG_DIAG_MESSAGE_PRIMARY);
  }
  return store_error(failure_of(state), detail);
}

std::int64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
  switch (bytes.size()) {
    case 2:
      return static_cast<std::int16_t>(value);
    case 4:
      return static_cast<std::int32_t>(value);
    default:
      return static_cast<std::int64_t>(value);
  }
}

class PostgresRows final : public RowSource {
 public:
  explicit PostgresRows(Answer answer) : answer_(std::move(answer)) {}

  bool next() override { return ++row_ < PQntuples(answer_.get()); }
  const std::optional<Error>& error() const override { return error_; }
  bool is_null(int column) const override {
    return PQgetisnull(answer_.get(), row_, column) != 0;
  }
  std::int64_t integer(int column) const override { return read_big_endian(text(column)); }
  std::string_view text(int column) const override {
    return {PQgetvalue(answer_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
  }
  int columns() const override { return PQnfields(answer_.get()); }

 private:
  Answer answer_;
  int row_ = -1;
  std::optional<Error> error_;
};

// Parameters in the shape that libpq takes. Integers go as text, so that the server converts
// them to whatever integer type the place wants; text and bytes go as they are.
class BoundParams {
 public:
  explicit BoundParams(Params params)
      : digits_(params.size()), values_(params.size()), lengths_(params.size()),
        formats_(params.size()) {
    for (std::size_t at = 0; at < params.size(); ++at) bind(at, params[at]);
  }

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void bind(std::size_t at, const Param& param) {
    const std::string_view text = param.text();
    switch (param.kind()) {
      case Param::Kind::kNull:
        return;
      case Param::Kind::kInt: {
        auto& digits = digits_[at];
        *std::to_chars(digits.data(), digits.data() + digits.size() - 1, param.integer()).ptr = 0;
        values_[at] = digits.data();
        return;
      }
      case Param::Kind::kText:
      case Param::Kind::kBlob:
        values_[at] = text.data() == nullptr ? "" : text.data();
        lengths_[at] = static_cast<int>(text.size());
        formats_[at] = 1;
        return;
    }
  }

  std::vector<std::array<char, 24>> digits_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(Handle handle) : handle_(std::move(handle)) {}

  const Dialect& dialect() const override { return kDialect; }

  Result<Rows> query(std::string_view sql, Params params) override {
    ZICHT_CHECKED(send_limit());
    ZICHT_TRY(answer, run(sql, params));
    return rows_of(std::move(answer));
  }

  Result<std::vector<Rows>> query_all(std::span<const Query> queries) override {
    std::vector<Rows> all;
    if (queries.empty()) return all;
    ZICHT_CHECKED(send_limit());
    for (const Query& each : queries) ZICHT_CHECKED(send(each.sql, each.params, Use::kKept));
    ZICHT_TRY(answers, receive());
    for (Answer& answer : answers) all.push_back(rows_of(std::move(answer)));
    return all;
  }

  Result<std::int64_t> execute(std::string_view sql, Params params) override {
    ++writes_;
    ZICHT_TRY(answer, run(sql, params));
    const std::string_view digits = PQcmdTuples(answer.get());
    std::int64_t changed = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), changed);
    return changed;
  }

  Result<void> queue(std::string_view sql, Params params) override {
    ++writes_;
    if (is_gathering_) {
      if (HeldRows* rows = held_for(sql)) return hold(*rows, params);
    }
    if (pending_.size() >= kPipelineLimit) ZICHT_CHECKED(flush());
    return send(sql, params);
  }

  Result<void> flush() override {
    ZICHT_CHECKED(send_held());
    return receive_pending();
  }

  // Scripts need the simple protocol, which pipeline mode does not allow.
  Result<void> run_script(std::string_view sql) override {
    ++writes_;
    ZICHT_CHECKED(flush());
    return run_simply([&] { return Answer(PQexec(handle_.get(), std::string(sql).c_str())); });
  }

  Result<void> begin(Access access) override {
    has_failed_ = false;
    writes_ = 0;
    // Not waited for: it travels with the first statement.
    return send(access == Access::kWrite ? "begin isolation level read committed"
                                         : "begin isolation level repeatable read read only",
                {});
  }

  // Inserts are held back until there are many, or until another statement could see them.
  void gather_rows() override { is_gathering_ = true; }

  Result<void> expect_bulk() override {
    is_gathering_ = is_bulk_ = true;
    return send("set local maintenance_work_mem = '256MB'", {});
  }

  Result<void> limit_statements(std::int64_t milliseconds) override {
    is_limited_ = true;
    deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    return {};
  }

  Result<void> commit() override {
    is_limited_ = false;
    ZICHT_TRY(answer, run("commit", {}));
    is_gathering_ = is_bulk_ = false;
    // The server answers a commit of a failed transaction with a rollback, not with an error.
    if (std::string_view(PQcmdStatus(answer.get())) == "COMMIT") return {};
    return store_error(Failure::kInternal, "the transaction was rolled back");
  }

  void rollback() override {
    drop_held();
    is_gathering_ = is_bulk_ = is_limited_ = false;
    if (!pending_.empty()) static_cast<void>(receive());
    if (is_usable() && PQtransactionStatus(handle_.get()) != PQTRANS_IDLE) {
      // Sent at once, so that the server holds nothing longer; who comes next reads its answer.
      if (send("rollback", {}).has_value()) static_cast<void>(sync());
    }
    has_failed_ = false;
    writes_ = 0;
  }

  // What is held back from before is sent before it.
  Result<void> savepoint() override { return send("savepoint unit", {}); }
  Result<void> release_savepoint() override { return send("release unit", {}); }
  Result<void> rollback_to_savepoint() override {
    drop_held();
    if (!pending_.empty()) static_cast<void>(receive());
    has_failed_ = false;
    ZICHT_CHECKED(send("rollback to unit", {}));
    return send("release unit", {});
  }

  bool is_usable() const override { return PQstatus(handle_.get()) == CONNECTION_OK; }
  bool has_failed() const override { return has_failed_; }
  std::int64_t writes() const override { return writes_; }

 private:
  enum class Use { kDropped, kKept };

  // One result to expect. `prepares` is the text of the statement that becomes known with it.
  struct Pending {
    std::string prepares;
    Use use = Use::kDropped;
    bool is_sync = false;
  };

  static Rows rows_of(Answer answer) {
    return Rows(std::make_unique<PostgresRows>(std::move(answer)));
  }

  // Whatever was going on: the connection cannot be used any more.
  Error lost() {
    has_failed_ = true;
    pending_.clear();
    return store_error(Failure::kUnreachable, "the connection to PostgreSQL is lost");
  }

  Result<void> receive_pending() {
    if (pending_.empty()) return {};
    ZICHT_TRY(answers, receive());
    return {};
  }

  Result<Answer> run(std::string_view sql, Params params) {
    ZICHT_CHECKED(send(sql, params, Use::kKept));
    ZICHT_TRY(answers, receive());
    return std::move(answers.back());
  }

  // The server limits each statement by itself: it is told what is left for this one. That travels
  // with the statement; as a parameter it is one text to prepare, whatever is left.
  Result<void> send_limit() {
    if (!is_limited_) return {};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        deadline_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) return store_error(Failure::kTooLong, "");
    const std::string milliseconds = std::to_string(left.count());
    const Param bound(milliseconds);
    return send("select set_config('statement_timeout', $1, true)", Params(&bound, 1));
  }

  Result<void> send(std::string_view sql, Params params, Use use = Use::kDropped) {
    ZICHT_CHECKED(send_held());
    const BoundParams bound(params);
    return send_bound(sql, bound.count(), bound.values(), bound.lengths(), bound.formats(), use);
  }

  Result<void> send_bound(std::string_view sql, int count, const char* const* values,
                          const int* lengths, const int* formats, Use use) {
    ZICHT_TRY(name, prepare(sql));
    if (PQsendQueryPrepared(handle_.get(), name->c_str(), count, values, lengths, formats, 1) !=
        1) {
      return lost();
    }
    pending_.push_back({.prepares = {}, .use = use});
    return {};
  }

  // Where the rows of this statement are held back; null when it is no plain insert.
  HeldRows* held_for(std::string_view sql) {
    auto found = held_.find(sql);
    if (found == held_.end()) {
      found = held_.emplace(std::string(sql), HeldRows::for_statement(sql)).first;
    }
    return found->second ? &*found->second : nullptr;
  }

  Result<void> hold(HeldRows& rows, Params params) {
    const auto before = rows.bytes();
    rows.add(params);
    held_bytes_ += rows.bytes() - before;
    return held_bytes_ < kHeldBytes ? Result<void>() : send_held();
  }

  void drop_held() {
    for (auto& [sql, rows] : held_) {
      if (rows) rows->clear();
    }
    held_bytes_ = 0;
  }

  Result<void> send_held() {
    if (held_bytes_ == 0) return {};
    held_bytes_ = 0;
    for (auto& [sql, rows] : held_) {
      if (!rows || rows->count() == 0) continue;
      // COPY is waited for, which pays for a whole table alone.
      const bool is_many = is_bulk_ && rows->count() >= kCopyFrom;
      ZICHT_CHECKED(is_many ? copy(*rows) : send_together(*rows));
      rows->clear();
    }
    return {};
  }

  // In statements of 64, 32, 16, 8 rows and of those that are left, so that few are prepared.
  Result<void> send_together(const HeldRows& rows) {
    for (std::size_t at = 0, count = 0; at < rows.count(); at += count) {
      const std::size_t rest = rows.count() - at;
      count = rest < kRowsLeft ? rest : std::min(kRowsTogether, std::bit_floor(rest));
      const HeldValues values = rows.values_of(at, count);
      if (pending_.size() >= kPipelineLimit) ZICHT_CHECKED(receive_pending());
      ZICHT_CHECKED(send_bound(rows.insert_sql(count), static_cast<int>(values.values.size()),
                               values.values.data(), values.lengths.data(),
                               values.formats.data(), Use::kDropped));
    }
    return {};
  }

  Result<void> copy(const HeldRows& rows) {
    ZICHT_CHECKED(flush());
    return run_simply([&] {
      Answer answer(PQexec(handle_.get(), rows.copy_sql().c_str()));
      if (PQresultStatus(answer.get()) != PGRES_COPY_IN) return answer;
      const std::string data = rows.copy_data();
      const bool is_sent =
          PQputCopyData(handle_.get(), data.data(), static_cast<int>(data.size())) == 1 &&
          PQputCopyEnd(handle_.get(), nullptr) == 1;
      if (!is_sent) return Answer();
      answer.reset(PQgetResult(handle_.get()));
      while (Answer(PQgetResult(handle_.get()))) {
      }
      return answer;
    });
  }

  // A statement is cancelled when its time is over, and when the server wants it.
  Error failed(const PGresult* result) const {
    if (is_limited_ && field_of(result, PG_DIAG_SQLSTATE) == "57014") {
      return store_error(Failure::kTooLong, "");
    }
    return error_of(result, handle_.get());
  }

  // Outside pipeline mode; nothing may be on its way.
  template <class Run>
  Result<void> run_simply(Run run) {
    if (PQexitPipelineMode(handle_.get()) != 1) return lost();
    const Answer answer = run();
    const auto status = PQresultStatus(answer.get());
    if (PQenterPipelineMode(handle_.get()) != 1) return lost();
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
    has_failed_ = true;
    return failed(answer.get());
  }

  Result<const std::string*> prepare(std::string_view sql) {
    const auto found = names_.find(sql);
    if (found != names_.end()) return &found->second;
    if (names_.size() >= kStatementLimit) ZICHT_CHECKED(forget_all());
    const auto [added, is_new] =
        names_.emplace(std::string(sql), "s" + std::to_string(++last_name_));
    if (PQsendPrepare(handle_.get(), added->second.c_str(), added->first.c_str(), 0, nullptr) !=
        1) {
      return lost();
    }
    pending_.push_back({.prepares = added->first});
    return &added->second;
  }

  Result<void> forget_all() {
    names_.clear();
    if (PQsendQueryParams(handle_.get(), "deallocate all", 0, nullptr, nullptr, nullptr, nullptr,
                          1) != 1) {
      return lost();
    }
    pending_.push_back({});
    return {};
  }

  // Ends what was sent up to here, and has the server work on it.
  Result<void> sync() {
    if (PQpipelineSync(handle_.get()) != 1) return lost();
    pending_.push_back({.prepares = {}, .is_sync = true});
    return {};
  }

  // Reads the results of everything sent, in order; gives those to be kept, or the first error.
  Result<std::vector<Answer>> receive() {
    ZICHT_CHECKED(sync());
    std::vector<Answer> kept;
    std::optional<Error> first_error;
    while (!pending_.empty()) {
      const Pending expected = std::move(pending_.front());
      pending_.pop_front();
      Answer answer(PQgetResult(handle_.get()));
      const auto status = PQresultStatus(answer.get());
      if (expected.is_sync) {
        if (status != PGRES_PIPELINE_SYNC) return lost();
        // What came before was a roll back, of whose outcome nobody asks.
        if (!pending_.empty()) first_error.reset();
        continue;
      }
      if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        if (expected.use == Use::kKept) kept.push_back(std::move(answer));
      } else {
        // Also when it was skipped because of an error before it.
        if (!expected.prepares.empty()) names_.erase(expected.prepares);
        if (!first_error) first_error = failed(answer.get());
      }
      if (PQstatus(handle_.get()) == CONNECTION_BAD) return lost();
      // Each command's results end with a null.
      while (Answer(PQgetResult(handle_.get()))) {
      }
    }
    if (!first_error) return kept;
    has_failed_ = true;
    return std::move(*first_error);
  }

  Handle handle_;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> names_;
  std::unordered_map<std::string, std::optional<HeldRows>, TextHash, std::equal_to<>> held_;
  std::deque<Pending> pending_;
  std::size_t held_bytes_ = 0;
  bool is_gathering_ = false, is_bulk_ = false, is_limited_ = false;
  std::chrono::steady_clock::time_point deadline_;  // where is_limited_
  std::int64_t last_name_ = 0;
  bool has_failed_ = false;
  std::int64_t writes_ = 0;
};

constexpr std::string_view kScratchPrefix = "zicht_scratch_";

// True when nobody held the lock of that schema; it is held by this session from now on.
Result<bool> try_scratch_lock(Connection& connection, std::string_view schema) {
  ZICHT_TRY(rows, connection.query("select 1 from (select pg_try_advisory_lock("
                                   "hashtextextended($1, 0)) got) asked where got",
                                   {schema}));
  const bool is_got = rows.next();
  ZICHT_CHECKED(rows.status());
  return is_got;
}

Result<void> drop_schema(Connection& connection, const std::string& schema) {
  return connection.run_script("drop schema if exists " + quote_identifier(schema) + " cascade");
}

// A scratch schema, and the session that holds its lock for as long as somebody works in it. The
// session ends with the process, however that ends; whoever makes the next one finds the schema
// without a holder and drops it.
class ScratchSchema {
 public:
  static Result<std::unique_ptr<ScratchSchema>> create(std::unique_ptr<Connection> connection) {
    ZICHT_CHECKED(drop_abandoned(*connection));
    // A name that no process of another machine has either.
    SystemRng rng;
    std::string name = std::string(kScratchPrefix) + PublicId::random(rng).to_string();
    ZICHT_TRY(is_held, try_scratch_lock(*connection, name));
    if (!is_held) return store_error(Failure::kRetry, "the name of a scratch schema is taken");
    ZICHT_CHECKED(connection->run_script("create schema " + quote_identifier(name)));
    return std::unique_ptr<ScratchSchema>(
        new ScratchSchema(std::move(connection), std::move(name)));
  }
  // What cannot be dropped now, the next one drops.
  ~ScratchSchema() { static_cast<void>(drop_schema(*connection_, name_)); }
  ScratchSchema(const ScratchSchema&) = delete;
  ScratchSchema& operator=(const ScratchSchema&) = delete;

  const std::string& name() const { return name_; }

  // Drops those that nobody works in. Those of others than this role are theirs to drop.
  static Result<void> drop_abandoned(Connection& connection) {
    std::vector<std::string> found;
    {
      ZICHT_TRY(rows, connection.query("select nspname::text from pg_namespace "
                                       "where starts_with(nspname::text, $1) "
                                       "and pg_get_userbyid(nspowner) = current_user",
                                       {kScratchPrefix}));
      while (rows.next()) found.emplace_back(rows.text(0));
      ZICHT_CHECKED(rows.status());
    }
    for (const std::string& schema : found) {
      if (!is_safe_identifier(schema)) continue;
      ZICHT_TRY(is_abandoned, try_scratch_lock(connection, schema));
      if (is_abandoned) ZICHT_CHECKED(drop_schema(connection, schema));
    }
    return {};
  }

 private:
  ScratchSchema(std::unique_ptr<Connection> connection, std::string name)
      : connection_(std::move(connection)), name_(std::move(name)) {}

  std::unique_ptr<Connection> connection_;
  std::string name_;
};

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(std::string connection_string,
                            std::unique_ptr<ScratchSchema> scratch = nullptr)
      : connection_string_(std::move(connection_string)), scratch_(std::move(scratch)) {}

  const Dialect& dialect() const override { return kDialect; }

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    Handle handle(PQconnectdb(connection_string_.c_str()));
    if (PQstatus(handle.get()) != CONNECTION_OK) {
      return store_error(Failure::kUnreachable, "cannot connect to PostgreSQL");
    }
    // Notices would go to standard error.
    PQsetNoticeProcessor(handle.get(), [](void*, const char*) {}, nullptr);
    if (PQserverVersion(handle.get()) < kOldestServer) {
      return store_error(Failure::kRefused, "PostgreSQL is older than 15");
    }
    const char* encoding = PQparameterStatus(handle.get(), "server_encoding");
    if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
      return store_error(Failure::kRefused, "the database is not in UTF-8");
    }
    const Answer settings(PQexec(handle.get(), settings_for(access).c_str()));
    if (PQresultStatus(settings.get()) != PGRES_COMMAND_OK ||
        PQenterPipelineMode(handle.get()) != 1) {
      return store_error(Failure::kUnreachable, "cannot set up the PostgreSQL session");
    }
    auto connection = std::make_unique<PostgresConnection>(std::move(handle));
    if (scratch_ != nullptr) {
      ZICHT_CHECKED(connection->run_script("set search_path = " +
                                           quote_identifier(scratch_->name())));
    }
    return connection;
  }

  Result<std::unique_ptr<Database>> scratch() override {
    ZICHT_TRY(connection, connect(Access::kWrite));
    ZICHT_TRY(schema, ScratchSchema::create(std::move(connection)));
    return std::make_unique<PostgresDatabase>(connection_string_, std::move(schema));
  }

  Result<void> drop_left_scratch() override {
    ZICHT_TRY(connection, connect(Access::kWrite));
    return ScratchSchema::drop_abandoned(*connection);
  }

 private:
  // Our questions are short: compiling one costs more than it can save. Who finds rows by their
  // keys alone keeps one plan whatever the values, and one made while a table was small must not go
  // on reading all of it.
  static std::string settings_for(Access access) {
    std::string settings = "set client_encoding = 'UTF8'; set jit = off; ";
    settings += access == Access::kWrite ? "set synchronous_commit = on"
                                         : "set default_transaction_read_only = on";
    if (access != Access::kRead) {
      settings += "; set enable_seqscan = off; set plan_cache_mode = force_generic_plan";
    }
    return settings;
  }

  const std::string connection_string_;
  const std::unique_ptr<ScratchSchema> scratch_;  // null: not a scratch database
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgres(const std::string& connection_string) {
  std::unique_ptr<Database> database = std::make_unique<PostgresDatabase>(connection_string);
  ZICHT_TRY(first, database->connect(Access::kRead));
  return database;
}

}  // namespace zicht::store
