#include "store/testing/recording_database.h"

#include <utility>

namespace zicht::store::testing {
namespace {

class RecordingConnection final : public Connection {
 public:
  RecordingConnection(std::unique_ptr<Connection> inner, Recording& recording)
      : inner_(std::move(inner)), recording_(recording) {}

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
    note(sql, params);
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
  void note(std::string_view sql, Params params) {
    if (recording_.units.empty()) return;
    RecordedStatement statement{.sql = std::string(sql), .values = {}, .is_blob = {}};
    for (const Param& param : params) {
      statement.is_blob.push_back(param.kind() == Param::Kind::kBlob);
      switch (param.kind()) {
        case Param::Kind::kNull:
          statement.values.emplace_back();
          break;
        case Param::Kind::kInt:
          statement.values.emplace_back(param.integer());
          break;
        case Param::Kind::kText:
        case Param::Kind::kBlob:
          statement.values.emplace_back(std::string(param.text()));
          break;
      }
    }
    recording_.units.back().push_back(std::move(statement));
  }

  std::unique_ptr<Connection> inner_;
  Recording& recording_;
};

}  // namespace

std::vector<Param> params_of(const std::vector<Cell>& values, const std::vector<bool>& is_blob) {
  std::vector<Param> params;
  for (std::size_t at = 0; at < values.size(); ++at) {
    const auto* text = std::get_if<std::string>(&values[at]);
    params.push_back(text != nullptr && is_blob[at] ? Param::blob(*text) : param_of(values[at]));
  }
  return params;
}

Result<std::unique_ptr<Connection>> RecordingDatabase::connect(Access access) {
  ZICHT_TRY(inner, inner_.connect(access));
  return std::make_unique<RecordingConnection>(std::move(inner), recording_);
}

}  // namespace zicht::store::testing
