// Contradictions: which decisions are marked, what holds of which answers, and what is unknown.
#include "dmn/contradiction.h"

#include <doctest/doctest.h>

#include "dmn/read.h"
#include "dmn/testing/models.h"

namespace zicht::dmn {
namespace {
using feel::Value;
using testing::decision;
using testing::input;
using testing::literal;

// A decision with the mark in it.
std::string marked(const std::string& name, const std::string& logic, const std::string& mark,
                   const std::string& uri = "urn:zicht:dmn") {
  std::string text = decision(name, "boolean", literal(logic), {"Jaren", "Nieuw"});
  const std::string extension = "<extensionElements><z:" + mark + " xmlns:z=\"" + uri +
                                "\"/></extensionElements><question>Hoe kan dat?</question>";
  return text.insert(text.find('>') + 1, extension);
}

std::shared_ptr<const Engine> engine_of(const std::string& decisions) {
  const auto made = testing::compiled(testing::definitions(
      input("Jaren", "number") + input("Nieuw", "boolean") + input("Ander", "number") + decisions));
  REQUIRE(made.engine);
  return made.engine;
}

const std::string kNewYetLong = "Jaren >= 5 and Nieuw";

FoundContradictions found(const Engine& engine, const std::vector<InputValue>& given) {
  return contradictions_in(engine, given, testing::environment());
}

TEST_CASE("contradictions: those that are marked, and no other decision") {
  const auto engine = engine_of(
      marked("Tegenspraak", kNewYetLong, "contradiction") + marked("Twijfel", "Nieuw", "doubt") +
      marked("Van een ander", "Nieuw", "contradiction", "urn:other") +
      decision("Gewoon", "boolean", literal("Nieuw"), {"Nieuw"}));
  const auto all = contradictions_of(*engine);
  REQUIRE(all.size() == 2);
  CHECK(all[0].decision == "Tegenspraak");
  CHECK(all[0].question == "Hoe kan dat?");
  CHECK(all[0].answers == std::vector<std::string>{"Jaren", "Nieuw"});
  CHECK_FALSE(all[0].may_stand);
  CHECK(all[1].may_stand);
}

TEST_CASE("contradictions: told with the answers that were given, and of nothing unknown") {
  const auto engine = engine_of(marked("Tegenspraak", kNewYetLong, "contradiction"));
  const InputValue five{"Jaren", Value::string("5"), {}};
  const InputValue other{"Ander", Value::string("geen getal"), {}};
  const InputValue is_new{"Nieuw", Value::boolean(true), {}};
  const auto both = found(*engine, {five, is_new, other});
  REQUIRE(both.found.size() == 1);
  CHECK(both.found[0].answers == std::vector<std::string>{"Jaren", "Nieuw"});
  CHECK(both.problems.empty());
  CHECK(found(*engine, {five}).found.empty());
  CHECK(found(*engine, {five, {"Nieuw", Value(), {}}}).found.empty());
  CHECK(found(*engine, {five, {"Nieuw", Value::boolean(false), {}}}).found.empty());
}

TEST_CASE("contradictions: an answer of another type is told once") {
  const auto engine = engine_of(marked("Een", kNewYetLong, "contradiction") +
                                marked("Twee", kNewYetLong, "doubt"));
  const auto told = found(*engine, {{"Jaren", Value::string("veel"), {}}});
  CHECK(told.found.empty());
  REQUIRE(told.problems.size() == 1);
  CHECK(told.problems[0].id == "DM-0052");
  CHECK(told.problems[0].where == "Jaren");
}

TEST_CASE("contradictions: what always holds is about no answer") {
  const auto engine = engine_of(marked("Altijd", "true", "contradiction"));
  CHECK(found(*engine, {}).found.empty());
  CHECK(found(*engine, {{"Nieuw", Value::boolean(true), {}}}).found.size() == 1);
}

TEST_CASE("contradictions: limits that are spent are told") {
  const auto engine = engine_of(
      marked("Lang", "Nieuw and count(for a in 1..1000 return a) = 1000", "contradiction"));
  const auto told = contradictions_in(*engine, {{"Nieuw", Value::boolean(true), {}}},
                                      testing::environment(), {.steps = 100});
  REQUIRE(told.error);
  CHECK(told.error->id.starts_with("FE-010"));
}

}  // namespace
}  // namespace zicht::dmn
