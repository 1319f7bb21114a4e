// Inputs as people give them, and answers judged: types from texts, what does not fit, and that no
// null within a value counts as known.
#include "dmn/inputs.h"

#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

#include "dmn/model_json.h"
#include "dmn/testing/models.h"
#include "feel/value_json.h"

namespace zicht::dmn {
namespace {

using feel::Value;
using testing::compiled;
using testing::decision;
using testing::definitions;
using testing::environment;
using testing::input;
using testing::literal;

std::shared_ptr<const Engine> engine_of(const std::string& body) {
  auto model = compiled(definitions(body));
  REQUIRE(model.engine);
  return model.engine;
}

// "DM-0052 age" of what is wrong, else the value that `given` becomes, as FEEL writes it.
std::string typed(const std::string& type, const Value& given) {
  const auto engine = engine_of(input("x", type) + decision("d", "", literal("x"), {"x"}));
  const TypedInputs made = typed_inputs(*engine, "d", {{"x", given}}, environment());
  if (!made.problems.empty()) return made.problems[0].id + " " + made.problems[0].where;
  return made.inputs.empty() ? "missing" : testing::written(made.inputs[0].value);
}

Told judged(const std::string& logic, const std::vector<InputValue>& given = {}) {
  const auto engine = engine_of(input("x", "number") + decision("d", "", literal(logic), {"x"}));
  return judge_answer(engine->evaluate({.name = "d", .inputs = given}, environment()));
}

TEST_CASE("inputs: texts become what the type of the input says") {
  CHECK(typed("number", Value::string("12.50")) == "12.5");
  CHECK(typed("number", Value::number(3)) == "3");
  CHECK(typed("boolean", Value::string("true")) == "true");
  CHECK(typed("date", Value::string("2026-01-31")) == R"(@"2026-01-31")");
  CHECK(typed("string", Value::string("12")) == R"("12")");
  CHECK(typed("number", Value()) == "missing");
}

TEST_CASE("inputs: a value of another type is told in words, with the name of the input") {
  CHECK(typed("number", Value::string("veel")) == "DM-0052 x");
  CHECK(typed("date", Value::string("2026-02-31")) == "DM-0052 x");
  CHECK(typed("boolean", Value::number(1)) == "DM-0052 x");
  CHECK(typed("string", Value::number(1)) == "DM-0052 x");
}

TEST_CASE("inputs: what the decision does not need is refused, with what was meant") {
  const auto engine = engine_of(input("Leeftijd", "number") + input("Overig", "number") +
                                decision("d", "", literal("Leeftijd"), {"Leeftijd"}));
  const auto near = typed_inputs(*engine, "d", {{"Leeftyd", Value::number(1)}}, environment());
  REQUIRE(near.problems.size() == 1);
  CHECK(near.problems[0].id == "DM-0051");
  CHECK(near.problems[0].hint.nl == "Kies een gegeven van de beslissing: Leeftijd.");
  CHECK(typed_inputs(*engine, "d", {{"Overig", Value::number(1)}}, environment()).problems.size() ==
        1);
}

TEST_CASE("inputs: a value that is not allowed is told with what is") {
  const auto engine =
      engine_of(R"(<itemDefinition name="tKind"><typeRef>string</typeRef>)"
                R"(<allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>)" +
                input("x", "tKind") + decision("d", "", literal("x"), {"x"}));
  const auto made = typed_inputs(*engine, "d", {{"x", Value::string("c")}}, environment());
  REQUIRE(made.problems.size() == 1);
  CHECK(made.problems[0].id == "DM-0053");
  CHECK(made.problems[0].hint.en == R"(Choose what is allowed: "a", "b".)");
  const Json model = model_json(*engine);
  CHECK(model.at("inputs").at(0).at("type").at("choices").as_array().size() == 2);
}

TEST_CASE("inputs: an answer is yes, no or a value only when nothing is missing") {
  const std::vector<InputValue> three = {{"x", Value::number(3)}};
  CHECK(judged("x > 2", three).outcome == Outcome::kYes);
  CHECK(judged("x > 3", three).outcome == Outcome::kNo);
  CHECK(judged("x + 1", three).outcome == Outcome::kValue);
  CHECK(judged("x + 1").outcome == Outcome::kUnknown);
  CHECK(judged("x + 1").missing == std::vector<std::string>{"x"});
  CHECK(judged("{a: 1, b: [x + 1]}").missing == std::vector<std::string>{"x"});
  CHECK(judged("if x > 1 then 1 else 2").outcome == Outcome::kUnknown);
  CHECK(judged("null", three).outcome == Outcome::kUnknown);
  const Told failed = judged("[x / 0]", three);
  CHECK(failed.outcome == Outcome::kUnknown);
  CHECK(failed.errors.size() == 1);
  CHECK(outcome_name(Outcome::kUnknown) == "unknown");
}

TEST_CASE("inputs: a value of more parts than are looked at is not known to be whole") {
  CHECK(judged("concatenate(for i in 1..9997 return i, [x])").missing ==
        std::vector<std::string>{"x"});
  const Told cut = judged("concatenate(for i in 1..10000 return i, [x])");
  CHECK(cut.outcome == Outcome::kUnknown);
  REQUIRE(cut.errors.size() == 1);
  CHECK(cut.errors[0].id == "FE-0101");
}

TEST_CASE("inputs: of many that are unknown a hundred are told") {
  const auto engine = engine_of(input("x", "number") + decision("d", "", literal("x"), {"x"}));
  std::vector<InputValue> given;
  for (int i = 0; i < 5000; ++i) given.push_back({"unknown" + std::to_string(i), Value(), {}});
  CHECK(typed_inputs(*engine, "d", given, environment()).problems.size() == 100);
}

TEST_CASE("inputs: a member that is left out or null is a missing fact") {
  const auto engine = engine_of(
      R"(<itemDefinition name="tP"><itemComponent name="age"><typeRef>number</typeRef>)"
      R"(</itemComponent><itemComponent name="own"><typeRef>boolean</typeRef></itemComponent>)"
      R"(</itemDefinition>)" +
      input("p", "tP") + decision("d", "", literal("if p.age > 17 then 1 else 2"), {"p"}));
  for (const char* given : {R"({"own": true})", R"({"own": true, "age": null})"}) {
    const auto made = typed_inputs(*engine, "d", {{"p", *feel::parse_value(given)}}, environment());
    REQUIRE(made.problems.empty());
    const Told told =
        judge_answer(engine->evaluate({.name = "d", .inputs = made.inputs}, environment()));
    CHECK(told.outcome == Outcome::kUnknown);
    CHECK(told.missing == std::vector<std::string>{"p.age"});
  }
}

TEST_CASE("model_json: a type that doubles stays small, and every logic has a kind") {
  std::string types = R"(<itemDefinition name="t0"><typeRef>string</typeRef></itemDefinition>)";
  for (int i = 1; i < 14; ++i) {
    const std::string before = "t" + std::to_string(i - 1);
    types += "<itemDefinition name=\"t" + std::to_string(i) + "\">";
    for (const char* member : {"a", "b"}) {
      types += "<itemComponent name=\"" + std::string(member) + "\"><typeRef>" + before +
               "</typeRef></itemComponent>";
    }
    types += "</itemDefinition>";
  }
  const auto engine =
      engine_of(types + input("x", "t13") + decision("d", "", literal("x.a.b"), {"x"}));
  const Json model = model_json(*engine);
  CHECK(json::serialize(model.at("inputs")).size() < 200'000);
  CHECK(model.at("decisions").at(0).at("logic").at("kind") == "literal");
}

}  // namespace
}  // namespace zicht::dmn
