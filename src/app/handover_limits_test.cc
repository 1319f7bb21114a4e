// What a hand-over does not give: no writing by a relation that the receiver recorded, no tasks, no
// emergency accesses; who may end it; what its keeper gave up; and what is noted and told of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "app/internal/held_roles.h"
#include "app/scheduler.h"
#include "app/testing/handover_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::ProbeWorld;
using testing::with;
using World = testing::HandoverWorld;

const std::string kAnna = R"({"call_name":"Anna","born_on":"2017-06-02"})";

Caller southern() { return World::southern(); }

// A worker of a third organisation, to give care.
Caller western_worker() {
  return with(ProbeWorld::signed_in(8, "west", "worker"), "probe/care");
}

// An assignment that somebody records about a child.
json::object assignment(const std::string& child, const std::string& holder) {
  return {{"form", "probe/assignment"},
          {"fields", json::object{{"child", child}, {"holder", holder}, {"since", "2026-01-31"}}}};
}

std::string correct(World& world, const Caller& caller, const std::string& id,
                    const std::string& fields) {
  const auto before = world.store.record(id, {});
  const json::object body{{"fields", parsed(fields)}, {"reason", "omdat"},
                          {"valid_from", "2026-01-15"}, {"valid_to", "2026-01-20"}};
  return World::failure(world.records.correct(caller, id, body, {before->version, {}}));
}

std::string close(World& world, const Caller& caller, const std::string& id) {
  const auto before = world.store.record(id, {});
  const json::object body{{"transition", "close"},
                          {"fields", json::object{{"closed_on", "2026-01-31"}}}};
  return World::failure(world.records.step(caller, id, body, {before->version, {}}));
}

std::size_t tasks(World& world, const Caller& caller) {
  const auto page = world.tasks.search(world.now(caller), json::object{});
  REQUIRE(page.has_value());
  return parsed(*page).at("items").as_array().size();
}

TEST_CASE("handover: a relation that the receiver records gives a look while it lasts, no more") {
  World world;
  const Caller mate = ProbeWorld::mate();
  const std::size_t before = tasks(world, mate);
  const std::string id = world.handed(world.young);
  REQUIRE(world.records.create(world.now(southern()), assignment(world.young, mate.account), {})
              .has_value());
  CHECK(world.sees(mate, world.young) == "call_name born_on");
  CHECK(world.sees(mate, world.note) != "AP-0001");
  CHECK(world.finds(mate, "note") == "2");
  const Caller now = world.now(mate);
  CHECK(world.change(now, world.young, kAnna) == "AP-0002");
  CHECK(world.change(now, world.note, ProbeWorld::note_about(world.young, "")) == "AP-0002");
  CHECK(correct(world, now, world.note, ProbeWorld::note_about(world.young, "")) == "AP-0002");
  CHECK(close(world, now, world.note) == "AP-0002");
  CHECK(tasks(world, mate) == before);
  const Json shown = world.read(now, world.note);
  CHECK(shown.at("actions").as_array().empty());
  // Their own organisation's rows about the person are theirs to write.
  const auto own = world.make(now, "probe/note", ProbeWorld::note_about(world.young, ""));
  CHECK(world.change(now, own.id, ProbeWorld::note_about(world.young, "")) == "");
  REQUIRE(world.act(world.planner(), id, HandoverAct::kWithdraw) == "");
  CHECK(world.sees(mate, world.young) == "AP-0001");
  CHECK(world.sees(mate, world.note) == "AP-0001");
  CHECK(world.finds(mate, "note") == "2");
  CHECK(world.sees(mate, own.id) != "AP-0001");
  CHECK(world.change(world.now(mate), own.id, ProbeWorld::note_about(world.young, "")) == "");
}

TEST_CASE("handover: the receiver lets no third organisation look by a relation") {
  World world;
  world.put_account({.id = ProbeWorld::account(8),
                     .person = "person-8",
                     .login = "person-8",
                     .name = "Worker 8",
                     .organisation = "west",
                     .roles = {"probe/worker"}});
  world.handed(world.young);
  for (const std::string& holder : {ProbeWorld::account(3), ProbeWorld::account(8)}) {
    REQUIRE(world.records.create(world.now(southern()), assignment(world.young, holder), {})
                .has_value());
  }
  const auto own = world.make(world.now(ProbeWorld::mate()), "probe/note",
                              ProbeWorld::note_about(world.young, ""));
  CHECK(world.sees(western_worker(), world.young) == "AP-0001");
  CHECK(world.sees(western_worker(), world.note) == "AP-0001");
  CHECK(world.finds(western_worker(), "note") == "1");
  CHECK(world.sees(western_worker(), own.id) != "AP-0001");
}

TEST_CASE("handover: who keeps the record of a person lets workers of others work in it still") {
  World world;
  const auto note = world.make(world.worker(), "probe/note",
                               ProbeWorld::note_about(world.middle, ""));
  CHECK(world.change(ProbeWorld::mate(), note.id, ProbeWorld::note_about(world.middle, "")) == "");
  // And those of the keeper see what the others wrote about that person.
  const auto others = world.make(ProbeWorld::mate(), "probe/note",
                                 ProbeWorld::note_about(world.middle, ""));
  CHECK(world.store.record(others.id, {})->organisation == "south");
  CHECK(world.sees(world.worker(), others.id) != "AP-0001");
}

TEST_CASE("handover: tasks and emergency accesses of the keeper stay with the keeper") {
  World world;
  world.handed(world.young);
  const Caller receiver = world.now(southern());
  REQUIRE(receiver.is_receiving);
  const auto held = internal::held_roles(*world.packs.rules(), receiver);
  REQUIRE_FALSE(held.empty());
  for (const TaskQuery::Held& each : held) {
    CAPTURE(each.form);
    CHECK(std::none_of(each.scope.through.begin(), each.scope.through.end(),
                       [](const auto& reach) { return !reach.handed_form.empty(); }));
  }
}

TEST_CASE("handover: what its keeper gave up nobody of it makes, moves or corrects") {
  World world;
  const std::string past = ProbeWorld::note_about(world.young, "");
  const std::string other = ProbeWorld::note_about(world.middle, "");
  const auto moved = world.make(world.worker(), "probe/note", past, "2026-01-10");
  REQUIRE(world.change(world.worker(), moved.id, other) == "");
  const std::string id = world.handed(world.young, {{"gives_up", true}});
  const auto create = [&](const Caller& caller) {
    const json::object body{{"form", "probe/note"}, {"fields", parsed(past)}};
    return World::failure(world.records.create(caller, body, {}));
  };
  CHECK(create(world.worker()) == "AP-0166");
  CHECK(world.failure(world.records.create(
            world.planner(), assignment(world.young, ProbeWorld::account(2)), {})) == "AP-0166");
  CHECK(world.change(world.worker(), moved.id, past) == "AP-0166");
  CHECK(correct(world, world.worker(), moved.id, other) == "AP-0166");
  // Others' files, and the own rows of the receiver, go on.
  CHECK(world.change(world.worker(), moved.id, other) == "");
  REQUIRE(world.records.create(world.now(southern()),
                               assignment(world.young, ProbeWorld::account(3)), {})
              .has_value());
  CHECK(create(world.now(ProbeWorld::mate())) == "");
  REQUIRE(world.act(world.planner(), id, HandoverAct::kWithdraw) == "");
  CHECK(create(world.worker()) == "");
  CHECK(correct(world, world.worker(), moved.id, other) == "");
  CHECK(world.change(world.worker(), moved.id, past) == "");
}

TEST_CASE("handover: time goes on in what its keeper gave up") {
  World world;
  world.handed(world.young, {{"gives_up", true}});
  const std::int64_t before = world.store.record(world.note, {})->version;
  world.set_day("2026-02-10");
  Scheduler scheduler(world.store, world.packs, world.feed, world.clock, "one");
  REQUIRE(scheduler.run_once(Date::of(2026, 2, 10)).has_value());
  CHECK(world.store.record(world.note, {})->version > before);
}

TEST_CASE("handover: several may last at once, and each ends by itself") {
  World world;
  const std::string first = world.handed(world.young, {{"gives_up", true}});
  const std::string second =
      world.offer(world.young, {{"organisation", "west"}, {"gives_up", true}});
  REQUIRE(world.act(World::western(), second, HandoverAct::kAccept) == "");
  CHECK(world.sees(southern(), world.young) != "AP-0001");
  CHECK(world.sees(World::western(), world.young) != "AP-0001");
  REQUIRE(world.act(world.planner(), first, HandoverAct::kWithdraw) == "");
  CHECK(world.sees(southern(), world.young) == "AP-0001");
  CHECK(world.change(world.planner(), world.young, kAnna) == "AP-0166");
  REQUIRE(world.act(World::western(), second, HandoverAct::kReturn) == "");
  CHECK(world.change(world.planner(), world.young, kAnna) == "");
}

TEST_CASE("handover: on the side of the keeper it is for who may hand over that very file") {
  World world;
  world.activate_with("- {do: [read, change], relation: [worker, team], purpose: [care]}",
                      "- {do: [read, change, hand_over], relation: [worker], purpose: [care]}");
  const std::string young = world.offer(world.young);
  const std::string old = world.offer(world.old);
  const auto ids = [&](const Caller& caller) {
    std::string all;
    for (const Json& each : world.listed(caller)) {
      all += std::string(each.at("id").as_string()) + " ";
    }
    return all;
  };
  CHECK(ids(world.planner()) == old + " " + young + " ");
  // The worker is assigned to the youngest alone.
  CHECK(ids(world.worker()) == young + " ");
  CHECK(ids(with(world.worker(), "")) == "");
  // That there are others is not to be read off the pages.
  const auto page = world.handovers.search(world.worker(), json::object{{"limit", 1}});
  REQUIRE(page.has_value());
  CHECK_FALSE(parsed(*page).as_object().contains("next"));
  CHECK(world.act(world.worker(), old, HandoverAct::kWithdraw) == "AP-0001");
  CHECK(world.act(world.worker(), young, HandoverAct::kWithdraw) == "");
}

TEST_CASE("handover: where nobody may hand over any more its keeper still takes back") {
  World world;
  const std::string id = world.handed(world.young);
  const std::string open = world.offer(world.old);
  world.activate_with("planner: [read, create, change, hand_over]",
                      "planner: [read, create, change]");
  CHECK(world.refused_offer(world.middle, {}) == "AP-0002");
  CHECK(world.act(southern(), open, HandoverAct::kAccept) == "AP-0001");
  CHECK(world.act(World::western(), id, HandoverAct::kWithdraw) == "AP-0001");
  REQUIRE(world.listed(world.planner()).size() == 2);
  CHECK(world.listed(world.planner())[0].at("may") == json::array{"withdraw"});
  CHECK(world.act(world.planner(), id, HandoverAct::kWithdraw) == "");
  CHECK(world.act(world.planner(), open, HandoverAct::kWithdraw) == "");
  CHECK(world.sees(southern(), world.young) == "AP-0001");
}

TEST_CASE("handover: whatever came of an offer, the same request gets its first answer") {
  World world;
  const Idempotency key{"key", "request"};
  const json::object terms = World::terms({{"until", "2026-02-02"}});
  const auto asked = [&] {
    const auto made = world.handovers.offer(world.planner(), world.young, terms, {0, key});
    REQUIRE(made.has_value());
    return *made;
  };
  const std::string first = asked();
  const std::string id(parsed(first).at("id").as_string());
  REQUIRE(world.accept(id) == "");
  CHECK(asked() == first);
  REQUIRE(world.act(world.planner(), id, HandoverAct::kWithdraw) == "");
  CHECK(asked() == first);
  // The same terms make no sense any more; without the key they are refused.
  world.set_day("2026-02-02");
  CHECK(parsed(asked()).at("id") == parsed(first).at("id"));
  CHECK(world.refused_offer(world.young, {{"until", "2026-02-02"}}) == "AP-0162");
}

TEST_CASE("handover: a privacy officer sees each once, and every person told is noted") {
  World world;
  world.offer(world.young);
  world.offer(world.old);
  world.read_log.clear();
  const auto all = world.listed(World::privacy_officer());
  REQUIRE(all.size() == 2);
  CHECK(all[0].at("person").at("id").as_string() == world.old);
  REQUIRE(world.read_log.entries().size() == 1);
  const ReadEntry noted = world.read_log.entries().front();
  CHECK(noted.action == "handovers");
  CHECK(std::set<std::string>(noted.subjects.begin(), noted.subjects.end()) ==
        std::set<std::string>{world.young, world.old});
  for (const char* direction : {"incoming", "outgoing"}) {
    CHECK(world.listed(World::privacy_officer(), {{"direction", direction}}).empty());
  }
  // Before it is accepted the receiver is told of nobody.
  world.read_log.clear();
  CHECK(world.listed(southern()).size() == 2);
  CHECK(world.read_log.entries().empty());
}

TEST_CASE("handover: forms that one may not look at are not named, and said to be there") {
  World world;
  world.offer(world.young, {{"forms", json::array{"probe/assignment"}}});
  const auto hidden = world.listed(World::privacy_officer())[0];
  CHECK(hidden.at("forms").as_array().empty());
  CHECK(hidden.at("hides_forms").as_bool());
  CHECK_FALSE(world.listed(world.planner())[0].at("hides_forms").as_bool());
}

TEST_CASE("handover: those in one state are found alone") {
  World world;
  const std::string open = world.offer(world.young);
  world.handed(world.old);
  const auto offered = world.listed(southern(), {{"direction", "incoming"}, {"state", "offered"}});
  REQUIRE(offered.size() == 1);
  CHECK(offered[0].at("id").as_string() == open);
  CHECK(world.failure(world.handovers.search(southern(), json::object{{"state", "open"}})) ==
        "AP-0167");
}

TEST_CASE("handover: both organisations hear of an offer, its answer and its end") {
  World world;
  const std::string id = world.offer(world.young, {}, world.planner(), "key");
  CHECK(world.feed.handovers == 1);
  CHECK(world.feed.between == std::set<std::string>{"north", "south"});
  CHECK(world.offer(world.young, {}, world.planner(), "key") == id);
  CHECK(world.feed.handovers == 1);
  REQUIRE(world.accept(id) == "");
  CHECK(world.feed.handovers == 2);
  REQUIRE(world.act(world.planner(), id, HandoverAct::kWithdraw) == "");
  CHECK(world.feed.handovers == 3);
}

}  // namespace
}  // namespace zicht::app
