#include "store/internal/page_query.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "base/error_catalogue.h"
#include "store/internal/conditions.h"
#include "store/internal/cursor.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

// Hits of the rarest condition up to which they are taken and sorted. Alone, its index has all
// that is needed; with others each hit costs a look at the row.
constexpr std::int64_t kRareAlone = 20'000;
constexpr std::int64_t kRareAmongOthers = 4'000;
constexpr std::size_t kMostBranches = 64;

struct FoundRow {
  Cell key;
  std::int64_t created;
  std::int64_t row;
};

class PageFinder {
 public:
  PageFinder(Connection& connection, const FormTable& table, const model::Query& query,
             std::vector<Condition> conditions, Order order, Asker asker)
      : connection_(connection),
        table_(table),
        query_(query),
        conditions_(std::move(conditions)),
        order_(std::move(order)),
        asker_(std::move(asker)),
        fingerprint_(fingerprint_of(query)) {}

  Result<PageRows> run() {
    if (!query_.cursor.empty()) {
      ZICHT_TRY(cursor, decode_cursor(query_.cursor, fingerprint_));
      cursor_ = std::move(cursor);
      is_among_nulls_ = cursor_->is_among_nulls;
    }
    const auto wanted = static_cast<std::size_t>(query_.limit) + 1;
    std::vector<FoundRow> found;
    ZICHT_CHECKED(find(wanted, found));
    std::size_t without_nulls = is_among_nulls_ ? 0 : found.size();
    if (found.size() < wanted && order_.may_be_null && !is_among_nulls_) {
      is_among_nulls_ = true;
      cursor_.reset();
      ZICHT_CHECKED(find(wanted, found));
    }
    return page_of(found, without_nulls);
  }

 private:
  PageRows page_of(const std::vector<FoundRow>& found, std::size_t without_nulls) const {
    const auto limit = static_cast<std::size_t>(query_.limit);
    PageRows page;
    for (std::size_t at = 0; at < std::min(limit, found.size()); ++at) {
      page.rows.push_back(found[at].row);
    }
    if (found.size() > limit && limit > 0) {
      const FoundRow& last = found[limit - 1];
      page.next = encode(
          {.is_among_nulls = limit - 1 >= without_nulls, .key = last.key, .created = last.created},
          fingerprint_);
    }
    return page;
  }

  // Appends rows until there are `wanted` in all.
  Result<void> find(std::size_t wanted, std::vector<FoundRow>& found) {
    SqlBuilder sql;
    limit_ = static_cast<std::int64_t>(wanted - found.size());
    if (query_.as_of.is_now()) {
      ZICHT_CHECKED(render_now(sql));
    } else {
      render_as_of(sql);
    }
    if (sql.sql().empty()) return {};
    ZICHT_TRY(rows, sql.query(connection_));
    while (rows.next()) {
      const bool is_text = has_text_key();
      found.push_back({.key = is_text ? Cell(std::string(rows.text(0))) : Cell(rows.integer(0)),
                       .created = rows.integer(1),
                       .row = rows.integer(2)});
    }
    return rows.status();
  }

  bool has_text_key() const {
    if (is_default_order()) return false;
    if (order_.column.starts_with('_')) return order_.column != "_recorded_from";
    for (const ColumnDefinition& column : table_.columns()) {
      if (column.name == order_.column) return column.type == "text";
    }
    return false;
  }

  bool is_default_order() const { return order_.column == "_created" || is_among_nulls_; }

  Result<void> render_now(SqlBuilder& sql) {
    std::string_view separator = "";
    for (const Level& level : levels_of(query_.scope, asker_)) {
      std::vector<Condition> conditions = conditions_;
      conditions.insert(conditions.end(), level.conditions.begin(), level.conditions.end());
      ZICHT_TRY(rarest, rarest_of(conditions, level));
      for (const Branch& branch : branches_of(std::move(conditions), rarest)) {
        sql.add(separator).add("select * from (");
        render_branch(branch, level, sql);
        sql.add(") b" + std::to_string(++branches_));
        separator = " union ";
      }
    }
    if (sql.sql().empty()) return {};
    sql.add(" order by 1").add(direction()).add(", 2").add(direction()).add(" limit ");
    sql.bind(limit_);
    return {};
  }

  // How one branch finds its rows: by the hits of one condition, or along an index.
  struct Branch {
    std::optional<Condition> hits;   // taken and sorted
    std::optional<Condition> along;  // one value: its index is in order
    std::vector<Condition> tests;    // what else must hold
  };

  std::vector<Branch> branches_of(std::vector<Condition> conditions,
                                  std::optional<std::size_t> rarest) const {
    std::vector<Branch> branches;
    if (is_single_choice(conditions)) {
      for (const Cell& value : conditions.front().values) {
        Condition one = conditions.front();
        one.values = {value};
        branches.push_back({.hits = {}, .along = std::move(one), .tests = {}});
      }
      return branches;
    }
    Branch branch;
    if (rarest) {
      branch.hits = std::move(conditions[*rarest]);
      conditions.erase(conditions.begin() + static_cast<std::ptrdiff_t>(*rarest));
    }
    branch.tests = std::move(conditions);
    branches.push_back(std::move(branch));
    return branches;
  }

  // One filter with values, in the order in which its index is: no need to look for the rarest.
  bool is_single_choice(const std::vector<Condition>& conditions) const {
    if (conditions.size() != 1 || order_.column != "_created") return false;
    const Condition& only = conditions.front();
    const bool has_values =
        only.kind == Condition::Kind::kEqual || only.kind == Condition::Kind::kChild;
    return has_values && only.values.size() * 4 <= kMostBranches;
  }

  // The condition with the fewest hits, when those are few enough.
  Result<std::optional<std::size_t>> rarest_of(const std::vector<Condition>& conditions,
                                               const Level& level) {
    std::optional<std::size_t> rarest;
    if (is_single_choice(conditions)) return rarest;
    const bool is_covered = conditions.size() == 1 && order_.column == "_created" &&
                            conditions.front().kind != Condition::Kind::kWord;
    std::int64_t fewest = is_covered ? kRareAlone : kRareAmongOthers;
    for (std::size_t at = 0; at < conditions.size() && fewest > 0; ++at) {
      if (is_test_alone(conditions[at])) continue;
      SqlBuilder sql;
      sql.add("select count(*) from (");
      render_probe(table_, conditions[at], level.audience, connection_.dialect().kind, sql);
      sql.add(" limit ").bind(fewest + 1).add(") h");
      ZICHT_TRY(rows, sql.query(connection_));
      if (rows.next() && rows.integer(0) <= fewest) {
        fewest = rows.integer(0);
        rarest = at;
      }
      ZICHT_CHECKED(rows.status());
    }
    return rarest;
  }

  void render_hits_of(const Branch& branch, const Level& level, HitColumns wanted,
                      SqlBuilder& sql) const {
    sql.add("with h as materialized (");
    render_hits(table_, *branch.hits, level.audience, connection_.dialect().kind, wanted, sql);
    sql.add(") ");
  }

  // The hits are sorted by what their index has, and only the rows of the page are looked up.
  void render_sorted_hits(const Branch& branch, const Level& level, SqlBuilder& sql) const {
    render_hits_of(branch, level, HitColumns::kCreated, sql);
    sql.add(
        "select n._created as k, n._created as c, f._row as r from "
        "(select f._created from h f where true");
    render_position(sql);
    sql.add(") n join ").add(quote_identifier(table_.name())).add(" f on f._audience = ");
    sql.bind(level.audience).add(" and f._current = 1 and f._created = n._created");
  }

  void render_branch(const Branch& branch, const Level& level, SqlBuilder& sql) const {
    const bool is_covered = branch.hits && branch.tests.empty() && order_.column == "_created";
    if (is_covered && connection_.dialect().kind == Dialect::Kind::kPostgres) {
      return render_sorted_hits(branch, level, sql);
    }
    if (branch.hits) render_hits_of(branch, level, HitColumns::kRowAndCreated, sql);
    if (is_covered) {
      sql.add("select f._created as k, f._created as c, f._row as r from h f where true");
    } else if (branch.along && branch.along->kind == Condition::Kind::kChild) {
      render_along_child(*branch.along, level, sql);
    } else {
      render_walk(branch, level, sql);
    }
    render_tests(
        branch.tests,
        [&] {
          sql.add("f._current = 1 and f._audience = ").bind(level.audience);
          for (const Condition& each : level.conditions) {
            sql.add(" and ");
            render(each, sql);
          }
        },
        sql);
    render_position(sql);
  }

  // A database tests in the order that it likes. What is asked in FEEL can fail or take long by
  // what a row has in it, so it is asked only of rows that are reached: of others it tells nothing.
  static void render_tests(const std::vector<Condition>& tests,
                           const std::function<void()>& render_reach, SqlBuilder& sql) {
    std::vector<const Condition*> asked;
    for (const Condition& test : tests) {
      if (test.kind == Condition::Kind::kPredicate) {
        asked.push_back(&test);
        continue;
      }
      sql.add(" and ");
      render(test, sql);
    }
    if (asked.empty()) return;
    sql.add(" and case when ");
    render_reach();
    std::string_view separator = " then ";
    for (const Condition* test : asked) {
      sql.add(separator);
      render(*test, sql);
      separator = " and ";
    }
    sql.add(" end");
  }

  void render_walk(const Branch& branch, const Level& level, SqlBuilder& sql) const {
    sql.add("select ").add(key()).add(" as k, f._created as c, f._row as r from ");
    if (branch.hits) return render_rows_of_hits(sql);
    sql.add(quote_identifier(table_.name())).add(" f");
    if (connection_.dialect().kind == Dialect::Kind::kSqlite) {
      const std::string& column = branch.along ? branch.along->column : order_.column;
      sql.add(" indexed by ").add(quote_identifier(FormTable::index_name(table_.name(), column)));
    }
    sql.add(" where f._current = 1 and f._audience = ").bind(level.audience);
    if (branch.along) {
      sql.add(" and ");
      render(*branch.along, sql);
    }
  }

  // A plan that PostgreSQL makes for any values would walk the whole table in the order of the page
  // and look for each row among the hits: `offset 0` lets it look up the hits alone.
  void render_rows_of_hits(SqlBuilder& sql) const {
    const std::string table = quote_identifier(table_.name());
    if (connection_.dialect().kind == Dialect::Kind::kPostgres) {
      sql.add("h cross join lateral (select * from ").add(table);
      sql.add(" g where g._row = h._row offset 0) f where true");
    } else {
      sql.add("h join ").add(table).add(" f on f._row = h._row where true");
    }
  }

  void render_along_child(const Condition& along, const Level& level, SqlBuilder& sql) const {
    sql.add("select f._created as k, f._created as c, f._row as r from ");
    sql.add(quote_identifier(along.child_table)).add(" f where f._current = 1 and f._audience = ");
    sql.bind(level.audience).add(" and f.value = ").bind(along.values.front());
  }

  // What comes after the cursor, in order, no more than a page.
  void render_position(SqlBuilder& sql) const {
    if (order_.may_be_null) {
      sql.add(" and f.").add(quote_identifier(order_.column));
      sql.add(is_among_nulls_ ? " is null" : " is not null");
    }
    if (cursor_ && is_default_order()) {
      sql.add(" and f._created ").add(beyond()).bind(cursor_->created);
    } else if (cursor_) {
      sql.add(" and (").add(key()).add(", f._created) ").add(beyond()).add("(");
      sql.bind(cursor_->key).add(", ").bind(cursor_->created).add(")");
    }
    sql.add(" order by ").add(key()).add(direction());
    if (!is_default_order()) sql.add(", f._created").add(direction());
    sql.add(" limit ").bind(limit_);
  }

  void render_as_of(SqlBuilder& sql) const {
    sql.add("select ").add(key()).add(" as k, f._created as c, f._row as r from ");
    sql.add(quote_identifier(table_.name())).add(" f where ");
    const auto render_reach = [&] {
      render_moment(query_.as_of, sql);
      sql.add(" and ");
      render_scope(query_.scope, asker_, {}, sql);
    };
    render_reach();
    render_tests(conditions_, render_reach, sql);
    render_position(sql);
  }

  std::string key() const {
    return "f." + quote_identifier(is_default_order() ? "_created" : order_.column);
  }
  std::string_view direction() const { return order_.is_descending ? " desc" : " asc"; }
  std::string_view beyond() const { return order_.is_descending ? "< " : "> "; }

  Connection& connection_;
  const FormTable& table_;
  const model::Query& query_;
  const std::vector<Condition> conditions_;
  const Order order_;
  const Asker asker_;
  const std::string fingerprint_;
  std::optional<Cursor> cursor_;
  bool is_among_nulls_ = false;
  std::int64_t limit_ = 0;
  int branches_ = 0;
};

}  // namespace

Result<PageRows> find_page(Connection& connection, const FormTable& table,
                           const model::Query& query, Instant now) {
  if (!query.as_of.is_now() && !query.text.empty()) return make_error("ST-0028");
  ZICHT_TRY(conditions, conditions_of(table, query));
  ZICHT_TRY(order, order_of(table, query.sort));
  ZICHT_TRY(asker, asker_of(connection, query.scope, now));
  return PageFinder(connection, table, query, std::move(conditions), std::move(order),
                    std::move(asker))
      .run();
}

}  // namespace zicht::store
