#include "store/postgres/notice_channel.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>

#include "base/check.h"
#include "store/driver.h"
#include "store/internal/store_error.h"

namespace zicht::store {
namespace {

struct CloseConnection {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};
using Handle = std::unique_ptr<PGconn, CloseConnection>;

Error lost() {
  return store_error(Failure::kUnreachable, "the connection to PostgreSQL for notices is lost");
}

class PostgresChannel final : public NoticeChannel {
 public:
  PostgresChannel(Handle handle, std::string name)
      : handle_(std::move(handle)), name_(std::move(name)) {}

  Result<void> send(std::string_view text) override {
    ZICHT_CHECK(text.size() <= kNoticeBytes, "a notice is short");
    const std::string terminated(text);
    const std::array<const char*, 2> values{name_.c_str(), terminated.c_str()};
    PGresult* answer = PQexecParams(handle_.get(), "select pg_notify($1, $2)", 2, nullptr,
                                    values.data(), nullptr, nullptr, 0);
    const bool is_sent = PQresultStatus(answer) == PGRES_TUPLES_OK;
    PQclear(answer);
    return is_sent ? Result<void>() : lost();
  }

  Result<std::vector<std::string>> receive(std::chrono::milliseconds wait) override {
    pollfd socket{.fd = PQsocket(handle_.get()), .events = POLLIN, .revents = 0};
    if (wait.count() > 0) poll(&socket, 1, static_cast<int>(wait.count()));
    if (PQconsumeInput(handle_.get()) != 1) return lost();
    std::vector<std::string> texts;
    while (PGnotify* notice = PQnotifies(handle_.get())) {
      // The database tells the sender too.
      if (notice->be_pid != PQbackendPID(handle_.get())) texts.emplace_back(notice->extra);
      PQfreemem(notice);
    }
    return texts;
  }

 private:
  Handle handle_;
  std::string name_;
};

}  // namespace

Result<std::unique_ptr<NoticeChannel>> open_notice_channel(const std::string& connection_string,
                                                           std::string_view name) {
  Handle handle(PQconnectdb(connection_string.c_str()));
  if (PQstatus(handle.get()) != CONNECTION_OK) {
    return store_error(Failure::kUnreachable, "cannot connect to PostgreSQL");
  }
  PQsetNoticeProcessor(
      handle.get(), [](void*, const char*) {}, nullptr);
  // A notice is not worth waiting for the disk: it is gone with the server that held it anyway.
  const std::string settings =
      "set client_encoding = 'UTF8'; set synchronous_commit = off; "
      "listen " +
      quote_identifier(std::string(name));
  PGresult* answer = PQexec(handle.get(), settings.c_str());
  const bool is_set = PQresultStatus(answer) == PGRES_COMMAND_OK;
  PQclear(answer);
  if (!is_set) return lost();
  return std::make_unique<PostgresChannel>(std::move(handle), std::string(name));
}

}  // namespace zicht::store
