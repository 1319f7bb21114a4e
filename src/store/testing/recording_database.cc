#include "store/testing/recording_database.h"

#include <utility>

namespace zicht::store::testing {
namespace {

class RecordingConnection final : public ForwardingConnection {
 public:
  RecordingConnection(std::unique_ptr<Connection> inner, Recording& recording)
      : ForwardingConnection(std::move(inner)), recording_(recording) {}

  Result<void> queue(std::string_view sql, Params params) override {
    note(sql, params);
    return ForwardingConnection::queue(sql, params);
  }

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
  ZICHT_TRY(made, inner().connect(access));
  return std::make_unique<RecordingConnection>(std::move(made), recording_);
}

}  // namespace zicht::store::testing
