// Verification finds every way in which a journal can be tampered with.
// Method: a good journal is damaged through SQL, as somebody with the database in hands could do
// (the triggers that refuse it are dropped first), on both databases; the ids of the problems
// found are compared with those expected.
#include "store/verify.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using testing::kThing;
using testing::StoreFixture;
using testing::TestDatabase;

void must(const Result<void>& result) {
  if (!result.has_value()) FAIL(describe(result.error()));
}

// Forty entries in three chains, the heads signed.
void fill(StoreFixture& f, int entries = 40) {
  for (int at = 0; at < entries; ++at) {
    f.put(testing::random_record(f.rng(), kThing, f.pack(), {}), "created");
  }
  must(f.store().make_checkpoint());
}

void run_sql(TestDatabase& test, const std::string& sql) {
  auto connection = test.database().connect(Access::kWrite);
  REQUIRE(connection.has_value());
  must((*connection)->run_script(sql));
}

void allow_changes(TestDatabase& test) {
  const bool is_sqlite = test.name() == "sqlite";
  const std::string on = is_sqlite ? "" : " on journal";
  run_sql(test, "drop trigger journal_no_update" + on + "; drop trigger journal_no_delete" + on);
}

std::set<std::string> problems_of(StoreFixture& f) {
  const auto report = f.store().verify_journal();
  if (!report.has_value()) FAIL(describe(report.error()));
  std::set<std::string> ids;
  for (const Json& problem : report->at("problems").as_array()) {
    ids.emplace(problem.at("id").as_string());
  }
  return ids;
}

struct Damage {
  const char* name;
  const char* sql;
  std::set<std::string> expected;
};

// A long form of "number 5 of the chain org-1".
#define ZICHT_ENTRY "where organisation = 'org-1' and chain_no = 5"

const Damage kDamages[] = {
    {"an envelope that was changed", "update journal set actor = 'somebody' " ZICHT_ENTRY,
     {"ST-0030", "ST-0033"}},
    {"a time that was changed", "update journal set recorded_at = recorded_at - 1 " ZICHT_ENTRY,
     {"ST-0030", "ST-0033"}},
    {"a time before the entry before it",
     "update journal set recorded_at = 1 " ZICHT_ENTRY, {"ST-0030", "ST-0032", "ST-0033"}},
    {"a payload of another entry",
     "update journal set sealed = (select j.sealed from journal j where j.organisation = 'org-1' "
     "and j.chain_no = 6) " ZICHT_ENTRY,
     {"ST-0030", "ST-0033"}},
    {"a hash that was changed",
     "update journal set hash = (select j.hash from journal j where j.organisation = 'org-1' "
     "and j.chain_no = 6) " ZICHT_ENTRY,
     {"ST-0030"}},
    {"an entry that was removed", "delete from journal " ZICHT_ENTRY, {"ST-0030", "ST-0031"}},
    {"an entry that was removed and the rest numbered anew",
     "delete from journal " ZICHT_ENTRY "; update journal set chain_no = -chain_no where "
     "organisation = 'org-1' and chain_no > 5; update journal set chain_no = -chain_no - 1 where "
     "organisation = 'org-1' and chain_no < 0",
     {"ST-0030", "ST-0033", "ST-0036"}},
    {"two entries that were swapped",
     "update journal set chain_no = -5 " ZICHT_ENTRY "; update journal set chain_no = 5 where "
     "organisation = 'org-1' and chain_no = 6; update journal set chain_no = 6 where "
     "organisation = 'org-1' and chain_no = -5",
     {"ST-0030", "ST-0032", "ST-0033"}},
    {"a tail that was cut off",
     "delete from journal where organisation = 'org-1' and chain_no > 5", {"ST-0036"}},
    {"a chain that is gone", "delete from journal where organisation = 'org-1'", {"ST-0036"}},
};

}  // namespace

TEST_CASE("verify: a journal that nobody touched is good") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    fill(f);
    CHECK(problems_of(f).empty());
    const auto report = f.store().last_verification();
    REQUIRE(report.has_value());
    REQUIRE(report->has_value());
    CHECK((*report)->at("entries").as_int64() == 40);
    CHECK((*report)->at("chains").as_int64() == 3);
    CHECK((*report)->at("checkpoints").as_int64() >= 6);
  });
}

TEST_CASE("verify: the database itself refuses to change or remove entries") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    fill(f, 3);
    auto connection = test.database().connect(Access::kWrite);
    REQUIRE(connection.has_value());
    for (const char* sql : {"update journal set actor = 'somebody'", "delete from journal"}) {
      const auto refused = (*connection)->execute(sql);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().id == "ST-0002");
    }
    CHECK(problems_of(f).empty());
  });
}

TEST_CASE("verify: every kind of damage is found and told apart") {
  for (const Damage& damage : kDamages) {
    testing::on_both([&damage](TestDatabase& test) {
      CAPTURE(test.name());
      CAPTURE(std::string(damage.name));
      StoreFixture f(test);
      fill(f);
      allow_changes(test);
      run_sql(test, damage.sql);
      CHECK(problems_of(f) == damage.expected);
    });
  }
}

TEST_CASE("verify: a chain written anew with the right keys differs from its checkpoints") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    fill(f);
    allow_changes(test);
    // Whoever holds the data keys can make a chain that is good in itself.
    run_sql(test, "delete from journal; delete from checkpoints");
    f.reopen();
    REQUIRE(f.store().rebuild().has_value());
    fill(f);
    CHECK(problems_of(f).contains("ST-0034"));
  });
}

TEST_CASE("verify: a checkpoint that was made up has no good signature") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    fill(f);
    run_sql(test, "update checkpoints set chain_no = chain_no - 1");
    CHECK(problems_of(f) == std::set<std::string>{"ST-0035"});
  });
}

TEST_CASE("verify: the exported checkpoints are enough, and a broken line in them is said") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    fill(f);
    allow_changes(test);
    run_sql(test, "delete from checkpoints; "
                  "delete from journal where organisation = 'org-0' and chain_no > 3");
    CHECK(problems_of(f) == std::set<std::string>{"ST-0036"});
    std::ofstream(f.checkpoint_file(), std::ios::app) << "no json\n";
    CHECK(problems_of(f) == std::set<std::string>{"ST-0036", "ST-0038"});
  });
}

TEST_CASE("verify: an exported file that is gone or shorter is told until it is made anew") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    const std::string file = f.checkpoint_file();
    const auto size = [&] { return std::filesystem::file_size(file); };
    CHECK(problems_of(f).empty());
    fill(f);
    fill(f);
    CHECK(problems_of(f).empty());
    const auto whole = size();

    // A whole line less, then a part of one.
    const auto lines = *exported_checkpoints({.path = file});
    std::string text;
    { std::ifstream in(file); std::getline(in, text); }
    std::filesystem::resize_file(file, text.size() + 1);
    CHECK(problems_of(f) == std::set<std::string>{"ST-0038"});
    std::filesystem::resize_file(file, text.size() / 2);
    CHECK(problems_of(f) == std::set<std::string>{"ST-0038"});
    // Checkpoints that come by themselves do not hide it.
    fill(f, 3);
    CHECK(problems_of(f) == std::set<std::string>{"ST-0038"});

    std::filesystem::remove(file);
    CHECK(problems_of(f) == std::set<std::string>{"ST-0037"});
    must(f.store().mend_checkpoint_file());
    CHECK(problems_of(f).empty());
    CHECK(size() >= whole);
    CHECK(exported_checkpoints({.path = file})->count >= lines.count);
  });
}

TEST_CASE("verify: a file of checkpoints that cannot be read is an error, not an empty one") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    std::filesystem::create_directory(f.checkpoint_file());
    const auto report = f.store().verify_journal();
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().id == "ST-0027");
    std::filesystem::remove(f.checkpoint_file());
  });
}

TEST_CASE("verify: checkpoints come by themselves after so many entries, and when it closes") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    f.put(testing::random_record(f.rng(), kThing, f.pack(), {}), "created");
    f.reopen();
    const auto lines = exported_checkpoints({.path = f.checkpoint_file()});
    REQUIRE(lines.has_value());
    CHECK(lines->count == 1);
  });
}

TEST_CASE("verify: a payload cannot be read without its key, and damage to it is told") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test);
    const auto record = testing::random_record(f.rng(), kThing, f.pack(), {});
    f.put(record, "created");
    allow_changes(test);
    run_sql(test, "update journal set purpose = 'another'");
    auto history = f.store().history(record.id, 1, std::nullopt);
    REQUIRE_FALSE(history.has_value());
    CHECK(history.error().id == "ST-0023");
    run_sql(test, "delete from data_keys");
    f.reopen();
    history = f.store().history(record.id, 1, std::nullopt);
    REQUIRE_FALSE(history.has_value());
    CHECK(history.error().id == "ST-0024");
  });
}

}  // namespace zicht::store
