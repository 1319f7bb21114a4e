#include "store/internal/conditions.h"

#include <algorithm>
#include <utility>

#include "base/amsterdam.h"
#include "base/check.h"
#include "base/error_catalogue.h"
#include "base/instant.h"
#include "base/text.h"
#include "store/internal/person_rows.h"
#include "store/internal/predicate_sql.h"

namespace zicht::store {
namespace {

using model::Field;
using model::FieldType;

constexpr std::int64_t kMicrosecondsPerDay = 86'400'000'000;
// Comes after every letter in the order of bytes.
constexpr std::string_view kAfterEveryLetter = "\xF4\x8F\xBF\xBF";

Error refused(std::string_view field) {
  return make_error("ST-0018", {{"field", std::string(field)}});
}

// Texts are compared as they are; the fields of engine columns are texts too.
Result<std::vector<Cell>> texts(std::string_view field, const std::vector<Json>& values) {
  std::vector<Cell> cells;
  for (const Json& value : values) {
    if (!value.is_string()) return refused(field);
    cells.emplace_back(std::string(value.get_string()));
  }
  return cells;
}

// A time, or a day: its first or its last microsecond.
Result<Cell> moment(const Json& value, bool is_end) {
  if (!value.is_string()) return refused(model::kColumnChanged);
  const std::string_view text = value.get_string();
  if (const auto instant = Instant::parse(text)) return Cell(instant->microseconds_since_epoch());
  const auto day = Date::parse(text);
  if (!day.has_value()) return refused(model::kColumnChanged);
  const auto start = Instant::at_utc_midnight(*day).microseconds_since_epoch();
  return Cell(is_end ? start + kMicrosecondsPerDay - 1 : start);
}

Result<Condition> changed_condition(const model::Filter& filter) {
  Condition condition{.kind = Condition::Kind::kRange, .column = "_recorded_from"};
  if (!filter.any_of.empty()) return refused(filter.field);
  if (filter.from) {
    ZICHT_TRY(from, moment(*filter.from, false));
    condition.from = std::move(from);
  }
  if (filter.to) {
    ZICHT_TRY(to, moment(*filter.to, true));
    condition.to = std::move(to);
  }
  return condition;
}

bool is_engine_column(std::string_view field) {
  return field == model::kColumnState || field == model::kColumnTurn ||
         field == model::kColumnOrganisation;
}

bool has_index(const FormTable& table, std::string_view engine_column) {
  return engine_column == model::kColumnOrganisation || table.has_process();
}

Result<Condition> engine_condition(const FormTable& table, const model::Filter& filter) {
  if (filter.any_of.empty() || !has_index(table, filter.field)) return refused(filter.field);
  ZICHT_TRY(values, texts(filter.field, filter.any_of));
  return Condition{.column = "_" + filter.field, .values = std::move(values)};
}

Result<Cell> checked_cell(const Field& field, const Json& value) {
  auto cell = cell_of(field, value);
  if (!cell.has_value()) return refused(field.id);
  return cell;
}

Result<std::vector<Cell>> cells(const Field& field, const std::vector<Json>& values) {
  std::vector<Cell> result;
  for (const Json& value : values) {
    ZICHT_TRY(cell, checked_cell(field, value));
    result.push_back(std::move(cell));
  }
  return result;
}

Result<Cell> day(const Field& field, const Json& value) {
  if (!value.is_string() || !Date::parse(std::string_view(value.get_string())).has_value()) {
    return refused(field.id);
  }
  return Cell(std::string(value.get_string()));
}

// Windows overlap when this one does not end before `from` and does not start after `to`.
Result<Condition> overlap_condition(const FieldColumns& kept, const model::Filter& filter) {
  if (!filter.any_of.empty()) return refused(filter.field);
  Condition condition{.kind = Condition::Kind::kOverlap, .window = &kept};
  if (filter.from) {
    ZICHT_TRY(from, day(kept.field, *filter.from));
    condition.from = std::move(from);
  }
  if (filter.to) {
    ZICHT_TRY(to, day(kept.field, *filter.to));
    condition.to = std::move(to);
  }
  return condition;
}

Result<Condition> column_condition(const FieldColumns& kept, const model::Filter& filter) {
  Condition condition{.column = kept.columns[0]};
  if (!filter.any_of.empty()) {
    ZICHT_TRY(values, cells(kept.field, filter.any_of));
    condition.values = std::move(values);
    return condition;
  }
  condition.kind = Condition::Kind::kRange;
  if (filter.from) {
    ZICHT_TRY(from, checked_cell(kept.field, *filter.from));
    condition.from = std::move(from);
  }
  if (filter.to) {
    ZICHT_TRY(to, checked_cell(kept.field, *filter.to));
    condition.to = std::move(to);
  }
  return condition;
}

Result<void> add_filter(const FormTable& table, const model::Filter& filter,
                        std::vector<Condition>& conditions) {
  if (filter.field == model::kColumnChanged) {
    ZICHT_TRY(condition, changed_condition(filter));
    conditions.push_back(std::move(condition));
    return {};
  }
  if (is_engine_column(filter.field)) {
    ZICHT_TRY(condition, engine_condition(table, filter));
    conditions.push_back(std::move(condition));
    return {};
  }
  const FieldColumns* kept = table.find(filter.field);
  if (kept == nullptr || !is_indexed(*kept)) return refused(filter.field);
  if (kept->is_many()) {
    if (filter.any_of.empty()) return refused(filter.field);
    ZICHT_TRY(values, cells(kept->field, filter.any_of));
    conditions.push_back({.kind = Condition::Kind::kChild,
                          .child_table = kept->child_table,
                          .values = std::move(values)});
    return {};
  }
  ZICHT_TRY(condition,
            kept->is_window() ? overlap_condition(*kept, filter) : column_condition(*kept, filter));
  conditions.push_back(std::move(condition));
  return {};
}

void render_bounds(const Condition& condition, std::string_view column, SqlBuilder& sql) {
  if (!condition.from && !condition.to) sql.add(column).add(" is not null");
  if (condition.from) sql.add(column).add(" >= ").bind(*condition.from);
  if (condition.from && condition.to) sql.add(" and ");
  if (condition.to) sql.add(column).add(" <= ").bind(*condition.to);
}

void render_values(const std::vector<Cell>& values, std::string_view column, SqlBuilder& sql) {
  if (values.size() == 1) {
    sql.add(column).add(" = ").bind(values.front());
  } else {
    sql.add(column).add(" in ").bind_list(values);
  }
}

Condition own_rows(const model::RowScope& scope) {
  return {.column = "_organisation", .values = {scope.organisation}};
}

// The day on which somebody was born who has become so many years old today.
std::optional<Cell> born_for(const std::optional<int>& years, Date today) {
  if (!years) return {};
  const auto day = add_months(today, -12 * std::int64_t{*years});
  return Cell((day.has_value() ? *day : Date::min()).to_string());
}

std::vector<Condition> conditions_of(const model::ConditionalReach& reach,
                                     const model::RowScope& scope, const Asker& asker) {
  std::vector<Condition> conditions;
  if (reach.is_own_only) conditions.push_back(own_rows(scope));
  if (!reach.records.empty()) {
    Condition opened{.kind = Condition::Kind::kRecord};
    for (const std::string& record : reach.records) opened.values.emplace_back(record);
    conditions.push_back(std::move(opened));
  }
  const bool is_of_handed = !reach.handed_form.empty();
  if (is_of_handed || !reach.relations.empty()) {
    Condition related{.kind = Condition::Kind::kRelated};
    if (is_of_handed) {
      related.kind = Condition::Kind::kHanded;
      related.values = {scope.organisation, reach.handed_form};
    }
    for (const std::string& kind : reach.relations) related.values.emplace_back(kind);
    related.fields = asker.holders;
    related.at = asker.now.microseconds_since_epoch();
    conditions.push_back(std::move(related));
  }
  if (reach.subject_age == model::AgeRange{}) return conditions;
  const Date today = amsterdam_date(asker.now);
  conditions.push_back({.kind = Condition::Kind::kAged,
                        .from = born_for(reach.subject_age.below, today),
                        .to = born_for(reach.subject_age.from, today)});
  return conditions;
}

// What the rows `l` of `relations` must be to count for these holders.
void render_held(const Condition& condition, const std::vector<Cell>& kinds, SqlBuilder& sql) {
  sql.add("l.kind in ");
  sql.bind_list(padded_lists(kinds).front()).add(" and (");
  std::string_view separator = "";
  for (const std::vector<Cell>& holders : padded_lists(condition.fields)) {
    sql.add(separator).add("l.holder in ").bind_list(holders);
    separator = " or ";
  }
  if (condition.fields.empty()) sql.add("1 = 0");
  sql.add(") and l.from_at <= ").bind(condition.at).add(" and l.until_at > ").bind(condition.at);
}

// The same for a row of this keeper: told by who may say so of it.
void render_relation(const Condition& condition, std::string_view keeper, SqlBuilder& sql) {
  render_held(condition, condition.values, sql);
  sql.add(" and (l.told_by = ").add(keeper).add(" or ");
  render_told_by_keeper(sql);
  sql.add(")");
}

// All persons of the record were born in these days, and there is one.
void render_age(const Condition& condition, std::string_view record, SqlBuilder& sql) {
  sql.add("exists (select 1 from record_subjects s where s.record = ").add(record);
  sql.add(
         ") and not exists (select 1 from record_subjects s left join persons p on "
         "p.person = s.person where s.record = ")
      .add(record)
      .add(" and (p.born is null");
  if (condition.from) sql.add(" or p.born <= ").bind(*condition.from);
  if (condition.to) sql.add(" or p.born > ").bind(*condition.to);
  sql.add("))");
}

// What the rows `h` of `handed` must be to count for this keeper.
void render_handed(const Condition& condition, std::string_view keeper, SqlBuilder& sql) {
  sql.add("h.receiver = ").bind(condition.values[0]).add(" and h.keeper = ").add(keeper);
  sql.add(" and h.form in ('', ").bind(condition.values[1]).add(") and h.accepted = 1");
  sql.add(" and h.from_at <= ").bind(condition.at).add(" and h.until_at > ").bind(condition.at);
  if (condition.values.size() == 2) return;
  const std::vector<Cell> kinds(condition.values.begin() + 2, condition.values.end());
  sql.add(" and exists (select 1 from relations l where l.person = h.person and ");
  render_held(condition, kinds, sql);
  sql.add(" and (l.told_by in (").bind(condition.values[0]).add(", ").add(keeper).add(") or ");
  render_told_by_keeper(sql);
  sql.add("))");
}

void render_handed_row(const Condition& condition, const ScopeColumns& columns, SqlBuilder& sql) {
  sql.add(
      "exists (select 1 from record_subjects s join handed h on h.person = s.person "
      "where s.record = ");
  sql.add(columns.record).add(" and ");
  render_handed(condition, columns.organisation, sql);
  sql.add(")");
}

void render_handed_hits(const FormTable& table, const Condition& condition, std::int64_t audience,
                        std::string_view columns, SqlBuilder& sql) {
  sql.add("select distinct ").add(columns);
  sql.add(" from handed h join record_subjects s on s.person = h.person join ");
  sql.add(quote_identifier(table.name())).add(" f on f._created = s.created and f._current = 1");
  sql.add(" and f._audience = s.audience where s.form = ").bind(table.form());
  sql.add(" and s.audience = ").bind(audience).add(" and ");
  render_handed(condition, "f._organisation", sql);
}

void render_of_persons(const Condition& condition, const ScopeColumns& columns, SqlBuilder& sql) {
  const std::string_view record = columns.record;
  if (condition.kind == Condition::Kind::kAged) return render_age(condition, record, sql);
  sql.add(
         "exists (select 1 from record_subjects s join relations l on l.person = s.person "
         "where s.record = ")
      .add(record)
      .add(" and ");
  render_relation(condition, columns.organisation, sql);
  sql.add(")");
}

void render_reach(const model::ConditionalReach& reach, const model::RowScope& scope,
                  const Asker& asker, const ScopeColumns& columns, SqlBuilder& sql) {
  std::string_view separator = "(";
  for (const Condition& condition : conditions_of(reach, scope, asker)) {
    sql.add(separator);
    if (condition.kind == Condition::Kind::kEqual) {
      sql.add(columns.organisation).add(" = ").bind(scope.organisation);
    } else if (condition.kind == Condition::Kind::kRecord) {
      render_values(condition.values, columns.record, sql);
    } else if (condition.kind == Condition::Kind::kHanded) {
      render_handed_row(condition, columns, sql);
    } else {
      render_of_persons(condition, columns, sql);
    }
    separator = " and ";
  }
  sql.add(")");
}

// The rows of opened records are found by `records`, which knows where each of them is made.
void render_opened_hits(const FormTable& table, const Condition& condition, std::int64_t audience,
                        SqlBuilder& sql) {
  sql.add("select f._row, f._created from records o join ").add(quote_identifier(table.name()));
  sql.add(" f on f._created = o.created and f._current = 1 where o.form = ").bind(table.form());
  sql.add(" and f._audience = ").bind(audience).add(" and ");
  render_values(condition.values, "o.record", sql);
}

void render_overlap(const Condition& condition, SqlBuilder& sql) {
  const auto column = [&](WindowColumn which) {
    return "f." + quote_identifier(condition.window->columns[which]);
  };
  std::string_view separator = "";
  if (condition.from) sql.add(column(kLast)).add(" >= ").bind(*condition.from), separator = " and ";
  if (condition.to) sql.add(separator).add(column(kFirst)).add(" <= ").bind(*condition.to);
  if (!condition.from && !condition.to) sql.add(column(kFirst)).add(" is not null");
}

std::int64_t day_number(const Cell& day) {
  return Date::parse(std::get<std::string>(day))->days_since_epoch();
}

// Length by length (see window_class); which lengths there are is read off the same index. With a
// plain join PostgreSQL reads the whole index or table once instead of a piece of it per length:
// `offset 0` keeps it from joining otherwise than was written. SQLite knows no `lateral`, and does
// as written.
void render_overlap_hits(const FormTable& table, const Condition& condition, std::int64_t audience,
                         Dialect::Kind dialect, std::string_view columns, SqlBuilder& sql) {
  const bool is_lateral = dialect == Dialect::Kind::kPostgres;
  const std::string length = quote_identifier(condition.window->columns[kLength]);
  const std::string start = quote_identifier(condition.window->columns[kStart]);
  const auto shortest = [&](std::string_view more) {
    sql.add("select min(" + length + ") from " + quote_identifier(table.name()) +
            " where _current = 1 and _audience = ");
    sql.bind(audience).add(more);
  };
  sql.add("with recursive w(n) as (");
  shortest("");
  sql.add(" union all select (");
  shortest(" and " + length + " > w.n");
  sql.add(") from w where w.n is not null) select ").add(columns).add(" from w cross join ");
  if (is_lateral) sql.add("lateral (select ").add(columns).add(" from ");
  sql.add(quote_identifier(table.name())).add(" f where f." + length + " = w.n");
  if (condition.from) {
    sql.add(" and f." + start + " >= ").bind(day_number(*condition.from)).add(" - w.n");
  }
  if (condition.to) sql.add(" and f." + start + " <= ").bind(day_number(*condition.to));
  sql.add(" and f._current = 1 and f._audience = ").bind(audience);
  if (condition.from) {
    sql.add(" and f." + quote_identifier(condition.window->columns[kLast]) + " >= ")
        .bind(*condition.from);
  }
  if (is_lateral) sql.add(" offset 0) f");
}

void render_term(const Condition& condition, SqlBuilder& sql) {
  sql.add("t.term >= ").bind(condition.word).add(" and t.term < ");
  sql.bind(condition.word + std::string(kAfterEveryLetter)).add(" and t.field in ");
  sql.bind_list(condition.fields);
}

// Of rows that cannot be judged the whole condition says so, not its parts.
Result<void> add_where(const FormTable& table, const model::Query& query,
                       std::vector<Condition>& conditions) {
  if (query.where == nullptr) return {};
  ZICHT_CHECKED(check_columns(table, *query.where));
  if (query.is_undetermined) {
    conditions.push_back({.kind = Condition::Kind::kPredicate,
                          .predicate = query.where.get(),
                          .table = &table,
                          .is_undetermined = true});
    return {};
  }
  for (Condition& each : conditions_of(table, *query.where)) conditions.push_back(std::move(each));
  return {};
}

}  // namespace

bool is_indexed(const FieldColumns& kept) {
  const Field& field = kept.field;
  return !kept.is_sealed &&
         (field.is_filterable || field.is_sortable || field.type == FieldType::kReference);
}

Result<std::vector<Condition>> conditions_of(const FormTable& table, const model::Query& query) {
  std::vector<Condition> conditions;
  for (const model::Filter& filter : query.filters) {
    ZICHT_CHECKED(add_filter(table, filter, conditions));
  }
  ZICHT_CHECKED(add_where(table, query, conditions));
  std::vector<Cell> fields;
  for (const std::string& field : query.text_fields) fields.emplace_back(field);
  // No searchable field that the caller may see: no row can have the word.
  if (fields.empty()) fields.emplace_back(std::string());
  for (const std::string& word : fold_for_search(query.text)) {
    conditions.push_back({.kind = Condition::Kind::kWord, .word = word, .fields = fields});
  }
  return conditions;
}

Result<Order> order_of(const FormTable& table, const std::optional<model::Sort>& sort) {
  if (!sort) return Order{};
  Order order{.is_descending = sort->is_descending};
  if (sort->field == model::kColumnChanged) {
    order.column = "_recorded_from";
  } else if (is_engine_column(sort->field) && has_index(table, sort->field)) {
    order.column = "_" + sort->field;
  } else {
    const FieldColumns* kept = table.find(sort->field);
    if (kept == nullptr || !is_indexed(*kept) || kept->is_many()) return refused(sort->field);
    order.column = kept->sort_column();
    order.may_be_null = true;
  }
  return order;
}

Result<Asker> asker_of(Connection& connection, const model::RowScope& scope, Instant now) {
  Asker asker{.holders = {}, .now = now};
  const bool is_asked =
      std::any_of(scope.through.begin(), scope.through.end(),
                  [](const model::ConditionalReach& reach) { return !reach.relations.empty(); });
  if (!is_asked) return asker;
  ZICHT_TRY(holders, holders_of(connection, scope.account, scope.subject));
  asker.holders = std::move(holders);
  return asker;
}

std::vector<Level> levels_of(const model::RowScope& scope, const Asker& asker) {
  std::vector<Level> levels;
  const auto most = [](model::Sensitivity clearance) {
    return static_cast<std::int64_t>(clearance);
  };
  const bool has_own_rows = scope.has_own_rows && !scope.organisation.empty();
  const std::int64_t everywhere = scope.elsewhere ? most(*scope.elsewhere) : -1;
  const std::int64_t own = has_own_rows ? most(scope.clearance) : -1;
  for (std::int64_t audience = 0; audience <= std::max(everywhere, own); ++audience) {
    Level level{.audience = audience, .conditions = {}};
    if (audience > everywhere) level.conditions.push_back(own_rows(scope));
    levels.push_back(std::move(level));
  }
  for (const model::ConditionalReach& reach : scope.through) {
    for (std::int64_t audience = 0; audience <= most(reach.clearance); ++audience) {
      if (audience <= everywhere) continue;
      levels.push_back({.audience = audience, .conditions = conditions_of(reach, scope, asker)});
    }
  }
  return levels;
}

void render(const Condition& condition, SqlBuilder& sql) {
  switch (condition.kind) {
    case Condition::Kind::kEqual:
      return render_values(condition.values, "f." + quote_identifier(condition.column), sql);
    case Condition::Kind::kRange:
      return render_bounds(condition, "f." + quote_identifier(condition.column), sql);
    case Condition::Kind::kOverlap:
      return render_overlap(condition, sql);
    case Condition::Kind::kChild:
      sql.add("exists (select 1 from ").add(quote_identifier(condition.child_table));
      sql.add(" c where c._row = f._row and ");
      render_values(condition.values, "c.value", sql);
      sql.add(")");
      return;
    case Condition::Kind::kWord:
      sql.add("exists (select 1 from terms t where t.created = f._created and ");
      render_term(condition, sql);
      sql.add(")");
      return;
    case Condition::Kind::kRelated:
    case Condition::Kind::kAged:
      return render_of_persons(condition, ScopeColumns(), sql);
    case Condition::Kind::kRecord:
      return render_values(condition.values, "f._record", sql);
    case Condition::Kind::kHanded:
      return render_handed_row(condition, ScopeColumns(), sql);
    case Condition::Kind::kPredicate:
      sql.add("((");
      render(*condition.table, *condition.predicate, sql);
      sql.add(condition.is_undetermined ? ") is null)" : "))");
      return;
  }
}

void render_hits(const FormTable& table, const Condition& condition, std::int64_t audience,
                 Dialect::Kind dialect, HitColumns wanted, SqlBuilder& sql) {
  const std::string name = quote_identifier(table.name());
  const bool has_row = wanted == HitColumns::kRowAndCreated;
  const std::string columns = has_row ? "f._row, f._created" : "f._created";
  switch (condition.kind) {
    case Condition::Kind::kEqual:
    case Condition::Kind::kRange:
      sql.add("select ").add(columns).add(" from ").add(name).add(" f where f._current = 1");
      sql.add(" and f._audience = ").bind(audience).add(" and ");
      return render(condition, sql);
    case Condition::Kind::kOverlap:
      return render_overlap_hits(table, condition, audience, dialect, columns, sql);
    case Condition::Kind::kChild:
      sql.add(has_row ? "select distinct c._row, c._created from "
                      : "select distinct c._created from ");
      sql.add(quote_identifier(condition.child_table));
      sql.add(" c where c._current = 1 and c._audience = ").bind(audience).add(" and ");
      return render_values(condition.values, "c.value", sql);
    case Condition::Kind::kWord:
      sql.add("select distinct ").add(columns).add(" from terms t join ").add(name);
      sql.add(" f on f._created = t.created and f._current = 1 where t.form = ");
      sql.bind(table.form()).add(" and t.audience = ").bind(audience).add(" and ");
      return render_term(condition, sql);
    case Condition::Kind::kRelated:
      sql.add("select distinct ")
          .add(columns)
          .add(
              " from relations l join record_subjects s on "
              "s.person = l.person join ")
          .add(name);
      sql.add(" f on f._created = s.created and f._current = 1 where s.form = ");
      sql.bind(table.form()).add(" and s.audience = ").bind(audience).add(" and ");
      return render_relation(condition, "f._organisation", sql);
    case Condition::Kind::kAged:
    case Condition::Kind::kPredicate:
      ZICHT_CHECK(false, "no row is found by this alone");
    case Condition::Kind::kRecord:
      return render_opened_hits(table, condition, audience, sql);
    case Condition::Kind::kHanded:
      return render_handed_hits(table, condition, audience, columns, sql);
  }
}

void render_probe(const FormTable& table, const Condition& condition, std::int64_t audience,
                  Dialect::Kind dialect, SqlBuilder& sql) {
  switch (condition.kind) {
    case Condition::Kind::kEqual:
    case Condition::Kind::kRange:
    case Condition::Kind::kOverlap:
      return render_hits(table, condition, audience, dialect, HitColumns::kCreated, sql);
    case Condition::Kind::kChild:
      sql.add("select 1 from ").add(quote_identifier(condition.child_table));
      sql.add(" c where c._current = 1 and c._audience = ").bind(audience).add(" and ");
      return render_values(condition.values, "c.value", sql);
    case Condition::Kind::kWord:
      sql.add("select 1 from terms t where t.form = ").bind(table.form());
      sql.add(" and t.audience = ").bind(audience).add(" and ");
      return render_term(condition, sql);
    case Condition::Kind::kRelated:
      sql.add(
             "select 1 from relations l join record_subjects s on s.person = l.person where "
             "s.form = ")
          .bind(table.form())
          .add(" and s.audience = ")
          .bind(audience);
      sql.add(" and ");
      // Whoever told it: too many are counted, as some twice.
      return render_held(condition, condition.values, sql);
    case Condition::Kind::kAged:
    case Condition::Kind::kPredicate:
      ZICHT_CHECK(false, "no row is found by this alone");
    case Condition::Kind::kRecord:
      return render_opened_hits(table, condition, audience, sql);
    case Condition::Kind::kHanded:
      return render_handed_hits(table, condition, audience, "f._created", sql);
  }
}

void render_scope(const model::RowScope& scope, const Asker& asker, const ScopeColumns& columns,
                  SqlBuilder& sql) {
  std::string_view separator = "(";
  const auto up_to = [&](model::Sensitivity clearance) {
    sql.add(separator).add("(").add(columns.audience).add(" <= ");
    sql.bind(static_cast<std::int64_t>(clearance));
    separator = " or ";
  };
  if (scope.elsewhere) {
    up_to(*scope.elsewhere);
    sql.add(")");
  }
  if (scope.has_own_rows && !scope.organisation.empty()) {
    up_to(scope.clearance);
    sql.add(" and ").add(columns.organisation).add(" = ").bind(scope.organisation).add(")");
  }
  for (const model::ConditionalReach& reach : scope.through) {
    up_to(reach.clearance);
    sql.add(" and ");
    render_reach(reach, scope, asker, columns, sql);
    sql.add(")");
  }
  sql.add(separator == "(" ? "(1 = 0)" : ")");
}

void render_clearance(const model::RowScope& scope, const Asker& asker, const ScopeColumns& columns,
                      SqlBuilder& sql) {
  const std::int64_t everywhere =
      scope.elsewhere ? static_cast<std::int64_t>(*scope.elsewhere) : -1;
  // The highest that holds comes first.
  std::vector<model::ConditionalReach> reaches = scope.through;
  if (scope.has_own_rows && !scope.organisation.empty()) {
    reaches.push_back({.clearance = scope.clearance, .is_own_only = true});
  }
  std::sort(reaches.begin(), reaches.end(),
            [](const auto& a, const auto& b) { return a.clearance > b.clearance; });
  std::string_view start = "(case";
  for (const model::ConditionalReach& reach : reaches) {
    const auto clearance = static_cast<std::int64_t>(reach.clearance);
    if (clearance <= everywhere) continue;
    sql.add(start).add(" when ");
    render_reach(reach, scope, asker, columns, sql);
    sql.add(" then " + std::to_string(clearance));
    start = "";
  }
  const bool has_cases = start.empty();
  if (has_cases) sql.add(" else ");
  sql.add(std::to_string(everywhere)).add(has_cases ? " end)" : "");
}

void render_moment(const model::AsOf& as_of, SqlBuilder& sql) {
  if (as_of.valid_on) {
    const std::string day = as_of.valid_on->to_string();
    sql.add("f._valid_from <= ").bind(day).add(" and (f._valid_to is null or f._valid_to > ");
    sql.bind(day).add(")");
  } else {
    sql.add("f._valid_to is null");
  }
  if (as_of.known_at) {
    const std::int64_t at = as_of.known_at->microseconds_since_epoch();
    sql.add(" and f._recorded_from <= ").bind(at);
    sql.add(" and (f._recorded_to is null or f._recorded_to > ").bind(at).add(")");
  } else {
    sql.add(" and f._recorded_to is null");
  }
}

}  // namespace zicht::store
