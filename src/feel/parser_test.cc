// The parser. Method: tables of text and tree, of text and finding with its place, and hostile
// texts that must end in a finding.
#include "feel/parser.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace zicht::feel {
namespace {

Scope scope_of_tests() {
  Scope scope;
  for (const char* name : {"a", "b", "c", "x", "Monthly income", "date-of-birth", "a+b", "a-b c",
                           "days in weekend", "Applicant's age", "list", "v1.5", "prijs in €"}) {
    scope.add(name, Type::any());
  }
  scope.add("n", Type::number());
  scope.add("s", Type::string());
  scope.add("person", Type::context_of({{"first name", Type::string()},
                                        {"age-now", Type::number()},
                                        {"born", Type::date()}}));
  scope.add(
      "rows",
      Type::list_of(Type::context_of({{"monthly fee", Type::number()}, {"fee", Type::number()}})));
  scope.add("later", Type::number());
  scope.add_type("tAge", Type::number());
  scope.add_type("m.t Row", Type::context_of({{"x", Type::number()}}));
  return scope;
}

struct Case {
  std::string_view text;
  std::string_view tree;
};

void check(const std::vector<Case>& cases) {
  const Scope scope = scope_of_tests();
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const Parsed parsed = parse_expression(each.text, scope);
    REQUIRE(parsed.root != nullptr);
    CHECK(to_text(*parsed.root) == each.tree);
    CHECK_FALSE(has_errors(parsed.findings));
  }
}

void check_tests(const std::vector<Case>& cases) {
  const Scope scope = scope_of_tests();
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const Parsed parsed = parse_unary_tests(each.text, scope, Type::number());
    REQUIRE(parsed.root != nullptr);
    CHECK(to_text(*parsed.root) == each.tree);
  }
}

struct Bad {
  std::string_view text;
  std::string_view id;
  std::uint32_t begin;
};

void check_findings(const std::vector<Bad>& cases) {
  const Scope scope = scope_of_tests();
  for (const Bad& each : cases) {
    CAPTURE(each.text);
    const Parsed parsed = parse_expression(each.text, scope);
    REQUIRE_FALSE(parsed.findings.empty());
    CHECK(parsed.findings[0].id == each.id);
    CHECK(parsed.findings[0].span.begin == each.begin);
    const Diagnostic told = to_diagnostic(parsed.findings[0], each.text);
    CHECK_FALSE(told.message.nl.empty());
    CHECK_FALSE(told.hint.en.empty());
  }
}

TEST_CASE("parser: literals are decoded") {
  check({{"1", "1"},
         {".5", ".5"},
         {"1.5e-3", "1.5e-3"},
         {"true", "true"},
         {"null", "null"},
         {R"("a\"b\\c\n")", "\"a\"b\\c\n\""},
         {R"("\u00e9\U01F40E\uD83D\uDC0E")", "\"é🐎🐎\""},
         {R"("\d+\u12")", R"("\d+\u12")"},
         {R"(@"2025-01-31")", "@\"2025-01-31\""},
         {"1 /* note */ + // more\n 2", "(+ 1 2)"}});
}

TEST_CASE("parser: operators bind as the standard says") {
  check({{"1 + 2 * 3", "(+ 1 (* 2 3))"},
         {"1 - 2 - 3", "(- (- 1 2) 3)"},
         {"2 ** 3 ** 4", "(** (** 2 3) 4)"},
         {"-2 ** 2", "(** (- 2) 2)"},
         {"2 ** -n", "(** 2 (- n))"},
         {"- - 1", "(- (- 1))"},
         {"(1 + 2) * 3", "(* (+ 1 2) 3)"},
         {"a or b and c", "(or a (and b c))"},
         {"a = b and x != c", "(and (= a b) (!= x c))"},
         {"a < b or a <= b or a > b or a >= b", "(or (or (or (< a b) (<= a b)) (> a b)) (>= a b))"},
         {"x between 1 and 2 + 3 and b", "(and (between x 1 (+ 2 3)) b)"},
         {"-1 instance of number", "(instance of <number> (- 1))"},
         {"a + b", "a+b"},
         {"a / b", "(/ a b)"}});
}

TEST_CASE("parser: the longest known name wins, in any spelling of its blanks") {
  check({{"Monthly   income * 12", "(* |Monthly income| 12)"},
         {"date-of-birth", "date-of-birth"},
         {"date - of - birth", "date-of-birth"},
         {"a-b c", "|a-b c|"},
         {"a-b", "(- a b)"},
         {"Applicant's age + 1", "(+ |Applicant's age| 1)"},
         {"v1.5", "v1.5"},
         {"prijs in €", "|prijs in €|"},
         {"x in days in weekend", "(in x |days in weekend|)"},
         {"for i in days in weekend return i", "(for (each |i| |days in weekend|) i)"},
         {"date and time(s)", "(call |date and time| s)"},
         {"string length(s) + 1", "(+ (call |string length| s) 1)"}});
}

TEST_CASE("parser: in takes a test, tests in brackets, or a range") {
  check({{"x in 1", "(in x 1)"},
         {"x in > 1", "(in x (> 1))"},
         {"x in (1, > 2, [3..4])", "(in x 1 (> 2) (range [] 3 4))"},
         {"x in (1..5)", "(in x (range () 1 5))"},
         {"x in (1..5]", "(in x (range (] 1 5))"},
         {"x in (a)", "(in x a)"},
         {"x in (=1)", "(in x (= 1))"},
         {"x in [1,2]", "(in x (list 1 2))"}});
}

TEST_CASE("parser: ranges have all forms of brackets") {
  check({{"[1..5]", "(range [] 1 5)"},
         {"]1..5[", "(range () 1 5)"},
         {"[1..5[", "(range [) 1 5)"},
         {"(1..5]", "(range (] 1 5)"},
         {"[1..5[ = x", "(= (range [) 1 5) x)"},
         {"[1..10[.start", "(path |start| (range [) 1 10))"},
         {"(< 5)", "(< 5)"},
         {"(>= a)", "(>= a)"},
         {"(!= 3).end included", "(path |end included| (!= 3))"},
         {"[a..list[1]]", "(range [] a (filter list 1))"}});
}

TEST_CASE("parser: conditions, loops and quantifiers reach as far as they can") {
  check(
      {{"if a then b else c + 1", "(if a b (+ c 1))"},
       {"for i in 1..3, j in [i] return i * j", "(for (each |i| 1 3) (each |j| (list i)) (* i j))"},
       {"for i in list return partial[-1]", "(for (each |i| list) (filter partial (- 1)))"},
       {"some i in list, j in i satisfies j > 1 and a",
        "(some (each |i| list) (each |j| i) (and (> j 1) a))"},
       {"every some thing in list satisfies some thing",
        "(every (each |some thing| list) |some thing|)"}});
}

TEST_CASE("parser: paths and filters know the members of what they stand on") {
  check({{"person.first name", "(path |first name| person)"},
         {"person.age-now - 1", "(- (path |age-now| person) 1)"},
         {"person.born.year", "(path |year| (path |born| person))"},
         {"rows.monthly fee", "(path |monthly fee| rows)"},
         {"rows[monthly fee > 1]", "(filter rows (> |monthly fee| 1))"},
         {"rows[item.fee > fee][1]", "(filter (filter rows (> (path |fee| item) fee)) 1)"},
         {"list[unknown member > 1]", "(filter list (> |unknown member| 1))"},
         {"a.other member here", "(path |other member here| a)"},
         {"list[1].age-now", "(path |age-now| (filter list 1))"},
         {"{k-1: 1}.k-1", "(path |k-1| (context (entry |k-1| 1)))"}});
}

TEST_CASE("parser: contexts know the keys that came before") {
  check({{"{}", "(context)"},
         {"{a b: 1, c-d: a b + 1}", "(context (entry |a b| 1) (entry |c-d| (+ |a b| 1)))"},
         {"{\"x y!\": 1}", "(context (entry |x y!| 1))"},
         {"{f: function(q) f(q - 1)}",
          "(context (entry |f| (function (parameter |q|) (call f (- q 1)))))"}});
}

TEST_CASE("parser: functions, calls and types") {
  check({{"function(q, r: number) q + r",
          "(function (parameter |q|) (parameter |r| <number>) (+ q r))"},
         {"function(q: list<number>) external {java: {class: \"C\"}}",
          "(function external (parameter |q| <list<number>>) "
          "(context (entry |java| (context (entry |class| \"C\")))))"},
         {"abs(n: -1)", "(call abs (named |n| (- 1)))"},
         {"substring(string: s, start position: 2)",
          "(call substring (named |string| s) (named |start position| 2))"},
         {"a(1)(2)", "(call (call a 1) 2)"},
         {"x instance of tAge", "(instance of <number> x)"},
         {"x instance of m.t Row", "(instance of <context<x: number>> x)"},
         {"x instance of years and months duration and a",
          "(and (instance of <years and months duration> x) a)"},
         {"x instance of range<date and time>", "(instance of <range<date and time>> x)"},
         {"x instance of context<p q: string, r: list<Any>>",
          "(instance of <context<p q: string, r: list<Any>>> x)"},
         {"x instance of function<number, string>->boolean",
          "(instance of <function<number, string>->boolean> x)"}});
}

TEST_CASE("parser: unary tests") {
  check_tests({{"-", "any input"},
               {"1", "(tests 1)"},
               {"-1", "(tests (- 1))"},
               {"< 5, [10..20], \"a\"", "(tests (< 5) (range [] 10 20) \"a\")"},
               {"not(1, 2)", "(tests not 1 2)"},
               {"not(a) or b", "(tests (or (call not a) b))"},
               {"? > 5 and ? < a", "(tests (and (> ? 5) (< ? a)))"},
               {"?.year = 1", "(tests (= (path |year| ?) 1))"},
               {"!= 3", "(tests (!= 3))"}});
}

TEST_CASE("parser: a mistake is told with its place") {
  check_findings({{"", "FE-0009", 0},
                  {"1 +", "FE-0001", 3},
                  {"1 2", "FE-0001", 2},
                  {"(1", "FE-0001", 2},
                  {"[1, 2", "FE-0001", 5},
                  {"{a 1}", "FE-0001", 4},
                  {"if a then b", "FE-0001", 11},
                  {"abs(n: 1, (2))", "FE-0001", 10},
                  {"for i list return i", "FE-0001", 19},
                  {"\"open", "FE-0005", 0},
                  {"1 /* open", "FE-0005", 2},
                  {"\"\\UFFFFFF\"", "FE-0006", 0},
                  {"\"\\uD83D\"", "FE-0006", 0},
                  {"1 # 2", "FE-0007", 2},
                  {"1 + incom", "FE-0002", 4},
                  {"1e9999", "FE-0013", 0},
                  {"x instance of nothing", "FE-0010", 14},
                  {"{q: 1, q: 2}", "FE-0011", 7},
                  {"function(q, q) 1", "FE-0012", 12}});
}

TEST_CASE("parser: an unknown name comes with the nearest known one") {
  const Parsed parsed = parse_expression("Montly income + latter", scope_of_tests());
  REQUIRE(parsed.root != nullptr);
  REQUIRE(parsed.findings.size() == 2);
  CHECK(to_diagnostic(parsed.findings[0], "").hint.en == "Do you mean \"Monthly income\"?");
  CHECK(to_diagnostic(parsed.findings[1], "").hint.nl == "Bedoelt u \"later\"?");
}

TEST_CASE("parser: what surely gives null is a warning") {
  const Scope scope = scope_of_tests();
  for (const auto& [text, id] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"1 + \"a\"", "FE-0020"},
                                                                  {"n > s", "FE-0020"},
                                                                  {"n and a", "FE-0020"},
                                                                  {"-s", "FE-0021"},
                                                                  {"person.name", "FE-0022"},
                                                                  {"abs(1, 2, 3)", "FE-0023"},
                                                                  {"s(1)", "FE-0024"}}) {
    CAPTURE(text);
    const Parsed parsed = parse_expression(text, scope);
    REQUIRE(parsed.root != nullptr);
    REQUIRE(parsed.findings.size() == 1);
    CHECK(parsed.findings[0].id == id);
    CHECK(parsed.findings[0].severity == Severity::kWarning);
    CHECK_FALSE(to_diagnostic(parsed.findings[0], text).message.nl.empty());
  }
}

TEST_CASE("parser: types are told where they are sure") {
  const Scope scope = scope_of_tests();
  for (const auto& [text, type] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"n + 1", "number"},
           {"if a then n else 2", "number"},
           {"if a then n else s", "Any"},
           {"for r in rows return r.fee", "list<number>"},
           {"rows.fee", "list<number>"},
           {"rows[1].fee", "number"},
           {"person.born - person.born", "days and time duration"},
           {"{q: 1, r: [s]}", "context<q: number, r: list<string>>"},
           {"a + 1", "Any"},
           {"a > 1", "boolean"}}) {
    CAPTURE(text);
    const Parsed parsed = parse_expression(text, scope);
    REQUIRE(parsed.root != nullptr);
    CHECK(parsed.root->type.to_string() == type);
  }
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("parser: hostile nesting and length end in a finding") {
  const Scope scope = scope_of_tests();
  for (const char* open :
       {"(", "[", "{a:", "-", "not(", "if a then ", "1 in (", "(<", "abs(", "for i in ",
        "function() ", "1+(", "x[", "1**-(", "x between (", "some i in list satisfies "}) {
    CAPTURE(open);
    const std::string text = repeated(open, 10'000);
    const Parsed parsed = parse_expression(text, scope);
    CHECK(parsed.root == nullptr);
    REQUIRE_FALSE(parsed.findings.empty());
    CHECK(parsed.findings.back().id == (text.size() > kMaxTextBytes ? "FE-0004" : "FE-0003"));
    CHECK(parse_unary_tests(text, scope, Type::any()).root == nullptr);
  }
  const Parsed types = parse_expression("x instance of " + repeated("list<", 10'000), scope);
  CHECK(types.root == nullptr);
  CHECK(types.findings.back().id == "FE-0003");
  const Parsed chain = parse_expression("1" + repeated("+1", 10'000), scope);
  CHECK(chain.root == nullptr);
  CHECK(chain.findings.back().id == "FE-0003");
  CHECK(parse_expression("1" + repeated("+1", 500), scope).root != nullptr);
  CHECK(parse_expression(repeated("(", 100) + "1" + repeated(")", 100), scope).root != nullptr);
  CHECK(parse_expression("\"\xff\"", scope).findings.at(0).id == "FE-0008");
  const Parsed long_text = parse_expression(std::string(kMaxTextBytes + 1, ' '), scope);
  CHECK(long_text.findings.at(0).id == "FE-0004");
}

TEST_CASE("findings: line and column count code points, in a file from the place of the text") {
  const std::string text = "\"é\" +\n  nope";
  const Parsed parsed = parse_expression(text, Scope());
  REQUIRE(parsed.findings.size() == 1);
  const Diagnostic in_file = to_diagnostic(parsed.findings[0], text, {"m.dmn", 10, 5});
  CHECK(location_of(in_file) == "m.dmn:11:3");
  CHECK(line_column(text, 5).column == 5);
  const Error error = to_error(parsed.findings, text);
  CHECK(error.id == "FE-0015");
  CHECK(error.problems.at(0).where == "2:3");
}

}  // namespace
}  // namespace zicht::feel
