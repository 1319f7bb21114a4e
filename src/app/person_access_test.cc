// Rules with conditions, end to end over the use cases: who is what to whom, since when, for what
// purpose, and how old the child is. The pack is tests/packs/probe: three children of 8, 13 and 16
// years, their mother, a worker, a team, a planner of each of two organisations.
#include <doctest/doctest.h>

#include <string>

#include "app/testing/probe_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

using testing::ProbeWorld;
using testing::with;

TEST_CASE("person access: a worker reads about the children that are assigned, for giving care") {
  ProbeWorld world;
  CHECK(world.seen(world.worker(), world.young) == "call_name born_on");
  CHECK(world.seen(world.worker(), world.middle) == "call_name born_on");
  CHECK(world.seen(world.worker(), world.old) == "AP-0001");
  CHECK(world.found(world.worker(), "child") == "2");
  CHECK(world.found(world.worker(), "note") == "2");
  const Caller without = with(world.worker(), "");
  CHECK(world.seen(without, world.young) == "AP-0001");
  CHECK(world.found(without, "child") == "AP-0003");
  const Caller otherwise = with(world.worker(), "probe/complaint");
  CHECK(world.seen(otherwise, world.young) == "AP-0001");
}

TEST_CASE("person access: a team opens its children to its members, wherever they work") {
  ProbeWorld world;
  CHECK(world.seen(world.mate(), world.middle) == "call_name born_on");
  CHECK(world.seen(world.mate(), world.young) == "AP-0001");
  CHECK(world.found(world.mate(), "child") == "1");
  // A note is read by who is related to any child that it names.
  CHECK(world.seen(world.mate(), world.shared_note) ==
        "child other_children happened_on kind text");
  CHECK(world.seen(world.mate(), world.note) == "AP-0001");
  REQUIRE(world.change(world.planner(), world.team, R"({"name":"Team"})") == "");
  CHECK(world.seen(world.mate(), world.middle) == "AP-0001");
  CHECK(world.found(world.mate(), "note") == "0");
}

TEST_CASE("person access: a relation begins on its first day and is over on its last") {
  ProbeWorld world;
  world.tie("assignment", world.old, world.account(2), "2026-02-02", "2026-02-04");
  const auto on = [&](const char* moment) {
    world.clock.set(*Instant::parse(moment));
    return world.seen(world.worker(), world.old);
  };
  CHECK(on("2026-02-01T22:59:59Z") == "AP-0001");
  CHECK(on("2026-02-01T23:00:00Z") == "call_name born_on");
  CHECK(on("2026-02-03T22:59:59Z") == "call_name born_on");
  CHECK(on("2026-02-03T23:00:00Z") == "AP-0001");
}

TEST_CASE("person access: a parent sees of a child what belongs to the age of the child") {
  ProbeWorld world;
  const auto with_address = [&](const std::string& id, const std::string& name,
                                const std::string& born) {
    return world.change(world.worker(), id, R"({"call_name":")" + name + R"(","born_on":")" + born +
                                                R"(","address":"Dorpsstraat 1"})");
  };
  REQUIRE(with_address(world.young, "Anna", "2017-06-01") == "");
  REQUIRE(with_address(world.middle, "Ben", "2013-01-31") == "");
  CHECK(world.seen(world.parent(), world.young) == "call_name born_on address");
  CHECK(world.seen(world.parent(), world.middle) == "call_name born_on");
  CHECK(world.seen(world.parent(), world.old) == "AP-0001");
  CHECK(world.found(world.parent(), "child") == "2");
  CHECK(world.found(world.parent(), "child", {{"text", "Cas"}}) == "0");
  // Until the sixteenth birthday that file was open too, and from it on also to no list.
  world.clock.set(*Instant::parse("2025-01-31T09:00:00Z"));
  CHECK(world.seen(world.parent(), world.old) == "call_name born_on");
  CHECK(world.found(world.parent(), "child", {{"text", "Cas"}}) == "1");
  world.clock.set(*Instant::parse("2025-02-01T09:00:00Z"));
  CHECK(world.seen(world.parent(), world.old) == "AP-0001");
  // Bound to somebody else the same account has no children.
  CHECK(world.found(with(world.parent(), "", world.young), "child") == "0");
}

TEST_CASE("person access: a child reads its own file from the age of twelve") {
  ProbeWorld world;
  CHECK(world.seen(world.child(world.young), world.young) == "AP-0001");
  CHECK(world.seen(world.child(world.middle), world.middle) == "call_name born_on");
  CHECK(world.seen(world.child(world.middle), world.young) == "AP-0001");
  CHECK(world.found(world.child(world.middle), "child") == "1");
  // A note that names a child under sixteen stays closed, also to the one who is old enough.
  CHECK(world.seen(world.child(world.middle), world.shared_note) == "AP-0001");
}

TEST_CASE("person access: a date of birth that is not known opens nothing that asks for an age") {
  ProbeWorld world;
  const std::string nameless =
      world.make(world.planner(), "probe/child", R"({"call_name":"Dirk"})").id;
  world.tie("custody", nameless, world.mother, "2020-01-01");
  CHECK(world.seen(world.parent(), nameless) == "AP-0001");
  CHECK(world.seen(world.child(nameless), nameless) == "AP-0001");
}

TEST_CASE("person access: who handles a complaint sees less than the role could") {
  ProbeWorld world;
  CHECK(world.seen(world.officer(), world.note) == "AP-0001");
  const Caller handling = with(world.officer(), "probe/complaint");
  CHECK(world.seen(handling, world.note) == "child happened_on kind");
  CHECK(world.found(handling, "note") == "2");
}

TEST_CASE("person access: a record cannot be made about, or moved to, somebody out of reach") {
  ProbeWorld world;
  const Json fields = parsed(ProbeWorld::note_about(world.old, ""));
  json::object body{{"form", "probe/note"}, {"fields", fields}};
  // The child is not there for this worker.
  CHECK(RecordWorld::failure(world.records.create(world.worker(), body, {})) == "AP-0027");
  CHECK(world.change(world.worker(), world.note, ProbeWorld::note_about(world.old, "")) ==
        "AP-0027");
  CHECK(world.change(world.worker(), world.note, ProbeWorld::note_about(world.middle, "")) == "");
  // With another purpose the note is not there at all.
  CHECK(world.change(with(world.worker(), "probe/complaint"), world.note, "{}") == "AP-0001");
}

TEST_CASE("person access: an earlier version about another child is not told") {
  ProbeWorld world;
  REQUIRE(world.change(world.worker(), world.note, ProbeWorld::note_about(world.middle, "")) == "");
  const auto history = world.records.history(world.mate(), world.note, {});
  REQUIRE(history.has_value());
  CHECK(parsed(*history).at("items").as_array().size() == 1);
  CHECK(history->find(world.young) == std::string::npos);
  const auto whole = world.records.history(world.worker(), world.note, {});
  CHECK(parsed(*whole).at("items").as_array().size() == 2);
}

TEST_CASE("person access: a step and a task are for the role that reaches the record") {
  ProbeWorld world;
  const auto tasks = [&](const Caller& caller) {
    return parsed(*world.tasks.search(caller, json::object{})).at("items").as_array().size();
  };
  CHECK(tasks(world.worker()) == 2);
  CHECK(tasks(world.mate()) == 1);
  CHECK(tasks(with(world.worker(), "")) == 0);
  const auto close = [&](const Caller& caller, const std::string& id) {
    json::object body{{"transition", "close"}, {"fields", parsed(R"({"closed_on":"2026-01-30"})")}};
    return RecordWorld::failure(world.records.step(caller, id, body, {1, {}}));
  };
  CHECK(close(world.mate(), world.note) == "AP-0001");
  CHECK(close(world.psychologist(), world.note) == "AP-0001");
  CHECK(close(world.mate(), world.shared_note) == "");
}

TEST_CASE("person access: the catalogue says for which purposes somebody can be here") {
  ProbeWorld world;
  const auto purposes = [&](const Caller& caller) {
    std::string names;
    const Json catalogue = parsed(*world.catalogue.catalogue(caller).json);
    for (const Json& pack : catalogue.at("packs").as_array()) {
      const Json* all = pack.as_object().if_contains("purposes");
      if (all == nullptr) continue;
      for (const auto& member : all->as_object()) names += std::string(member.key()) + " ";
    }
    return names;
  };
  CHECK(purposes(with(world.worker(), "")) == "probe/care ");
  CHECK(purposes(world.officer()) == "probe/complaint ");
  CHECK(purposes(world.planner()) == "");
  CHECK(purposes(RecordWorld::visitor()) == "");
}

}  // namespace
}  // namespace zicht::app
