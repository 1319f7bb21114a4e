#include "store/internal/predicate_sql.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/error_catalogue.h"

namespace zicht::store {
namespace {

using feel::Operator;
using feel::Predicate;
using feel::RowTerm;

Cell cell_of(const RowTerm& constant) {
  if (const auto* number = std::get_if<std::int64_t>(&constant.constant)) return Cell(*number);
  return Cell(std::get<std::string>(constant.constant));
}

std::string engine_column(const FormTable& table, std::string_view field) {
  const bool is_of_process = field == model::kColumnState || field == model::kColumnTurn;
  if ((is_of_process && table.has_process()) || field == model::kColumnOrganisation) {
    return "_" + std::string(field);
  }
  return {};
}

// A record without a state, or with nobody at turn, has an empty text in the column; to a condition
// there is none, as of a field that is not filled in.
bool is_empty_when_absent(const FormTable& table, const RowTerm& column) {
  const bool may_be_absent =
      column.field == model::kColumnState || column.field == model::kColumnTurn;
  return may_be_absent && table.find(column.field) == nullptr;
}

// The column that keeps it, unquoted; empty where there is none.
std::string column_of(const FormTable& table, const RowTerm& term) {
  const FieldColumns* kept = table.find(term.field);
  if (kept == nullptr) return engine_column(table, term.field);
  if (kept->columns.empty()) return {};
  if (!kept->is_window()) return term.member.empty() ? kept->columns[0] : "";
  // Only its days say whether an uncertain date is there: its words need not be.
  if (term.member.empty()) return kept->columns[kFirst];
  for (const WindowColumn part : {kWords, kFirst, kLast}) {
    if (kWindowColumns[part] == term.member) return kept->columns[part];
  }
  return {};
}

const FieldColumns* find_list(const FormTable& table, std::string_view field) {
  const FieldColumns* kept = table.find(field);
  return kept != nullptr && kept->is_many() ? kept : nullptr;
}

bool has_columns(const FormTable& table, const RowTerm& term) {
  switch (term.kind) {
    case RowTerm::Kind::kColumn:
      return !column_of(table, term).empty();
    case RowTerm::Kind::kItem:
    case RowTerm::Kind::kCount:
      return find_list(table, term.field) != nullptr;
    default:
      return std::all_of(term.parts.begin(), term.parts.end(),
                         [&](const RowTerm& part) { return has_columns(table, part); });
  }
}

class Renderer {
 public:
  Renderer(const FormTable& table, SqlBuilder& sql) : table_(table), sql_(sql) {}

  void render(const Predicate& predicate) {
    switch (predicate.kind) {
      case Predicate::Kind::kTruth:
        sql_.add(!predicate.truth ? "1 > null" : *predicate.truth ? "1 = 1" : "1 = 0");
        return;
      case Predicate::Kind::kAnd:
        return joined(predicate, " and ");
      case Predicate::Kind::kOr:
        return joined(predicate, " or ");
      case Predicate::Kind::kNot:
        sql_.add("not (");
        render(predicate.parts.front());
        sql_.add(")");
        return;
      case Predicate::Kind::kIsNull:
        term(predicate.left);
        sql_.add(" is null");
        return;
      case Predicate::Kind::kCompare:
        return compare(predicate);
      case Predicate::Kind::kOneOf:
        return one_of(predicate);
      case Predicate::Kind::kContains:
        return contains(predicate);
      case Predicate::Kind::kSome:
        return some(predicate);
    }
  }

 private:
  void joined(const Predicate& predicate, std::string_view word) {
    std::string_view separator = "(";
    for (const Predicate& part : predicate.parts) {
      sql_.add(separator);
      render(part);
      separator = word;
    }
    sql_.add(")");
  }

  // Of two parameters PostgreSQL does not know the type, and would compare them as texts.
  void compare(const Predicate& predicate) {
    ZICHT_CHECK(feel::is_of_row(predicate.left) || feel::is_of_row(predicate.right),
                "constants are compared before they are rendered");
    term(predicate.left);
    sql_.add(" ").add(feel::sign_of(predicate.op)).add(" ");
    term(predicate.right);
  }

  void one_of(const Predicate& predicate) {
    std::vector<Cell> cells;
    for (const RowTerm& each : predicate.constants) cells.push_back(cell_of(each));
    term(predicate.left);
    sql_.add(" in ").bind_list(cells);
  }

  // The two databases find a text within another by functions of different names; taking it out
  // makes another text in both, where it is there.
  void contains(const Predicate& predicate) {
    sql_.add("replace(");
    term(predicate.left);
    sql_.add(", ");
    term(predicate.right);
    sql_.add(", '') <> ");
    term(predicate.left);
  }

  // `exists` is never unknown: where an item may be, the most that is so of one of them is asked
  // for. Written once and looked at once an item, also in loops within each other.
  void some(const Predicate& predicate) {
    const Predicate& body = predicate.parts.front();
    const std::size_t level = level_++;
    const std::string alias = item_alias(level);
    const std::string from = " from " + quote_identifier(list(predicate.field).child_table) + " " +
                             alias + " where " + alias + "._row = f._row";
    if (feel::may_be_unknown(body)) {
      sql_.add("(select case max(v) when 2 then 1 = 1 when 1 then null else 1 = 0 end from "
               "(select case (");
      render(body);
      sql_.add(") when 1 = 1 then 2 when 1 = 0 then 0 else 1 end as v").add(from);
      sql_.add(") of_").add(alias).add(")");
    } else {
      sql_.add("exists (select 1").add(from).add(" and (");
      render(body);
      sql_.add("))");
    }
    level_ = level;
  }

  void term(const RowTerm& term) {
    switch (term.kind) {
      case RowTerm::Kind::kColumn:
        return column(term);
      case RowTerm::Kind::kItem:
        sql_.add(item_alias(term.level)).add(".value");
        return;
      case RowTerm::Kind::kConstant:
        sql_.bind(cell_of(term));
        return;
      case RowTerm::Kind::kAdd:
        return computed(term, " + ");
      case RowTerm::Kind::kMultiply:
        return computed(term, " * ");
      case RowTerm::Kind::kLength:
        // PostgreSQL counts in 32 bits, and would take what is compared for such a number.
        sql_.add("cast(length(");
        this->term(term.parts.front());
        sql_.add(") as bigint)");
        return;
      case RowTerm::Kind::kCount:
        sql_.add("(select count(*) from ");
        sql_.add(quote_identifier(list(term.field).child_table));
        sql_.add(" n where n._row = f._row)");
        return;
    }
  }

  void column(const RowTerm& term) {
    const bool is_empty = is_empty_when_absent(table_, term);
    sql_.add(is_empty ? "nullif(f." : "f.").add(quote_identifier(column_of(table_, term)));
    if (is_empty) sql_.add(", '')");
  }

  void computed(const RowTerm& term, std::string_view sign) {
    sql_.add("(");
    this->term(term.parts[0]);
    sql_.add(sign);
    this->term(term.parts[1]);
    sql_.add(")");
  }

  static std::string item_alias(std::size_t level) { return "c" + std::to_string(level); }

  const FieldColumns& list(std::string_view field) const {
    const FieldColumns* kept = find_list(table_, field);
    ZICHT_CHECK(kept != nullptr, "a list without a table");
    return *kept;
  }

  const FormTable& table_;
  SqlBuilder& sql_;
  std::size_t level_ = 0;
};

// Whether an index begins with this column, after the audience.
bool leads_index(const FormTable& table, const RowTerm& term) {
  const FieldColumns* kept = table.find(term.field);
  if (kept == nullptr) return true;
  return is_indexed(*kept) && (term.member.empty() || term.member == kWindowColumns[kFirst]);
}

bool is_item_of(const RowTerm& term) { return term.kind == RowTerm::Kind::kItem; }

std::optional<std::vector<Cell>> values_of(const Predicate& predicate) {
  if (predicate.kind == Predicate::Kind::kOneOf) {
    std::vector<Cell> cells;
    for (const RowTerm& each : predicate.constants) cells.push_back(cell_of(each));
    return cells;
  }
  const bool is_value = predicate.kind == Predicate::Kind::kCompare &&
                        predicate.op == Operator::kEqual &&
                        predicate.right.kind == RowTerm::Kind::kConstant;
  if (!is_value) return std::nullopt;
  return std::vector<Cell>{cell_of(predicate.right)};
}

// The same of a column that has an empty text where there is no value.
std::optional<Condition> indexed_text(const FormTable& table, const Predicate& predicate) {
  const Cell empty = std::string();
  auto values = values_of(predicate);
  const bool has_empty = values && std::count(values->begin(), values->end(), empty) > 0;
  if (predicate.kind == Predicate::Kind::kIsNull) values = std::vector<Cell>{empty};
  if (!values || has_empty) return std::nullopt;
  return Condition{.column = column_of(table, predicate.left), .values = *std::move(values)};
}

std::optional<Condition> indexed(const FormTable& table, const Predicate& predicate) {
  if (predicate.kind == Predicate::Kind::kSome) {
    const Predicate& body = predicate.parts.front();
    const FieldColumns* kept = find_list(table, predicate.field);
    auto values = values_of(body);
    if (!values || !is_item_of(body.left) || !is_indexed(*kept)) return std::nullopt;
    return Condition{.kind = Condition::Kind::kChild,
                     .child_table = kept->child_table,
                     .values = *std::move(values)};
  }
  if (predicate.left.kind != RowTerm::Kind::kColumn || !leads_index(table, predicate.left)) {
    return std::nullopt;
  }
  if (is_empty_when_absent(table, predicate.left)) return indexed_text(table, predicate);
  if (auto values = values_of(predicate)) {
    return Condition{.column = column_of(table, predicate.left), .values = *std::move(values)};
  }
  if (predicate.kind != Predicate::Kind::kCompare ||
      predicate.right.kind != RowTerm::Kind::kConstant) {
    return std::nullopt;
  }
  Condition range{.kind = Condition::Kind::kRange, .column = column_of(table, predicate.left)};
  if (predicate.op == Operator::kGreaterOrEqual) range.from = cell_of(predicate.right);
  if (predicate.op == Operator::kLessOrEqual) range.to = cell_of(predicate.right);
  if (!range.from && !range.to) return std::nullopt;
  return range;
}

// Two bounds of one column are one walk along its index.
bool join_range(std::vector<Condition>& conditions, const Condition& more) {
  if (more.kind != Condition::Kind::kRange) return false;
  for (Condition& each : conditions) {
    const bool fits = each.kind == Condition::Kind::kRange && each.column == more.column &&
                      !(each.from && more.from) && !(each.to && more.to);
    if (!fits) continue;
    if (more.from) each.from = more.from;
    if (more.to) each.to = more.to;
    return true;
  }
  return false;
}

void gather(const FormTable& table, const Predicate& predicate,
            std::vector<Condition>& conditions) {
  if (predicate.kind == Predicate::Kind::kAnd) {
    for (const Predicate& part : predicate.parts) gather(table, part, conditions);
    return;
  }
  auto condition = indexed(table, predicate);
  if (!condition) {
    condition = Condition{
        .kind = Condition::Kind::kPredicate, .predicate = &predicate, .table = &table};
  }
  if (!join_range(conditions, *condition)) conditions.push_back(*std::move(condition));
}

}  // namespace

Result<void> check_columns(const FormTable& table, const Predicate& predicate) {
  const auto refused = [](std::string_view field) {
    return make_error("ST-0018", {{"field", std::string(field)}});
  };
  if (predicate.kind == Predicate::Kind::kSome && find_list(table, predicate.field) == nullptr) {
    return refused(predicate.field);
  }
  if (!has_columns(table, predicate.left)) return refused(predicate.left.field);
  if (!has_columns(table, predicate.right)) return refused(predicate.right.field);
  for (const Predicate& part : predicate.parts) ZICHT_CHECKED(check_columns(table, part));
  return {};
}

void render(const FormTable& table, const Predicate& predicate, SqlBuilder& sql) {
  Renderer(table, sql).render(predicate);
}

std::vector<Condition> conditions_of(const FormTable& table, const Predicate& predicate) {
  std::vector<Condition> conditions;
  gather(table, predicate, conditions);
  return conditions;
}

}  // namespace zicht::store
