// Reading test cases of the compatibility kit: values of every shape, and what is refused.
#include "dmn/tck_cases.h"

#include <doctest/doctest.h>

namespace zicht::dmn {
namespace {

constexpr std::string_view kFile =
    R"(<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <modelName>m.dmn</modelName>
 <testCase id="001" type="decisionService" invocableName="S">
  <inputNode name="A"><value xsi:type="xsd:decimal">5</value></inputNode>
  <inputNode name="B"><component name="x"><value xsi:nil="true"/></component>
    <component name="y"><list><item><value>t</value></item><item><list/></item></list></component>
  </inputNode>
  <resultNode name="D" errorResult="true"><expected><value xsi:nil="true"/></expected></resultNode>
  <resultNode name="E"><expected><list xsi:nil="true"/></expected></resultNode>
 </testCase>
 <testCase id="002"/>
</testCases>)";

TEST_CASE("test cases: values of every shape are read") {
  const auto outcome = read_test_cases({.file = "t.xml", .text = kFile});
  REQUIRE(outcome.file);
  CHECK(outcome.file->model == "m.dmn");
  REQUIRE(outcome.file->cases.size() == 2);
  const auto& test = outcome.file->cases[0];
  CHECK(test.kind == TestKind::kDecisionService);
  CHECK(test.invocable == "S");
  CHECK(test.line == 4);
  REQUIRE(test.inputs.size() == 2);
  CHECK(test.inputs[0].value.type == "decimal");
  CHECK(test.inputs[0].value.text == "5");
  const auto& context = test.inputs[1].value;
  REQUIRE(context.kind == TestValue::Kind::kComponents);
  CHECK(context.components[0].second.kind == TestValue::Kind::kNull);
  const auto& list = context.components[1].second;
  REQUIRE(list.items.size() == 2);
  CHECK(list.items[0].text == "t");
  CHECK(list.items[1].kind == TestValue::Kind::kList);
  CHECK(list.items[1].items.empty());
  CHECK(test.results[0].is_error);
  CHECK(test.results[1].expected.kind == TestValue::Kind::kNull);
  CHECK(outcome.file->cases[1].kind == TestKind::kDecision);
}

TEST_CASE("test cases: another document is refused") {
  const auto outcome = read_test_cases({.file = "t.xml", .text = "<definitions/>"});
  CHECK(!outcome.file);
  REQUIRE(outcome.diagnostics.size() == 1);
  CHECK(outcome.diagnostics[0].id == "DM-0020");
}

}  // namespace
}  // namespace zicht::dmn
