// What is written comes back, whole or not at all, and a repeated or late request is told so.
// Method: random valid records of the sample pack (seeded) on both databases; what was handed in
// is compared with what is read.
#include "store/sql_store.h"

#include <doctest/doctest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::kPerson;
using testing::kThing;
using testing::on_both;
using testing::StoreFixture;
using testing::TestDatabase;
using testing::unit_of;

template <class T>
T value_of(Result<T> result) {
  if (!result.has_value()) FAIL(describe(result.error()));
  return *std::move(result);
}

template <class T>
void check_error(const Result<T>& result, std::string_view id) {
  REQUIRE_FALSE(result.has_value());
  CHECK_MESSAGE(result.error().id == id, describe(result.error()));
}

// The payload says everything that a record says, but for what the envelope says.
void check_same(const model::Record& read, const model::Record& written) {
  CHECK(*canonical_json(model::to_payload(read, {})) ==
        *canonical_json(model::to_payload(written, {})));
  CHECK(read.organisation == written.organisation);
  CHECK(read.pack_hash == written.pack_hash);
}

void both(const std::function<void(StoreFixture&)>& run) {
  on_both([&run](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture fixture(test);
    run(fixture);
  });
}

json::object organisation_payload(const char* id, const char* name) {
  return {{"organisation", id}, {"name", name}};
}

// The mark once it stands still: PostgreSQL's moves with its own chores as well.
std::string still_mark(StoreFixture& f) {
  std::string mark = value_of(f.store().mark());
  for (int tries = 0; tries < 1000; ++tries) {
    const std::string next = value_of(f.store().mark());
    if (next == mark) return mark;
    mark = next;
  }
  FAIL("the mark never stands still");
  return {};
}

}  // namespace

TEST_CASE("store: every type of field comes back as it was written") {
  both([](StoreFixture& f) {
    std::vector<std::string> ids;
    std::vector<model::Record> written;
    for (int at = 0; at < 60; ++at) {
      const auto form = at % 3 == 0 ? kPerson : kThing;
      written.push_back(testing::random_record(f.rng(), form, f.pack(), ids));
      ids.push_back(written.back().id);
      f.put(written.back(), "created");
    }
    for (const model::Record& record : written) {
      check_same(value_of(f.store().record(record.id, {})), record);
    }
    f.reopen();
    check_same(value_of(f.store().record(ids.front(), {})), written.front());
    check_error(f.store().record("nothing-has-this-id", {}), "ST-0029");
  });
}

TEST_CASE("store: a stale version is refused and nothing of its unit is kept") {
  both([](StoreFixture& f) {
    model::Record first = testing::random_record(f.rng(), kThing, f.pack(), {});
    first.organisation = "org-0";
    f.put(first, "created");
    model::Record other = testing::random_record(f.rng(), kThing, f.pack(), {});
    other.organisation = "org-0";
    app::Unit unit = unit_of(other, "created");
    unit.records.push_back(unit_of(first).records.front());
    check_error(f.store().append_and_wait(unit), "ST-0010");
    check_error(f.store().record(other.id, {}), "ST-0029");
    model::Record skipped = first;
    skipped.version = 3;
    check_error(f.try_put(skipped), "ST-0010");
    first.version = 2;
    f.put(first);
    CHECK(value_of(f.store().record(first.id, {})).version == 2);
  });
}

TEST_CASE("store: a record cannot move to another organisation or form") {
  both([](StoreFixture& f) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    f.put(record, "created");
    testing::change_randomly(f.rng(), record, f.pack(), {});
    record.organisation = "org-elsewhere";
    check_error(f.try_put(record), "ST-0017");
  });
}

TEST_CASE("store: only a correction of the past has an end") {
  both([](StoreFixture& f) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    record.valid_to = Date::of(2025, 3, 1);
    check_error(f.try_put(record, "created"), "ST-0012");
    record.valid_to.reset();
    f.put(record, "created");
    testing::change_randomly(f.rng(), record, f.pack(), {});
    record.valid_to = Date::of(2030, 1, 1);
    check_error(f.try_put(record), "ST-0012");
  });
}

TEST_CASE("store: a value that does not have the shape of its field is refused") {
  both([](StoreFixture& f) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    record.fields.as_object()["number"] = "seven";
    check_error(f.try_put(record, "created"), "ST-0013");
    record.fields = json::object{};
    record.pack_hash = "unknown";
    check_error(f.try_put(record, "created"), "ST-0014");
  });
}

TEST_CASE("store: units that share a commit see each other in order") {
  both([](StoreFixture& f) {
    struct Sent {
      std::future<Result<app::Receipt>> outcome;
      std::string error, record;   // what must come of it
      std::int64_t version;
      bool is_replay;
    };
    std::vector<Sent> sent;
    std::vector<model::Record> records;
    std::vector<app::Unit> keyed;
    const auto send = [&](app::Unit unit, std::string error, const model::Record& record,
                          bool is_replay = false) {
      auto promise = std::make_shared<std::promise<Result<app::Receipt>>>();
      sent.push_back({promise->get_future(), std::move(error), record.id, record.version,
                      is_replay});
      f.store().append(std::move(unit), [promise](Result<app::Receipt> receipt) {
        promise->set_value(std::move(receipt));
      });
    };
    for (int at = 0; at < 400; ++at) {
      const auto choice = records.empty() ? 0 : f.rng().below(10);
      if (choice < 3) {
        records.push_back(testing::random_record(f.rng(), kThing, f.pack(), {}));
        app::Unit unit = unit_of(records.back(), "created");
        unit.idempotency = {.key_hash = "key" + std::to_string(at), .request_hash = "request"};
        keyed.push_back(unit);
        send(std::move(unit), "", records.back());
        continue;
      }
      model::Record& record = records[f.rng().below(records.size())];
      if (choice < 6) {
        testing::change_randomly(f.rng(), record, f.pack(), {});
        send(unit_of(record), "", record);
      } else if (choice == 6) {
        app::Unit begins_again = unit_of(record, "created");
        begins_again.records[0].record.version = 1;
        begins_again.records[0].expected_version = 0;
        send(std::move(begins_again), "ST-0010", record);
      } else if (choice == 7) {
        // Its first record is good: nothing of it may stay.
        model::Record orphan = testing::random_record(f.rng(), kThing, f.pack(), {});
        app::Unit stale = unit_of(orphan, "created");
        stale.records.push_back(unit_of(record).records[0]);
        send(std::move(stale), "ST-0010", record);
      } else {
        app::Unit again = keyed[f.rng().below(keyed.size())];
        model::Record first = again.records[0].record;
        if (choice == 9) again.idempotency.request_hash = "another";
        send(std::move(again), choice == 9 ? "ST-0011" : "", first, choice == 8);
      }
    }
    for (std::size_t at = 0; at < sent.size(); ++at) {
      CAPTURE(at);
      const Result<app::Receipt> outcome = sent[at].outcome.get();
      if (!sent[at].error.empty()) {
        check_error(outcome, sent[at].error);
        continue;
      }
      const app::Receipt receipt = value_of(outcome);
      CHECK(receipt.is_replay == sent[at].is_replay);
      CHECK(receipt.record == sent[at].record);
      CHECK(receipt.version == sent[at].version);
    }
    for (const model::Record& record : records) {
      check_same(value_of(f.store().record(record.id, {})), record);
    }
    CHECK(value_of(f.store().rebuild_check()).differences.empty());
  });
}

TEST_CASE("store: the same key gives the first answer again, another request with it an error") {
  both([](StoreFixture& f) {
    const model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    app::Unit unit = unit_of(record, "created");
    unit.idempotency = {.key_hash = "key", .request_hash = "request"};
    CHECK_FALSE(value_of(f.store().replay_of(unit.idempotency)).has_value());
    const app::Receipt first = value_of(f.store().append_and_wait(unit));
    CHECK_FALSE(first.is_replay);
    const app::Receipt again = value_of(f.store().append_and_wait(unit));
    CHECK(again.is_replay);
    CHECK(again.record == record.id);
    CHECK(again.version == 1);
    CHECK(again.recorded_at == first.recorded_at);
    CHECK(value_of(f.store().health()).last_seq == first.seq);
    CHECK(value_of(f.store().replay_of(unit.idempotency))->record == record.id);
    unit.idempotency.request_hash = "another";
    check_error(f.store().append_and_wait(unit), "ST-0011");
    check_error(f.store().replay_of(unit.idempotency), "ST-0011");
  });
}

TEST_CASE("store: a mark is another one after what was written, here or elsewhere, or made anew") {
  on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    const auto put = [&](app::Store& store) {
      const model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
      value_of(store.append_and_wait(unit_of(record, "created")));
    };
    const auto database = test.open_again();
    StoreFixture elsewhere(test, *database);
    const std::string empty = still_mark(f);
    put(f.store());
    const std::string one = still_mark(f);
    CHECK(one != empty);
    put(elsewhere.store());
    const std::string two = still_mark(f);
    CHECK(two != one);
    // No entry tells that rows are made anew.
    REQUIRE(elsewhere.store().rebuild().has_value());
    CHECK(still_mark(f) != two);
  });
}

TEST_CASE("store: keys that are forgotten stay so in a rebuild, and may be used again") {
  both([](StoreFixture& f) {
    const model::Record old = testing::random_record(f.rng(), kThing, f.pack(), {});
    const model::Record young = testing::random_record(f.rng(), kThing, f.pack(), {});
    app::Unit first = unit_of(old, "created"), second = unit_of(young, "created");
    first.idempotency = {.key_hash = "old", .request_hash = "request"};
    second.idempotency = {.key_hash = "young", .request_hash = "request"};
    value_of(f.store().append_and_wait(first));
    f.clock().advance_microseconds(1'000'000);
    const Instant before = f.clock().now();
    value_of(f.store().append_and_wait(second));
    CHECK(f.store().forget_keys(before));
    CHECK(f.store().forget_keys(before));
    CHECK_FALSE(value_of(f.store().replay_of(first.idempotency)).has_value());
    CHECK(value_of(f.store().replay_of(second.idempotency)).has_value());
    CHECK(value_of(f.store().rebuild_check()).differences.empty());
    model::Record next = old;
    ++next.version;
    app::Unit third = unit_of(next);
    third.idempotency = first.idempotency;
    CHECK_FALSE(value_of(f.store().append_and_wait(third)).is_replay);
    CHECK(f.store().rebuild());
    CHECK(value_of(f.store().replay_of(third.idempotency))->version == next.version);
    CHECK(value_of(f.store().rebuild_check()).differences.empty());
  });
}

TEST_CASE("store: a whole unit of several records and entries is in the journal in its order") {
  both([](StoreFixture& f) {
    model::Record first = testing::random_record(f.rng(), kThing, f.pack(), {});
    model::Record second = first;
    testing::change_randomly(f.rng(), second, f.pack(), {});
    second.valid_from = first.valid_from;
    app::Unit unit = unit_of(first, "created");
    unit.records.push_back(unit_of(second).records.front());
    model::Entry entry;
    entry.organisation = first.organisation;
    entry.subject = "org-9";
    entry.kind = model::kOrganisationPut;
    entry.retention = "permanent";
    entry.payload = organisation_payload("org-9", "Nine");
    unit.entries.push_back(entry);
    const app::Receipt receipt = value_of(f.store().append_and_wait(unit));
    const auto envelopes = value_of(f.store().envelopes(std::nullopt, 10));
    REQUIRE(envelopes.size() == 3);
    CHECK(envelopes[0].seq == receipt.seq);
    CHECK(envelopes[0].kind == "organisation.put");
    CHECK(envelopes[2].kind == "record.put");
    CHECK(envelopes[0].chain_no == 3);
    CHECK(envelopes[1].recorded_at > envelopes[2].recorded_at);
    check_same(value_of(f.store().record(first.id, {})), second);
    CHECK(value_of(f.store().organisations()).front().name == "Nine");
  });
}

TEST_CASE("store: history gives every version newest first, in pages") {
  both([](StoreFixture& f) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    std::vector<model::Record> versions = {record};
    f.put(record, "created");
    for (int at = 0; at < 4; ++at) {
      testing::change_randomly(f.rng(), record, f.pack(), {});
      versions.push_back(record);
      f.put(record);
    }
    const auto newest = value_of(f.store().history(record.id, 2, std::nullopt));
    REQUIRE(newest.size() == 2);
    check_same(newest[0].record, versions[4]);
    check_same(newest[1].record, versions[3]);
    CHECK(newest[0].event.event == "changed");
    CHECK(newest[0].envelope.actor == "account-1");
    const auto rest = value_of(f.store().history(record.id, 10, newest[1].envelope.seq));
    REQUIRE(rest.size() == 3);
    CHECK(rest[2].event.event == "created");
    check_same(rest[2].record, versions[0]);
  });
}

TEST_CASE("store: what is sealed is nowhere in the tables in clear") {
  both([](StoreFixture& f) {
    const std::string canary = "canary0fine1word";
    model::Record record = testing::random_record(f.rng(), kPerson, f.pack(), {});
    record.fields = json::object{{"secret_note", canary}, {"names", json::array{canary + " two"}}};
    const auto receipt = f.put(record, "created");
    CHECK(receipt.seq > 0);
    check_same(value_of(f.store().record(record.id, {})), record);
    const auto report = value_of(f.store().rebuild_check());
    CHECK(report.is_equal());
  });
  TestDatabase test(Dialect::Kind::kSqlite);
  StoreFixture f(test);
  model::Record record = testing::random_record(f.rng(), kPerson, f.pack(), {});
  record.fields = json::object{{"secret_note", "canary0fine1word"}};
  f.put(record, "created");
  CHECK(test.bytes_on_disk().find("canary0fine1word") == std::string::npos);
  CHECK(test.bytes_on_disk().find(record.title) != std::string::npos);
}

TEST_CASE("store: one holder at a time has a lease, until it ends") {
  both([](StoreFixture& f) {
    const auto at = [&f](std::int64_t seconds) {
      return *Instant::from_microseconds(f.clock().now().microseconds_since_epoch() +
                                         seconds * kMicrosecondsPerSecond);
    };
    CHECK(value_of(f.store().take_lease("job", "a", at(0), at(10))));
    CHECK_FALSE(value_of(f.store().take_lease("job", "b", at(5), at(15))));
    CHECK(value_of(f.store().take_lease("job", "a", at(5), at(15))));
    CHECK_FALSE(value_of(f.store().take_lease("job", "b", at(14), at(20))));
    CHECK(value_of(f.store().take_lease("job", "b", at(15), at(20))));
    CHECK(value_of(f.store().take_lease("other", "a", at(15), at(20))));
    CHECK(value_of(f.store().renew_lease("other", "a", at(30))));
    CHECK_FALSE(value_of(f.store().take_lease("other", "b", at(25), at(35))));
    // Who had it before is told so, also when it is over.
    CHECK(value_of(f.store().take_lease("other", "b", at(30), at(30))));
    CHECK_FALSE(value_of(f.store().renew_lease("other", "a", at(50))));
    CHECK_FALSE(value_of(f.store().renew_lease("nobody's", "a", at(50))));
    // One that was taken while the clock ran ahead does not hold until then.
    constexpr int day = 24 * 3600;
    CHECK(value_of(f.store().take_lease("ahead", "a", at(2 * day), at(2 * day + 10))));
    CHECK(value_of(f.store().take_lease("ahead", "b", at(0), at(10))));
    CHECK_FALSE(value_of(f.store().take_lease("ahead", "a", at(5), at(15))));
  });
}

}  // namespace zicht::store
