// What a filter compares: columns, items, numbers that are computed, dates that are moved.
#include <algorithm>

#include "feel/internal/compiler.h"
#include "feel/internal/push_down.h"
#include "feel/operators.h"

namespace zicht::feel::internal {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostItems = std::int64_t{1} << 31;

// n * 10^scale, rounded down, where that fits, and whether nothing was lost.
struct Scaled {
  std::optional<std::int64_t> floor;
  bool is_exact = false;
  bool is_negative = false;
};

std::int64_t small_power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Scaled scaled(const Number& number, int scale) {
  const auto product = multiply(number, Number(small_power_of_ten(scale)));
  const auto floor = product ? round(*product, 0, Rounding::kFloor) : std::nullopt;
  Scaled made{.floor = std::nullopt, .is_exact = false, .is_negative = number.is_negative()};
  if (!floor) return made;
  made.floor = floor->to_int64();
  made.is_exact = *floor == *product;
  return made;
}

bool is_year(const Side& side) {
  return side.node != nullptr && side.node->kind == NodeKind::kPath && side.node->text == "year" &&
         side.node->children[0]->type.kind() == Type::Kind::kDate;
}

std::string type_text(const Side& side) {
  return side.constant ? type_of(*side.constant).to_string() : side.node->type.to_string();
}

bool mentions(const Node& node, std::string_view function) {
  if (node.kind == NodeKind::kName && node.flag && node.text == function) return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const NodePtr& child) { return mentions(*child, function); });
}

// now() has no value in a filter, whatever the day.
bool depends_on_day(const Node& node) { return mentions(node, "today") && !mentions(node, "now"); }

bool is_duration(const Value& value) {
  return value.is(Kind::kDayDuration) || value.is(Kind::kMonthDuration);
}

Ref<const NullReason> reason_of(std::span<const NullCause> causes) {
  Ref<const NullReason> reason;
  for (const NullCause& cause : causes) {
    reason = NullReason::joined(reason, make_ref<const NullReason>(cause));
  }
  return reason;
}

// true or false of every row that has the value, unknown of the others.
Predicate always(RowTerm term) {
  return compare_terms(std::move(term), Operator::kLessOrEqual, constant_term(kMost));
}
Predicate never(RowTerm term) {
  return compare_terms(std::move(term), Operator::kGreater, constant_term(kMost));
}

// The same comparison with a number that may have more decimals than the column keeps, or lie
// beyond 64 bits.
Predicate compare_constant(RowTerm term, Operator op, const Scaled& with) {
  const bool is_less = op == Operator::kLess || op == Operator::kLessOrEqual;
  const bool is_equality = op == Operator::kEqual || op == Operator::kNotEqual;
  if (is_equality && !(with.floor && with.is_exact)) {
    return op == Operator::kEqual ? never(std::move(term)) : always(std::move(term));
  }
  if (!with.floor) {
    return is_less != with.is_negative ? always(std::move(term)) : never(std::move(term));
  }
  std::int64_t bound = *with.floor;
  if (is_equality) return compare_terms(std::move(term), op, constant_term(bound));
  // What lies below a bound between two integers is at most the lower one.
  if (op == Operator::kLess && with.is_exact) {
    if (bound == kLeast) return never(std::move(term));
    --bound;
  }
  if (op == Operator::kGreater || (op == Operator::kGreaterOrEqual && !with.is_exact)) {
    if (bound == kMost) return never(std::move(term));
    ++bound;
  }
  return compare_terms(std::move(term),
                       is_less ? Operator::kLessOrEqual : Operator::kGreaterOrEqual,
                       constant_term(bound));
}

// The first day, or the one after the last, of which `is_past` holds; it holds of all after it.
std::int64_t first_day(const std::function<bool(std::int64_t)>& is_past) {
  std::int64_t low = Date::min().days_since_epoch();
  std::int64_t high = std::int64_t{Date::max().days_since_epoch()} + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (is_past(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

RowTerm day_term(std::int64_t day) { return constant_term(Date::from_days(day)->to_string()); }

// A column against a day that may lie just outside those that a date can be.
Predicate compare_day(const RowTerm& column, Operator op, std::int64_t day) {
  const std::int64_t first = Date::min().days_since_epoch();
  const std::int64_t last = Date::max().days_since_epoch();
  if (op == Operator::kLessOrEqual && day < first) {
    return compare_terms(column, Operator::kLess, day_term(first));
  }
  if (op == Operator::kGreaterOrEqual && day > last) {
    return compare_terms(column, Operator::kGreater, day_term(last));
  }
  return compare_terms(column, op, day_term(std::clamp(day, first, last)));
}

}  // namespace

Operator mirrored(Operator op) {
  switch (op) {
    case Operator::kLess:
      return Operator::kGreater;
    case Operator::kLessOrEqual:
      return Operator::kGreaterOrEqual;
    case Operator::kGreater:
      return Operator::kLess;
    case Operator::kGreaterOrEqual:
      return Operator::kLessOrEqual;
    default:
      return op;
  }
}

RowTerm constant_term(std::int64_t value) { return {.constant = value}; }
RowTerm constant_term(std::string value) { return {.constant = std::move(value)}; }

Predicate compare_terms(RowTerm left, Operator op, RowTerm right) {
  return {.kind = Predicate::Kind::kCompare,
          .op = op,
          .left = std::move(left),
          .right = std::move(right)};
}

bool PushDown::is_constant(const Node& node) const {
  if (node.kind == NodeKind::kName && !node.flag) return false;
  return std::all_of(node.children.begin(), node.children.end(),
                     [this](const NodePtr& child) { return is_constant(*child); });
}

Side PushDown::side(const Node& node) {
  if (!is_constant(node)) return {&node, std::nullopt, false};
  return {&node, value_of(node), depends_on_day(node)};
}

const Value& PushDown::value_of(const Node& constant) {
  const auto [kept, is_new] = constants_.try_emplace(&constant);
  if (!is_new) return kept->second;
  if (!budget_.is_exhausted()) {
    CallContext context(environment_, budget_);
    kept->second = Compiler::of_tree(constant, text_, Scope(), {}).evaluate({}, context);
    // A value that rests on what could not be computed is not known either.
    if (const auto reason = reason_of(context.passed_over())) kept->second = Value::null(reason);
    if (budget_.is_exhausted()) report_exhausted(constant.span);
  }
  if (budget_.is_exhausted()) kept->second = budget_.exhausted_value();
  return kept->second;
}

const PushDown::Variable* PushDown::find_variable(std::string_view name) const {
  const auto found = std::find_if(variables_.rbegin(), variables_.rend(),
                                  [name](const Variable& each) { return each.name == name; });
  return found == variables_.rend() ? nullptr : &*found;
}

// The field of that name; of one that no filter may name it is told.
const RowField* PushDown::use(const Node& node) {
  if (node.kind != NodeKind::kName || find_variable(node.text) != nullptr) return nullptr;
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const RowField& each) { return each.name == node.text; });
  if (found == fields_.end()) return nullptr;
  pushed_.fields.insert(found->name);
  if (found->refusal == RowField::Refusal::kSealed) {
    report("FE-0056", node, {{"field", found->name}});
  } else if (found->refusal == RowField::Refusal::kNotFilterable) {
    report("FE-0057", node, {{"field", found->name}});
  } else if (found->refusal == RowField::Refusal::kUnknownWhenEmpty) {
    report("FE-0059", node, {{"field", found->name}});
  }
  return &*found;
}

const RowField* PushDown::list_field(const Node& node) {
  return node.type.kind() == Type::Kind::kList ? use(node) : nullptr;
}

std::optional<RowTerm> PushDown::column(const Node& node) {
  if (node.kind == NodeKind::kName) {
    if (const Variable* variable = find_variable(node.text)) {
      return RowTerm{
          .kind = RowTerm::Kind::kItem, .field = variable->field->name, .level = variable->level};
    }
    const RowField* field = use(node);
    if (field != nullptr && field->type.kind() == Type::Kind::kList) {
      return refuse(node, {"Dit veld heeft meer waarden: schrijf list contains(veld, waarde), "
                           "some x in veld satisfies ..., of count(veld) = 0.",
                           "This field has several values: write list contains(field, value), some "
                           "x in field satisfies ..., or count(field) = 0."});
    }
    if (field != nullptr) return RowTerm{.kind = RowTerm::Kind::kColumn, .field = field->name};
  }
  if (node.kind == NodeKind::kPath) {
    const RowField* field = use(*node.children[0]);
    const bool has_member = field != nullptr && field->type.kind() == Type::Kind::kContext &&
                            field->type.find_member(node.text) != nullptr;
    if (has_member) {
      return RowTerm{.kind = RowTerm::Kind::kColumn, .field = field->name, .member = node.text};
    }
  }
  return refuse(node);
}

std::optional<Type::Kind> PushDown::kind_of(const Node& at, const Side& side) {
  if (!side.constant) return side.node->type.kind();
  if (side.constant->is_null() && !side.is_of_day) {
    return report("FE-0054", side.node != nullptr ? *side.node : at);
  }
  return type_of(*side.constant).kind();
}

// What both are, and what is null today is whatever the other is.
std::optional<Type::Kind> PushDown::common_kind(const Node& at, const Side& left,
                                                const Side& right) {
  const auto left_kind = kind_of(at, left);
  const auto right_kind = kind_of(at, right);
  if (!left_kind || !right_kind) return std::nullopt;
  if (is_null_today(left)) return right_kind;
  if (is_null_today(right)) return left_kind;
  if (*left_kind == Type::Kind::kAny || *right_kind == Type::Kind::kAny) {
    return refuse(at, {"Van dit veld kan alleen worden gevraagd of het er is: veld = null.",
                       "Of this field one can only ask whether it is there: field = null."});
  }
  if (*left_kind != *right_kind) {
    return report("FE-0052", at, {{"left", type_text(left)}, {"right", type_text(right)}});
  }
  return left_kind;
}

PushDown::Condition PushDown::comparison(const Node& at, Operator op, Side left, Side right) {
  // Without a reason it is the null that somebody wrote.
  const auto is_written_null = [](const Side& side) {
    return side.constant && side.constant->is_null() && !side.constant->null_reason();
  };
  if (is_written_null(right)) return null_test(at, op, left, right);
  if (is_written_null(left)) return null_test(at, op, right, left);
  const auto kind = common_kind(at, left, right);
  if (!kind) return std::nullopt;
  if (left.constant && right.constant) return compare_constants(at, op, left, right);
  if (left.constant) {
    std::swap(left, right);
    op = mirrored(op);
  }
  switch (*kind) {
    case Type::Kind::kBoolean:
      return compare_booleans(at, op, left, right);
    case Type::Kind::kNumber:
      return compare_numbers(at, op, left, right);
    case Type::Kind::kString:
      return compare_texts(at, op, left, right);
    case Type::Kind::kDate:
      return compare_dates(at, op, left, right);
    default:
      return refuse(at);
  }
}

PushDown::Condition PushDown::null_test(const Node& at, Operator op, const Side& tested,
                                        const Side& null) {
  const bool is_equality = op == Operator::kEqual || op == Operator::kNotEqual;
  if (!is_equality && !null.is_of_day) return report("FE-0054", at);
  if (tested.constant) return compare_constants(at, op, tested, null);
  const Node& node = *tested.node;
  std::optional<RowTerm> term;
  const RowField* whole = node.type.kind() == Type::Kind::kContext ? use(node) : nullptr;
  if (whole != nullptr) {
    term = RowTerm{.kind = RowTerm::Kind::kColumn, .field = whole->name};
  } else {
    term = column(node);
  }
  if (!term) return std::nullopt;
  if (term->kind == RowTerm::Kind::kItem) return refuse(at);
  if (!is_equality) return counted_part(truth_of(std::nullopt));
  Predicate made{.kind = Predicate::Kind::kIsNull, .left = std::move(*term)};
  return counted_part(op == Operator::kEqual ? std::move(made) : negated(std::move(made)));
}

// The language says it: a database does not know of what type two constants are.
PushDown::Condition PushDown::compare_constants(const Node& at, Operator op, const Side& left,
                                                const Side& right) {
  const Value outcome = function_of(op)(*left.constant, *right.constant);
  if (outcome.is(Kind::kBoolean)) return counted_part(truth_of(outcome.as_boolean()));
  if (!is_null_today(left) && !is_null_today(right)) return refuse(at);
  return counted_part(truth_of(std::nullopt));
}

PushDown::Condition PushDown::never_known(const Node& at, const Side& tested, const Side& null) {
  if (!comparison(at, Operator::kEqual, tested, null)) return std::nullopt;
  return truth_of(std::nullopt);
}

PushDown::Condition PushDown::compare_booleans(const Node& at, Operator op, const Side& left,
                                               const Side& right) {
  if (op != Operator::kEqual && op != Operator::kNotEqual) return refuse(at);
  const auto term = [&](const Side& side) -> std::optional<RowTerm> {
    if (side.constant) return constant_term(std::int64_t{side.constant->as_boolean() ? 1 : 0});
    const bool is_column = side.node->kind == NodeKind::kName || side.node->kind == NodeKind::kPath;
    if (is_column) return column(*side.node);
    return refuse(*side.node, {"Schrijf de voorwaarde zelf, of not(voorwaarde).",
                               "Write the condition itself, or not(condition)."});
  };
  const auto a = term(left);
  if (!a) return std::nullopt;
  if (is_null_today(right)) return counted_part(truth_of(std::nullopt));
  const auto b = term(right);
  if (!b) return std::nullopt;
  return counted_part(compare_terms(*a, op, *b));
}

PushDown::Condition PushDown::compare_numbers(const Node& at, Operator op, const Side& left,
                                              const Side& right) {
  if (is_year(left)) return compare_years(at, op, *left.node->children[0], right);
  const auto a = number(*left.node);
  if (!a) return std::nullopt;
  if (right.constant) {
    if (a->is_null || is_null_today(right)) return counted_part(truth_of(std::nullopt));
    const Scaled with = scaled(right.constant->as_number(), a->scale);
    return counted_part(compare_constant(a->term, op, with));
  }
  const auto b = number(*right.node);
  if (!b) return std::nullopt;
  if (a->is_null || b->is_null) return counted_part(truth_of(std::nullopt));
  const int scale = std::max(a->scale, b->scale);
  const auto first = rescaled(at, *a, scale);
  const auto second = rescaled(at, *b, scale);
  if (!first || !second) return std::nullopt;
  return counted_part(compare_terms(first->term, op, second->term));
}

std::optional<RowTerm> PushDown::text(const Node& at, const Side& side) {
  if (!side.constant) {
    if (side.node->type.kind() != Type::Kind::kString) return refuse(*side.node);
    return column(*side.node);
  }
  if (!side.constant->is(Kind::kString)) return report("FE-0054", at);
  const std::string_view words = side.constant->as_string();
  // No text of a row has it, and PostgreSQL takes none that has.
  if (words.find('\0') != std::string_view::npos) return report("FE-0054", at);
  return constant_term(std::string(words));
}

PushDown::Condition PushDown::compare_texts(const Node& at, Operator op, const Side& left,
                                            const Side& right) {
  const auto a = text(at, left);
  if (!a) return std::nullopt;
  if (is_null_today(right)) return counted_part(truth_of(std::nullopt));
  const auto b = text(at, right);
  if (!b) return std::nullopt;
  return counted_part(compare_terms(*a, op, *b));
}

std::optional<MovedDate> PushDown::moved(const Node& node) {
  const bool is_sum = node.kind == NodeKind::kBinary &&
                      (node.op == Operator::kAdd || node.op == Operator::kSubtract);
  if (!is_sum) {
    const auto found = column(node);
    return found ? std::optional(MovedDate{.column = *found}) : std::nullopt;
  }
  const bool is_date_first = !is_constant(*node.children[0]);
  const Side by = side(*node.children[is_date_first ? 1 : 0]);
  const bool is_length = by.constant && (is_duration(*by.constant) || is_null_today(by));
  const bool fits = is_length && (is_date_first || node.op == Operator::kAdd);
  if (!fits) return refuse(node);
  auto made = moved(*node.children[is_date_first ? 0 : 1]);
  if (!made) return std::nullopt;
  made->is_null = made->is_null || is_null_today(by);
  made->by.emplace_back(node.op, *by.constant);
  return made;
}

PushDown::Condition PushDown::compare_dates(const Node& at, Operator op, const Side& left,
                                            const Side& right) {
  const auto a = moved(*left.node);
  if (!a) return std::nullopt;
  if (right.constant) {
    if (a->is_null || is_null_today(right)) return counted_part(truth_of(std::nullopt));
    return compare_days(at, op, a->column, [&](std::int64_t day) {
      Value value = Value::date(CivilDate{day});
      for (const auto& [sign, length] : a->by) {
        value = sign == Operator::kAdd ? add(value, length) : subtract(value, length);
      }
      return compare(value, *right.constant);
    });
  }
  const auto b = moved(*right.node);
  if (!b) return std::nullopt;
  if (!a->by.empty() || !b->by.empty()) {
    return refuse(at, {"Tel een duur alleen op bij een datum die u met een vaste dag vergelijkt.",
                       "Add a duration only to a date that you compare with a fixed day."});
  }
  return counted_part(compare_terms(a->column, op, b->column));
}

PushDown::Condition PushDown::compare_years(const Node& at, Operator op, const Node& date,
                                            const Side& right) {
  const auto found = column(date);
  if (!found) return std::nullopt;
  if (!right.constant) return refuse(at);
  if (is_null_today(right)) return counted_part(truth_of(std::nullopt));
  const Value wanted = *right.constant;
  return compare_days(at, op, *found, [&wanted](std::int64_t day) {
    return compare(Value::number(parts_of(CivilDate{day}).year), wanted);
  });
}

PushDown::Condition PushDown::compare_days(
    const Node& at, Operator op, const RowTerm& column,
    const std::function<std::optional<int>(std::int64_t)>& order_of) {
  if (!order_of(Date::min().days_since_epoch()) || !order_of(Date::max().days_since_epoch())) {
    return report("FE-0054", at);
  }
  const std::int64_t from = first_day([&](std::int64_t day) { return order_of(day) >= 0; });
  const std::int64_t after = first_day([&](std::int64_t day) { return order_of(day) > 0; });
  const auto at_most = [&](std::int64_t day) {
    return compare_day(column, Operator::kLessOrEqual, day);
  };
  const auto at_least = [&](std::int64_t day) {
    return compare_day(column, Operator::kGreaterOrEqual, day);
  };
  switch (op) {
    case Operator::kLess:
      return counted_part(at_most(from - 1));
    case Operator::kLessOrEqual:
      return counted_part(at_most(after - 1));
    case Operator::kGreater:
      return counted_part(at_least(after));
    case Operator::kGreaterOrEqual:
      return counted_part(at_least(from));
    default:
      break;
  }
  Predicate same = after - from == 1 ? compare_day(column, Operator::kEqual, from)
                                     : all_of({at_least(from), at_most(after - 1)});
  return counted_part(op == Operator::kEqual ? std::move(same) : negated(std::move(same)));
}

std::optional<Numeric> PushDown::number(const Node& node) {
  if (is_constant(node)) {
    const Side value = side(node);
    if (is_null_today(value)) {
      return Numeric{.term = constant_term(std::int64_t{0}), .is_null = true};
    }
    if (!value.constant->is(Kind::kNumber)) return report("FE-0054", node);
    for (int scale = 0; scale <= Number::kMaxSmallScale; ++scale) {
      const Scaled exact = scaled(value.constant->as_number(), scale);
      if (!exact.floor) break;
      if (!exact.is_exact) continue;
      return Numeric{constant_term(*exact.floor), scale, *exact.floor, *exact.floor, false};
    }
    return report("FE-0053", node);
  }
  if (node.type.kind() != Type::Kind::kNumber) return refuse(node);
  if (node.kind == NodeKind::kBinary || node.kind == NodeKind::kNegate) return arithmetic(node);
  if (node.kind == NodeKind::kCall) return counted(node);
  auto term = column(node);
  if (!term) return std::nullopt;
  const auto field = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const RowField& each) { return each.name == term->field; });
  return Numeric{std::move(*term), field->scale, field->min, field->max, false};
}

std::optional<Numeric> PushDown::arithmetic(const Node& node) {
  const Numeric minus_one{constant_term(std::int64_t{-1}), 0, -1, -1, false};
  auto a = number(*node.children[0]);
  if (!a) return std::nullopt;
  if (node.kind == NodeKind::kNegate) return product(node, *a, minus_one);
  auto b = number(*node.children[1]);
  if (!b) return std::nullopt;
  switch (node.op) {
    case Operator::kAdd:
      return sum(node, std::move(*a), std::move(*b));
    case Operator::kSubtract: {
      auto opposite = product(node, *b, minus_one);
      if (!opposite) return std::nullopt;
      return sum(node, std::move(*a), std::move(*opposite));
    }
    case Operator::kMultiply:
      return product(node, *a, *b);
    default:
      return refuse(node);
  }
}

// string length(text) and count(list).
std::optional<Numeric> PushDown::counted(const Node& node) {
  const Node& callee = *node.children[0];
  if (callee.kind != NodeKind::kName || !callee.flag || node.children.size() != 2) {
    return refuse(node);
  }
  const Node& of = *node.children[1];
  RowTerm made;
  if (callee.text == "count") {
    const RowField* list = list_field(of);
    if (list == nullptr) return refuse(node);
    made = {.kind = RowTerm::Kind::kCount, .field = list->name};
  } else if (callee.text == "string length" && of.type.kind() == Type::Kind::kString) {
    auto words = column(of);
    if (!words) return std::nullopt;
    made = {.kind = RowTerm::Kind::kLength};
    made.parts.push_back(std::move(*words));
  } else {
    return refuse(node);
  }
  return Numeric{std::move(made), 0, 0, kMostItems, false};
}

std::optional<Numeric> PushDown::rescaled(const Node& at, Numeric number, int scale) {
  if (number.scale == scale) return number;
  if (scale > Number::kMaxSmallScale) return report("FE-0053", at);
  const std::int64_t factor = small_power_of_ten(scale - number.scale);
  auto made = product(at, number, Numeric{constant_term(factor), 0, factor, factor, false});
  if (made) made->scale = scale;
  return made;
}

std::optional<Numeric> PushDown::sum(const Node& at, Numeric a, Numeric b) {
  const int scale = std::max(a.scale, b.scale);
  auto first = rescaled(at, std::move(a), scale);
  auto second = rescaled(at, std::move(b), scale);
  if (!first || !second) return std::nullopt;
  Numeric made{{}, scale, 0, 0, first->is_null || second->is_null};
  if (__builtin_add_overflow(first->min, second->min, &made.min) ||
      __builtin_add_overflow(first->max, second->max, &made.max)) {
    return report("FE-0053", at);
  }
  made.term.kind = RowTerm::Kind::kAdd;
  made.term.parts = {std::move(first->term), std::move(second->term)};
  return made;
}

std::optional<Numeric> PushDown::product(const Node& at, const Numeric& a, const Numeric& b) {
  Numeric made{{}, a.scale + b.scale, kMost, kLeast, a.is_null || b.is_null};
  if (made.scale > Number::kMaxSmallScale) return report("FE-0053", at);
  for (const std::int64_t x : {a.min, a.max}) {
    for (const std::int64_t y : {b.min, b.max}) {
      std::int64_t end = 0;
      if (__builtin_mul_overflow(x, y, &end)) return report("FE-0053", at);
      made.min = std::min(made.min, end);
      made.max = std::max(made.max, end);
    }
  }
  if (a.term.kind == RowTerm::Kind::kConstant && b.term.kind == RowTerm::Kind::kConstant) {
    made.term = constant_term(made.min);
    return made;
  }
  made.term.kind = RowTerm::Kind::kMultiply;
  made.term.parts = {a.term, b.term};
  return made;
}

}  // namespace zicht::feel::internal
