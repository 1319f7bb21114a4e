// What the store says when the disk, the keys, the database or the format is not as it must be.
// Method: each trouble is made for real (a full database, a lock held by another, a wrong key
// folder, a changed format) and the error is compared; afterwards nothing half written is there.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <thread>

#include "store/internal/form_registry.h"
#include "store/internal/schema.h"
#include "store/postgres/postgres_driver.h"
#include "store/sqlite/sqlite_driver.h"
#include "store/testing/faulty_disk.h"
#include "store/testing/store_fixture.h"
#include "store/writer.h"

namespace zicht::store {
namespace {

using testing::kThing;
using testing::StoreFixture;
using testing::TestDatabase;

template <class T>
void check_error(const Result<T>& result, std::string_view id, Code code) {
  REQUIRE_FALSE(result.has_value());
  CHECK_MESSAGE(result.error().id == id, describe(result.error()));
  CHECK(result.error().code == code);
}

void run_sql(TestDatabase& test, const std::string& sql) {
  auto connection = test.database().connect(Access::kWrite);
  REQUIRE(connection.has_value());
  const auto done = (*connection)->run_script(sql);
  if (!done.has_value()) FAIL(describe(done.error()));
}

Result<std::unique_ptr<SqlStore>> open(TestDatabase& test, const std::string& keys, Clock& clock,
                                       Rng& rng) {
  return SqlStore::open(test.database(),
                        {.keys_folder = test.folder() + keys,
                         .checkpoint_file = {},
                         .engine_version = "test",
                         .writer = {}},
                        clock, rng);
}

}  // namespace

TEST_CASE("trouble: a database that cannot be opened or reached is unavailable") {
  check_error(open_sqlite("/nowhere/at/all/store.sqlite"), "ST-0004", Code::kUnavailable);
  check_error(open_postgres("host=/nowhere/at/all dbname=x"), "ST-0004", Code::kUnavailable);
}

TEST_CASE("trouble: a lock that another holds is said to be busy, and can be tried again") {
  const TestDatabase test(Dialect::Kind::kSqlite);
  const std::string path = test.folder() + "/busy.sqlite";
  const auto database = open_sqlite(path, {.busy_timeout_ms = 1});
  const auto first = (*database)->connect(Access::kWrite);
  const auto second = (*database)->connect(Access::kWrite);
  REQUIRE((*first)->begin(Access::kWrite).has_value());
  check_error((*second)->begin(Access::kWrite), "ST-0003", Code::kUnavailable);
  (*first)->rollback();
  CHECK((*second)->begin(Access::kWrite).has_value());
}

TEST_CASE("trouble: two servers that wait for each other both get through") {
  TestDatabase test(Dialect::Kind::kPostgres);
  run_sql(test, "create table pair (id int primary key, n int); "
                "insert into pair values (1, 0), (2, 0)");
  const auto other = test.open_again();
  const auto first = Writer::create(test.database());
  const auto second = Writer::create(*other);
  const auto unit = [](int from, int to) {
    return [from, to](Connection& c) -> Result<void> {
      const char* sql = "update pair set n = n + 1 where id = $1";
      const auto first_row = c.execute(sql, {from});
      if (!first_row.has_value()) return first_row.error();
      return c.queue(sql, {to});
    };
  };
  std::thread thread([&] {
    for (int at = 0; at < 20; ++at) CHECK((*first)->run(unit(1, 2)).has_value());
  });
  for (int at = 0; at < 20; ++at) CHECK((*second)->run(unit(2, 1)).has_value());
  thread.join();
  const auto connection = test.database().connect(Access::kRead);
  auto rows = (*connection)->query("select n from pair where n = 40");
  CHECK(rows->next());
}

TEST_CASE("trouble: a full database refuses a unit whole and works again with room") {
  TestDatabase test(Dialect::Kind::kSqlite);
  const auto connection = test.database().connect(Access::kWrite);
  REQUIRE((*connection)->run_script("create table big (data blob)").has_value());
  REQUIRE((*connection)->run_script("pragma max_page_count = 20").has_value());
  REQUIRE((*connection)->begin(Access::kWrite).has_value());
  const std::string data(30'000, 'x');
  Result<std::int64_t> outcome = 0;
  for (int at = 0; at < 10 && outcome.has_value(); ++at) {
    outcome = (*connection)->execute("insert into big values ($1)", {Param::blob(data)});
  }
  check_error(outcome, "ST-0005", Code::kResourceExhausted);
  (*connection)->rollback();
  auto rows = (*connection)->query("select count(*) from big");
  REQUIRE(rows->next());
  CHECK(rows->integer(0) == 0);
}

TEST_CASE("trouble: a store that can only be read says so, and takes writes again afterwards") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    const bool is_sqlite = test.database().dialect().kind == Dialect::Kind::kSqlite;
    const auto connection = test.database().connect(Access::kWrite);
    REQUIRE((*connection)->run_script("create table t (n int)").has_value());
    const auto insert = [&]() -> Result<std::int64_t> {
      const auto begun = (*connection)->begin(Access::kWrite);
      if (!begun.has_value()) return begun.error();
      auto outcome = (*connection)->execute("insert into t values ($1)", {1});
      if (outcome.has_value()) {
        CHECK((*connection)->commit().has_value());
      } else {
        (*connection)->rollback();
      }
      return outcome;
    };
    const auto make = [&](bool is_read_only) {
      const std::string sqlite = is_read_only ? "pragma query_only = 1" : "pragma query_only = 0";
      const std::string postgres = std::string("set session characteristics as transaction read ") +
                                   (is_read_only ? "only" : "write");
      REQUIRE((*connection)->run_script(is_sqlite ? sqlite : postgres).has_value());
    };
    make(true);
    check_error(insert(), "ST-0071", Code::kUnavailable);
    make(false);
    CHECK(insert().has_value());
  });
}

TEST_CASE("trouble: a disk that fails is named as such, and nothing of the unit is there") {
  const TestDatabase place(Dialect::Kind::kSqlite);
  const std::string folder = place.folder() + "/disk";
  std::filesystem::create_directory(folder);
  testing::FaultyDisk disk(folder, 1);
  const auto database = open_sqlite(folder + "/store.sqlite", {.vfs = disk.vfs_name()});
  const auto writer = Writer::create(**database);
  REQUIRE((*writer)->run([](Connection& c) { return c.run_script("create table t (n int)"); })
              .has_value());
  const auto insert = [](Connection& c) { return c.queue("insert into t values ($1)", {1}); };
  disk.plan({.fail_at = 0, .fail_with = testing::Fault::kInputOutput});
  check_error((*writer)->run(insert), "ST-0072", Code::kInternal);
  CHECK((*writer)->run(insert).has_value());
  const auto connection = (*database)->connect(Access::kRead);
  auto rows = (*connection)->query("select count(*) from t");
  REQUIRE(rows->next());
  CHECK(rows->integer(0) == 1);
}

TEST_CASE("trouble: keys of another store open nothing") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    {
      StoreFixture f(test);
      f.put(testing::random_record(f.rng(), kThing, f.pack(), {}), "created");
    }
    ManualClock clock(Instant::at_utc_midnight(Date::of(2025, 12, 2)));
    SeededRng rng(8);
    check_error(open(test, "/other-keys", clock, rng), "ST-0050", Code::kFailedPrecondition);
    REQUIRE(KeyFolder::open_or_create({.folder = test.folder() + "/other-keys"}, rng).has_value());
    check_error(open(test, "/other-keys", clock, rng), "ST-0051", Code::kFailedPrecondition);
  });
}

TEST_CASE("trouble: a store of another format is not touched") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    { const StoreFixture f(test); }
    run_sql(test, "update meta set value = '99' where name = 'format'");
    ManualClock clock(Instant::at_utc_midnight(Date::of(2025, 12, 2)));
    SeededRng rng(8);
    check_error(open(test, "/keys", clock, rng), "ST-0022", Code::kFailedPrecondition);
  });
}

TEST_CASE("trouble: a damaged row of the journal is named") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    f.put(testing::random_record(f.rng(), kThing, f.pack(), {}), "created");
    const bool is_sqlite = test.name() == "sqlite";
    run_sql(test, is_sqlite ? "drop trigger journal_no_update"
                            : "drop trigger journal_no_update on journal");
    run_sql(test, is_sqlite ? "update journal set hash = x'00'"
                            : "update journal set hash = '\\x00'");
    check_error(f.store().envelopes(std::nullopt, 1), "ST-0025", Code::kInternal);
  });
}

TEST_CASE("trouble: two fields that need the same column are refused") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    model::Pack pack = testing::sample_pack(1);
    pack.hash = "colliding";
    model::Field twin;
    twin.id = "due_first";
    pack.forms[0].fields.push_back(twin);
    check_error(f.store().prepare_forms(pack), "ST-0016", Code::kInvalidArgument);
    CHECK(f.store().prepare_forms(f.pack()).has_value());
  });
}

TEST_CASE("trouble: a server that goes away in between is met again") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    f.put(testing::random_record(f.rng(), kThing, f.pack(), {}), "created");
    if (test.name() == "postgres") {
      run_sql(test, "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where pid <> pg_backend_pid() and backend_type = 'client backend'");
    }
    const model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    f.put(record, "created");
    // The first read may meet the lost connection; the next has a new one.
    static_cast<void>(f.store().record(record.id, {}));
    CHECK(f.store().record(record.id, {}).has_value());
    CHECK(f.store().health()->is_writable);
  });
}

}  // namespace zicht::store
