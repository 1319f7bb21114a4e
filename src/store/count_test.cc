// Counting in groups: what one statement of the database says, held against a loop in plain C++
// over the versions of records as they were written. Random records with absent fields, changed and
// corrected; random conditions, groups, sums, moments and scopes; on both databases. How it is kept
// and moved on: kept_counts_test.cc.
#include <doctest/doctest.h>

#include <string>

#include "store/testing/count_oracle.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::Grouping;
using testing::BitemporalOracle;
using testing::counted_by_hand;
using testing::kThing;
using testing::Question;
using testing::random_question;
using testing::StoreFixture;
using testing::TestDatabase;
using testing::write_records;

constexpr std::uint64_t kSeed = 20'261'128;
constexpr int kRecords = 60;
constexpr int kQuestions = 150;

}  // namespace

TEST_CASE("count: one statement says what a loop over the records says") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    CAPTURE(kSeed);
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, kRecords);
    std::size_t groups = 0, undetermined = 0, again = 0;
    for (int round = 0; round < kQuestions; ++round) {
      const Question asked = random_question(f, oracle);
      CAPTURE(asked.where->text);
      CAPTURE(asked.part->text);
      const auto counted = f.store().count(asked.query);
      if (!counted) FAIL(describe(counted.error()));
      const auto expected = counted_by_hand(asked, oracle);
      REQUIRE(counted->size() == expected.size());
      for (std::size_t at = 0; at < expected.size(); ++at) {
        CHECK((*counted)[at] == expected[at]);
        undetermined += expected[at].tally.undetermined > 0 ? 1 : 0;
        again += expected[at].is_again ? 1 : 0;
      }
      groups += expected.size();
    }
    // Questions that find nothing would compare nothing.
    CHECK(groups > kQuestions);
    CHECK(undetermined > kQuestions / 4);
    CHECK(again > kQuestions / 4);
  });
}

TEST_CASE("count: sums are exact beyond 64 bits, and below zero") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    model::CountQuery query{.form = std::string(kThing), .of = "amount", .by = "rate", .scope = {}};
    query.scope.elsewhere = query.scope.clearance = model::Sensitivity::kSecret;
    const auto none = f.store().count(query);
    REQUIRE(none.has_value());
    CHECK(none->empty());
    for (int at = 0; at < 12; ++at) {
      model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
      record.fields.as_object()["amount"] = "9999999999999999.99";
      record.fields.as_object()["rate"] = "-999999999999999.999";
      f.put(record, "created");
    }
    const auto counted = f.store().count(query);
    REQUIRE(counted.has_value());
    REQUIRE(counted->size() == 1);
    CHECK(counted->front().tally.valued == 12);
    CHECK(counted->front().tally.of.to_string() == "119999999999999999.88");
    CHECK(counted->front().tally.by.to_string() == "-11999999999999999.988");
  });
}

TEST_CASE("count: what has no column, and more groups than wanted, are refused") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    BitemporalOracle oracle;
    write_records(f, oracle, kRecords);
    const std::string thing(kThing);
    const auto refusal = [&](model::CountQuery query) {
      query.scope.elsewhere = query.scope.clearance = model::Sensitivity::kSecret;
      const auto counted = f.store().count(query);
      return counted ? std::string() : counted.error().id;
    };
    CHECK(refusal({.form = thing, .dimensions = {{"code"}}, .scope = {}}).empty());
    CHECK(refusal({.form = thing, .dimensions = {{"nothing"}}, .scope = {}}) == "ST-0018");
    CHECK(refusal({.form = thing, .dimensions = {{"labels"}}, .scope = {}}).empty());
    CHECK(refusal({.form = thing, .dimensions = {{"labels"}, {"labels"}}, .scope = {}}) ==
          "ST-0018");
    CHECK(refusal({.form = thing, .dimensions = {{"made_on"}}, .scope = {}}) == "ST-0018");
    CHECK(refusal({.form = thing, .dimensions = {{"code", Grouping::kYear}}, .scope = {}}) ==
          "ST-0018");
    CHECK(refusal({.form = thing, .of = "what", .scope = {}}) == "ST-0018");
    CHECK(refusal({.form = thing, .of = "number", .by = "made_on", .scope = {}}) == "ST-0018");
    CHECK(refusal({.form = std::string(testing::kPerson),
                   .dimensions = {{"secret_note"}},
                   .scope = {}}) == "ST-0018");
    CHECK(refusal({.form = "sample/nothing", .scope = {}}) == "ST-0015");
    CHECK(
        refusal(
            {.form = thing, .dimensions = {{"code"}, {"is_new"}}, .scope = {}, .most_groups = 2}) ==
        "ST-0096");
  });
}

}  // namespace zicht::store
