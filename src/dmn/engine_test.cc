// The engine on small models of its own: what a decision sees, types, functions, services, imports,
// budgets, and what a broken model is told. The standard's own suite runs in tests/dmn.
#include "dmn/engine.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {

using testing::compiled;
using testing::decision;
using testing::definitions;
using testing::input;
using testing::literal;
using testing::value;
using testing::written;

struct Given {
  std::string name, feel_text;
};

Answer answer(const std::string& body, const std::string& name,
              const std::vector<Given>& given = {}, TargetKind kind = TargetKind::kDecision) {
  const auto model = compiled(definitions(body));
  REQUIRE(model.engine);
  Request request{.kind = kind, .name = name};
  for (const auto& one : given) request.inputs.push_back({one.name, value(one.feel_text)});
  return model.engine->evaluate(request, testing::environment());
}

std::string result(const std::string& body, const std::string& name,
                   const std::vector<Given>& given = {}, TargetKind kind = TargetKind::kDecision) {
  const auto got = answer(body, name, given, kind);
  CHECK(!got.error);
  return written(got.value);
}

std::string first_cause(const feel::Value& got) {
  REQUIRE(got.is_null());
  REQUIRE(got.null_reason());
  const auto& cause = got.null_reason()->causes()[0];
  return cause.kind == feel::NullCause::Kind::kMissingFact ? "missing " + cause.fact
                                                           : cause.to_error().id;
}

TEST_CASE("engine: a decision sees what it requires, by names with blanks") {
  const auto body =
      input("Monthly income", "number") +
      decision("Yearly income", "number", literal("Monthly income * 12"), {"Monthly income"}) +
      decision("Rich", "boolean", literal("Yearly income > 100000"), {"d-Yearly income"});
  CHECK(result(body, "Rich", {{"Monthly income", "9000"}}) == "true");
  CHECK(result(body, "d-Rich", {{"Monthly income", "900"}}) == "false");
}

TEST_CASE("engine: what is not required is not known") {
  const auto model =
      compiled(definitions(input("age", "number") + decision("d", "", literal("age + 1"))));
  REQUIRE(model.engine);
  CHECK(model.has("DM-0034"));
  const auto got = model.engine->evaluate({.name = "d", .inputs = {{"age", value("1")}}},
                                          testing::environment());
  CHECK(got.value.is_null());
}

TEST_CASE("engine: a missing input is named as the reason of a null") {
  const auto body = input("age", "number") + decision("d", "number", literal("age + 1"), {"age"});
  CHECK(first_cause(answer(body, "d").value) == "missing age");
}

TEST_CASE("engine: results and inputs are coerced to their types, or null") {
  CHECK(result(decision("d", "string", literal("1 + 1")), "d") == "null");
  CHECK(result(decision("d", "number", literal("[3]")), "d") == "3");
  CHECK(first_cause(answer(decision("d", "string", literal("1")), "d").value) == "FE-0105");
  const auto body = input("age", "number") + decision("d", "", literal("age"), {"age"});
  CHECK(result(body, "d", {{"age", "\"17\""}}) == "null");
}

TEST_CASE("engine: allowed values are checked at any depth") {
  const std::string types =
      "<itemDefinition name=\"tKind\"><typeRef>string</typeRef><allowedValues><text>\"a\", \"b\""
      "</text></allowedValues></itemDefinition><itemDefinition name=\"tRow\"><itemComponent "
      "name=\"kind\"><typeRef>tKind</typeRef></itemComponent></itemDefinition><itemDefinition "
      "name=\"tRows\" isCollection=\"true\"><typeRef>tRow</typeRef><typeConstraint><text>count(?) "
      "&lt; 3</text></typeConstraint></itemDefinition>";
  const auto body = types + input("rows", "tRows") + decision("d", "", literal("rows"), {"rows"});
  CHECK(result(body, "d", {{"rows", "[{kind: \"a\"}]"}}) == "[{kind: \"a\"}]");
  CHECK(first_cause(answer(body, "d", {{"rows", "[{kind: \"z\"}]"}}).value) == "DM-0101");
  CHECK(first_cause(
            answer(body, "d", {{"rows", "[{kind: \"a\"}, {kind: \"a\"}, {kind: \"b\"}]"}}).value) ==
        "DM-0101");
}

TEST_CASE("engine: where it is not known whether a value is allowed, the reason is told") {
  const std::string type =
      "<itemDefinition name=\"tSmall\"><typeRef>Any</typeRef><allowedValues><text>? + 1 &lt; 10"
      "</text></allowedValues></itemDefinition>";
  const auto body = type + input("x", "tSmall") + decision("d", "", literal("x"), {"x"});
  CHECK(result(body, "d", {{"x", "5"}}) == "5");
  CHECK(first_cause(answer(body, "d", {{"x", "12"}}).value) == "DM-0101");
  CHECK(first_cause(answer(body, "d", {{"x", "\"a\""}}).value) == "FE-0111");
}

TEST_CASE("engine: boxed expressions see the entries before them") {
  const std::string context =
      "<context><contextEntry><variable name=\"a\"/>" + literal("2") +
      "</contextEntry><contextEntry><variable name=\"b\" typeRef=\"number\"/>" + literal("a * 3") +
      "</contextEntry><contextEntry>" + literal("b + a") + "</contextEntry></context>";
  CHECK(result(decision("d", "number", context), "d") == "8");
  const std::string lists = "<list>" + literal("1") + literal("\"x\"") + "</list>";
  CHECK(result(decision("d", "", lists), "d") == "[1, \"x\"]");
  const std::string relation = "<relation><column name=\"n\"/><column name=\"m\"/><row>" +
                               literal("1") + literal("2") + "</row></relation>";
  CHECK(result(decision("d", "", relation), "d") == "[{n: 1, m: 2}]");
}

TEST_CASE("engine: boxed conditionals, filters and iterations follow FEEL") {
  const auto conditional = [](const std::string& condition) {
    return "<conditional><if>" + literal(condition) + "</if><then>" + literal("1") +
           "</then><else>" + literal("2") + "</else></conditional>";
  };
  CHECK(result(decision("d", "", conditional("true")), "d") == "1");
  CHECK(result(decision("d", "", conditional("false")), "d") == "2");
  CHECK(first_cause(answer(decision("d", "", conditional("\"x\"")), "d").value) == "DM-0106");
  const std::string filter = "<filter><in>" + literal("[{a: 1}, {a: 5}]") + "</in><match>" +
                             literal("a > 2") + "</match></filter>";
  CHECK(result(decision("d", "", filter), "d") == "[{a: 5}]");
  const auto commented = [](const std::string& match) {
    return "<filter><in>" + literal("[{a: 1}, {a: 5}]") + "</in><match>" + literal(match) +
           "</match></filter>";
  };
  CHECK(result(decision("d", "", commented("a > 2 // the big ones")), "d") == "[{a: 5}]");
  CHECK(compiled(definitions(decision("d", "", commented("a > 2] [a > 3")))).has("DM-0033"));
  const auto wrong = compiled(definitions(decision("d", "", "\n" + commented("a >\n)"))));
  REQUIRE(!wrong.diagnostics.empty());
  CHECK(wrong.diagnostics[0].line == 5);
  CHECK(wrong.diagnostics[0].column == 1);
  const auto iteration = [](const std::string& kind, const std::string& part,
                            const std::string& body) {
    return "<" + kind + " iteratorVariable=\"x\"><in>" + literal("[1, 2, 3]") + "</in><" + part +
           ">" + literal(body) + "</" + part + "></" + kind + ">";
  };
  CHECK(result(decision("d", "", iteration("for", "return", "x * 2")), "d") == "[2, 4, 6]");
  CHECK(result(decision("d", "", iteration("for", "return", "count(partial)")), "d") ==
        "[0, 1, 2]");
  CHECK(result(decision("d", "", iteration("some", "satisfies", "x > 2")), "d") == "true");
  CHECK(result(decision("d", "", iteration("every", "satisfies", "x > 2")), "d") == "false");
  CHECK(result(decision("d", "", iteration("every", "satisfies", "x > null")), "d") == "null");
}

std::string knowledge(const std::string& name, const std::string& parameter,
                      const std::string& text, const std::string& kind = "FEEL") {
  return "<businessKnowledgeModel id=\"k-" + name + "\" name=\"" + name + "\"><variable name=\"" +
         name + "\"/><encapsulatedLogic kind=\"" + kind + "\"><formalParameter name=\"" +
         parameter + "\" typeRef=\"number\"/>" + literal(text) +
         "</encapsulatedLogic><knowledgeRequirement>"
         "<requiredKnowledge href=\"#k-" +
         name +
         "\"/></knowledgeRequirement>"
         "</businessKnowledgeModel>";
}

TEST_CASE("engine: knowledge models are functions, and may call themselves") {
  const auto body = knowledge("factorial", "n", "if n <= 1 then 1 else n * factorial(n - 1)");
  CHECK(result(body + decision("d", "", literal("factorial(5)"), {"k-factorial"}), "d") == "120");
  const std::string invocation = "<invocation>" + literal("factorial") +
                                 "<binding><parameter name=\"n\"/>" + literal("4") +
                                 "</binding></invocation>";
  CHECK(result(body + decision("d", "", invocation, {"k-factorial"}), "d") == "24");
  const std::string no_function = "<invocation>" + literal("12") + "</invocation>";
  CHECK(first_cause(answer(decision("d", "", no_function), "d").value) == "FE-0106");
  CHECK(result(body, "factorial", {{"n", "3"}}, TargetKind::kKnowledgeModel) == "6");
  CHECK(result(body + decision("d", "", literal("factorial(\"x\")"), {"k-factorial"}), "d") ==
        "null");
}

TEST_CASE("engine: endless recursion and endless work end in an error") {
  const auto body = knowledge("f", "n", "f(n + 1)") + decision("d", "", literal("f(1)"), {"k-f"});
  const auto deep = answer(body, "d");
  REQUIRE(deep.error);
  CHECK(deep.error->id == "FE-0103");
  const auto model =
      compiled(definitions(decision("d", "", literal("count(for i in 1..100000000 return i)"))));
  Request request{.name = "d"};
  request.limits.steps = 1000;
  const auto long_work = model.engine->evaluate(request, testing::environment());
  REQUIRE(long_work.error);
  CHECK(long_work.error->id == "FE-0101");
}

// The text, nested in lists of one.
std::string within_lists(std::string text, int levels) {
  for (int i = 0; i < levels; ++i) text = "<list>" + text + "</list>";
  return text;
}

TEST_CASE("engine: recursion through a deep body ends in an error before the stack does") {
  std::string text = "if n = 0 then 0 else f(n - 1)";
  for (int i = 0; i < 590; ++i) text += " + 1";
  const auto body = knowledge("f", "n", text) + decision("d", "", literal("f(250)"), {"k-f"}) +
                    decision("few", "", literal("f(3)"), {"k-f"});
  const auto deep = answer(body, "d");
  REQUIRE(deep.error);
  CHECK(deep.error->id == "FE-0103");
  CHECK(result(body, "few") == "1770");
  const std::string boxed =
      "<businessKnowledgeModel id=\"k-f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
      "<formalParameter name=\"n\"/>" +
      within_lists(literal("f(n + 1)"), 90) + "</encapsulatedLogic></businessKnowledgeModel>";
  const auto nested = answer(boxed + decision("d", "", literal("f(1)"), {"k-f"}), "d");
  REQUIRE(nested.error);
  CHECK(nested.error->id == "FE-0103");
}

TEST_CASE("engine: a service that is called within itself pays for its decisions") {
  // The service calls the function that it is given, and that calls the service.
  std::string text = "call(call)";
  for (int i = 0; i < 590; ++i) text += " + 1";
  const auto body = "<inputData id=\"i-call\" name=\"call\"><variable name=\"call\"/></inputData>" +
                    decision("out", "", literal(text), {"call"}) +
                    "<decisionService id=\"s-s\" name=\"s\"><variable name=\"s\"/><outputDecision "
                    "href=\"#d-out\"/><inputData href=\"#i-call\"/></decisionService>" +
                    decision("d", "", literal("s(function(g) s(g))"), {"s-s"});
  const auto deep = answer(body, "d");
  REQUIRE(deep.error);
  CHECK(deep.error->id == "FE-0103");
}

TEST_CASE("engine: boxed lists that double pay for what they hold") {
  std::string body = decision("c0", "", literal("\"a text that is not short\""));
  for (int i = 1; i <= 28; ++i) {
    const std::string before = "c" + std::to_string(i - 1);
    body += decision("c" + std::to_string(i), "",
                     "<list>" + literal(before) + literal(before) + "</list>", {"d-" + before});
  }
  const auto got = answer(body, "c28");
  REQUIRE(got.error);
  CHECK(got.error->id == "FE-0102");
  std::string entries;
  for (int i = 1; i <= 28; ++i) {
    const std::string before = i == 1 ? "\"text\"" : "e" + std::to_string(i - 1);
    entries += "<contextEntry><variable name=\"e" + std::to_string(i) + "\"/><conditional><if>" +
               literal("true") +
               "</if><then><relation><column name=\"a\"/><column name=\"b\"/><row>" +
               literal(before) + literal(before) + "</row></relation></then><else>" + literal("1") +
               "</else></conditional></contextEntry>";
  }
  const auto boxed = answer(decision("d", "", "<context>" + entries + "</context>"), "d");
  REQUIRE(boxed.error);
  CHECK(boxed.error->id == "FE-0102");
}

// Types t0, t1, ... of which each is made of the next.
std::string type_chain(int length, bool last_first) {
  std::string types;
  for (int i = 0; i < length; ++i) {
    const int of = last_first ? i - 1 : i + 1;
    const bool is_end = of < 0 || of == length;
    types += "<itemDefinition name=\"t" + std::to_string(i) + "\"><typeRef>" +
             (is_end ? "number" : "t" + std::to_string(of)) +
             "</typeRef><allowedValues><text>&gt; 0</text></allowedValues></itemDefinition>";
  }
  return types;
}

TEST_CASE("engine: types built on endless others are told, once") {
  for (const bool last_first : {false, true}) {
    const auto model =
        compiled(definitions(type_chain(20'000, last_first) + decision("d", "t0", literal("1"))));
    CHECK(std::count_if(model.diagnostics.begin(), model.diagnostics.end(),
                        [](const Diagnostic& one) { return one.id == "DM-0042"; }) == 1);
  }
  CHECK(result(type_chain(150, false) + decision("d", "t0", literal("1")), "d") == "1");
  CHECK(result(type_chain(150, false) + decision("d", "t0", literal("0")), "d") == "null");
}

TEST_CASE("engine: types that double upon each other are no work") {
  std::string types = "<itemDefinition name=\"t40\"><typeRef>number</typeRef></itemDefinition>";
  for (int i = 0; i < 40; ++i) {
    const std::string next = "<typeRef>t" + std::to_string(i + 1) + "</typeRef></itemComponent>";
    types += "<itemDefinition name=\"t" + std::to_string(i) + "\"><itemComponent name=\"a\">" +
             next + "<itemComponent name=\"b\">" + next + "</itemDefinition>";
  }
  const auto body = types + input("x", "t0") + decision("d", "t0", literal("x"), {"x"}) +
                    decision("e", "", literal("d.a"), {"d-d"});
  CHECK(result(body, "e", {{"x", "{a: 1, b: 2}"}}) == "null");
}

TEST_CASE("engine: endless unknown types and requirements are told in time") {
  std::string unknown;
  for (int i = 0; i < 20'000; ++i)
    unknown += input("x" + std::to_string(i), "t" + std::to_string(i));
  const auto types = compiled(definitions(unknown));
  CHECK(types.diagnostics.size() == 101);
  CHECK(types.has("DM-0012"));
  std::vector<std::string> nothing;
  for (int i = 0; i < 20'000; ++i) nothing.push_back("no" + std::to_string(i));
  const auto references = compiled(definitions(decision("d", "", literal("1"), nothing)));
  CHECK(!references.engine);
  CHECK(references.diagnostics.size() == 101);
}

TEST_CASE("engine: functions in other languages are told and give null") {
  const auto model = compiled(
      definitions(knowledge("f", "n", "x", "Java") + decision("d", "", literal("f(1)"), {"k-f"})));
  REQUIRE(model.engine);
  CHECK(model.has("DM-0038"));
  CHECK(first_cause(model.engine->evaluate({.name = "d"}, testing::environment()).value) ==
        "DM-0110");
}

std::string service_body() {
  return input("a", "number") + decision("extra", "number", literal("100")) +
         decision("out", "number", literal("a + extra"), {"a", "d-extra"}) +
         "<decisionService id=\"s-s\" name=\"s\"><variable name=\"s\"/><outputDecision "
         "href=\"#d-out\"/><inputDecision href=\"#d-extra\"/><inputData href=\"#i-a\"/>"
         "</decisionService>";
}

TEST_CASE("engine: a service sees its arguments alone, input data first") {
  CHECK(result(service_body() + decision("d", "", literal("s(1, 2)"), {"s-s"}), "d") == "3");
  CHECK(result(service_body() + decision("d", "", literal("s(extra: 7, a: 1)"), {"s-s"}), "d") ==
        "8");
  CHECK(result(service_body() + decision("d", "", literal("[s(1, 2), extra]"), {"s-s", "d-extra"}),
               "d") == "[3, 100]");
  CHECK(result(service_body(), "s", {{"a", "1"}, {"extra", "5"}}, TargetKind::kService) == "6");
  CHECK(result(service_body(), "s", {{"a", "1"}}, TargetKind::kService) == "null");
}

TEST_CASE("engine: a service takes its inputs and nothing else, also when it is asked directly") {
  const auto body = service_body() + decision("other", "number", literal("1"));
  CHECK(result(body, "s", {{"a", "1"}, {"extra", "5"}, {"out", "99"}}, TargetKind::kService) ==
        "6");
}

TEST_CASE("engine: what is asked is never given, by whatever spelling of its name") {
  const auto body = input("age", "number") +
                    decision("May go", "boolean", literal("age >= 18"), {"age"}) +
                    decision("d", "boolean", literal("May go"), {"d-May go"});
  CHECK(result(body, "May go", {{"age", "4"}, {"May  go", "true"}}) == "false");
  CHECK(result(body, "May  go", {{"age", "4"}, {"May go", "true"}}) == "false");
  CHECK(result(body, "d", {{"age", "4"}, {"May  go", "true"}}) == "true");
}

TEST_CASE("engine: decisions asked together are worked out once, each with what it rests on") {
  const auto body =
      input("age", "number") + input("fee", "number") +
      decision("old", "boolean", literal("if age >= 67 then true else false"), {"age"}) +
      decision("dear", "boolean", literal("fee > 10"), {"fee"}) +
      decision("both", "boolean", literal("old and dear"), {"d-old", "d-dear"});
  const auto model = compiled(definitions(body));
  REQUIRE(model.engine);
  Request request{.inputs = {{"fee", value("12")}, {"dear", value("false")}}};
  request.explain = ExplainLevel::kBrief;
  const std::vector<std::string> names = {"dear", "both", "nothing", "old"};
  const auto got = model.engine->evaluate_all(names, request, testing::environment());
  REQUIRE(got.size() == 4);
  CHECK(got[0].value.is_true());
  CHECK(got[0].passed_over.empty());
  CHECK(got[0].explanation.decisions().size() == 1);
  CHECK(got[1].value.is_false());
  REQUIRE(got[1].passed_over.size() == 1);
  CHECK(got[1].passed_over[0].fact == "age");
  CHECK(got[1].explanation.decisions().size() == 2);
  REQUIRE(got[2].error);
  CHECK(got[2].error->id == "DM-0050");
  CHECK(got[3].passed_over.size() == 1);
  CHECK(got[3].explanation.decisions().empty());
}

TEST_CASE("engine: imported elements go by the name of the import, or by their own") {
  const auto other = definitions(
      "<itemDefinition name=\"tAge\"><typeRef>number</typeRef><allowedValues><text>&gt; 0</text>"
      "</allowedValues></itemDefinition>" +
          input("age", "tAge") + decision("Next age", "number", literal("age + 1"), {"age"}),
      "urn:other");
  for (const std::string name : {"common", ""}) {
    const std::string prefix = name.empty() ? "" : name + ".";
    const auto body =
        "<import name=\"" + name + "\" namespace=\"urn:other\" importType=\"DMN\"/>" +
        "<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"" + prefix +
        "tAge\"/><informationRequirement><requiredDecision href=\"urn:other#d-Next age\"/>"
        "</informationRequirement>" +
        literal(prefix + "Next age * 2") + "</decision>";
    const auto model = compiled(definitions(body), {other});
    REQUIRE(model.engine);
    CHECK(model.diagnostics.empty());
    const auto got = model.engine->evaluate({.name = "d", .inputs = {{"age", value("2"), {}}}},
                                            testing::environment());
    CHECK(written(got.value) == "6");
    // What is asked for is of the model itself.
    const auto imported = model.engine->evaluate({.name = "Next age"}, testing::environment());
    REQUIRE(imported.error);
    CHECK(imported.error->id == "DM-0050");
    CHECK(model.engine->inputs_of(TargetKind::kDecision, "Next age").empty());
  }
}

TEST_CASE("engine: an import of nothing, a cycle and a requirement of nothing are told") {
  CHECK(compiled(definitions("<import name=\"x\" namespace=\"urn:x\"/>")).has("DM-0041"));
  const auto cycle = compiled(definitions(decision("a", "", literal("b"), {"d-b"}) +
                                          decision("b", "", literal("a"), {"d-a"})));
  CHECK(!cycle.engine);
  CHECK(cycle.has("DM-0031"));
  const auto nothing = compiled(definitions(decision("a", "", literal("b"), {"d-bb"})));
  CHECK(!nothing.engine);
  CHECK(nothing.has("DM-0030"));
}

TEST_CASE("engine: mistakes in texts and types are told at their place") {
  const auto check = [](const std::string& body, std::string_view id, std::uint32_t line) {
    const auto model = compiled(definitions(body));
    CAPTURE(body);
    REQUIRE(model.has(id));
    for (const auto& one : model.diagnostics) {
      if (one.id == id) CHECK(one.line == line);
    }
  };
  check("\n" + decision("d", "", literal("1 +")), "DM-0033", 4);
  check(input("a", "nummber"), "DM-0032", 3);
  check(decision("d", "",
                 "<literalExpression expressionLanguage=\"urn:sql\"><text>1</text>"
                 "</literalExpression>"),
        "DM-0035", 3);
  check(decision("d", "",
                 "<context><contextEntry><variable name=\"a\"/>" + literal("1") +
                     "</contextEntry><contextEntry><variable name=\"a\"/>" + literal("2") +
                     "</contextEntry></context>"),
        "DM-0036", 3);
  check(decision("d", "",
                 "<filter><in>" + literal("[1]") +
                     "</in><match><list/></match>"
                     "</filter>"),
        "DM-0037", 3);
  check(decision("d", "", "<decisionTable><output/><output/></decisionTable>"), "DM-0039", 3);
  check(decision("d", "",
                 "<decisionTable hitPolicy=\"COLLECT\" aggregation=\"SUM\"><output "
                 "name=\"a\"/><output name=\"b\"/></decisionTable>"),
        "DM-0040", 3);
}

TEST_CASE("engine: what rests on a text that cannot be read is null and says so") {
  CHECK(first_cause(answer(decision("d", "", literal("1 +")), "d").value) == "DM-0109");
}

TEST_CASE("engine: an unknown decision is told with the nearest name") {
  const auto got = answer(decision("Eligibility", "", literal("1")), "Eligibilty");
  REQUIRE(got.error);
  CHECK(got.error->id == "DM-0050");
  CHECK(got.error->hint.en.find("Eligibility") != std::string::npos);
}

TEST_CASE("engine: a long chain of decisions does not exhaust the stack") {
  std::string body = decision("c0", "number", literal("0"));
  constexpr int kLength = 3000;
  for (int i = 1; i <= kLength; ++i) {
    const std::string before = "c" + std::to_string(i - 1);
    body += decision("c" + std::to_string(i), "number", literal(before + " + 1"), {"d-" + before});
  }
  CHECK(result(body, "c3000") == "3000");
}

TEST_CASE("engine: a tool's decision without variable sees inputs and outputs by name") {
  const std::string table =
      "<decisionTable><input><inputExpression><text>age of child</text></inputExpression></input>"
      "<output name=\"kind\"/><rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry>"
      "<text>\"child\"</text></outputEntry></rule></decisionTable>";
  const auto body = "<inputData id=\"i\" name=\"age of child\"/><decision id=\"a\" name=\"A\">" +
                    table +
                    "</decision><decision id=\"b\" name=\"B\"><informationRequirement>"
                    "<requiredDecision href=\"#a\"/></informationRequirement>" +
                    literal("kind + undeclared") + "</decision>";
  CHECK(result(body, "A", {{"age of child", "4"}}) == "\"child\"");
  const auto far = body +
                   "<decision id=\"c\" name=\"C\"><informationRequirement>"
                   "<requiredDecision href=\"#b\"/></informationRequirement>" +
                   literal("kind + \"?\"") + "</decision>";
  CHECK(result(far, "C", {{"age of child", "4"}}) == "\"child?\"");
  CHECK(result(body, "B", {{"age of child", "4"}, {"undeclared", "\"!\""}}) == "\"child!\"");
}

}  // namespace
}  // namespace zicht::dmn
