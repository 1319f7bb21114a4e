// Unary tests. Method: tables of tests, tested value and outcome.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/operators.h"

namespace zicht::feel {
namespace {

struct Case {
  std::string_view tests;
  Value input;
  std::string_view outcome;
};

void check(const std::vector<Case>& cases) {
  Scope scope;
  scope.add("limit", Type::number());
  scope.add("income", Type::number());
  const std::vector<Value> facts = {Value::number(5), Value()};
  const Environment environment{.zones = &system_time_zones()};
  for (const Case& each : cases) {
    CAPTURE(each.tests);
    CAPTURE(literal_of(each.input));
    const auto compiled = compile_unary_tests(each.tests, scope, Type::any());
    REQUIRE(compiled.has_value());
    Budget budget;
    CallContext context(environment, budget);
    CHECK(literal_of(compiled->test(each.input, facts, context)) == each.outcome);
  }
}

TEST_CASE("unary tests: end points, ranges, values and lists") {
  check({{"< 5", Value::number(4), "true"},
         {"< limit", Value::number(5), "false"},
         {">= 5, < 2", Value::number(1), "true"},
         {"[1..5)", Value::number(5), "false"},
         {"5", Value::number(5), "true"},
         {"-5", Value::number(-5), "true"},
         {"\"a\", \"b\"", Value::string("b"), "true"},
         {"\"a\", \"b\"", Value::string("c"), "false"},
         {"[1, 2]", Value::number(2), "true"},
         {"true", Value::boolean(true), "true"},
         {"false", Value::boolean(false), "true"},
         {"true", Value::boolean(false), "false"},
         {"!= 3", Value::number(3), "false"},
         {"@\"2025-01-01\"", Value::date(CivilDate{20089}), "true"}});
}

TEST_CASE("unary tests: null passes what asks for null, and nothing else surely") {
  check({{"-", Value(), "true"},
         {"null", Value(), "true"},
         {"null", Value::number(1), "false"},
         {"< 5", Value::missing("x"), "null"},
         {"5", Value::missing("x"), "null"},
         {"not(null)", Value(), "false"},
         {"not(null)", Value::number(1), "true"},
         {"< income", Value::number(1), "null"},
         {"< income, 1", Value::number(1), "true"},
         {"true", Value(), "false"}});
}

TEST_CASE("unary tests: not turns the outcome round") {
  check({{"not(1, 2)", Value::number(2), "false"},
         {"not(1, 2)", Value::number(3), "true"},
         {"not(< 5)", Value::number(4), "false"},
         {"not(< 5)", Value::missing("x"), "null"}});
}

TEST_CASE("unary tests: an expression with ? is the outcome itself") {
  check({{"? > 3 and ? < limit", Value::number(4), "true"},
         {"? > 3 and ? < limit", Value::number(5), "false"},
         {"? > income", Value::number(5), "null"},
         {"string length(?) = 2", Value::string("ab"), "true"},
         {"limit > 3", Value::string("whatever"), "true"},
         {"limit > 7", Value::string("whatever"), "false"},
         {"limit > 3", Value::boolean(false), "false"},
         {"limit + 1", Value::number(6), "true"},
         {"some i in [1, ?] satisfies i > 4", Value::number(5), "true"}});
}

TEST_CASE("unary tests: those of constants can be indexed, and say with what") {
  struct Index {
    std::string_view tests;
    bool indexable;
    bool negated;
    std::string_view constants;
  };
  const std::vector<Index> cases = {{"1, \"a\", [1..5)", true, false, "[1, \"a\", [1..5)]"},
                                    {"not(1)", true, true, "[1]"},
                                    {"< 5", true, false, "[(< 5)]"},
                                    {"< limit", false, false, "[]"},
                                    {"-", false, false, "[]"},
                                    {"null", false, false, "[]"},
                                    {"1 < 2", false, false, "[]"},
                                    {"true", true, false, "[true]"}};
  Scope scope;
  scope.add("limit", Type::number());
  for (const Index& each : cases) {
    CAPTURE(each.tests);
    const auto compiled = compile_unary_tests(each.tests, scope, Type::any());
    REQUIRE(compiled.has_value());
    CHECK(compiled->is_indexable() == each.indexable);
    CHECK(compiled->is_negated() == each.negated);
    CHECK(compiled->is_any() == (each.tests == "-"));
    const auto constants = compiled->constants();
    CHECK(literal_of(Value::list({constants.begin(), constants.end()})) == each.constants);
  }
}

TEST_CASE("unary tests: an explanation tells which test decided") {
  Scope scope;
  scope.add("limit", Type::number());
  const auto compiled = compile_unary_tests("> limit + 1, 3", scope, Type::number());
  REQUIRE(compiled.has_value());
  const Environment environment{.zones = &system_time_zones()};
  Budget budget;
  CallContext context(environment, budget);
  const Explanation why = compiled->explain(Value::number(2), {}, context);
  CHECK(why.value.is_null());
  REQUIRE(why.causes.size() == 1);
  CHECK(why.causes[0].fact == "limit");
  CHECK(why.root.steps.at(0).steps.at(0).kind == NodeKind::kName);
  CHECK(compiled->warnings().empty());
  CHECK(compiled->used_slots().size() == 1);
  CHECK(compiled->text() == "> limit + 1, 3");
}

}  // namespace
}  // namespace zicht::feel
