#include "store/internal/count_query.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "feel/number.h"
#include "store/internal/conditions.h"
#include "store/internal/predicate_sql.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {
namespace {

using model::FieldType;
using model::Grouping;

constexpr std::int64_t kPiece = 1'000'000'000;
constexpr int kMoneyScale = 2;

Error refused(const std::string& field) { return make_error("ST-0018", {{"field", field}}); }

int scale_of(const model::Field& field) {
  if (field.type == FieldType::kMoney) return kMoneyScale;
  return field.type == FieldType::kDecimal ? field.scale : 0;
}

// (high * 10^9 + low) / 10^scale, exactly: a number has 34 digits.
Result<Decimal> decimal_of(std::int64_t high, std::int64_t low, int scale) {
  using feel::Number;
  const auto pieces = multiply(Number::from_scaled(high, scale), Number(kPiece));
  const auto sum = pieces ? add(*pieces, Number::from_scaled(low, scale)) : std::nullopt;
  const auto exact = sum ? sum->to_decimal() : std::nullopt;
  if (!exact) return make_error("ZB-0007");
  return *exact;
}

class GroupCounter {
 public:
  GroupCounter(const FormTable& table, const model::CountQuery& query, Asker asker)
      : table_(table), query_(query), asker_(std::move(asker)) {}

  Result<void> check() const {
    for (const auto* predicate : {query_.where.get(), query_.part.get()}) {
      if (predicate != nullptr) ZICHT_CHECKED(check_columns(table_, *predicate));
    }
    for (const std::string* field : {&query_.of, &query_.by}) {
      if (field->empty()) continue;
      const FieldColumns* kept = find(*field);
      if (kept == nullptr || !model::may_sum(kept->field)) return refused(*field);
    }
    for (const model::GroupBy& dimension : query_.dimensions) {
      const FieldColumns* kept = find(dimension.field);
      if (kept == nullptr || !model::may_group(kept->field, dimension.by)) {
        return refused(dimension.field);
      }
    }
    return {};
  }

  Result<std::vector<model::Group>> run(Connection& connection) const {
    SqlBuilder sql;
    render_groups(sql);
    ZICHT_TRY(rows, sql.query(connection));
    std::vector<model::Group> groups;
    for (std::int64_t count = 0; rows.next(); ++count) {
      if (count == query_.most_groups) {
        return make_error("ST-0096", {{"limit", std::to_string(query_.most_groups)}});
      }
      ZICHT_TRY(group, group_of(rows));
      const bool is_empty = group.tally.rows == 0 && group.tally.undetermined == 0;
      if (!is_empty) groups.push_back(std::move(group));
    }
    ZICHT_CHECKED(rows.status());
    // Databases differ in where they put what is absent.
    std::sort(groups.begin(), groups.end(),
              [](const auto& a, const auto& b) { return a.values < b.values; });
    return groups;
  }

 private:
  const FieldColumns* find(const std::string& field) const {
    const FieldColumns* kept = table_.find(field);
    return kept == nullptr || kept->is_sealed || kept->is_many() ? nullptr : kept;
  }

  // The inner rows have the columns d0, d1 .. of the dimensions, w and p: 1, 0 or null as the
  // conditions say, and a and b: the fields to add up.
  void render_groups(SqlBuilder& sql) const {
    sql.add("select ");
    for (std::size_t i = 0; i < query_.dimensions.size(); ++i) sql.add(column(i)).add(", ");
    sql.add(
        "sum(case when w = 1 then 1 else 0 end), sum(case when w is null then 1 else 0 end), "
        "sum(case when w = 1 and p = 1 then 1 else 0 end), "
        "sum(case when w = 1 and p is null then 1 else 0 end), "
        "sum(case when w = 1 and a is not null and b is not null then 1 else 0 end)");
    for (const char* value : {"a", "b"}) {
      for (const char* part : {" / ", " % "}) {
        sql.add(", cast(sum(case when w = 1 and a is not null and b is not null then ");
        sql.add(value).add(part).add(std::to_string(kPiece)).add(" else 0 end) as bigint)");
      }
    }
    sql.add(" from (");
    render_rows(sql);
    sql.add(") t");
    std::string_view separator = " group by ";
    for (std::size_t i = 0; i < query_.dimensions.size(); ++i) {
      sql.add(separator).add(column(i));
      separator = ", ";
    }
    // Groups of rows that do not count take no place among the most.
    if (!query_.dimensions.empty()) {
      sql.add(" having sum(case when w = 0 then 0 else 1 end) > 0");
    }
    sql.add(" limit ").bind(query_.most_groups + 1);
  }

  // What is asked in FEEL is asked of rows that are reached alone: conditions stand among the
  // columns, which a database works out after it has left out the other rows. As a condition on the
  // outer rows it could be moved to the table, and be tried first.
  void render_rows(SqlBuilder& sql) const {
    sql.add("select ");
    for (std::size_t i = 0; i < query_.dimensions.size(); ++i) {
      render_dimension(query_.dimensions[i], sql);
      sql.add(" as ").add(column(i)).add(", ");
    }
    render_verdict(query_.where.get(), "1", sql);
    sql.add(" as w, ");
    render_verdict(query_.part.get(), "0", sql);
    sql.add(" as p, ").add(summed(query_.of)).add(" as a, ").add(summed(query_.by));
    sql.add(" as b from ").add(quote_identifier(table_.name())).add(" f where ");
    if (query_.as_of.is_now()) {
      sql.add("f._current = 1");
    } else {
      render_moment(query_.as_of, sql);
    }
    sql.add(" and ");
    render_scope(query_.scope, asker_, {}, sql);
    if (query_.as_of.is_now()) return;
    // As of an earlier moment only what is reached now too, as everywhere else.
    sql.add(" and exists (select 1 from ").add(quote_identifier(table_.name()));
    sql.add(" n where n._created = f._created and n._current = 1 and ");
    render_scope(query_.scope, asker_, {"n._record", "n._organisation", "n._audience"}, sql);
    sql.add(")");
  }

  void render_verdict(const feel::Predicate* predicate, std::string_view without,
                      SqlBuilder& sql) const {
    if (predicate == nullptr) {
      sql.add(without);
      return;
    }
    sql.add("cast((");
    render(table_, *predicate, sql);
    sql.add(") as int)");
  }

  void render_dimension(const model::GroupBy& dimension, SqlBuilder& sql) const {
    const FieldColumns& kept = *find(dimension.field);
    const auto quoted = [&](std::size_t at) { return "f." + quote_identifier(kept.columns[at]); };
    if (dimension.by == Grouping::kValue) {
      sql.add(quoted(0));
    } else if (!kept.is_window()) {
      sql.add(period_of(quoted(0), dimension.by));
    } else {
      const std::string first = period_of(quoted(kFirst), dimension.by);
      sql.add("case when ").add(first).add(" = ").add(period_of(quoted(kLast), dimension.by));
      sql.add(" then ").add(first).add(" end");
    }
  }

  // Of a column with a day as text.
  static std::string period_of(const std::string& day, Grouping by) {
    const std::string year = "substr(" + day + ", 1, 4)";
    if (by == Grouping::kYear) return year;
    return "(" + year + " || case when substr(" + day +
           ", 6, 2) <= '06' then '-H1' else '-H2' end)";
  }

  std::string summed(const std::string& field) const {
    return field.empty() ? "0" : "f." + quote_identifier(find(field)->columns[0]);
  }

  static std::string column(std::size_t dimension) { return "d" + std::to_string(dimension); }

  Result<model::Group> group_of(const Rows& rows) const {
    model::Group group;
    int at = 0;
    for (const model::GroupBy& dimension : query_.dimensions) {
      group.values.push_back(value_of(rows, at++, dimension));
    }
    group.tally.rows = rows.integer(at++);
    group.tally.undetermined = rows.integer(at++);
    group.tally.part = rows.integer(at++);
    group.tally.part_undetermined = rows.integer(at++);
    const std::int64_t valued = rows.integer(at++);
    if (query_.of.empty()) return group;
    group.tally.valued = valued;
    for (const auto& [field, sum] :
         {std::pair(&query_.of, &group.tally.of), std::pair(&query_.by, &group.tally.by)}) {
      if (!field->empty()) {
        ZICHT_TRY(value, decimal_of(rows.integer(at), rows.integer(at + 1),
                                    scale_of(find(*field)->field)));
        *sum = value;
      }
      at += 2;
    }
    return group;
  }

  std::optional<std::string> value_of(const Rows& rows, int at,
                                      const model::GroupBy& dimension) const {
    if (rows.is_null(at)) return std::nullopt;
    if (find(dimension.field)->field.type == FieldType::kBoolean) {
      return rows.integer(at) != 0 ? "true" : "false";
    }
    return std::string(rows.text(at));
  }

  const FormTable& table_;
  const model::CountQuery& query_;
  const Asker asker_;
};

}  // namespace

Result<std::vector<model::Group>> count_groups(Connection& connection, const FormTable& table,
                                               const model::CountQuery& query, Instant now) {
  ZICHT_TRY(asker, asker_of(connection, query.scope, now));
  const GroupCounter counter(table, query, std::move(asker));
  ZICHT_CHECKED(counter.check());
  return counter.run(connection);
}

}  // namespace zicht::store
