// Explanations and outcomes. Method: whole explanations as lines of text, and what a judgement
// makes of each kind of value.
#include "feel/explanation.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/outcome.h"

namespace zicht::feel {
namespace {

struct Explained {
  Explanation explanation;
  std::string lines;
};

Explained explained(std::string_view text, ExplanationLevel level) {
  Scope scope;
  scope.add("income", Type::number());
  scope.add("partner", Type::any());
  scope.add("age", Type::number());
  const std::vector<Value> facts = {Value::number(2600), Value(), Value::number(40)};
  const auto compiled = compile(text, scope);
  REQUIRE(compiled.has_value());
  const Environment environment{.zones = &system_time_zones()};
  Budget budget;
  CallContext context(environment, budget);
  Explained made;
  made.explanation = compiled->explain(facts, context, level);
  made.lines = to_lines(made.explanation, text);
  Budget again;
  CallContext plain(environment, again);
  CHECK(literal_of(compiled->evaluate(facts, plain)) == literal_of(made.explanation.value));
  return made;
}

TEST_CASE("explanation: full tells every part that was evaluated, with its value") {
  CHECK(explained("income * 12 > 30000 and age < 67", ExplanationLevel::kFull).lines ==
        "income * 12 > 30000 and age < 67 = true\n"
        "  income * 12 > 30000 = true\n"
        "    income * 12 = 31200\n"
        "      income = 2600\n"
        "  age < 67 = true\n"
        "    age = 40\n");
}

TEST_CASE("explanation: a branch that was not needed is no step") {
  CHECK(explained("if age > 67 then income else age + 1", ExplanationLevel::kFull).lines ==
        "if age > 67 then income else age + 1 = 41\n"
        "  age > 67 = false\n"
        "    age = 40\n"
        "  age + 1 = 41\n"
        "    age = 40\n");
}

TEST_CASE("explanation: brief tells facts and outcomes of functions alone") {
  CHECK(explained("abs(income - 3000) > 100", ExplanationLevel::kBrief).lines ==
        "abs(income - 3000) > 100 = true\n"
        "  abs(income - 3000) = 400\n"
        "    income = 2600\n");
  CHECK(explained("income > 1", ExplanationLevel::kOff).lines == "income > 1 = true\n");
}

TEST_CASE("explanation: looks into functions and loops") {
  const std::string text = "(for i in 1..2 return (function(a) a * 10)(i))[2]";
  const Explained why = explained(text, ExplanationLevel::kFull);
  CHECK(why.lines.find("a * 10 = 10\n") != std::string::npos);
  CHECK(why.lines.find("a * 10 = 20\n") != std::string::npos);
}

TEST_CASE("explanation: a null tells what is missing and what failed") {
  const Explained missing = explained("partner + income", ExplanationLevel::kOff);
  REQUIRE(missing.explanation.causes.size() == 1);
  CHECK(missing.explanation.causes[0].kind == NullCause::Kind::kMissingFact);
  CHECK(missing.explanation.causes[0].fact == "partner");
  CHECK(missing.explanation.causes[0].span.end == 7);
  const Explained failed = explained("income / 0", ExplanationLevel::kFull);
  REQUIRE(failed.explanation.causes.size() == 1);
  CHECK(failed.explanation.causes[0].id == "FE-0112");
}

TEST_CASE("explanation: keeps a bounded number of steps and says that there were more") {
  const Explained why =
      explained("count(for i in 1..100000 return i + 1)", ExplanationLevel::kFull);
  CHECK(why.explanation.is_cut);
  CHECK(literal_of(why.explanation.value) == "100000");
}

TEST_CASE("explanation: takes the same steps as evaluating") {
  const std::string text =
      "{f: function(n) if n < 1 then 0 else n + f(n - 1), "
      "r: f(20) + count(for i in 1..9 return i)}";
  const auto compiled = compile(text, Scope());
  REQUIRE(compiled.has_value());
  const Environment environment{.zones = &system_time_zones()};
  Budget plain;
  CallContext context(environment, plain);
  const Value value = compiled->evaluate({}, context);
  Budget traced;
  CallContext again(environment, traced);
  CHECK(literal_of(compiled->explain({}, again).value) == literal_of(value));
  CHECK(plain.steps_spent() == traced.steps_spent());
  CHECK(plain.bytes_spent() == traced.bytes_spent());
}

TEST_CASE("outcome: only true is yes and only false is no") {
  CHECK(judge(Value::boolean(true), {}).verdict == Verdict::kYes);
  CHECK(judge(Value::boolean(false), {}).verdict == Verdict::kNo);
  CHECK(judge(Value(), {}).verdict == Verdict::kUndetermined);
  const Outcome number = judge(Value::number(1), {});
  CHECK(number.verdict == Verdict::kUndetermined);
  CHECK(number.errors.at(0).id == "FE-0030");
}

TEST_CASE("outcome: what cannot be determined names each missing fact once, and the errors") {
  const Value value =
      explained("partner > 1 and (partner > 2 and income / 0 > 1)", ExplanationLevel::kOff)
          .explanation.value;
  const Outcome outcome = judge(value, {});
  CHECK(outcome.verdict == Verdict::kUndetermined);
  CHECK(outcome.missing_facts == std::vector<std::string>{"partner"});
  REQUIRE(outcome.errors.size() == 1);
  CHECK(outcome.errors[0].id == "FE-0112");
}

// Facts: persons, two with an income of 10 and 30; limit and i are not given.
Outcome judged(std::string_view text) {
  const Type person = Type::context_of({{"income", Type::number()}});
  const auto earning = [](std::int64_t income) {
    return ContextBuilder().set("income", Value::number(income)).build();
  };
  Scope scope;
  scope.add("persons", Type::list_of(person));
  scope.add("limit", Type::number());
  scope.add("i", Type::any());
  const std::vector<Value> facts = {Value::list({earning(10), earning(30)})};
  const auto compiled = compile(text, scope);
  REQUIRE(compiled.has_value());
  const Environment environment{.zones = &system_time_zones()};
  Budget budget;
  CallContext context(environment, budget);
  const Value value = compiled->evaluate(facts, context);
  const Outcome outcome = judge(value, context.passed_over());
  CallContext again(environment, budget);
  const Explanation why = compiled->explain(facts, again);
  CHECK(judge(why.value, why.passed_over) == outcome);
  return outcome;
}

TEST_CASE("outcome: a missing fact that counted as not true leaves it undetermined") {
  const Outcome limited{Verdict::kUndetermined, {"limit"}, {}};
  CHECK(judged("count(persons[income > limit]) = 0") == limited);
  CHECK(judged("(if limit > 5 then \"yes\" else \"no\") = \"no\"") == limited);
  CHECK(judged("not(limit instance of number)") == limited);
  CHECK(judged("count([1, 2, 3][i]) = 0") == Outcome{Verdict::kUndetermined, {"i"}, {}});
  CHECK(judged("[1, 2, 3][limit + 1] = 2") == limited);
  CHECK(judged("count(index of([limit, 2], 2)) = 1") == limited);
  CHECK(judged("count(distinct values([limit, 2])) = 2") == limited);
  CHECK(judged("string join([string(limit)]) = \"\"") == limited);
  CHECK(judged("is(limit, 1) = false") == limited);
}

TEST_CASE("outcome: an error that counted as not true leaves it undetermined, and is told") {
  const auto failed = [](std::string_view text) {
    const Outcome outcome = judged(text);
    CAPTURE(text);
    CHECK(outcome.verdict == Verdict::kUndetermined);
    CHECK(outcome.missing_facts.empty());
    REQUIRE(outcome.errors.size() == 1);
    return outcome.errors.front().id;
  };
  CHECK(failed("if persons[1].income / (persons[1].income - 10) > 50 then false else true") ==
        "FE-0112");
  CHECK(failed("count(persons[income / (income - income) > 50]) = 0") == "FE-0112");
  CHECK(failed("not((persons[1].income / 0) instance of number)") == "FE-0112");
  // Also where nothing in it hangs on facts.
  CHECK(failed("if 1 / 0 > 50 then false else true") == "FE-0112");
  CHECK(failed("count(distinct values([1 / 0, 2])) = 2") == "FE-0112");
  CHECK(failed("is(1 / 0, 1) = false") == "FE-0112");
  // Nobody knows what it is equal to; the standard has false.
  for (const char* text : {"1 / 0 = 5", "1 / 0 != 5", "5 = 1 / 0", "1 / 0 = 1 / 0",
                           "5 in (1, 1 / 0)", "5 in [1, 1 / 0]", "5 in [1, [2, 1 / 0]]",
                           "1 / 0 in [1, 2]", "list contains([1, 1 / 0], 5)",
                           "list contains([1, 2], 1 / 0)", "count(index of([1 / 0, 2], 2)) = 1"}) {
    CHECK(failed(text) == "FE-0112");
  }
  CHECK(judged("1 / 0 = 5 or 1 < 2").verdict == Verdict::kYes);
  CHECK(judged("1 / 0 = 5 and 1 > 2").verdict == Verdict::kNo);
  CHECK(judged("5 in [5, 1 / 0]").verdict == Verdict::kYes);
  CHECK(judged("1 / 0 = null").verdict == Verdict::kYes);
  // Of known ends that make no range it is known that no range is equal to it.
  CHECK(judged("(< 10) = (null..10)").verdict == Verdict::kNo);
  CHECK(judged("[1..limit] = (< 10)").verdict == Verdict::kUndetermined);
  CHECK(failed("5 = (null..10)") == "FE-0120");
  CHECK(judged("5 in [1, \"5\", null]").verdict == Verdict::kNo);
  // The null of the author has no reason, and says nothing against it.
  CHECK(judged("if null then false else true").verdict == Verdict::kYes);
  CHECK(judged("count(persons[null]) = 0").verdict == Verdict::kYes);
  // A branch that was not taken, and an item that was not looked at, say nothing.
  CHECK(judged("if true then true else (if 1 / 0 > 1 then true else false)").verdict ==
        Verdict::kYes);
}

TEST_CASE("outcome: what does not rest on a missing fact is determined") {
  CHECK(judged("count(persons[income > 20]) = 1").verdict == Verdict::kYes);
  CHECK(judged("limit = null").verdict == Verdict::kYes);
  CHECK(judged("count(persons[income > 99][if limit > 1 then true else false]) = 0").verdict ==
        Verdict::kYes);
  CHECK(judged("if limit = null then true else limit > 5").verdict == Verdict::kYes);
  CHECK(judged("count(persons[income > 20 or income > limit]) = 1").verdict ==
        Verdict::kUndetermined);
  CHECK(judged("count(persons[income > 5 or income > limit]) = 2").verdict == Verdict::kYes);
  CHECK(judged("1 > 2 and (if limit > 1 then true else false)").verdict == Verdict::kNo);
}

TEST_CASE("passed over: each fact once at a place, and a bounded number of them") {
  const Environment environment{.zones = &system_time_zones()};
  Budget budget;
  CallContext context(environment, budget);
  context.pass_over(Value::missing("a"));
  context.pass_over(Value::missing("a"));
  context.pass_over(Value::error("FE-0112"));
  context.pass_over(Value::error("FE-0112"));
  context.pass_over(Value());
  REQUIRE(context.passed_over().size() == 2);
  CHECK(context.passed_over()[0].fact == "a");
  CHECK(context.passed_over()[1].id == "FE-0112");
  const auto taken = context.take_passed_over();
  CHECK(context.passed_over().empty());
  for (int i = 0; i < 100; ++i) context.pass_over(Value::missing(std::to_string(i)));
  context.add_passed_over(taken);
  CHECK(context.passed_over().size() == CallContext::kMaxPassedOver);
}

TEST_CASE("passed over: what is missing is not lost among errors") {
  const Environment environment{.zones = &system_time_zones()};
  Budget budget;
  CallContext context(environment, budget);
  for (int i = 0; i < 100; ++i) {
    context.pass_over(Value::error("FE-0104", {{"function", std::to_string(i)}}));
  }
  context.pass_over(Value::missing("a"));
  REQUIRE(context.passed_over().size() == CallContext::kMaxPassedOver);
  CHECK(context.passed_over().back().fact == "a");
  CHECK(context.passed_over()[0].id == "FE-0104");
}

}  // namespace
}  // namespace zicht::feel
