// Rules of forms through the use cases: what a write refuses, what is computed and kept, what a
// draft is told, and that nobody learns through a rule what they may not see.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "app/rules_service.h"
#include "app/testing/record_world.h"
#include "model/json_forms.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct RulesWorld : RecordWorld {
  RulesService rules{packs, clock};

  explicit RulesWorld(
      const packs::Files& files = packs::testing::read_folder("tests/packs/rules")) {
    REQUIRE_FALSE(packs.activate({files}, "system").error);
  }

  static Caller planner() { return person("piet", "north", {"rules/planner"}); }
  static Caller expert() { return person("emma", "north", {"rules/expert"}); }

  // "MO-0143 /fields/ends; ..." or "".
  static std::string problems(const Result<Written>& outcome) {
    if (outcome) return "";
    std::string told;
    for (const Problem& problem : outcome.error().problems) {
      told += (told.empty() ? "" : "; ") + problem.id + " " + problem.where;
    }
    return told.empty() ? outcome.error().id : told;
  }

  std::string create(const Caller& caller, std::string_view fields) {
    const json::object body{{"form", "rules/plan"}, {"fields", parsed(fields)}};
    return problems(records.create(caller, body, {}));
  }

  std::string change(const Caller& caller, Document& document, std::string_view fields) {
    const json::object body{{"fields", parsed(fields)}, {"reason", "proef"}};
    auto after = records.change(caller, document.id, body, {document.version, {}});
    if (after) document = after->document;
    return problems(after);
  }

  Json evaluate(const Caller& caller, std::string_view fields) {
    auto told = rules.evaluate(caller, "rules/plan", json::object{{"fields", parsed(fields)}});
    REQUIRE_MESSAGE(told.has_value(), (told ? "" : describe(told.error())));
    return parsed(*told);
  }
};

// It is the next day as soon as somebody has looked.
class MidnightClock final : public Clock {
 public:
  Instant now() const override {
    const bool is_first = !std::exchange(was_seen_, true);
    return *Instant::parse(is_first ? "2026-01-31T22:59:59Z" : "2026-01-31T23:00:01Z");
  }
  void start_again() { was_seen_ = false; }

 private:
  mutable bool was_seen_ = false;
};

constexpr const char* kShort =
    R"({"what":"zwemmen","length":"short","starts":"2026-01-01","ends":"2026-02-01")";

std::string with(std::string_view more) { return std::string(kShort) + std::string(more) + "}"; }

TEST_CASE("rules: one day decides a write, also around midnight") {
  packs::Files files = packs::testing::read_folder("tests/packs/rules");
  std::string& plan = files.at("forms/plan.yaml");
  const std::string rule = "rule: ends >= starts";
  plan.replace(plan.find(rule), rule.size(), "rule: ends >= today");
  RulesWorld world(files);
  MidnightClock clock;
  RecordService records{{world.store,
                         world.packs,
                         world.organisations,
                         world.feed,
                         clock,
                         world.rng,
                         {},
                         world.reads,
                         world.file_store,
                         world.places}};
  json::object body{{"form", "rules/plan"}, {"fields", parsed(R"({"what":"zwemmen","length":"short",
                                          "starts":"2026-01-01","ends":"2026-01-31"})")}};
  const auto made = records.create(world.planner(), body, {});
  CHECK(world.problems(made) == "");
  REQUIRE(made.has_value());
  body.erase("form");
  body["reason"] = "proef";
  body["fields"].as_object()["what"] = "lopen";
  clock.start_again();
  CHECK(world.problems(records.change(world.planner(), made->document.id, body,
                                      {made->document.version, {}})) == "");
  clock.start_again();
  body["fields"].as_object()["ends"] = "2026-01-30";
  CHECK(world.problems(records.change(world.planner(), made->document.id, body,
                                      {made->document.version + 1, {}})) == "MO-0143 /fields/ends");
}

TEST_CASE("rules: a write is refused with everything at once, shape and rules") {
  RulesWorld world;
  CHECK(world.create(RulesWorld::planner(), with("")) == "");
  CHECK(world.create(RulesWorld::planner(),
                     R"({"what":"x","length":"short","starts":"2026-03-01","ends":"2026-02-01",
                         "hours":"many","reason":"x"})") ==
        "MO-0104 /fields/hours; MO-0143 /fields/ends; MO-0140 /fields/reason");
  CHECK(world.create(RulesWorld::planner(), with(R"(,"hours":41)")) == "MO-0143 /fields");
  const auto refused = world.records.create(
      RulesWorld::planner(),
      json::object{{"form", "rules/plan"}, {"fields", parsed(with(R"(,"hours":41)"))}}, {});
  CHECK(refused.error().problems.at(0).message.nl == "Een kort plan heeft hoogstens 40 uur.");
}

TEST_CASE("rules: computed values are kept, shown and follow every change") {
  RulesWorld world;
  Document plan =
      world.make(RulesWorld::planner(), "rules/plan", with(R"(,"hours":2,"price":"10.00")"));
  const Json shown = world.read(RulesWorld::planner(), plan.id);
  CHECK(shown.at("fields").at("cost").as_string() == "20.00");
  CHECK(world.store.record(plan.id, {})->fields.at("cost").as_string() == "20.00");
  // A client sends back what it read.
  Json back = shown.at("fields");
  back.as_object()["hours"] = 3;
  CHECK(world.change(RulesWorld::planner(), plan, canonical_json(back).value()) == "");
  CHECK(world.store.record(plan.id, {})->fields.at("cost").as_string() == "30.00");
  CHECK(world.change(RulesWorld::planner(), plan, with(R"(,"hours":3,"cost":"1.00")")) ==
        "MO-0141 /fields/cost");
  CHECK(world.change(RulesWorld::planner(), plan, with(R"(,"hours":3)")) == "");
  CHECK_FALSE(world.store.record(plan.id, {})->fields.as_object().contains("cost"));
}

TEST_CASE("rules: a correction of the past is computed and judged like any other write") {
  RulesWorld world;
  Document plan = world.make(RulesWorld::planner(), "rules/plan",
                             with(R"(,"hours":2,"price":"10.00")"), "2026-01-10");
  const auto correct = [&](std::string_view fields) {
    const json::object body{{"fields", parsed(fields)},
                            {"reason", "fout"},
                            {"valid_from", "2026-01-10"},
                            {"valid_to", "2026-01-20"}};
    return RulesWorld::problems(
        world.records.correct(RulesWorld::planner(), plan.id, body, {plan.version, {}}));
  };
  CHECK(correct(with(R"(,"hours":41)")) == "MO-0143 /fields");
  CHECK(correct(with(R"(,"hours":4,"price":"10.00")")) == "");
  const auto then = world.store.record(plan.id, {Date::of(2026, 1, 15), {}});
  CHECK(then->fields.at("cost").as_string() == "40.00");
}

TEST_CASE("rules: a guard shows why before anybody clicks, and holds when somebody does") {
  RulesWorld world;
  Document plan = world.make(RulesWorld::planner(), "rules/plan", with(R"(,"hours":2)"));
  const auto blocked = [&] {
    const Json shown = world.read(RulesWorld::planner(), plan.id);
    for (const Json& action : shown.at("actions").as_array()) {
      const Json* why = action.as_object().if_contains("blocked");
      const Json* step = action.as_object().if_contains("transition");
      if (step != nullptr && step->as_string() == "start" && why != nullptr) {
        return std::string(why->at("nl").as_string());
      }
    }
    return std::string();
  };
  CHECK(blocked().find("Kosten") != std::string::npos);
  CHECK(world.step(RulesWorld::planner(), plan, "start") == "MO-0223");
  CHECK(world.change(RulesWorld::planner(), plan, with(R"(,"hours":2,"price":"501.00")")) == "");
  CHECK(blocked() == "Een plan boven 1000 euro kan niet starten.");
  CHECK(world.step(RulesWorld::planner(), plan, "start") == "MO-0222");
  CHECK(world.change(RulesWorld::planner(), plan, with(R"(,"hours":2,"price":"500.00")")) == "");
  CHECK(blocked().empty());
  CHECK(world.step(RulesWorld::planner(), plan, "start") == "");
  CHECK(world.step(RulesWorld::planner(), plan, "check", R"({"checked":"2025-12-31"})") ==
        "MO-0222");
  CHECK(world.step(RulesWorld::planner(), plan, "check", R"({"checked":"2026-01-30"})") == "");
}

TEST_CASE("rules: a step that brings nothing is held to what time computed otherwise") {
  auto files = packs::testing::read_folder("tests/packs/rules");
  std::erase_if(files, [](const auto& file) { return file.first.starts_with("tests/"); });
  std::string& form = files.at("forms/plan.yaml");
  constexpr std::string_view kRule = "not(length = \"short\" and hours > 40)";
  REQUIRE(form.find(kRule) != std::string::npos);
  form.replace(form.find(kRule), kRule.size(), "not(late)");
  RulesWorld world(files);
  Document plan =
      world.make(RulesWorld::planner(), "rules/plan", with(R"(,"hours":2,"price":"10.00")"));
  world.clock.set(*Instant::parse("2026-02-10T09:00:00Z"));
  const json::object body{{"transition", "start"}};
  CHECK(RulesWorld::problems(world.records.step(RulesWorld::planner(), plan.id, body,
                                                {plan.version, {}})) == "MO-0143 /fields");
  world.clock.set(*Instant::parse("2026-01-31T09:00:00Z"));
  CHECK(RulesWorld::problems(
            world.records.step(RulesWorld::planner(), plan.id, body, {plan.version, {}})) == "");
}

TEST_CASE("rules: a draft is told what is shown, required, computed, refused and why") {
  RulesWorld world;
  const Json told = world.evaluate(RulesWorld::planner(),
                                   R"({"length":"short","starts":"2026-03-01","ends":"2026-02-01",
                                 "hours":41,"price":"x"})");
  const Json& fields = told.at("fields");
  CHECK_FALSE(fields.at("reason").at("shown").as_bool());
  CHECK(fields.at("ends").at("required").as_bool());
  const Json& message = fields.at("ends").at("messages").at(0);
  CHECK(message.at("refused").as_bool());
  CHECK(message.at("text").at("nl").as_string() == "Het einde ligt voor het begin.");
  CHECK(message.at("why").at("facts").at(0).at("name").as_string() == "ends");
  CHECK(message.at("why").at("facts").at(0).at("value").as_string() == "@\"2026-02-01\"");
  CHECK(told.at("messages").at(0).at("text").at("en").as_string() ==
        "A short plan has at most 40 hours.");
  // A price that is no price counts as missing.
  CHECK_FALSE(fields.at("cost").as_object().contains("value"));
  CHECK(fields.at("cost").at("why").at("computed").at("missing").at(0).as_string() == "price");
  // Half filled in: open, not refused.
  const Json half = world.evaluate(RulesWorld::planner(), R"({"ends":"2026-02-01"})");
  const Json& open = half.at("fields").at("ends").at("messages").at(0);
  CHECK_FALSE(open.at("refused").as_bool());
  CHECK(open.at("why").at("missing").at(0).as_string() == "starts");
  CHECK(world.evaluate(RulesWorld::planner(), R"({"hours":2,"price":"1.00"})")
            .at("fields")
            .at("cost")
            .at("value")
            .as_string() == "2.00");
}

TEST_CASE("rules: only who may fill in the form is told anything") {
  RulesWorld world;
  const json::object body{{"fields", json::object{}}};
  CHECK(RulesWorld::failure(world.rules.evaluate(RulesWorld::lender(), "rules/plan", body)) ==
        "AP-0003");
  CHECK(RulesWorld::failure(world.rules.evaluate(RulesWorld::visitor(), "rules/plan", body)) ==
        "AP-0003");
  CHECK(RulesWorld::failure(world.rules.evaluate(RulesWorld::planner(), "rules/none", body)) ==
        "AP-0003");
  CHECK(RulesWorld::failure(world.rules.evaluate(RulesWorld::planner(), "rules/plan",
                                                 json::object{{"fieldz", 1}})) != "");
}

// Everything that the planner, who sees nothing confidential, can be told about a plan.
std::string all_told(RulesWorld& world, Document& plan) {
  std::string told;
  const Caller planner = RulesWorld::planner();
  const auto add = [&](const std::string& text) { told += text + "\n"; };
  add(world.records.read(planner, plan.id, {})->json);
  for (const char* more : {"", R"(,"hours":12)", R"(,"hours":12,"worry":9)", R"(,"hours":41)",
                           R"(,"answer":"x")", R"(,"heavy":true)"}) {
    add(canonical_json(world.evaluate(planner, with(more))).value());
    add(world.change(planner, plan, with(more)));
    add(world.records.read(planner, plan.id, {})->json);
  }
  add(*world.records.history(planner, plan.id, {}));
  add(world.step(planner, plan, "close"));
  add(*world.catalogue.schema(planner, "rules/plan"));
  add(*world.catalogue.catalogue(planner).json);
  return told;
}

TEST_CASE("rules: two worlds that differ in what is hidden tell the same") {
  const auto told_in = [](const char* hidden) {
    RulesWorld world;
    Document plan = world.make(RulesWorld::expert(), "rules/plan", with(hidden));
    return all_told(world, plan);
  };
  const std::string calm = told_in(R"(,"hours":11,"worry":0)");
  const std::string heavy = told_in(R"(,"hours":11,"worry":9,"answer":"canarygeheim")");
  CHECK(calm == heavy);
  CHECK(heavy.find("canary") == std::string::npos);
  // The planner typed the names; the answers to that are problems about unknown fields.
  for (const char* hidden : {"\"worry\"", "\"answer\"", "\"heavy\":{\"type\"", "\"heavy\":true"}) {
    CAPTURE(hidden);
    CHECK(heavy.find(hidden) == std::string::npos);
  }
}

TEST_CASE("rules: who sees less keeps what they do not see, and it is computed all the same") {
  RulesWorld world;
  Document plan = world.make(RulesWorld::expert(), "rules/plan",
                             with(R"(,"hours":2,"worry":9,"answer":"bellen")"));
  CHECK_FALSE(world.store.record(plan.id, {})->fields.at("heavy").as_bool());
  CHECK(world.change(RulesWorld::planner(), plan, with(R"(,"hours":12)")) == "");
  const Json kept = world.store.record(plan.id, {})->fields;
  CHECK(kept.at("heavy").as_bool());
  CHECK(kept.at("answer").as_string() == "bellen");
  CHECK(world.read(RulesWorld::expert(), plan.id).at("fields").at("heavy").as_bool());
  // The rule over what they do not see binds the expert, not the planner.
  CHECK(world.change(RulesWorld::expert(), plan, with(R"(,"worry":9)")) ==
        "MO-0103 /fields/answer");
}

TEST_CASE("rules: the catalogue has the rules that somebody sees") {
  RulesWorld world;
  const auto rules_of = [&](const Caller& caller) {
    const Json all = parsed(*world.catalogue.catalogue(caller).json);
    for (const Json& pack : all.at("packs").as_array()) {
      if (pack.at("name").as_string() == "rules") return pack.at("forms").at("plan");
    }
    return Json();
  };
  const Json plan = rules_of(RulesWorld::planner());
  CHECK(plan.at("fields").at("reason").at("show_if").at("rule").as_string() == "length = \"long\"");
  CHECK(plan.at("fields").at("cost").at("computed").at("inputs").as_array().size() == 2);
  CHECK(plan.at("fields").at("ends").at("valid_if").at(0).at("message").at("en").as_string() ==
        "The end is before the start.");
  CHECK(plan.at("valid_if").as_array().size() == 1);
  CHECK_FALSE(plan.at("fields").as_object().contains("heavy"));
  CHECK(rules_of(RulesWorld::expert()).at("fields").as_object().contains("heavy"));
}

// A browser has the catalogue and nothing else. Many more forms are compared in tests/engine.
TEST_CASE("rules: a form as the catalogue tells it is judged as the server judges it") {
  RulesWorld world;
  for (const Caller& caller : {RulesWorld::planner(), RulesWorld::expert()}) {
    const Json catalogue = parsed(*world.catalogue.catalogue(caller).json);
    const json::array& packs = catalogue.at("packs").get_array();
    const auto pack = std::find_if(packs.begin(), packs.end(),
                                   [](const Json& each) { return each.at("name") == "rules"; });
    REQUIRE(pack != packs.end());
    model::JsonForms forms;
    const json::object compile{
        {"name", "rules/plan"},
        {"form", pack->at("forms").at("plan")},
        {"lists", json::object{{"rules/length", pack->at("lists").at("length")}}}};
    CHECK(forms.compile(json::serialize(compile)) == R"({"handle":1})");
    for (const char* fields :
         {"{}", R"({"length":"short"})", R"({"length":"long","worry":7,"hours":12,"price":"2.5"})",
          R"({"starts":"2026-03-01","ends":"2026-02-01","length":"short","hours":41})",
          R"({"visits":[{"day":"2025-01-01","minutes":5},{"minutes":"x"}],"starts":"2026-01-01"})",
          R"({"price":"99999.99","hours":999,"seen":3,"length":"endless"})"}) {
      CAPTURE(fields);
      const auto server =
          world.rules.evaluate(caller, "rules/plan", json::object{{"fields", parsed(fields)}});
      REQUIRE(server.has_value());
      CHECK(forms.evaluate(R"({"handle":1,"today":"2026-01-31","fields":)" + std::string(fields) +
                           "}") == *server);
    }
  }
}

}  // namespace
}  // namespace zicht::app
