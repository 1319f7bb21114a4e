// Hostile expressions: small texts and facts that ask for endless work, memory or stack. Method:
// each ends soon, in a refusal, in an error of the budget or in a value; without its limit each of
// them hung or killed the process.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "base/time_zone.h"
#include "feel/expression.h"
#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

using Facts = std::map<std::string, Value>;

std::string repeated(std::string_view piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// The id that refuses the text, else what its value is.
std::string outcome(std::string_view text, const Facts& facts = {}, const Limits& limits = {}) {
  Scope scope;
  std::vector<Value> values;
  for (const auto& [name, value] : facts) {
    scope.add(name, Type::any());
    values.push_back(value);
  }
  const auto compiled = compile(text, scope);
  if (!compiled.has_value()) return "refused " + compiled.error().problems.at(0).id;
  const Environment environment{.zones = &system_time_zones()};
  Budget budget(limits);
  CallContext context(environment, budget);
  return testing::described(compiled->evaluate(values, context));
}

// A part of the usual limits, so that the tests are quick.
constexpr Limits kFew{.steps = 1'000'000};
constexpr Limits kSmall{.bytes = 8 << 20};

Value string_of(std::size_t count, const std::string& end = "") {
  return Value::string(std::string(count, 'a') + end);
}

TEST_CASE("hostile: a name has an end") {
  CHECK(outcome("{a" + std::string(120'000, '+') + ": 1}") == "refused FE-0014");
  CHECK(outcome("for a" + repeated(" a", 100) + " in 1 return 1") == "refused FE-0014");
  CHECK(outcome("{\"" + repeated("a ", 100'000) + "\": 1}.b") == "null FE-0114");
  CHECK(outcome("{a" + repeated("+a", 31) + ": 1}.a" + repeated("+a", 31)) == "1");
}

TEST_CASE("hostile: functions that keep functions nest no deeper than lists") {
  const std::string chain =
      "count(for i in 1..1500 return (function(g) function() g)(if i = 1 then "
      "0 else " +
      std::string(60, '[') + "partial[-1]" + std::string(60, ']') + "))";
  CHECK(outcome(chain) == "null FE-0110");
}

TEST_CASE("hostile: loops within each other have an end") {
  CHECK(outcome("for " + repeated("a in 1, ", 28'000) + "b in 1 return 1") == "refused FE-0003");
  CHECK(outcome("for " + repeated("a in 1, ", 400) + "b in 1 return a") == "[1]");
}

TEST_CASE("hostile: texts are paid for while they grow") {
  const Facts facts{{"d", string_of(400'000)}, {"s", string_of(1'000)}};
  CHECK(outcome("string length(string join(for i in 1..100000 return \"a\", d))", facts) ==
        "null FE-0102");
  CHECK(outcome("string length(replace(s, \".+\", \"" + repeated("$0", 100'000) + "\"))", facts,
                kSmall) == "null FE-0102");
}

TEST_CASE("hostile: names of members and reasons of nulls count as memory") {
  const std::string key = std::string(20'000, 'k');
  CHECK(outcome("string length(string(for i in 1..300000 return {" + key + ": 1}))") ==
        "null FE-0102");
  CHECK(outcome("(for x in 1..200000 return x).a[1]", {}, kSmall) == "null FE-0102");
  CHECK(outcome("count(for x in 1..200000 return 1 / 0)", {}, kSmall) == "null FE-0102");
}

TEST_CASE("hostile: patterns are paid for when compiled and when run") {
  CHECK(outcome("count(for i in 1..200000 return matches(\"a\", string(i)))", {}, kSmall) ==
        "null FE-0102");
  CHECK(outcome("(for i in 1..100000 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX\", "
                "\"(a+)+b\"))[1]",
                {}, kFew) == "null FE-0101");
  CHECK(outcome("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX\", \"(a+)+b\")") == "null FE-0122");
  CHECK(outcome("replace(\"\", \"(a)?" + repeated("(|)", 40) + "\\1\", \"\")") == "null FE-0121");
  CHECK(outcome("matches(s, p)", {{"s", string_of(800'000)}, {"p", string_of(400'000, "b")}}) ==
        "null FE-0101");
  CHECK(outcome("matches(s, p, \"q\")", {{"s", string_of(800'000)}, {"p", string_of(9'000, "b")}},
                kFew) == "null FE-0101");
}

TEST_CASE("hostile: harmless patterns over long texts are not refused") {
  const Facts facts{{"s", Value::string(repeated(",", 1'000'000))}};
  CHECK(outcome("count(split(s, \",\"))", facts) == "1000001");
  CHECK(outcome("string length(replace(s, \",\", \";\"))", facts) == "1000000");
}

// {c1: {a: 1, b: 1}, c2: {a: c1, b: c1}, ...}: a small graph of types, and an endless tree.
std::string doubling(int count, const std::string& last) {
  std::string text = "{c1: {a: 1, b: 1}";
  for (int i = 2; i <= count; ++i) {
    const std::string before = "c" + std::to_string(i - 1);
    text += ", c" + std::to_string(i) + ": {a: " + before + ", b: " + before + "}";
  }
  return text + ", z: " + last + "}.z";
}

TEST_CASE("hostile: types that share their parts end") {
  CHECK(outcome(doubling(29, "c29 + 1")) == "null FE-0102");
  CHECK(outcome(doubling(9, "c9 = c8")) == "null FE-0111");
  CHECK(outcome(doubling(15, "c15 = c14"), {}, kFew) == "null FE-0111");
  Type type = Type::number();
  for (int i = 0; i < 40; ++i) type = Type::context_of({{"a", type}, {"b", type}});
  Scope scope;
  scope.add("x", type);
  CHECK(compile("x + 1", scope).has_value());
  Type deep = Type::number();
  for (int i = 0; i < 100'000; ++i) deep = Type::list_of(deep);
  CHECK(deep.to_string().size() < 300);
  CHECK(deep.kind() == Type::Kind::kList);
  const Type function = Type::function_of({type}, deep);
  CHECK(function.parameters().size() == 1);
  CHECK(Type::function_of(std::vector<Type>(10'000), function).parameters().size() == 10'000);
}

TEST_CASE("hostile: looking into lists and long texts is paid for") {
  const Facts texts{{"s", string_of(400'000)}, {"t", string_of(400'000)}};
  CHECK(outcome("{L: for x in 1..100000 return x, r: some i in 1..100000 satisfies 0 in L}.r", {},
                kFew) == "null FE-0101");
  for (const std::string test :
       {"s in [t..t]", "s between t and t", "[s..t] = 1", "s in (< t, > t)", "s = t",
        "list contains([[s]], [t])", "index of([s, s], t) = [1]", "is(s, t)", "min(s, t) = 1"}) {
    CAPTURE(test);
    CHECK(outcome("every i in 1..100000 satisfies (if " + test + " then true else true)", texts,
                  {.steps = 1'000'000, .bytes = 1 << 28}) != "true");
  }
  std::vector<Value> many(100'000, Value::number(1));
  const Facts lists{{"m", Value::list(many)}, {"n", (many.back() = Value(), Value::list(many))}};
  for (const std::string test : {"list contains([m], n)", "m = n", "m in [[n]]", "is(m, n)"}) {
    CAPTURE(test);
    CHECK(outcome("some i in 1..100000 satisfies " + test, lists, kFew) == "null FE-0101");
  }
  CHECK(outcome("{f: function(a: list<number>) 1, L: for x in 1..100000 return x, "
                "r: every i in 1..100000 satisfies f(L) = 1}.r",
                {}, kFew) == "null FE-0101");
  std::string zeros = "0";
  for (int i = 0; i < 5000; ++i) zeros += ",0";
  CHECK(
      outcome("count(for x in 1..1000000, y in if x in (" + zeros + ") then [1] else [] return 1)",
              {}, kFew) == "null FE-0101");
}

TEST_CASE("hostile: looking for a text takes time that grows with the sum of both") {
  const Facts facts{{"a", string_of(1'200'000)}, {"b", string_of(800'000, "b")}};
  CHECK(outcome("contains(a, b)", facts) == "false");
  CHECK(outcome("substring before(a, b)", facts) == "\"\"");
  CHECK(outcome("substring after(a, b)", facts) == "\"\"");
  CHECK(outcome("[contains(\"abc\", \"bc\"), contains(\"abc\", \"\"), contains(\"\", \"a\")]") ==
        "[true, true, false]");
}

TEST_CASE("hostile: distinct values stay quick whatever the values are") {
  CHECK(outcome("count(distinct values(for i in 1..20000 return function() 1))") == "20000");
  CHECK(outcome("count(distinct values(for i in 1..20000 return duration(\"PT0.\" + "
                "string(100000 + i) + \"S\")))") == "20000");
}

TEST_CASE("hostile: compiling takes time that grows with the text") {
  std::string keys = "k0: 1";
  std::string unknown = "x0";
  for (int i = 1; i < 12'000; ++i) keys += ", k" + std::to_string(i) + ": 1";
  for (int i = 1; i < 15'000; ++i) unknown += ", x" + std::to_string(i);
  CHECK(outcome("{" + keys + "}.k11999") == "1");
  CHECK(outcome("{" + keys + ", z: [" + repeated("k7.a, ", 10'000) + "1]}.k3") == "1");
  const auto refused = compile("[" + unknown + "]", Scope());
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().problems.size() == 100);
  CHECK(refused.error().problems[99].where == "1:" + std::to_string(2 + 10 * 4 + 89 * 5));
  std::vector<Type::Member> members;
  for (int i = 0; i < 4'000; ++i) members.push_back({"m" + std::to_string(i), Type::number()});
  Scope scope;
  scope.add("p", Type::context_of(std::move(members)));
  CHECK(compile("[" + repeated("p.m1, ", 10'000) + "1]", scope).has_value());
  CHECK(compile("[" + repeated("p[m1 > 1], ", 5'000) + "1]", scope).has_value());
  CHECK(compile("[" + repeated("p.no, ", 10'000) + "1]", scope)->warnings().size() == 100);
}

TEST_CASE("hostile: an explanation shows a bounded piece of each value") {
  const std::string text = "count(for x in 1..200 return L[1])";
  Scope scope;
  scope.add("L", Type::any());
  const Value large = Value::list(std::vector<Value>(50'000, Value::number(1)));
  const std::vector<Value> facts = {Value::list({large})};
  const Environment environment{.zones = &system_time_zones()};
  Budget budget;
  CallContext context(environment, budget);
  const Explanation why = compile(text, scope)->explain(facts, context);
  CHECK(literal_of(why.value) == "200");
  CHECK(to_lines(why, text).size() < 200 * 2 * 300);
  CHECK(literal_of(large, 10) == "[1, 1, 1, ...");
  CHECK(literal_of(Value::string("\u00e9\u00e9\u00e9"), 4) == "\"\u00e9...");
  CHECK(literal_of(Value::number(12), 2) == "12");
}

}  // namespace
}  // namespace zicht::feel
