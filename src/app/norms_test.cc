// Norms through the use case: what is told of a record, and that nobody learns through a norm what
// they may not see. The pack tests/packs/norms is invented for it.
#include <doctest/doctest.h>

#include <string>

#include "app/norms_service.h"
#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct NormsWorld : RecordWorld {
  NormsWorld() {
    REQUIRE_FALSE(
        packs.activate({packs::testing::read_folder("tests/packs/norms")}, "system").error);
  }

  static Caller handler() { return person("hans", "north", {"norms/handler"}); }
  static Caller judge() { return person("jo", "north", {"norms/judge"}); }

  std::string made(std::string_view fields) {
    return make(judge(), "norms/complaint", std::string(fields)).id;
  }

  std::string text(const Caller& caller, const std::string& id) {
    const auto told = records.norms(caller, id);
    REQUIRE_MESSAGE(told.has_value(), (told ? "" : describe(told.error())));
    return *told;
  }

  Json norm(const Caller& caller, const std::string& id, std::string_view name) {
    const Json told = parsed(text(caller, id));
    for (const Json& each : told.at("items").as_array()) {
      if (std::string_view(each.at("id").as_string()) == name) return each;
    }
    FAIL("no norm " << name);
    return {};
  }
};

constexpr const char* kLate =
    R"({"what":"Lawaai","is_formal":true,"received":"2025-11-01","worry":7,"hours":50,"people":2,
        "answered":{"first":"2026-01-20","last":"2026-01-20"}})";

TEST_CASE("norms: a record tells what each norm says, its source, who judges and why") {
  NormsWorld world;
  const std::string id = world.made(kLate);
  const Json told = parsed(world.text(NormsWorld::judge(), id));
  CHECK(told.at("on") == "2026-01-31");
  CHECK(told.at("pack").at("name") == "norms");
  REQUIRE(told.at("items").as_array().size() == 5);
  const Json& norm = told.at("items").at(0);
  CHECK(norm.at("title").at("nl") == "De klacht is binnen zes weken beantwoord");
  CHECK(norm.at("framework").at("en") == "How to handle a complaint");
  CHECK(norm.at("theme").at("en") == "In time");
  CHECK(norm.at("source").at("reference") == "Verzonnen Staatsblad 1");
  CHECK(norm.at("article") == "16");
  CHECK(norm.at("from") == "2020-01-01");
  CHECK(norm.at("to") == "2027-01-01");
  CHECK(norm.at("judges").at(0).at("title").at("nl") == "Beoordelaar");
  CHECK(norm.at("withheld") == false);
  CHECK(norm.at("applies") == true);
  CHECK(norm.at("outcome") == "no");
  CHECK(norm.at("missing").as_array().empty());
  const Json& why = norm.at("why").at("rule");
  CHECK(why.at("rule") == "answered.last <= received + @\"P42D\"");
  CHECK(why.at("facts").at(1).at("name") == "received");
  CHECK(norm.at("why").at("applies_if").at("outcome") == "yes");
}

TEST_CASE("norms: a pack tells its norms, whatever record they are held against") {
  NormsWorld world;
  const auto list = [&](const std::string& pack) { return NormsService(world.packs).list(pack); };
  const Json told = parsed(*list("norms"));
  CHECK(told.at("pack").at("name") == "norms");
  const Json& norm = told.at("items").at(0);
  CHECK(norm.at("title").at("nl") == "De klacht is binnen zes weken beantwoord");
  CHECK(norm.at("form").at("name") == "norms/complaint");
  CHECK(norm.at("source").at("reference") == "Verzonnen Staatsblad 1");
  CHECK(norm.at("judges").at(0).at("title").at("nl") == "Beoordelaar");
  CHECK(norm.at("rule") == "answered.last <= received + @\"P42D\"");
  CHECK_FALSE(norm.as_object().contains("withheld"));
  bool has_decision = false;
  for (const Json& each : told.at("items").as_array()) {
    if (each.at("id") != "weight") continue;
    has_decision = true;
    CHECK(each.at("decision").at("model") == "weigh");
    CHECK(each.at("decision").at("inputs").as_array().size() > 1);
    CHECK(each.at("decision").at("breaks").as_array().size() == 1);
  }
  CHECK(has_decision);
  CHECK(parsed(*list("sample")).at("items").as_array().empty());
  CHECK(list("nowhere").error().id == "AP-0200");
}

TEST_CASE("norms: a decision is told with its inputs and its explanation") {
  NormsWorld world;
  const Json norm = world.norm(NormsWorld::judge(), world.made(kLate), "weight");
  CHECK(norm.at("outcome") == "no");
  const Json& decision = norm.at("why").at("decision");
  CHECK(decision.at("model") == "weigh");
  CHECK(decision.at("decision") == "Gewicht");
  CHECK(decision.at("value") == "zwaar");
  CHECK(decision.at("inputs").at(0).at("name") == "Uren per mens");
  CHECK(decision.at("inputs").at(0).at("why").at("rule") == "hours / people");
  CHECK(decision.at("explanation").at(0).at("tables").at(0).at("rules").at(0).at("rule") == 4);
}

TEST_CASE("norms: what is missing is told by the labels of its fields") {
  NormsWorld world;
  const std::string id = world.made(R"({"what":"Lawaai","is_formal":true,"hours":12})");
  const Json late = world.norm(NormsWorld::handler(), id, "in-time");
  CHECK(late.at("outcome") == "unknown");
  REQUIRE(late.at("missing").as_array().size() == 2);
  CHECK(late.at("missing").at(0).at("name") == "answered");
  CHECK(late.at("missing").at(0).at("label").at("nl") == "Beantwoord op");
  CHECK(late.at("missing").at(1).at("label").at("en") == "Received on");
  const Json weight = world.norm(NormsWorld::handler(), id, "weight");
  CHECK(weight.at("missing").at(1).at("label").at("nl") == "Mensen");
  CHECK(world
            .norm(NormsWorld::handler(), world.made(R"({"what":"Lawaai","is_formal":false})"),
                  "in-time")
            .at("applies") == false);
}

TEST_CASE("norms: two records that differ in what is hidden tell the same") {
  NormsWorld world;
  const std::string high = world.made(R"({"what":"Lawaai","worry":9})");
  const std::string low = world.made(R"({"what":"Lawaai","worry":2})");
  const std::string none = world.made(R"({"what":"Lawaai"})");
  const Caller handler = NormsWorld::handler();
  CHECK(world.text(handler, high) == world.text(handler, low));
  CHECK(world.text(handler, high) == world.text(handler, none));
  const Json withheld = world.norm(handler, high, "looked-after");
  CHECK(withheld.at("withheld") == true);
  for (const char* key : {"outcome", "applies", "missing", "errors", "why"}) {
    CHECK_FALSE(withheld.as_object().contains(key));
  }
  CHECK(world.norm(NormsWorld::judge(), high, "looked-after").at("outcome") == "no");
  CHECK(world.norm(NormsWorld::judge(), low, "looked-after").at("outcome") == "yes");
}

TEST_CASE("norms: a record that one may not see has none, and a form may have none") {
  NormsWorld world;
  const std::string id = world.made(kLate);
  CHECK(world.records.norms({}, id).error().id == "AP-0001");
  CHECK(world.records.norms(NormsWorld::person("x", "south", {"norms/handler"}), id).error().id ==
        "AP-0001");
  CHECK(world.records.norms(NormsWorld::judge(), "no-such-record").error().id == "AP-0001");
  const auto other = packs::testing::read_folder("tests/packs/rules");
  REQUIRE_FALSE(world.packs.activate({other}, "system").error);
  const Caller planner = NormsWorld::person("piet", "north", {"rules/planner"});
  const Document plan =
      world.make(planner, "rules/plan",
                 R"({"what":"x","length":"short","starts":"2026-01-01","ends":"2026-02-01"})");
  CHECK(parsed(world.text(planner, plan.id)).at("items").as_array().empty());
}

}  // namespace
}  // namespace zicht::app
