// Operators. Method: one table for all operators of two values, with literals of FEEL; every pair
// of kinds tried on every operator, where an outcome or a cause must come; equality, order and hash
// held against each other over all pairs.
#include "feel/operators.h"

#include <doctest/doctest.h>

#include <map>

#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

using testing::Calls;
using testing::described;

using Operator = Value (*)(const Value&, const Value&);

const std::map<std::string, Operator>& operators() {
  static const std::map<std::string, Operator> kAll = {
      {"+", add},           {"-", subtract},   {"*", multiply},       {"/", divide},
      {"**", power},        {"=", equal},      {"!=", not_equal},     {"<", less},
      {"<=", less_equal},   {">", greater},    {">=", greater_equal}, {"in", in},
      {"and", logical_and}, {"or", logical_or}};
  return kAll;
}

struct Case {
  const char* left;
  const char* symbol;
  const char* right;
  const char* outcome;
};

void check(const std::vector<Case>& cases) {
  Calls calls;
  for (const Case& c : cases) {
    CAPTURE(std::string(c.left) + " " + c.symbol + " " + c.right);
    CHECK(described(operators().at(c.symbol)(calls.value(c.left), calls.value(c.right))) ==
          c.outcome);
  }
}

TEST_CASE("arithmetic: kinds that fit") {
  check({{"1", "+", "2", "3"},
         {R"("a")", "+", R"("b")", R"("ab")"},
         {R"(@"2021-01-31")", "+", R"(@"P1M")", R"(@"2021-02-28")"},
         {R"(@"PT36H")", "+", R"(@"2021-01-01")", R"(@"2021-01-02")"},
         {R"(@"2021-01-02")", "-", R"(@"PT1H")", R"(@"2021-01-01")"},
         {R"(@"2021-01-02")", "-", R"(@"-PT1H")", R"(@"2021-01-02")"},
         {R"(@"10:15:00")", "+", R"(@"P1DT1H")", R"(@"11:15:00")"},
         {R"(@"P1Y")", "+", R"(@"-P2M")", R"(@"P10M")"},
         {R"(@"P1D")", "-", R"(@"PT2H")", R"(@"PT22H")"},
         {R"(@"2021-01-02")", "-", R"(@"1995-01-01")", R"(@"P9498D")"},
         {R"(@"2021-01-02")", "-", R"(@"2021-01-01T10:10:10+11:00")", R"(@"P1DT49M50S")"},
         {R"(@"10:10:10")", "-", R"(@"11:10:10")", R"(@"-PT1H")"},
         {"10", "*", R"(@"P1D")", R"(@"P10D")"},
         {R"(@"PT23H")", "*", "2.5", R"(@"P2DT9H30M")"},
         {"-2.5", "*", R"(@"P1Y11M")", R"(@"-P4Y9M")"},
         {R"(@"P10Y11M")", "/", "2.5", R"(@"P4Y4M")"},
         {R"(@"P10DT23H")", "/", "2.5", R"(@"P4DT9H12M")"},
         {R"(@"P10D")", "/", R"(@"P5D")", "2"},
         {R"(@"P10Y")", "/", R"(@"P4Y")", "2.5"},
         {"5", "**", "-2", "0.04"}});
}

TEST_CASE("arithmetic: what does not exist says why") {
  check({{"1", "/", "0", "null FE-0112"},
         {R"(@"P1D")", "/", "0", "null FE-0112"},
         {R"(@"P1D")", "/", R"(@"PT0S")", "null FE-0112"},
         {"9e6144", "+", "9e6144", "null FE-0113"},
         {"0", "**", "-1", "null FE-0113"},
         {R"(@"999999999-12-31")", "+", R"(@"P1D")", "null FE-0113"},
         {R"(@"P1D")", "*", "1e30", "null FE-0113"},
         {"1", "+", R"("1")", "null FE-0111"},
         {"1", "-", "[1]", "null FE-0111"},
         {R"(@"10:00:00")", "+", R"(@"P1Y")", "null FE-0111"},
         {R"(@"2021-01-02")", "-", R"(@"2021-01-01T10:10:10")", "null FE-0111"},
         {"10", "/", R"(@"P1D")", "null FE-0111"},
         {R"(@"P1Y")", "-", R"(@"P1D")", "null FE-0111"},
         {"null", "+", "1", "null FE-0111"},
         {"missing", "+", "1", "null fact"},
         {"missing", "*", "date(1)", "null fact FE-0105"}});
  Calls calls;
  CHECK(described(negate(calls.value("5"))) == "-5");
  CHECK(described(negate(calls.value(R"(@"P1Y")"))) == R"(@"-P1Y")");
  CHECK(described(negate(calls.value(R"("5")"))) == "null FE-0111");
  CHECK(described(negate(calls.value("missing"))) == "null fact");
  CHECK(described(negate(Value::duration(MonthDuration{INT64_MIN}))) == "null FE-0113");
}

TEST_CASE("equality: within a kind, and null for two kinds") {
  check({{"null", "=", "null", "true"},
         {"null", "!=", "null", "false"},
         {"true", "=", "null", "false"},
         {"0", "=", "0.00", "true"},
         {"100", "=", R"("100")", "null FE-0111"},
         {"[]", "=", "0", "null FE-0111"},
         {"[1, 2]", "=", "[1, 2]", "true"},
         {"[1, 2]", "=", "[2, 1]", "false"},
         {R"([1, "a"])", "=", "[1, 2]", "null FE-0111"},
         {R"([2, "a"])", "=", "[1, 2]", "false"},
         {"{a: 1, b: [2]}", "=", "{b: [2], a: 1}", "true"},
         {"{a: 1}", "=", "{b: 1}", "false"},
         {"[1..10]", "=", "[1..10]", "true"},
         {"[1..10]", "=", "[1..10)", "false"},
         {"(< 10)", "=", "(< 10)", "true"},
         {"(= 10)", "=", "[10..10]", "false"},
         {"(!= 10)", "=", "(!= 10)", "true"},
         {R"(@"P1D")", "=", R"(@"PT24H")", "true"},
         {R"(@"P1Y")", "=", R"(@"P365D")", "null FE-0111"},
         {"abs", "=", "abs", "false"}});
}

// The TCK (0068) compares moments and times to the second, and by what UTC shows.
TEST_CASE("equality: times and moments are compared to the second in UTC") {
  check({{R"(@"10:30:00.0001")", "=", R"(@"10:30:00.0002")", "true"},
         {R"(@"10:30:00Z")", "=", R"(@"11:30:00+01:00")", "true"},
         {R"(@"10:30:00@Europe/Paris")", "=", R"(@"10:30:00@Europe/Paris")", "true"},
         {R"(@"10:30:00@Europe/Paris")", "=", R"(@"10:30:00@Asia/Dhaka")", "null FE-0111"},
         {R"(@"10:30:00")", "=", R"(@"10:30:00Z")", "null FE-0111"},
         {R"(@"2018-10-08T00:00:00+02:00")", "=", R"(@"2018-10-08T00:00:00@Europe/Paris")", "true"},
         {R"(@"2002-04-02T23:00:00-04:00")", "=", R"(@"2002-04-03T02:00:00-01:00")", "true"},
         {R"(@"2018-12-08T00:00:00")", "=", R"(@"2018-12-08T00:00:00Z")", "null FE-0111"},
         {R"(@"2018-12-08T00:00:00Z")", "<", R"(@"2018-12-08T00:00:00+01:00")", "false"}});
}

TEST_CASE("equality: what is not given or not computed is not known to be equal or different") {
  check({{"missing", "=", "1", "null fact"},
         {"missing", "!=", "1", "null fact"},
         {"missing", "=", "missing", "null fact"},
         {"missing", "=", "null", "true"},
         {"missing", "!=", "null", "false"},
         {"[missing]", "=", "[1]", "null FE-0111"},
         {"date(1)", "=", "1", "null FE-0105"},
         {"1", "!=", "date(1)", "null FE-0105"},
         {"date(1)", "=", "date(1)", "null FE-0105"},
         {"date(1)", "=", "null", "true"}});
}

TEST_CASE("order: kinds with an order compare, others do not") {
  check({{"1", "<", "1.5", "true"},
         {"2", "<=", "2.0", "true"},
         {R"("B")", "<", R"("a")", "true"},
         {R"("z")", ">", "\"\xC3\xA9\"", "false"},
         {"\"\xEF\xBF\xBD\"", "<", "\"\xF0\x9F\x90\x8E\"", "true"},
         {R"(@"2021-01-02")", ">", R"(@"2021-01-01")", "true"},
         {R"(@"P1D")", ">=", R"(@"PT25H")", "false"},
         {"true", "<", "false", "null FE-0111"},
         {"[1]", "<", "[2]", "null FE-0111"},
         {"1", "<", R"("2")", "null FE-0111"},
         {"missing", "<", "1", "null fact"}});
}

TEST_CASE("membership: ranges, lists of tests and values") {
  check({{"1", "in", "[1..3]", "true"},
         {"1", "in", "(1..3]", "false"},
         {"3", "in", "[1..3)", "false"},
         {R"("b")", "in", R"(["a".."c"])", "true"},
         {"1", "in", "(<= 10)", "true"},
         {"10", "in", "(< 10)", "false"},
         {"10", "in", "(!= 10)", "false"},
         {"10", "in", "(= 10)", "true"},
         {"1", "in", "[2, 3, 1]", "true"},
         {"true", "in", "[false, 2, 3]", "false"},
         {"1", "in", "[[2..4], [1..3]]", "true"},
         {"[1, 2]", "in", "[[1, 2, 3], [1, 2]]", "true"},
         {"[1, 2]", "in", "[1, 2]", "true"},
         {"{a: 1}", "in", "{a: 1}", "true"},
         {"[1..2]", "in", "[[1..2]]", "true"},
         {"5", "in", "[1..null]", "null FE-0120"},
         {"null", "in", "[1..10]", "null FE-0111"},
         {"null", "in", "[1, null]", "true"},
         {"null", "in", "null", "true"},
         {"5", "in", "null", "false"},
         {R"("5")", "in", "[1..10]", "null FE-0111"},
         {"missing", "in", "[1..10]", "null fact"},
         {"missing", "in", R"(["a", "b"])", "null fact"},
         {"5", "in", "[missing, 7]", "null fact"},
         {"7", "in", "[missing, 7]", "true"},
         {"5", "in", "missing", "null fact"}});
  Calls calls;
  const auto between_text = [&](const char* a, const char* b, const char* c) {
    return described(between(calls.value(a), calls.value(b), calls.value(c)));
  };
  CHECK(between_text("1", "1", "10") == "true");
  CHECK(between_text("11", "1", "10") == "false");
  CHECK(between_text("2", "null", "10") == "null FE-0111");
}

TEST_CASE("logic: what is unknown stays unknown until the other side decides") {
  check({{"true", "and", "true", "true"},
         {"true", "and", "false", "false"},
         {"false", "and", "missing", "false"},
         {"missing", "and", "true", "null fact"},
         {"1", "and", "false", "false"},
         {"1", "and", "true", "null FE-0111"},
         {"false", "or", "false", "false"},
         {"missing", "or", "true", "true"},
         {"missing", "or", "false", "null fact"},
         {R"("x")", "or", "false", "null FE-0111"}});
  Calls calls;
  CHECK(described(logical_not(calls.value("true"))) == "false");
  CHECK(described(logical_not(calls.value("missing"))) == "null fact");
  CHECK(described(logical_not(calls.value("1"))) == "null FE-0111");
}

TEST_CASE("properties: each kind has its own") {
  struct Property {
    const char* value;
    const char* name;
    const char* outcome;
  };
  Calls calls;
  const std::vector<Property> cases = {
      {R"(@"2018-12-10")", "year", "2018"},
      {R"(@"2018-12-10")", "weekday", "1"},
      {R"(@"-2018-12-10")", "year", "-2018"},
      {R"(@"2018-12-10")", "hour", "null FE-0114"},
      {R"(@"2018-12-10T10:30:01.5")", "second", "1"},
      {R"(@"2018-12-10T10:30:01+05:00")", "time offset", R"(@"PT5H")"},
      {R"(@"2018-12-10T10:30:01@Europe/Paris")", "time offset", R"(@"PT1H")"},
      {R"(@"2018-12-10T10:30:01@Etc/UTC")", "timezone", R"("Etc/UTC")"},
      {R"(@"10:30:01")", "timezone", "null"},
      {R"(@"10:30:01@Europe/Paris")", "time offset", "null"},
      {R"(@"P1Y2M")", "months", "2"},
      {R"(@"-P1Y2M")", "years", "-1"},
      {R"(@"P1Y2M")", "days", "null FE-0114"},
      {R"(@"-P1DT2H3M4.5S")", "seconds", "-4"},
      {R"(@"-P1DT2H3M4.5S")", "hours", "-2"},
      {R"(@"P1DT2H3M4S")", "minutes", "3"},
      {"[1..10)", "end included", "false"},
      {"(< 10)", "start", "null"},
      {"(< 10)", "end", "10"},
      {"(= 10)", "start included", "true"},
      {"{a: 1}", "a", "1"},
      {"{a: 1}", "b", "null FE-0114"},
      {"[{a: 1}, {b: 2}]", "a", "[1, null]"},
      {"missing", "a", "null fact"},
      {"1", "a", "null FE-0114"}};
  for (const Property& c : cases) {
    CAPTURE(std::string(c.value) + "." + c.name);
    CHECK(described(property(calls.value(c.value), c.name)) == c.outcome);
  }
}

TEST_CASE("items count from 1, and from the end with a minus") {
  struct Item {
    const char* list;
    const char* index;
    const char* outcome;
  };
  Calls calls;
  const std::vector<Item> cases = {{"[1, 2, 3]", "1", "1"},
                                   {"[1, 2, 3]", "-3", "1"},
                                   {"[1, 2, 3]", "2.9", "2"},
                                   {"[1, 2, 3]", "0", "null FE-0115"},
                                   {"[1, 2, 3]", "4", "null FE-0115"},
                                   {"[1, 2, 3]", "-4", "null FE-0115"},
                                   {"[1, 2, 3]", "1e30", "null FE-0115"},
                                   {"100", "1", "100"},
                                   {"missing", "1", "null fact"},
                                   {"[1]", "true", "null FE-0111"}};
  for (const Item& c : cases) {
    CAPTURE(std::string(c.list) + c.index);
    CHECK(described(item_at(calls.value(c.list), calls.value(c.index))) == c.outcome);
  }
}

TEST_CASE("ranges: ends of one kind in order, or none") {
  Calls calls;
  CHECK(calls.text("[3..1]") == "null FE-0120");
  CHECK(calls.text(R"([1.."a"])") == "null FE-0120");
  CHECK(calls.text("[null..1]") == "null FE-0120");
  CHECK(calls.text("[missing..1]") == "null fact");
  CHECK(calls.text("(< true)") == "null FE-0120");
  CHECK(calls.text("(= true)") == "(= true)");
  CHECK(calls.text("(= missing)") == "null fact");
}

const std::vector<const char*>& samples() {
  static const std::vector<const char*> kAll = {"null",
                                                "missing",
                                                "true",
                                                "false",
                                                "0",
                                                "-1.5",
                                                "1e40",
                                                R"("")",
                                                R"("a")",
                                                R"(@"2021-01-01")",
                                                R"(@"-2021-01-01")",
                                                R"(@"10:00:00")",
                                                R"(@"10:00:00Z")",
                                                R"(@"10:00:00@Europe/Paris")",
                                                R"(@"2021-01-01T10:00:00")",
                                                R"(@"2021-01-01T10:00:00.5Z")",
                                                R"(@"2021-01-01T10:00:00Z")",
                                                R"(@"2021-01-01T11:00:00@Europe/Paris")",
                                                R"(@"P1D")",
                                                R"(@"-PT0.5S")",
                                                R"(@"P1Y")",
                                                "[]",
                                                "[1]",
                                                R"(["a", null])",
                                                "{}",
                                                "{a: 1}",
                                                "[1..5]",
                                                "(> 3)",
                                                "abs"};
  return kAll;
}

TEST_CASE("operators: every pair of kinds has an outcome or a cause") {
  Calls calls;
  for (const auto& entry : operators()) {
    const std::string& symbol = entry.first;
    const Operator apply = entry.second;
    for (const char* left : samples()) {
      for (const char* right : samples()) {
        CAPTURE(std::string(left) + " " + symbol + " " + right);
        const Value outcome = apply(calls.value(left), calls.value(right));
        REQUIRE((!outcome.is_null() || outcome.null_reason()));
      }
    }
  }
}

TEST_CASE("operators: equality, identity, order and hash agree") {
  Calls calls;
  for (const char* left : samples()) {
    for (const char* right : samples()) {
      CAPTURE(std::string(left) + " and " + right);
      const Value a = calls.value(left);
      const Value b = calls.value(right);
      REQUIRE(equals(a, b) == equals(b, a));
      if (equals(a, b).value_or(false)) REQUIRE(hash_of(a) == hash_of(b));
      if (is_same(a, b)) REQUIRE(hash_of(a) == hash_of(b));
      const std::optional<int> order = compare(a, b);
      if (order) {
        REQUIRE(compare(b, a) == -*order);
        REQUIRE((*order == 0) == equals(a, b).value_or(false));
      }
    }
    const Value value = calls.value(left);
    if (!value.is(Kind::kFunction)) REQUIRE(is_same(value, calls.value(left)));
  }
}

}  // namespace
}  // namespace zicht::feel
