// Pages hold the right records in the right order, and nothing that the reader may not see.
// Method: random records (seeded) on both databases, random filters, words, sorts, scopes and page
// sizes; all pages of a query together are compared with testing/page_oracle.h.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "store/testing/page_oracle.h"
#include "store/testing/store_fixture.h"

namespace zicht::store {
namespace {

using model::Sensitivity;
using testing::kPerson;
using testing::kThing;
using testing::sample_day;
using testing::StoreFixture;
using testing::TestDatabase;

constexpr std::uint64_t kSeed = 777;

std::vector<model::Record> write_records(StoreFixture& f, int count) {
  std::vector<model::Record> records;
  std::vector<std::string> ids;
  for (int at = 0; at < count; ++at) {
    records.push_back(testing::random_record(f.rng(), kThing, f.pack(), ids));
    ids.push_back(records.back().id);
    f.put(records.back(), "created");
    if (f.rng().below(3) != 0) continue;
    model::Record& changed = records[f.rng().below(records.size())];
    testing::change_randomly(f.rng(), changed, f.pack(), ids);
    f.put(changed);
  }
  return records;
}

model::RowScope random_scope(Rng& rng) {
  const auto clearance = static_cast<Sensitivity>(rng.below(4));
  model::RowScope scope{.clearance = clearance, .elsewhere = Sensitivity::kPublic,
                        .organisation = rng.below(2) == 0 ? "" : "org-1"};
  if (rng.below(3) == 0) scope.elsewhere = clearance;
  if (rng.below(5) == 0) scope.elsewhere = std::nullopt;
  return scope;
}

Json day(Rng& rng) {
  return Json(sample_day(static_cast<std::int64_t>(rng.below(365))).to_string());
}

// Values out of records that exist, so that most filters have hits.
Json value_from(Rng& rng, const std::vector<model::Record>& records, const std::string& field,
                Json otherwise) {
  const Json* value = records[rng.below(records.size())].fields.as_object().if_contains(field);
  return value == nullptr ? otherwise : *value;
}

model::Filter any_of(std::string field, std::vector<Json> values) {
  model::Filter filter;
  filter.field = std::move(field);
  filter.any_of = std::move(values);
  return filter;
}

model::Filter bounds(Rng& rng, std::string field, Json from, Json to) {
  model::Filter filter;
  filter.field = std::move(field);
  const auto which = rng.below(3);
  if (which != 0) filter.from = std::move(from);
  if (which != 1) filter.to = std::move(to);
  return filter;
}

model::Filter random_filter(Rng& rng, const std::vector<model::Record>& records) {
  switch (rng.below(11)) {
    case 0:
      return any_of("what", {value_from(rng, records, "what", Json("dak"))});
    case 1:
      return any_of("number", {Json(std::int64_t{3}), Json(std::int64_t{4})});
    case 2:
      return bounds(rng, "number", Json(std::int64_t{-4}), Json(std::int64_t{2}));
    case 3:
      return bounds(rng, "rate", Json("3.125"), Json("9.5"));
    case 4:
      return bounds(rng, "amount", Json("9.50"), Json("12"));
    case 5:
      return any_of("is_new", {Json(true)});
    case 6:
      return bounds(rng, "made_on", day(rng), day(rng));
    case 7:
      return bounds(rng, "due", day(rng), day(rng));
    case 8:
      return any_of("labels", {Json("open"), Json("gone")});
    case 9:
      return any_of("earlier", {value_from(rng, records, "earlier", Json("none"))});
    default:
      return any_of(rng.below(2) == 0 ? "state" : "turn", {Json("open"), Json("editor")});
  }
}

model::Query random_query(Rng& rng, const std::vector<model::Record>& records) {
  model::Query query;
  query.form = kThing;
  query.scope = random_scope(rng);
  for (auto filters = rng.below(3); filters > 0; --filters) {
    query.filters.push_back(random_filter(rng, records));
  }
  if (rng.below(4) == 0) {
    query.text = rng.below(2) == 0 ? "bel" : "Zor dak";
    query.text_fields = {"what"};
  }
  const char* sortable[] = {"what", "number", "rate", "amount", "made_on", "due", "code"};
  if (rng.below(2) == 0) {
    query.sort = model::Sort{.field = sortable[rng.below(7)], .is_descending = rng.below(2) == 0};
  }
  query.limit = 1 + static_cast<std::int64_t>(rng.below(20));
  return query;
}

// All pages of a query, one after the other.
std::vector<std::string> walk(StoreFixture& f, model::Query query) {
  std::vector<std::string> ids;
  for (int pages = 0; pages < 500; ++pages) {
    const auto page = f.store().page(query);
    if (!page.has_value()) FAIL(describe(page.error()));
    CHECK(static_cast<std::int64_t>(page->records.size()) <= query.limit);
    for (const model::Record& record : page->records) ids.push_back(record.id);
    if (page->next.empty()) return ids;
    query.cursor = page->next;
  }
  FAIL("the pages do not end");
  return ids;
}

model::RowScope everything() {
  return {.clearance = Sensitivity::kSecret, .elsewhere = Sensitivity::kSecret,
          .organisation = ""};
}

void check_error(const Result<model::Page>& page, std::string_view id) {
  REQUIRE_FALSE(page.has_value());
  CHECK(page.error().id == id);
}

}  // namespace

TEST_CASE("page: random questions get what looking at every record gives") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    const auto records = write_records(f, 250);
    SeededRng rng(kSeed + 1);
    for (int round = 0; round < 150; ++round) {
      CAPTURE(round);
      const model::Query query = random_query(rng, records);
      CHECK(walk(f, query) == testing::expected_ids(*f.pack().find_form("thing"), query, records));
    }
  });
}

TEST_CASE("page: a filter or sort that has no index is refused; so is a value that cannot fit") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    model::Query query;
    query.form = kThing;
    for (const char* field : {"nothing", "note", "term", "link", "parts", "steps", "_record"}) {
      CAPTURE(field);
      query.filters = {any_of(field, {Json("x")})};
      check_error(f.store().page(query), "ST-0018");
      query.filters.clear();
      query.sort = model::Sort{.field = field};
      check_error(f.store().page(query), "ST-0018");
      query.sort.reset();
    }
    query.filters = {any_of("number", {Json("three")})};
    check_error(f.store().page(query), "ST-0018");
    query.form = kPerson;
    query.filters = {any_of("secret_note", {Json("x")})};
    check_error(f.store().page(query), "ST-0018");
    query.form = "sample/unknown";
    check_error(f.store().page(query), "ST-0015");
  });
}

TEST_CASE("page: a cursor belongs to its question alone") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    write_records(f, 12);
    model::Query query;
    query.form = kThing;
    query.scope = everything();
    query.limit = 5;
    const auto first = f.store().page(query);
    REQUIRE(first.has_value());
    REQUIRE_FALSE(first->next.empty());
    query.cursor = first->next;
    CHECK(f.store().page(query).has_value());
    model::Query other = query;
    other.scope.clearance = Sensitivity::kPublic;
    check_error(f.store().page(other), "ST-0019");
    other = query;
    other.filters = {any_of("is_new", {Json(true)})};
    check_error(f.store().page(other), "ST-0019");
    for (const char* cursor : {"x", "00", "zz", "5b5d"}) {
      query.cursor = cursor;
      check_error(f.store().page(query), "ST-0019");
    }
  });
}

TEST_CASE("page: changed filters and sorts on when a record was last written") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    std::vector<model::Record> records;
    std::vector<std::string> times;
    for (int at = 0; at < 6; ++at) {
      records.push_back(testing::random_record(f.rng(), kThing, f.pack(), {}));
      times.push_back(f.put(records.back(), "created").recorded_at.to_string());
    }
    testing::change_randomly(f.rng(), records[0], f.pack(), {});
    f.put(records[0]);
    model::Query query;
    query.form = kThing;
    query.scope = everything();
    query.sort = model::Sort{.field = "changed", .is_descending = false};
    std::vector<std::string> expected;
    for (int at : {1, 2, 3, 4, 5, 0}) expected.push_back(records[at].id);
    CHECK(walk(f, query) == expected);
    model::Filter changed;
    changed.field = "changed";
    changed.from = Json(times[2]);
    changed.to = Json(times[4]);
    query.filters = {changed};
    CHECK(walk(f, query) ==
          std::vector<std::string>(expected.begin() + 1, expected.begin() + 4));
    changed.from = Json("2025-12-01");
    changed.to = Json("2025-12-01");
    query.filters = {changed};
    CHECK(walk(f, query).size() == 6);
  });
}

TEST_CASE("page: words are not searched in an earlier state") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    model::Query query;
    query.form = kThing;
    query.text = "zorg";
    query.as_of.valid_on = sample_day(3);
    check_error(f.store().page(query), "ST-0028");
  });
}

TEST_CASE("page: a searchable field that a version adds is found from then on") {
  testing::on_both([](TestDatabase& test) {
    CAPTURE(test.name());
    StoreFixture f(test, kSeed);
    model::Record record = testing::random_record(f.rng(), kThing, f.pack(), {});
    record.fields = json::object{{"note", "Vergaderruimte"}};
    f.put(record, "created");
    model::Query query;
    query.form = kThing;
    query.scope = everything();
    query.text = "VERGADER";
    query.text_fields = {"what", "note"};
    CHECK(walk(f, query).empty());
    f.upgrade_pack();
    record.pack_hash = f.pack().hash;
    record.version = 2;
    f.put(record);
    CHECK(walk(f, query).size() == 1);
    query.text_fields = {"what"};
    CHECK(walk(f, query).empty());
  });
}

}  // namespace zicht::store
