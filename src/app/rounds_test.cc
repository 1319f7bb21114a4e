// Rounds through the use case: a sheet is prefilled, saved as a whole or not at all, moved on, and
// seen by each as far as they may. The pack tests/packs/rounds is invented for it.
#include "app/rounds_service.h"

#include <doctest/doctest.h>

#include <string>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct GardenWorld : RecordWorld {
  GardenWorld() {
    REQUIRE_FALSE(
        packs.activate({packs::testing::read_folder("tests/packs/rounds")}, "system").error);
    spring = season("Voorjaar", "2025-03-01");
    autumn = season("Najaar", "2025-09-01");
    garden = make(keeper(), "rounds/garden", R"({"name":"Oost","kind":"garden"})").id;
    field = make(keeper(), "rounds/garden", R"({"name":"Akker","kind":"field"})").id;
    beans = make(keeper(), "rounds/crop", R"({"name":"Bonen","asked":"Komen ze op?"})").id;
    roots = make(keeper(), "rounds/crop", R"({"name":"Wortels"})").id;
  }

  static Caller keeper() { return person("kees", "north", {"rounds/keeper"}); }
  static Caller second_keeper() { return person("kim", "north", {"rounds/keeper"}); }
  static Caller gardener() { return person("gina", "south", {"rounds/gardener"}); }
  static Caller neighbour() { return person("bea", "north", {"rounds/neighbour"}); }

  std::string season(const std::string& name, const std::string& day) {
    const std::string window = R"({"first":")" + day + R"(","last":")" + day + R"("})";
    return make(keeper(), "rounds/season",
                R"({"name":")" + name + R"(","day":)" + window + "}")
        .id;
  }

  SheetName at(const std::string& of) const { return {"rounds", "season", of, garden}; }

  Json sheet(const Caller& caller, const std::string& of) {
    auto told = rounds.sheet(caller, at(of));
    REQUIRE_MESSAGE(told.has_value(), (told ? "" : describe(told.error())));
    return parsed(*told);
  }

  // The row of this crop.
  Json row(const Caller& caller, const std::string& of, const std::string& crop) {
    const Json told = sheet(caller, of);
    for (const Json& each : told.at("rows").as_array()) {
      if (each.at("row").at("id").as_string() == crop) return each;
    }
    FAIL("no row");
    return {};
  }

  Result<std::string> save(const Caller& caller, const std::string& of, const std::string& rows,
                           const WriteContext& context = {}) {
    return rounds.save(caller, at(of), parsed(R"({"rows":[)" + rows + "]}"), context);
  }

  // Saves both rows, hands them in and shows them to everybody.
  void publish(const std::string& of) {
    REQUIRE(failure(save(gardener(), of, filled(beans, "well") + "," + filled(roots, "well"))) ==
            "");
    REQUIRE(failure(step(gardener(), of, "hand-in")) == "");
    REQUIRE(failure(step(keeper(), of, "show")) == "");
  }

  static std::string filled(const std::string& crop, const std::string& how,
                            const std::string& more = "", int version = 0) {
    return R"({"row":")" + crop + "\"," +
           (version == 0 ? "" : R"("version":)" + std::to_string(version) + ",") +
           R"("fields":{"how":")" + how + "\"" + more + "}}";
  }

  // For every row that is there.
  Result<std::string> step(const Caller& caller, const std::string& of,
                           const std::string& transition) {
    json::array rows;
    const Json told = sheet(caller, of);
    for (const Json& each : told.at("rows").as_array()) {
      if (const Json* now = each.as_object().if_contains("now")) {
        rows.push_back(json::object{{"id", now->at("id")}, {"version", now->at("version")}});
      }
    }
    return rounds.step(caller, at(of), json::object{{"transition", transition}, {"rows", rows}},
                       {});
  }

  static std::vector<std::string> problems(const Result<std::string>& outcome) {
    std::vector<std::string> told;
    REQUIRE_FALSE(outcome.has_value());
    for (const Problem& each : outcome.error().problems) told.push_back(each.id + each.where);
    return told;
  }

  RoundsService rounds{{store, packs, organisations, feed, clock, rng,
                        [](std::string_view, Language) { return std::unique_ptr<TableSink>(); },
                        reads, file_store, places}};
  std::string spring, autumn, garden, field, beans, roots;
};

using Told = std::vector<std::string>;

TEST_CASE("rounds: what is filled in becomes records, named and kept by who filled them in") {
  GardenWorld world;
  const Json before = world.sheet(world.gardener(), world.spring);
  CHECK(before.at("may_create").as_bool());
  REQUIRE(before.at("rows").as_array().size() == 2);
  CHECK(before.at("rows").at(0).at("row").at("title") == "Bonen");
  CHECK(before.at("rows").at(0).at("row").at("fields").at("asked") == "Komen ze op?");
  CHECK_FALSE(before.at("rows").at(0).as_object().contains("now"));

  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well", R"(,"note":"Mooi")"))) == "");
  const Json now = world.row(world.gardener(), world.spring, world.beans).at("now");
  CHECK(now.at("title") == "Bonen, Oost, Voorjaar");
  CHECK(now.at("organisation").at("id") == "south");
  CHECK(now.at("fields").at("by") == "garden");
  CHECK(now.at("fields").at("season").as_string() == world.spring);
  CHECK(now.at("state").at("id") == "draft");
  CHECK_FALSE(world.row(world.gardener(), world.spring, world.roots).as_object().contains("now"));
}

TEST_CASE("rounds: rows are saved together or not at all, each problem at its row") {
  GardenWorld world;
  // A judgement without the explanation that it asks for, and a value that does not exist.
  const auto refused = world.save(world.gardener(), world.spring,
                                  world.filled(world.beans, "poorly") + "," +
                                      world.filled(world.roots, "well", R"(,"note":7)"));
  CHECK(world.problems(refused).at(0).find("/rows/0/fields/why") != std::string::npos);
  CHECK(world.problems(refused).at(1).find("/rows/1/fields/note") != std::string::npos);
  CHECK(refused.error().id == "AP-0020");
  CHECK_FALSE(world.row(world.gardener(), world.spring, world.roots).as_object().contains("now"));

  const auto twice = world.save(world.gardener(), world.spring,
                                world.filled(world.beans, "well") + "," +
                                    world.filled(world.beans, "well"));
  CHECK(world.problems(twice) == Told{"AP-0288/rows"});
  CHECK(world.problems(world.save(world.gardener(), world.spring, "")) == Told{"AP-0288/rows"});
  CHECK(world.problems(world.save(world.gardener(), world.spring,
                                  world.filled(world.garden, "well"))) == Told{"AP-0281/rows/0"});
  // Only what is asked may be sent: what the round fills in itself is not.
  CHECK(world.problems(world.save(world.gardener(), world.spring,
                                  world.filled(world.beans, "well", R"(,"title":"Anders")"))) ==
        Told{"AP-0281/rows/0/fields/title"});
}

TEST_CASE("rounds: a row that somebody else changed meanwhile is not overwritten") {
  GardenWorld world;
  const auto save = [&](const char* how, int version) {
    return world.save(world.gardener(), world.spring,
                      world.filled(world.beans, how, "", version));
  };
  REQUIRE(world.failure(save("well", 0)) == "");
  CHECK(world.problems(save("well", 0)) == Told{"AP-0285/rows/0"});
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "poorly", R"(,"why":"Droog")", 1))) ==
          "");
  const auto stale = save("well", 1);
  CHECK(world.problems(stale) == Told{"AP-0285/rows/0"});
  CHECK(stale.error().code == Code::kConflict);
  CHECK(world.row(world.gardener(), world.spring, world.beans).at("now").at("fields").at("why") ==
        "Droog");
  // What is left out is cleared.
  REQUIRE(world.failure(save("well", 2)) == "");
  CHECK_FALSE(world.row(world.gardener(), world.spring, world.beans)
                  .at("now")
                  .at("fields")
                  .as_object()
                  .contains("why"));
}

TEST_CASE("rounds: somebody of elsewhere cannot make a row that is there already") {
  GardenWorld world;
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  // A draft of another organisation is not seen; it is the same record all the same.
  const Caller elsewhere = world.person("gerd", "north", {"rounds/gardener"});
  CHECK_FALSE(world.row(elsewhere, world.spring, world.beans).as_object().contains("now"));
  CHECK(world.failure(world.save(elsewhere, world.spring, world.filled(world.beans, "well"))) ==
        "AP-0285");
}

TEST_CASE("rounds: the same save twice with one key is one save") {
  GardenWorld world;
  const WriteContext once{0, idempotency_of("account-gina", "key-1", "POST", "/save", "body")};
  const std::string rows = world.filled(world.beans, "well");
  REQUIRE(world.failure(world.save(world.gardener(), world.spring, rows, once)) == "");
  REQUIRE(world.failure(world.save(world.gardener(), world.spring, rows, once)) == "");
  CHECK(world.row(world.gardener(), world.spring, world.beans).at("now").at("version") == 1);
}

TEST_CASE("rounds: the edition before is offered again, and told as what it continues") {
  GardenWorld world;
  world.publish(world.spring);
  const Json row = world.row(world.gardener(), world.autumn, world.beans);
  CHECK(row.at("last").at("fields").at("how") == "well");
  CHECK(row.at("last").at("fields").at("season").as_string() == world.spring);
  CHECK_FALSE(row.as_object().contains("now"));
  REQUIRE(world.failure(world.save(world.gardener(), world.autumn,
                                   world.filled(world.beans, "well"))) == "");
  const Json now = world.row(world.gardener(), world.autumn, world.beans).at("now");
  CHECK(now.at("fields").at("before") == row.at("last").at("id"));
  // Nothing comes before the first.
  CHECK_FALSE(world.row(world.gardener(), world.spring, world.beans).as_object().contains("last"));
}

TEST_CASE("rounds: a step is taken for many rows, and past it nobody fills in") {
  GardenWorld world;
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well") + "," +
                                       world.filled(world.roots, "well"))) == "");
  REQUIRE(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
  const Json row = world.row(world.gardener(), world.spring, world.roots);
  CHECK(row.at("now").at("state").at("id") == "handed");
  CHECK_FALSE(row.at("open").as_bool());
  CHECK(world.problems(world.save(world.gardener(), world.spring,
                                  world.filled(world.beans, "well", "", 2))) ==
        Told{"AP-0283/rows/0"});
  // Once more is wrong for both, and told at both.
  CHECK(world.problems(world.step(world.gardener(), world.spring, "hand-in")).size() == 2);
  // Two persons: who handed in does not publish.
  CHECK(world.failure(world.step(world.gardener(), world.spring, "show")) != "");
  REQUIRE(world.failure(world.step(world.keeper(), world.spring, "show")) == "");
}

TEST_CASE("rounds: a reader sees what is public, with views beside it and never over it") {
  GardenWorld world;
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  CHECK_FALSE(world.row(Caller(), world.spring, world.beans).as_object().contains("now"));
  CHECK_FALSE(world.sheet(Caller(), world.spring).at("may_create").as_bool());
  REQUIRE(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
  REQUIRE(world.failure(world.step(world.keeper(), world.spring, "show")) == "");
  const std::string id(
      world.row(Caller(), world.spring, world.beans).at("now").at("id").as_string());
  static_cast<void>(world.make(world.neighbour(), "rounds/remark",
                               R"({"beside":")" + id +
                                   R"(","words":"Ik zie slakken","how":"poorly"})"));
  const Json row = world.row(Caller(), world.spring, world.beans);
  CHECK(row.at("now").at("fields").at("how") == "well");
  REQUIRE(row.at("views").as_array().size() == 1);
  CHECK(row.at("views").at(0).at("fields").at("words") == "Ik zie slakken");
  CHECK(row.at("views").at(0).at("organisation").at("id") == "north");
  CHECK(world.failure(world.save(world.neighbour(), world.spring,
                                 world.filled(world.roots, "well"))) == "AP-0002");
  CHECK(world.failure(world.save(Caller(), world.spring, world.filled(world.roots, "well"))) ==
        "AP-0002");
}

TEST_CASE("rounds: who is asked keeps what is filled in, and the request follows its rows") {
  GardenWorld world;
  const auto ask = [&](const char* body) {
    return world.rounds.ask(world.keeper(), world.at(world.spring), parsed(body), {});
  };
  CHECK(world.failure(ask(R"({"fields":{"due":"2026-03-01"}})")) == "AP-0286");
  CHECK(world.failure(ask(R"({"organisation":"nowhere","fields":{"due":"2026-03-01"}})")) ==
        "AP-0286");
  const auto asked = ask(R"({"organisation":"south","fields":{"due":"2026-03-01"}})");
  REQUIRE_MESSAGE(asked.has_value(), (asked ? "" : describe(asked.error())));
  CHECK(parsed(*asked).at("organisation").at("id") == "south");
  CHECK(parsed(*asked).at("title") == "Oost, Voorjaar");
  CHECK(world.failure(ask(R"({"organisation":"south","fields":{"due":"2026-03-01"}})")) ==
        "AP-0287");
  // The gardener of that organisation has it as a task, those of another do not.
  const auto tasks = [&](const Caller& caller) {
    return parsed(*world.tasks.search(caller, json::object{})).at("items").as_array().size();
  };
  CHECK(tasks(world.gardener()) == 1);
  CHECK(tasks(world.person("gerd", "north", {"rounds/gardener"})) == 0);

  // Filled in by somebody of elsewhere who may: it is kept by who was asked.
  REQUIRE(world.failure(world.save(world.keeper(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  CHECK(world.row(world.gardener(), world.spring, world.beans).at("now").at("organisation")
            .at("id") == "south");
  REQUIRE(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
  const auto state = [&] {
    return std::string(world.sheet(world.keeper(), world.spring)
                           .at("request").at("state").at("id").as_string());
  };
  CHECK(state() == "asked");            // one row is left
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.roots, "well"))) == "");
  const Json roots = world.row(world.gardener(), world.spring, world.roots).at("now");
  REQUIRE(world.failure(world.rounds.step(
              world.gardener(), world.at(world.spring),
              json::object{{"transition", "hand-in"},
                           {"rows", json::array{json::object{{"id", roots.at("id")},
                                                             {"version", 1}}}}},
              {})) == "");
  CHECK(state() == "answered");
  // The next season it is known who answers.
  const auto again = world.rounds.ask(world.keeper(), world.at(world.autumn),
                                      parsed(R"({"fields":{"due":"2026-03-01"}})"), {});
  REQUIRE_MESSAGE(again.has_value(), (again ? "" : describe(again.error())));
  CHECK(parsed(*again).at("fields").at("club") == "south");
}

TEST_CASE("rounds: asking twice with one key is asking once") {
  GardenWorld world;
  const WriteContext once{0, idempotency_of("account-kees", "key-1", "POST", "/ask", "body")};
  const Json body = parsed(R"({"organisation":"south","fields":{"due":"2026-03-01"}})");
  const auto ask = [&] {
    return world.rounds.ask(world.keeper(), world.at(world.spring), body, once);
  };
  const auto first = ask();
  REQUIRE_MESSAGE(first.has_value(), (first ? "" : describe(first.error())));
  const auto again = ask();
  REQUIRE_MESSAGE(again.has_value(), (again ? "" : describe(again.error())));
  CHECK(parsed(*first).at("id") == parsed(*again).at("id"));
}

TEST_CASE("rounds: the overview counts each place that is asked, by name") {
  GardenWorld world;
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  const auto told = world.rounds.overview(world.gardener(), {"rounds", "season", world.spring, ""});
  REQUIRE_MESSAGE(told.has_value(), (told ? "" : describe(told.error())));
  const Json overview = parsed(*told);
  CHECK(overview.at("rows") == 2);
  REQUIRE(overview.at("places").as_array().size() == 1);   // a field is not asked
  const Json& place = overview.at("places").at(0);
  CHECK(place.at("who").at("title") == "Oost");
  CHECK(place.at("states").at("draft") == 1);
  CHECK(place.at("open") == 1);
  CHECK(place.at("past") == 0);
  CHECK_FALSE(place.as_object().contains("request"));
  // A visitor counts nothing of a draft.
  const Json seen = parsed(*world.rounds.overview({}, {"rounds", "season", world.spring, ""}));
  CHECK(seen.at("places").at(0).at("open") == 0);
  const Json list = parsed(*world.rounds.list(Caller()));
  REQUIRE(list.at("items").as_array().size() == 1);
  CHECK(list.at("items").at(0).at("editions").at(0).at("title") == "Najaar");
}

TEST_CASE("rounds: rows that two organisations keep are not moved on together") {
  GardenWorld world;
  const Caller elsewhere = world.person("gerd", "north", {"rounds/gardener"});
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  REQUIRE(world.failure(world.save(elsewhere, world.spring,
                                   world.filled(world.roots, "well"))) == "");
  CHECK(world.failure(world.step(world.second_keeper(), world.spring, "hand-in")) == "AP-0284");
  CHECK(world.row(world.keeper(), world.spring, world.beans).at("now").at("state").at("id") ==
        "draft");
}

TEST_CASE("rounds: a round with more rows than a page can hold says so") {
  GardenWorld world;
  for (int i = 0; i < 99; ++i) {
    static_cast<void>(world.make(world.keeper(), "rounds/crop",
                                 R"({"name":"Gewas )" + std::to_string(i) + R"("})"));
  }
  CHECK(world.failure(world.rounds.sheet(world.keeper(), world.at(world.spring))) == "AP-0282");
}

TEST_CASE("rounds: what is not of the round is not there") {
  GardenWorld world;
  const auto failure_at = [&](const SheetName& name) {
    return world.failure(world.rounds.sheet(world.keeper(), name));
  };
  CHECK(failure_at({"rounds", "none", world.spring, world.garden}) == "AP-0280");
  CHECK(failure_at({"none", "season", world.spring, world.garden}) == "AP-0280");
  CHECK(failure_at({"rounds", "season", world.garden, world.garden}) == "AP-0281");
  CHECK(failure_at({"rounds", "season", world.spring, world.field}) == "AP-0281");
  CHECK(failure_at({"rounds", "season", "none", world.garden}) == "AP-0281");
}

}  // namespace
}  // namespace zicht::app
