// Decision tables: every hit policy and aggregation on one small table, defaults, several outputs,
// what a null or a value outside a column does, and the explanation of all of it.
#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

#include "dmn/engine.h"
#include "dmn/testing/models.h"

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
  REQUIRE(got.explanation.decisions.size() == 1);
  const auto& told = got.explanation.decisions[0];
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
  const auto& table = got.explanation.decisions.at(0).tables.at(0);
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
  const auto& table = got.explanation.decisions.at(0).tables.at(0);
  CHECK(table.near_misses == std::vector<NearMiss>{{1, {2}}, {2, {2}}});
  CHECK(got.explanation.decisions[0].causes.at(0).id == "DM-0105");
  const auto json = json::serialize(to_json(got.explanation));
  CHECK(canonical_json(to_json(got.explanation)));  // it can be journalled
  CHECK(json.find("\"blocked_by\":[\"z\"]") != std::string::npos);
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
  CHECK(got.explanation.decisions.at(0).sources.at(0).name == "Jeugdwet");
}

}  // namespace
}  // namespace zicht::dmn
