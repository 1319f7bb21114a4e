// Decision tables: every hit policy and aggregation on one small table, defaults, several outputs,
// what a null or a value outside a column does, and the explanation of all of it.
#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

#include "dmn/engine.h"
#include "dmn/testing/models.h"
#include "feel/outcome.h"

namespace zicht::dmn {
namespace {

using testing::compiled;
using testing::decision;
using testing::definitions;
using testing::input;
using testing::TableText;
using testing::value;
using testing::written;

std::string body_of(const TableText& table) {
  return input("x", "number") + decision("d", "", testing::table(table), {"x"});
}

Answer answer(const TableText& table, const std::string& x,
              ExplainLevel explain = ExplainLevel::kOff) {
  const auto model = compiled(definitions(body_of(table)));
  REQUIRE(model.engine);
  Request request{.name = "d", .inputs = {{"x", value(x)}}};
  request.explain = explain;
  return model.engine->evaluate(request, testing::environment());
}

std::string outcome(const TableText& table, const std::string& x) {
  return written(answer(table, x).value);
}

std::string cause(const feel::Value& got) {
  REQUIRE(got.null_reason());
  const auto& first = got.null_reason()->causes()[0];
  return first.kind == feel::NullCause::Kind::kMissingFact ? "missing " + first.fact
                                                           : first.to_error().id;
}

// 3 matches the first and the last two rules; 1 the first; 9 none.
TableText policy(const std::string& name, const std::string& aggregation = "") {
  return {.policy = name,
          .aggregation = aggregation,
          .inputs = {"x"},
          .rules = {{"< 5", "20"}, {"> 20", "99"}, {"[2..4]", "30"}, {"3", "10"}},
          .output_values = "30, 20, 10, 99"};
}

TEST_CASE("tables: each hit policy gives its own outcome") {
  CHECK(outcome(policy("UNIQUE"), "1") == "20");
  CHECK(cause(answer(policy("UNIQUE"), "3").value) == "DM-0103");
  CHECK(cause(answer(policy("ANY"), "3").value) == "DM-0104");
  CHECK(outcome({.policy = "ANY", .inputs = {"x"}, .rules = {{"< 5", "1"}, {"< 4", "1"}}}, "3") ==
        "1");
  CHECK(outcome(policy("PRIORITY"), "3") == "30");
  CHECK(outcome(policy("FIRST"), "3") == "20");
  CHECK(outcome(policy("RULE ORDER"), "3") == "[20, 30, 10]");
  CHECK(outcome(policy("OUTPUT ORDER"), "3") == "[30, 20, 10]");
  CHECK(outcome(policy("COLLECT"), "3") == "[20, 30, 10]");
}

TEST_CASE("tables: each aggregation works on what was collected") {
  CHECK(outcome(policy("COLLECT", "SUM"), "3") == "60");
  CHECK(outcome(policy("COLLECT", "MIN"), "3") == "10");
  CHECK(outcome(policy("COLLECT", "MAX"), "3") == "30");
  CHECK(outcome(policy("COLLECT", "COUNT"), "3") == "3");
  const TableText mixed{.policy = "COLLECT",
                        .aggregation = "MAX",
                        .inputs = {"x"},
                        .rules = {{"-", "1"}, {"-", "\"a\""}}};
  CHECK(cause(answer(mixed, "3").value) == "DM-0108");
}

TEST_CASE("tables: without a match the default counts, or null says that none matched") {
  for (const std::string name : {"UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT"})
    CHECK(cause(answer(policy(name), "9").value) == "DM-0105");
  TableText with_default = policy("UNIQUE");
  with_default.default_output = "99";
  CHECK(outcome(with_default, "9") == "99");
}

TEST_CASE("tables: a missing value is the reason when no rule matched") {
  CHECK(cause(answer(policy("FIRST"), "null").value) == "missing x");
}

TEST_CASE("tables: a null matches only cells that name it") {
  const TableText table{.policy = "FIRST",
                        .inputs = {"x"},
                        .rules = {{"< 5", "1"}, {"null", "2"}, {"not(null)", "3"}, {"-", "4"}}};
  CHECK(outcome(table, "null") == "2");
  CHECK(outcome(table, "7") == "3");
  CHECK(outcome(table, "1") == "1");
}

TEST_CASE("tables: values outside a column give null, of inputs and of outputs") {
  const std::string xml =
      "<decisionTable><input><inputExpression><text>x</text></inputExpression><inputValues><text>"
      "[0..10]</text></inputValues></input><output><outputValues><text>1, 2</text></outputValues>"
      "</output><rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>1</text>"
      "</outputEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>3"
      "</text></outputEntry></rule></decisionTable>";
  const auto run = [&](const std::string& x) {
    const auto model = compiled(definitions(
        input("x", "number") +
        decision("d", "", "<context><contextEntry>" + xml + "</contextEntry></context>", {"x"})));
    REQUIRE(model.engine);
    return model.engine->evaluate({.name = "d", .inputs = {{"x", value(x)}}},
                                  testing::environment());
  };
  CHECK(cause(run("11").value) == "DM-0102");
  CHECK(cause(run("7").value) == "DM-0107");
}

// "a, b": the facts that the outcome rests on without being null by them.
std::string passed_over(const Answer& got) {
  std::string facts;
  for (const auto& cause : got.passed_over)
    facts.append(facts.empty() ? "" : ", ").append(cause.fact);
  return facts;
}

TEST_CASE("tables: a missing fact goes with the outcome of every hit policy") {
  const TableText ages{
      .policy = "FIRST", .inputs = {"x"}, .rules = {{"< 18", "\"child\""}, {"-", "\"adult\""}}};
  const auto got = answer(ages, "null", ExplainLevel::kBrief);
  CHECK(written(got.value) == "\"adult\"");
  CHECK(passed_over(got) == "x");
  CHECK(got.explanation.decisions().at(0).passed_over.at(0).fact == "x");
  CHECK(json::serialize(to_json(got.explanation)).find("\"passed_over\":[{\"missing\":\"x\"}]") !=
        std::string::npos);
  CHECK(passed_over(answer(ages, "4")).empty());
  CHECK(passed_over(answer(ages, "40")).empty());
  const auto of = [](const std::string& policy, const std::string& aggregation = "") {
    return passed_over(answer({.policy = policy,
                               .aggregation = aggregation,
                               .inputs = {"x"},
                               .rules = {{"-", "1"}, {"> 5", "1"}},
                               .output_values = "1, 2"},
                              "null"));
  };
  for (const std::string policy : {"UNIQUE", "ANY", "PRIORITY", "COLLECT", "RULE ORDER"})
    CHECK(of(policy) == "x");
  for (const std::string aggregation : {"SUM", "COUNT", "MIN", "MAX"})
    CHECK(of("COLLECT", aggregation) == "x");
  CHECK(of("FIRST").empty());  // the second rule is not looked at
  CHECK(passed_over(answer(
            {.policy = "UNIQUE", .inputs = {"x"}, .rules = {{"< 18", "1"}}, .default_output = "2"},
            "null")) == "x");
}

TEST_CASE("tables: a missing fact decides nothing where another cell is false") {
  const std::string xml =
      testing::table({.policy = "FIRST",
                      .inputs = {"x", "y"},
                      .rules = {{"< 18", "1", "\"a\""}, {"-", "2", "\"b\""}, {"-", "-", "\"c\""}}});
  const auto model = compiled(definitions(input("x", "number") + input("y", "number") +
                                          decision("d", "", xml, {"x", "y"})));
  REQUIRE(model.engine);
  const auto run = [&](const std::string& y) {
    return model.engine->evaluate({.name = "d", .inputs = {{"y", value(y)}}},
                                  testing::environment());
  };
  CHECK(passed_over(run("2")).empty());
  CHECK(passed_over(run("1")) == "x");
  CHECK(passed_over(model.engine->evaluate({.name = "d"}, testing::environment())) == "x, y");
}

TEST_CASE("tables: a rule that names null speaks for what is missing") {
  const TableText table{
      .policy = "FIRST", .inputs = {"x"}, .rules = {{"< 5", "1"}, {"null", "2"}, {"-", "3"}}};
  const auto got = answer(table, "null");
  CHECK(written(got.value) == "2");
  CHECK(passed_over(got).empty());
}

TEST_CASE("tables: what a decision passed over goes with the decisions that rest on it") {
  const TableText ages{.policy = "FIRST", .inputs = {"x"}, .rules = {{"< 18", "1"}, {"-", "2"}}};
  const auto model =
      compiled(definitions(body_of(ages) + decision("e", "", testing::literal("d = 2"), {"d-d"})));
  REQUIRE(model.engine);
  const auto got = model.engine->evaluate({.name = "e"}, testing::environment());
  CHECK(got.value.is_true());
  const auto outcome = feel::judge(got.value, got.passed_over);
  CHECK(outcome.verdict == feel::Verdict::kUndetermined);
  CHECK(outcome.missing_facts == std::vector<std::string>{"x"});
}

TEST_CASE("tables: a null neither agrees nor disagrees with other outcomes of ANY") {
  const auto any = [](const std::vector<std::vector<std::string>>& rules) {
    return answer({.policy = "ANY", .inputs = {"x"}, .rules = rules}, "null").value;
  };
  CHECK(cause(any({{"-", "x + 1"}})) == "missing x");
  CHECK(cause(any({{"-", "x + 1"}, {"-", "2"}})) == "missing x");
  CHECK(cause(any({{"-", "null"}, {"-", "2"}})) == "DM-0104");
  CHECK(written(any({{"-", "null"}, {"-", "null"}})) == "null");
  CHECK(!any({{"-", "null"}}).null_reason());
}

TEST_CASE("tables: values of a column that rest on a missing fact say so") {
  const std::string xml =
      "<decisionTable><input><inputExpression><text>x</text></inputExpression><inputValues><text>"
      "[0..limit]</text></inputValues></input><output><outputValues><text>&lt; limit + 1</text>"
      "</outputValues></output><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1"
      "</text></outputEntry></rule></decisionTable>";
  const auto model = compiled(definitions(input("x", "number") + input("limit", "number") +
                                          decision("d", "", xml, {"x", "limit"})));
  REQUIRE(model.engine);
  const auto run = [&](const std::string& x, const std::string& limit) {
    return model.engine
        ->evaluate({.name = "d", .inputs = {{"x", value(x)}, {"limit", value(limit)}}},
                   testing::environment())
        .value;
  };
  CHECK(written(run("3", "5")) == "1");
  CHECK(cause(run("6", "5")) == "DM-0102");
  CHECK(cause(run("6", "null")) == "missing limit");
  CHECK(cause(run("null", "null")) == "missing limit");
  CHECK(cause(run("null", "-1")) == "DM-0107");
}

TEST_CASE("tables: several outputs make a context, and its order of priority") {
  const std::string xml =
      "<decisionTable hitPolicy=\"PRIORITY\"><input><inputExpression><text>x</text>"
      "</inputExpression></input><output name=\"a\"><outputValues><text>\"low\", \"high\"</text>"
      "</outputValues></output><output name=\"b\" typeRef=\"number\"><defaultOutputEntry><text>0"
      "</text></defaultOutputEntry></output><rule><inputEntry><text>&gt; 1</text></inputEntry>"
      "<outputEntry><text>\"high\"</text></outputEntry><outputEntry><text>x</text></outputEntry>"
      "</rule><rule><inputEntry><text>&gt; 2</text></inputEntry><outputEntry><text>\"low\"</text>"
      "</outputEntry><outputEntry><text>x * 2</text></outputEntry></rule></decisionTable>";
  const auto model = compiled(definitions(input("x", "number") + decision("d", "", xml, {"x"})));
  REQUIRE(model.engine);
  const auto run = [&](const std::string& x) {
    return written(
        model.engine->evaluate({.name = "d", .inputs = {{"x", value(x)}}}, testing::environment())
            .value);
  };
  CHECK(run("2") == "{a: \"high\", b: 2}");
  CHECK(run("3") == "{a: \"low\", b: 6}");
  CHECK(run("0") == "{a: null, b: 0}");
}

TEST_CASE("explanation: brief tells inputs and the rules that matched") {
  const auto got = answer(policy("FIRST"), "3", ExplainLevel::kBrief);
  const auto decisions = got.explanation.decisions();
  REQUIRE(decisions.size() == 1);
  const auto& told = decisions[0];
  CHECK(told.name == "d");
  CHECK(told.inputs.at(0).name == "x");
  const auto& table = told.tables.at(0);
  CHECK(table.hit_policy == "FIRST");
  REQUIRE(table.rules.size() == 1);
  CHECK(table.rules[0].number == 1);
  CHECK(written(table.rules[0].outputs.at(0)) == "20");
  CHECK(table.rules[0].cells.empty());
}

TEST_CASE("explanation: full tells every cell, with its parts and place") {
  const TableText mixed{.policy = "FIRST",
                        .inputs = {"x"},
                        .rules = {{"? > 2 + 3", "1"}, {"< null", "2"}, {"3", "3"}}};
  const auto got = answer(mixed, "3", ExplainLevel::kFull);
  const auto decisions = got.explanation.decisions();
  const auto& table = decisions.at(0).tables.at(0);
  REQUIRE(table.rules.size() == 3);
  CHECK(table.rules[0].cells.at(0).verdict == CellVerdict::kFalse);
  CHECK(table.rules[0].cells.at(0).line > 3);
  CHECK(!table.rules[0].cells.at(0).parts.root.steps.empty());
  CHECK(table.rules[1].cells.at(0).verdict == CellVerdict::kUnknown);
  CHECK(table.rules[2].cells.at(0).verdict == CellVerdict::kTrue);
  CHECK(table.rules[2].has_matched);
}

TEST_CASE("explanation: the nearest rules are told with the cells that blocked them") {
  const std::string xml = testing::table(
      {.policy = "UNIQUE",
       .inputs = {"x", "y", "z"},
       .rules = {{"1", "1", "1", "\"a\""}, {"1", "1", "2", "\"b\""}, {"9", "9", "9", "\"c\""}}});
  const auto model =
      compiled(definitions(input("x", "number") + input("y", "number") + input("z", "number") +
                           decision("d", "", xml, {"x", "y", "z"})));
  REQUIRE(model.engine);
  Request request{.name = "d"};
  request.inputs = {{"x", value("1")}, {"y", value("1")}, {"z", value("5.5")}};
  request.explain = ExplainLevel::kBrief;
  const auto got = model.engine->evaluate(request, testing::environment());
  const auto decisions = got.explanation.decisions();
  const auto& table = decisions.at(0).tables.at(0);
  CHECK(table.near_misses == std::vector<NearMiss>{{1, {2}}, {2, {2}}});
  CHECK(decisions[0].causes.at(0).id == "DM-0105");
  const auto json = json::serialize(to_json(got.explanation));
  CHECK(canonical_json(to_json(got.explanation)));  // it can be journalled
  CHECK(json.find("\"blocked_by\":[\"z\"]") != std::string::npos);
}

TEST_CASE("explanation: telling costs the evaluation nothing, and ends where it is too much") {
  const std::string knowledge =
      "<businessKnowledgeModel id=\"k-f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
      "<formalParameter name=\"n\" typeRef=\"number\"/>" +
      testing::table({.policy = "FIRST",
                      .inputs = {"n"},
                      .rules = {{"? > count(for i in 1..100 return i) * 1000", "1"}, {"-", "2"}}}) +
      "</encapsulatedLogic></businessKnowledgeModel>";
  const auto model = compiled(definitions(
      knowledge +
      decision("d", "", testing::literal("count(for i in 1..500 return f(i))"), {"k-f"})));
  REQUIRE(model.engine);
  Request request{.name = "d"};
  request.limits.steps = 400'000;
  const auto plain = model.engine->evaluate(request, testing::environment());
  CHECK(!plain.error);
  request.explain = ExplainLevel::kFull;
  const auto told = model.engine->evaluate(request, testing::environment());
  CHECK(!told.error);
  CHECK(written(told.value) == "500");
  CHECK(told.explanation.decisions().at(0).tables.size() <= 200);
  CHECK(told.explanation.decisions().at(0).is_cut);
}

TEST_CASE("explanation: what is told later ends where it is too much, and outlives the engine") {
  TableText text{.policy = "FIRST", .inputs = {"n"}};
  for (int i = 0; i < 6000; ++i) text.rules.push_back({"-" + std::to_string(i + 1), "1"});
  const std::string knowledge =
      "<businessKnowledgeModel id=\"k-f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
      "<formalParameter name=\"n\" typeRef=\"number\"/>" +
      testing::table(text) + "</encapsulatedLogic></businessKnowledgeModel>";
  auto model = compiled(definitions(
      knowledge +
      decision("d", "", testing::literal("count(for i in 1..180 return f(i))"), {"k-f"})));
  REQUIRE(model.engine);
  Request request{.name = "d"};
  request.explain = ExplainLevel::kBrief;
  const auto got = model.engine->evaluate(request, testing::environment());
  model.engine.reset();
  CHECK(written(got.value) == "180");
  const auto told = got.explanation.decisions();
  REQUIRE(told.at(0).tables.size() == 180);
  CHECK(told[0].tables[0].near_misses.size() == TableTrace::kMaxNearMisses);
  CHECK(!told[0].tables[0].is_cut);
  CHECK(told[0].tables[179].near_misses.empty());
  CHECK(told[0].tables[179].is_cut);
  CHECK(told[0].is_cut);
}

TEST_CASE("explanation: of large values the beginning is told") {
  const auto model = compiled(
      definitions(input("x", "Any") + decision("d", "", testing::literal("count(x)"), {"x"})));
  REQUIRE(model.engine);
  std::vector<feel::Value> rows;
  for (int i = 0; i < 1000; ++i)
    rows.push_back(feel::Value::list({feel::Value::string(std::string(5000, 'a'))}));
  Request request{.name = "d", .inputs = {{"x", feel::Value::list(std::move(rows))}}};
  request.explain = ExplainLevel::kBrief;
  const auto got = model.engine->evaluate(request, testing::environment());
  const auto json = json::serialize(to_json(got.explanation));
  CHECK(json.size() < kMaxShown * (kMaxShownText + 100));
  CHECK(json.find("a...") != std::string::npos);
  CHECK(json.find("\"...\"]") != std::string::npos);
}

TEST_CASE("explanation: a decision names the sources that it rests on") {
  const std::string body =
      "<knowledgeSource id=\"law\" name=\"Jeugdwet\" locationURI=\"https://wetten.example\"/>"
      "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><authorityRequirement>"
      "<requiredAuthority href=\"#law\"/></authorityRequirement>" +
      testing::literal("1") + "</decision>";
  const auto model = compiled(definitions(body));
  REQUIRE(model.engine);
  Request request{.name = "d"};
  request.explain = ExplainLevel::kBrief;
  const auto got = model.engine->evaluate(request, testing::environment());
  CHECK(got.explanation.decisions().at(0).sources.at(0).name == "Jeugdwet");
}

}  // namespace
}  // namespace zicht::dmn
