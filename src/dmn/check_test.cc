// The checks of a model: by small models, each with the one thing that must be found. An example
// that a finding gives is tried on the engine: it must indeed have no rule, or two.
#include "dmn/check.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {

using testing::compiled;
using testing::decision;
using testing::definitions;
using testing::input;
using testing::TableText;

std::vector<Diagnostic> findings(const std::string& body) {
  const auto model = compiled(definitions(body));
  REQUIRE(model.engine);
  return check_model(*model.engine, testing::environment());
}

std::vector<Diagnostic> findings(const TableText& table, const std::string& type = "number") {
  return findings(input("x", type) + decision("d", "", testing::table(table), {"x"}));
}

std::vector<std::string> messages(const std::vector<Diagnostic>& all, std::string_view id) {
  std::vector<std::string> texts;
  for (const auto& one : all) {
    if (one.id == id) texts.push_back(one.message.en);
  }
  return texts;
}

bool tells(const std::vector<Diagnostic>& all, std::string_view id, std::string_view words) {
  const auto texts = messages(all, id);
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return text.find(words) != std::string::npos;
  });
}

TEST_CASE("check: a case without a rule comes with an example") {
  const auto point = findings(TableText{.inputs = {"x"}, .rules = {{"< 18", "1"}, {"> 18", "2"}}});
  CHECK(tells(point, "DM-0060", "x = 18"));
  const auto between =
      findings(TableText{.inputs = {"x"}, .rules = {{"<= 17", "1"}, {">= 18", "2"}}});
  CHECK(tells(between, "DM-0060", "x = 17.5"));
  CHECK(findings(TableText{.inputs = {"x"}, .rules = {{"< 18", "1"}, {">= 18", "2"}}}).empty());
}

TEST_CASE("check: days have nothing between them") {
  const TableText days{
      .inputs = {"x"},
      .rules = {{"<= date(\"2026-01-01\")", "1"}, {">= date(\"2026-01-02\")", "2"}}};
  CHECK(findings(days, "date").empty());
}

TEST_CASE("check: what an input allows is the whole world of its column") {
  const std::string type =
      "<itemDefinition name=\"tKind\"><typeRef>string</typeRef><allowedValues><text>\"a\", \"b\""
      "</text></allowedValues></itemDefinition>";
  const auto with = [&](const std::vector<std::vector<std::string>>& rules) {
    return findings(type + input("x", "tKind") +
                    decision("d", "", testing::table({.inputs = {"x"}, .rules = rules}), {"x"}));
  };
  CHECK(with({{"\"a\"", "1"}, {"\"b\"", "2"}}).empty());
  CHECK(tells(with({{"\"a\"", "1"}}), "DM-0060", "x = \"b\""));
}

TEST_CASE("check: rules that overlap are told where only one may match") {
  const TableText overlap{.inputs = {"x"}, .rules = {{"< 10", "1"}, {">= 5", "2"}}};
  CHECK(tells(findings(overlap), "DM-0061", "rule 1 and rule 2"));
  TableText first = overlap;
  first.policy = "FIRST";
  CHECK(messages(findings(first), "DM-0061").empty());
  TableText any = overlap;
  any.policy = "ANY";
  CHECK(!messages(findings(any), "DM-0061").empty());
  any.rules[1][1] = "1";
  CHECK(messages(findings(any), "DM-0061").empty());
}

TEST_CASE("check: a rule that can never count is told") {
  const TableText covered{
      .policy = "FIRST", .inputs = {"x"}, .rules = {{"< 10", "1"}, {"[2..4]", "2"}, {"-", "3"}}};
  CHECK(tells(findings(covered), "DM-0062", "rule 2"));
  CHECK(messages(findings(covered), "DM-0062").size() == 1);
}

TEST_CASE("check: rules between lengths of time and between texts count") {
  const TableText days{.inputs = {"x"},
                       .rules = {{"< duration(\"P7D\")", "1"},
                                 {"duration(\"P7D\")", "2"},
                                 {"(duration(\"P7D\")..duration(\"P14D\"))", "3"},
                                 {">= duration(\"P14D\")", "4"}}};
  CHECK(findings(days, "days and time duration").empty());
  const TableText months{.inputs = {"x"},
                         .rules = {{"< duration(\"P6M\")", "1"},
                                   {"[duration(\"P6M\")..duration(\"P8M\"))", "2"},
                                   {"(duration(\"P8M\")..duration(\"P9M\"))", "3"},
                                   {">= duration(\"P9M\")", "4"}}};
  const auto all = findings(months, "years and months duration");
  CHECK(tells(all, "DM-0062", "rule 3"));
  CHECK(tells(all, "DM-0060", "P8M"));
  CHECK(all.size() == 2);
  const TableText texts{.inputs = {"x"}, .rules = {{"< \"m\"", "1"}, {">= \"m\"", "2"}}};
  CHECK(findings(texts, "string").empty());
}

TEST_CASE("check: where whole numbers alone are allowed, rules between them count") {
  const std::string type =
      "<itemDefinition name=\"tWhole\"><typeRef>number</typeRef><allowedValues><text>floor(?) = ?"
      "</text></allowedValues></itemDefinition>";
  const auto with = [&](const std::vector<std::vector<std::string>>& rules) {
    return findings(type + input("x", "tWhole") +
                    decision("d", "", testing::table({.inputs = {"x"}, .rules = rules}), {"x"}));
  };
  CHECK(with({{"<= 17", "1"}, {"(17..20)", "2"}, {">= 20", "3"}}).empty());
  CHECK(with({{"<= 17", "1"}, {">= 18", "2"}}).empty());
  CHECK(tells(with({{"<= 17", "1"}, {">= 20", "2"}}), "DM-0060", "x = 18"));
  // No example is found between them, so nothing is said of the rule.
  CHECK(with({{"<= 17", "1"}, {"(17..18)", "2"}, {">= 18", "3"}}).empty());
}

TEST_CASE("check: allowed values that use a fact exclude nothing") {
  const std::string xml =
      "<decisionTable><input><inputExpression><text>x</text></inputExpression><inputValues><text>"
      "[0..limit]</text></inputValues></input><output/><rule><inputEntry><text>&lt; 5</text>"
      "</inputEntry><outputEntry><text>1</text></outputEntry></rule><rule><inputEntry><text>&gt;= 5"
      "</text></inputEntry><outputEntry><text>2</text></outputEntry></rule></decisionTable>";
  CHECK(findings(input("x", "number") + input("limit", "number") +
                 decision("d", "", xml, {"x", "limit"}))
            .empty());
}

TEST_CASE("check: each table is looked at, whatever those before it cost") {
  const std::string costly =
      "<itemDefinition name=\"tCostly\"><typeRef>number</typeRef><allowedValues><text>? &lt; "
      "count(for i in 1..9000000 return i)</text></allowedValues></itemDefinition>";
  const std::vector<std::vector<std::string>> rules = {{"< 10", "1"}, {"[2..4]", "2"}, {"-", "3"}};
  const auto table = testing::table({.policy = "FIRST", .inputs = {"x"}, .rules = rules});
  const auto other = testing::table({.policy = "FIRST", .inputs = {"y"}, .rules = rules});
  const auto all = findings(costly + input("x", "tCostly") + input("y", "number") +
                            decision("a", "", table, {"x"}) + decision("b", "", other, {"y"}));
  CHECK(tells(all, "DM-0064", "a:"));
  CHECK(tells(all, "DM-0062", "b:"));
}

TEST_CASE("check: a table of many points in two columns ends in time") {
  TableText large{.policy = "FIRST", .inputs = {"x", "x"}};
  for (int i = 0; i < 3000; ++i) {
    const std::string point = std::to_string(i * 7919 % 3000);
    large.rules.push_back({"> " + std::to_string(i), "< " + point, "1"});
  }
  CHECK(tells(findings(large), "DM-0064", "d:"));
}

TEST_CASE("check: a requirement that allowed values use is used") {
  const std::string xml =
      "<decisionTable><input><inputExpression><text>x</text></inputExpression><inputValues><text>"
      "[0..most]</text></inputValues></input><output><outputValues><text>&lt; top</text>"
      "</outputValues></output><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1"
      "</text></outputEntry></rule></decisionTable>";
  CHECK(findings(input("x", "number") + input("most", "number") + input("top", "number") +
                 decision("d", "", xml, {"x", "most", "top"}))
            .empty());
}

TEST_CASE("check: a cell that is another expression is no gap and no overlap") {
  const TableText general{.inputs = {"x"}, .rules = {{"< 10", "1"}, {"? > 5 + 4", "2"}}};
  CHECK(findings(general).empty());
}

TEST_CASE("check: inputs and requirements that nobody uses are told") {
  const auto all =
      findings(input("used", "number") + input("idle", "number") + input("named", "number") +
               decision("d", "", testing::literal("used + 1"), {"used", "named"}));
  CHECK(tells(all, "DM-0063", "idle"));
  CHECK(tells(all, "DM-0065", "named"));
  CHECK(all.size() == 2);
}

TEST_CASE("check: a table with too many combinations says so") {
  TableText wide{.policy = "COLLECT", .inputs = {"x"}};
  std::string body;
  std::vector<std::string> names;
  for (int c = 0; c < 12; ++c) {
    names.push_back("x" + std::to_string(c));
    body += input(names.back(), "number");
  }
  wide.inputs = names;
  for (int rule = 0; rule < 40; ++rule) {
    std::vector<std::string> cells;
    for (int c = 0; c < 12; ++c) cells.push_back("> " + std::to_string((rule * 7 + c * 3) % 11));
    cells.push_back("1");
    wide.rules.push_back(std::move(cells));
  }
  CHECK(!messages(findings(body + decision("d", "", testing::table(wide), names)), "DM-0064")
             .empty());
}

TEST_CASE("check: two columns are looked at together") {
  const std::string table = testing::table(
      {.inputs = {"age", "kind"}, .rules = {{"< 18", "-", "1"}, {">= 18", "\"a\"", "2"}}});
  const auto all = findings(input("age", "number") + input("kind", "string") +
                            decision("d", "", table, {"age", "kind"}));
  CHECK(tells(all, "DM-0060", "age = 18, kind = \"a ?\""));
}

}  // namespace
}  // namespace zicht::dmn
