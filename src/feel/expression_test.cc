// Compiled expressions. Method: tables of expression and value, for each operator and construct
// with a value, a null and a wrong type; the outcome is compared as FEEL writes it. Operators and
// built-in functions have their own tables beside operators.h and function.h.
#include "feel/expression.h"

#include <doctest/doctest.h>

#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "base/time_zone.h"

namespace zicht::feel {
namespace {

Environment environment() { return {.zones = &system_time_zones()}; }

struct Fact {
  std::string name;
  Type type;
  Value value;
};

Value context_of(std::initializer_list<std::pair<std::string, Value>> entries) {
  ContextBuilder builder;
  for (const auto& [name, value] : entries) builder.set(name, value);
  return builder.build();
}

std::vector<Fact> facts_of_tests() {
  const Type row = Type::context_of({{"fee", Type::number()}, {"days-late", Type::number()}});
  const Value first = context_of({{"fee", Value::number(10)}, {"days-late", Value::number(3)}});
  const Value second = context_of({{"fee", Value::number(20)}, {"days-late", Value()}});
  return {{"n", Type::number(), Value::number(4)},
          {"s", Type::string(), Value::string("abc")},
          {"t", Type::boolean(), Value::boolean(true)},
          {"income", Type::number(), Value()},
          {"rows", Type::list_of(row), Value::list({first, second})},
          {"any rows", Type::any(), Value::list({first, second})},
          {"person", row, first},
          {"fee", Type::number(), Value::number(15)},
          {"numbers", Type::list_of(Type::number()),
           Value::list({Value::number(3), Value::number(1), Value::number(2)})},
          {"persons", Type::any(),
           Value::list({context_of({{"pay", Value()}}), context_of({{"pay", Value::number(9)}}),
                        context_of({{"age", Value::number(9)}})})},
          {"nested", Type::any(),
           Value::list({context_of({{"vals", Value::list({Value::number(1), Value::number(5)})},
                                    {"limit", Value::number(3)}})})}};
}

Scope scope_of(const std::vector<Fact>& facts) {
  Scope scope;
  for (const Fact& fact : facts) scope.add(fact.name, fact.type);
  return scope;
}

std::vector<Value> values_of(const std::vector<Fact>& facts) {
  std::vector<Value> values;
  for (const Fact& fact : facts) values.push_back(fact.value);
  return values;
}

CompileOptions forgiving() {
  return {.unknown_names = CompileOptions::UnknownNames::kNull, .source = 0};
}

Value evaluated(std::string_view text) {
  const auto facts = facts_of_tests();
  const auto compiled = compile(text, scope_of(facts), forgiving());
  REQUIRE(compiled.has_value());
  Budget budget;
  const Environment around = environment();
  CallContext context(around, budget);
  return compiled->evaluate(values_of(facts), context);
}

struct Case {
  std::string_view text;
  std::string_view value;  // as FEEL writes it
};

void check(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(literal_of(evaluated(each.text)) == each.value);
  }
}

TEST_CASE("expression: arithmetic computes, or is null") {
  check({{"1 + 2 * 3", "7"},
         {"n - 1", "3"},
         {"n / 8", "0.5"},
         {"2 ** 3", "8"},
         {"-n", "-4"},
         {"-(-n)", "4"},
         {"s + \"d\"", "\"abcd\""},
         {"n + null", "null"},
         {"income + 1", "null"},
         {"n + s", "null"},
         {"-s", "null"},
         {"1 / 0", "null"}});
}

TEST_CASE("expression: comparison orders values of one kind") {
  check({{"n > 3", "true"},
         {"n < 3", "false"},
         {"n >= 4", "true"},
         {"n <= 3", "false"},
         {"n = 4.0", "true"},
         {"n != 4", "false"},
         {"s < \"b\"", "true"},
         {"income > 1", "null"},
         {"n > s", "null"},
         {"null = null", "true"},
         {"income = null", "true"},
         {"n between 1 and 4", "true"},
         {"n between 5 and 9", "false"},
         {"n between 1 and s", "null"},
         {"income between 1 and 4", "null"}});
}

TEST_CASE("expression: and, or and not are three-valued, and the right side can be left out") {
  check({{"t and t", "true"},
         {"t and false", "false"},
         {"false and income > 1", "false"},
         {"income > 1 and false", "false"},
         {"t and income > 1", "null"},
         {"t and 1", "null"},
         {"false or t", "true"},
         {"income > 1 or t", "true"},
         {"income > 1 or false", "null"},
         {"not(t)", "false"},
         {"not(income > 1)", "null"}});
}

TEST_CASE("expression: in finds a value among tests") {
  check({{"n in 4", "true"},
         {"n in (1, 2)", "false"},
         {"n in (1, > 3)", "true"},
         {"n in <= 3", "false"},
         {"n in [1..4)", "false"},
         {"n in (3..5)", "true"},
         {"n in numbers", "false"},
         {"1 in numbers", "true"},
         {"n in (!= 4)", "false"},
         {"income in (1, 2)", "null"},
         {"income in > 1", "null"},
         {"n in (1, > s)", "null"},
         {"n in (> s, 4)", "true"}});
}

TEST_CASE("expression: ranges are values with ends") {
  check({{"[1..5)", "[1..5)"},
         {"]n..9]", "(4..9]"},
         {"[1..n].end", "4"},
         {"(1..n].start included", "false"},
         {"(> 5).start", "5"},
         {"[s..n]", "null"}});
}

TEST_CASE("expression: if takes the second branch for anything but true") {
  check({{"if t then 1 else 2", "1"},
         {"if false then 1 else 2", "2"},
         {"if income > 1 then 1 else 2", "2"},
         {"if s then 1 else 2", "2"}});
}

TEST_CASE("expression: for gives a list of all combinations") {
  check({{"for i in [1, 2] return i * n", "[4, 8]"},
         {"for i in 1..3 return i", "[1, 2, 3]"},
         {"for i in 3..1 return i", "[3, 2, 1]"},
         {"for i in (1..3) return i", "[2]"},
         {"for i in 1..2, j in i..2 return 10 * i + j", "[11, 12, 22]"},
         {"for d in @\"2024-02-28\"..@\"2024-03-01\" return d.day", "[28, 29, 1]"},
         {"for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"},
         {"for i in n return i", "[4]"},
         {"for i in [] return i", "[]"},
         {"for r in rows return r.fee + 1", "[11, 21]"},
         {"for i in null return i", "null"},
         {"for i in 1..income return i", "null"},
         {"for i in \"a\"..\"c\" return i", "null"},
         {"for i in 1.5..3 return i", "null"}});
}

TEST_CASE("expression: some and every are three-valued") {
  check({{"some i in numbers satisfies i > 2", "true"},
         {"some i in numbers satisfies i > 9", "false"},
         {"some i in numbers satisfies i > income", "null"},
         {"some i in [1, null] satisfies i = 1", "true"},
         {"some i in [] satisfies t", "false"},
         {"some i in numbers satisfies i", "null"},
         {"some i in [1, 2] satisfies if i = 2 then true else \"no condition\"", "null"},
         {"every i in numbers satisfies i > 0", "true"},
         {"every i in numbers satisfies i > 1", "false"},
         {"every i in numbers satisfies i > income", "null"},
         {"every r in rows satisfies r.days-late < 2", "false"},
         {"every i in [] satisfies false", "true"},
         {"every i in null satisfies t", "null"},
         {"every i in numbers, j in numbers satisfies i + j < 7", "true"}});
}

TEST_CASE("expression: a filter selects by condition or by place") {
  check({{"numbers[1]", "3"},
         {"numbers[-1]", "2"},
         {"numbers[n]", "null"},
         {"numbers[item > 1]", "[3, 2]"},
         {"rows[fee > 15].fee", "[20]"},
         {"rows[item.fee > 5][1].fee", "10"},
         {"rows[days-late > 1].fee", "[10]"},
         {"any rows[fee > 15].fee", "[20]"},
         {"any rows[fee > n].fee", "[10, 20]"},
         {"numbers[fee > 10]", "[3, 1, 2]"},
         {"n[1]", "4"},
         {"n[item > 5]", "[]"},
         {"[][1]", "null"},
         {"[][item > 1]", "[]"},
         {"income[1]", "null"},
         {"numbers[s]", "null"},
         {"{l: numbers, i: 2}.l[1]", "3"},
         {"{l: numbers, i: 2, r: l[i]}.r", "1"}});
}

TEST_CASE("expression: a path gives members and parts") {
  check({{"person.fee", "10"},
         {"person.days-late - 1", "2"},
         {"rows.fee", "[10, 20]"},
         {"@\"2025-03-04\".month", "3"},
         {"@\"PT36H\".hours", "12"},
         {"person.nothing", "null"},
         {"income.fee", "null"},
         {"n.fee", "null"},
         {"{a: {b: [1, 2]}}.a.b[2]", "2"}});
}

TEST_CASE("expression: lists and contexts") {
  check({{"[1, s, [null]]", "[1, \"abc\", [null]]"},
         {"{a: n, b: a + 1}", "{a: 4, b: 5}"},
         {"{a: 1, b: {c: a + 1}}.b.c", "2"},
         {"{\"x y!\": 1}", "{\"x y!\": 1}"},
         {"{a: 1, a: 2}", "null"}});
}

TEST_CASE("expression: functions keep what was around them") {
  check({{"(function(a, b) a - b)(5, 3)", "2"},
         {"(function(a, b) a - b)(b: 5, a: 3)", "-2"},
         {"{k: 10, f: function(a) a + k, r: f(n)}.r", "14"},
         {"{f: function(m) if m <= 1 then 1 else m * f(m - 1), r: f(5)}.r", "120"},
         {"{add: function(a) function(b) a + b, r: add(1)(2)}.r", "3"},
         {"(for i in 1..3 return function(a) a * i)[2](10)", "20"},
         {"sort(numbers, function(a, b) a < b)", "[1, 2, 3]"},
         {"{m: max, r: m(numbers)}.r", "3"},
         {"(function(a: number) a)(\"x\")", "null"},
         {"(function(a) a)(1, 2)", "null"},
         {"n(1)", "null"},
         {"(function(a) external {java: {class: \"C\"}})(1)", "null"},
         {"count(function(a) a)", "1"}});
}

TEST_CASE("expression: instance of") {
  check({{"n instance of number", "true"},
         {"n instance of string", "false"},
         {"numbers instance of list<number>", "true"},
         {"numbers instance of list<string>", "false"},
         {"person instance of context<fee: number>", "true"},
         {"null instance of number", "false"},
         {"[1..2] instance of range<number>", "true"},
         {"(function(a: number) a * 2) instance of function<number>->number", "true"},
         {"(function(a: number) a * 2) instance of function<number>->string", "false"},
         {"n instance of nothing", "null"}});
}

TEST_CASE("expression: calls of built-in functions") {
  check({{"string length(s)", "3"},
         {"substring(string: s, start position: 2)", "\"bc\""},
         {"abs(n: -1)", "1"},
         {"abs(income)", "null"},
         {"abs(1, 2)", "null"},
         {"abs(m: 1)", "null"},
         {"date(\"2025-01-31\") + @\"P1M\"", "@\"2025-02-28\""},
         {"time(\"10:00:00@Europe/Paris\").timezone", "\"Europe/Paris\""},
         {"@\"2025-06-01T10:00:00@Europe/Amsterdam\".time offset", "@\"PT2H\""}});
}

// "missing: income" or the ids of the errors, one after another.
std::string causes_of(const Value& value) {
  std::string causes;
  const auto reason = value.null_reason();
  if (!reason) return causes;
  for (const NullCause& cause : reason->causes()) {
    causes += causes.empty() ? "" : ", ";
    causes += cause.kind == NullCause::Kind::kMissingFact ? cause.fact : cause.id;
    causes += "@" + std::to_string(cause.span.begin) + "-" + std::to_string(cause.span.end);
  }
  return causes;
}

TEST_CASE("expression: a null says why and where") {
  const auto why = [](std::string_view text) { return causes_of(evaluated(text)); };
  CHECK(why("null").empty());
  CHECK(why("1 + income") == "income@4-10");
  CHECK(why("1 + (n + s)") == "FE-0111@4-11");
  CHECK(why("rows[2].days-late + income") == "rows.days-late@0-17, income@20-26");
  CHECK(why("person.nothing") == "person.nothing@0-14");
  CHECK(why("{a: 1}.b") == "FE-0114@0-8");
  CHECK(why("nope + 1") == "FE-0002@0-4");
  CHECK(why("1e9999 + 1") == "FE-0013@0-6");
  CHECK(why("{a: 1, a: 2}") == "FE-0011@0-12");
  CHECK(why("n instance of nope") == "FE-0010@0-18");
  CHECK(why("numbers[s]") == "FE-0031@0-10");
  CHECK(why("for i in \"a\"..\"b\" return i") == "FE-0032@0-26");
  CHECK(why("(function() external {})()") == "FE-0033@0-24");
  CHECK(why("some i in [1] satisfies i") == "FE-0034@0-25");
  CHECK(why("1 / 0 > 3") == "FE-0112@0-5");
}

TEST_CASE("expression: a member that is missing in one of many is a missing fact") {
  const auto why = [](std::string_view text) { return causes_of(evaluated(text)); };
  CHECK(why("sum(persons.pay)") == "persons.pay@4-15");
  CHECK(why("list contains(persons.pay, 100)") == "persons.pay@14-25");
  CHECK(why("(persons[age > 1]).pay[1]") == "persons.pay@0-22");
  CHECK(why("max([persons].pay)") == "FE-0107@0-18");
  check({{"list contains(persons.pay, 9)", "true"},
         {"persons.pay", "[null, 9, null]"},
         {"list contains([{a: null}].a, 1)", "false"}});
}

TEST_CASE("expression: a name inside filters is looked for from the inside out") {
  check({{"count(nested[count(vals[item > limit]) > 0])", "1"},
         {"count(nested[count(vals[item > limit + 3]) > 0])", "0"},
         {"[date(\"2025-01-31\"), 3][year > 2020]", "[@\"2025-01-31\"]"},
         {"any rows[fee > 10].fee", "[20]"}});
}

TEST_CASE("expression: an unknown name refuses, unless the caller wants null") {
  const auto refused = compile("incone > 1", scope_of(facts_of_tests()));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "FE-0015");
  CHECK(refused.error().problems.at(0).id == "FE-0002");
  CHECK(refused.error().problems.at(0).hint.en == "Do you mean \"income\"?");
  const auto forgiven = compile("incone > 1", Scope(), forgiving());
  REQUIRE(forgiven.has_value());
  CHECK(forgiven->warnings().at(0).severity == Severity::kWarning);
  CHECK_FALSE(compile("1 +", Scope(), forgiving()).has_value());
}

TEST_CASE("expression: what is the same for all facts is computed once") {
  const auto constant_of = [](std::string_view text) {
    const auto compiled = compile(text, Scope());
    REQUIRE(compiled.has_value());
    return compiled->constant() == nullptr ? "" : literal_of(*compiled->constant());
  };
  CHECK(constant_of("1 + 2 * 3") == "7");
  CHECK(constant_of("date(\"2025-01-31\")") == "@\"2025-01-31\"");
  CHECK(constant_of("[1, 2 + 3]") == "[1, 5]");
  CHECK(constant_of("[1..2 + 3)") == "[1..5)");
  CHECK(constant_of("now()") == "");
  CHECK(constant_of("@\"10:00:00@Europe/Paris\"") == "");
}

TEST_CASE("expression: tells its type and which facts it mentions") {
  const std::string text = "if t then n else rows[fee > n][1].fee";
  const auto compiled = compile(text, scope_of(facts_of_tests()));
  REQUIRE(compiled.has_value());
  CHECK(compiled->type().to_string() == "number");
  CHECK(compiled->used_slots() == std::vector<std::size_t>{0, 2, 4});
  CHECK(compiled->text() == text);
}

TEST_CASE("expression: a function outlives the expression and the facts it came from") {
  Budget budget;
  const Environment around = environment();
  CallContext context(around, budget);
  Value function;
  {
    Scope scope;
    scope.add("k", Type::any());
    const auto compiled = compile("function(a) a + k", scope);
    const std::vector<Value> facts = {Value::string("long enough to be shared")};
    function = compiled->evaluate(facts, context);
  }
  const std::vector<Value> arguments = {Value::string("x ")};
  CHECK(literal_of(context.call(function, arguments)) == "\"x long enough to be shared\"");
}

TEST_CASE("expression: hostile expressions end within a second in a clear error") {
  const std::string doubled = [] {
    std::string text = "{v0: \"xxxxxxxxxxxxxxxx\"";
    for (int i = 1; i < 60; ++i) {
      const std::string last = "v" + std::to_string(i - 1);
      text += ", v" + std::to_string(i) + ": " + last + " + " + last;
    }
    return text + "}";
  }();
  const std::string shared = [] {
    std::string text = "{v0: [1]";
    for (int i = 1; i < 60; ++i) {
      const std::string last = "v" + std::to_string(i - 1);
      text += ", v" + std::to_string(i) + ": [" + last + ", " + last + "]";
    }
    return text + ", r: v59 = v58}";
  }();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"for x in 1..10**9 return x", "FE-0101"},
      {"for x in 1..100000, y in 1..100000 return null", "FE-0101"},
      {"some x in 1..10**12 satisfies x < 0", "FE-0101"},
      {"for x in 1..10**6 return partial", "FE-0102"},
      {"{f: function(a) f(a + 1), r: f(1)}", "FE-0103"},
      {"{f: function(a) f(a + 1)" +
           [] {
             std::string tail;
             for (int i = 0; i < 500; ++i) tail += " + 1";
             return tail;
           }() +
           ", r: f(1)}",
       "FE-0103"},
      {"{f: function(a) [f(a), f(a)], r: f(1)}", "FE-0103"},
      {doubled, "FE-0102"},
      {shared, "FE-0102"}};
  for (const auto& [text, id] : cases) {
    CAPTURE(text);
    const auto compiled = compile(text, Scope());
    REQUIRE(compiled.has_value());
    const std::clock_t begin = std::clock();
    Budget budget;
    const Environment around = environment();
    CallContext context(around, budget);
    const Value value = compiled->evaluate({}, context);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    CHECK(value.is_null());
    REQUIRE(budget.is_exhausted());
    CHECK(budget.error().id == id);
    // Processor time, so that others on the machine do not count; ten times more than it takes,
    // for slow machines and sanitizers.
    CHECK(seconds < 10.0);
  }
}

TEST_CASE("expression: many threads evaluate the same one") {
  const auto facts = facts_of_tests();
  const auto compiled =
      compile("sort(for i in 1..20 return (i * n) / 3, function(a, b) a > b)[1]", scope_of(facts));
  REQUIRE(compiled.has_value());
  std::vector<std::string> outcomes(4);
  std::vector<std::thread> threads;
  for (auto& outcome : outcomes) {
    threads.emplace_back([&] {
      const Environment around = environment();
      for (int i = 0; i < 50; ++i) {
        Budget budget;
        CallContext context(around, budget);
        outcome = literal_of(compiled->evaluate(values_of(facts), context));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& outcome : outcomes) CHECK(outcome == "26.66666666666666666666666666666667");
}

}  // namespace
}  // namespace zicht::feel
