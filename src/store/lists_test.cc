// Tasks, links, titles, facts, what the scheduler must look at, accounts, packs, credentials.
// Method: a few records made for the case on both databases; expected answers are written down,
// and tasks of many random records are compared with a plain sort.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::Sensitivity;
using testing::kPerson;
using testing::kThing;
using testing::sample_day;
using testing::StoreFixture;
using testing::TestDatabase;

template <class T>
T value_of(Result<T> result) {
  if (!result.has_value()) FAIL(describe(result.error()));
  return *std::move(result);
}

void both(const std::function<void(StoreFixture&)>& run) {
  testing::on_both([&run](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture fixture(test, 99);
    run(fixture);
  });
}

model::RowScope scope(Sensitivity clearance, std::optional<Sensitivity> elsewhere,
                      std::string organisation = "") {
  return {.clearance = clearance, .elsewhere = elsewhere, .organisation = std::move(organisation)};
}

app::Unit entry_unit(std::string_view kind, json::object payload) {
  app::Unit unit;
  unit.actor = "system";
  unit.purpose = "operate";
  model::Entry entry;
  entry.organisation = "org-0";
  entry.kind = kind;
  entry.subject = "account-1";
  entry.retention = "permanent";
  entry.payload = std::move(payload);
  unit.entries.push_back(std::move(entry));
  return unit;
}

json::object account(const char* id, const char* login, bool active) {
  return {{"account", id},         {"person", "person-1"},
          {"login", login},        {"name", "Anna"},
          {"organisation", "org-0"}, {"roles", json::array{"sample/editor", "auditor"}},
          {"active", active},      {"demo", false}};
}

}  // namespace

TEST_CASE("tasks: those of the roles held come due first, in pages, within the scope") {
  both([](StoreFixture& f) {
    std::vector<model::Record> records;
    for (int at = 0; at < 60; ++at) {
      records.push_back(testing::random_record(f.rng(), kThing, f.pack(), {}));
      f.put(records.back(), "created");
    }
    app::TaskQuery query;
    query.held = {{.form = std::string(kThing),
                   .roles = {"editor", "inspector"},
                   .scope = scope(Sensitivity::kInternal, Sensitivity::kPublic, "org-1")}};
    query.limit = 7;
    std::vector<std::tuple<std::string, Date, std::size_t, std::string>> expected;
    for (std::size_t at = 0; at < records.size(); ++at) {
      const auto allowed = query.held[0].scope.clearance_in(records[at].organisation);
      if (!allowed || records[at].audience > *allowed) continue;
      for (const model::Task& task : records[at].tasks) {
        expected.emplace_back(task.due ? task.due->first.to_string() : "~", task.opened, at,
                              task.key);
      }
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::tuple<std::string, Date, std::size_t, std::string>> found;
    for (int pages = 0; pages < 100; ++pages) {
      const app::TaskPage page = value_of(f.store().tasks(query));
      for (const app::TaskItem& item : page.tasks) {
        const auto at = std::find_if(records.begin(), records.end(),
                                     [&](const auto& each) { return each.id == item.record; });
        found.emplace_back(item.task.due ? item.task.due->first.to_string() : "~",
                           item.task.opened, at - records.begin(), item.task.key);
        CHECK(item.title == at->title);
        CHECK(item.state == at->state);
      }
      query.cursor = page.next;
      if (query.cursor.empty()) break;
    }
    CHECK(found == expected);
    query.cursor = "nonsense";
    CHECK(f.store().tasks(query).error().id == "ST-0019");
    query = {};
    CHECK(value_of(f.store().tasks(query)).tasks.empty());
  });
}

TEST_CASE("links: records that refer are found from the other side, within the scope") {
  both([](StoreFixture& f) {
    const model::Record target = testing::random_record(f.rng(), kThing, f.pack(), {});
    f.put(target, "created");
    std::vector<std::string> visible;
    for (int at = 0; at < 12; ++at) {
      model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
      record.fields = json::object{{"earlier", target.id}};
      record.organisation = at % 2 == 0 ? "org-1" : "org-2";
      record.audience = at < 6 ? Sensitivity::kPublic : Sensitivity::kInternal;
      if (at < 6 || at % 2 == 0) visible.insert(visible.begin(), record.id);
      f.put(record, "created");
    }
    const auto links = value_of(
        f.store().referring(target.id, std::string(kThing), "earlier",
                            scope(Sensitivity::kInternal, Sensitivity::kPublic, "org-1"), 50));
    std::vector<std::string> found;
    for (const app::RecordLink& link : links) found.push_back(link.record);
    CHECK(found == visible);
    const auto none = f.store().referring(target.id, std::string(kThing), "note",
                                          scope(Sensitivity::kPublic, Sensitivity::kPublic), 50);
    CHECK(none.error().id == "ST-0018");
  });
}

TEST_CASE("titles: only of records in scope, however many are asked for") {
  both([](StoreFixture& f) {
    std::vector<std::string> ids = {"unknown"};
    std::size_t visible = 0;
    for (int at = 0; at < 90; ++at) {
      const auto form = at % 2 == 0 ? kThing : kPerson;
      const model::Record record = testing::random_record(f.rng(), form, f.pack(), {});
      ids.push_back(record.id);
      visible += record.audience == Sensitivity::kPublic && form == kThing ? 1 : 0;
      f.put(record, "created");
    }
    const auto titles = value_of(f.store().references(ids, [](std::string_view form) {
      const bool may = form == kThing;
      return scope(Sensitivity::kPublic,
                   may ? std::optional(Sensitivity::kPublic) : std::nullopt);
    }));
    CHECK(titles.size() == visible);
    CHECK(value_of(f.store().references({}, [](std::string_view) {
            return model::RowScope();
          })).empty());
  });
}

TEST_CASE("scheduler: records are due from their earliest next look on, oldest first") {
  both([](StoreFixture& f) {
    std::vector<std::pair<Date, std::string>> expected;
    for (int at = 0; at < 40; ++at) {
      const model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
      f.put(record, "created");
      if (record.deadlines.empty()) continue;
      if (*record.deadlines[0].next <= sample_day(150)) {
        expected.emplace_back(*record.deadlines[0].next, record.id);
      }
    }
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> ids;
    for (const auto& [day, id] : expected) ids.push_back(id);
    CHECK(value_of(f.store().due_for_scheduler(sample_day(150), 100)) == ids);
    CHECK(value_of(f.store().due_for_scheduler(sample_day(150), 2)).size() == 2);
  });
}

TEST_CASE("facts: a loaded fact is found again by its id, and is never there twice") {
  both([](StoreFixture& f) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    record.fact = "sample/one";
    f.put(record, "loaded");
    CHECK(value_of(f.store().records_of_facts()) ==
          std::map<std::string, std::string>{{"sample/one", record.id}});
    model::Record twin = testing::random_record(f.rng(), kThing, f.pack(), {});
    twin.fact = "sample/one";
    CHECK(f.try_put(twin, "loaded").error().id == "ST-0001");
  });
}

TEST_CASE("accounts: the last entry of an account counts, logins are unique") {
  both([](StoreFixture& f) {
    SqlStore& store = f.store();
    CHECK(store.append_and_wait(entry_unit("account.put", account("a-1", "anna", true))));
    CHECK(store.append_and_wait(entry_unit("account.put", account("a-2", "bert", true))));
    CHECK(store.append_and_wait(entry_unit("account.put", account("a-1", "anna", false))));
    CHECK_FALSE(store.append_and_wait(entry_unit("account.put", account("a-3", "anna", true))));
    const auto anna = value_of(store.find_account_by_login("anna"));
    REQUIRE(anna.has_value());
    CHECK(anna->id == "a-1");
    CHECK_FALSE(anna->is_active);
    CHECK(anna->roles == std::vector<std::string>{"sample/editor", "auditor"});
    CHECK(value_of(store.find_account("a-2"))->login == "bert");
    CHECK_FALSE(value_of(store.find_account("a-3")).has_value());
    CHECK(value_of(store.accounts()).size() == 2);
  });
}

TEST_CASE("packs: stored versions, activations and configuration come back in order") {
  both([](StoreFixture& f) {
    SqlStore& store = f.store();
    for (const char* hash : {"h1", "h2", "h1"}) {
      CHECK(store.append_and_wait(entry_unit("pack.stored", {{"pack", "sample"},
                                                             {"version", "1.0.0"},
                                                             {"hash", hash},
                                                             {"files", {{"pack.yaml", hash}}}})));
      CHECK(store.append_and_wait(
          entry_unit("pack.activated", {{"pack", "sample"}, {"hash", hash}})));
    }
    CHECK_FALSE(value_of(store.calendar_configuration()).has_value());
    for (const char* day : {"2025-05-05", "2026-05-05"}) {
      CHECK(store.append_and_wait(
          entry_unit("calendar.configured", {{"designated", json::array{day}}})));
    }
    const auto packs = value_of(store.stored_packs());
    REQUIRE(packs.size() == 2);
    CHECK(packs[1].files.at("pack.yaml") == "h2");
    const auto activations = value_of(store.activations());
    REQUIRE(activations.size() == 3);
    CHECK(activations[2].hash == "h1");
    CHECK(activations[0].seq < activations[2].seq);
    CHECK(value_of(store.calendar_configuration())->at("designated").at(0) == "2026-05-05");
    const auto refused = store.append_and_wait(entry_unit("unknown.kind", {}));
    CHECK(refused.error().id == "ST-0026");
    CHECK(store.append_and_wait(entry_unit("pack.activated", {{"pack", 1}})).error().id ==
          "ST-0026");
  });
}

TEST_CASE("imports: an organisation has the mappings that it keeps, the last of each name") {
  both([](StoreFixture& f) {
    const auto keep = [&](const char* organisation, json::object payload) {
      app::Unit unit = entry_unit("import.kept", std::move(payload));
      unit.entries.front().organisation = organisation;
      return f.store().append_and_wait(std::move(unit)).has_value();
    };
    CHECK(keep("north", {{"name", "a/b"}, {"mapping", {{"form", "1"}}}}));
    CHECK(keep("north", {{"name", "a/b"}, {"mapping", {{"form", "2"}}}}));
    CHECK(keep("north", {{"name", "c"}, {"mapping", {{"form", "3"}}}}));
    CHECK(keep("northern", {{"name", "d"}, {"mapping", {{"form", "4"}}}}));
    CHECK(keep("north", {{"name", "c"}}));
    CHECK_FALSE(keep("north", {{"mapping", {{"form", "5"}}}}));
    const auto check = [&] {
      const auto kept = value_of(f.store().kept_imports("north"));
      REQUIRE(kept.size() == 1);
      CHECK(kept.at("a/b").at("mapping").at("form") == "2");
      CHECK(value_of(f.store().kept_imports("northern")).size() == 1);
      CHECK(value_of(f.store().kept_imports("south")).empty());
    };
    check();
    f.reopen();
    check();
  });
}

TEST_CASE("credentials: secrets come back, and are not in the database in clear") {
  both([](StoreFixture& f) {
    app::CredentialStore& store = f.store().credentials();
    CHECK_FALSE(value_of(store.credential("a-1")).has_value());
    app::Credential credential;
    credential.account = "a-1";
    credential.password_hash = "$argon2id$...";
    credential.totp_secret = "totpcanarysecret";
    credential.totp_confirmed = true;
    credential.last_totp_step = 5;
    credential.failures = 2;
    credential.locked_until = f.clock().now();
    CHECK(store.put_credential(credential).has_value());
    credential.failures = 3;
    CHECK(store.put_credential(credential).has_value());
    const auto read = value_of(store.credential("a-1"));
    REQUIRE(read.has_value());
    CHECK(read->totp_secret == "totpcanarysecret");
    CHECK(read->failures == 3);
    CHECK(read->locked_until == credential.locked_until);
    CHECK(read->totp_confirmed);
    CHECK(value_of(store.accounts_with_code()) == std::set<std::string>{"a-1"});
    credential.totp_confirmed = false;
    CHECK(store.put_credential(credential).has_value());
    CHECK(value_of(store.accounts_with_code()).empty());
  });
}

TEST_CASE("sessions: they are found by their hash until they are removed") {
  both([](StoreFixture& f) {
    app::CredentialStore& store = f.store().credentials();
    const Instant now = f.clock().now();
    const Instant later = *Instant::from_microseconds(now.microseconds_since_epoch() + 1000);
    for (const char* token : {"t-1", "t-2", "t-3"}) {
      CHECK(store.put_session({.token_hash = token,
                               .account = token[2] == '3' ? "a-2" : "a-1",
                               .csrf_token = "csrf",
                               .created = now,
                               .last_seen = now,
                               .expires = later}));
    }
    const auto session = value_of(store.session("t-1"));
    REQUIRE(session.has_value());
    CHECK(session->account == "a-1");
    CHECK(session->expires == later);
    CHECK(store.remove_session("t-1").has_value());
    CHECK_FALSE(value_of(store.session("t-1")).has_value());
    CHECK(store.remove_sessions_of("a-1").has_value());
    CHECK_FALSE(value_of(store.session("t-2")).has_value());
    CHECK(value_of(store.session("t-3")).has_value());
    // Not yet expired, and used since; then unused; then expired.
    const Instant before = *Instant::from_microseconds(now.microseconds_since_epoch() - 1);
    CHECK(store.remove_sessions_ended(now, before));
    REQUIRE(value_of(store.session("t-3")).has_value());
    auto kept = *value_of(store.session("t-3"));
    CHECK(store.remove_sessions_ended(now, now));
    CHECK_FALSE(value_of(store.session("t-3")).has_value());
    CHECK(store.put_session(kept));
    CHECK(store.remove_sessions_ended(later, before));
    CHECK_FALSE(value_of(store.session("t-3")).has_value());
  });
}

}  // namespace zicht::store
