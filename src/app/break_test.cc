// Break-the-glass over fakes: what a break opens and for how long, who is told, and that a record
// that may not be broken answers like one that is not there.
#include <doctest/doctest.h>

#include <string>

#include "app/testing/probe_world.h"
#include "app/testing/told.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::RecordWorld;
using testing::told;
using testing::with;

Caller privacy_officer() { return RecordWorld::person("fg", "north", {"privacy-officer"}); }
// A worker of the north who has nothing to do with any child.
Caller stranger() { return ProbeWorld::signed_in(9, "north", "worker"); }
Caller reviewer() { return with(ProbeWorld::officer(), "probe/complaint"); }

void let_hours_pass(ProbeWorld& world, std::int64_t hours) {
  const auto now = world.clock.now().microseconds_since_epoch();
  world.clock.set(*Instant::from_microseconds(now + hours * 3'600'000'000));
}

json::array listed(ProbeWorld& world, const Caller& caller) {
  const auto page = world.breaks.search(caller, json::object{});
  REQUIRE(page.has_value());
  return parsed(*page).at("items").as_array();
}

std::string text(const Json& json, std::string_view key) {
  return std::string(json.as_object().at(key).as_string());
}

TEST_CASE("break: it opens one record up to what may be broken, and nothing else") {
  ProbeWorld world;
  CHECK(world.seen(world.looking(stranger()), world.note) == "AP-0001");
  REQUIRE(world.break_into(stranger(), world.note) == "");
  const Caller looking = world.looking(stranger());
  CHECK(world.seen(looking, world.note) == "child happened_on kind text");
  CHECK(world.found(looking, "note") == "1");
  CHECK(world.records.history(looking, world.note, {}).has_value());
  // Not for another purpose, not another record, not the child itself, not for somebody else.
  CHECK(world.seen(with(stranger(), "probe/care"), world.note) == "AP-0001");
  CHECK(world.seen(looking, world.shared_note) == "AP-0001");
  CHECK(world.seen(looking, world.young) == "AP-0001");
  CHECK(world.seen(world.looking(world.planner()), world.note) == "AP-0001");
  // It is for looking alone.
  CHECK(world.change(looking, world.note, R"({"kind":"incident"})") == "AP-0002");
  const json::object step{{"transition", "close"}, {"fields", parsed("{}")}};
  CHECK(world.failure(world.records.step(looking, world.note, step, {1, {}})) != "");
  const json::object table{{"form", "probe/note"}, {"format", "csv"}};
  CHECK(world.failure(world.records.export_rows(looking, table, Language::kDutch)) == "AP-0002");
  // Whoever loses the role has nothing left of it.
  Caller without = looking;
  without.roles = {"probe/cleaner"};
  CHECK(world.seen(without, world.note) == "AP-0001");
}

TEST_CASE("break: it ends by itself, to the moment") {
  ProbeWorld world;
  REQUIRE(world.break_into(stranger(), world.note, 2) == "");
  let_hours_pass(world, 1);
  CHECK(world.seen(world.looking(stranger()), world.note) != "AP-0001");
  let_hours_pass(world, 1);
  CHECK(world.looking(stranger()).opened.empty());
  CHECK(world.seen(world.looking(stranger()), world.note) == "AP-0001");
  CHECK(listed(world, stranger())[0].at("open").as_bool() == false);
}

TEST_CASE("break: it can be ended early, by who broke, who is told or the privacy officer") {
  const auto ended_by = [](const Caller& caller) {
    ProbeWorld world;
    REQUIRE(world.break_into(stranger(), world.note) == "");
    const std::string id = text(listed(world, stranger())[0], "id");
    const std::string outcome = world.failure(world.breaks.end(caller, id));
    const bool is_over = world.seen(world.looking(stranger()), world.note) == "AP-0001";
    CHECK(is_over == outcome.empty());
    if (outcome.empty()) CHECK(world.failure(world.breaks.end(caller, id)) == "AP-0093");
    return outcome;
  };
  CHECK(ended_by(stranger()) == "");
  CHECK(ended_by(privacy_officer()) == "");
  CHECK(ended_by(reviewer()) == "");
  CHECK(ended_by(ProbeWorld::planner()) == "AP-0001");
  CHECK(ended_by(RecordWorld::visitor()) == "AP-0004");
}

TEST_CASE("break: what is not there and what may not be broken answer alike") {
  ProbeWorld world;
  struct Refused {
    std::string record;
    Caller caller;
  };
  // Nothing; no id; a form without the rule; another organisation; a role that may not.
  const Refused cases[] = {{std::string(26, '9'), stranger()},
                           {"x", stranger()},
                           {world.young, stranger()},
                           {world.note, with(ProbeWorld::signed_in(8, "south", "worker"), "")},
                           {world.note, world.planner()},
                           {world.note, privacy_officer()}};
  std::set<std::string> answers;
  for (const Refused& refused : cases) {
    CAPTURE(refused.record);
    world.read_log.clear();
    const json::object body{{"reason", "Er is gevaar"}, {"hours", 8}};
    answers.insert(told(world.breaks.open(refused.caller, refused.record, body, {})));
    const auto entries = world.read_log.entries();
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].action == "break");
    CHECK(entries[0].purpose == "noodtoegang");
    CHECK(entries[0].form == "");
    CHECK(entries[0].is_refused);
  }
  CHECK(answers.size() == 1);
  CHECK(world.failure(world.breaks.open(stranger(), world.young, json::object{}, {})) ==
        world.failure(
            world.breaks.open(stranger(), std::string(26, '9'), json::object{}, {})));
  CHECK(world.store.opened_by(stranger().account)->empty());
}

TEST_CASE("break: reason and hours are asked, and no more hours than the form gives") {
  ProbeWorld world;
  CHECK(world.break_into(stranger(), world.note, 8, "  ") == "AP-0028");
  CHECK(world.break_into(stranger(), world.note, 8, std::string(2001, 'x')) == "AP-0028");
  CHECK(world.break_into(stranger(), world.note, 0) == "AP-0090");
  CHECK(world.break_into(stranger(), world.note, 25) == "AP-0090");
  CHECK(world.break_into(stranger(), std::string(26, '9'), 169) == "AP-0090");
  CHECK(world.break_into(RecordWorld::visitor(), world.note) == "AP-0004");
  // Who sees as much already, for any purpose, has no need of it.
  CHECK(world.break_into(with(world.worker(), ""), world.note) == "AP-0091");
  CHECK(world.break_into(stranger(), world.note, 24) == "");
}

TEST_CASE("break: nobody holds more than a few records open") {
  ProbeWorld world;
  for (std::int64_t i = 0; i < BreakService::kMostOpen; ++i) {
    const auto note = world.make(world.worker(), "probe/note",
                                 ProbeWorld::note_about(world.young, ""));
    REQUIRE(world.break_into(stranger(), note.id) == "");
  }
  CHECK(world.break_into(stranger(), world.note) == "AP-0092");
}

TEST_CASE("break: the same key gives the same break again") {
  ProbeWorld world;
  const json::object body{{"reason", "Er is gevaar"}, {"hours", 8}};
  const WriteContext context{0, {"a-key", "a-request"}};
  const auto first = world.breaks.open(stranger(), world.note, body, context);
  const auto again = world.breaks.open(stranger(), world.note, body, context);
  REQUIRE(again.has_value());
  CHECK(*first == *again);
  CHECK(listed(world, stranger()).size() == 1);
}

TEST_CASE("break: the role that is named gets a task, and the privacy officer sees the list") {
  ProbeWorld world;
  const auto tasks_of = [&](const Caller& caller) {
    int count = 0;
    const auto page = world.tasks.search(caller, json::object{});
    REQUIRE(page.has_value());
    const Json answer = parsed(*page);
    for (const Json& item : answer.at("items").as_array()) {
      if (text(item, "key").starts_with("break:")) ++count;
    }
    return count;
  };
  CHECK(tasks_of(reviewer()) == 0);
  REQUIRE(world.break_into(stranger(), world.note, 8, "Er is gevaar") == "");
  CHECK(world.feed.tasks == 1);
  CHECK(tasks_of(reviewer()) == 1);
  CHECK(tasks_of(stranger()) == 0);
  // A new version of the record takes nothing away.
  CHECK(world.change(world.worker(), world.note, R"({"child":")" + world.young +
                     R"(","happened_on":"2026-01-21"})") == "");
  CHECK(tasks_of(reviewer()) == 1);
  for (const Caller& caller : {privacy_officer(), reviewer(), stranger()}) {
    CAPTURE(caller.name);
    const auto items = listed(world, caller);
    REQUIRE(items.size() == 1);
    CHECK(text(items[0], "reason") == "Er is gevaar");
    CHECK(text(items[0], "record") == world.note);
    CHECK(text(items[0].at("account"), "name") == "Worker 9");
  }
  for (const Caller& caller : {world.planner(), world.worker(), ProbeWorld::officer()}) {
    CHECK(listed(world, caller).empty());
  }
  CHECK(world.failure(world.breaks.search(RecordWorld::visitor(), json::object{})) == "AP-0004");
  CHECK(world.failure(world.breaks.search(stranger(), json::object{{"limit", 201}})) == "AP-0075");
}

TEST_CASE("break: somebody else reviews it, once") {
  ProbeWorld world;
  REQUIRE(world.break_into(stranger(), world.note) == "");
  const std::string id = text(listed(world, stranger())[0], "id");
  const auto review = [&](const Caller& caller, const std::string& outcome) {
    const json::object body{{"outcome", outcome}, {"note", "Gebeld met de begeleider"}};
    return world.failure(world.breaks.review(caller, id, body));
  };
  CHECK(review(reviewer(), "maybe") == "AP-0096");
  CHECK(review(world.planner(), "justified") == "AP-0001");
  CHECK(review(stranger(), "justified") == "AP-0094");
  // Another account of the same person.
  Caller same = privacy_officer();
  same.person = stranger().person;
  CHECK(review(same, "justified") == "AP-0094");
  CHECK(review(reviewer(), "unjustified") == "");
  CHECK(review(privacy_officer(), "justified") == "AP-0095");
  const auto items = listed(world, privacy_officer());
  CHECK(text(items[0], "outcome") == "unjustified");
  CHECK(text(items[0], "note") == "Gebeld met de begeleider");
  const auto page = world.tasks.search(reviewer(), json::object{});
  REQUIRE(page.has_value());
  CHECK(page->find("break:") == std::string::npos);
}

TEST_CASE("break: a list goes on where it stopped") {
  ProbeWorld world;
  REQUIRE(world.break_into(stranger(), world.note) == "");
  REQUIRE(world.break_into(stranger(), world.shared_note) == "");
  const auto first = parsed(*world.breaks.search(stranger(), json::object{{"limit", 1}}));
  REQUIRE(first.at("items").as_array().size() == 1);
  CHECK(text(first.at("items").at(0), "record") == world.shared_note);
  const auto second = parsed(*world.breaks.search(
      stranger(), json::object{{"limit", 1}, {"before", first.at("next")}}));
  CHECK(text(second.at("items").at(0), "record") == world.note);
  CHECK_FALSE(second.as_object().contains("next"));
}

TEST_CASE("break: who has looked tells of it by name") {
  ProbeWorld world;
  REQUIRE(world.break_into(stranger(), world.note) == "");
  REQUIRE(world.records.read(world.looking(stranger()), world.note, {}).has_value());
  const auto answer = world.readers.readers(privacy_officer(), world.young, "");
  REQUIRE(answer.has_value());
  int lines = 0;
  const Json items = parsed(*answer);
  for (const Json& line : items.at("items").as_array()) {
    const json::object* purpose = nullptr;
    if (line.as_object().contains("purpose")) purpose = &line.at("purpose").as_object();
    if (purpose == nullptr || purpose->at("id") != "noodtoegang") continue;
    CHECK(text(purpose->at("title"), "nl") == "Noodtoegang");
    ++lines;
  }
  CHECK(lines == 2);   // that it was opened, and that it was read
  CHECK(answer->find("Worker 9") == std::string::npos);
}

TEST_CASE("break: the catalogue says who may break what, and shows the form to who did") {
  ProbeWorld world;
  const auto shown = [&](const Caller& caller) {
    const Json catalogue = parsed(*world.catalogue.catalogue(caller).json);
    for (const Json& pack : catalogue.at("packs").as_array()) {
      if (text(pack, "name") == "probe") return pack.as_object();
    }
    return json::object();
  };
  const auto rules = shown(stranger()).at("break_glass").as_object();
  REQUIRE(rules.size() == 1);
  CHECK(rules.at("probe/note").at("hours").as_int64() == 24);
  CHECK_FALSE(shown(world.planner()).contains("break_glass"));
  CHECK_FALSE(shown(RecordWorld::visitor()).contains("break_glass"));
  CHECK_FALSE(shown(stranger()).at("forms").as_object().contains("note"));
  REQUIRE(world.break_into(stranger(), world.note) == "");
  const auto form = shown(world.looking(stranger())).at("forms").at("note");
  CHECK(form.at("fields").as_object().contains("text"));
  CHECK_FALSE(form.at("fields").as_object().contains("worry"));
}

}  // namespace
}  // namespace zicht::app
