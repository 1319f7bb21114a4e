#include "feel/testing/random_expression.h"

#include <utility>

#include "feel/collections.h"

namespace zicht::feel::testing {
namespace {

const Type& row_type() {
  static const Type type = Type::context_of({{"fee", Type::number()},
                                             {"days-late", Type::number()},
                                             {"is open", Type::boolean()},
                                             {"label", Type::string()}});
  return type;
}

}  // namespace

Scope random_scope() {
  Scope scope;
  scope.add("income", Type::number());
  scope.add("Monthly fee", Type::number());
  scope.add("a-b", Type::number());
  scope.add("is adult", Type::boolean());
  scope.add("label", Type::string());
  scope.add("born", Type::date());
  scope.add("amounts", Type::list_of(Type::number()));
  scope.add("rows", Type::list_of(row_type()));
  scope.add("person", row_type());
  scope.add("anything", Type::any());
  scope.add("more rows", Type::any());
  return scope;
}

Value RandomExpressions::row() {
  ContextBuilder builder;
  builder.set("fee", Value::number(static_cast<std::int64_t>(below(9))));
  builder.set("days-late", one_in(6) ? Value::missing("days-late")
                                     : Value::number(static_cast<std::int64_t>(below(5)) - 2));
  builder.set("is open", Value::boolean(one_in(2)));
  builder.set("label", Value::string(one_in(2) ? "a" : "bé"));
  return builder.build();
}

std::map<std::string, Value> RandomExpressions::facts() {
  const auto count = [&] { return static_cast<std::int64_t>(below(12)) - 3; };
  std::vector<Value> amounts;
  std::vector<Value> rows;
  for (std::uint64_t i = below(5); i > 0; --i) amounts.push_back(Value::number(count()));
  for (std::uint64_t i = below(4); i > 0; --i) rows.push_back(row());
  std::map<std::string, Value> facts = {
      {"income", Value::number(count())},
      {"Monthly fee", Value::number(*Number::parse(one_in(2) ? "12.50" : "0.1"))},
      {"a-b", Value::number(count())},
      {"is adult", Value::boolean(one_in(2))},
      {"label", Value::string(one_in(3) ? "" : "abc")},
      {"born", Value::date(CivilDate{static_cast<std::int64_t>(below(20'000))})},
      {"amounts", Value::list(std::move(amounts))},
      {"rows", Value::list(rows)},
      {"person", row()},
      {"anything", one_in(3) ? row() : Value::number(count())},
      {"more rows", Value::list(std::move(rows))}};
  for (auto fact = facts.begin(); fact != facts.end();) {
    if (!one_in(8)) {
      ++fact;
    } else if (one_in(2)) {
      fact->second = Value();
      ++fact;
    } else {
      fact = facts.erase(fact);
    }
  }
  return facts;
}

std::string RandomExpressions::next() {
  numbers_in_scope_.clear();
  names_ = 0;
  return of(static_cast<Want>(below(8)), 2 + static_cast<int>(below(4)));
}

std::string RandomExpressions::next_tests() {
  numbers_in_scope_.clear();
  names_ = 0;
  if (one_in(12)) return "-";
  std::string tests;
  for (std::uint64_t i = 1 + below(3); i > 0; --i) {
    const std::string one = number(1);
    std::string test;
    switch (below(7)) {
      case 0:
        test = "< " + one;
        break;
      case 1:
        test = ">= " + one;
        break;
      case 2:
        test = "[" + one + ".." + number(1) + ")";
        break;
      case 3:
        test = "? > " + one + " and ? != " + number(1);
        break;
      case 4:
        test = numbers(1);
        break;
      case 5:
        test = boolean(1);
        break;
      default:
        test = one;
    }
    tests += (tests.empty() ? "" : ", ") + test;
  }
  return one_in(4) ? "not(" + tests + ")" : tests;
}

std::string RandomExpressions::of(Want want, int depth) {
  if (one_in(25)) want = static_cast<Want>(below(8));
  if (depth <= 0) return leaf(want);
  switch (want) {
    case Want::kNumber:
      return number(depth);
    case Want::kBoolean:
      return boolean(depth);
    case Want::kString:
      return string(depth);
    case Want::kDate:
      return date(depth);
    case Want::kNumbers:
      return numbers(depth);
    case Want::kRows:
      return rows(depth);
    case Want::kContext:
      return context(depth);
    case Want::kAnything:
      return one_in(3) ? "anything" : of(static_cast<Want>(below(7)), depth - 1);
  }
  return "null";
}

std::string RandomExpressions::leaf(Want want) {
  switch (want) {
    case Want::kNumber: {
      if (!numbers_in_scope_.empty() && one_in(2)) {
        return numbers_in_scope_[below(numbers_in_scope_.size())];
      }
      constexpr const char* kLeaves[] = {"0", "1", "2.5", "income", "Monthly fee", "a-b", "7"};
      return kLeaves[below(7)];
    }
    case Want::kBoolean:
      return one_in(2) ? "is adult" : one_in(2) ? "true" : "false";
    case Want::kString:
      return one_in(2) ? "label" : "\"x\\u00e9\"";
    case Want::kDate:
      return one_in(2) ? "born" : "@\"2020-02-29\"";
    case Want::kNumbers:
      return one_in(2) ? "amounts" : "[3, 1, 2]";
    case Want::kRows:
      return one_in(2) ? "rows" : "more rows";
    case Want::kContext:
      return "person";
    case Want::kAnything:
      return one_in(4) ? "null" : "anything";
  }
  return "null";
}

std::string RandomExpressions::number(int depth) {
  if (depth <= 0) return leaf(Want::kNumber);
  const auto one = [&] { return of(Want::kNumber, depth - 1); };
  constexpr const char* kSigns[] = {" + ", " - ", " * ", " / ", " ** ", "-"};
  switch (below(12)) {
    case 0:
      return leaf(Want::kNumber);
    case 1:
      return "-" + std::string("(") + one() + ")";
    case 2:
      return "if " + of(Want::kBoolean, depth - 1) + " then " + one() + " else (" + one() + ")";
    case 3:
      return of(Want::kRows, depth - 1) + "[" + number(0) + "].days-late";
    case 4:
      return "(" + of(Want::kNumbers, depth - 1) + ")[" + one() + "]";
    case 5:
      return "{q 1: " + one() + ", r-2: q 1 + " + one() + "}.r-2";
    case 6:
      return "(function(p) p + " + one() + ")(" + one() + ")";
    case 7:
      return "abs(n: " + one() + ")";
    case 8:
      return "count(" + of(Want::kNumbers, depth - 1) + ")";
    case 9:
      return of(Want::kContext, depth - 1) + ".fee";
    default:
      return "(" + one() + kSigns[below(6)] + "(" + one() + "))";
  }
}

std::string RandomExpressions::boolean(int depth) {
  if (depth <= 0) return leaf(Want::kBoolean);
  const auto one = [&] { return of(Want::kNumber, depth - 1); };
  constexpr const char* kSigns[] = {" < ", " <= ", " > ", " >= ", " = ", " != "};
  switch (below(11)) {
    case 0:
      return leaf(Want::kBoolean);
    case 1:
      return "(" + of(Want::kBoolean, depth - 1) + " and " + of(Want::kBoolean, depth - 1) + ")";
    case 2:
      return "(" + of(Want::kBoolean, depth - 1) + " or " + of(Want::kBoolean, depth - 1) + ")";
    case 3:
      return "not(" + of(Want::kBoolean, depth - 1) + ")";
    case 4:
      return "((" + one() + ") between (" + one() + ") and (" + one() + "))";
    case 5:
      return "((" + one() + ") in (" + one() + ", > " + number(0) + ", [" + one() + ".." + one() +
             "[))";
    case 6: {
      const std::string name = "v" + std::to_string(++names_);
      const std::string over = of(Want::kNumbers, depth - 1);
      numbers_in_scope_.push_back(name);
      const std::string condition = of(Want::kBoolean, depth - 1);
      numbers_in_scope_.pop_back();
      return std::string(one_in(2) ? "(some " : "(every ") + name + " in " + over + " satisfies " +
             condition + ")";
    }
    case 7:
      return "(" + of(static_cast<Want>(below(8)), depth - 1) + " instance of " +
             (one_in(2) ? "number)" : "list<number>)");
    case 8:
      return "(" + of(Want::kString, depth - 1) + " = " + of(Want::kString, depth - 1) + ")";
    case 9:
      return "(" + of(Want::kDate, depth - 1) + " < " + of(Want::kDate, depth - 1) + ")";
    default:
      return "((" + one() + ")" + kSigns[below(6)] + "(" + one() + "))";
  }
}

std::string RandomExpressions::string(int depth) {
  if (depth <= 0) return leaf(Want::kString);
  switch (below(4)) {
    case 0:
      return leaf(Want::kString);
    case 1:
      return "string(" + of(Want::kNumber, depth - 1) + ")";
    case 2:
      return of(Want::kContext, depth - 1) + ".label";
    default:
      return "(" + of(Want::kString, depth - 1) + " + " + of(Want::kString, depth - 1) + ")";
  }
}

std::string RandomExpressions::date(int depth) {
  if (depth <= 0) return leaf(Want::kDate);
  switch (below(3)) {
    case 0:
      return leaf(Want::kDate);
    case 1:
      return "(" + of(Want::kDate, depth - 1) + " + @\"P" + std::to_string(below(40)) + "D\")";
    default:
      return "(" + of(Want::kDate, depth - 1) + " - @\"P" + std::to_string(below(14)) + "M\")";
  }
}

std::string RandomExpressions::condition_on_item(int depth) {
  const std::string one = of(Want::kNumber, depth - 1);
  constexpr const char* kMembers[] = {"fee", "days-late", "item.fee", "income"};
  const std::string member = kMembers[below(4)];
  return one_in(3) ? "is open and " + member + " < " + one : member + " >= " + one;
}

std::string RandomExpressions::numbers(int depth) {
  if (depth <= 0) return leaf(Want::kNumbers);
  const auto one = [&] { return of(Want::kNumber, depth - 1); };
  switch (below(6)) {
    case 0:
      return leaf(Want::kNumbers);
    case 1: {
      const std::string name = "v" + std::to_string(++names_);
      const std::string over = one_in(2) ? of(Want::kNumbers, depth - 1)
                                         : leaf(Want::kNumber) + " .. " + leaf(Want::kNumber);
      numbers_in_scope_.push_back(name);
      const std::string body = one();
      numbers_in_scope_.pop_back();
      const std::string partial = one_in(4) ? " + count(partial)" : "";
      return "(for " + name + " in " + over + " return " + body + partial + ")";
    }
    case 2:
      return "(" + of(Want::kNumbers, depth - 1) + ")[item > " + one() + "]";
    case 3:
      return of(Want::kRows, depth - 1) + ".fee";
    case 4:
      return "sort(" + of(Want::kNumbers, depth - 1) + ", function(p, q) p < q)";
    default:
      return "[" + one() + ", " + one() + "]";
  }
}

std::string RandomExpressions::rows(int depth) {
  if (depth <= 0 || one_in(3)) return leaf(Want::kRows);
  return of(Want::kRows, depth - 1) + "[" + condition_on_item(depth) + "]";
}

std::string RandomExpressions::context(int depth) {
  if (depth <= 0 || one_in(3)) return leaf(Want::kContext);
  return "{fee: " + of(Want::kNumber, depth - 1) + ", label: " + of(Want::kString, depth - 1) +
         ", is open: fee > " + of(Want::kNumber, depth - 1) + "}";
}

}  // namespace zicht::feel::testing
