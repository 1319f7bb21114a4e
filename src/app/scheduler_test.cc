// Scheduler over the store in memory: a record whose term runs out, seen by one server or two.
#include "app/scheduler.h"

#include <doctest/doctest.h>

#include "app/engine_entries.h"
#include "app/testing/counting_feed.h"
#include "app/testing/fake_store.h"
#include "base/error_catalogue.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

struct World {
  World() {
    REQUIRE_FALSE(packs.activate({packs::testing::sample_files()}, "system").error);
    const auto rules = packs.rules();
    const auto form = find_active_form(*rules, "sample/report");
    const Json fields = *parse_json(R"({"subject":"Losse trede","weight":"light",
        "received":{"first":"2026-01-05","last":"2026-01-05"},"term":"P1M"})");
    auto record =
        model::begin(judge_of(*rules, form, Date::of(2026, 1, 5)), fields, Date::of(2026, 1, 5));
    REQUIRE(record.has_value());
    record->id = "r1";
    record->organisation = "org";
    Unit unit;
    unit.actor = "a";
    unit.records.push_back({*record, {"created", "", ""}, 0});
    REQUIRE(store.append_and_wait(unit).has_value());
  }

  Scheduler scheduler(const std::string& holder) { return {store, packs, feed, clock, holder}; }
  model::Record record() { return *store.record("r1", {}); }

  ManualClock clock{*Instant::parse("2026-01-05T09:00:00Z")};
  testing::FakeStore store{clock};
  testing::CountingFeed feed;
  PacksService packs{store, feed};
};

}  // namespace

TEST_CASE("scheduler: nothing happens before the first day that a record names") {
  World world;
  const auto outcome = world.scheduler("one").run_once(Date::of(2026, 1, 6));
  REQUIRE(outcome.has_value());
  CHECK(outcome->had_lease);
  CHECK(outcome->records == 0);
  CHECK(world.record().version == 1);
}

TEST_CASE("scheduler: a term that runs out takes the record along, once") {
  World world;
  auto scheduler = world.scheduler("one");
  const auto outcome = scheduler.run_once(Date::of(2026, 3, 1));
  REQUIRE(outcome.has_value());
  CHECK(outcome->records == 1);
  CHECK(outcome->versions >= 1);
  CHECK(world.record().state == "lapsed");
  CHECK(world.record().state_since == Date::of(2026, 2, 6));
  CHECK(world.feed.records == 1);
  const auto entries = world.store.entry_count();
  CHECK(scheduler.run_once(Date::of(2026, 3, 1))->records == 0);
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("scheduler: a day at a time or all at once ends in the same record") {
  World daily;
  World late;
  auto scheduler = daily.scheduler("one");
  for (Date day = Date::of(2026, 1, 5); day <= Date::of(2026, 3, 1); day = *add_days(day, 1)) {
    REQUIRE(scheduler.run_once(day).has_value());
  }
  REQUIRE(late.scheduler("one").run_once(Date::of(2026, 3, 1)).has_value());
  CHECK(daily.record().state == late.record().state);
  CHECK(daily.record().state_since == late.record().state_since);
  CHECK(daily.record().deadlines.size() == late.record().deadlines.size());
}

TEST_CASE("scheduler: while another server holds the lease nothing is done") {
  World world;
  const Instant now = world.clock.now();
  REQUIRE(*world.store.take_lease("scheduler", "other", now,
                                  *add_microseconds(now, kMicrosecondsPerHour)));
  const auto outcome = world.scheduler("one").run_once(Date::of(2026, 3, 1));
  REQUIRE(outcome.has_value());
  CHECK_FALSE(outcome->had_lease);
  CHECK(world.record().state == "open");
}

TEST_CASE("scheduler: a record that changed meanwhile is left for the next run") {
  World world;
  auto scheduler = world.scheduler("one");
  world.store.fail_next_append(make_error("ST-0010"));
  const auto outcome = scheduler.run_once(Date::of(2026, 3, 1));
  REQUIRE(outcome.has_value());
  CHECK(outcome->conflicts == 1);
  CHECK(outcome->failures == 0);
  CHECK(scheduler.run_once(Date::of(2026, 3, 1))->records == 1);
  CHECK(world.record().state == "lapsed");
}

}  // namespace zicht::app
