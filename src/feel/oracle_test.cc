// The compiler against a naive evaluator of the syntax tree (testing/naive.h). Method: seeded
// random expressions over random facts, some of them missing; both must give the same value, for a
// null the same causes, and pass over the same facts and errors. ZICHT_FEEL_ORACLE=n compares n
// instead of 20,000.
#include <doctest/doctest.h>

#include <cstdlib>
#include <set>
#include <string>

#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/operators.h"
#include "feel/parser.h"
#include "feel/testing/naive.h"
#include "feel/testing/random_expression.h"

namespace zicht::feel {
namespace {

std::uint64_t how_many() {
  const char* wanted = std::getenv("ZICHT_FEEL_ORACLE");  // tidy-allow: length of one test run
  return wanted == nullptr ? 20'000 : std::strtoull(wanted, nullptr, 10);
}

// What a null says, whatever the order.
std::set<std::string> causes_of(const Value& value) {
  std::set<std::string> causes;
  const auto reason = value.null_reason();
  if (!reason) return causes;
  if (reason->is_cut()) return {"many"};
  for (const NullCause& cause : reason->causes()) causes.insert(cause.id + cause.fact);
  return causes;
}

// What was passed over: the missing facts, and the ids of errors. Of one null at most kMaxCauses
// causes are kept, and the oracle knows no places: where there are so many, errors may differ.
struct PassedOver {
  std::set<std::string> facts;
  std::set<std::string> errors;
  bool is_cut = false;
};

PassedOver passed_over(CallContext& context) {
  PassedOver passed;
  const auto causes = context.take_passed_over();
  passed.is_cut = causes.size() >= NullReason::kMaxCauses;
  for (const NullCause& cause : causes) {
    const bool is_error = cause.kind == NullCause::Kind::kError;
    (is_error ? passed.errors : passed.facts).insert(is_error ? cause.id : cause.fact);
  }
  return passed;
}

std::string told(const PassedOver& passed) {
  std::string text = passed.is_cut ? "(cut)" : "";
  for (const std::string& fact : passed.facts) text += " " + fact;
  for (const std::string& error : passed.errors) text += " " + error;
  return text;
}

bool agree(const PassedOver& fast, const PassedOver& naive) {
  return fast.facts == naive.facts && (fast.is_cut || naive.is_cut || fast.errors == naive.errors);
}

bool agree(const Value& fast, const Value& naive) {
  if (fast.is_null() || naive.is_null()) {
    const auto left = causes_of(fast);
    const auto right = causes_of(naive);
    const bool cut = left.contains("many") || right.contains("many");
    return fast.is_null() && naive.is_null() && (cut || left == right);
  }
  return fast.kind() == naive.kind() &&
         (is_same(fast, naive) || literal_of(fast) == literal_of(naive));
}

std::vector<Value> slots_of(const Scope& scope, const testing::Facts& facts) {
  std::vector<Value> slots;
  for (const auto& variable : scope.variables()) {
    const auto fact = facts.find(variable.name);
    slots.push_back(fact == facts.end() ? Value() : fact->second);
  }
  return slots;
}

TEST_CASE("compiler: gives what the naive evaluator gives, on random expressions") {
  const Environment environment{.zones = &system_time_zones()};
  const Scope scope = testing::random_scope();
  testing::RandomExpressions random(20'251'127);
  std::uint64_t not_null = 0;
  std::uint64_t refused = 0;
  std::uint64_t over_errors = 0;
  const std::uint64_t count = how_many();
  for (std::uint64_t i = 0; i < count; ++i) {
    const bool as_tests = i % 5 == 4;
    const std::string text = as_tests ? random.next_tests() : random.next();
    const testing::Facts facts = random.facts();
    const auto slots = slots_of(scope, facts);
    const Value input = Value::number(static_cast<std::int64_t>(i % 7));
    CAPTURE(text);
    Budget budget;
    CallContext context(environment, budget);
    // A path on what turned out to have no such members is refused.
    const Parsed parsed =
        as_tests ? parse_unary_tests(text, scope, Type::number()) : parse_expression(text, scope);
    REQUIRE(parsed.root != nullptr);
    if (has_errors(parsed.findings)) {
      ++refused;
      continue;
    }
    Value fast;
    Value naive;
    PassedOver passed;
    if (as_tests) {
      fast = compile_unary_tests(text, scope, Type::number())->test(input, slots, context);
      passed = passed_over(context);
      naive = testing::test_naively(*parsed.root, input, facts, context);
    } else {
      fast = compile(text, scope)->evaluate(slots, context);
      passed = passed_over(context);
      naive = testing::evaluate_naively(*parsed.root, facts, context);
    }
    REQUIRE_FALSE(budget.is_exhausted());
    if (!agree(fast, naive)) {
      CAPTURE(literal_of(fast));
      CAPTURE(literal_of(naive));
      FAIL_CHECK("the compiler and the oracle differ");
    }
    if (const PassedOver naively = passed_over(context); !agree(passed, naively)) {
      FAIL_CHECK("passed over: " << told(passed) << ", by the oracle: " << told(naively));
    }
    not_null += fast.is_null() ? 0 : 1;
    over_errors += passed.errors.empty() ? 0 : 1;
  }
  // A comparison of nulls alone would say little.
  CHECK(not_null * 2 > count);
  CHECK(refused * 50 < count);
  CHECK(over_errors > 0);
}

}  // namespace
}  // namespace zicht::feel
