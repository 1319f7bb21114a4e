#include "store/internal/count_columns.h"

#include <utility>

#include "base/error_catalogue.h"
#include "feel/number.h"
#include "store/internal/predicate_sql.h"

namespace zicht::store {
namespace {

using model::FieldType;
using model::Grouping;

constexpr std::int64_t kPiece = 1'000'000'000;
constexpr int kMoneyScale = 2;
constexpr std::string_view kAgain = "again";

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

// Of a column with a day as text.
std::string period_of(const std::string& day, Grouping by) {
  const std::string year = "substr(" + day + ", 1, 4)";
  if (by == Grouping::kYear) return year;
  return "(" + year + " || case when substr(" + day + ", 6, 2) <= '06' then '-H1' else '-H2' end)";
}

}  // namespace

RawTally& RawTally::operator+=(const RawTally& more) {
  rows += more.rows;
  undetermined += more.undetermined;
  part += more.part;
  part_undetermined += more.part_undetermined;
  valued += more.valued;
  for (std::size_t at = 0; at < sums.size(); ++at) sums[at] += more.sums[at];
  return *this;
}

Result<void> CountColumns::check() const {
  for (const auto* predicate : {query_.where.get(), query_.part.get()}) {
    if (predicate != nullptr) ZICHT_CHECKED(check_columns(table_, *predicate));
  }
  for (const std::string* field : {&query_.of, &query_.by}) {
    if (field->empty()) continue;
    const FieldColumns* kept = find(*field);
    if (kept == nullptr || !model::may_sum(kept->field)) return refused(*field);
  }
  int with_several = 0;
  for (const model::GroupBy& dimension : query_.dimensions) {
    const FieldColumns* kept = find(dimension.field);
    if (kept != nullptr && kept->is_many()) ++with_several;
    if (kept == nullptr || with_several > 1 || !model::may_group(kept->field, dimension.by)) {
      return refused(dimension.field);
    }
  }
  return {};
}

void CountColumns::render_row(SqlBuilder& sql) const {
  for (std::size_t i = 0; i < query_.dimensions.size(); ++i) {
    render_dimension(query_.dimensions[i], sql);
    sql.add(" as d" + std::to_string(i) + ", ");
  }
  if (many_ != nullptr) {
    sql.add("case when m._position > 1 then 1 else 0 end as d");
    sql.add(std::to_string(query_.dimensions.size())).add(", ");
  }
  render_verdict(query_.where.get(), "1", sql);
  sql.add(" as w, ");
  render_verdict(query_.part.get(), "0", sql);
  sql.add(" as p, ").add(summed(query_.of)).add(" as a, ").add(summed(query_.by)).add(" as b");
}

void CountColumns::render_join(SqlBuilder& sql) const {
  if (many_ == nullptr) return;
  sql.add(" left join ").add(quote_identifier(many_->child_table)).add(" m on m._row = f._row");
}

void CountColumns::render_dimensions(SqlBuilder& sql) const {
  for (std::size_t i = 0; i < keys(); ++i) {
    sql.add("d" + std::to_string(i) + ", ");
  }
}

void CountColumns::render_sums(std::string_view sign, SqlBuilder& sql) const {
  const std::string once = sign.empty() ? "1" : std::string(sign);
  const std::string times = sign.empty() ? "" : once + " * ";
  constexpr std::string_view kValued = "w = 1 and a is not null and b is not null";
  std::string_view separator = "";
  for (const std::string_view condition :
       {std::string_view("w = 1"), std::string_view("w is null"),
        std::string_view("w = 1 and p = 1"), std::string_view("w = 1 and p is null"), kValued}) {
    sql.add(separator).add("sum(case when ").add(condition).add(" then ").add(once);
    sql.add(" else 0 end)");
    separator = ", ";
  }
  for (const char* value : {"a", "b"}) {
    for (const char* part : {" / ", " % "}) {
      sql.add(", cast(sum(case when ").add(kValued).add(" then ").add(times).add("(").add(value);
      sql.add(part).add(std::to_string(kPiece)).add(") else 0 end) as bigint)");
    }
  }
}

std::optional<std::string> CountColumns::value_of(const Rows& rows, int at,
                                                  std::size_t dimension) const {
  if (rows.is_null(at)) return std::nullopt;
  if (dimension == query_.dimensions.size()) {
    return rows.integer(at) != 0 ? std::optional<std::string>(kAgain) : std::nullopt;
  }
  if (find(query_.dimensions[dimension].field)->field.type == FieldType::kBoolean) {
    return rows.integer(at) != 0 ? "true" : "false";
  }
  return std::string(rows.text(at));
}

RawTally CountColumns::tally_of(const Rows& rows, int at) {
  RawTally raw{.rows = rows.integer(at),
               .undetermined = rows.integer(at + 1),
               .part = rows.integer(at + 2),
               .part_undetermined = rows.integer(at + 3),
               .valued = rows.integer(at + 4)};
  for (std::int64_t& sum : raw.sums) sum = rows.integer(at++ + 5);
  return raw;
}

Result<model::Group> CountColumns::told(std::vector<std::optional<std::string>> keys,
                                        const RawTally& raw) const {
  model::Group group;
  ZICHT_TRY(tally, tally_told(raw));
  group.tally = tally;
  if (many_ != nullptr) {
    group.is_again = keys.back().has_value();
    keys.pop_back();
  }
  group.values = std::move(keys);
  return group;
}

Result<model::Tally> CountColumns::tally_told(const RawTally& raw) const {
  model::Tally tally;
  tally.rows = raw.rows;
  tally.undetermined = raw.undetermined;
  tally.part = raw.part;
  tally.part_undetermined = raw.part_undetermined;
  if (query_.of.empty()) return tally;
  tally.valued = raw.valued;
  std::size_t at = 0;
  for (const auto& [field, sum] :
       {std::pair(&query_.of, &tally.of), std::pair(&query_.by, &tally.by)}) {
    if (!field->empty()) {
      ZICHT_TRY(value,
                decimal_of(raw.sums[at], raw.sums[at + 1], scale_of(find(*field)->field)));
      *sum = value;
    }
    at += 2;
  }
  return tally;
}

const FieldColumns* CountColumns::find(const std::string& field) const {
  const FieldColumns* kept = table_.find(field);
  return kept == nullptr || kept->is_sealed ? nullptr : kept;
}

// Of several the first: more are refused.
const FieldColumns* CountColumns::find_many() const {
  for (const model::GroupBy& dimension : query_.dimensions) {
    const FieldColumns* kept = find(dimension.field);
    if (kept != nullptr && kept->is_many()) return kept;
  }
  return nullptr;
}

void CountColumns::render_verdict(const feel::Predicate* predicate, std::string_view without,
                                  SqlBuilder& sql) const {
  if (predicate == nullptr) {
    sql.add(without);
    return;
  }
  sql.add("cast((");
  render(table_, *predicate, sql);
  sql.add(") as int)");
}

void CountColumns::render_dimension(const model::GroupBy& dimension, SqlBuilder& sql) const {
  const FieldColumns& kept = *find(dimension.field);
  const auto quoted = [&](std::size_t at) { return "f." + quote_identifier(kept.columns[at]); };
  if (kept.is_many()) {
    sql.add("m.value");
  } else if (dimension.by == Grouping::kValue) {
    sql.add(quoted(0));
  } else if (!kept.is_window()) {
    sql.add(period_of(quoted(0), dimension.by));
  } else {
    const std::string first = period_of(quoted(kFirst), dimension.by);
    sql.add("case when ").add(first).add(" = ").add(period_of(quoted(kLast), dimension.by));
    sql.add(" then ").add(first).add(" end");
  }
}

std::string CountColumns::summed(const std::string& field) const {
  return field.empty() ? "0" : "f." + quote_identifier(find(field)->columns[0]);
}

}  // namespace zicht::store
