// A connection that does what another does, for who looks at or hinders some of it.
//
//     class Counting final : public ForwardingConnection { ... override what is of interest ... };
//
// A member of Connection that is not forwarded here would be lost to whoever derives from it: they
// are all pure, so that a new one does not compile without.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "store/driver.h"

namespace zicht::store {

class ForwardingConnection : public Connection {
 public:
  explicit ForwardingConnection(std::unique_ptr<Connection> inner) : inner_(std::move(inner)) {}

  const Dialect& dialect() const override { return inner_->dialect(); }
  Result<Rows> query(std::string_view sql, Params params) override {
    return inner_->query(sql, params);
  }
  Result<std::vector<Rows>> query_all(std::span<const Query> queries) override {
    return inner_->query_all(queries);
  }
  Result<std::int64_t> execute(std::string_view sql, Params params) override {
    return inner_->execute(sql, params);
  }
  Result<void> queue(std::string_view sql, Params params) override {
    return inner_->queue(sql, params);
  }
  Result<void> flush() override { return inner_->flush(); }
  Result<void> run_script(std::string_view sql) override { return inner_->run_script(sql); }
  Result<void> begin(Access access) override { return inner_->begin(access); }
  void gather_rows() override { inner_->gather_rows(); }
  Result<void> expect_bulk() override { return inner_->expect_bulk(); }
  Result<void> limit_statements(std::int64_t milliseconds) override {
    return inner_->limit_statements(milliseconds);
  }
  Result<void> commit() override { return inner_->commit(); }
  void rollback() override { inner_->rollback(); }
  Result<void> savepoint() override { return inner_->savepoint(); }
  Result<void> release_savepoint() override { return inner_->release_savepoint(); }
  Result<void> rollback_to_savepoint() override { return inner_->rollback_to_savepoint(); }
  bool is_usable() const override { return inner_->is_usable(); }
  bool has_failed() const override { return inner_->has_failed(); }
  std::int64_t writes() const override { return inner_->writes(); }

 private:
  std::unique_ptr<Connection> inner_;
};

// A database whose connections are made by `connect` of who derives from it. The other one must
// outlive it.
class ForwardingDatabase : public Database {
 public:
  explicit ForwardingDatabase(Database& inner) : inner_(inner) {}

  const Dialect& dialect() const override { return inner_.dialect(); }
  Result<std::unique_ptr<Database>> scratch() override { return inner_.scratch(); }
  Result<void> drop_left_scratch() override { return inner_.drop_left_scratch(); }

 protected:
  Database& inner() { return inner_; }

 private:
  Database& inner_;
};

}  // namespace zicht::store
