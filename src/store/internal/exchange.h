// Queries that are asked together: one wait for all of them, each with what its rows are for.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {

class Exchange {
 public:
  // Called with the rows of one query.
  using Take = std::function<Result<void>(Rows&)>;

  void ask(SqlBuilder sql, Take take) { asked_.push_back({std::move(sql), std::move(take)}); }

  // Runs what was asked in order, then hands out the rows in order. Errors: the first of a query
  // or of who takes its rows.
  Result<void> run(Connection& connection) const;

 private:
  struct Asked {
    SqlBuilder sql;
    Take take;
  };

  std::vector<Asked> asked_;
};

}  // namespace zicht::store
