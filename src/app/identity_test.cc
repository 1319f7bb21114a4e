// Persons are linked, never merged: a link can be undone, a split cannot.
// Method: the records of the probe pack over the store in memory; the store's own tables are
// compared with a rebuild in store/identity_test.cc.
#include <doctest/doctest.h>

#include <string>

#include "app/testing/probe_world.h"

using namespace zicht;
using namespace zicht::app;
using namespace zicht::app::testing;

namespace {

struct IdentityWorld : ProbeWorld {
  Document doubt(const std::string& one, const std::string& other) {
    return make(planner(), "probe/same-person", fields(one, other));
  }
  std::string linked(Document& document) { return step(planner(), document, "link"); }
  std::string undone(Document& document) { return step(planner(), document, "undo", "{}", "Fout"); }
  std::string split(Document& document) { return step(planner(), document, "split", "{}", "Nee"); }

  static std::string fields(const std::string& one, const std::string& other) {
    return R"({"one":")" + one + R"(","other":")" + other + R"(","evidence":"Zelfde BSN"})";
  }

  // The titles of who is the same as this person, for somebody.
  std::string same_as(const Caller& caller, const std::string& person) {
    const Json record = read(caller, person);
    const Json* same = record.as_object().if_contains("same_as");
    std::string titles;
    if (same == nullptr) return titles;
    for (const auto& [id, reference] : same->as_object()) {
      titles += std::string(reference.at("title").as_string()) + " ";
    }
    return titles;
  }
};

}  // namespace

TEST_CASE("identity: a link is told on both persons, over others too, until it is undone") {
  IdentityWorld w;
  Document first = w.doubt(w.young, w.middle), second = w.doubt(w.middle, w.old);
  CHECK(w.same_as(w.planner(), w.young).empty());  // a suspicion says nothing yet
  CHECK(w.linked(first).empty());
  CHECK(w.same_as(w.planner(), w.young) == "Ben ");
  CHECK(w.same_as(w.planner(), w.middle) == "Anna ");
  CHECK(w.linked(second).empty());
  const std::string both = w.same_as(w.planner(), w.young);
  CHECK((both == "Ben Cas " || both == "Cas Ben "));
  CHECK(w.undone(first).empty());
  CHECK(w.same_as(w.planner(), w.young).empty());
  CHECK(w.same_as(w.planner(), w.middle) == "Cas ");
  CHECK(w.linked(first).empty());
  CHECK_FALSE(w.same_as(w.planner(), w.young).empty());
}

TEST_CASE("identity: a link opens nothing, and is told only to who may see what says it") {
  IdentityWorld w;
  Document link = w.doubt(w.young, w.old);
  REQUIRE(w.linked(link).empty());
  CHECK(w.same_as(w.worker(), w.young).empty());
  CHECK(IdentityWorld::failure(w.records.read(w.worker(), w.old, {})) == "AP-0001");
  CHECK(IdentityWorld::failure(w.records.read(w.worker(), link.id, {})) == "AP-0001");
}

TEST_CASE("identity: who was split cannot be linked, nor through another") {
  IdentityWorld w;
  Document split = w.doubt(w.young, w.middle), direct = w.doubt(w.middle, w.young);
  Document other = w.doubt(w.middle, w.old), around = w.doubt(w.old, w.young);
  REQUIRE(w.split(split).empty());
  CHECK(w.linked(direct) == "AP-0140");
  CHECK(w.linked(other).empty());
  CHECK(w.linked(around) == "AP-0140");
  CHECK(w.undone(other).empty());
  CHECK(w.linked(around).empty());
  CHECK(w.same_as(w.planner(), w.young) == "Cas ");
}

TEST_CASE("identity: a split is for good, and not of who are still linked") {
  IdentityWorld w;
  Document link = w.doubt(w.young, w.middle), split = w.doubt(w.young, w.middle);
  REQUIRE(w.linked(link).empty());
  CHECK(w.split(split) == "AP-0143");
  CHECK(w.undone(link).empty());
  CHECK(w.split(split).empty());
  const auto move = [&](const std::string& one, const std::string& other) {
    const json::object body{{"fields", parsed(w.fields(one, other))}, {"reason", "Anders"}};
    const auto moved = w.records.change(w.planner(), split.id, body, {split.version, {}});
    return IdentityWorld::failure(moved);
  };
  CHECK(move(w.young, w.old) == "AP-0141");
  CHECK(move(w.young, w.middle).empty());
}

TEST_CASE("identity: nobody is linked to themselves") {
  IdentityWorld w;
  const json::object body{{"form", "probe/same-person"},
                          {"fields", parsed(w.fields(w.young, w.young))}};
  CHECK(IdentityWorld::failure(w.records.create(w.planner(), body, {})) == "AP-0142");
}
