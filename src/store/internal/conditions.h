// Filters, words and scope of a query as conditions on a form table, ready to be rendered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/query.h"
#include "store/internal/form_table.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {

// One thing that must hold of a row; exactly one kind.
struct Condition {
  enum class Kind { kEqual, kRange, kChild, kWord };
  Kind kind = Kind::kEqual;
  std::string column{};             // kEqual, kRange: unquoted
  std::string child_table{};        // kChild
  std::vector<Cell> values{};       // kEqual, kChild: one of them
  std::optional<Cell> from{}, to{};  // kRange: closed bounds
  std::string word{};               // kWord: beginning of a term
  std::vector<Cell> fields{};       // kWord: where it may stand
};

// Part of the scope: rows of one audience, of one organisation or of all.
struct Level {
  std::int64_t audience = 0;
  bool own_only = false;
};

// What the rows are ordered by: `column` and then _created, both in one direction.
struct Order {
  std::string column = "_created";
  bool is_descending = true;
  bool may_be_null = false;
};

// Errors: ST-0018 for a field that has no column or no index, or a value that does not fit it.
Result<std::vector<Condition>> conditions_of(const FormTable& table, const model::Query& query);
Result<Order> order_of(const FormTable& table, const std::optional<model::Sort>& sort);
std::vector<Level> levels_of(const model::RowScope& scope);
Condition own_rows(const model::RowScope& scope);

// The condition on the row with the alias f.
void render(const Condition& condition, SqlBuilder& sql);

// Rows of the level that meet one condition, found by its index: a select of _row and _created.
void render_hits(const FormTable& table, const Condition& condition, std::int64_t audience,
                 SqlBuilder& sql);

// The same to be counted up to a limit: from the index alone, some rows perhaps more than once.
void render_probe(const FormTable& table, const Condition& condition, std::int64_t audience,
                  SqlBuilder& sql);

// The scope as one condition on f, for questions about the past.
void render_scope(const model::RowScope& scope, SqlBuilder& sql);

// What holds on the day, as known at the time, as a condition on f.
void render_moment(const model::AsOf& as_of, SqlBuilder& sql);

}  // namespace zicht::store
