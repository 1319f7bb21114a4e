#include "store/internal/count_query.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/conditions.h"
#include "store/internal/count_columns.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

// What is asked in FEEL is asked of rows that are reached alone: conditions stand among the
// columns, which a database works out after it has left out the other rows. As a condition on the
// outer rows it could be moved to the table, and be tried first.
void render_rows(const FormTable& table, const CountColumns& columns,
                 const model::CountQuery& query, const Asker& asker, SqlBuilder& sql) {
  sql.add(" from ").add(quote_identifier(table.name())).add(" f");
  columns.render_join(sql);
  sql.add(" where ");
  if (query.as_of.is_now()) {
    sql.add("f._current = 1");
  } else {
    render_moment(query.as_of, sql);
  }
  sql.add(" and ");
  render_scope(query.scope, asker, {}, sql);
  if (query.as_of.is_now()) return;
  // As of an earlier moment only what is reached now too, as everywhere else.
  sql.add(" and exists (select 1 from ").add(quote_identifier(table.name()));
  sql.add(" n where n._created = f._created and n._current = 1 and ");
  render_scope(query.scope, asker, {"n._record", "n._organisation", "n._audience"}, sql);
  sql.add(")");
}

void render_groups(const FormTable& table, const CountColumns& columns,
                   const model::CountQuery& query, const Asker& asker, SqlBuilder& sql) {
  sql.add("select ");
  columns.render_dimensions(sql);
  columns.render_sums("", sql);
  sql.add(" from (select ");
  columns.render_row(sql);
  render_rows(table, columns, query, asker, sql);
  sql.add(") t");
  std::string_view separator = " group by d";
  for (std::size_t i = 0; i < columns.keys(); ++i) {
    sql.add(separator).add(std::to_string(i));
    separator = ", d";
  }
  // Groups of rows that do not count take no place among the most.
  if (columns.keys() > 0) sql.add(" having sum(case when w = 0 then 0 else 1 end) > 0");
  sql.add(" limit ").bind(query.most_groups + 1);
}

}  // namespace

Result<std::vector<model::Group>> count_groups(Connection& connection, const FormTable& table,
                                               const model::CountQuery& query, Instant now) {
  ZICHT_TRY(asker, asker_of(connection, query.scope, now));
  const CountColumns columns(table, query);
  ZICHT_CHECKED(columns.check());
  SqlBuilder sql;
  render_groups(table, columns, query, asker, sql);
  ZICHT_TRY(rows, sql.query(connection));
  std::vector<model::Group> groups;
  for (std::int64_t count = 0; rows.next(); ++count) {
    if (count == query.most_groups) {
      return make_error("ST-0096", {{"limit", std::to_string(query.most_groups)}});
    }
    std::vector<std::optional<std::string>> keys;
    int at = 0;
    for (std::size_t i = 0; i < columns.keys(); ++i) {
      keys.push_back(columns.value_of(rows, at++, i));
    }
    ZICHT_TRY(group, columns.told(std::move(keys), CountColumns::tally_of(rows, at)));
    const bool is_empty = group.tally.rows == 0 && group.tally.undetermined == 0;
    if (!is_empty) groups.push_back(std::move(group));
  }
  ZICHT_CHECKED(rows.status());
  // Databases differ in where they put what is absent.
  std::sort(groups.begin(), groups.end(),
            [](const auto& a, const auto& b) {
              return std::tie(a.values, a.is_again) < std::tie(b.values, b.is_again);
            });
  return groups;
}

}  // namespace zicht::store
