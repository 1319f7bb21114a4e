// Counts that are kept: after any writes, corrections, restarts and erasures they say what a loop
// over the records says (testing/count_oracle.h), without counting all again. Random runs on both
// databases; that nothing is counted twice or again is seen by changing rows behind their back.
#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/testing/care_entries.h"
#include "store/testing/care_pack.h"
#include "store/testing/count_oracle.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::Sensitivity;
using testing::BitemporalOracle;
using testing::change_record;
using testing::counted_by_hand;
using testing::kThing;
using testing::Question;
using testing::random_question;
using testing::StoreFixture;
using testing::TestDatabase;
using testing::write_records;

constexpr std::uint64_t kSeed = 20'261'129;
constexpr int kRounds = 150;
constexpr std::int64_t kDay = 86'400'000'000;

model::CountQuery all_of(std::string_view form) {
  model::CountQuery query{.form = std::string(form), .scope = {}};
  query.scope.elsewhere = query.scope.clearance = Sensitivity::kSecret;
  return query;
}

std::int64_t rows_of(SqlStore& store, const model::CountQuery& query) {
  const auto counted = store.count(query);
  if (!counted) FAIL(describe(counted.error()));
  return counted->empty() ? 0 : counted->front().tally.rows;
}

// Changes the database without an entry of the journal: whoever counts again sees it.
void run_behind(TestDatabase& test, const std::string& sql) {
  const auto connection = test.database().connect(Access::kWrite);
  REQUIRE(connection.has_value());
  REQUIRE((*connection)->run_script(sql).has_value());
}

std::int64_t number(TestDatabase& test, const std::string& sql) {
  const auto connection = test.database().connect(Access::kRead);
  REQUIRE(connection.has_value());
  auto rows = (*connection)->query(sql);
  REQUIRE(rows.has_value());
  REQUIRE(rows->next());
  return rows->integer(0);
}

class RandomRun {
 public:
  explicit RandomRun(TestDatabase& test) : f_(test, kSeed) {
    records_ = write_records(f_, oracle_, 40);
    for (int at = 0; at < 24; ++at) questions_.push_back(random_question(f_, oracle_));
  }

  void round() {
    const auto what = f_.rng().below(12);
    if (what == 0) f_.reopen();
    if (what == 1) keep();
    if (what == 2) f_.clock().advance_microseconds(2 * kDay);
    if (what == 3) append(write_records(f_, oracle_, 2));
    if (what > 3) change();
    for (int at = 0; at < 4; ++at) ask(questions_[f_.rng().below(questions_.size())]);
  }

  void ask_all() {
    for (const Question& each : questions_) ask(each);
  }
  std::size_t groups() const { return groups_; }

 private:
  void append(std::vector<model::Record> more) {
    for (auto& each : more) records_.push_back(std::move(each));
  }

  // A few records, some of them twice: all is one tail.
  void change() {
    for (auto count = 1 + f_.rng().below(6); count > 0; --count) {
      change_record(f_, oracle_, records_[f_.rng().below(records_.size())], {});
    }
  }

  void keep() {
    std::vector<model::CountQuery> asked;
    for (const Question& each : questions_) {
      if (f_.rng().below(2) == 0) asked.push_back(each.query);
    }
    const auto kept = f_.store().keep_counts(asked);
    if (!kept) FAIL(describe(kept.error()));
  }

  void ask(const Question& asked) {
    CAPTURE(asked.where->text);
    CAPTURE(asked.part->text);
    const auto counted = f_.store().count(asked.query);
    if (!counted) FAIL(describe(counted.error()));
    const auto expected = counted_by_hand(asked, oracle_);
    REQUIRE(counted->size() == expected.size());
    for (std::size_t at = 0; at < expected.size(); ++at) CHECK((*counted)[at] == expected[at]);
    groups_ += expected.size();
  }

  StoreFixture f_;
  BitemporalOracle oracle_;
  std::vector<model::Record> records_;
  std::vector<Question> questions_;
  std::size_t groups_ = 0;
};

}  // namespace

TEST_CASE("kept counts: after any writes and restarts they say what a loop says") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    CAPTURE(kSeed);
    RandomRun run(test);
    for (int round = 0; round < kRounds; ++round) {
      CAPTURE(round);
      run.round();
    }
    run.ask_all();
    CHECK(run.groups() > kRounds * 4);
    CHECK(number(test, "select count(*) from kept_counts") > 0);
  });
}

TEST_CASE("kept counts: a restart and a later question count nothing again but what changed") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    auto records = write_records(f, oracle, 30);
    const auto query = all_of(kThing);
    REQUIRE(f.store().keep_counts({query}).has_value());
    CHECK(rows_of(f.store(), query) == 30);
    run_behind(test, "delete from f_sample__thing where _record = '" + records[0].id + "'");
    f.reopen();
    CHECK(rows_of(f.store(), query) == 30);
    write_records(f, oracle, 1);
    change_record(f, oracle, records[1], {});
    CHECK(rows_of(f.store(), query) == 31);
    // What was never asked is counted now.
    auto grouped = query;
    grouped.dimensions = {{"is_new"}};
    const auto groups = f.store().count(grouped);
    REQUIRE(groups.has_value());
    std::int64_t rows = 0;
    for (const auto& group : *groups) rows += group.tally.rows;
    CHECK(rows == 30);
  });
}

TEST_CASE("kept counts: what others see of it is another part of the same count") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    const auto records = write_records(f, oracle, 30);
    const auto query = all_of(kThing);
    CHECK(rows_of(f.store(), query) == 30);
    run_behind(test, "delete from f_sample__thing");
    auto visitor = query;
    visitor.scope = {};
    auto own = query;
    own.scope = {.clearance = Sensitivity::kSecret, .elsewhere = {}, .organisation = "org-1"};
    std::int64_t seen_by_all = 0, of_own = 0;
    for (const auto& id : oracle.ids()) {
      seen_by_all += oracle.find_now(id)->audience == Sensitivity::kPublic ? 1 : 0;
      of_own += oracle.find_now(id)->organisation == "org-1" ? 1 : 0;
    }
    CHECK(seen_by_all > 0);
    CHECK(of_own > 0);
    CHECK(rows_of(f.store(), visitor) == seen_by_all);
    CHECK(rows_of(f.store(), own) == of_own);
  });
}

TEST_CASE("kept counts: what is made again, and what is erased, is counted again") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    const auto records = write_records(f, oracle, 20);
    REQUIRE(f.store().prepare_forms(testing::care_pack()).has_value());
    const auto child = testing::care_record(f.rng(), "child", "org-1", "Ann", {{"name", "Ann"}});
    f.put(child, "created");
    const auto things = all_of(kThing), children = all_of(child.form);
    REQUIRE(f.store().keep_counts({things, children}).has_value());
    CHECK(rows_of(f.store(), children) == 1);
    run_behind(test, "delete from f_sample__thing where _record = '" + records[0].id + "'");
    const auto erased = f.store().erase_person(
        {.person = child.id, .actor = "account-1", .reason = "asked", .keep = {}});
    if (!erased) FAIL(describe(erased.error()));
    CHECK(rows_of(f.store(), children) == 0);
    // Of another form nothing was erased, so nothing is counted again.
    CHECK(rows_of(f.store(), things) == 20);
    CHECK(number(test, "select count(*) from kept_counts") == 1);
    run_behind(test, "delete from f_sample__thing where _record = '" + records[1].id + "'");
    REQUIRE(f.store().rebuild().has_value());
    CHECK(number(test, "select count(*) from kept_counts") == 0);
    CHECK(rows_of(f.store(), things) == 20);
    run_behind(test, "delete from f_sample__thing where _record = '" + records[1].id + "'");
    CHECK(rows_of(f.store(), things) == 20);
    f.reopen();
    CHECK(rows_of(f.store(), things) == 19);
  });
}

TEST_CASE("kept counts: what takes too long is counted apart, and there afterwards") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, 10);
    auto hurried = all_of(kThing);
    hurried.time = std::chrono::milliseconds(0);
    const auto refusal = [&](const model::CountQuery& query) {
      const auto counted = f.store().count(query);
      return counted ? std::string() : counted.error().id;
    };
    CHECK(refusal(hurried) == "ST-0100");
    // Nor does another ask the database meanwhile.
    CHECK(refusal(all_of(kThing)) == "ST-0100");
    REQUIRE(f.store().keep_counts({}).has_value());
    CHECK(rows_of(f.store(), all_of(kThing)) == 10);
  });
}

TEST_CASE("kept counts: of other days and moments nothing is counted apart") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, 10);
    const auto refusal = [&](const model::CountQuery& query) {
      const auto counted = f.store().count(query);
      return counted ? std::string() : counted.error().id;
    };
    for (int at = 0; at < 40; ++at) {
      auto hurried = all_of(kThing);
      hurried.time = std::chrono::milliseconds(0);
      hurried.as_of.known_at = f.clock().now();
      if (at % 2 == 0) hurried.as_of = {testing::sample_day(at), {}};
      f.clock().advance_microseconds(1);
      CHECK(refusal(hurried) == "ST-0073");
      hurried.time = std::chrono::milliseconds(5'000);
      CHECK(refusal(hurried) == "");
    }
    // So there is room for what everybody asks.
    auto now = all_of(kThing);
    now.time = std::chrono::milliseconds(0);
    CHECK(refusal(now) == "ST-0100");
    REQUIRE(f.store().keep_counts({}).has_value());
    CHECK(rows_of(f.store(), all_of(kThing)) == 10);
    CHECK(number(test, "select count(*) from kept_counts") == 1);
  });
}

TEST_CASE("kept counts: more slow questions than are noted are told as too slow") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, 10);
    std::map<std::string, int> told;
    std::set<std::vector<std::string>> asked;
    for (int tries = 0; tries < 10'000 && asked.size() < 40; ++tries) {
      const Question question = random_question(f, oracle);
      model::CountQuery hurried = question.query;
      hurried.as_of = {};
      hurried.time = std::chrono::milliseconds(0);
      std::vector<std::string> name{question.where->text, question.part->text, hurried.of,
                                    hurried.by};
      for (const auto& each : hurried.dimensions) {
        name.push_back(each.field + std::to_string(static_cast<int>(each.by)));
      }
      if (!asked.insert(std::move(name)).second) continue;
      const auto counted = f.store().count(hurried);
      REQUIRE_FALSE(counted.has_value());
      ++told[counted.error().id];
    }
    CHECK(told["ST-0100"] == 32);
    CHECK(told["ST-0073"] == 8);
  });
}

TEST_CASE("kept counts: what nobody keeps asking is not written down again") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, 10);
    const auto query = all_of(kThing);
    const char* saved = "select max(saved) from kept_counts";
    REQUIRE(f.store().keep_counts({query}).has_value());
    const auto first = number(test, saved);
    f.clock().advance_microseconds(2 * kDay);
    f.reopen();
    CHECK(rows_of(f.store(), query) == 10);
    REQUIRE(f.store().keep_counts({}).has_value());
    CHECK(number(test, saved) == first);
    REQUIRE(f.store().keep_counts({query}).has_value());
    CHECK(number(test, saved) > first);
  });
}

// On PostgreSQL alone somebody else can hold a table so that it is read late.
TEST_CASE("kept counts: what took long once is not written down") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    if (test.database().dialect().kind != Dialect::Kind::kPostgres) return;
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, 10);
    const auto other = test.database().connect(Access::kWrite);
    REQUIRE(other.has_value());
    REQUIRE((*other)->begin(Access::kWrite).has_value());
    const char* lock = "lock table f_sample__thing in access exclusive mode";
    REQUIRE((*other)->run_script(lock).has_value());
    auto asked = std::async(std::launch::async, [&] {
      auto query = all_of(kThing);
      query.as_of.known_at = f.clock().now();
      return rows_of(f.store(), query);
    });
    CHECK(asked.wait_for(std::chrono::milliseconds(200)) == std::future_status::timeout);
    REQUIRE((*other)->commit().has_value());
    CHECK(asked.get() == 10);
    REQUIRE(f.store().keep_counts({}).has_value());
    CHECK(number(test, "select count(*) from kept_counts") == 0);
  });
}

TEST_CASE("kept counts: what was written down and is damaged is counted again") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, 10);
    for (const char* damage :
         {"cells = '[[]]'", "cells = '{'", "positions = '[]'",
          "positions = '{\"org-1\":[999999,9999999]}'", "cells = '[[1,2,3,4,5,6,7,8,9,10,11]]'"}) {
      CAPTURE(damage);
      REQUIRE(f.store().keep_counts({all_of(kThing)}).has_value());
      REQUIRE(number(test, "select count(*) from kept_counts") == 1);
      run_behind(test, std::string("update kept_counts set ") + damage);
      f.reopen();
      CHECK(rows_of(f.store(), all_of(kThing)) == 10);
      // Written down anew only when it moved far enough, or was never written.
      run_behind(test, "delete from kept_counts");
      f.reopen();
    }
  });
}

}  // namespace zicht::store
