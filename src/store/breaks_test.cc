// Breaks in the tables of both databases: from and until when they count, who is shown which, the
// task that outlives new versions, the reason that stays sealed, and that a rebuild agrees.
#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "store/testing/care_entries.h"
#include "store/testing/care_pack.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::care_pack;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::int64_t kHour = 3'600'000'000;

app::BreakQuery all_breaks(const std::string& id = "") {
  app::BreakQuery query;
  query.is_of_all = true;
  query.id = id;
  return query;
}
app::BreakQuery breaks_for(const std::string& account, const std::string& id = "") {
  app::BreakQuery query;
  query.account = account;
  query.id = id;
  return query;
}

struct World {
  explicit World(TestDatabase& test) : f(test) {
    REQUIRE(f.store().prepare_forms(care_pack()).has_value());
    child = add("child", "Anna", {{"name", "Anna"}});
    note = add("note", "Gesprek", {{"children", json::array{child.id}}, {"text", "Gesprek"}});
  }

  model::Record add(const std::string& form, const std::string& title, json::object fields) {
    model::Record made = testing::care_record(f.rng(), form, "org", title, std::move(fields));
    f.put(made, "created");
    return made;
  }

  std::string write(std::string_view kind, json::object payload, const std::string& account) {
    app::Unit unit = testing::entry_about(kind, note.id, {child.id}, std::move(payload));
    unit.actor = account;
    unit.purpose = "noodtoegang";
    f.clock().advance_microseconds(1000);
    const auto receipt = f.store().append_and_wait(std::move(unit));
    return receipt.has_value() ? "" : receipt.error().id;
  }
  void open(const std::string& id, const std::string& account, std::int64_t hours) {
    REQUIRE(write(model::kBreakOpened,
                  {{"break", id}, {"form", note.form}, {"hours", hours}, {"reason", "why " + id},
                   {"report", "reviewer"}, {"role", "worker"}, {"what_en", "Review"},
                   {"what_nl", "Kijk na"}},
                  account) == "");
  }

  // The ids of breaks, newest first.
  std::string shown(app::BreakQuery query) {
    const auto found = f.store().breaks(query);
    REQUIRE(found.has_value());
    std::string ids;
    for (const app::Break& each : *found) ids += each.id + " ";
    return ids;
  }
  app::TaskQuery::Held held(const std::string& role, model::Sensitivity clearance) const {
    return {note.form, {role}, {.clearance = clearance, .elsewhere = clearance,
                                .organisation = "org"}};
  }
  std::string tasks() {
    const auto page = f.store().tasks({.held = {held("reviewer", model::Sensitivity::kInternal)},
                                       .today = {},
                                       .limit = 50,
                                       .cursor = {}});
    REQUIRE(page.has_value());
    std::string keys;
    for (const app::TaskItem& item : page->tasks) keys += item.task.key + "=" + item.title + " ";
    return keys;
  }
  void check_rebuilt() {
    const auto report = f.store().rebuild_check();
    REQUIRE(report.has_value());
    CAPTURE(report->differences);
    CHECK(report->is_equal());
  }

  StoreFixture f;
  model::Record child, note;
};

void on_both(const std::function<void(World&)>& run) {
  testing::on_both([&run](TestDatabase& test) {
    CAPTURE(test.name());
    World world(test);
    run(world);
  });
}

TEST_CASE("breaks: one counts for its account until its last moment, or until it is ended") {
  on_both([](World& world) {
    SqlStore& store = world.f.store();
    world.open("one", "account-1", 2);
    CHECK(*store.opened_by("account-1") == std::set<std::string>{world.note.id});
    CHECK(store.opened_by("account-2")->empty());
    world.f.clock().advance_microseconds(2 * kHour - 1);
    CHECK(store.opened_by("account-1")->size() == 1);
    world.f.clock().advance_microseconds(1);
    CHECK(store.opened_by("account-1")->empty());
    // An end after the end changes nothing.
    REQUIRE(world.write(model::kBreakEnded, {{"break", "one"}}, "account-3") == "");
    CHECK_FALSE(store.breaks(all_breaks())->front().ended.has_value());
    world.open("two", "account-1", 2);
    REQUIRE(world.write(model::kBreakEnded, {{"break", "two"}}, "account-3") == "");
    CHECK(store.opened_by("account-1")->empty());
    const auto found = store.breaks(all_breaks());
    REQUIRE(found.has_value());
    CHECK(found->front().ended_by == "account-3");
    CHECK(found->front().until == *found->front().ended);
    world.check_rebuilt();
  });
}

TEST_CASE("breaks: own ones, those of a role that sees the record, or all; page after page") {
  on_both([](World& world) {
    world.open("one", "account-1", 2);
    world.open("two", "account-2", 2);
    world.open("three", "account-1", 2);
    CHECK(world.shown(breaks_for("account-1")) == "three one ");
    CHECK(world.shown(breaks_for("account-3")) == "");
    app::BreakQuery query = all_breaks();
    query.limit = 2;
    CHECK(world.shown(query) == "three two ");
    query.before_seq = (*world.f.store().breaks(query))[1].seq;
    CHECK(world.shown(query) == "one ");
    CHECK(world.shown(all_breaks("two")) == "two ");
    CHECK(world.shown(breaks_for("account-1", "two")) == "");
    using model::Sensitivity;
    const auto reported = [&](const std::string& role, Sensitivity clearance) {
      app::BreakQuery told = breaks_for("account-3");
      told.held = {world.held(role, clearance)};
      return world.shown(told);
    };
    CHECK(reported("reviewer", Sensitivity::kInternal) == "three two one ");
    CHECK(reported("reviewer", Sensitivity::kPublic) == "");
    CHECK(reported("worker", Sensitivity::kSecret) == "");
  });
}

TEST_CASE("breaks: the task stays with the record, as it is now, until the break is reviewed") {
  on_both([](World& world) {
    world.open("one", "account-1", 2);
    world.open("two", "account-1", 2);
    CHECK(world.tasks() == "break:one=Gesprek break:two=Gesprek ");
    world.note.title = "Ander gesprek";
    world.note.version = 2;
    world.f.put(world.note);
    CHECK(world.tasks() == "break:one=Ander gesprek break:two=Ander gesprek ");
    world.check_rebuilt();
    const json::object review{{"break", "one"}, {"note", "ja"}, {"outcome", "justified"}};
    REQUIRE(world.write(model::kBreakReviewed, review, "account-3") == "");
    CHECK(world.tasks() == "break:two=Ander gesprek ");
    const auto found = *world.f.store().breaks(all_breaks("one"));
    REQUIRE(found.size() == 1);
    CHECK(found[0].reason == "why one");
    CHECK(found[0].outcome == "justified");
    CHECK(found[0].note == "ja");
    CHECK(found[0].reviewed_by == "account-3");
    CHECK(found[0].organisation == "org");
    world.check_rebuilt();
  });
}

TEST_CASE("breaks: an erased record has none, and none is opened any more") {
  on_both([](World& world) {
    world.open("one", "account-1", 2);
    REQUIRE(world.f.store()
                .erase_person({.person = world.child.id, .actor = "account-9", .reason = "asked",
                               .keep = {}})
                .has_value());
    CHECK(world.shown(all_breaks()) == "");
    CHECK(world.f.store().opened_by("account-1")->empty());
    CHECK(world.tasks() == "");
    CHECK(world.write(model::kBreakEnded, {{"break", "one"}}, "account-1") == "ST-0040");
    world.check_rebuilt();
  });
}

TEST_CASE("breaks: an entry that lacks something is told") {
  on_both([](World& world) {
    CHECK(world.write(model::kBreakOpened, {{"break", "one"}}, "account-1") == "ST-0026");
    CHECK(world.write(model::kBreakEnded, {}, "account-1") == "ST-0026");
    CHECK(world.write(model::kBreakReviewed, {{"break", "one"}}, "account-1") == "ST-0026");
  });
}

}  // namespace
}  // namespace zicht::store
