// The journal for auditors: who gets it, pages walked to their end, and that payloads stay inside.
#include "app/journal_service.h"

#include <doctest/doctest.h>

#include "app/testing/fake_store.h"

namespace zicht::app {
namespace {

Caller with_role(const std::string& role) {
  Caller caller;
  caller.account = "a";
  caller.roles = {role};
  return caller;
}

struct World {
  ManualClock clock{*Instant::parse("2025-06-02T10:00:00Z")};
  testing::FakeStore store{clock};

  void write(int entries) {
    for (int i = 0; i < entries; ++i) {
      model::Entry entry;
      entry.organisation = "own";
      entry.kind = "test.entry";
      entry.subject = "subject-" + std::to_string(i);
      entry.payload = json::object{{"secret", "canary"}};
      Unit unit;
      unit.actor = "somebody";
      unit.purpose = "work";
      unit.entries = {entry};
      REQUIRE(store.append_and_wait(unit));
    }
  }
};

// Gives the outcome of the last verification that the test chose.
class VerifiedStore final : public testing::FakeStore {
 public:
  using FakeStore::FakeStore;
  Result<std::optional<Json>> last_verification() override { return outcome; }
  std::optional<Json> outcome;
};

TEST_CASE("journal: only an auditor or administrator of the whole gets it") {
  World world;
  struct Row {
    Caller caller;
    bool may;
  };
  const Row rows[] = {{Caller(), false},
                      {with_role("editor"), false},
                      {with_role("pack/auditor"), false},
                      {with_role("auditor"), true},
                      {with_role("administrator"), true}};
  for (const Row& row : rows) {
    const auto page = journal_page(world.store, row.caller, {});
    const auto verification = journal_verification(world.store, row.caller);
    CHECK(page.has_value() == row.may);
    CHECK(verification.has_value() == row.may);
    if (!row.may) CHECK(page.error().id == "AP-0002");
    if (!row.may) CHECK(verification.error().id == "AP-0002");
  }
}

TEST_CASE("journal: an account that acted has its name, others what they are") {
  World world;
  model::Entry entry;
  entry.organisation = "own";
  entry.kind = std::string(model::kAccountPut);
  entry.payload = json::object{{"account", "somebody"}, {"person", "p"}, {"login", "som"},
                               {"name", "Som Ebody"},   {"organisation", "own"},
                               {"roles", json::array()}, {"active", true}, {"demo", false}};
  Unit unit;
  unit.actor = "system";
  unit.entries = {entry};
  REQUIRE(world.store.append_and_wait(unit));
  world.write(1);
  const auto page = journal_page(world.store, with_role("auditor"), {});
  REQUIRE(page.has_value());
  const Json items = parse_json(*page)->at("items");
  CHECK(items.at(0).at("actor_name") == "Som Ebody");
  CHECK_FALSE(items.at(1).as_object().contains("actor_name"));
}

TEST_CASE("journal: pages of 100 go from the newest to the first entry, each once") {
  for (const int count : {0, 1, 99, 100, 101, 200, 250}) {
    CAPTURE(count);
    World world;
    world.write(count);
    std::int64_t expected = count;
    std::optional<std::int64_t> before;
    int pages = 0;
    do {
      const auto page = journal_page(world.store, with_role("auditor"), before);
      REQUIRE(page);
      CHECK(page->find("canary") == std::string::npos);
      const Json json = *parse_json(*page);
      CHECK(json.at("items").as_array().size() <= 100);
      for (const Json& item : json.at("items").as_array()) {
        CHECK(item.at("seq").as_int64() == expected--);
      }
      const Json* next = json.as_object().if_contains("next");
      before.reset();
      if (next != nullptr) before = next->as_int64();
      ++pages;
    } while (before);
    CHECK(expected == 0);
    CHECK(pages == std::max(1, (count + 99) / 100));
  }
}

TEST_CASE("journal: an envelope is shown whole") {
  World world;
  world.write(1);
  const Json json = *parse_json(*journal_page(world.store, with_role("auditor"), {}));
  const Json& item = json.at("items").at(0);
  for (const char* key : {"seq", "organisation", "chain_no", "recorded_at", "actor", "purpose",
                          "subject", "kind", "engine_version", "hash"}) {
    CHECK_MESSAGE(item.as_object().contains(key), key);
  }
  CHECK(item.at("actor") == "somebody");
  CHECK(item.at("subject") == "subject-0");
  CHECK(item.at("recorded_at") == "2025-06-02T10:00:00.000000Z");
}

TEST_CASE("journal: the last verification is given as it was left, or null") {
  ManualClock clock{*Instant::parse("2025-06-02T10:00:00Z")};
  VerifiedStore store(clock);
  CHECK(*journal_verification(store, with_role("auditor")) == R"({"verified":null})");
  store.outcome = json::object{{"at", "2025-06-01T00:00:00.000000Z"}, {"entries", 7}};
  CHECK(*journal_verification(store, with_role("auditor")) ==
        R"({"verified":{"at":"2025-06-01T00:00:00.000000Z","entries":7}})");
}

}  // namespace
}  // namespace zicht::app
