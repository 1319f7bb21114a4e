// What can be pushed down and as what; what cannot, and what is said about it. That a predicate
// answers as FEEL does is compared on both databases: src/store/where_test.cc.
#include "feel/predicate.h"

#include <doctest/doctest.h>

#include <set>
#include <span>
#include <string>

#include "base/time_zone.h"

namespace zicht::feel {
namespace {

constexpr std::int64_t kBig = 999'999'999'999'999'999;

std::vector<RowField> sample_fields() {
  const Type window = Type::context_of({{"first", Type::date()}, {"last", Type::date()}});
  return {
      {.name = "amount", .type = Type::number(), .scale = 2, .min = -kBig, .max = kBig},
      {.name = "rate", .type = Type::number(), .scale = 3, .min = 0, .max = 1'000'000},
      {.name = "n", .type = Type::number(), .scale = 0, .min = -100, .max = 100},
      {.name = "wide", .type = Type::number()},
      {.name = "flag", .type = Type::boolean()},
      {.name = "name", .type = Type::string()},
      {.name = "other", .type = Type::string()},
      {.name = "due", .type = Type::date()},
      {.name = "done", .type = Type::date()},
      {.name = "window", .type = window},
      {.name = "labels", .type = Type::list_of(Type::string())},
      {.name = "counts", .type = Type::list_of(Type::number())},
      {.name = "term", .type = Type::any()},
      {.name = "diagnosis", .type = Type::string(), .refusal = RowField::Refusal::kSealed},
      {.name = "note", .type = Type::string(), .refusal = RowField::Refusal::kNotFilterable},
      {.name = "derived",
       .type = Type::list_of(Type::string()),
       .refusal = RowField::Refusal::kUnknownWhenEmpty}};
}

Pushed push(std::string_view text, Date today = Date::of(2026, 3, 31)) {
  const Environment environment{.zones = &system_time_zones(),
                                .today = Value::date(date_of(today))};
  return push_down(text, sample_fields(), environment);
}

std::string pushed(std::string_view text, Date today = Date::of(2026, 3, 31)) {
  const Pushed made = push(text, today);
  if (made.predicate) return to_text(*made.predicate);
  std::string ids;
  for (const Finding& finding : made.findings) ids += finding.id + " ";
  return ids;
}

struct Expected {
  const char* text;
  const char* outcome;
};

void check(std::span<const Expected> all) {
  for (const auto& [text, outcome] : all) {
    CAPTURE(text);
    CHECK(pushed(text) == outcome);
  }
}

TEST_CASE("predicate: comparisons become what the columns keep") {
  const Expected expected[] = {
      {"amount > 100", "(>= amount 10001)"},
      {"100 < amount", "(>= amount 10001)"},
      {"amount >= 12.5", "(>= amount 1250)"},
      {"amount < 0.005", "(<= amount 0)"},
      {"amount <= -0.005", "(<= amount -1)"},
      {"amount > -0.005", "(>= amount 0)"},
      {"amount = 1.005", "(> amount 9223372036854775807)"},
      {"amount != 1.005", "(<= amount 9223372036854775807)"},
      {"amount < 1e30", "(<= amount 9223372036854775807)"},
      {"amount < -1e30", "(> amount 9223372036854775807)"},
      {"amount between 1 and 2", "(and (>= amount 100) (<= amount 200))"},
      {"n in (1, 2, 2.5)", "(or (= n 1) (= n 2) (> n 9223372036854775807))"},
      {"n in [1, 2, 4]", "(in n 1 2 4)"},
      {"n in (1..4]", "(and (>= n 2) (<= n 4))"},
      {"n in (< 3, >= 5)", "(or (<= n 2) (>= n 5))"},
      {"n + 1 > rate", "(> (* (+ n 1) 1000) rate)"},
      {"n * n - 3 = -n", "(= (+ (* n n) -3) (* n -1))"},
      {"string length(name) > 3", "(>= (length name) 4)"},
      {"count(labels) = 0", "(= (count labels) 0)"},
      {"name = \"a\"", "(= name \"a\")"},
      {"name < other", "(< name other)"},
      {"name in (\"a\", \"b\")", "(in name \"a\" \"b\")"},
      {"starts with(name, \"ab\")", "(and (>= name \"ab\") (< name \"ac\"))"},
      {"starts with(name, \"a\xF4\x8F\xBF\xBF\")",
       "(and (>= name \"a\xF4\x8F\xBF\xBF\") (< name \"b\"))"},
      {"starts with(name, \"\xED\x9F\xBF\")",
       "(and (>= name \"\xED\x9F\xBF\") (< name \"\xEE\x80\x80\"))"},
      {"starts with(name, \"\")", "(>= name \"\")"},
      {"contains(name, \"a\")", "(contains name \"a\")"},
      {"flag", "(= flag 1)"},
      {"not(flag)", "(not (= flag 1))"},
      {"flag = false", "(= flag 0)"},
      {"due = null or window = null", "(or (null due) (null window))"},
      {"term != null", "(not (null term))"},
      {"true and flag", "(and true (= flag 1))"},
      {"flag and (n = 1 and n = 2)", "(and (= flag 1) (= n 1) (= n 2))"}};
  check(expected);
}

TEST_CASE("predicate: constants beside each other are compared before a database sees them") {
  const Expected expected[] = {
      {"5 in (n, 3)", "(or (= n 5) false)"},
      {"3 in (n, 3)", "(or (= n 3) true)"},
      {"5 in (n, [1..9])", "(or (= n 5) (and true true))"},
      {"5 in (n, [1..5))", "(or (= n 5) (and true false))"},
      {"5 in (n, null)", "(or (= n 5) false)"},
      {"null in (n, 3)", "(or (null n) false)"},
      {"null in (n, null)", "(or (null n) true)"},
      {"@\"2026-01-01\" in (due, @\"2025-01-01\")", "(or (= due \"2026-01-01\") false)"},
      {"today() in (due, [@\"2026-01-01\"..@\"2026-12-31\"])",
       "(or (= due \"2026-03-31\") (and true true))"},
      {"\"a\" in (name, < \"b\")", "(or (= name \"a\") true)"},
      {"true in (flag, false)", "(or (= flag 1) false)"},
      {"5 between n and 30", "(and (<= n 5) true)"},
      {"5 between 30 and n", "(and false (>= n 5))"},
      {"@\"2026-01-01\" between due and today()", "(and (<= due \"2026-01-01\") true)"},
      {"\"a\" between name and \"A\"", "(and (<= name \"a\") false)"},
      {"5 in (n, \"a\")", "FE-0052 "},
      {"true in (flag, < false)", "FE-0050 "}};
  check(expected);
}

TEST_CASE("predicate: days are those of the environment, and what is added to a column is moved") {
  const Expected expected[] = {
      {"due < today()", "(<= due \"2026-03-30\")"},
      {"window.last >= today() - @\"P1M\"", "(>= window.last \"2026-02-28\")"},
      {"due + @\"P1M\" = @\"2026-02-28\"",
       "(and (>= due \"2026-01-28\") (<= due \"2026-01-31\"))"},
      {"due + @\"P1M\" = @\"2026-01-31\"", "(= due \"2025-12-31\")"},
      {"due + @\"P1M\" = @\"2026-02-29\"", "FE-0054 "},
      {"due - @\"P10D\" > today()", "(>= due \"2026-04-11\")"},
      {"due.year = 2025", "(and (>= due \"2025-01-01\") (<= due \"2025-12-31\"))"},
      {"due.year < 2025.5", "(<= due \"2025-12-31\")"},
      {"due < date(20000, 1, 1)", "(<= due \"9999-12-31\")"},
      {"due > date(20000, 1, 1)", "(> due \"9999-12-31\")"},
      {"due != @\"2026-01-01\"", "(not (= due \"2026-01-01\"))"},
      {"due <= done", "(<= due done)"}};
  check(expected);
}

// With its place for LEAP taken by a day that there is in leap years alone.
std::string with_leap_day(std::string text) {
  for (auto at = text.find("LEAP"); at != std::string::npos; at = text.find("LEAP")) {
    text.replace(at, 4, "date(today().year, 2, 29)");
  }
  return text;
}

TEST_CASE("predicate: what is not there today is null, as it is to FEEL") {
  const Expected expected[] = {
      {"due < LEAP", "unknown"},
      {"LEAP < today()", "unknown"},
      {"due = LEAP", "unknown"},
      {"due != LEAP", "unknown"},
      {"due.year = LEAP.year", "unknown"},
      {"due + (LEAP - today()) = today()", "unknown"},
      {"due + (LEAP - today()) = LEAP", "unknown"},
      {"due between LEAP and today()", "(and unknown (<= due \"2026-03-31\"))"},
      {"due in (LEAP, today())", "(or unknown (= due \"2026-03-31\"))"},
      {"due in [LEAP, today()]", "(or unknown (= due \"2026-03-31\"))"},
      {"due in [LEAP..today()]", "unknown"},
      {"LEAP in (due, today())", "(or unknown unknown)"},
      {"list contains([LEAP, today()], due)", "(or unknown (= due \"2026-03-31\"))"},
      {"some x in counts satisfies x = LEAP.day", "(some counts unknown)"},
      {"n + LEAP.day > 3", "unknown"},
      {"n + LEAP.day = n", "unknown"},
      {"5 in (n + LEAP.day, 3)", "(or unknown false)"},
      {"5 in (n + 1, LEAP.day)", "(or (= (+ n 1) 5) unknown)"},
      {"(n + LEAP.day) in (LEAP.day)", "unknown"},
      {"LEAP.day in (n + LEAP.day)", "unknown"},
      {"flag = (LEAP > today())", "unknown"},
      {"n > (if LEAP > today() then 1 else 2)", "unknown"},
      {"(if LEAP > today() then true else false)", "unknown"},
      {"n > (if 1 / 0 > 1 then 1 else 2)", "FE-0054 "},
      {"1 / 0 = 1", "FE-0051 "},
      {"diagnosis in (LEAP)", "FE-0056 "},
      {"term = LEAP", "FE-0050 "},
      {"due = date(2026, 2, 29)", "FE-0054 "}};
  for (const auto& [text, outcome] : expected) {
    CAPTURE(text);
    CHECK(pushed(with_leap_day(text)) == outcome);
  }
  const Date leap = Date::of(2024, 3, 31);
  CHECK(pushed(with_leap_day("due = LEAP"), leap) == "(= due \"2024-02-29\")");
  CHECK(pushed(with_leap_day("due in (LEAP, today())"), leap) ==
        "(in due \"2024-02-29\" \"2024-03-31\")");
  CHECK(may_be_unknown(*push(with_leap_day("due < LEAP")).predicate));
}

TEST_CASE("predicate: items of a list are asked one by one") {
  const Expected expected[] = {
      {"list contains(labels, \"a\")", "(some labels (= item0 \"a\"))"},
      {"\"a\" in labels", "(some labels (= item0 \"a\"))"},
      {"name in labels", "(some labels (= item0 name))"},
      {"some x in counts satisfies x > n", "(some counts (> item0 n))"},
      {"some name in labels satisfies name = \"a\"", "(some labels (= item0 \"a\"))"},
      {"every x in labels satisfies x != \"a\"",
       "(not (some labels (not (!= item0 \"a\"))))"},
      {"some x in labels, y in counts satisfies x = name and y = n",
       "(some labels (some counts (and (= item0 name) (= item1 n))))"},
      {"list contains([\"a\", \"b\"], name)", "(in name \"a\" \"b\")"}};
  check(expected);
  CHECK(may_be_unknown(*push("some x in counts satisfies x > n").predicate));
  CHECK_FALSE(may_be_unknown(*push("some x in counts satisfies x > 1").predicate));
  CHECK_FALSE(may_be_unknown(*push("due = null").predicate));
  CHECK(may_be_unknown(*push("due = null or flag").predicate));
}

TEST_CASE("predicate: what a database would answer otherwise is refused, with what to write") {
  const Expected expected[] = {
      {"lower case(name) = \"a\"", "FE-0050 "},
      {"if flag then n = 1 else n = 2", "FE-0050 "},
      {"count(labels[item = \"a\"]) > 0", "FE-0050 "},
      {"n / 3 > 1", "FE-0050 "},
      {"n ** 2 > 1", "FE-0050 "},
      {"name + other = \"ab\"", "FE-0050 "},
      {"term = @\"P1M\"", "FE-0050 "},
      {"labels = null", "FE-0050 "},
      {"n in [n..5]", "FE-0050 "},
      {"due + @\"P1D\" < done", "FE-0050 "},
      {"contains(name, other)", "FE-0050 "},
      {"contains(string: name, match: \"a\")", "FE-0050 "},
      {"flag = (n = 1)", "FE-0050 "},
      {"due - done > @\"P3D\"", "FE-0050 "},
      {"some a in labels satisfies some b in labels satisfies some c in labels satisfies \"x\" in "
       "labels",
       "FE-0050 "},
      {"name", "FE-0051 "},
      {"n + 1", "FE-0051 "},
      {"12", "FE-0051 "},
      {"name = due", "FE-0020 FE-0052 "},
      {"wide + 1 > n", "FE-0053 "},
      {"amount * amount > n", "FE-0053 "},
      {"n > n * 1e-20", "FE-0053 "},
      {"due = date(\"2026-02-30\")", "FE-0054 "},
      {"n in [5..1]", "FE-0054 "},
      {"due < now()", "FE-0020 FE-0054 "},
      {"diagnosis = \"a\"", "FE-0056 "},
      {"note = null or flag", "FE-0057 "},
      {"count(derived) = 0", "FE-0059 "},
      {"list contains(derived, name)", "FE-0059 "},
      {"unknown = 1", "FE-0002 "},
      {"n = ", "FE-0001 "}};
  check(expected);
  const Pushed all = push("lower case(name) = \"a\" and note = \"b\" and flag");
  CHECK(all.findings.size() == 2);
  CHECK(all.findings[1].span.begin == 27);
  const Diagnostic told = to_diagnostic(all.findings[0], "lower case(name) = \"a\"");
  CHECK(told.message.en == "\"lower case(name)\" cannot be used in a filter over many rows.");
  CHECK(told.hint.en.find("starts with") != std::string::npos);
}

// `depth` conditions within each other, around this one.
std::string nested(std::string text, int depth) {
  for (int i = 0; i < depth; ++i) {
    text = (i % 2 == 0 ? "flag or (" : "flag and (") + std::move(text) + ")";
  }
  return text;
}

std::string sum_of(int terms) {
  std::string text = "n";
  for (int i = 1; i < terms; ++i) text += " + n";
  return text + " > 0";
}

TEST_CASE("predicate: a deep filter is refused, and what is denied twice is not denied") {
  CHECK(push(nested("n = 1", 20)).predicate);
  CHECK(depth_of(*push(nested("n = 1", 20)).predicate) == 20);
  CHECK(pushed(nested("n = 1", 21)) == "FE-0058 ");
  CHECK(push(sum_of(21)).predicate);
  CHECK(pushed(sum_of(22)) == "FE-0058 ");
  CHECK(pushed(sum_of(100)) == "FE-0058 ");
  CHECK(push(nested(sum_of(11), 10)).predicate);
  CHECK(pushed(nested(sum_of(12), 10)) == "FE-0058 ");
  const std::string loops = "some a in labels satisfies some b in labels satisfies "
                            "some c in labels satisfies ";
  CHECK(push(loops + nested("c = name", 5)).predicate);
  CHECK(pushed(loops + nested("c = name", 6)) == "FE-0058 ");
  std::string denied = "flag";
  for (int i = 0; i < 50; ++i) denied = "not(" + denied + ")";
  CHECK(pushed(denied) == "(= flag 1)");
  CHECK(pushed("not(" + denied + ")") == "(not (= flag 1))");
  CHECK(pushed("not(due != @\"2026-01-01\")") == "(= due \"2026-01-01\")");
  const Diagnostic told = to_diagnostic(push(sum_of(100)).findings[0], sum_of(100));
  CHECK(told.message.en ==
        "The filter is nested too deeply (at most 20 levels; some and every count for 5).");
}

// A text that is made a hundred times as long again and again.
std::string grown(int times) {
  const std::string hundred(100, 'a');
  std::string text = "\"" + hundred + "\"";
  for (int i = 0; i < times; ++i) text = "replace(" + text + ", \"a\", \"" + hundred + "\")";
  return text;
}

// Refused for what it costs, and for nothing else.
bool is_too_much(const std::string& text) {
  const std::string told = pushed(text);
  return told == "FE-0101 " || told == "FE-0102 ";
}

TEST_CASE("predicate: constants cost little together, and each is computed once") {
  CHECK(pushed("string length(" + grown(1) + ") > 1") == "true");
  CHECK(pushed("string length(" + grown(2) + ") > 1") == "FE-0102 ");
  CHECK(is_too_much("string length(" + grown(3) + ") > n"));
  CHECK(is_too_much("count(for x in 1..200000 return 1) > n"));
  // Null on this day is something else.
  CHECK(is_too_much("due > today() + duration(" + grown(2) + ")"));
  // A good part of the budget, asked for once per value of the list.
  const std::string much = "count(for x in 1..5000 return 1)";
  CHECK(push(much + " > 0").predicate);
  CHECK(push("(n + " + much + ") in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)").predicate);
  // Of several ones that are each allowed alone.
  std::string many = "n > 0";
  for (int i = 0; i < 20; ++i) many += " and n < " + much;
  CHECK(is_too_much(many));
  const std::string text = "n > 0 or string length(" + grown(2) + ") > 1";
  const Diagnostic told = to_diagnostic(push(text).findings.at(0), text);
  CHECK(told.message.en ==
        "The computation takes too much memory (more than 1048576 bytes).");
  CHECK(told.column == 10);
}

TEST_CASE("predicate: what is asked within loops costs as much as there can be items") {
  const auto loops = [](int parts) {
    std::string text = "c = name";
    for (int i = 1; i < parts; ++i) text += " or c = \"" + std::to_string(i) + "\"";
    return "some a in labels satisfies some b in labels satisfies some c in labels satisfies (" +
           text + ")";
  };
  CHECK(push(loops(1)).predicate);
  CHECK(push(loops(12)).predicate);
  CHECK(pushed(loops(25)) == "FE-0101 ");
  std::string apart = loops(1);
  for (int i = 1; i < 15; ++i) apart = "(" + apart + ") and (" + loops(1) + ")";
  CHECK(pushed(apart) == "FE-0101 ");
}

TEST_CASE("predicate: a long filter is refused, and fields are told") {
  std::string text = "n in (0";
  for (int i = 1; i < 210; ++i) text += ", " + std::to_string(i);
  CHECK(pushed(text + ")") == "FE-0055 ");
  // A sum is a part too.
  std::string sums = "n + 1 > 0";
  for (int i = 1; i < 100; ++i) sums += " and n + 1 > 0";
  CHECK(push(sums).predicate);
  CHECK(pushed(sums + " and n + 1 > 0") == "FE-0055 ");
  CHECK(pushed("n = 1" + std::string(2000, ' ')) == "FE-0004 ");
  const Pushed named = push("due = null and some x in labels satisfies x = name");
  CHECK(named.fields == std::set<std::string>{"due", "labels", "name"});
}

}  // namespace
}  // namespace zicht::feel
