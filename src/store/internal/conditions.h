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
  enum class Kind {
    kEqual, kRange, kOverlap, kChild, kWord, kRelated, kAged, kRecord, kHanded, kPredicate
  };
  Kind kind = Kind::kEqual;
  std::string column{};             // kEqual, kRange: unquoted
  const FieldColumns* window = nullptr;  // kOverlap: the uncertain date; lives as long as its table
  std::string child_table{};        // kChild
  std::vector<Cell> values{};       // kEqual, kChild: one of them; kRelated: kinds of relation;
                                    // kRecord: ids; kHanded: to the organisation, of the form,
                                    // and then kinds of relation to who was handed over
  std::optional<Cell> from{}, to{};  // kRange, kOverlap: closed bounds; kAged: born after, until
  std::string word{};               // kWord: beginning of a term
  std::vector<Cell> fields{};       // kWord: where it may stand; kRelated, kHanded: the holders
  std::int64_t at = 0;              // kRelated, kHanded: now
  const feel::Predicate* predicate = nullptr;  // kPredicate, of `table`; lives as long as both
  const FormTable* table = nullptr;
  bool is_undetermined = false;     // kPredicate: unknown, instead of true
};

// Conditions of this kind find no rows by themselves: rows are tested.
inline bool is_test_alone(const Condition& condition) {
  return condition.kind == Condition::Kind::kAged ||
         condition.kind == Condition::Kind::kPredicate;
}

// The field has an index to be filtered and sorted on.
bool is_indexed(const FieldColumns& kept);

// A scope at one moment, with those whose relations count: what its conditions ask.
struct Asker {
  std::vector<Cell> holders;
  Instant now;
};
// Reads who that is; nobody when no condition asks for a relation.
Result<Asker> asker_of(Connection& connection, const model::RowScope& scope, Instant now);

// Part of the scope: rows of one audience, and what else must hold of them.
struct Level {
  std::int64_t audience = 0;
  std::vector<Condition> conditions;
};

// The columns that a scope is about, of a form table or another list of records.
struct ScopeColumns {
  std::string_view record = "f._record";
  std::string_view organisation = "f._organisation";
  std::string_view audience = "f._audience";
};
// Of the tables `records` and `tasks`.
inline constexpr ScopeColumns kColumnsOfRecords = {"f.record", "f.organisation", "f.audience"};

// What the rows are ordered by: `column` and then _created, both in one direction.
struct Order {
  std::string column = "_created";
  bool is_descending = true;
  bool may_be_null = false;
};

// Errors: ST-0018 for a field that has no column or no index, or a value that does not fit it.
// Those of `where` refer to it: the query must outlive them.
Result<std::vector<Condition>> conditions_of(const FormTable& table, const model::Query& query);
Result<Order> order_of(const FormTable& table, const std::optional<model::Sort>& sort);
std::vector<Level> levels_of(const model::RowScope& scope, const Asker& asker);

// The condition on the row with the alias f.
void render(const Condition& condition, SqlBuilder& sql);

// Rows of the level that meet one condition, found by its index: a select of these columns. Every
// index has _created; on PostgreSQL it has no _row, which costs a look at the table for each hit.
enum class HitColumns { kRowAndCreated, kCreated };
void render_hits(const FormTable& table, const Condition& condition, std::int64_t audience,
                 Dialect::Kind dialect, HitColumns wanted, SqlBuilder& sql);

// The same to be counted up to a limit: from the index alone, some rows perhaps more than once.
void render_probe(const FormTable& table, const Condition& condition, std::int64_t audience,
                  Dialect::Kind dialect, SqlBuilder& sql);

// The scope as one condition, where the rows are not found by their audience.
void render_scope(const model::RowScope& scope, const Asker& asker, const ScopeColumns& columns,
                  SqlBuilder& sql);
// How much is seen of the row: a number as of Sensitivity, -1 for nothing.
void render_clearance(const model::RowScope& scope, const Asker& asker,
                      const ScopeColumns& columns, SqlBuilder& sql);

// What holds on the day, as known at the time, as a condition on f.
void render_moment(const model::AsOf& as_of, SqlBuilder& sql);

}  // namespace zicht::store
