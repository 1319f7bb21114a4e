#include "store/slow_queries.h"

#include <utility>

#include "base/trace.h"
#include "store/internal/forwarding_connection.h"

namespace zicht::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Watch {
  SteadyClock::duration limit;
  TellSlow tell;

  void judge(std::string_view sql, SteadyClock::duration took) const {
    if (took < limit) return;
    const std::string text = without_literals(sql);
    tell({.sql = text,
          .milliseconds = std::chrono::duration<double, std::milli>(took).count(),
          .request = current_trace()});
  }

  template <class Run>
  auto timed(std::string_view sql, Run run) const {
    const auto start = SteadyClock::now();
    auto outcome = run();
    judge(sql, SteadyClock::now() - start);
    return outcome;
  }
};
using WatchPtr = std::shared_ptr<const Watch>;

// Adds up the time of each row; tells when the rows are done with.
class WatchedRows final : public RowSource {
 public:
  WatchedRows(Rows rows, std::string_view sql, SteadyClock::duration took, WatchPtr watch)
      : rows_(std::move(rows)), sql_(sql), took_(took), watch_(std::move(watch)) {}
  ~WatchedRows() override { watch_->judge(sql_, took_); }
  WatchedRows(const WatchedRows&) = delete;
  WatchedRows& operator=(const WatchedRows&) = delete;

  bool next() override {
    const auto start = SteadyClock::now();
    const bool is_row = rows_.next();
    took_ += SteadyClock::now() - start;
    if (!is_row) {
      if (const auto status = rows_.status(); !status) error_ = status.error();
    }
    return is_row;
  }
  const std::optional<Error>& error() const override { return error_; }
  bool is_null(int column) const override { return rows_.is_null(column); }
  std::int64_t integer(int column) const override { return rows_.integer(column); }
  std::string_view text(int column) const override { return rows_.text(column); }
  int columns() const override { return rows_.columns(); }

 private:
  Rows rows_;
  std::string sql_;
  SteadyClock::duration took_;
  WatchPtr watch_;
  std::optional<Error> error_;
};

class WatchedConnection final : public ForwardingConnection {
 public:
  WatchedConnection(std::unique_ptr<Connection> inner, WatchPtr watch)
      : ForwardingConnection(std::move(inner)), watch_(std::move(watch)) {}

  Result<Rows> query(std::string_view sql, Params params) override {
    const auto start = SteadyClock::now();
    auto rows = ForwardingConnection::query(sql, params);
    return watched(std::move(rows), sql, SteadyClock::now() - start);
  }
  Result<std::vector<Rows>> query_all(std::span<const Query> queries) override {
    return watch_->timed(queries.empty() ? "" : queries.back().sql,
                         [&] { return ForwardingConnection::query_all(queries); });
  }
  Result<std::int64_t> execute(std::string_view sql, Params params) override {
    return watch_->timed(sql, [&] { return ForwardingConnection::execute(sql, params); });
  }
  Result<void> queue(std::string_view sql, Params params) override {
    return watch_->timed(sql, [&] { return ForwardingConnection::queue(sql, params); });
  }
  Result<void> flush() override {
    return watch_->timed("(flush)", [&] { return ForwardingConnection::flush(); });
  }
  Result<void> run_script(std::string_view sql) override {
    return watch_->timed(sql, [&] { return ForwardingConnection::run_script(sql); });
  }
  Result<void> begin(Access access) override {
    return watch_->timed("begin", [&] { return ForwardingConnection::begin(access); });
  }
  Result<void> commit() override {
    return watch_->timed("commit", [&] { return ForwardingConnection::commit(); });
  }

 private:
  Result<Rows> watched(Result<Rows> rows, std::string_view sql, SteadyClock::duration took) {
    if (rows) return Rows(std::make_unique<WatchedRows>(*std::move(rows), sql, took, watch_));
    watch_->judge(sql, took);
    return rows;
  }

  WatchPtr watch_;
};

class WatchedDatabase final : public ForwardingDatabase {
 public:
  WatchedDatabase(Database& inner, WatchPtr watch)
      : ForwardingDatabase(inner), watch_(std::move(watch)) {}

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    ZICHT_TRY(connection, inner().connect(access));
    return std::unique_ptr<Connection>(
        std::make_unique<WatchedConnection>(std::move(connection), watch_));
  }

 private:
  WatchPtr watch_;
};

}  // namespace

std::unique_ptr<Database> tell_slow(Database& database, std::chrono::milliseconds limit,
                                    TellSlow tell) {
  auto watch = std::make_shared<const Watch>(Watch{.limit = limit, .tell = std::move(tell)});
  return std::make_unique<WatchedDatabase>(database, std::move(watch));
}

std::string without_literals(std::string_view sql) {
  std::string out;
  bool is_inside = false;
  for (const char c : sql) {
    if (c == '\'') {
      if (!is_inside) out += "'…'";
      is_inside = !is_inside;
      continue;
    }
    if (!is_inside) out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace zicht::store
