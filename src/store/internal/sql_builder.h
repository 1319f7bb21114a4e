// SQL text that grows together with the values it binds.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/driver.h"
#include "store/internal/cells.h"

namespace zicht::store {

class SqlBuilder {
 public:
  SqlBuilder& add(std::string_view text) {
    sql_ += text;
    return *this;
  }
  // Adds a placeholder for `value`.
  SqlBuilder& bind(Cell value) {
    values_.push_back(std::move(value));
    sql_ += "$" + std::to_string(values_.size());
    return *this;
  }
  // "(p1, p2, ...)".
  SqlBuilder& bind_list(const std::vector<Cell>& values) {
    std::string_view separator = "(";
    for (const Cell& value : values) {
      add(separator).bind(value);
      separator = ", ";
    }
    return add(")");
  }

  const std::string& sql() const { return sql_; }
  Result<Rows> query(Connection& connection) const {
    const std::vector<Param> params = params_of(values_);
    return connection.query(sql_, Params(params));
  }

 private:
  std::string sql_;
  std::vector<Cell> values_;
};

}  // namespace zicht::store
