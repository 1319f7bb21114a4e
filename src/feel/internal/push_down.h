// From a syntax tree to a predicate over columns (predicate.h). Conditions are in push_down.cc,
// what they compare in push_down_values.cc.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/predicate.h"
#include "feel/scope.h"

namespace zicht::feel::internal {

// What is compared: a part of the text, or a value that is the same for all rows.
struct Side {
  const Node* node = nullptr;  // null: an item of a constant
  std::optional<Value> constant{};
  bool is_of_day = false;  // the constant asks for today(): on another day it may be another
};

// A constant that there is not on this day, and may be on others.
inline bool is_null_today(const Side& side) {
  return side.constant && side.constant->is_null() && side.is_of_day;
}

// A number of one row, times 10^scale, which lies within these bounds.
struct Numeric {
  RowTerm term{};
  int scale = 0;
  std::int64_t min = 0;
  std::int64_t max = 0;
  bool is_null = false;  // today, of every row
};

// A date column and what is added to it, in this order.
struct MovedDate {
  RowTerm column{};
  std::vector<std::pair<Operator, Value>> by{};
  bool is_null = false;  // as of Numeric
};

// Each member gives nothing where it reported why.
class PushDown {
 public:
  PushDown(std::string_view text, const std::vector<RowField>& fields,
           const Environment& environment);

  Pushed run();

 private:
  using Condition = std::optional<Predicate>;

  // The variable of a some or every.
  struct Variable {
    std::string name;
    const RowField* field;
    std::size_t level;
  };

  Condition condition(const Node& node);
  Condition truth(const Node& node);
  Condition binary(const Node& node);
  bool gather(const Node& node, Operator op, std::vector<Predicate>& parts);
  Condition in(const Node& node);
  bool add_test(const Node& node, const Side& tested, const Node& test,
                std::vector<Side>& values, std::vector<Predicate>& parts);
  Condition in_range(const Node& node, const Side& tested, const Side& test);
  Condition one_of(const Node& node, const Side& tested, const std::vector<Side>& values);
  Condition loop(const Node& node, std::size_t iterator, bool is_every);
  Condition some_item_equals(const Node& node, const RowField& field, const Side& wanted);
  Condition call(const Node& node);
  Condition in_constant_list(const Node& node, const Side& list, const Side& wanted);
  Condition contains(const Node& node, bool at_start);

  Condition comparison(const Node& at, Operator op, Side left, Side right);
  std::optional<Type::Kind> common_kind(const Node& at, const Side& left, const Side& right);
  Condition null_test(const Node& at, Operator op, const Side& tested, const Side& null);
  Condition compare_constants(const Node& at, Operator op, const Side& left, const Side& right);
  // Unknown of every row, where what is tested may be named at all.
  Condition never_known(const Node& at, const Side& tested, const Side& null);
  Condition compare_booleans(const Node& at, Operator op, const Side& left, const Side& right);
  Condition compare_numbers(const Node& at, Operator op, const Side& left, const Side& right);
  Condition compare_texts(const Node& at, Operator op, const Side& left, const Side& right);
  Condition compare_dates(const Node& at, Operator op, const Side& left, const Side& right);
  Condition compare_years(const Node& at, Operator op, const Node& date, const Side& right);
  // `order_of` a day: how what is computed of it compares with the constant. It never falls.
  Condition compare_days(const Node& at, Operator op, const RowTerm& column,
                         const std::function<std::optional<int>(std::int64_t)>& order_of);

  [[nodiscard]] bool is_constant(const Node& node) const;
  Side side(const Node& node);
  // Computed once, however often it is asked, and told once where that costs too much.
  const Value& value_of(const Node& constant);
  std::optional<Type::Kind> kind_of(const Node& at, const Side& side);
  const RowField* list_field(const Node& node);
  std::optional<RowTerm> column(const Node& node);
  std::optional<RowTerm> text(const Node& at, const Side& side);
  std::optional<Numeric> number(const Node& node);
  std::optional<Numeric> arithmetic(const Node& node);
  std::optional<Numeric> counted(const Node& node);
  std::optional<Numeric> rescaled(const Node& at, Numeric number, int scale);
  std::optional<Numeric> sum(const Node& at, Numeric a, Numeric b);
  std::optional<Numeric> product(const Node& at, const Numeric& a, const Numeric& b);
  std::optional<MovedDate> moved(const Node& node);

  [[nodiscard]] const Variable* find_variable(std::string_view name) const;
  const RowField* use(const Node& node);
  Condition counted_part(Predicate predicate);
  void report_exhausted(Span span);
  std::nullopt_t report(std::string_view id, const Node& at, Arguments arguments = {});
  std::nullopt_t refuse(const Node& node);
  std::nullopt_t refuse(const Node& node, LocalizedText instead);
  [[nodiscard]] std::string part(const Node& node) const;

  const std::string_view text_;
  const std::vector<RowField>& fields_;
  const Environment& environment_;
  std::vector<Variable> variables_;
  Budget budget_;  // of all constants and loops together
  std::map<const Node*, Value> constants_;
  std::size_t parts_ = 0;
  Pushed pushed_;
};

// The operator for the sides the other way round: `<` for `>`.
Operator mirrored(Operator op);
Predicate truth_of(std::optional<bool> truth);
Predicate compare_terms(RowTerm left, Operator op, RowTerm right);
RowTerm constant_term(std::int64_t value);
RowTerm constant_term(std::string value);
Predicate all_of(std::vector<Predicate> parts);
Predicate any_of(std::vector<Predicate> parts);
Predicate negated(Predicate predicate);

}  // namespace zicht::feel::internal
