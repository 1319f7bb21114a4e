// Reading models: by small models in each version of the standard, and by files that must be
// refused. What the reader makes of a boxed expression is looked at member by member.
#include "dmn/read.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace zicht::dmn {
namespace {

constexpr std::string_view kV15 = "https://www.omg.org/spec/DMN/20230324/MODEL/";

std::string definitions(std::string_view body, std::string_view uri = kV15) {
  return "<?xml version=\"1.0\"?>\n<definitions xmlns=\"" + std::string(uri) +
         "\" namespace=\"urn:own\" name=\"Intake\" id=\"m\">\n" + std::string(body) +
         "\n</definitions>";
}

ReadOutcome read(const std::string& xml, const ReadLimits& limits = {}) {
  return read_model({.file = "m.dmn", .text = xml}, limits);
}

std::shared_ptr<const Model> good(const std::string& xml) {
  const auto outcome = read(xml);
  for (const auto& one : outcome.diagnostics) CAPTURE(one.message.en);
  REQUIRE(outcome.diagnostics.empty());
  REQUIRE(outcome.model);
  return outcome.model;
}

// The logic of the only decision.
template <class Kind>
const Kind& logic(const Model& model) {
  REQUIRE(model.decisions.size() == 1);
  REQUIRE(model.decisions[0].logic);
  const auto* kind = std::get_if<Kind>(&model.decisions[0].logic->value);
  REQUIRE(kind != nullptr);
  return *kind;
}

std::string decision(const std::string& expression) {
  return definitions("<decision id=\"d\" name=\"D\"><variable name=\"D\" typeRef=\"number\"/>" +
                     expression + "</decision>");
}

void refused(const std::string& xml, std::string_view id, std::uint32_t line = 0,
             const ReadLimits& limits = {}) {
  const auto outcome = read(xml, limits);
  CAPTURE(xml);
  CHECK(!outcome.model);
  REQUIRE(!outcome.diagnostics.empty());
  CHECK(outcome.diagnostics[0].id == id);
  CHECK(outcome.diagnostics[0].file == "m.dmn");
  CHECK(!outcome.diagnostics[0].hint.nl.empty());
  if (line != 0) CHECK(outcome.diagnostics[0].line == line);
}

TEST_CASE("reading: every version of the standard is known by its namespace") {
  const std::pair<std::string_view, std::string_view> versions[] = {
      {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"},
      {"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
      {"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
      {"http://www.omg.org/spec/DMN/20191111/MODEL", "1.3"},
      {"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
      {kV15, "1.5"}};
  for (const auto& [uri, version] : versions)
    CHECK(good(definitions("<inputData name=\"age\"/>", uri))->version == version);
}

TEST_CASE("reading: prefixes are free, and those of types are resolved") {
  const auto model = good(
      "<x:definitions xmlns:x='http://www.omg.org/spec/DMN/20151101/dmn.xsd' namespace='urn:own'\n"
      "  xmlns:f='http://www.omg.org/spec/FEEL/20140401' xmlns:own='urn:own' xmlns:c='urn:c'>\n"
      "<x:import name='common' namespace='urn:c' importType='x'/>\n"
      "<x:inputData name='a' id='a'><x:variable name='a' typeRef='f:boolean'/></x:inputData>\n"
      "<x:inputData name='b' id='b'><x:variable name='b' typeRef='own:tB'/></x:inputData>\n"
      "<x:inputData name='c' id='c'><x:variable name='c' typeRef='c:tC'/></x:inputData>\n"
      "</x:definitions>");
  REQUIRE(model->inputs.size() == 3);
  CHECK(model->inputs[0].variable.type_ref == "boolean");
  CHECK(model->inputs[1].variable.type_ref == "tB");
  CHECK(model->inputs[2].variable.type_ref == "common.tC");
  CHECK(model->inputs[2].line == 6);
}

TEST_CASE("reading: item definitions keep components, collections, values and functions") {
  const auto model = good(definitions(R"(
<itemDefinition name="tPerson"><itemComponent name="age"><typeRef>number</typeRef>
  <allowedValues><text> [0..130] </text></allowedValues></itemComponent>
  <itemComponent name="names" isCollection="true"><typeRef>string</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tRule"><functionItem outputTypeRef="number">
  <parameters name="x" typeRef="string"/></functionItem></itemDefinition>)"));
  REQUIRE(model->item_definitions.size() == 3);
  const auto& person = model->item_definitions[0];
  REQUIRE(person.components.size() == 2);
  CHECK(person.components[0].allowed_values.text == "[0..130]");
  CHECK(person.components[0].allowed_values.line == 5);
  CHECK(person.components[1].is_collection);
  CHECK(model->item_definitions[1].type_constraint.text == "count(?) < 3");
  REQUIRE(model->item_definitions[2].function);
  CHECK(model->item_definitions[2].function->output_type_ref == "number");
  CHECK(model->item_definitions[2].function->parameters[0].type_ref == "string");
}

TEST_CASE("reading: a decision keeps its requirements and sources") {
  const auto model = good(definitions(R"(
<decision id="d" name="D"><question>Which?</question>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <informationRequirement><requiredDecision href="urn:other#e"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="urn:own#k"/></knowledgeRequirement>
  <authorityRequirement><requiredAuthority href="#s"/></authorityRequirement>
  <literalExpression><text>1 + <!-- two --><![CDATA[2 < 4]]></text></literalExpression></decision>
<inputData id="i" name="I"/>
<businessKnowledgeModel id="k" name="K"><encapsulatedLogic><formalParameter name="x"/>
  <literalExpression><text>x</text></literalExpression></encapsulatedLogic>
</businessKnowledgeModel>
<knowledgeSource id="s" name="Jeugdwet" locationURI="https://wetten.example"/>
<decisionService id="v" name="V"><outputDecision href="#d"/><encapsulatedDecision href="#d"/>
  <inputDecision href="#d"/><inputData href="#i"/></decisionService>)"));
  const auto& d = model->decisions.at(0);
  CHECK(d.question == "Which?");
  CHECK(!d.has_variable);
  CHECK(d.required_inputs.at(0).id == "i");
  CHECK(d.required_decisions.at(0).namespace_uri == "urn:other");
  CHECK(d.required_knowledge.at(0).namespace_uri.empty());
  CHECK(d.authorities.at(0).id == "s");
  CHECK(logic<LiteralExpression>(*model).text.text == "1 + 2 < 4");
  CHECK(model->knowledge_models.at(0).logic);
  CHECK(model->sources.at(0).location == "https://wetten.example");
  CHECK(model->services.at(0).input_decisions.size() == 1);
}

TEST_CASE("reading: a table keeps clauses, rules, annotations and policy") {
  const auto model = good(decision(R"(
<decisionTable hitPolicy="COLLECT" aggregation="SUM" outputLabel="Fee">
  <input label="Age"><inputExpression typeRef="number"><text>age</text></inputExpression>
    <inputValues><text>[0..130]</text></inputValues></input>
  <output name="fee" typeRef="number"><outputValues><text>1,2</text></outputValues>
    <defaultOutputEntry><text>0</text></defaultOutputEntry></output>
  <annotation name="why"/>
  <rule id="r1"><inputEntry><text>&lt; 18</text></inputEntry>
    <outputEntry><text>1</text></outputEntry>
    <annotationEntry><text>young</text></annotationEntry></rule>
</decisionTable>)"));
  const auto& table = logic<DecisionTable>(*model);
  CHECK(table.hit_policy == HitPolicy::kCollect);
  CHECK(table.aggregation == Aggregation::kSum);
  CHECK(table.inputs.at(0).expression.text == "age");
  CHECK(table.inputs.at(0).allowed_values.text == "[0..130]");
  CHECK(table.outputs.at(0).default_value.text == "0");
  CHECK(table.annotations.at(0) == "why");
  CHECK(table.rules.at(0).inputs.at(0).text == "< 18");
  CHECK(table.rules.at(0).annotations.at(0) == "young");
}

TEST_CASE("reading: boxed contexts, relations, lists and invocations nest") {
  const std::string literal = "<literalExpression><text>1</text></literalExpression>";
  const auto context = good(decision("<context><contextEntry><variable name=\"a\"/><list>" +
                                     literal + literal + "</list></contextEntry><contextEntry>" +
                                     literal + "</contextEntry></context>"));
  const auto& entries = logic<ContextExpression>(*context).entries;
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].has_variable);
  CHECK(std::get<ListExpression>(entries[0].value->value).items.size() == 2);
  CHECK(!entries[1].has_variable);

  const auto relation = good(decision("<relation><column name=\"a\"/><row>" + literal +
                                      "</row><row>" + literal + "</row></relation>"));
  CHECK(logic<RelationExpression>(*relation).rows.size() == 2);

  const auto invocation =
      good(decision("<invocation>" + literal + "<binding><parameter name=\"p\"/>" + literal +
                    "</binding><binding><parameter name=\"q\"/></binding></invocation>"));
  const auto& call = logic<Invocation>(*invocation);
  CHECK(call.callee);
  CHECK(call.bindings.at(0).value);
  CHECK(!call.bindings.at(1).value);
}

TEST_CASE("reading: boxed functions, conditionals, filters and iterations nest") {
  const std::string literal = "<literalExpression><text>1</text></literalExpression>";
  const auto function =
      good(decision("<functionDefinition kind=\"Java\"><formalParameter "
                    "name=\"x\"/>" +
                    literal + "</functionDefinition>"));
  CHECK(logic<FunctionDefinition>(*function).kind == FunctionKind::kJava);
  CHECK(logic<FunctionDefinition>(*function).parameters.at(0).name == "x");

  const auto conditional = good(decision("<conditional><if>" + literal + "</if><then>" + literal +
                                         "</then><else>" + literal + "</else></conditional>"));
  CHECK(logic<Conditional>(*conditional).else_value);
  const auto filter =
      good(decision("<filter><in>" + literal + "</in><match>" + literal + "</match></filter>"));
  CHECK(logic<Filter>(*filter).match);
  const auto loop = good(decision("<for iteratorVariable=\"x\"><in typeRef=\"tList\">" + literal +
                                  "</in><return>" + literal + "</return></for>"));
  CHECK(logic<Iteration>(*loop).in_type_ref == "tList");
  CHECK(logic<Iteration>(*loop).body);
  const auto every = good(decision("<every iteratorVariable=\"x\"><in>" + literal +
                                   "</in><satisfies>" + literal + "</satisfies></every>"));
  CHECK(logic<Iteration>(*every).kind == IterationKind::kEvery);
}

TEST_CASE("reading: elements of others are kept as they stand") {
  const auto model = good(definitions(
      "<inputData name=\"a\"><extensionElements><u:ref xmlns:u=\"urn:u\" href=\"#v\"><u:b>t</u:b>"
      "</u:ref></extensionElements></inputData>"));
  const auto& extension = model->inputs.at(0).extensions.at(0);
  CHECK(extension.namespace_uri == "urn:u");
  CHECK(extension.name == "ref");
  CHECK(extension.xml == "<u:ref xmlns:u=\"urn:u\" href=\"#v\"><u:b>t</u:b></u:ref>");
}

TEST_CASE("reading: what is no XML is refused at its line") {
  refused("<definitions>\n<a></b>\n</definitions>", "DM-0002", 2);
  refused("", "DM-0002");
  refused("<definitions name=\"\xff\"/>", "DM-0002");
}

TEST_CASE("reading: entities of the author's own cannot blow a file up") {
  refused("<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n" + definitions(""),
          "DM-0003");
}

TEST_CASE("reading: what is too big or too deep is refused") {
  refused(definitions(""), "DM-0001", 0, {.max_bytes = 50});
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<list>";
  for (int i = 0; i < 100'000; ++i) deep += "</list>";
  refused(decision(deep), "DM-0004");
  refused(definitions("<a/><a/><a/>"), "DM-0004", 0, {.max_elements = 3});
}

TEST_CASE("reading: other documents are refused by the name of their root") {
  refused("<html/>", "DM-0005");
  refused("<definitions xmlns=\"urn:bpmn\"/>", "DM-0005");
}

TEST_CASE("reading: mistakes are told with the element and its line") {
  refused(definitions("\n<decision id=\"d\"/>"), "DM-0006", 4);
  refused(definitions("<decision id=\"d\" name=\"D\"><informationRequirement><requiredInput/>"
                      "</informationRequirement></decision>"),
          "DM-0006", 3);
  refused(decision("<decisionTable hitPolicy=\"SOME\"><output/></decisionTable>"), "DM-0007", 3);
  refused(decision("<decisionTable><output/>\n<rule><inputEntry><text>1</text></inputEntry>"
                   "</rule></decisionTable>"),
          "DM-0008", 4);
  refused(definitions("<inputData id=\"a\" name=\"A\"/>\n<decision id=\"a\" name=\"B\"/>"),
          "DM-0009", 4);
  refused(decision("<decisionTable/>"), "DM-0010", 3);
}

TEST_CASE("reading: an unknown element of the standard is told and left out") {
  const auto outcome = read(definitions("<decisoin name=\"a\"/>"));
  REQUIRE(outcome.model);
  REQUIRE(outcome.diagnostics.size() == 1);
  CHECK(outcome.diagnostics[0].id == "DM-0011");
  CHECK(outcome.diagnostics[0].severity == Severity::kWarning);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("reading: of endless problems the first are told, and that there are more") {
  const auto warned = read(definitions(repeated("<x/>", 300'000)));
  CHECK(warned.model);
  REQUIRE(warned.diagnostics.size() == 101);
  CHECK(warned.diagnostics[0].id == "DM-0011");
  CHECK(warned.diagnostics[100].id == "DM-0012");
  CHECK(warned.diagnostics[100].severity == Severity::kWarning);
  const auto wrong =
      read(definitions(repeated("<x/>", 200) + repeated("<inputData id=\"a\"/>", 500)));
  CHECK(!wrong.model);
  CHECK(wrong.diagnostics.size() == 202);
}

TEST_CASE("reading: many attributes and declarations are refused, before they are looked through") {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += " a" + std::to_string(i) + "=\"\"";
  refused("<definitions xmlns=\"" + std::string(kV15) + "\" namespace=\"urn:own\"" + many + ">" +
              repeated("<x/>", 20'000) + "</definitions>",
          "DM-0004");
  refused(definitions(repeated("<x a=\"\" b=''/>", 30)), "DM-0004", 0, {.max_attributes = 50});
  std::string declared;
  for (int i = 0; i < 900; ++i) declared += " xmlns:a" + std::to_string(i) + "=\"u\"";
  refused(definitions("<e" + declared + ">" + repeated("<x/>", 30'000) + "</e>"), "DM-0004");
  refused(definitions(repeated("<x>", 3000) + repeated("</x>", 3000)), "DM-0004", 0,
          {.max_depth = 200, .max_elements = 100});
}

TEST_CASE("reading: a prefix means what the nearest declaration says") {
  const auto model =
      good("<d:definitions xmlns:d=\"" + std::string(kV15) +
           "\" namespace=\"urn:own\" name=\"M\" "
           "id=\"m\"><e:decision xmlns:e=\"" +
           std::string(kV15) +
           "\" id=\"d\" name=\"D\">"
           "<e:variable name=\"D\" xmlns:d=\"urn:other\"/><d:question>why</d:question></e:decision>"
           "</d:definitions>");
  REQUIRE(model->decisions.size() == 1);
  CHECK(model->decisions[0].question == "why");
}

}  // namespace
}  // namespace zicht::dmn
