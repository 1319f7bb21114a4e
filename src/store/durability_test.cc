// What was answered is kept, through power cuts, full and failing disks and failed syncs.
// Method: seeded runs on a disk that loses what was not synced (testing/simulation.h), and runs
// in which one write or sync alone fails. Here a share, the rest by `./run sim`. The
// same runs on a disk that ignores syncs must find losses, or they prove nothing. Keys and
// exported checkpoints: the power is cut before every single change.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "store/checkpoint.h"
#include "store/keys.h"
#include "store/sqlite/sqlite_driver.h"
#include "store/testing/faulty_disk.h"
#include "store/testing/simulation.h"
#include "store/testing/test_database.h"
#include "store/writer.h"

namespace zicht::store {
namespace {

using testing::FaultyDisk;
using testing::simulate;
using testing::TestDatabase;

// `./run sim` varies these.
std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);  // tidy-allow: the number of seeds of one test run
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Cuts the power before each change of `work` in turn and gives what is there to `check`.
template <class Work, class Check>
void cut_everywhere(Work work, Check check) {
  bool is_finished = false;
  for (std::int64_t at = 0; !is_finished; ++at) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      CAPTURE(at);
      CAPTURE(seed);
      const TestDatabase place(Dialect::Kind::kSqlite);
      const std::string folder = place.folder() + "/disk";
      std::filesystem::create_directory(folder);
      FaultyDisk disk(folder, seed);
      work(disk, [&] { disk.plan({.cut_at = at}); });
      is_finished = !disk.is_cut();
      disk.cut();
      disk.restart_after_cut();
      check(disk, is_finished);
    }
  }
}

}  // namespace

TEST_CASE("durability: seeded runs lose nothing acknowledged and keep nothing by half") {
  const std::uint64_t first = number_of("ZICHT_SIM_SEED", 1);
  const std::uint64_t count = number_of("ZICHT_SIM_COUNT", 200);
  testing::SimulationReport all;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto report = simulate({.seed = seed});
    for (const std::string& problem : report.problems) {
      FAIL_CHECK("./run sim ", seed, ": ", problem);
    }
    all.acknowledged += report.acknowledged;
    all.unanswered += report.unanswered;
    all.kept_anyway += report.kept_anyway;
    all.replayed += report.replayed;
    all.cuts += report.cuts;
    all.kills += report.kills;
    all.refusals_after_sync += report.refusals_after_sync;
    all.faults += report.faults;
  }
  MESSAGE(count, " seeds: ", all.acknowledged, " acknowledged, ", all.unanswered,
          " unanswered of which ", all.kept_anyway, " kept, ", all.replayed, " replayed, ",
          all.cuts, " cuts, ", all.kills, " kills, ", all.faults, " faults, ",
          all.refusals_after_sync, " refused after a failed sync");
  if (count < 200) return;
  CHECK(all.acknowledged > 1000);
  CHECK(all.cuts > 200);
  CHECK(all.kills > 50);
  CHECK(all.refusals_after_sync > 0);
}

TEST_CASE("durability: what was counted and kept is right after cuts and failures") {
  const std::uint64_t first = number_of("ZICHT_SIM_SEED", 1);
  const std::uint64_t count = number_of("ZICHT_SIM_COUNT", 200) / 2;
  int kept = 0, cuts = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto report = simulate({.seed = seed, .keeps_counts = true});
    CAPTURE(seed);
    for (const std::string& problem : report.problems) FAIL_CHECK(problem);
    kept += report.kept_counts;
    cuts += report.cuts + report.kills;
  }
  MESSAGE(count, " seeds: ", cuts, " cuts and kills, after ", kept, " of which a count was kept");
  if (count >= 100) CHECK(kept > 50);
}

TEST_CASE("durability: runs that once found a fault find none") {
  for (const std::uint64_t seed : {16U, 64U, 69U, 224U, 329U, 542U}) {
    for (const std::string& problem : simulate({.seed = seed}).problems) {
      FAIL_CHECK("./run sim ", seed, ": ", problem);
    }
  }
}

TEST_CASE("durability: a full or failing disk at any single write or sync loses nothing") {
  // Up to its fault a run is the same as without: this many are reached.
  const auto changes = simulate({.seed = 3, .plan = testing::FaultPlan{}}).changes;
  CHECK(changes > 100);
  // A quarter of them here, in turn; all in a run of a thousand seeds.
  const std::int64_t step = number_of("ZICHT_SIM_COUNT", 0) < 1000 ? 4 : 1;
  for (std::int64_t at = 0; at < changes; at += step) {
    const auto fault =
        at / step % 2 == 0 ? testing::Fault::kFull : testing::Fault::kInputOutput;
    const auto report = simulate({.seed = 3, .plan = {{.fail_at = at, .fail_with = fault}}});
    CAPTURE(at);
    for (const std::string& problem : report.problems) FAIL_CHECK(problem);
    CHECK(report.faults == 1);
  }
}

TEST_CASE("durability: a store that does not sync is found out") {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    if (!simulate({.seed = seed, .ignores_syncs = true}).problems.empty()) ++found;
  }
  CHECK(found > 10);
}

TEST_CASE("durability: one seed is one run") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto once = simulate({.seed = seed}), again = simulate({.seed = seed});
    CHECK(once.acknowledged == again.acknowledged);
    CHECK(once.unanswered == again.unanswered);
    CHECK(once.faults == again.faults);
  }
}

TEST_CASE("durability: after a failed sync nothing is written until the database is opened anew") {
  const TestDatabase place(Dialect::Kind::kSqlite);
  const std::string folder = place.folder() + "/disk";
  std::filesystem::create_directory(folder);
  FaultyDisk disk(folder, 1);
  const std::string path = folder + "/store.sqlite";
  const auto database = open_sqlite(path, {.vfs = disk.vfs_name()});
  REQUIRE(database.has_value());
  const auto writer = Writer::create(**database);
  REQUIRE((*writer)->run([](Connection& c) { return c.run_script("create table t (n int)"); })
              .has_value());
  const auto insert = [](Connection& c) { return c.queue("insert into t values ($1)", {1}); };
  disk.plan({.sync_fails_per_1000 = 1000});
  const auto failed = (*writer)->run(insert);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().id == "ST-0070");
  // The next sync would go well, and that would mean nothing.
  disk.plan({});
  const auto refused = (*writer)->run(insert);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().id == "ST-0070");
  CHECK_FALSE((*writer)->counters().is_writable);
  const auto reader = (*database)->connect(Access::kRead);
  REQUIRE(reader.has_value());
  auto rows = (*reader)->query("select count(*) from t");
  REQUIRE(rows.has_value());
  REQUIRE(rows->next());
  CHECK(rows->integer(0) == 0);
  const auto again = open_sqlite(path, {.vfs = disk.vfs_name()});
  REQUIRE(again.has_value());
  CHECK((*Writer::create(**again))->run(insert).has_value());
}

TEST_CASE("durability: keys that were given are there after a power cut, and are never half") {
  std::string given;
  cut_everywhere(
      [&](FaultyDisk& disk, auto arm) {
        arm();
        SeededRng rng(5);
        const auto keys = KeyFolder::open_or_create(
            {.folder = disk.folder() + "/keys", .files = &disk}, rng);
        given = keys.has_value() ? keys->sign("x") + std::string(keys->master().bytes()) : "";
      },
      [&](FaultyDisk& disk, bool) {
        SeededRng rng(6);
        const auto keys = KeyFolder::open_or_create(
            {.folder = disk.folder() + "/keys", .files = &disk}, rng);
        REQUIRE(keys.has_value());
        if (given.empty()) return;
        CHECK(keys->sign("x") + std::string(keys->master().bytes()) == given);
      });
}

TEST_CASE("durability: a power cut leaves the old exported checkpoints or the new") {
  const std::string old_line = R"({"organisation":"a","chain_no":1})";
  const std::string new_line = R"({"organisation":"b","chain_no":2})";
  bool is_exported = false;
  cut_everywhere(
      [&](FaultyDisk& disk, auto arm) {
        const std::string file = disk.folder() + "/checkpoints";
        REQUIRE(export_checkpoints({.path = file, .files = &disk}, {old_line}).has_value());
        arm();
        is_exported = export_checkpoints({.path = file, .files = &disk}, {new_line}).has_value();
      },
      [&](FaultyDisk& disk, bool) {
        const std::string file = disk.folder() + "/checkpoints";
        const auto lines = exported_checkpoints({.path = file, .files = &disk});
        REQUIRE(lines.has_value());
        CHECK(lines->broken.empty());
        REQUIRE(!lines->checkpoints.empty());
        CHECK(lines->checkpoints.front().organisation == "a");
        CHECK(lines->count <= 2);
        if (is_exported) CHECK(lines->count == 2);
      });
}

}  // namespace zicht::store
