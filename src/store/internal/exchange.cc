#include "store/internal/exchange.h"

namespace zicht::store {

Result<void> Exchange::run(Connection& connection) const {
  std::vector<std::vector<Param>> params;
  for (const Asked& each : asked_) params.push_back(each.sql.params());
  std::vector<Query> queries;
  for (std::size_t at = 0; at < asked_.size(); ++at) {
    queries.push_back({asked_[at].sql.sql(), Params(params[at])});
  }
  ZICHT_TRY(answers, connection.query_all(queries));
  for (std::size_t at = 0; at < asked_.size(); ++at) {
    ZICHT_CHECKED(asked_[at].take(answers[at]));
    ZICHT_CHECKED(answers[at].status());
  }
  return {};
}

}  // namespace zicht::store
