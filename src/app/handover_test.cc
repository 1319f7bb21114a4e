// Hand-over over fakes: what an offer shows before and after it is accepted, for how long and to
// whom, what its keeper may still write, and that it tells nothing of what one may not see.
#include <doctest/doctest.h>

#include <string>

#include "app/testing/handover_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::with;
using World = testing::HandoverWorld;

Caller southern() { return World::southern(); }
Caller western() { return World::western(); }
Caller privacy_officer() { return World::privacy_officer(); }

std::string text(const Json& json, std::string_view key) {
  return std::string(json.as_object().at(key).as_string());
}

const std::string kAnna = R"({"call_name":"Anna","born_on":"2017-06-02"})";

TEST_CASE("handover: nothing is seen before it is accepted, then what the own roles reach") {
  World world;
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  const std::string id = world.offer(world.young);
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  CHECK(world.finds(southern(), "child") == "0");
  REQUIRE(world.accept(id) == "");
  CHECK(world.sees(southern(), world.young) == "call_name born_on");
  CHECK(world.finds(southern(), "child") == "1");
  CHECK(world.finds(southern(), "assignment") == "1");
  CHECK(world.records.history(world.now(southern()), world.young, {}).has_value());
  // Not of another child, not to a third, and no more than the role sees: notes ask a relation.
  CHECK(world.sees(southern(), world.middle) == "AP-0001");
  CHECK(world.sees(western(), world.young) == "AP-0001");
  CHECK(world.found(world.now(southern()), "note") == "AP-0003");
  // The keeper still sees and writes; the receiver writes nothing of the keeper's.
  CHECK(world.change(world.planner(), world.young, kAnna) == "");
  CHECK(world.change(world.now(southern()), world.young, R"({"call_name":"Anne"})") == "AP-0002");
}

TEST_CASE("handover: whoever sees a row is told who sees it by hand-over") {
  World world;
  const auto seen_by = [&] {
    return text(world.read(world.planner(), world.young).at("seen_by"), "nl");
  };
  CHECK(seen_by().find("Planner (eigen organisatie)") != std::string::npos);
  world.handed(world.young);
  CHECK(seen_by().find("Planner (eigen organisatie of Bibliotheek Zuid na overdracht)") !=
        std::string::npos);
}

TEST_CASE("handover: the receiver writes under the own organisation about who was handed over") {
  World world;
  const std::string fields = R"({"child":")" + world.young + R"(","holder":")" +
                             ProbeWorld::account(3) + R"(","since":"2026-01-31"})";
  const json::object body{{"form", "probe/assignment"}, {"fields", parsed(fields)}};
  CHECK(world.failure(world.records.create(southern(), body, {})) == "AP-0027");
  const std::string id = world.handed(world.young);
  const auto made = world.records.create(world.now(southern()), body, {});
  REQUIRE(made.has_value());
  CHECK(world.store.record(made->document.id, {})->organisation == "south");
  // What the south made, the north does not see.
  CHECK(world.sees(world.planner(), made->document.id) == "AP-0001");
  // The worker of the south is related now, so sees the notes of the north.
  CHECK(world.sees(ProbeWorld::mate(), world.note) != "AP-0001");
  // What the south made stays its own after the end.
  REQUIRE(world.act(southern(), id, HandoverAct::kReturn) == "");
  CHECK(world.sees(ProbeWorld::mate(), world.note) == "AP-0001");
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  CHECK(world.sees(southern(), made->document.id) != "AP-0001");
}

TEST_CASE("handover: it counts from its first day until its last has passed") {
  World world;
  world.handed(world.young, {{"from", "2026-02-02"}, {"until", "2026-02-04"}});
  const auto is_seen_on = [&](const std::string& day) {
    world.set_day(day);
    return world.sees(southern(), world.young) != "AP-0001";
  };
  CHECK_FALSE(is_seen_on("2026-02-01"));
  CHECK_FALSE(world.listed(southern())[0].at("over").as_bool());
  CHECK(is_seen_on("2026-02-02"));
  CHECK(is_seen_on("2026-02-03"));
  CHECK_FALSE(is_seen_on("2026-02-04"));
  CHECK_FALSE(world.now(southern()).is_receiving);
  CHECK(world.listed(southern())[0].at("counts").as_bool() == false);
  CHECK(world.listed(southern())[0].at("over").as_bool());
}

TEST_CASE("handover: of some forms, those alone") {
  World world;
  world.handed(world.young, {{"forms", json::array{"probe/assignment", "probe/assignment"}}});
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  CHECK(world.finds(southern(), "child") == "0");
  CHECK(world.finds(southern(), "assignment") == "1");
  const auto item = world.listed(world.planner())[0];
  CHECK(item.at("all_forms").as_bool() == false);
  CHECK(item.at("forms").as_array().size() == 1);
  // The receiver learns no more of whose file it is than it sees.
  CHECK_FALSE(world.listed(southern())[0].as_object().contains("person"));
}

TEST_CASE("handover: the keeper takes it back, the receiver gives it back or refuses it") {
  World world;
  const std::string first = world.handed(world.young);
  REQUIRE(world.act(world.planner(), first, HandoverAct::kWithdraw) == "");
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  const std::string second = world.handed(world.young);
  CHECK(world.sees(southern(), world.young) != "AP-0001");
  REQUIRE(world.act(southern(), second, HandoverAct::kReturn) == "");
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  const std::string third = world.offer(world.young);
  REQUIRE(world.act(southern(), third, HandoverAct::kRefuse) == "");
  const std::string fourth = world.offer(world.young);
  REQUIRE(world.act(world.planner(), fourth, HandoverAct::kWithdraw) == "");
  std::string states;
  for (const Json& each : world.listed(world.planner())) states += text(each, "state") + " ";
  CHECK(states == "withdrawn refused returned withdrawn ");
  // What is over is over.
  for (const std::string& id : {first, second, third, fourth}) {
    CHECK(world.accept(id) == "AP-0163");
    CHECK(world.act(southern(), id, HandoverAct::kReturn) == "AP-0163");
    CHECK(world.act(world.planner(), id, HandoverAct::kWithdraw) == "AP-0163");
  }
}

TEST_CASE("handover: an offer whose days have passed cannot be accepted") {
  World world;
  const std::string id = world.offer(world.young, {{"until", "2026-02-02"}});
  world.set_day("2026-02-02");
  CHECK(world.listed(southern())[0].at("over").as_bool());
  CHECK(world.accept(id) == "AP-0163");
  CHECK(world.act(southern(), id, HandoverAct::kRefuse) == "");
}

TEST_CASE("handover: each side does its own, and only who may hand over") {
  World world;
  const std::string id = world.offer(world.young);
  CHECK(world.act(world.planner(), id, HandoverAct::kAccept) == "AP-0002");
  CHECK(world.act(southern(), id, HandoverAct::kWithdraw) == "AP-0002");
  CHECK(world.act(western(), id, HandoverAct::kAccept) == "AP-0001");
  CHECK(world.act(world.mate(), id, HandoverAct::kAccept) == "AP-0001");
  CHECK(world.act(privacy_officer(), id, HandoverAct::kWithdraw) == "AP-0001");
  CHECK(world.act({}, id, HandoverAct::kAccept) == "AP-0004");
  CHECK(world.act(southern(), "none", HandoverAct::kAccept) == "AP-0001");
  CHECK(world.act(southern(), id, HandoverAct::kRefuse, "") == "AP-0028");
  CHECK(world.act(southern(), id, HandoverAct::kAccept, "") == "");
}

TEST_CASE("handover: who may not see or hand over a file cannot offer it") {
  World world;
  const json::object west{{"organisation", "west"}};
  CHECK(world.refused_offer(world.young, west, southern()) == "AP-0001");
  CHECK(world.refused_offer("none", west, southern()) == "AP-0001");
  CHECK(world.refused_offer(world.young, {}, world.worker()) == "AP-0002");
  CHECK(world.refused_offer(world.team, {}) == "AP-0002");
  CHECK(world.refused_offer(world.young, {}, Caller{}) == "AP-0004");
  // What was received is not handed on.
  world.handed(world.young);
  CHECK(world.refused_offer(world.young, west, world.now(southern())) == "AP-0002");
}

TEST_CASE("handover: terms that make no sense are refused with what to do") {
  World world;
  const auto refused = [&](json::object more) {
    return world.refused_offer(world.young, std::move(more));
  };
  CHECK(refused({{"organisation", "nowhere"}}) == "AP-0160");
  CHECK(refused({{"organisation", "north"}}) == "AP-0160");
  CHECK(refused({{"forms", json::array{}}}) == "AP-0161");
  CHECK(refused({{"forms", json::array{"probe/team"}}}) == "AP-0161");
  CHECK(refused({{"forms", json::array{"probe/none"}}}) == "AP-0161");
  // A form out of sight answers like one that is not there.
  CHECK(refused({{"forms", json::array{"probe/note"}}}) == "AP-0161");
  CHECK(refused({{"until", "2026-01-31"}}) == "AP-0162");
  CHECK(refused({{"from", "2026-03-01"}, {"until", "2026-03-01"}}) == "AP-0162");
  CHECK(refused({{"reason", " "}}) == "AP-0028");
  CHECK(refused({{"basis", " "}}) == "AP-0164");
  CHECK(refused({{"basis", std::string(501, 'a')}}) == "AP-0164");
  CHECK(world.failure(world.handovers.search(world.planner(),
                                             json::object{{"direction", "sideways"}})) ==
        "AP-0165");
  CHECK(world.failure(world.handovers.search(world.planner(), json::object{{"limit", 0}})) ==
        "AP-0075");
  CHECK(world.failure(world.handovers.search({}, json::object{})) == "AP-0004");
}

TEST_CASE("handover: a keeper that gave up writing writes nothing until it ends") {
  World world;
  const std::string id = world.offer(world.young, {{"gives_up", true}});
  const auto kinds = [&] {
    std::string all;
    const Json record = world.read(world.planner(), world.young);
    for (const Json& action : record.at("actions").as_array()) all += text(action, "kind") + " ";
    return all;
  };
  CHECK(kinds() == "change hand_over ");
  CHECK(world.change(world.planner(), world.young, kAnna) == "");
  REQUIRE(world.accept(id) == "");
  CHECK(kinds() == "hand_over ");
  CHECK(world.read(world.planner(), world.young).at("given_up").as_bool());
  CHECK_FALSE(world.read(world.planner(), world.middle).as_object().contains("given_up"));
  CHECK(world.change(world.planner(), world.young, kAnna) == "AP-0166");
  CHECK(world.change(world.now(southern()), world.young, kAnna) == "AP-0002");
  CHECK(world.change(world.worker(), world.note, ProbeWorld::note_about(world.young, "")) ==
        "AP-0166");
  const json::object step{{"transition", "close"}, {"fields", parsed("{}")}};
  CHECK(world.failure(world.records.step(world.worker(), world.note, step, {1, {}})) ==
        "AP-0166");
  // A note about another child too: it is in the file that was handed over.
  CHECK(world.change(world.worker(), world.shared_note,
                     ProbeWorld::note_about(world.middle, world.young)) == "AP-0166");
  // Others' files go on.
  CHECK(world.change(world.planner(), world.middle, R"({"call_name":"Ben"})") == "");
  REQUIRE(world.act(southern(), id, HandoverAct::kReturn) == "");
  CHECK(world.change(world.planner(), world.young, kAnna) == "");
}

TEST_CASE("handover: the list tells each side its own, and the person to who may see it") {
  World world;
  const std::string id = world.offer(world.young);
  const auto incoming = world.listed(southern(), {{"direction", "incoming"}});
  REQUIRE(incoming.size() == 1);
  CHECK(text(incoming[0], "state") == "offered");
  CHECK(text(incoming[0], "reason") == "Verhuisd");
  CHECK(text(incoming[0], "basis") == "Artikel 1");
  CHECK(incoming[0].at("may") == json::array{"accept", "refuse"});
  CHECK_FALSE(incoming[0].as_object().contains("person"));
  CHECK(world.listed(southern(), {{"direction", "outgoing"}}).empty());
  const auto outgoing = world.listed(world.planner(), {{"direction", "outgoing"}});
  REQUIRE(outgoing.size() == 1);
  CHECK(text(outgoing[0].at("person"), "title") == "Anna");
  CHECK(outgoing[0].at("may") == json::array{"withdraw"});
  CHECK(world.listed(western()).empty());
  CHECK(world.listed(world.worker()).empty());
  // A privacy officer sees that it is so, not who it is.
  const auto watched = world.listed(privacy_officer());
  REQUIRE(watched.size() == 1);
  CHECK_FALSE(watched[0].at("person").as_object().contains("title"));
  CHECK(watched[0].at("may").as_array().empty());
  REQUIRE(world.accept(id) == "");
  CHECK(text(world.listed(southern())[0].at("person"), "title") == "Anna");
  CHECK(world.listed(southern())[0].at("may") == json::array{"return"});
  CHECK(text(world.listed(southern())[0], "answer") == "Zo is het");
  REQUIRE(world.act(world.planner(), id, HandoverAct::kWithdraw, "Vergissing") == "");
  CHECK_FALSE(world.listed(southern())[0].as_object().contains("person"));
  CHECK(text(world.listed(southern())[0], "end_reason") == "Vergissing");
}

TEST_CASE("handover: the list goes page after page, and tells with whom one may deal") {
  World world;
  for (const std::string& child : {world.young, world.middle, world.old}) world.offer(child);
  const auto page = [&](json::object body) {
    return parsed(*world.handovers.search(world.planner(), body));
  };
  const Json first = page({{"limit", 2}, {"direction", "outgoing"}});
  CHECK(first.at("items").as_array().size() == 2);
  const Json second = page({{"before", first.at("next")}});
  CHECK(second.at("items").as_array().size() == 1);
  CHECK_FALSE(second.as_object().contains("next"));
  std::string names;
  for (const Json& each : first.at("organisations").as_array()) names += text(each, "id") + " ";
  CHECK(names == "west south ");
  CHECK(page({{"person", world.old}}).at("items").as_array().size() == 1);
}

TEST_CASE("handover: whose file an offer is about cannot be found out by asking for each person") {
  World world;
  world.offer(world.young);
  const auto asked = [&](const std::string& person) {
    return world.failure(world.handovers.search(southern(), json::object{{"person", person}}));
  };
  CHECK(asked(world.young) == "AP-0001");
  CHECK(asked(world.middle) == "AP-0001");
  CHECK(asked(std::string(26, '9')) == "AP-0001");
}

TEST_CASE("handover: the same key gives the same offer again") {
  World world;
  const std::string first = world.offer(world.young, {}, world.planner(), "key");
  CHECK(world.offer(world.young, {}, world.planner(), "key") == first);
  CHECK(world.listed(world.planner()).size() == 1);
}

TEST_CASE("handover: the read log names the organisation that looked") {
  World world;
  world.handed(world.young);
  CHECK(world.sees(southern(), world.young) != "AP-0001");
  ReadQuery query;
  query.subject = world.young;
  const auto entries = world.read_log.find(query);
  REQUIRE(entries.has_value());
  REQUIRE_FALSE(entries->entries.empty());
  CHECK(entries->entries.front().organisation == "south");
  CHECK(entries->entries.front().action == "read");
}

TEST_CASE("handover: who listens in the receiving organisation is told of changes") {
  World world;
  CHECK(world.change(world.planner(), world.young, kAnna) == "");
  CHECK(world.feed.told.empty());
  world.handed(world.young);
  CHECK(world.change(world.planner(), world.young, kAnna) == "");
  CHECK(world.feed.told == std::set<std::string>{"south"});
  CHECK(world.change(world.planner(), world.middle, R"({"call_name":"Ben"})") == "");
  CHECK(world.feed.told.empty());
}

}  // namespace
}  // namespace zicht::app
