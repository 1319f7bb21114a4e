// A store of an older format is brought to the present one whole, or stays as it was.
// Method: a store is made as format 1 left it; then something stops its upgrade: an entry that
// cannot be opened, and on SQLite the power that goes before each of its writes in turn. What an
// older version of Zicht would open is compared row by row. tests/releases has real ones.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "store/internal/forwarding_connection.h"
#include "store/internal/meta.h"
#include "store/internal/schema.h"
#include "store/internal/upgrade_steps.h"
#include "store/key_rotation.h"
#include "store/sqlite/sqlite_driver.h"
#include "store/testing/faulty_disk.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::kPerson;
using testing::StoreFixture;
using testing::TestDatabase;

void run_sql(Database& database, const std::string& sql) {
  auto connection = database.connect(Access::kWrite);
  REQUIRE(connection.has_value());
  const auto done = (*connection)->run_script(sql);
  if (!done.has_value()) FAIL(describe(done.error()));
}

void add_records(StoreFixture& f, int count) {
  for (int number = 0; number < count; ++number) {
    f.put(testing::random_record(f.rng(), kPerson, f.pack(), {}), "created");
  }
}

// As format 1 left it, with tables that were derived otherwise.
void make_old(Database& database) {
  run_sql(database,
          "update meta set value = '1' where name = 'format'; "
          "delete from meta where name = 'keys generation'; "
          "update meta set value = '3' where name = 'projections'; "
          "update records set title = 'as it was'");
}

// What tells an older version of Zicht what it has, and some of what it has.
std::vector<std::string> state_of(Database& database) {
  auto connection = database.connect(Access::kRead);
  REQUIRE(connection.has_value());
  std::vector<std::string> state;
  for (const char* sql :
       {"select name || value from meta where name <> 'verification' order by name",
        "select record || title || state from records order by record",
        "select key_id || subject from data_keys order by key_id",
        "select table_name || column_name from form_columns order by table_name, column_name"}) {
    auto rows = (*connection)->query(sql);
    REQUIRE(rows.has_value());
    while (rows->next()) state.emplace_back(rows->text(0));
    REQUIRE(rows->status().has_value());
  }
  return state;
}

std::int64_t number(Database& database, const char* name) {
  auto connection = database.connect(Access::kRead);
  REQUIRE(connection.has_value());
  const auto found = meta_number(**connection, name);
  REQUIRE(found.has_value());
  return *found;
}

void check_upgraded(StoreFixture& f, Database& database) {
  CHECK(number(database, kFormat) == kStoreFormat);
  CHECK(number(database, "projections") == kProjectionsVersion);
  const auto compared = f.store().rebuild_check();
  REQUIRE(compared.has_value());
  CAPTURE(compared->differences);
  CHECK(compared->is_equal());
  const auto again = f.store().upgrade();
  REQUIRE(again.has_value());
  CHECK_FALSE(again->has_value());
}

}  // namespace

TEST_CASE("upgrade: a new store is of the present format, with a step from each older one") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    CHECK(number(test.database(), kFormat) == kStoreFormat);
    std::int64_t before = kOldestFormat;
    for (const UpgradeStep& step : upgrade_steps()) {
      CHECK(step.to == before + 1);
      before = step.to;
    }
    CHECK(before == kStoreFormat);
  });
}

TEST_CASE("upgrade: one that fails leaves the store as the older version left it, to be redone") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    add_records(f, 30);
    make_old(test.database());
    // An entry that no erasure explains cannot be derived.
    run_sql(test.database(), "create table lost as select * from data_keys; delete from data_keys");
    f.reopen();
    const auto before = state_of(test.database());
    const auto failed = f.store().upgrade();
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().id == "ST-0024");
    CHECK(state_of(test.database()) == before);
    CHECK(number(test.database(), kFormat) == 1);
    run_sql(test.database(), "insert into data_keys select * from lost; drop table lost");
    f.reopen();
    const auto entries = f.store().upgrade();
    REQUIRE(entries.has_value());
    REQUIRE(entries->has_value());
    CHECK(**entries >= 30);
    check_upgraded(f, test.database());
    add_records(f, 3);
  });
}

TEST_CASE("upgrade: where only the format is older nothing is derived again") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    add_records(f, 3);
    run_sql(test.database(), "update meta set value = '1' where name = 'format'");
    f.reopen();
    const auto entries = f.store().upgrade();
    REQUIRE(entries.has_value());
    CHECK(*entries == std::optional<std::int64_t>(0));
    check_upgraded(f, test.database());
  });
}

TEST_CASE("upgrade: the format is raised by itself where nothing can be derived again yet") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    add_records(f, 3);
    make_old(test.database());
    f.reopen();
    REQUIRE(f.store().raise_format().has_value());
    CHECK(number(test.database(), kFormat) == kStoreFormat);
    CHECK(number(test.database(), "projections") == 3);
    REQUIRE(f.store().raise_format().has_value());
    f.reopen();
    const auto entries = f.store().upgrade();
    REQUIRE(entries.has_value());
    REQUIRE(entries->has_value());
    check_upgraded(f, test.database());
  });
}

// Counts the transactions that write.
class CountingDatabase final : public ForwardingDatabase {
 public:
  explicit CountingDatabase(Database& inner) : ForwardingDatabase(inner) {}

  Result<std::unique_ptr<Connection>> connect(Access access) override {
    ZICHT_TRY(made, inner().connect(access));
    return std::make_unique<CountingConnection>(std::move(made), begun_);
  }
  int begun() const { return begun_; }

 private:
  class CountingConnection final : public ForwardingConnection {
   public:
    CountingConnection(std::unique_ptr<Connection> inner, std::atomic<int>& begun)
        : ForwardingConnection(std::move(inner)), begun_(begun) {}

    Result<void> begin(Access access) override {
      if (access == Access::kWrite) ++begun_;
      return ForwardingConnection::begin(access);
    }

   private:
    std::atomic<int>& begun_;
  };

  std::atomic<int> begun_ = 0;
};

TEST_CASE("upgrade: a store of the present format is not written to raise it") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    CountingDatabase counting(test.database());
    StoreFixture f(test, counting);
    add_records(f, 3);
    int begun = counting.begun();
    REQUIRE(f.store().raise_format().has_value());
    CHECK(counting.begun() == begun);
    make_old(test.database());
    f.reopen();
    begun = counting.begun();
    REQUIRE(f.store().raise_format().has_value());
    CHECK(counting.begun() == begun + 1);
    CHECK(number(test.database(), kFormat) == kStoreFormat);
  });
}

TEST_CASE("upgrade: a master key is replaced in the present format, whatever was there") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    add_records(f, 3);
    run_sql(test.database(), "update meta set value = '1' where name = 'format'");
    const RotationOrder order{.places = {.folder = test.folder() + "/keys"},
                              .actor = "account-1",
                              .organisation = "org",
                              .engine_version = "test"};
    REQUIRE(rotate_master_key(test.database(), order, f.clock(), f.rng()).has_value());
    CHECK(number(test.database(), kFormat) == kStoreFormat);
  });
}

TEST_CASE("upgrade: the power may go at any write of it, and the store is the old or the new one") {
  bool is_finished = false;
  int old = 0, upgraded = 0;
  for (std::int64_t at = 0; !is_finished; at += 7) {
    CAPTURE(at);
    TestDatabase place(Dialect::Kind::kSqlite);
    const std::string folder = place.folder() + "/disk";
    std::filesystem::create_directory(folder);
    testing::FaultyDisk disk(folder, static_cast<std::uint64_t>(at) + 1);
    const std::string path = folder + "/store.sqlite";
    std::vector<std::string> before;
    {
      const auto database = open_sqlite(path, {.vfs = disk.vfs_name()});
      REQUIRE(database.has_value());
      StoreFixture f(place, **database);
      add_records(f, 12);
      make_old(**database);
      f.reopen();
      before = state_of(**database);
      disk.plan({.cut_at = at});
      const auto entries = f.store().upgrade();
      is_finished = !disk.is_cut();
      CHECK(entries.has_value() == is_finished);
      disk.cut();
    }
    disk.restart_after_cut();
    const auto database = open_sqlite(path, {.vfs = disk.vfs_name()});
    REQUIRE(database.has_value());
    const bool is_old = number(**database, kFormat) == 1;
    if (is_old) CHECK(state_of(**database) == before);
    ++(is_old ? old : upgraded);
    StoreFixture f(place, **database);
    REQUIRE(f.store().upgrade().has_value());
    check_upgraded(f, **database);
  }
  CHECK(old > 10);
  CHECK(upgraded > 0);
}

}  // namespace zicht::store
