// SQL text that grows together with the values it binds.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/driver.h"
#include "store/internal/cells.h"

namespace zicht::store {

// Items as lists to bind. They come in a few lengths, filled up with their last element: so that
// few different statements are prepared.
template <class Items>
std::vector<std::vector<Cell>> padded_lists(const Items& items) {
  constexpr std::size_t kLengths[] = {1, 4, 16, 64, 256};
  std::vector<std::vector<Cell>> lists;
  for (auto item = std::begin(items); item != std::end(items);) {
    const auto rest = static_cast<std::size_t>(std::distance(item, std::end(items)));
    const auto fits = std::find_if(std::begin(kLengths), std::end(kLengths) - 1,
                                   [rest](std::size_t each) { return each >= rest; });
    std::vector<Cell>& list = lists.emplace_back();
    while (list.size() < *fits && item != std::end(items)) list.emplace_back(*item++);
    list.resize(*fits, list.back());
  }
  return lists;
}

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
  // Adds a text that has `$1` for its one value. Requires: nothing was bound before.
  SqlBuilder& add_with(std::string_view text, Cell value) {
    values_.push_back(std::move(value));
    return add(text);
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
  // Valid as long as this is not changed.
  std::vector<Param> params() const { return params_of(values_); }
  Result<Rows> query(Connection& connection) const {
    const std::vector<Param> bound = params();
    return connection.query(sql_, Params(bound));
  }

 private:
  std::string sql_;
  std::vector<Cell> values_;
};

}  // namespace zicht::store
