// Editions through the use case: figures that a step freezes, that a second person publishes, and
// that stay. The pack tests/packs/indicators is invented for it.
#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>
#include <string>

#include "app/indicators_service.h"
#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

struct EditionWorld : RecordWorld {
  EditionWorld() {
    REQUIRE_FALSE(
        packs.activate({packs::testing::read_folder("tests/packs/indicators")}, "system").error);
  }

  static Caller editor(const char* name = "eva") {
    return person(name, "north", {"indicators/editor"});
  }
  static Caller keeper() { return person("kim", "north", {"indicators/keeper"}); }

  void roofs(int count, const char* fields) {
    for (int i = 0; i < count; ++i) make(keeper(), "indicators/roof", fields);
  }

  Document draft(const std::string& more = "") {
    return make(editor(), "indicators/edition", R"({"title":"Editie")" + more + "}");
  }

  std::string count(Document& edition, const char* day = "2026-01-31") {
    return step(editor(), edition, "count",
                std::string(R"({"reference_day":")") + day + R"(","explanation":"Zo is het"})");
  }

  std::string publish(Document& edition, const char* who = "ed") {
    return step(editor(who), edition, "publish");
  }

  Document published(const char* day = "2026-01-31", const std::string& more = "") {
    Document edition = draft(more);
    REQUIRE(count(edition, day) == "");
    REQUIRE(publish(edition) == "");
    return edition;
  }

  // What an editor may do with it, but for steps.
  std::string offers(const Document& edition) {
    std::string kinds;
    const Json record = read(editor(), edition.id);
    for (const Json& action : record.at("actions").as_array()) {
      const std::string kind(action.at("kind").as_string());
      if (kind != "step") kinds += kind + " ";
    }
    return kinds;
  }

  Json figures(const Document& edition, const Caller& caller = {}) {
    return read(caller, edition.id).at("fields").at("figures");
  }
};

const Json& indicator_in(const Json& figures, std::string_view name) {
  for (const Json& each : figures.at("indicators").as_array()) {
    if (each.at("name").as_string() == name) return each;
  }
  FAIL("no indicator " << name);
  return figures;
}

const Json& value_in(const Json& figures, std::string_view indicator, std::string_view dimension,
                     std::string_view code) {
  for (const Json& each : indicator_in(figures, indicator).at("dimensions").as_array()) {
    if (each.at("id").as_string() != dimension) continue;
    for (const Json& value : each.at("values").as_array()) {
      if (value.at("code").is_string() && value.at("code").as_string() == code) return value;
    }
  }
  FAIL("no value " << code);
  return figures;
}

constexpr const char* kFlat =
    R"({"what":"dak","shape":"flat","is_green":true,"leaks":1,"surface":"10"})";
constexpr const char* kRound =
    R"({"what":"dak","shape":"round","is_green":false,"leaks":2,"surface":"10"})";

TEST_CASE("edition: a step counts, another person publishes, and what was published stays") {
  EditionWorld world;
  world.roofs(6, kFlat);
  world.roofs(7, kRound);
  Document edition = world.draft();
  CHECK(world.publish(edition) == "MO-0203");
  REQUIRE(world.count(edition) == "");
  // Nobody outside sees a draft.
  CHECK(EditionWorld::failure(world.records.read({}, edition.id, {})) == "AP-0001");
  CHECK_FALSE(world.figures(edition, EditionWorld::editor()).as_object().contains("released"));
  CHECK(world.step(EditionWorld::editor(), edition, "publish") == "MO-0204");
  REQUIRE(world.publish(edition) == "");

  world.roofs(3, kFlat);
  const Json figures = world.figures(edition);
  CHECK(figures.at("on") == "2026-01-31");
  CHECK(figures.at("released") == "2026-01-31T09:00:00.000000Z");
  CHECK(indicator_in(figures, "indicators/roofs").at("total").at("number") == "13");
  CHECK(value_in(figures, "indicators/roofs", "shape", "flat").at("number") == "6");
  CHECK(indicator_in(figures, "indicators/roofs").at("definition").at("nl") ==
        "Het aantal daken zonder lek of met minder dan tien lekken.");
  CHECK(indicator_in(figures, "indicators/leaks").at("total").at("number") == "15.4");
}

TEST_CASE("edition: all of it is counted as of one moment, which gives the same again") {
  EditionWorld world;
  world.roofs(6, kFlat);
  Document edition = world.draft();
  int counts = 0;
  world.store.on_count = [&](const model::CountQuery&) {
    // In the same microsecond, while the second indicator is counted.
    if (++counts == 2) world.roofs(3, kFlat);
  };
  REQUIRE(world.count(edition) == "");
  REQUIRE(counts == 3);
  world.store.on_count = nullptr;
  const Json figures = world.figures(edition, EditionWorld::editor());
  const model::AsOf moment{Date::parse("2026-01-31").value(),
                           *Instant::parse(figures.at("known_at").as_string())};
  IndicatorsService indicators({world.store, world.packs, world.clock, world.places});
  for (const char* name : {"roofs", "green"}) {
    CAPTURE(name);
    const Json& total = indicator_in(figures, std::string("indicators/") + name).at("total");
    CHECK(total.at("rows") == 6);
    const auto again = indicators.read({}, {"indicators", name}, moment);
    REQUIRE(again.has_value());
    CHECK(parsed(*again).at("total") == total);
  }
  const auto now = indicators.read({}, {"indicators", "roofs"}, {});
  REQUIRE(now.has_value());
  CHECK(parsed(*now).at("total").at("rows") == 9);
}

TEST_CASE("edition: what was counted is for nobody who reads, and kept for the audit") {
  EditionWorld world;
  world.roofs(6, kFlat);
  const Document edition = world.published();
  for (const Caller& caller : {Caller(), EditionWorld::keeper(), EditionWorld::editor()}) {
    CHECK_FALSE(world.read(caller, edition.id).at("fields").as_object().contains("counted"));
    const auto history = world.records.history(caller, edition.id, {});
    REQUIRE(history.has_value());
    CHECK(history->find("truth") == std::string::npos);
  }
  const auto kept = world.store.record(edition.id, {});
  REQUIRE(kept.has_value());
  CHECK(kept->fields.at("counted").at("tables").as_array().size() == 2);  // of a rate
}

TEST_CASE("edition: a list of editions is told without their figures") {
  EditionWorld world;
  world.roofs(6, kFlat);
  const Document edition = world.published();
  const auto found = world.records.search({}, json::object{{"form", "indicators/edition"}});
  REQUIRE(found.has_value());
  const Json item = parsed(*found).at("items").at(0);
  CHECK(item.at("id").as_string() == edition.id);
  CHECK(item.at("fields").at("title") == "Editie");
  CHECK_FALSE(item.at("fields").as_object().contains("figures"));
}

TEST_CASE("edition: nothing of a withheld figure is told") {
  EditionWorld world;
  world.roofs(9, kFlat);
  world.roofs(2, kRound);
  const Json figures = world.figures(world.published());
  const Json& few = value_in(figures, "indicators/leaks", "green", "false");
  CHECK(few == json::object{{"code", "false"},
                            {"label", few.at("label")},
                            {"number", nullptr},
                            {"withheld", true}});
  // The total and the other part would tell it.
  const Json& total = indicator_in(figures, "indicators/leaks").at("total");
  const Json& many = value_in(figures, "indicators/leaks", "green", "true");
  CHECK(total.as_object().contains("withheld") != many.as_object().contains("withheld"));
  for (const Json* each : {&total, &many}) {
    CHECK_FALSE(each->as_object().contains("rows"));
    CHECK_FALSE(each->as_object().contains("undetermined"));
  }
  // What is public already is told whole.
  CHECK(value_in(figures, "indicators/roofs", "shape", "round").at("rows") == 2);
}

TEST_CASE("edition: a step says the same to a right and a wrong guess of what was counted") {
  EditionWorld world;
  world.roofs(9, kFlat);
  world.roofs(2, kRound);
  Document edition = world.draft();
  REQUIRE(world.count(edition) == "");
  REQUIRE(world.step(EditionWorld::editor(), edition, "rework") == "");
  const Json right = world.store.record(edition.id, {})->fields.at("counted");
  Json wrong = right;
  wrong.at("tables").as_array().clear();
  for (const Json& guess : {right, wrong}) {
    const json::object fields{{"explanation", "Zo"}, {"counted", guess}};
    CHECK(world.step(EditionWorld::editor(), edition, "remark", json::serialize(fields)) ==
          "MO-0130");
  }
}

TEST_CASE("edition: nobody fills in figures, and a change leaves them") {
  EditionWorld world;
  world.roofs(6, kFlat);
  const auto write = [&](std::string_view fields) {
    return world.records.create(
        EditionWorld::editor(),
        json::object{{"form", "indicators/edition"}, {"fields", parsed(fields)}}, {});
  };
  CHECK(EditionWorld::failure(write(R"({"title":"a","figures":{"on":"2026-01-01"}})")) ==
        "MO-0130");
  Document edition = world.draft();
  const auto change = [&](json::object fields) {
    return world.records.change(EditionWorld::editor(), edition.id,
                                json::object{{"fields", std::move(fields)}, {"reason", "beter"}},
                                {edition.version, {}});
  };
  REQUIRE(world.count(edition) == "");
  // A second person looks at it now.
  CHECK(world.offers(edition) == "");
  CHECK(EditionWorld::failure(change({{"title", "b"}, {"reference_day", "2026-01-31"}})) ==
        "AP-0222");
  REQUIRE(world.step(EditionWorld::editor(), edition, "rework") == "");
  CHECK(world.offers(edition) == "change correct ");
  const Json before = world.figures(edition, EditionWorld::editor());
  Json other = before;
  other.as_object()["on"] = "2020-01-01";
  CHECK(EditionWorld::failure(change(
            {{"title", "b"}, {"reference_day", "2026-01-31"}, {"figures", other}})) == "MO-0130");
  // Left out, or sent as it was.
  auto changed = change({{"title", "b"}, {"reference_day", "2026-01-31"}});
  REQUIRE(changed.has_value());
  edition = changed->document;
  CHECK(world.figures(edition, EditionWorld::editor()) == before);
  changed = change({{"title", "c"}, {"reference_day", "2026-01-30"}, {"figures", before}});
  REQUIRE(changed.has_value());
  edition = changed->document;
  CHECK(world.figures(edition, EditionWorld::editor()) == before);
  // Figures of another day than the edition says are not published.
  REQUIRE(world.step(EditionWorld::editor(), edition, "skip") == "");
  CHECK(world.publish(edition) == "AP-0221");
}

TEST_CASE("edition: what is published cannot be changed or corrected, only be followed") {
  EditionWorld world;
  world.roofs(6, kFlat);
  const Document edition = world.published();
  CHECK(world.offers(edition) == "");
  const json::object fields{{"title", "b"}, {"reference_day", "2026-01-31"}};
  const json::object body{{"fields", fields}, {"reason", "beter"}};
  CHECK(EditionWorld::failure(world.records.change(EditionWorld::editor(), edition.id, body,
                                                   {edition.version, {}})) == "AP-0215");
  const json::object past{{"fields", fields}, {"reason", "beter"}, {"valid_from", "2026-01-31"}};
  CHECK(EditionWorld::failure(world.records.correct(EditionWorld::editor(), edition.id, past,
                                                    {edition.version, {}})) == "AP-0215");
  Document same = edition;
  CHECK(world.step(EditionWorld::editor(), same, "remark", R"({"explanation":"Anders"})") ==
        "AP-0215");

  // The same day again is a correction, and says of which.
  Document again = world.draft();
  REQUIRE(world.count(again) == "");
  CHECK(world.publish(again) == "AP-0214");
  Document wrong = world.draft(R"(,"difference":"x","corrected":")" + again.id + "\"");
  REQUIRE(world.count(wrong) == "");
  CHECK(world.publish(wrong) == "AP-0219");
  // Of another day it corrects nothing.
  world.clock.set(*Instant::parse("2026-02-28T09:00:00Z"));
  Document later = world.draft(R"(,"difference":"x","corrected":")" + edition.id + "\"");
  REQUIRE(world.count(later, "2026-02-28") == "");
  CHECK(world.publish(later) == "AP-0219");
  const Document better =
      world.published("2026-01-31", R"(,"difference":"x","corrected":")" + edition.id + "\"");
  CHECK(world.figures(better).at("corrects").as_string() == edition.id);
  CHECK(world.read({}, edition.id).at("fields").at("figures").as_object().contains("released"));
}

TEST_CASE("edition: beside each number stands that of the edition before") {
  EditionWorld world;
  world.roofs(6, kFlat);
  world.clock.set(*Instant::parse("2026-06-30T09:00:00Z"));
  const Document first = world.published("2026-01-31");
  for (int i = 0; i < 8; ++i) {
    world.make(EditionWorld::keeper(), "indicators/roof", kRound, "2026-03-01");
  }
  const Document second = world.published("2026-06-30");
  const Json figures = world.figures(second);
  CHECK(figures.at("before") == json::object{{"record", first.id}, {"on", "2026-01-31"}});
  const Json& total = indicator_in(figures, "indicators/roofs").at("total");
  CHECK(total.at("number") == "14");
  CHECK(total.at("before") == "6");
  CHECK(value_in(figures, "indicators/roofs", "shape", "flat").at("before") == "6");
  CHECK_FALSE(world.figures(first).as_object().contains("before"));
}

// Two editions of the same roofs, with the pack of the second changed.
struct ChangedWorld : EditionWorld {
  Json second_after(const std::string& file, const std::string& from, const std::string& to) {
    roofs(7, kFlat);
    roofs(7, kRound);
    clock.set(*Instant::parse("2026-06-30T09:00:00Z"));
    published("2026-01-31");
    packs::Files files = packs::testing::replaced(
        packs::testing::read_folder("tests/packs/indicators"), file, from, to);
    files = packs::testing::replaced(std::move(files), "pack.yaml", "version: 1.0.0",
                                     "version: 1.1.0");
    REQUIRE_FALSE(packs.activate({files}, "system").error);
    return figures(published("2026-06-30"));
  }
};

TEST_CASE("edition: a field with another name is compared, and another field is not") {
  const char* form = "forms/roof.yaml";
  ChangedWorld renamed;
  const Json same = renamed.second_after(form, "label: {nl: Lekken, en: Leaks}",
                                         "label: {nl: Gaten, en: Holes}");
  const Json& leaks = indicator_in(same, "indicators/leaks");
  CHECK(leaks.at("of").at("nl") == "Gaten");
  CHECK_FALSE(leaks.as_object().contains("definition_changed"));
  CHECK(leaks.at("total").as_object().contains("before"));

  ChangedWorld moved;
  const Json other = moved.second_after("indicators/leaks.yaml", "of: leaks, by: surface",
                                        "of: surface, by: leaks");
  CHECK(indicator_in(other, "indicators/leaks").as_object().contains("definition_changed"));

  ChangedWorld divided;
  const Json by = divided.second_after("indicators/roofs.yaml", "shape: {field: shape}",
                                       "shape: {title: {nl: Vorm, en: Shape}, field: is_green}");
  const Json& roofs = indicator_in(by, "indicators/roofs");
  CHECK(roofs.at("total").as_object().contains("before"));
  for (const Json& value : roofs.at("dimensions").at(0).at("values").as_array()) {
    CHECK_FALSE(value.as_object().contains("before"));
  }
}

TEST_CASE("edition: one that sets a small group apart beside an earlier one is refused") {
  EditionWorld world;
  world.roofs(9, kFlat);
  world.roofs(9, kRound);
  world.clock.set(*Instant::parse("2026-06-30T09:00:00Z"));
  world.published("2026-01-31");
  world.make(EditionWorld::keeper(), "indicators/roof", kRound, "2026-03-01");
  Document second = world.draft();
  REQUIRE(world.count(second, "2026-06-30") == "");
  const auto refused = world.records.step(
      EditionWorld::editor("ed"), second.id,
      json::object{{"transition", "publish"}, {"fields", json::object{}}, {"reason", ""}},
      {second.version, {}});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "AP-0217");
  CHECK(EditionWorld::failure(world.records.read({}, second.id, {})) == "AP-0001");
}

TEST_CASE("edition: one edition of a form is published at a time") {
  EditionWorld world;
  world.roofs(6, kFlat);
  Document edition = world.draft();
  REQUIRE(world.count(edition) == "");
  const Instant now = world.clock.now();
  const Instant until = *add_microseconds(now, 60'000'000);
  REQUIRE(*world.store.take_lease("release indicators/edition", "another server", now, until));
  CHECK(world.publish(edition) == "AP-0220");
  REQUIRE(*world.store.take_lease("release indicators/edition", "another server", now, now));
  CHECK(world.publish(edition) == "");
}

TEST_CASE("edition: whose turn ran out while another published is not written") {
  EditionWorld world;
  world.roofs(6, kFlat);
  Document edition = world.draft();
  REQUIRE(world.count(edition) == "");
  const std::string turn = "release indicators/edition";
  const auto audit_for = [&](std::int64_t seconds, bool is_taken) {
    world.store.on_page = [&world, &turn, seconds, is_taken](const model::Query&) {
      world.clock.advance_microseconds(seconds * kMicrosecondsPerSecond);
      const Instant now = world.clock.now();
      // By another server, that has published and is done again.
      if (is_taken) CHECK(*world.store.take_lease(turn, "another server", now, now));
    };
  };
  audit_for(301, true);
  CHECK(world.publish(edition) == "AP-0220");
  // Where nobody came between, it is still ours.
  audit_for(301, false);
  CHECK(world.publish(edition) == "");
}

TEST_CASE("edition: figures that were not published are not for everybody, whatever the state") {
  EditionWorld world;
  packs::Files open = packs::testing::read_folder("tests/packs/indicators");
  auto& process = open["processes/edition-life.yaml"];
  const std::string internal = "meaning: attention, audience: internal}";
  const auto at = process.find(internal);
  REQUIRE(at != std::string::npos);
  process.replace(at, internal.size(), "meaning: attention}");
  auto& about = open["pack.yaml"];
  about.replace(about.find("version: 1.0.0"), 14, "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({open}, "system").error);
  world.roofs(6, kFlat);
  Document edition = world.draft();
  REQUIRE(world.count(edition) == "");
  CHECK_FALSE(world.read({}, edition.id).at("fields").as_object().contains("figures"));
  CHECK(world.figures(edition, EditionWorld::editor()).is_object());
}

TEST_CASE("edition: who does not see all rows, or names a day to come, freezes nothing") {
  EditionWorld world;
  world.roofs(6, kFlat);
  Document edition = world.make(EditionWorld::keeper(), "indicators/edition", R"({"title":"e"})");
  CHECK(world.step(EditionWorld::keeper(), edition, "count", R"({"reference_day":"2026-01-31"})") ==
        "AP-0212");
  CHECK(world.count(edition, "2026-02-01") == "AP-0213");
  CHECK_FALSE(
      world.read(EditionWorld::editor(), edition.id).at("fields").as_object().contains("figures"));
}

TEST_CASE("edition: what was not counted is not published") {
  EditionWorld world;
  Document edition = world.draft();
  REQUIRE(world.step(EditionWorld::editor(), edition, "skip") == "");
  CHECK(world.publish(edition) == "AP-0216");
}

TEST_CASE("edition: going back and counting again takes what is known then") {
  EditionWorld world;
  world.roofs(6, kFlat);
  Document edition = world.draft();
  REQUIRE(world.count(edition) == "");
  world.roofs(6, kRound);
  REQUIRE(world.step(EditionWorld::editor(), edition, "rework") == "");
  REQUIRE(world.count(edition) == "");
  REQUIRE(world.publish(edition) == "");
  const Json figures = world.figures(edition);
  CHECK(indicator_in(figures, "indicators/roofs").at("total").at("number") == "12");
}

}  // namespace
}  // namespace zicht::app
