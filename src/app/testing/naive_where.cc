#include "app/testing/naive_where.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "model/query.h"

namespace zicht::app::testing {
namespace {

using feel::Operator;
using feel::Predicate;
using feel::RowTerm;
using model::FieldType;

using Held = std::variant<std::monostate, std::int64_t, std::string>;

Held held_of(const model::Field& field, const Json& value) {
  if (value.is_bool()) return std::int64_t{value.as_bool() ? 1 : 0};
  if (value.is_int64()) return value.as_int64();
  const std::string text(value.as_string());
  const bool is_money = field.type == FieldType::kMoney;
  if (!is_money && field.type != FieldType::kDecimal) return text;
  return *Decimal::parse(text)->to_scaled(is_money ? 2 : field.scale);
}

class Row {
 public:
  Row(const model::Form& form, const model::Record& record) : form_(form), record_(record) {}

  std::optional<bool> holds(const Predicate& where) {
    switch (where.kind) {
      case Predicate::Kind::kTruth: return where.truth;
      case Predicate::Kind::kAnd: return joined(where.parts, false);
      case Predicate::Kind::kOr: return joined(where.parts, true);
      case Predicate::Kind::kNot: {
        const auto inner = holds(where.parts[0]);
        return inner ? std::optional(!*inner) : inner;
      }
      case Predicate::Kind::kIsNull:
        return std::holds_alternative<std::monostate>(term(where.left));
      case Predicate::Kind::kCompare: return compare(where.op, term(where.left), term(where.right));
      case Predicate::Kind::kOneOf: {
        std::vector<Predicate> tests;
        for (const RowTerm& each : where.constants) {
          tests.push_back({.kind = Predicate::Kind::kCompare, .left = where.left, .right = each});
        }
        return joined(tests, true);
      }
      case Predicate::Kind::kContains: {
        const Held text = term(where.left);
        if (std::holds_alternative<std::monostate>(text)) return std::nullopt;
        const auto& part = std::get<std::string>(where.right.constant);
        return std::get<std::string>(text).find(part) != std::string::npos;
      }
      case Predicate::Kind::kSome: return some(where);
    }
    return std::nullopt;
  }

 private:
  // `or` where `winner`, else `and`.
  std::optional<bool> joined(const std::vector<Predicate>& parts, bool winner) {
    bool is_known = true;
    for (const Predicate& part : parts) {
      const auto each = holds(part);
      if (each == winner) return winner;
      is_known = is_known && each;
    }
    return is_known ? std::optional(!winner) : std::nullopt;
  }

  static std::optional<bool> compare(Operator op, const Held& a, const Held& b) {
    if (a.index() == 0 || b.index() == 0) return std::nullopt;
    switch (op) {
      case Operator::kEqual: return a == b;
      case Operator::kNotEqual: return a != b;
      case Operator::kLess: return a < b;
      case Operator::kLessOrEqual: return a <= b;
      case Operator::kGreater: return a > b;
      default: return a >= b;
    }
  }

  const Json* find(const std::string& field) const {
    return record_.fields.as_object().if_contains(field);
  }

  Held column(const RowTerm& term) const {
    const model::Field* field = form_.find_field(term.field);
    if (field == nullptr) {
      const std::string text = *engine_column(term.field, record_);
      return text.empty() && term.field != model::kColumnOrganisation ? Held() : Held(text);
    }
    const Json* value = find(term.field);
    if (value == nullptr) return {};
    if (field->type != FieldType::kUncertainDate) return held_of(*field, *value);
    const Json* part = value->as_object().if_contains(term.member.empty() ? "first" : term.member);
    return part == nullptr ? Held() : Held(std::string(part->as_string()));
  }

  Held term(const RowTerm& term) const {
    const auto number = [&](std::size_t part) { return this->term(term.parts[part]); };
    switch (term.kind) {
      case RowTerm::Kind::kColumn: return column(term);
      case RowTerm::Kind::kItem: return items_[term.level];
      case RowTerm::Kind::kCount: {
        const Json* list = find(term.field);
        return static_cast<std::int64_t>(list == nullptr ? 0 : list->as_array().size());
      }
      case RowTerm::Kind::kConstant:
        return std::visit([](const auto& value) { return Held(value); }, term.constant);
      case RowTerm::Kind::kLength: {
        const Held text = number(0);
        if (text.index() == 0) return {};
        return static_cast<std::int64_t>(code_point_length(std::get<std::string>(text)));
      }
      case RowTerm::Kind::kAdd:
      case RowTerm::Kind::kMultiply: break;
    }
    const Held a = number(0);
    const Held b = number(1);
    if (a.index() == 0 || b.index() == 0) return {};
    const auto x = std::get<std::int64_t>(a), y = std::get<std::int64_t>(b);
    return term.kind == RowTerm::Kind::kAdd ? x + y : x * y;
  }

  std::optional<bool> some(const Predicate& where) {
    const Json* list = find(where.field);
    if (list == nullptr) return false;
    bool is_known = true;
    for (const Json& item : list->as_array()) {
      items_.push_back(held_of(*form_.find_field(where.field), item));
      const auto each = holds(where.parts[0]);
      items_.pop_back();
      if (each == true) return true;
      is_known = is_known && each;
    }
    return is_known ? std::optional(false) : std::nullopt;
  }

  const model::Form& form_;
  const model::Record& record_;
  std::vector<Held> items_;
};

}  // namespace

std::optional<bool> where_holds(const Predicate& where, const model::Form& form,
                                const model::Record& record) {
  return Row(form, record).holds(where);
}

std::optional<std::string> engine_column(std::string_view name, const model::Record& record) {
  if (name == model::kColumnState) return record.state;
  if (name == model::kColumnOrganisation) return record.organisation;
  if (name == model::kColumnChanged) return record.recorded_at.to_string();
  if (name != model::kColumnTurn) return {};
  for (const model::Task& task : record.tasks) {
    if (task.key.starts_with("state:")) return task.role;
  }
  return "";
}

}  // namespace zicht::app::testing
