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

TEST_CASE("rounds: a draft that another organisation keeps tells nothing and is in nobody's way") {
  GardenWorld world;
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  const Caller elsewhere = world.person("gerd", "north", {"rounds/gardener"});
  CHECK_FALSE(world.row(elsewhere, world.spring, world.beans).as_object().contains("now"));
  REQUIRE(world.failure(world.save(elsewhere, world.spring,
                                   world.filled(world.beans, "poorly", R"(,"why":"Droog")"))) ==
          "");
  const auto how = [&](const Caller& caller) {
    return std::string(world.row(caller, world.spring, world.beans)
                           .at("now").at("fields").at("how").as_string());
  };
  CHECK(how(elsewhere) == "poorly");
  CHECK(how(world.gardener()) == "well");
  // Each goes on with their own, also when the other's is the latest that they see.
  world.clock.advance_microseconds(1'000'000);
  const std::string roots = world.filled(world.roots, "well");
  REQUIRE(world.failure(world.save(world.gardener(), world.spring, roots)) == "");
  REQUIRE(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
  const Caller other_keeper = world.person("koos", "south", {"rounds/keeper"});
  REQUIRE(world.failure(world.step(other_keeper, world.spring, "show")) == "");
  CHECK(how(Caller()) == "well");
  CHECK(how(elsewhere) == "poorly");
  CHECK(world.failure(world.save(elsewhere, world.spring,
                                 world.filled(world.beans, "well", "", 1))) == "");
}

TEST_CASE("rounds: two who fill in a row for one organisation at once make one, and one is told") {
  GardenWorld world;
  // Between what somebody reads of the sheet and what they write, another one saves.
  const auto save_during = [&](const Caller& first, const Caller& second) {
    world.store.on_page = [&](const model::Query& query) {
      if (query.form != "rounds/season") return;
      world.store.on_page = {};
      CHECK(world.failure(world.save(second, world.spring,
                                     world.filled(world.beans, "well"))) == "");
    };
    return world.save(first, world.spring, world.filled(world.beans, "well"));
  };
  SUBCASE("two of one organisation") {
    const Caller second = world.person("gijs", "south", {"rounds/gardener"});
    const auto late = save_during(world.gardener(), second);
    CHECK(world.problems(late) == Told{"AP-0285/rows/0"});
    CHECK(late.error().id == "AP-0285");
  }
  SUBCASE("who was asked, and an adviser of elsewhere who fills it in for them") {
    REQUIRE(world.rounds.ask(world.keeper(), world.at(world.spring),
                             parsed(R"({"organisation":"south","fields":{"due":"2026-03-01"}})"),
                             {})
                .has_value());
    CHECK(world.problems(save_during(world.keeper(), world.gardener())) ==
          Told{"AP-0285/rows/0"});
  }
  CHECK(world.row(world.gardener(), world.spring, world.beans).at("now").at("version") == 1);
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

constexpr std::int64_t kFiveDays = std::int64_t{5} * 24 * 3600 * 1'000'000;

// What is done to a record that stands there: the id of what refused it, or "".
struct Attempt {
  GardenWorld& world;
  std::string id;
  std::int64_t version = 0;

  json::object body(json::object more = {}) const {
    const Json now = world.read(world.keeper(), id);
    json::object fields = now.at("fields").as_object();
    fields["note"] = "anders";
    more["fields"] = std::move(fields);
    more["reason"] = "toch anders";
    return more;
  }
  std::string change(const json::object& body) const {
    return world.failure(world.records.change(world.keeper(), id, body, {version, {}}));
  }
  std::string correct(const json::object& body) const {
    return world.failure(world.records.correct(world.keeper(), id, body, {version, {}}));
  }
};

TEST_CASE("rounds: what a state keeps as it is, is not changed by any way, only replaced") {
  GardenWorld world;
  world.publish(world.spring);
  const Json shown = world.row(world.keeper(), world.spring, world.beans);
  const std::string id(shown.at("now").at("id").as_string());
  const auto entries = world.store.entry_count();
  const Attempt attempt{world, id, 3};
  CHECK(attempt.change(attempt.body()) == "MO-0225");
  // Also where the body is not right, and where nothing would differ.
  CHECK(attempt.change({}) == "MO-0225");
  CHECK(attempt.change({{"fields", shown.at("now").at("fields")}, {"reason", "zo"}}) == "MO-0225");
  CHECK(attempt.correct(attempt.body({{"valid_from", "2026-01-31"}})) == "MO-0225");
  world.clock.advance_microseconds(kFiveDays);
  CHECK(attempt.correct(attempt.body({{"valid_from", "2026-01-31"}, {"valid_to", "2026-02-02"}})) ==
        "MO-0225");
  CHECK(world.problems(world.save(world.keeper(), world.spring,
                                  world.filled(world.beans, "well", "", 3))) ==
        Told{"AP-0283/rows/0"});
  CHECK(world.store.entry_count() == entries);
  CHECK(world.row(world.keeper(), world.spring, world.beans).at("now").at("version") == 3);
  // The one who may change it elsewhere is offered the steps that lead out, and handing over.
  for (const Json& action : shown.at("now").at("actions").as_array()) {
    CHECK(action.at("kind") != "change");
    CHECK(action.at("kind") != "correct");
  }
  CHECK_FALSE(shown.at("open").as_bool());

  // What comes after it says what it stands for.
  json::object replace{{"transition", "replace"}, {"fields", json::object{}}, {"reason", "fout"}};
  REQUIRE(world.records.step(world.keeper(), id, replace, {3, {}}).has_value());
  CHECK(world.row(world.keeper(), world.spring, world.beans).at("open").as_bool());
  REQUIRE(world.failure(world.save(world.keeper(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  const Json after = world.row(world.keeper(), world.spring, world.beans).at("now");
  CHECK(after.at("fields").at("instead_of").as_string() == id);
  CHECK(Attempt{world, id, 4}.change(attempt.body()) == "MO-0226");
}

TEST_CASE("rounds: a state that is fixed closes a row, and its past, without being named") {
  GardenWorld world;
  packs::Files files = packs::testing::read_folder("tests/packs/rounds");
  files = packs::testing::replaced(files, "rounds/season.yaml", "open: [draft]\n", "");
  files = packs::testing::replaced(files, "processes/harvest-life.yaml",
                                   "audience: internal, turn: keeper}",
                                   "audience: internal, turn: keeper, fixed: true}");
  files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  REQUIRE(world.failure(world.save(world.keeper(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  world.clock.advance_microseconds(kFiveDays);
  REQUIRE(world.failure(world.step(world.keeper(), world.spring, "hand-in")) == "");
  const Json handed = world.row(world.keeper(), world.spring, world.beans);
  CHECK_FALSE(handed.at("open").as_bool());
  CHECK(world.problems(world.save(world.keeper(), world.spring,
                                  world.filled(world.beans, "well", "", 2))) ==
        Told{"AP-0283/rows/0"});
  // Back in draft it is changed again; but not what it was while somebody looked.
  world.clock.advance_microseconds(kFiveDays);
  const std::string id(handed.at("now").at("id").as_string());
  json::object back{{"transition", "back"}, {"fields", json::object{}}, {"reason", "fout"}};
  REQUIRE(world.records.step(world.keeper(), id, back, {2, {}}).has_value());
  const Attempt attempt{world, id, 3};
  CHECK(attempt.correct(attempt.body({{"valid_from", "2026-02-06"}, {"valid_to", "2026-02-08"}})) ==
        "MO-0225");
  CHECK(attempt.correct(attempt.body({{"valid_from", "2026-02-01"}, {"valid_to", "2026-02-03"}})) ==
        "");
  CHECK(Attempt{world, id, 4}.change(attempt.body()) == "");
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

// Requests for the spring, of which the day is past: of gardens and who keeps them.
struct LateWorld : GardenWorld {
  LateWorld() {
    for (const char* name : {"Noord", "West", "Zuid"}) {
      gardens[name] = make(keeper(), "rounds/garden",
                           R"({"name":")" + std::string(name) + R"(","kind":"garden"})").id;
    }
    gardens["Oost"] = garden;
    ask("Noord", "north", "2026-01-10");
    ask("Oost", "south", "2026-01-10");
    ask("West", "south", "2026-03-01");
  }

  void ask(const std::string& name, const std::string& club, const std::string& due) {
    const SheetName at{"rounds", "season", spring, gardens.at(name)};
    const auto asked = rounds.ask(keeper(), at,
                                  parsed(R"({"organisation":")" + club + R"(","fields":{"due":")" +
                                         due + R"("}})"),
                                  {});
    REQUIRE_MESSAGE(asked.has_value(), (asked ? "" : describe(asked.error())));
  }

  Json places(const Caller& caller) {
    const Json told = parsed(*rounds.overview(caller, {"rounds", "season", spring, ""}));
    json::object by_name;
    for (const Json& place : told.at("places").as_array()) {
      by_name[place.at("who").at("title").as_string()] = place;
    }
    return by_name;
  }

  std::string reminder(const Caller& caller, const char* name) {
    const Json place = places(caller).at(name);
    const Json* told = place.as_object().if_contains("reminder");
    return told == nullptr ? "" : std::string(told->as_string());
  }

  // As the page sends what it showed.
  Json request(const std::vector<std::string>& names) {
    json::array requests;
    const Json all = places(keeper());
    for (const std::string& name : names) {
      const Json& record = all.at(name).at("request");
      requests.push_back(json::object{{"id", record.at("id")}, {"version", record.at("version")}});
    }
    return json::object{{"requests", std::move(requests)}};
  }

  Result<std::string> remind(const Caller& caller, const Json& body,
                             const WriteContext& context = {}) {
    return rounds.remind(caller, {"rounds", "season", spring, ""}, body, context);
  }

  static std::vector<std::string> outcomes(const Result<std::string>& told) {
    REQUIRE_MESSAGE(told.has_value(), (told ? "" : describe(told.error())));
    std::vector<std::string> all;
    const Json items = parsed(*told).at("items");
    for (const Json& item : items.as_array()) {
      std::string outcome(item.at("outcome").as_string());
      if (const Json* problem = item.as_object().if_contains("problem")) {
        outcome += " " + std::string(problem->at("id").as_string());
      }
      all.push_back(std::move(outcome));
    }
    return all;
  }

  std::map<std::string, std::string> gardens;
};

TEST_CASE("rounds: all who are late are reminded in one act, over organisations, once a day") {
  LateWorld world;
  const Caller keeper = LateWorld::keeper();
  CHECK(world.reminder(keeper, "Noord") == "late");
  CHECK(world.reminder(keeper, "West") == "waiting");
  CHECK(world.reminder(LateWorld::gardener(), "Oost") == "");  // who may not take the step
  const Json looked = world.request({"Noord", "Oost"});
  CHECK(LateWorld::outcomes(world.remind(keeper, looked)) == Told{"reminded", "reminded"});
  const Json after = world.places(keeper);
  CHECK(after.at("Noord").at("request").at("state").at("id") == "reminded");
  CHECK(after.at("Oost").at("request").at("organisation").at("id") == "south");
  CHECK(after.at("Oost").at("request").at("version") == 3);  // its day passed, and the reminder
  CHECK(world.reminder(keeper, "Noord") == "today");
  // Whoever is chosen again today is left out; the others are not held back.
  CHECK(LateWorld::outcomes(world.remind(keeper, world.request({"Noord", "West"}))) ==
        Told{"today", "reminded"});
  CHECK(world.places(keeper).at("Noord").at("request").at("version") == 3);
  world.clock.advance_microseconds(std::int64_t{24} * 3600 * 1'000'000);
  CHECK(world.reminder(keeper, "Noord") == "late");
  CHECK(LateWorld::outcomes(world.remind(keeper, world.request({"Noord"}))) == Told{"reminded"});
}

TEST_CASE("rounds: a reminder that cannot be given says why, and the others are given") {
  LateWorld world;
  const Caller keeper = LateWorld::keeper();
  Json stale = world.request({"Noord", "Oost", "West"});
  stale.at("requests").at(1).at("version") = 7;
  stale.at("requests").at(2).at("id") = world.garden;          // no request at all
  CHECK(LateWorld::outcomes(world.remind(keeper, stale)) ==
        Told{"reminded", "refused AP-0285", "refused AP-0281"});
  // Who may not take the step reminds nobody.
  CHECK(LateWorld::outcomes(world.remind(LateWorld::gardener(), world.request({"Oost"}))) ==
        Told{"refused AP-0002"});
  CHECK(world.places(keeper).at("Oost").at("request").at("version") == 1);
  CHECK(LateWorld::problems(world.remind(keeper, world.request({}))) == Told{"AP-0350/requests"});
  CHECK(LateWorld::problems(world.remind(keeper, world.request({"Oost", "Oost"}))) ==
        Told{"AP-0350/requests"});
  const Json wrong = parsed(R"({"requests":[{"id":5}]})");
  CHECK_FALSE(LateWorld::problems(world.remind(keeper, wrong)).empty());
}

TEST_CASE("rounds: reminding twice with one key is reminding once, for each organisation") {
  LateWorld world;
  const Caller keeper = LateWorld::keeper();
  const WriteContext once{0, idempotency_of("account-kees", "key-1", "POST", "/remind", "body")};
  const Json body = world.request({"Noord", "Oost"});
  for (int i = 0; i < 2; ++i) {
    CHECK(LateWorld::outcomes(world.remind(keeper, body, once)) == Told{"reminded", "reminded"});
  }
  CHECK(world.places(keeper).at("Noord").at("request").at("version") == 3);
}

TEST_CASE("rounds: a reminder that is sent again tells who was reminded and who was not") {
  LateWorld world;
  const Caller keeper = LateWorld::keeper();
  const WriteContext once{0, idempotency_of("account-kees", "key-1", "POST", "/remind", "body")};
  Json body = world.request({"Oost", "West"});   // of one organisation
  body.at("requests").at(1).at("version") = 7;
  const Told told{"reminded", "refused AP-0285"};
  CHECK(LateWorld::outcomes(world.remind(keeper, body, once)) == told);
  CHECK(LateWorld::outcomes(world.remind(keeper, body, once)) == told);
  // Also when the record moved on since.
  const auto reminded = [&] { return world.places(keeper).at("Oost").at("request"); };
  const json::object step{{"transition", "answer"}};
  REQUIRE(world.records.step(keeper, std::string(reminded().at("id").as_string()), step,
                             {reminded().at("version").as_int64(), {}})
              .has_value());
  CHECK(LateWorld::outcomes(world.remind(keeper, body, once)) == told);
  // One that was reminded before today's second act is told as such again.
  const WriteContext twice{0, idempotency_of("account-kees", "key-2", "POST", "/remind", "body")};
  REQUIRE(LateWorld::outcomes(world.remind(keeper, world.request({"West"}))) == Told{"reminded"});
  world.ask("Zuid", "south", "2026-03-01");
  const Json both = world.request({"West", "Zuid"});
  for (int i = 0; i < 2; ++i) {
    CHECK(LateWorld::outcomes(world.remind(keeper, both, twice)) == Told{"today", "reminded"});
  }
}

TEST_CASE("rounds: a round without a step to remind says so") {
  LateWorld world;
  packs::Files files = packs::testing::read_folder("tests/packs/rounds");
  files = packs::testing::replaced(files, "rounds/season.yaml", "  remind: remind\n", "");
  files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  CHECK(world.failure(world.remind(LateWorld::keeper(), world.request({"Noord"}))) == "AP-0351");
  CHECK(world.reminder(LateWorld::keeper(), "Noord") == "");
}

TEST_CASE("rounds: a place that is split stays where it was, and the new one shows what it was") {
  GardenWorld world;
  world.publish(world.spring);
  const json::object ended{
      {"fields", parsed(R"({"name":"Oost","kind":"garden","until":"2026-01-31"})")},
      {"reason", "gesplitst"}};
  REQUIRE(world.records.change(world.keeper(), world.garden, ended, {1, {}}).has_value());
  const std::string part = world.make(world.keeper(), "rounds/garden",
                                      R"({"name":"Oost A","kind":"garden","from":[")" +
                                          world.garden + R"("]})").id;
  // The old one is asked no more, and nothing of what it said is lost.
  const auto names = [&](const std::string& of) {
    Told told;
    const Json overview =
        parsed(*world.rounds.overview(world.gardener(), {"rounds", "season", of, ""}));
    for (const Json& place : overview.at("places").as_array()) {
      told.emplace_back(place.at("who").at("title").as_string());
    }
    return told;
  };
  CHECK(names(world.spring) == Told{"Oost", "Oost A"});
  CHECK(names(world.autumn) == Told{"Oost A"});
  CHECK(world.row(Caller(), world.spring, world.beans).at("now").at("fields").at("how") == "well");
  CHECK(world.failure(world.rounds.sheet(world.gardener(), world.at(world.autumn))) == "AP-0281");
  CHECK(world.sheet(world.gardener(), world.spring).at("asked") == false);
  // The new one sees what was said of the old, and continues nothing of it.
  const SheetName where{"rounds", "season", world.autumn, part};
  const auto first = [&] {
    return parsed(*world.rounds.sheet(world.gardener(), where)).at("rows").at(0);
  };
  CHECK(first().at("last").at("fields").at("garden").as_string() == world.garden);
  REQUIRE(world.failure(world.rounds.save(
              world.gardener(), where,
              parsed(R"({"rows":[)" + world.filled(world.beans, "well") + "]}"), {})) == "");
  CHECK_FALSE(first().at("now").at("fields").as_object().contains("before"));
}

TEST_CASE("rounds: a place that ends after it was asked is told so, and may be filled in still") {
  LateWorld world;
  const json::object ended{
      {"fields", parsed(R"({"name":"Oost","kind":"garden","until":"2026-01-31"})")},
      {"reason", "gesplitst"}};
  REQUIRE(world.records.change(world.keeper(), world.garden, ended, {1, {}}).has_value());
  CHECK(world.places(world.keeper()).as_object().contains("Oost"));
  CHECK(world.sheet(world.gardener(), world.spring).at("asked") == false);
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well"))) == "");
  CHECK(world.row(world.gardener(), world.spring, world.beans).at("now").at("version") == 1);
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

TEST_CASE("rounds: a row that time or somebody changed meanwhile is told at its place") {
  GardenWorld world;
  packs::Files files = packs::testing::read_folder("tests/packs/rounds");
  files["processes/harvest-life.yaml"] += R"(deadlines:
  look: {label: {nl: Bekijken, en: Look}, start: entered(handed), term: P7D, runs_in: [handed],
         met_by: [show], missed: {task: keeper}}
)";
  files = packs::testing::replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well") + "," +
                                       world.filled(world.roots, "well"))) == "");
  REQUIRE(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
  world.clock.advance_microseconds(std::int64_t{30} * 24 * 3600 * 1'000'000);
  world.store.fail_next_append(Error{Code::kConflict, "ST-0010", {}, {}, {}});
  const auto stale = world.step(world.keeper(), world.spring, "show");
  CHECK(world.problems(stale) == Told{"AP-0285/rows/0"});
  CHECK(stale.error().id == "AP-0285");
  CHECK(world.failure(world.step(world.keeper(), world.spring, "show")) == "");
}

TEST_CASE("rounds: rows wait while the step of their request is only held up, not refused") {
  GardenWorld world;
  packs::Files files = packs::testing::read_folder("tests/packs/rounds");
  files["indicators/gardens.yaml"] = R"(indicator: gardens
title: {nl: Tuinen, en: Gardens}
definition: {nl: Het aantal tuinen, en: The number of gardens}
form: garden
measure: {kind: count}
unit: {nl: tuinen, en: gardens}
source: invented
perspective: {nl: De tuinders, en: The gardeners}
protection: already_public
)";
  files["forms/call.yaml"] += R"(  figures:
    {type: figures, label: {nl: Cijfers, en: Figures}, indicators: [gardens], on: due}
)";
  const auto change = [&](const char* file, const char* from, const std::string& to) {
    files = packs::testing::replaced(files, file, from, to);
  };
  change("processes/call-life.yaml", "transitions:\n",
         "transitions:\n  count: {label: {nl: Tellen, en: Count}, from: [asked], to: same, "
         "roles: [keeper, gardener], fields: {due: required}, freezes: figures}\n");
  change("processes/call-life.yaml", "to: answered, roles: [gardener, keeper]",
         "to: answered, roles: [gardener, keeper], four_eyes: [count], releases: figures");
  change("pack.yaml", "version: 1.0.0", "version: 1.1.0");
  const auto activated = world.packs.activate({files}, "system");
  REQUIRE_FALSE(activated.error);
  const auto asked = world.rounds.ask(
      world.keeper(), world.at(world.spring),
      parsed(R"({"organisation":"south","fields":{"due":"2026-01-31"}})"), {});
  REQUIRE_MESSAGE(asked.has_value(), (asked ? "" : describe(asked.error())));
  const std::string request(parsed(*asked).at("id").as_string());
  const auto state = [&] {
    return std::string(world.read(world.keeper(), request).at("state").at("id").as_string());
  };
  const auto count = [&](const Caller& caller) {
    const json::object step{{"transition", "count"},
                            {"fields", json::object{{"due", "2026-01-31"}}}};
    const auto version = world.read(caller, request).at("version").as_int64();
    return world.failure(world.records.step(caller, request, step, {version, {}}));
  };
  REQUIRE(count(world.keeper()) == "");
  REQUIRE(world.failure(world.save(world.gardener(), world.spring,
                                   world.filled(world.beans, "well") + "," +
                                       world.filled(world.roots, "well"))) == "");
  const auto handed = [&] {
    return world.row(world.gardener(), world.spring, world.beans).at("now").at("state").at("id") ==
           "handed";
  };
  SUBCASE("held up: another one is being published") {
    const Instant now = world.clock.now();
    REQUIRE(*world.store.take_lease("release rounds/call", "other", now,
                                    *add_microseconds(now, 1'000'000)));
    CHECK(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "AP-0220");
    CHECK_FALSE(handed());
    world.clock.advance_microseconds(2'000'000);
    CHECK(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
    CHECK(handed());
    CHECK(state() == "answered");
  }
  SUBCASE("refused: who counted does not publish") {
    REQUIRE(count(world.gardener()) == "");
    CHECK(world.failure(world.step(world.gardener(), world.spring, "hand-in")) == "");
    CHECK(handed());
    CHECK(state() == "asked");
  }
}

TEST_CASE("rounds: a sheet is a heavy question once, and what was saved is told all the same") {
  GardenWorld world;
  const auto one = world.places.take(false);
  // One place is left: a visitor has none, somebody who saves needs no second one.
  REQUIRE(one.has_value());
  const std::string rows = world.filled(world.beans, "well");
  REQUIRE(world.failure(world.save(world.gardener(), world.spring, rows)) == "");
  const auto other = world.places.take(false);
  REQUIRE(other.has_value());
  CHECK(world.failure(world.rounds.sheet(world.gardener(), world.at(world.spring))) == "AP-0172");
  CHECK(world.failure(world.save(world.gardener(), world.spring,
                                 world.filled(world.roots, "well"))) == "AP-0172");
  CHECK(world.failure(world.rounds.step(world.gardener(), world.at(world.spring),
                                        parsed(R"({"transition":"hand-in",
                                                   "rows":[{"id":"a","version":1}]})"),
                                        {})) == "AP-0172");
  CHECK(world.failure(world.rounds.ask(world.keeper(), world.at(world.spring),
                                       parsed(R"({"organisation":"south"})"), {})) == "AP-0172");
}

TEST_CASE("rounds: what the rows of a sheet mention is looked up for all of them at once") {
  GardenWorld world;
  const auto asked = [&](std::size_t rows) {
    std::string all;
    for (std::size_t i = 0; i < rows; ++i) {
      const std::string crop = world.make(world.keeper(), "rounds/crop",
                                          R"({"name":"Gewas )" + std::to_string(i) + R"("})").id;
      all += (all.empty() ? "" : ",") + world.filled(crop, "well");
    }
    REQUIRE(world.failure(world.save(world.gardener(), world.spring, all)) == "");
    world.store.references_asked = 0;
    const Json told = world.sheet(world.gardener(), world.spring);
    const Json& now = told.at("rows").at(1).at("now");
    CHECK(now.at("references").as_object().size() == 3);   // season, garden and crop of this row
    return world.store.references_asked;
  };
  CHECK(asked(3) == 1);
  CHECK(asked(20) == 1);
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
