// A record as of any day, as known at any time.
// Method: random creations, changes and corrections of the past (seeded) on both databases; every
// answer is compared with testing/bitemporal_oracle.h, which walks a list of versions.
#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <set>
#include <string>

#include "store/testing/bitemporal_oracle.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::BitemporalOracle;
using testing::kThing;
using testing::sample_day;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::int64_t kSeed = 4711;

// A change from some day on, or a correction of some days of the past.
void write_version(StoreFixture& f, model::Record& record, BitemporalOracle& oracle) {
  testing::change_randomly(f.rng(), record, f.pack(), {});
  const auto first = static_cast<std::int64_t>(f.rng().below(280));
  record.valid_from = sample_day(first);
  record.valid_to.reset();
  if (f.rng().below(3) == 0) {
    record.valid_to = sample_day(first + 1 + static_cast<std::int64_t>(f.rng().below(40)));
  }
  oracle.add(record, f.put(record, record.valid_to ? "corrected" : "changed").recorded_at);
}

BitemporalOracle write_records(StoreFixture& f, int records, int versions) {
  BitemporalOracle oracle;
  for (int at = 0; at < records; ++at) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    oracle.add(record, f.put(record, "created").recorded_at);
    for (int version = 1; version < versions; ++version) write_version(f, record, oracle);
  }
  return oracle;
}

void check(StoreFixture& f, const BitemporalOracle& oracle, const std::string& id, Date day,
           Instant time) {
  CAPTURE(id);
  CAPTURE(day.to_string());
  CAPTURE(time.to_string());
  const model::Record* expected = oracle.find(id, day, time);
  const auto read = f.store().record(id, {.valid_on = day, .known_at = time});
  if (expected == nullptr) {
    CHECK_FALSE(read.has_value());
    return;
  }
  REQUIRE(read.has_value());
  CHECK(read->version == expected->version);
  CHECK(*canonical_json(read->fields) == *canonical_json(expected->fields));
}

}  // namespace

TEST_CASE("as of: every day and every moment gives what a walk over the versions gives") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    CAPTURE(kSeed);
    StoreFixture f(test, kSeed);
    const BitemporalOracle oracle = write_records(f, 12, 9);
    for (const std::string& id : oracle.ids()) {
      for (const Instant time : oracle.times_of(id)) {
        for (std::int64_t day = 0; day < 365; day += 17) {
          check(f, oracle, id, sample_day(day), time);
        }
      }
      const Instant before = Instant::at_utc_midnight(Date::of(2024, 1, 1));
      check(f, oracle, id, sample_day(200), before);
    }
  });
}

TEST_CASE("as of: now is the newest version that is no correction of the past") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 1);
    const BitemporalOracle oracle = write_records(f, 30, 6);
    model::Query query;
    query.form = kThing;
    query.scope = {.clearance = model::Sensitivity::kSecret,
                   .elsewhere = model::Sensitivity::kSecret,
                   .organisation = ""};
    const auto page = f.store().page(query);
    REQUIRE(page.has_value());
    CHECK(page->records.size() == 30);
    for (const model::Record& record : page->records) {
      const model::Record* expected = oracle.find_now(record.id);
      CHECK(*canonical_json(record.fields) == *canonical_json(expected->fields));
      const auto alone = f.store().record(record.id, {});
      REQUIRE(alone.has_value());
      CHECK(alone->version == 6);
      CHECK(record.version == 6);
      CHECK(*canonical_json(alone->fields) == *canonical_json(expected->fields));
    }
  });
}

TEST_CASE("as of: a page of an earlier moment has what each record was then") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 2);
    const BitemporalOracle oracle = write_records(f, 20, 5);
    const auto ids = oracle.ids();
    for (int round = 0; round < 40; ++round) {
      const auto times = oracle.times_of(ids[f.rng().below(ids.size())]);
      model::Query query;
      query.form = kThing;
      query.scope = {.clearance = model::Sensitivity::kInternal,
                     .elsewhere = model::Sensitivity::kPublic,
                     .organisation = "org-1"};
      query.as_of = {.valid_on = sample_day(static_cast<std::int64_t>(f.rng().below(365))),
                     .known_at = times[f.rng().below(times.size())]};
      std::set<std::string> expected;
      for (const std::string& id : ids) {
        const auto* record = oracle.find(id, *query.as_of.valid_on, *query.as_of.known_at);
        if (record == nullptr) continue;
        const auto clearance = query.scope.clearance_in(record->organisation);
        if (clearance && record->audience <= *clearance) expected.insert(id);
      }
      const auto page = f.store().page(query);
      REQUIRE(page.has_value());
      std::set<std::string> found;
      for (const model::Record& record : page->records) found.insert(record.id);
      CHECK(found == expected);
    }
  });
}

TEST_CASE("as of: what is written after a settled moment is recorded later, in any chain") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 3);
    const auto write = [&](const char* organisation) {
      model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
      record.organisation = organisation;
      const auto receipt = f.store().append_and_wait(testing::unit_of(record, "created"));
      REQUIRE(receipt.has_value());
      return receipt->recorded_at;
    };
    // The clock stands still, so the first chain is ahead of it.
    for (int at = 0; at < 5; ++at) write("org-1");
    const Instant last = write("org-1");
    const auto moment = f.store().settled_moment();
    REQUIRE(moment.has_value());
    CHECK(*moment == last);
    CHECK(write("org-2") > *moment);
    CHECK(write("org-1") > *moment);
    const auto next = f.store().settled_moment();
    REQUIRE(next.has_value());
    CHECK(*next > *moment);
  });
}

TEST_CASE("as of: a chain far ahead of the clock does not take the others with it") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 4);
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    const Instant now = f.clock().now();
    f.clock().advance_microseconds(kMicrosecondsPerDay);
    const Instant ahead = f.put(record, "created").recorded_at;
    f.clock().set(now);
    CHECK(f.store().settled_moment().value() == ahead);
    record = testing::random_record(f.rng(), kThing, f.pack(), {});
    record.organisation = "org-late";
    const auto receipt = f.store().append_and_wait(testing::unit_of(record, "created"));
    REQUIRE(receipt.has_value());
    CHECK(microseconds_between(now, receipt->recorded_at) <= kMicrosecondsPerSecond + 1);
  });
}

TEST_CASE("as of: a settled moment waits for what another server is writing") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed + 5);
    write_records(f, 3, 1);
    const auto other = test.database().connect(Access::kWrite);
    REQUIRE(other.has_value());
    REQUIRE((*other)->begin(Access::kWrite).has_value());
    for (const char* organisation : {"org-0", "org-1", "org-2"}) {
      const std::string lock(test.database().dialect().lock);
      if (!lock.empty()) REQUIRE((*other)->query(lock, {organisation}).has_value());
    }
    auto moment = std::async(std::launch::async, [&] { return f.store().settled_moment(); });
    CHECK(moment.wait_for(std::chrono::milliseconds(200)) == std::future_status::timeout);
    REQUIRE((*other)->commit().has_value());
    CHECK(moment.get().has_value());
  });
}

}  // namespace zicht::store
