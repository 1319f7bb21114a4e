#include "store/internal/count_cells.h"

#include <utility>

#include "base/error_catalogue.h"
#include "base/hash.h"
#include "store/internal/conditions.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

std::string name_of(const FormTable& table) { return quote_identifier(table.name()); }

// The audience under which the row counts; n is the row of the record that holds now.
constexpr std::string_view kAudience = "f._audience";
constexpr std::string_view kNarrower =
    "case when n._audience > f._audience then n._audience else f._audience end";

void render_cells(const CountColumns& columns, const model::CountQuery& query,
                  std::string_view sign, SqlBuilder& sql) {
  sql.add("select ");
  columns.render_dimensions(sql);
  sql.add("o, v, ");
  columns.render_sums(sign, sql);
  sql.add(" from (select ");
  columns.render_row(sql);
  sql.add(", f._organisation as o, ").add(query.as_of.is_now() ? kAudience : kNarrower);
  sql.add(" as v");
  if (!sign.empty()) sql.add(", h.sign as ").add(sign);
}

void render_grouping(const CountColumns& columns, SqlBuilder& sql) {
  sql.add(") t group by ");
  columns.render_dimensions(sql);
  sql.add("o, v");
}

void render_all(const FormTable& table, const CountColumns& columns,
                const model::CountQuery& query, SqlBuilder& sql) {
  render_cells(columns, query, "", sql);
  sql.add(" from ").add(name_of(table)).add(" f");
  columns.render_join(sql);
  if (query.as_of.is_now()) {
    // The sign keeps SQLite from walking an index and looking up every row in its order.
    sql.add(" where +f._current = 1");
  } else {
    sql.add(" join ").add(name_of(table));
    sql.add(" n on n._created = f._created and n._current = 1 where ");
    render_moment(query.as_of, sql);
  }
  render_grouping(columns, sql);
  sql.add(" having sum(case when w = 0 then 0 else 1 end) > 0");
}

// Of the record c: the number of the row that held at the moment of the question. Which it was does
// not change when rows are closed, so nothing is asked of that.
void render_held(const FormTable& table, const model::AsOf& as_of,
                 std::optional<std::int64_t> last_row, SqlBuilder& sql) {
  sql.add("(select max(g._row) from ").add(name_of(table));
  sql.add(" g where g._created = c.created and ");
  if (last_row) sql.add("g._row <= ").bind(*last_row).add(" and ");
  if (as_of.valid_on) {
    const std::string day = as_of.valid_on->to_string();
    sql.add("g._valid_from <= ").bind(day).add(" and (g._valid_to is null or g._valid_to > ");
    sql.bind(day).add(")");
  } else {
    sql.add("g._valid_to is null");
  }
  if (as_of.known_at) {
    sql.add(" and g._recorded_from <= ").bind(as_of.known_at->microseconds_since_epoch());
  }
  sql.add(")");
}

void render_changed(const FormTable& table, const model::CountQuery& query,
                    const std::vector<Cell>& records, std::optional<std::int64_t> last_row,
                    SqlBuilder& sql) {
  sql.add("select ").add(last_row ? "-1" : "1").add(" as sign, ");
  render_held(table, query.as_of, last_row, sql);
  sql.add(" as held");
  if (!query.as_of.is_now()) {
    sql.add(", ");
    render_held(table, {}, last_row, sql);
    sql.add(" as present");
  }
  sql.add(" from records c where c.record in ").bind_list(records);
  sql.add(" and c.form = ").bind(table.form());
}

void render_moving(const FormTable& table, const CountColumns& columns,
                   const model::CountQuery& query, const std::vector<Cell>& records,
                   std::int64_t last_row, SqlBuilder& sql) {
  render_cells(columns, query, "s", sql);
  sql.add(" from (");
  render_changed(table, query, records, last_row, sql);
  sql.add(" union all ");
  render_changed(table, query, records, std::nullopt, sql);
  sql.add(") h join ").add(name_of(table)).add(" f on f._row = h.held");
  columns.render_join(sql);
  if (!query.as_of.is_now()) {
    sql.add(" join ").add(name_of(table)).add(" n on n._row = h.present");
  }
  render_grouping(columns, sql);
}

// One row of either: its key, and then the sums.
CellKey key_of(const CountColumns& columns, const Rows& rows) {
  CellKey key;
  int at = 0;
  for (std::size_t i = 0; i < columns.keys(); ++i) {
    key.values.push_back(columns.value_of(rows, at++, i));
  }
  key.organisation = rows.text(at++);
  key.audience = rows.integer(at);
  return key;
}

int first_sum(const CountColumns& columns) { return static_cast<int>(columns.keys()) + 2; }

void add_text(Hasher& hasher, std::string_view text) { hasher.add_u64(text.size()).add(text); }

}  // namespace

bool may_keep(const model::CountQuery& query) { return query.scope.through.empty(); }

std::string question_of(const FormTable& table, const model::CountQuery& query) {
  SqlBuilder sql;
  render_all(table, CountColumns(table, query), query, sql);
  Hasher hasher;
  add_text(hasher, sql.sql());
  for (const Param& param : sql.params()) {
    hasher.add_u64(static_cast<std::uint64_t>(param.kind()));
    hasher.add_u64(static_cast<std::uint64_t>(param.integer()));
    add_text(hasher, param.text());
  }
  return hasher.finish().to_string();
}

Result<CountCells> count_cells(Connection& connection, const FormTable& table,
                               const model::CountQuery& query, std::int64_t most) {
  const CountColumns columns(table, query);
  ZICHT_CHECKED(columns.check());
  SqlBuilder sql;
  render_all(table, columns, query, sql);
  sql.add(" limit ").bind(most + 1);
  ZICHT_TRY(rows, sql.query(connection));
  CountCells cells;
  for (std::int64_t count = 0; rows.next(); ++count) {
    if (count == most) return make_error("ST-0096", {{"limit", std::to_string(most)}});
    cells[key_of(columns, rows)] += CountColumns::tally_of(rows, first_sum(columns));
  }
  ZICHT_CHECKED(rows.status());
  return cells;
}

Result<void> move_on(Connection& connection, const FormTable& table,
                     const model::CountQuery& query, const ChangedRecords& changed,
                     CountCells& cells) {
  const CountColumns columns(table, query);
  ZICHT_CHECKED(columns.check());
  for (const std::vector<Cell>& records : padded_lists(changed.records)) {
    SqlBuilder sql;
    render_moving(table, columns, query, records, changed.last_row, sql);
    ZICHT_TRY(rows, sql.query(connection));
    while (rows.next()) {
      const auto cell = cells.try_emplace(key_of(columns, rows)).first;
      cell->second += CountColumns::tally_of(rows, first_sum(columns));
      if (cell->second == RawTally()) cells.erase(cell);
    }
    ZICHT_CHECKED(rows.status());
  }
  return {};
}

Result<std::vector<model::Group>> groups_of(const FormTable& table,
                                            const model::CountQuery& query,
                                            const CountCells& cells) {
  const CountColumns columns(table, query);
  std::vector<model::Group> groups;
  RawTally raw;
  // Cells of one group stand together.
  for (auto cell = cells.begin(); cell != cells.end();) {
    const auto& values = cell->first.values;
    raw = {};
    for (; cell != cells.end() && cell->first.values == values; ++cell) {
      const auto clearance = query.scope.clearance_in(cell->first.organisation);
      if (!clearance || cell->first.audience > static_cast<std::int64_t>(*clearance)) continue;
      raw += cell->second;
    }
    if (raw.rows == 0 && raw.undetermined == 0) continue;
    if (groups.size() == static_cast<std::size_t>(query.most_groups)) {
      return make_error("ST-0096", {{"limit", std::to_string(query.most_groups)}});
    }
    ZICHT_TRY(group, columns.told(values, raw));
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace zicht::store
