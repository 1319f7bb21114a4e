// Hand-overs in the tables of both databases: from when until when they count and for whom, what
// two acts at one moment leave, what stays of who was erased, and that a rebuild agrees.
#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/amsterdam.h"
#include "store/testing/care_entries.h"
#include "store/testing/care_pack.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::care_pack;
using testing::StoreFixture;
using testing::TestDatabase;

struct World {
  explicit World(TestDatabase& test) : f(test) {
    REQUIRE(f.store().prepare_forms(care_pack()).has_value());
    child = add("child", "org", {{"name", "Anna"}});
    note = add("note", "org", {{"children", json::array{child.id}}, {"text", "Gesprek"}});
    foreign = add("note", "third", {{"children", json::array{child.id}}, {"text", "Ander"}});
  }

  model::Record add(const std::string& form, const std::string& organisation,
                    json::object fields) {
    model::Record made =
        testing::care_record(f.rng(), form, organisation, form, std::move(fields));
    f.put(made, "created");
    return made;
  }

  std::string write(std::string_view kind, json::object payload,
                    const std::string& account = "account-1") {
    app::Unit unit = testing::entry_about(kind, child.id, {child.id}, std::move(payload));
    unit.actor = account;
    f.clock().advance_microseconds(1000);
    const auto receipt = f.store().append_and_wait(std::move(unit));
    return receipt.has_value() ? "" : receipt.error().id;
  }
  void offer(const std::string& id, json::object more = {}) {
    json::object payload{{"basis", "law " + id}, {"form", child.form},  {"forms", json::array{}},
                         {"from", "2025-01-01"}, {"gives_up", false}, {"handover", id},
                         {"reason", "why " + id}, {"receiver", "next"}};
    for (const auto& [key, value] : more) payload[key] = value;
    REQUIRE(write(model::kHandoverOffered, payload) == "");
  }
  void act(std::string_view kind, const std::string& id) {
    REQUIRE(write(kind, {{"handover", id}, {"reason", "because"}}, "account-2") == "");
  }
  void hand(const std::string& id, json::object more = {}) {
    offer(id, std::move(more));
    act(model::kHandoverAccepted, id);
  }

  app::HandoverQuery query(const std::string& organisation = "org") const {
    app::HandoverQuery asked;
    asked.organisation = organisation;
    asked.forms = {child.form};
    return asked;
  }
  app::Handover only(const std::string& id) {
    app::HandoverQuery asked = query();
    asked.id = id;
    const auto found = f.store().handovers(asked);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 1);
    return found->front();
  }
  std::string shown(const app::HandoverQuery& asked) {
    const auto found = f.store().handovers(asked);
    REQUIRE(found.has_value());
    std::string all;
    for (const app::Handover& each : *found) all += each.id + "=" + each.state + " ";
    return all;
  }
  model::Standing standing(const std::string& organisation) {
    const auto found = f.store().standings({child.id}, {"account-9", "", organisation});
    REQUIRE(found.has_value());
    const auto at = found->find(child.id);
    return at == found->end() ? model::Standing() : at->second;
  }
  // Records that a page shows to whom the rows of the form are handed over.
  std::size_t paged(const std::string& form, const std::string& organisation = "next") {
    model::Query asked;
    asked.form = "care/" + form;
    asked.scope = model::no_scope();
    asked.scope.organisation = organisation;
    asked.scope.has_own_rows = false;
    asked.scope.through.push_back({.clearance = model::Sensitivity::kInternal,
                                   .handed_form = "care/" + form});
    const auto page = f.store().page(asked);
    REQUIRE(page.has_value());
    return page->records.size();
  }
  void check_rebuilt() {
    const auto report = f.store().rebuild_check();
    REQUIRE(report.has_value());
    CAPTURE(report->differences);
    CHECK(report->is_equal());
  }

  StoreFixture f;
  model::Record child, note, foreign;
};

void on_both(const std::function<void(World&)>& run) {
  testing::on_both([&run](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    run(world);
  });
}

TEST_CASE("handovers: what is accepted is seen, of this keeper and of no other") {
  on_both([](World& world) {
    SqlStore& store = world.f.store();
    world.offer("one");
    CHECK_FALSE(*store.is_receiving("next"));
    CHECK(world.standing("next").handed.empty());
    CHECK(world.paged("note") == 0);
    world.act(model::kHandoverAccepted, "one");
    CHECK(*store.is_receiving("next"));
    CHECK_FALSE(*store.is_receiving("org"));
    CHECK_FALSE(*store.is_receiving(""));
    CHECK(world.standing("next").handed == std::set<model::Handed>{{"org", ""}});
    CHECK(world.standing("third").handed.empty());
    CHECK(world.standing("next").given_up.empty());
    CHECK(world.paged("child") == 1);
    CHECK(world.paged("note") == 1);
    CHECK(world.paged("note", "third") == 0);
    CHECK(*store.handed_to(world.note.id) == std::set<std::string>{"next"});
    CHECK(store.handed_to(world.foreign.id)->empty());
    world.check_rebuilt();
    world.act(model::kHandoverReturned, "one");
    CHECK(world.paged("note") == 0);
    CHECK_FALSE(*store.is_receiving("next"));
    CHECK(store.handed_to(world.note.id)->empty());
    world.check_rebuilt();
  });
}

TEST_CASE("handovers: of some forms, those alone; and what is given up counts for everybody") {
  on_both([](World& world) {
    world.hand("one", {{"forms", json::array{"care/note"}}, {"gives_up", true}});
    CHECK(world.paged("child") == 0);
    CHECK(world.paged("note") == 1);
    CHECK(world.standing("next").handed == std::set<model::Handed>{{"org", "care/note"}});
    CHECK(world.standing("org").handed.empty());
    CHECK(world.standing("org").given_up == std::set<model::Handed>{{"org", "care/note"}});
    CHECK(world.f.store().handed_to(world.child.id)->empty());
    CHECK(world.only("one").forms == std::vector<std::string>{"care/note"});
    CHECK(world.only("one").gives_up);
    world.check_rebuilt();
  });
}

TEST_CASE("handovers: one counts from the first moment of its day to the last before its end") {
  on_both([](World& world) {
    world.hand("one", {{"from", "2026-03-01"}, {"until", "2026-03-03"}});
    const auto is_seen_at = [&](Date day, std::int64_t microseconds) {
      world.f.clock().set(*add_microseconds(amsterdam_midnight(day), microseconds));
      CHECK((world.paged("note") == 1) == *world.f.store().is_receiving("next"));
      CHECK((world.paged("note") == 1) == !world.standing("next").handed.empty());
      return world.paged("note") == 1;
    };
    CHECK_FALSE(is_seen_at(Date::of(2026, 3, 1), -1));
    CHECK(is_seen_at(Date::of(2026, 3, 1), 0));
    CHECK(is_seen_at(Date::of(2026, 3, 3), -1));
    CHECK_FALSE(is_seen_at(Date::of(2026, 3, 3), 0));
    CHECK(*world.only("one").until == Date::of(2026, 3, 3));
  });
}

TEST_CASE("handovers: of acts that come too late nothing is left") {
  on_both([](World& world) {
    world.offer("one");
    world.act(model::kHandoverWithdrawn, "one");
    world.act(model::kHandoverAccepted, "one");
    CHECK(world.only("one").state == "withdrawn");
    CHECK_FALSE(world.only("one").answered.has_value());
    CHECK(world.paged("note") == 0);
    world.hand("two");
    world.act(model::kHandoverRefused, "two");
    CHECK(world.only("two").state == "accepted");
    CHECK(world.paged("note") == 1);
    world.offer("three");
    world.act(model::kHandoverReturned, "three");
    CHECK(world.only("three").state == "offered");
    world.act(model::kHandoverRefused, "three");
    CHECK(world.only("three").state == "refused");
    world.act(model::kHandoverWithdrawn, "two");
    world.act(model::kHandoverReturned, "two");
    CHECK(world.only("two").state == "withdrawn");
    CHECK(world.paged("note") == 0);
    world.check_rebuilt();
  });
}

TEST_CASE("handovers: each side is shown its own, of forms that it may; what was written too") {
  on_both([](World& world) {
    world.offer("one");
    world.hand("two", {{"receiver", "third"}});
    world.act(model::kHandoverWithdrawn, "two");
    CHECK(world.shown(world.query()) == "two=withdrawn one=offered ");
    CHECK(world.shown(world.query("next")) == "one=offered ");
    CHECK(world.shown(world.query("third")) == "two=withdrawn ");
    app::HandoverQuery asked = world.query();
    asked.is_outgoing = false;
    CHECK(world.shown(asked) == "");
    asked = world.query();
    asked.forms = {"care/note"};
    CHECK(world.shown(asked) == "");
    asked.is_of_all = true;
    asked.limit = 1;
    CHECK(world.shown(asked) == "two=withdrawn ");
    asked.before_seq = world.only("two").seq;
    CHECK(world.shown(asked) == "one=offered ");
    asked = world.query();
    asked.state = "offered";
    CHECK(world.shown(asked) == "one=offered ");
    asked = world.query();
    asked.person = world.note.id;
    CHECK(world.shown(asked) == "");
    const app::Handover two = world.only("two");
    CHECK(two.reason == "why two");
    CHECK(two.basis == "law two");
    CHECK(two.answer == "because");
    CHECK(two.end_reason == "because");
    CHECK(two.person == world.child.id);
    CHECK(two.keeper == "org");
    CHECK(two.offered_by == "account-1");
    CHECK(two.answered_by == "account-2");
    CHECK(two.ended_by == "account-2");
  });
}

TEST_CASE("handovers: of who was erased the two organisations are left, and nothing is granted") {
  on_both([](World& world) {
    world.hand("one");
    REQUIRE(world.f.store()
                .erase_person({.person = world.child.id, .actor = "account-9", .reason = "asked",
                               .keep = {}})
                .has_value());
    const app::Handover left = world.only("one");
    CHECK(left.state == "erased");
    CHECK(left.keeper == "org");
    CHECK(left.receiver == "next");
    CHECK(left.person == "");
    CHECK(left.reason == "");
    CHECK(left.offered_by == "");
    CHECK_FALSE(left.from.has_value());
    CHECK_FALSE(*world.f.store().is_receiving("next"));
    CHECK(world.write(model::kHandoverWithdrawn, {{"handover", "one"}}) == "ST-0040");
    world.check_rebuilt();
    REQUIRE(world.f.store().rebuild().has_value());
    CHECK(world.only("one").state == "erased");
  });
}

TEST_CASE("handovers: keys of requests about who was erased are forgotten, and a rebuild agrees") {
  on_both([](World& world) {
    const auto keyed = [&](std::string_view kind, const std::string& record, json::object payload,
                           const std::string& key) {
      app::Unit unit = testing::entry_about(kind, record, {world.child.id}, std::move(payload));
      unit.idempotency = {key, "request"};
      REQUIRE(world.f.store().append_and_wait(std::move(unit)).has_value());
    };
    keyed(model::kHandoverOffered, world.child.id,
          {{"basis", "law"}, {"form", world.child.form}, {"forms", json::array{}},
           {"from", "2025-01-01"}, {"gives_up", false}, {"handover", "one"}, {"reason", "why"},
           {"receiver", "next"}},
          "offer");
    keyed(model::kBreakOpened, world.note.id,
          {{"break", "break-one"}, {"form", world.note.form}, {"hours", 8}, {"reason", "why"},
           {"report", "officer"}, {"role", "worker"}, {"what_en", "Look"}, {"what_nl", "Kijk"}},
          "break");
    const auto is_known = [&](const std::string& key) {
      const auto replay = world.f.store().replay_of({key, "request"});
      REQUIRE(replay.has_value());
      return replay->has_value();
    };
    CHECK(is_known("offer"));
    CHECK(is_known("break"));
    world.check_rebuilt();
    REQUIRE(world.f.store()
                .erase_person({.person = world.child.id, .actor = "account-9", .reason = "asked",
                               .keep = {}})
                .has_value());
    CHECK_FALSE(is_known("offer"));
    CHECK_FALSE(is_known("break"));
    world.check_rebuilt();
  });
}

TEST_CASE("handovers: who keeps notes alone hands those over, in the own chain") {
  on_both([](World& world) {
    const auto put = [&](std::string_view kind, json::object payload) {
      app::Unit unit = testing::entry_about(kind, world.child.id, {world.child.id},
                                            std::move(payload));
      unit.entries.front().organisation = "third";
      world.f.clock().advance_microseconds(1000);
      const auto receipt = world.f.store().append_and_wait(std::move(unit));
      REQUIRE(receipt.has_value());
    };
    put(model::kHandoverOffered, {{"basis", "law"}, {"form", world.child.form},
                                  {"forms", json::array{}}, {"from", "2025-01-01"},
                                  {"gives_up", false}, {"handover", "one"}, {"reason", "why"},
                                  {"receiver", "next"}});
    put(model::kHandoverAccepted, {{"handover", "one"}});
    CHECK(world.paged("child") == 0);
    CHECK(world.paged("note") == 1);
    CHECK(*world.f.store().handed_to(world.foreign.id) == std::set<std::string>{"next"});
    CHECK(world.f.store().handed_to(world.note.id)->empty());
    CHECK(world.shown(world.query("third")) == "one=accepted ");
    REQUIRE(world.f.store()
                .erase_person({.person = world.child.id, .actor = "account-9", .reason = "asked",
                               .keep = {}})
                .has_value());
    CHECK(world.shown(world.query("third")) == "one=erased ");
    world.check_rebuilt();
  });
}

TEST_CASE("handovers: an entry that lacks something is told") {
  on_both([](World& world) {
    CHECK(world.write(model::kHandoverOffered, {{"handover", "one"}}) == "ST-0026");
    CHECK(world.write(model::kHandoverOffered,
                      {{"form", "care/child"}, {"forms", json::array{}}, {"from", "soon"},
                       {"gives_up", false}, {"handover", "one"}, {"receiver", "next"}}) ==
          "ST-0026");
    for (const std::string_view kind : {model::kHandoverAccepted, model::kHandoverRefused,
                                        model::kHandoverWithdrawn, model::kHandoverReturned}) {
      CHECK(world.write(kind, {}) == "ST-0026");
    }
  });
}

}  // namespace
}  // namespace zicht::store
