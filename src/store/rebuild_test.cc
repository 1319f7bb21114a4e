// A rebuild from the journal gives exactly what writing gave.
// Method: ten thousand random operations (seeded) on both databases: creations, changes,
// corrections of the past, units of several records, a pack upgrade, accounts, packs and
// configuration; then every table is derived again and compared row by row. Damage to a single
// cell must show.
#include "store/rebuild.h"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "store/internal/form_table.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::kPerson;
using testing::kThing;
using testing::sample_day;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::uint64_t kSeed = 30061;
constexpr int kOperations = 10'000;

// Hands operations to the store without waiting for each, as many clients would.
class Workload {
 public:
  explicit Workload(StoreFixture& fixture) : f_(fixture) {}

  void run(int operations) {
    for (int at = 0; at < operations; ++at) {
      f_.clock().advance_microseconds(1000);
      if (at == operations / 2) f_.upgrade_pack();
      const auto choice = f_.rng().below(100);
      if (records_.empty() || choice < 50) {
        create();
      } else if (choice < 97) {
        change();
      } else {
        configure();
      }
    }
    // The writer works in order: when this one is done, all before it are.
    submit(entry_unit("organisation.put", {{"organisation", "last"}, {"name", "Last"}}), true);
    CAPTURE(first_failure_);
    CHECK(failures_ == 0);
  }

 private:
  void create() {
    const auto form = f_.rng().below(5) == 0 ? kPerson : kThing;
    records_.push_back(testing::random_record(f_.rng(), form, f_.pack(), ids_));
    model::Record& record = records_.back();
    if (f_.rng().below(10) == 0) record.fact = "sample/" + record.id;
    ids_.push_back(record.id);
    app::Unit unit = testing::unit_of(record, "created");
    if (f_.rng().below(3) == 0) {
      unit.idempotency = {.key_hash = "key of " + record.id, .request_hash = "request"};
    }
    submit(std::move(unit), false);
  }

  void change() {
    model::Record& record = records_[f_.rng().below(records_.size())];
    change_once(record);
    app::Unit unit = testing::unit_of(record);
    if (f_.rng().below(4) == 0) {
      change_once(record);
      unit.records.push_back(testing::unit_of(record, "fired").records.front());
    }
    submit(std::move(unit), false);
  }

  void change_once(model::Record& record) {
    testing::change_randomly(f_.rng(), record, f_.pack(), ids_);
    const auto first = static_cast<std::int64_t>(f_.rng().below(300));
    record.valid_from = sample_day(first);
    record.valid_to.reset();
    if (f_.rng().below(4) == 0) record.valid_to = sample_day(first + 20);
  }

  void configure() {
    const std::string number = std::to_string(f_.rng().below(5));
    switch (f_.rng().below(5)) {
      case 4:
        return submit(entry_unit("account.reset", {{"account", "account-" + number},
                                                   {"password", f_.rng().below(2) == 0},
                                                   {"second_factor", true}}),
                      false);
      case 0:
        return submit(entry_unit("account.put",
                                 {{"account", "account-" + number},
                                  {"person", "person-" + number},
                                  {"login", "login-" + number},
                                  {"name", "Name " + std::to_string(f_.rng().below(100))},
                                  {"organisation", "org-1"},
                                  {"roles", json::array{"sample/editor"}},
                                  {"active", f_.rng().below(2) == 0},
                                  {"demo", false}}),
                      false);
      case 1:
        return submit(entry_unit("pack.stored", {{"pack", "sample"},
                                                 {"version", number + ".0.0"},
                                                 {"hash", number},
                                                 {"files", {{"pack.yaml", "text"}}}}),
                      false);
      case 2:
        return submit(entry_unit("pack.activated", {{"pack", "sample"}, {"hash", number}}), false);
      default:
        return submit(entry_unit("calendar.configured", {{"designated", json::array{number}}}),
                      false);
    }
  }

  static app::Unit entry_unit(std::string kind, json::object payload) {
    app::Unit unit;
    unit.actor = "system";
    unit.purpose = "operate";
    model::Entry entry;
    entry.organisation = "org-1";
    entry.kind = std::move(kind);
    entry.retention = "permanent";
    entry.payload = std::move(payload);
    unit.entries.push_back(std::move(entry));
    return unit;
  }

  void submit(app::Unit unit, bool is_last) {
    if (is_last || ++submitted_ % 500 == 0) {
      note(f_.store().append_and_wait(std::move(unit)));
      return;
    }
    f_.store().append(std::move(unit),
                      [this](const Result<app::Receipt>& receipt) { note(receipt); });
  }

  void note(const Result<app::Receipt>& receipt) {
    if (receipt.has_value()) return;
    ++failures_;
    const std::lock_guard lock(mutex_);
    if (first_failure_.empty()) first_failure_ = describe(receipt.error());
  }

  StoreFixture& f_;
  std::vector<model::Record> records_;
  std::vector<std::string> ids_;
  int submitted_ = 0;
  std::atomic<int> failures_ = 0;
  std::mutex mutex_;
  std::string first_failure_;
};

RebuildReport checked(StoreFixture& f) {
  auto report = f.store().rebuild_check();
  if (!report.has_value()) FAIL(describe(report.error()));
  return *std::move(report);
}

void run_sql(TestDatabase& test, const std::string& sql) {
  auto connection = test.database().connect(Access::kWrite);
  REQUIRE(connection.has_value());
  const auto done = (*connection)->run_script(sql);
  if (!done.has_value()) FAIL(describe(done.error()));
}

}  // namespace

TEST_CASE("rebuild: ten thousand operations later it equals what is there") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    CAPTURE(kSeed);
    StoreFixture f(test, kSeed);
    Workload(f).run(kOperations);
    const RebuildReport report = checked(f);
    for (const std::string& difference : report.differences) MESSAGE(difference);
    CHECK(report.is_equal());
    CHECK(report.entries > kOperations);
    CHECK(report.rows > kOperations);
    const auto verified = f.store().verify_journal();
    REQUIRE(verified.has_value());
    CHECK(verified->at("problems").as_array().empty());
  });
}

TEST_CASE("rebuild: one changed, missing or extra row is found and named without its values") {
  struct Change {
    const char* sql;
    const char* expected;
  };
  const Change changes[] = {
      {"update records set title = 'secret title' where created = 1", "has another title"},
      {"delete from tasks where created = 1", "follows from the journal"},
      {"insert into organisations values ('extra', 'secret name')", "is in the store and not"},
      {"update f_sample__thing set _valid_to = '2025-01-01' where _created = 1",
       "has another _valid_to"},
      {"delete from m_sample__thing__labels where _created = 1", "follows from the journal"},
  };
  for (const Change& change : changes) {
    testing::on_both([&change](TestDatabase& test) {
      CAPTURE(test.name());
      CAPTURE(std::string(change.sql));
      StoreFixture f(test, kSeed + 1);
      model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
      record.fields = json::object{{"labels", json::array{"open"}}};
      record.tasks = {{.key = "state:open",
                       .role = "editor",
                       .what = {"a", "b"},
                       .due = std::nullopt,
                       .opened = sample_day(1)}};
      f.put(record, "created");
      REQUIRE(checked(f).is_equal());
      run_sql(test, change.sql);
      const RebuildReport report = checked(f);
      REQUIRE_FALSE(report.is_equal());
      CHECK(report.differences.front().find(change.expected) != std::string::npos);
      CHECK(report.differences.front().find("secret") == std::string::npos);
    });
  }
}

TEST_CASE("rebuild: in the place of damaged tables it mends them, and writing goes on") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 2);
    Workload(f).run(300);
    run_sql(test, "delete from records; delete from terms; delete from f_sample__thing");
    CHECK_FALSE(checked(f).is_equal());
    const auto entries = f.store().rebuild();
    if (!entries.has_value()) FAIL(describe(entries.error()));
    CHECK(*entries > 300);
    CHECK(checked(f).is_equal());
    Workload(f).run(50);
    CHECK(checked(f).is_equal());
  });
}

TEST_CASE("rebuild: what an older version derived is made again once, when it is opened") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 3);
    Workload(f).run(100);
    const auto upgrade = [&f] {
      const auto entries = f.store().upgrade();
      if (!entries.has_value()) FAIL(describe(entries.error()));
      return *entries;
    };
    CHECK_FALSE(upgrade().has_value());
    // A store of before versions were noted, with a column that was filled otherwise.
    run_sql(test, "delete from meta where name = 'projections'; "
                  "update f_sample__thing set due_start = null, due_length = null");
    f.reopen();
    const auto entries = upgrade();
    REQUIRE(entries.has_value());
    CHECK(*entries > 100);
    CHECK(checked(f).is_equal());
    f.reopen();
    CHECK_FALSE(upgrade().has_value());
  });
}

TEST_CASE("rebuild: lengths of windows are rounded up, by a twentieth at most, into few classes") {
  std::set<std::int64_t> classes;
  for (std::int64_t days = 0; days < 40'000; ++days) {
    const std::int64_t rounded = window_class(days);
    CHECK((days <= 400 ? rounded == days : rounded >= days && 20 * rounded <= 21 * days));
    classes.insert(rounded);
  }
  CHECK(classes.size() < 500);
}

}  // namespace zicht::store
