// Counting in groups: what one statement of the database says, held against a loop in plain C++
// over the versions of records as they were written. Random records with absent fields, changed and
// corrected; random conditions, groups, sums, moments and scopes; on both databases.
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "model/where.h"
#include "store/testing/bitemporal_oracle.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::Grouping;
using testing::BitemporalOracle;
using testing::kThing;
using testing::sample_day;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::uint64_t kSeed = 20'261'128;
constexpr int kRecords = 60;
constexpr int kQuestions = 150;

using Verdict = std::optional<bool>;

const Json* value_in(const json::object& fields, const char* id) { return fields.if_contains(id); }

Verdict either(Verdict a, Verdict b) {
  if ((a && *a) || (b && *b)) return true;
  return a && b ? Verdict(false) : Verdict();
}

Verdict is_code(const json::object& fields, const char* code) {
  const Json* value = value_in(fields, "code");
  return value == nullptr ? Verdict() : Verdict(value->get_string() == code);
}

Verdict number_is_positive(const json::object& fields) {
  const Json* value = value_in(fields, "number");
  return value == nullptr ? Verdict() : Verdict(value->get_int64() > 0);
}

struct Asked {
  const char* text;  // in FEEL; empty: nothing is asked
  std::function<Verdict(const json::object&)> holds;
};

const std::vector<Asked>& conditions() {
  static const std::vector<Asked> all = {
      {"", [](const json::object&) { return Verdict(true); }},
      {"number > 0", number_is_positive},
      {"is_new",
       [](const json::object& fields) {
         const Json* value = value_in(fields, "is_new");
         return value == nullptr ? Verdict() : Verdict(value->get_bool());
       }},
      {"code = \"open\" or number > 0",
       [](const json::object& fields) {
         return either(is_code(fields, "open"), number_is_positive(fields));
       }},
      {"made_on >= @\"2025-05-01\"",
       [](const json::object& fields) {
         const Json* value = value_in(fields, "made_on");
         return value == nullptr ? Verdict()
                                 : Verdict(std::string(value->get_string()) >= "2025-05-01");
       }},
      {"earlier = null",
       [](const json::object& fields) { return Verdict(!fields.contains("earlier")); }}};
  return all;
}

std::string period_by_hand(const std::string& day, Grouping by) {
  const bool is_second = day[5] == '1' || day[6] > '6';
  return day.substr(0, 4) + (by == Grouping::kYear ? "" : is_second ? "-H2" : "-H1");
}

std::optional<std::string> group_by_hand(const json::object& fields, const model::GroupBy& by) {
  const Json* value = value_in(fields, by.field.c_str());
  if (value == nullptr) return std::nullopt;
  if (by.field == "is_new") return value->get_bool() ? "true" : "false";
  if (by.field == "made_on") return period_by_hand(std::string(value->get_string()), by.by);
  if (by.field != "due") return std::string(value->get_string());
  const auto first = period_by_hand(std::string(value->at("first").get_string()), by.by);
  const auto last = period_by_hand(std::string(value->at("last").get_string()), by.by);
  return first == last ? std::optional(first) : std::nullopt;
}

std::optional<Decimal> number_by_hand(const json::object& fields, const std::string& id) {
  if (id.empty()) return Decimal();
  const Json* value = value_in(fields, id.c_str());
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return Decimal::from_integer(value->get_int64());
  return *Decimal::parse(std::string(value->get_string()));
}

struct Question {
  model::CountQuery query;
  const Asked* where = nullptr;
  const Asked* part = nullptr;
};

void count_by_hand(const Question& asked, const json::object& fields,
                   std::map<std::vector<std::optional<std::string>>, model::Tally>& groups) {
  const Verdict counted = asked.where->holds(fields);
  if (counted && !*counted) return;
  std::vector<std::optional<std::string>> values;
  for (const auto& by : asked.query.dimensions) values.push_back(group_by_hand(fields, by));
  model::Tally& tally = groups[values];
  if (!counted) {
    ++tally.undetermined;
    return;
  }
  ++tally.rows;
  if (asked.query.part != nullptr) {
    const Verdict part = asked.part->holds(fields);
    if (!part) ++tally.part_undetermined;
    if (part && *part) ++tally.part;
  }
  const auto of = number_by_hand(fields, asked.query.of);
  const auto by = number_by_hand(fields, asked.query.by);
  if (asked.query.of.empty() || !of || !by) return;
  ++tally.valued;
  tally.of = *add(tally.of, *of);
  tally.by = *add(tally.by, *by);
}

// Some fields go, so that nothing can be said of many rows.
void thin_out(Rng& rng, model::Record& record) {
  for (const char* id :
       {"number", "rate", "amount", "is_new", "made_on", "due", "code", "earlier"}) {
    if (rng.below(4) == 0) record.fields.as_object().erase(id);
  }
}

BitemporalOracle write_records(StoreFixture& f) {
  BitemporalOracle oracle;
  std::vector<std::string> ids;
  for (int at = 0; at < kRecords; ++at) {
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), ids);
    thin_out(f.rng(), record);
    oracle.add(record, f.put(record, "created").recorded_at);
    for (auto changes = f.rng().below(3); changes > 0; --changes) {
      testing::change_randomly(f.rng(), record, f.pack(), ids);
      thin_out(f.rng(), record);
      const auto first = static_cast<std::int64_t>(f.rng().below(280));
      record.valid_from = sample_day(first);
      record.valid_to.reset();
      if (f.rng().below(3) == 0) record.valid_to = sample_day(first + 20);
      oracle.add(record, f.put(record, record.valid_to ? "corrected" : "changed").recorded_at);
    }
    if (ids.size() < 4) ids.push_back(record.id);
  }
  return oracle;
}

std::shared_ptr<const feel::Predicate> predicate_of(const char* text, const model::Form& form) {
  if (*text == '\0') return nullptr;
  const auto pushed = model::read_where(text, form, Date::of(2025, 6, 1));
  CAPTURE(text);
  REQUIRE(pushed.predicate);
  return std::make_shared<const feel::Predicate>(*pushed.predicate);
}

Question random_question(StoreFixture& f, const BitemporalOracle& oracle) {
  Rng& rng = f.rng();
  const model::Form& form = *f.pack().find_form("thing");
  Question asked;
  model::CountQuery& query = asked.query;
  query.form = kThing;
  asked.where = &conditions()[rng.below(conditions().size())];
  asked.part = &conditions()[rng.below(conditions().size())];
  query.where = predicate_of(asked.where->text, form);
  query.part = predicate_of(asked.part->text, form);
  const model::GroupBy ways[] = {{"code"},
                                 {"is_new"},
                                 {"earlier"},
                                 {"made_on", Grouping::kYear},
                                 {"made_on", Grouping::kHalfYear},
                                 {"due", Grouping::kYear},
                                 {"due", Grouping::kHalfYear}};
  for (auto count = rng.below(4); count > 0; --count) {
    query.dimensions.push_back(ways[rng.below(std::size(ways))]);
  }
  const char* numbers[] = {"number", "rate", "amount"};
  if (rng.below(2) == 0) query.of = numbers[rng.below(3)];
  if (!query.of.empty() && rng.below(2) == 0) query.by = numbers[rng.below(3)];
  query.scope.clearance =
      rng.below(2) == 0 ? model::Sensitivity::kSecret : model::Sensitivity::kInternal;
  query.scope.elsewhere = model::Sensitivity::kPublic;
  query.scope.organisation = "org-1";
  if (rng.below(2) == 0) {
    const auto ids = oracle.ids();
    const auto times = oracle.times_of(ids[rng.below(ids.size())]);
    query.as_of = {.valid_on = sample_day(static_cast<std::int64_t>(rng.below(365))),
                   .known_at = times[rng.below(times.size())]};
  }
  return asked;
}

bool is_seen(const model::RowScope& scope, const model::Record& record) {
  const auto clearance = scope.clearance_in(record.organisation);
  return clearance && record.audience <= *clearance;
}

std::vector<model::Group> counted_by_hand(const Question& asked, const BitemporalOracle& oracle) {
  std::map<std::vector<std::optional<std::string>>, model::Tally> groups;
  const model::AsOf& moment = asked.query.as_of;
  for (const std::string& id : oracle.ids()) {
    const model::Record* record =
        moment.is_now() ? oracle.find_now(id) : oracle.find(id, *moment.valid_on, *moment.known_at);
    if (record == nullptr || !is_seen(asked.query.scope, *record)) continue;
    const model::Record* now = oracle.find_now(id);
    if (now == nullptr || !is_seen(asked.query.scope, *now)) continue;
    count_by_hand(asked, record->fields.as_object(), groups);
  }
  std::vector<model::Group> all;
  for (const auto& [values, tally] : groups) all.push_back({values, tally});
  return all;
}

}  // namespace

TEST_CASE("count: one statement says what a loop over the records says") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    CAPTURE(kSeed);
    StoreFixture f(test, kSeed);
    const BitemporalOracle oracle = write_records(f);
    std::size_t groups = 0, undetermined = 0;
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
      }
      groups += expected.size();
    }
    // Questions that find nothing would compare nothing.
    CHECK(groups > kQuestions);
    CHECK(undetermined > kQuestions / 4);
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
    write_records(f);
    const std::string thing(kThing);
    const auto refusal = [&](model::CountQuery query) {
      query.scope.elsewhere = query.scope.clearance = model::Sensitivity::kSecret;
      const auto counted = f.store().count(query);
      return counted ? std::string() : counted.error().id;
    };
    CHECK(refusal({.form = thing, .dimensions = {{"code"}}, .scope = {}}).empty());
    CHECK(refusal({.form = thing, .dimensions = {{"nothing"}}, .scope = {}}) == "ST-0018");
    CHECK(refusal({.form = thing, .dimensions = {{"labels"}}, .scope = {}}) == "ST-0018");
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
