// Decision models through the use cases: what is listed and read, what trying one gives and
// refuses, and that a broken model never replaces a good one.
#include <doctest/doctest.h>

#include <string>

#include "app/models_service.h"
#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct ModelsWorld : RecordWorld {
  ModelsService models{packs, clock, places};
  packs::Files files = packs::testing::read_folder("tests/packs/tables");

  ModelsWorld() { REQUIRE_FALSE(packs.activate({files}, "system").error); }

  Result<std::string> ask(std::string_view body) {
    return models.evaluate({}, "tables", "fee", parsed(body));
  }

  Json told(std::string_view body) {
    const auto answer = ask(body);
    REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : describe(answer.error())));
    return parsed(*answer);
  }

  // "AP-0020: DM-0053 /inputs/Soort; ..."
  std::string refusal(std::string_view body) {
    const auto answer = ask(body);
    if (answer) return "";
    std::string text = answer.error().id;
    for (const Problem& one : answer.error().problems) text += " " + one.id + " " + one.where;
    return text;
  }
};

TEST_CASE("models: a pack lists its models with their decisions and inputs") {
  ModelsWorld world;
  const Json list = parsed(*world.models.list("tables"));
  CHECK(list.at("pack").at("name") == "tables");
  const json::array& items = list.at("items").as_array();
  REQUIRE(items.size() == 2);
  CHECK(items[0].at("id") == "fee");
  CHECK(items[0].at("name") == "Kosten van hulp");
  CHECK(items[0].at("decisions").as_array().size() == 4);
  CHECK(items[0].at("inputs").as_array().at(0) == "Soort");
  CHECK(world.models.list("nowhere").error().id == "AP-0200");
}

TEST_CASE("models: one model tells its types, tables and what rests on what") {
  ModelsWorld world;
  const Json read = parsed(*world.models.read("tables", "fee"));
  const Json& model = read.at("model");
  const Json& kind = model.at("inputs").at(0).at("type");
  CHECK(kind.at("kind") == "string");
  CHECK(kind.at("choices").as_array().at(1) == "zwaar");
  const Json& person = model.at("inputs").at(4).at("type");
  CHECK(person.at("members").at(0).at("name") == "Leeftijd");
  CHECK(person.at("members").at(0).at("allowed") == "[0..120]");
  CHECK(model.at("inputs").at(5).at("type").at("item").at("choices").as_array().size() == 3);
  const Json& rate = model.at("decisions").at(0);
  CHECK(rate.at("question") == "Wat kost een uur?");
  CHECK(rate.at("sources").at(0).at("name") == "Verzonnen wet, artikel 1");
  CHECK(rate.at("logic").at("hit_policy") == "unique");
  CHECK(rate.at("logic").at("rules").at(2).at("inputs").at(1) == "[10..40]");
  CHECK(rate.at("logic").at("rules").at(0).at("annotations").at(0) == "Licht is altijd gelijk.");
  const Json& cost = model.at("decisions").at(1);
  CHECK(cost.at("needs").as_array().size() == 4);
  CHECK(cost.at("logic").at("entries").at(1).at("value").at("kind") == "invocation");
  const json::array& requires_ = cost.at("requires").as_array();
  CHECK(std::any_of(requires_.begin(), requires_.end(), [](const Json& one) {
    return one.at("kind") == "knowledge" && one.at("file") == "rules/shared.dmn";
  }));
  CHECK(model.at("decisions").at(3).at("logic").at("kind") == "conditional");
  CHECK(world.models.read("tables", "nothing").error().id == "AP-0201");
  CHECK(world.models.read("nowhere", "fee").error().id == "AP-0200");
}

TEST_CASE("models: trying a decision tells value, outcome, what is missing and why") {
  ModelsWorld world;
  const Json known =
      world.told(R"({"decision":"Tarief","inputs":{"Soort":"zwaar","Uren per week":12.5}})");
  CHECK(known.at("outcome") == "value");
  CHECK(known.at("value") == 70);
  CHECK(known.at("explanation").at(0).at("tables").at(0).at("rules").at(0).at("rule") == 3);
  const Json open = world.told(R"({"decision":"Tarief","inputs":{"Soort":"zwaar"}})");
  CHECK(open.at("outcome") == "unknown");
  CHECK(open.at("value").is_null());
  CHECK(open.at("missing").as_array().at(0) == "Uren per week");
  const Json full = world.told(
      R"({"decision":"Tarief","inputs":{"Soort":"zwaar","Uren per week":null},"explain":"full"})");
  const Json& cell =
      full.at("explanation").at(0).at("tables").at(0).at("rules").at(1).at("cells").at(1);
  CHECK(cell.at("verdict") == "unknown");
  CHECK(cell.at("causes").at(0).at("missing") == "Uren per week");
  const Json off =
      world.told(R"({"decision":"Tarief","inputs":{"Soort":"licht"},"explain":"off"})");
  CHECK(off.at("value") == "40.5");
  CHECK(off.at("explanation").as_array().empty());
  const Json yes = world.told(R"({"decision":"Kan het nog","inputs":)"
                              R"({"Persoon":{"Leeftijd":12},"Dagdelen":["ochtend"]}})");
  CHECK(yes.at("outcome") == "yes");
}

TEST_CASE("models: a question that does not fit is refused with every mistake") {
  ModelsWorld world;
  CHECK(world.refusal(
            R"({"decision":"Tarief","inputs":{"Soort":"x","Uren per week":true,"a/b":1}})") ==
        "AP-0020 DM-0053 /inputs/Soort DM-0052 /inputs/Uren per week DM-0051 /inputs/a~1b");
  CHECK(world.refusal(R"({"decision":"Tarieven","inputs":{}})") == "DM-0050");
  CHECK(world.refusal(R"({"decision":"Tarief","inputs":{},"explain":"long"})") ==
        "AP-0020 AP-0202 /explain");
  CHECK(world.refusal(R"({"inputs":[]})") == "AP-0020 AP-0021 /decision AP-0022 /inputs");
}

TEST_CASE("models: an interview asks what still matters and ends as evaluating does") {
  ModelsWorld world;
  const auto step = [&](std::string_view body) {
    const auto answer = world.models.interview({}, "tables", "fee", parsed(body));
    REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : describe(answer.error())));
    return parsed(*answer);
  };
  const Json first = step(R"({"decision":"Tarief","inputs":{}})");
  CHECK(first.at("end").is_null());
  const Json& next = first.at("next");
  CHECK(next.at("name") == "Soort");
  CHECK(next.at("type").at("choices").as_array().size() == 2);
  CHECK(next.at("why").at(0).at("question") == "Wat kost een uur?");
  CHECK(next.at("why").at(0).at("rules").as_array().size() == 3);
  CHECK(next.at("why").at(0).at("sources").at(0).at("name") == "Verzonnen wet, artikel 1");
  CHECK(first.at("open").as_array().size() == 2);
  const Json light = step(R"({"decision":"Tarief","inputs":{"Soort":"licht"}})");
  CHECK(light.at("next").is_null());
  CHECK(light.at("end") == world.told(R"({"decision":"Tarief","inputs":{"Soort":"licht"}})"));
  const Json heavy = step(R"({"decision":"Tarief","inputs":{"Soort":"zwaar"}})");
  CHECK(heavy.at("next").at("name") == "Uren per week");
  CHECK(heavy.at("next").at("type").at("kind") == "number");
  const Json open =
      step(R"({"decision":"Tarief","inputs":{"Soort":"zwaar","Uren per week":null}})");
  CHECK(open.at("end").at("outcome") == "unknown");
  CHECK(open.at("end").at("missing").at(0) == "Uren per week");
  const Json member = step(R"({"decision":"Kan het nog","inputs":{"Dagdelen":["ochtend"]}})");
  CHECK(member.at("next").at("name") == "Persoon.Leeftijd");
  CHECK(member.at("next").at("type").at("allowed") == "[0..120]");
  CHECK(step(R"({"decision":"Kan het nog","inputs":)"
             R"({"Persoon":{"Leeftijd":12},"Dagdelen":["ochtend"]}})")
            .at("end")
            .at("outcome") == "yes");
}

TEST_CASE("models: answers that contradict each other are named, and nothing is concluded") {
  ModelsWorld world;
  const std::string decision =
      R"(<decision id="d-strange" name="Vreemd">)"
      R"(<extensionElements><z:doubt xmlns:z="urn:zicht:dmn"/></extensionElements>)"
      R"(<question>Zo veel?</question><variable name="Vreemd" typeRef="boolean"/>)"
      R"(<informationRequirement id="o2"><requiredInput href="#i-hours"/></informationRequirement>)"
      R"(<literalExpression id="o3"><text>Uren per week &gt; 35</text></literalExpression>)"
      R"(</decision>)";
  const packs::Files next =
      packs::testing::replaced(world.files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs
                    .activate({packs::testing::replaced(next, "rules/fee.dmn",
                                                        "<decision id=\"d-rate\"",
                                                        decision + "<decision id=\"d-rate\"")},
                              "system")
                    .error);
  const auto asked = [&](const std::string& rest) {
    return world.models.interview(
        {}, "tables", "fee",
        parsed(R"({"decision":"Tarief","inputs":{"Soort":"zwaar","Uren per week":36})" + rest));
  };
  const Json held = parsed(*asked("}"));
  CHECK(held.at("next").is_null());
  CHECK(held.at("end").is_null());
  const Json& one = held.at("contradictions").at(0);
  CHECK(one.at("decision") == "Vreemd");
  CHECK(one.at("question") == "Zo veel?");
  CHECK(one.at("answers").at(0) == "Uren per week");
  CHECK(one.at("may_stand").as_bool());
  const Json stands = parsed(*asked(R"(,"accepted":["Vreemd"]})"));
  CHECK(stands.at("end").at("value").to_number<int>() == 70);
  CHECK_FALSE(stands.as_object().contains("contradictions"));
  const auto wrong = asked(R"(,"accepted":["Tarief"]})");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().problems.at(0).id == "AP-0203");
  CHECK(wrong.error().problems.at(0).where == "/accepted/0");
}

TEST_CASE("models: an interview refuses answers as evaluating does") {
  ModelsWorld world;
  const auto refusal = [&](std::string_view body) {
    const auto answer = world.models.interview({}, "tables", "fee", parsed(body));
    REQUIRE_FALSE(answer);
    std::string text = answer.error().id;
    for (const Problem& one : answer.error().problems) text += " " + one.id + " " + one.where;
    return text;
  };
  CHECK(refusal(R"({"decision":"Tarief","inputs":{"Soort":"x","Uren per week":true,"a/b":1}})") ==
        "AP-0020 DM-0053 /inputs/Soort DM-0052 /inputs/Uren per week DM-0051 /inputs/a~1b");
  CHECK(refusal(R"({"decision":"Kan het nog","inputs":{"Persoon":{"Leeftijd":-1}}})") ==
        "AP-0020 DM-0053 /inputs/Persoon.Leeftijd");
  CHECK(refusal(R"({"decision":"Tarieven","inputs":{}})") == "DM-0050");
  CHECK(refusal(R"({"decision":"Tarief","inputs":{},"explain":"long"})") ==
        "AP-0020 AP-0202 /explain");
  CHECK(world.models.interview({}, "nowhere", "fee", parsed("{}")).error().id == "AP-0200");
  CHECK(world.models.interview({}, "tables", "nothing", parsed("{}")).error().id == "AP-0201");
}

TEST_CASE("models: what takes more than a moment waits for a place, and nothing else does") {
  ModelsWorld world;
  const packs::Files next =
      packs::testing::replaced(world.files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  const packs::Files heavy =
      packs::testing::replaced(next, "rules/fee.dmn", "Tarief * Uren per week",
                               "Tarief * count(for i in 1..200000 return i)");
  REQUIRE_FALSE(world.packs.activate({heavy}, "system").error);
  const auto asked = R"({"decision":"Kosten","inputs":{"Soort":"licht","Uren per week":1}})";
  REQUIRE(world.ask(asked));
  const auto turn = world.places.take(true);  // half of the places
  CHECK(world.ask(asked).error().id == "AP-0172");
  CHECK(world.ask(R"({"decision":"Tarief","inputs":{"Soort":"licht"}})"));
  const auto interviewed = [&](const Caller& caller, std::string_view body) {
    return world.models.interview(caller, "tables", "fee", parsed(body));
  };
  const auto known = R"({"decision":"Kosten","inputs":
      {"Soort":"licht","Uren per week":1,"Begin":"2026-02-01","Vandaag":"2026-01-31"}})";
  CHECK(interviewed({}, known).error().id == "AP-0172");
  CHECK(interviewed(RecordWorld::person("hans", "north", {}), known));
  CHECK(interviewed({}, R"({"decision":"Tarief","inputs":{}})"));
}

TEST_CASE("models: a version with a broken model is refused and the good one stays in use") {
  ModelsWorld world;
  packs::Files broken = world.files;
  std::string& head = broken.at("pack.yaml");
  head.replace(head.find("version: 1.0.0"), 14, "version: 1.1.0");
  std::string& text = broken.at("rules/fee.dmn");
  text.replace(text.find("Tarief * Uren"), 13, "Tarief * * U");
  const Activation refused = world.packs.activate({broken}, "system");
  REQUIRE(refused.error);
  CHECK(refused.error->id == "AP-0030");
  CHECK(refused.activated.empty());
  CHECK(refused.diagnostics.at(0).file == "tables/rules/fee.dmn");
  CHECK(parsed(*world.models.list("tables")).at("pack").at("version") == "1.0.0");
  CHECK(world.told(R"({"decision":"Tarief","inputs":{"Soort":"licht"}})").at("value") == "40.5");
}

}  // namespace
}  // namespace zicht::app
