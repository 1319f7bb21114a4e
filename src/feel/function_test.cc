// Built-in functions. Method: tables of calls and their outcomes, for each function a value, a
// null, another kind and the edges; then rules over all functions of the table.
#include "feel/function.h"

#include <doctest/doctest.h>

#include <set>

#include "feel/testing/call_text.h"

namespace zicht::feel {
namespace {

using testing::Calls;
using testing::described;

struct Case {
  const char* call;
  const char* outcome;
};

void check(const std::vector<Case>& cases) {
  Calls calls;
  for (const Case& c : cases) {
    CAPTURE(std::string(c.call));
    CHECK(calls.text(c.call) == c.outcome);
  }
}

TEST_CASE("functions: those of numbers give these outcomes") {
  check({{"abs(-1)", "1"},
         {R"(abs(@"-P1D"))", R"(@"P1D")"},
         {R"(abs(@"-PT0.5S"))", R"(@"PT0.5S")"},
         {R"(abs(@"-P1Y"))", R"(@"P1Y")"},
         {"abs(n: -1)", "1"},
         {"abs([-1])", "1"},
         {"abs(null)", "null FE-0105"},
         {"abs(missing)", "null fact"},
         {"abs(true)", "null FE-0105"},
         {"abs()", "null FE-0104"},
         {"abs(1, 1)", "null FE-0104"},
         {"abs(number: 1)", "null FE-0104"},
         {"decimal(2.5, 0)", "2"},
         {"decimal(1, 6177)", "null FE-0107"},
         {"decimal(0.333, 2.5)", "0.33"},
         {"decimal(1)", "null FE-0104"},
         {"floor(-1.5)", "-2"},
         {"floor(-1.56, 1)", "-1.6"},
         {"floor(1.56, null)", "null FE-0105"},
         {"ceiling(-1.5)", "-1"},
         {"ceiling(n: 1.56, scale: 1)", "1.6"},
         {"ceiling(null)", "null FE-0105"},
         {"round up(-1.126, 2)", "-1.13"},
         {"round up(5.5, null)", "null FE-0105"},
         {"round down(-1.126, 2)", "-1.12"},
         {R"(round down("1", 2))", "null FE-0105"},
         {"round half up(-5.5, 0)", "-6"},
         {"round half up(5.5, -6112)", "null FE-0107"},
         {"round half down(-5.5, 0)", "-5"},
         {"round half down(5.5)", "null FE-0104"},
         {"modulo(-12, 5)", "3"},
         {"modulo(10, 0)", "null FE-0112"},
         {"modulo(10, null)", "null FE-0105"},
         {"sqrt(4)", "2"},
         {"sqrt(-1)", "null FE-0107"},
         {"sqrt(null)", "null FE-0105"},
         {"log(1)", "0"},
         {"log(0)", "null FE-0107"},
         {R"(log("1"))", "null FE-0105"},
         {"exp(0)", "1"},
         {"exp(1e9)", "null FE-0107"},
         {"exp(true)", "null FE-0105"},
         {"odd(-1)", "true"},
         {"odd(1.5)", "false"},
         {"odd(null)", "null FE-0105"},
         {"even(-2)", "true"},
         {"even(1.5)", "false"},
         {"even(missing)", "null fact"},
         {"random number(1)", "null FE-0104"}});
}

TEST_CASE("functions: random number comes from the caller and from nowhere else") {
  Calls calls;
  const Value first = calls.value("random number()");
  CHECK(first.as_number() < Number(1));
  CHECK_FALSE(first.as_number().is_negative());
  CHECK(described(Calls().value("random number()")) == described(first));
  calls.environment().rng = nullptr;
  CHECK(calls.text("random number()") == "null FE-0123");
}

TEST_CASE("functions: those of strings count by code point") {
  check({{R"(substring("foobar", 3))", R"("obar")"},
         {R"(substring("foobar", -2, 1))", R"("a")"},
         {R"(substring("foobar", 3, 3.8))", R"("oba")"},
         {R"(substring("foobar", 3, 99))", R"("obar")"},
         {"substring(\"\xF0\x9F\x90\x8E"
          "foo\", 2)",
          R"("foo")"},
         {R"(substring("foobar", 0))", "null FE-0107"},
         {R"(substring("foobar", 7))", "null FE-0107"},
         {R"(substring("foobar", -7))", "null FE-0107"},
         {R"(substring("foobar", 1, 0))", "null FE-0107"},
         {R"(substring("", 1))", "null FE-0107"},
         {R"(substring(null, 1))", "null FE-0105"},
         {R"(substring(string: "foobar", start position: 3))", R"("obar")"},
         {"string length(\"\xF0\x9F\x90\x8E\")", "1"},
         {"string length(1)", "null FE-0105"},
         {"upper case(\"stra\xC3\x9F"
          "e\")",
          R"("STRASSE")"},
         {"upper case(null)", "null FE-0105"},
         {"lower case(\"\xC3\x89\")", "\"\xC3\xA9\""},
         {"lower case([])", "null FE-0105"},
         {R"(substring before("foobar", "o"))", R"("f")"},
         {R"(substring before("foobar", "x"))", R"("")"},
         {R"(substring before("foobar", ""))", R"("")"},
         {R"(substring before("foobar", null))", "null FE-0105"},
         {R"(substring after("foobar", "ob"))", R"("ar")"},
         {R"(substring after("foobar", "x"))", R"("")"},
         {R"(substring after("foobar", ""))", R"("foobar")"},
         {R"(substring after(1, ""))", "null FE-0105"},
         {R"(contains("foobar", "oo"))", "true"},
         {R"(contains("", "a"))", "false"},
         {R"(contains(string: "a", match: null))", "null FE-0105"},
         {R"(starts with("foobar", "foo"))", "true"},
         {R"(starts with("foobar", 1))", "null FE-0105"},
         {R"(ends with("foobar", "foo"))", "false"},
         {R"(ends with(missing, "foo"))", "null fact"},
         {R"(string join(["a", "b", "c"], " and "))", R"("a and b and c")"},
         {R"(string join(["a", null, "c"], "X"))", R"("aXc")"},
         {R"(string join(["a"], null))", R"("a")"},
         {R"(string join([]))", R"("")"},
         {R"(string join("a", "X"))", R"("a")"},
         {R"(string join([1, 2]))", "null FE-0107"},
         {R"(string join(null))", "null FE-0105"},
         {R"(string join(list: ["a"], delimitr: "X"))", "null FE-0104"}});
}

TEST_CASE("functions: those with patterns follow XPath") {
  check({{R"-(matches("foobar", "^fo*b"))-", "true"},
         {R"-(matches("foobar", "^Fo", "i"))-", "true"},
         {R"-(matches("foobar", "oo", null))-", "true"},
         {R"-(matches("foobar", "[9-0]"))-", "null FE-0121"},
         {R"-(matches("foobar", "o", "z"))-", "null FE-0121"},
         {R"-(matches(null, "o"))-", "null FE-0105"},
         {R"-(matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "^(a+)+$"))-", "null FE-0122"},
         {R"-(replace("abracadabra", "a(.)", "a$1$1"))-", R"-("abbraccaddabbra")-"},
         {R"-(replace("facetiously", "[iouy]", "[$0]"))-", R"-("facet[i][o][u]sl[y]")-"},
         {R"-(replace("abcd", "(ab)|(a)", "[1=$1][2=$2]"))-", R"-("[1=ab][2=]cd")-"},
         {R"-(replace("a", "a", "$1"))-", R"-("")-"},
         {R"-(replace("ab", "(a)", "$12"))-", R"-("a2b")-"},
         {R"-(replace("a", "a", "\$"))-", R"-("$")-"},
         {R"-(replace("a", "a", "$"))-", "null FE-0121"},
         {R"-(replace("a.c", ".", "$", "q"))-", R"-("a$c")-"},
         {R"-(replace("abc", "x*", "-"))-", "null FE-0121"},
         {R"-(replace("abc", "(", "-"))-", "null FE-0121"},
         {R"-(replace("abc", null, "-"))-", "null FE-0105"},
         {R"-(split("John Doe", "\s"))-", R"-(["John", "Doe"])-"},
         {R"-(split("a;b;c;;", ";"))-", R"-(["a", "b", "c", "", ""])-"},
         {R"-(split("", ";"))-", R"-([""])-"},
         {R"-(split("abc", ""))-", "null FE-0121"},
         {R"-(split("abc", "["))-", "null FE-0121"},
         {R"-(split("abc", null))-", "null FE-0105"}});
}

TEST_CASE("functions: those of dates and times give these outcomes") {
  check({{R"(day of year(@"2020-12-31"))", "366"},
         {R"(day of year(@"2020-12-31T10:00:00"))", "366"},
         {R"(day of year("foo"))", "null FE-0105"},
         {R"(day of week(@"2019-09-17"))", R"("Tuesday")"},
         {R"(day of week(null))", "null FE-0105"},
         {R"(month of year(@"2019-09-17"))", R"("September")"},
         {R"(month of year())", "null FE-0104"},
         {R"(week of year(@"2010-01-01"))", "53"},
         {R"(week of year(date: missing))", "null fact"},
         {R"(years and months duration(@"2011-12-22", @"2013-08-24T00:00:00"))", R"(@"P1Y8M")"},
         {R"(years and months duration(@"2011-12-22", null))", "null FE-0105"},
         {R"(is(@"23:00:50Z", @"23:00:50+00:00"))", "true"},
         {R"(is(@"23:00:50", @"23:00:50Z"))", "false"},
         {R"(is(@"2012-12-25", @"2012-12-25T00:00:00Z"))", "false"},
         {R"(is(@"23:00:50.5", @"23:00:50"))", "false"},
         {R"(is(value1: 1))", "false"},
         {R"(is([1, {a: 2}], [1.0, {a: 2}]))", "true"},
         {"now()", "null FE-0123"},
         {"today()", "null FE-0123"},
         {"now(1)", "null FE-0104"}});
  Calls calls;
  calls.environment().now = calls.value(R"(@"2025-01-31T10:00:00@Europe/Amsterdam")");
  calls.environment().today = calls.value(R"(@"2025-01-31")");
  CHECK(calls.text("now()") == R"(@"2025-01-31T10:00:00@Europe/Amsterdam")");
  CHECK(calls.text("today()") == R"(@"2025-01-31")");
}

TEST_CASE("functions: conversions read strictly") {
  check(
      {{"string(1.50)", R"("1.5")"},
       {R"(string("a"))", R"("a")"},
       {R"(string(@"2025-01-31"))", R"("2025-01-31")"},
       {R"(string([1, "a"]))", R"("[1, \"a\"]")"},
       {"string(null)", "null FE-0105"},
       {"string()", "null FE-0104"},
       {R"(number("1.000.000,01", ".", ","))", "1000000.01"},
       {R"(number("1 000.5", " ", "."))", "1000.5"},
       {R"(number("1000.5", null, null))", "1000.5"},
       {R"(number("-12.5"))", "-12.5"},
       {R"(number("1.0", ",", ","))", "null FE-0107"},
       {R"(number("1.0", ":", "."))", "null FE-0107"},
       {R"(number("1.0", null, ","))", "null FE-0117"},
       {R"(number("foo"))", "null FE-0117"},
       {R"(number(1))", "null FE-0105"},
       {R"(number("1", "."))", "null FE-0104"},
       {R"(date("2017-12-31"))", R"(@"2017-12-31")"},
       {R"(date(@"2017-08-14T14:25:00+02:00"))", R"(@"2017-08-14")"},
       {"date(2017, 2, 28)", R"(@"2017-02-28")"},
       {"date(2017, 2, 29)", "null FE-0117"},
       {"date(1000999999, 1, 1)", "null FE-0117"},
       {R"(date("2017-13-01"))", "null FE-0117"},
       {"date(2017, null, 1)", "null FE-0105"},
       {"date(1)", "null FE-0105"},
       {"date(year: 2017, month: 8, day: 30)", R"(@"2017-08-30")"},
       {R"(time("11:22:33.444Z"))", R"(@"11:22:33.444Z")"},
       {R"(time(@"2017-08-10T10:20:00@Europe/Paris"))", R"(@"10:20:00@Europe/Paris")"},
       {R"(time(@"2017-08-10"))", R"(@"00:00:00Z")"},
       {R"(time(@"10:00:00"))", R"(@"10:00:00")"},
       {R"(time(11, 59, 45.5, @"-PT2H45M55S"))", R"(@"11:59:45.5-02:45:55")"},
       {"time(12, 0, 0, null)", R"(@"12:00:00")"},
       {"time(12, 0, 0)", R"(@"12:00:00")"},
       {"time(24, 0, 0)", "null FE-0117"},
       {"time(12, 0, 60)", "null FE-0117"},
       {R"(time(12, 0, 0, @"PT19H"))", "null FE-0117"},
       {"time(12, null, 0)", "null FE-0105"},
       {R"(time("25:00:00"))", "null FE-0117"},
       {R"(date and time("2012-12-24"))", R"(@"2012-12-24T00:00:00")"},
       {R"(date and time("2012-12-24T10:00:00Z"))", R"(@"2012-12-24T10:00:00Z")"},
       {R"(date and time(@"2017-01-01", @"23:59:01+02:00"))", R"(@"2017-01-01T23:59:01+02:00")"},
       {R"(date and time(@"2017-01-01T10:00:00Z", @"23:59:01"))", R"(@"2017-01-01T23:59:01")"},
       {"date and time(2017, 1, 31, 23, 59, 1)", R"(@"2017-01-31T23:59:01")"},
       {R"(date and time(2017, 1, 31, 23, 59, 1, @"PT1H"))", R"(@"2017-01-31T23:59:01+01:00")"},
       {R"(date and time(2017, 1, 31, 23, 59, 1, "Europe/Paris"))",
        R"(@"2017-01-31T23:59:01@Europe/Paris")"},
       {R"(date and time(2017, 1, 31, 23, 59, 1, "Europe/Nowhere"))", "null FE-0117"},
       {R"(date and time("11:00:00"))", "null FE-0117"},
       {R"(date and time(@"2017-01-01", null))", "null FE-0105"},
       {R"(duration("P1DT2H"))", R"(@"P1DT2H")"},
       {R"(duration("P26M"))", R"(@"P2Y2M")"},
       {R"(duration("P1H"))", "null FE-0117"},
       {"duration(2017)", "null FE-0105"},
       {"not(true)", "false"},
       {"not(null)", "null FE-0111"},
       {"not(missing)", "null fact"},
       {R"(range(" [ 1 .. 3 ) "))", "[1..3)"},
       {R"(range("]\"a\"..\"c\"]"))", R"(("a".."c"])"},
       {R"(range("[@\"1970-01-01\"..date(\"1970-01-02\")]"))", R"([@"1970-01-01"..@"1970-01-02"])"},
       {R"(range("[duration(\"P1D\")..@\"P2D\"]"))", R"([@"P1D"..@"P2D"])"},
       {R"(range("[1..]"))", "null FE-0117"},
       {R"(range("[1..x]"))", "null FE-0117"},
       {R"(range("1..2"))", "null FE-0117"},
       {R"(range("[3..1]"))", "null FE-0120"},
       {R"(range("[1..\"b\"]"))", "null FE-0120"},
       {"range([1..3])", "null FE-0105"}});
}

TEST_CASE("functions: those of lists count from 1 and from the end") {
  check({{"list contains([1, null], null)", "true"},
         {R"(list contains([1, 2], "1"))", "false"},
         {"list contains(null, 1)", "null FE-0105"},
         {"count([1, null])", "2"},
         {"count(1, 2)", "2"},
         {"count([])", "0"},
         {"count(null)", "null FE-0105"},
         {"sublist([1, 2, 3], 2)", "[2, 3]"},
         {"sublist([1, 2, 3], -2, 1)", "[2]"},
         {"sublist([1, 2, 3], 4)", "null FE-0107"},
         {"sublist([1, 2, 3], 2, 3)", "null FE-0107"},
         {"sublist(null, 1)", "null FE-0105"},
         {"append([1], 2, [3])", "[1, 2, [3]]"},
         {"append(1, 2)", "[1, 2]"},
         {"append(null, 2)", "null FE-0105"},
         {"concatenate([1], [2, [3]], 4)", "[1, 2, [3], 4]"},
         {"concatenate([1], null)", "null FE-0105"},
         {"insert before([1, 2], 2, null)", "[1, null, 2]"},
         {"insert before([1, 2], -2, 0)", "[0, 1, 2]"},
         {"insert before([1, 2], 3, 0)", "null FE-0107"},
         {"insert before([1, 2], null, 0)", "null FE-0105"},
         {"remove([1, 2, 3], -1)", "[1, 2]"},
         {"remove([1, 2, 3], 0)", "null FE-0107"},
         {"remove([1, 2, 3], null)", "null FE-0105"},
         {"reverse([1, 2, 3])", "[3, 2, 1]"},
         {"reverse(null)", "null FE-0105"},
         {"index of([1, 2, 1, null], 1)", "[1, 3]"},
         {"index of([1, 2], 3)", "[]"},
         {"index of(null, 1)", "null FE-0105"},
         {"union([1, 2], [2, 3])", "[1, 2, 3]"},
         {"union(null)", "null FE-0105"},
         {R"(distinct values([1, "1", 1.0, null, {a: 1}, {a: 1}, null]))",
          R"([1, "1", null, {a: 1}])"},
         {"distinct values(1)", "[1]"},
         {"distinct values(missing)", "null fact"},
         {"flatten([[1, [2]], [[[3]]], 4])", "[1, 2, 3, 4]"},
         {"flatten(null)", "null FE-0105"},
         {"list replace([1, 2, 3], -1, null)", "[1, 2, null]"},
         {"list replace([1, 2, 3], 4, 0)", "null FE-0107"},
         {R"(list replace([1, 2, 3], "2", 4))", "null FE-0105"},
         {"list replace(position: 2, newItem: 4, list: [1, 2, 3])", "[1, 4, 3]"}});
}

TEST_CASE("functions: figures of lists take items of one kind") {
  check({{"min([3, 1, 2])", "1"},
         {R"(max("b", "a"))", R"("b")"},
         {R"(min([@"2021-01-02", @"2021-01-01"]))", R"(@"2021-01-01")"},
         {"min([])", "null FE-0107"},
         {"min([1, null])", "null FE-0107"},
         {"min([1, missing])", "null fact"},
         {R"(max([1, "a"]))", "null FE-0107"},
         {"max(null)", "null FE-0105"},
         {"sum([1, 2.5])", "3.5"},
         {"sum(1, 2)", "3"},
         {"sum([])", "null FE-0107"},
         {"sum([1, null])", "null FE-0107"},
         {"sum([9e6144, 9e6144])", "null FE-0107"},
         {"mean([1, 2])", "1.5"},
         {"mean(null)", "null FE-0105"},
         {"product([2, 3, 4])", "24"},
         {"product([])", "null FE-0107"},
         {"median([8, 2, 5, 3, 4])", "4"},
         {"median(6, 1, 2, 3)", "2.5"},
         {"median([])", "null FE-0107"},
         {R"(median([1, "a"]))", "null FE-0107"},
         {"mode([6, 3, 9, 6, 3])", "[3, 6]"},
         {"mode([])", "[]"},
         {"mode(null)", "null FE-0105"},
         {"stddev([1, 3])", "1.414213562373095048801688724209698"},
         {"stddev([47])", "null FE-0107"},
         {"stddev([1, null])", "null FE-0107"},
         {"all([true, false])", "false"},
         {"all([])", "true"},
         {"all([true, null])", "null"},
         {"all([true, missing])", "null fact"},
         {"all([false, missing])", "false"},
         {"all([true, 1])", "null FE-0107"},
         {"all(null)", "null FE-0105"},
         {"any(false, true)", "true"},
         {"any([])", "false"},
         {"any(null, false)", "null"},
         {"any([1, true])", "null FE-0107"},
         {"any(missing, false)", "null fact"}});
}

TEST_CASE("functions: those of contexts keep the order of keys") {
  check({{R"(get value({a: 1}, "a"))", "1"},
         {R"(get value({a: 1}, "b"))", "null FE-0114"},
         {R"(get value(null, "a"))", "null FE-0105"},
         {"get entries({a: 1, b: 2})", R"([{key: "a", value: 1}, {key: "b", value: 2}])"},
         {"get entries(1)", "null FE-0105"},
         {R"(context([{key: "a", value: 1}, {key: "b", value: null}]))", "{a: 1, b: null}"},
         {R"(context({key: "a", value: 1}))", "{a: 1}"},
         {R"(context([{key: "a", value: 1}, {key: "a", value: 2}]))", "null FE-0107"},
         {R"(context([{key: "a"}]))", "null FE-0107"},
         {R"(context([missing]))", "null fact"},
         {"context(null)", "null FE-0105"},
         {R"(context put({a: 1}, "b", 2))", "{a: 1, b: 2}"},
         {R"(context put({a: {b: 1}}, ["a", "b"], 2))", "{a: {b: 2}}"},
         {R"(context put({a: {b: 1}}, ["a", "b", "c"], 2))", "null FE-0107"},
         {R"(context put({a: 1}, [], 2))", "null FE-0107"},
         {R"(context put({a: 1}, null, 2))", "null FE-0105"},
         {R"(context put(context: {}, key: "a", value: 1))", "{a: 1}"},
         {"context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"},
         {"context merge([1])", "null FE-0107"},
         {"context merge([missing])", "null fact"},
         {"context merge(null)", "null FE-0105"}});
}

TEST_CASE("functions: points and ranges relate as in the standard") {
  check({{"before(1, 10)", "true"},
         {"before(1, (1..10])", "true"},
         {"before([1..10], 10)", "false"},
         {"before([1..10), [10..20])", "true"},
         {R"(before(1, "a"))", "null FE-0111"},
         {"before(null, 1)", "null FE-0105"},
         {"after(10, [1..10))", "true"},
         {"after([11..20], 11)", "false"},
         {"after([11..20], missing)", "null fact"},
         {"meets([1..5], [5..10])", "true"},
         {"meets([1..5), [5..10])", "false"},
         {"meets(1, [5..10])", "null FE-0105"},
         {"met by([5..10], [1..5])", "true"},
         {"met by([6..10], [1..5])", "false"},
         {"overlaps([5..8], [1..5])", "true"},
         {"overlaps([5..8], [1..5))", "false"},
         {R"(overlaps([5..8], ["a".."b"]))", "null FE-0111"},
         {"overlaps before([1..5), (1..5])", "true"},
         {"overlaps before([1..5], [1..5])", "false"},
         {"overlaps after((1..5], [1..5))", "true"},
         {"overlaps after([1..5], [1..5))", "false"},
         {"finishes(10, [1..10])", "true"},
         {"finishes([5..10), [1..10])", "false"},
         {"finished by([1..10], (1..10])", "true"},
         {"finished by([1..10), 10)", "false"},
         {"includes([1..10], (1..10))", "true"},
         {"includes((1..10], 1)", "false"},
         {"during(5, [1..10])", "true"},
         {"during([1..5], (1..5])", "false"},
         {"starts(1, [1..10])", "true"},
         {"starts((1..5], [1..10])", "false"},
         {"started by([1..10], 1)", "true"},
         {"started by([1..10], (1..5])", "false"},
         {"coincides(5, 5)", "true"},
         {"coincides((1..5), [1..5])", "false"},
         // Unbounded ends.
         {"before((< 5), 5)", "true"},
         {"before((> 5), 9)", "false"},
         {"includes((>= 5), [5..6])", "true"},
         {"includes([5..6], (>= 5))", "false"},
         {"coincides((< 5), (< 5))", "true"},
         {"overlaps((< 5), (> 3))", "true"},
         {"meets((<= 5), (>= 5))", "true"},
         {"starts((< 3), (< 5))", "true"}});
}

// A function of C++ as a value, such as a closure of an author.
class Native final : public Function {
 public:
  using Body = Value (*)(CallContext&, std::span<const Value>);
  Native(std::vector<std::string> names, Body body) : names_(std::move(names)), body_(body) {}
  std::span<const std::string> parameter_names() const override { return names_; }
  std::string_view name() const override { return "native"; }
  Value invoke(CallContext& context, std::span<const Value> arguments) const override {
    return body_(context, arguments);
  }

 private:
  std::vector<std::string> names_;
  Body body_;
};

Value native(std::vector<std::string> names, Native::Body body) {
  return Value::function(make_ref<const Native>(std::move(names), body));
}

TEST_CASE("functions: functions can be arguments") {
  Calls calls;
  calls.names["falls"] = native({"x", "y"}, [](CallContext&, std::span<const Value> a) {
    return Value::boolean(a[0].as_number() > a[1].as_number());
  });
  calls.names["seven"] =
      native({"x", "y"}, [](CallContext&, std::span<const Value>) { return Value::number(7); });
  calls.names["one"] =
      native({"x"}, [](CallContext&, std::span<const Value>) { return Value::boolean(true); });
  calls.names["always"] =
      native({"x", "y"}, [](CallContext&, std::span<const Value>) { return Value::boolean(true); });
  const std::vector<Case> cases = {{"sort([3, 1, 5, 4, 1], falls)", "[5, 4, 3, 1, 1]"},
                                   {"sort([], falls)", "[]"},
                                   {"sort([1, 2, 3, 4, 5], always)", "[5, 4, 3, 2, 1]"},
                                   {"sort(list: [1, 2], precedes: seven)", "null FE-0107"},
                                   {"sort([1, 2], one)", "null FE-0107"},
                                   {"sort([1, 2], null)", "null FE-0105"},
                                   {"sort([1, 2])", "null FE-0104"},
                                   {"sort([2, 1], before)", "[1, 2]"},
                                   {"list replace([2, 4, 7], falls, 3)", "[2, 3, 3]"},
                                   {"list replace([2, 4], seven, 5)", "null FE-0107"},
                                   {"list replace([2, 4], one, 5)", "null FE-0104"}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.call));
    CHECK(calls.text(c.call) == c.outcome);
  }
  const std::vector<Value> one{Value::number(1)};
  CHECK(described(calls.context().call(Value::number(1), one)) == "null FE-0106");
  CHECK(described(calls.context().call(Value::missing("f"), one)) == "null f");
  CHECK(described(calls.context().call(calls.names["falls"], one)) == "null FE-0104");
}

TEST_CASE("functions: a sort keeps the order of equals") {
  Calls calls;
  calls.names["by a"] = native({"x", "y"}, [](CallContext&, std::span<const Value> v) {
    return Value::boolean(v[0].as_context().find("a")->as_number() <
                          v[1].as_context().find("a")->as_number());
  });
  CHECK(calls.text("sort([{a: 2, b: 1}, {a: 1, b: 2}, {a: 2, b: 3}, {a: 1, b: 4}], by a)") ==
        "[{a: 1, b: 2}, {a: 1, b: 4}, {a: 2, b: 1}, {a: 2, b: 3}]");
}

TEST_CASE("functions: function values take named arguments") {
  Calls calls;
  const Value divided = native({"x", "y"}, [](CallContext&, std::span<const Value> a) {
    return Value::list({a[0], a[1]});
  });
  const std::vector<NamedArgument> given{{"y", Value::number(1)}, {"x", Value::number(2)}};
  const std::vector<NamedArgument> wrong{{"z", Value::number(1)}};
  CHECK(described(call_function(calls.context(), divided.as_function(), given)) == "[2, 1]");
  CHECK(described(call_function(calls.context(), divided.as_function(), wrong)) == "null FE-0104");
  const Value built_in = function_value(*find_builtin("substring before"));
  const std::vector<NamedArgument> texts{{"match", Value::string("b")},
                                         {"string", Value::string("ab")}};
  CHECK(described(call_function(calls.context(), built_in.as_function(), texts)) == R"("a")");
  CHECK(built_in.as_function().accepts(2));
  CHECK_FALSE(built_in.as_function().accepts(1));
}

TEST_CASE("functions: every call that does not fit is null and says why") {
  const std::vector<const char*> values = {"null",
                                           "missing",
                                           "true",
                                           "1",
                                           "-0.5",
                                           R"("a")",
                                           R"(@"2021-01-01")",
                                           R"(@"10:00:00Z")",
                                           R"(@"P1D")",
                                           "[]",
                                           "[1]",
                                           "{a: 1}",
                                           "[1..2]",
                                           "abs"};
  for (const Builtin& builtin : builtins()) {
    const std::string name(builtin.name);
    Calls calls;
    CHECK(find_builtin(builtin.name) == &builtin);
    for (const char* a : values) {
      for (const char* b : values) {
        for (const std::string& call :
             {name + "()", name + "(" + a + ")", name + "(" + a + ", " + b + ")",
              name + "(" + a + ", " + b + ", " + a + ")"}) {
          CAPTURE(call);
          const Value outcome = calls.value(call);
          // all() and any() give the null of their items on; a value may be null in an entry.
          const bool is_passed_on = name == "all" || name == "any" || name == "get value";
          REQUIRE((!outcome.is_null() || outcome.null_reason() || is_passed_on));
        }
      }
    }
  }
  CHECK(find_builtin("no such function") == nullptr);
}

TEST_CASE("functions: results have the type that is announced") {
  CHECK(result_type(*find_builtin("string length")) == Type::number());
  CHECK(result_type(*find_builtin("abs")) == Type::any());
  CHECK(result_type(*find_builtin("flatten")).to_string() == "list<Any>");
  CHECK(accepts(*find_builtin("substring"), 3));
  CHECK_FALSE(accepts(*find_builtin("substring"), 4));
  CHECK(accepts(*find_builtin("sum"), 40));
  CHECK_FALSE(accepts(*find_builtin("sum"), 0));
}

}  // namespace
}  // namespace zicht::feel
