// FactsLoader over the store in memory: the sample pack and small changes of its text, loaded once,
// twice, and in a next version. What the store then holds is compared with what the fact says.
#include "app/facts_loader.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/engine_entries.h"
#include "app/testing/sign_in_world.h"
#include "base/error_catalogue.h"
#include "packs/testing/folders.h"

namespace zicht::app {
namespace {

const Date kToday = Date::of(2025, 6, 2);

struct World : testing::SignInWorld {
  explicit World(const std::vector<PackFiles>& files = {packs::testing::sample_files()})
      : SignInWorld(files) {}

  Result<FactsLoader::Outcome> load(Date today = kToday) {
    return FactsLoader({store, packs, accounts, clock, rng}).load(today);
  }

  // "created changed", or every problem as "id place".
  std::string told(Date today = kToday) {
    const auto outcome = load(today);
    if (outcome) return std::to_string(outcome->created) + " " + std::to_string(outcome->changed);
    std::string out = outcome.error().id + ":";
    for (const Problem& problem : outcome.error().problems) {
      out += " " + problem.id + " " + problem.where;
    }
    return out;
  }

  std::string id(const std::string& fact) { return store.record_of_fact(fact)->value_or(""); }
  model::Record record(const std::string& fact) { return *store.record(id(fact), {}); }
  Json field(const std::string& fact, const char* name) {
    const model::Record found = record(fact);
    const Json* value = found.fields.as_object().if_contains(name);
    return value == nullptr ? Json() : *value;
  }
  std::vector<HistoryItem> story(const std::string& fact) {
    auto items = *store.history(id(fact), 100, std::nullopt);
    std::reverse(items.begin(), items.end());
    return items;
  }

  // What somebody at work writes over the record of a fact.
  void write_by_hand(const std::string& fact, const char* name, const Json& value) {
    model::Record after = record(fact);
    const std::int64_t before = after.version++;
    after.fields.as_object()[name] = value;
    Unit unit;
    unit.actor = "account-kim";
    unit.records.push_back({std::move(after), {"changed", "", "gezien"}, before});
    REQUIRE(store.append_and_wait(std::move(unit)).has_value());
  }

  void activate(const PackFiles& files) {
    const auto outcome = packs.activate({files}, "system");
    REQUIRE_MESSAGE(!outcome.error, packs::testing::listed(outcome.diagnostics));
  }
};

PackFiles replaced(PackFiles files, const std::string& path, const std::string& from,
                   const std::string& to) {
  const auto at = files.at(path).find(from);
  REQUIRE(at != std::string::npos);
  files.at(path).replace(at, from.size(), to);
  return files;
}

PackFiles sample(const std::string& path, const std::string& from, const std::string& to) {
  return replaced(packs::testing::sample_files(), path, from, to);
}

// As a next version of the pack.
PackFiles next(const PackFiles& files) {
  return replaced(files, "pack.yaml", "version: 1.0.0", "version: 1.1.0");
}

constexpr const char* kStep =
    "    steps:\n"
    "      - {do: close, on: 2024-03-20, fields: {outcome: Vastgezet, closed_on: 2024-03-20}}\n";

// A pack that leans on the sample.
PackFiles shed_pack() {
  return {{"pack.yaml",
           "pack: shed\n"
           "title: {nl: Schuur, en: Shed}\n"
           "description: {nl: Verzonnen pakket, en: Invented pack}\n"
           "version: 1.0.0\n"
           "status: live\n"
           "sources:\n"
           "  rules: {title: {nl: Regels, en: Rules}, kind: practice, date: 2024-01-01}\n"
           "needs: [sample]\n"
           "roles:\n"
           "  guard: {title: {nl: Wacht, en: Guard}, clearance: internal, scope: all}\n"},
          {"forms/hook.yaml",
           "form: hook\n"
           "title: {nl: Haak, en: Hook}\n"
           "plural: {nl: Haken, en: Hooks}\n"
           "description: {nl: Waar iets hangt, en: Where something hangs}\n"
           "subject: none\n"
           "basis:\n"
           "  law: Huisregels\n"
           "  article: '3'\n"
           "  controller: {nl: De bibliotheek, en: The library}\n"
           "  recipients: {nl: Iedereen, en: Everybody}\n"
           "  purpose: {nl: Weten wat waar hangt, en: To know what hangs where}\n"
           "  retention: permanent\n"
           "audience: public\n"
           "name: [name]\n"
           "access:\n"
           "  visitor: [read]\n"
           "fields:\n"
           "  name: {type: text, label: {nl: Naam, en: Name}, required: true, max: 80}\n"
           "  tool: {type: reference, label: {nl: Gereedschap, en: Tool}, form: sample/tool}\n"},
          {"facts/hooks.yaml",
           "facts: hooks\n"
           "form: hook\n"
           "organisation: {id: tool-library, name: Gereedschapsbibliotheek}\n"
           "records:\n"
           "  - id: first\n"
           "    from: 2024-02-01\n"
           "    fields: {name: Eerste, tool: fact(sample/long-ladder)}\n"}};
}

}  // namespace

TEST_CASE("facts: every verified fact becomes a record of its organisation, with references") {
  World world;
  const auto outcome = world.load();
  REQUIRE(outcome.has_value());
  CHECK(outcome->facts == 5);
  CHECK(outcome->created == 5);
  CHECK(outcome->changed == 0);
  CHECK(*world.organisations.exists("tool-library"));
  const std::string ladder = world.id("sample/long-ladder");
  CHECK(world.record("sample/long-ladder").organisation == "tool-library");
  CHECK(world.record("sample/long-ladder").valid_from == Date::of(2024, 2, 1));
  CHECK(world.field("sample/ladder-foot", "belongs_to") == Json(ladder));
  CHECK(world.field("sample/ladder-foot", "replaces") == Json(json::array{ladder}));
  CHECK(world.field("sample/hand-drill", "belongs_to") == Json(ladder));
  CHECK(world.field("sample/loose-step", "tool") == Json(ladder));
}

TEST_CASE("facts: what nobody verified stays out") {
  World world;
  REQUIRE(world.load().has_value());
  CHECK(world.id("sample/lost-saw").empty());
}

TEST_CASE("facts: loading again writes nothing, on a later day neither") {
  World world;
  REQUIRE(world.told() == "5 0");
  const auto entries = world.store.entry_count();
  CHECK(world.told() == "0 0");
  CHECK(world.told(Date::of(2027, 1, 1)) == "0 0");
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("facts: a changed fact lays over its record and keeps what people added") {
  World world;
  REQUIRE(world.told() == "5 0");
  const std::string id = world.id("sample/long-ladder");
  world.write_by_hand("sample/long-ladder", "owner", "Kees");
  world.write_by_hand("sample/long-ladder", "name", "Ladder van Kees");
  CHECK(world.told() == "0 0");
  CHECK(world.field("sample/long-ladder", "name") == Json("Ladder van Kees"));

  world.activate(next(sample("facts/tools.yaml", "pieces: 2", "pieces: 3")));
  CHECK(world.told() == "0 1");
  CHECK(world.id("sample/long-ladder") == id);
  CHECK(world.field("sample/long-ladder", "pieces") == Json(3));
  CHECK(world.field("sample/long-ladder", "owner") == Json("Kees"));
  CHECK(world.field("sample/long-ladder", "name") == Json("Lange ladder"));
  const auto story = world.story("sample/long-ladder");
  REQUIRE(story.size() == 4);
  CHECK(story.back().event.event == "loaded");
  CHECK(story.back().record.valid_from == kToday);
  CHECK(story.back().record.pack_hash == world.packs.rules()->packs.active("sample")->hash);
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: two that refer to each other both get the other's id") {
  World world({sample("facts/tools.yaml", "      kind: ladder\n",
                      "      kind: ladder\n      belongs_to: fact(ladder-foot)\n")});
  REQUIRE(world.told() == "5 0");
  CHECK(world.field("sample/long-ladder", "belongs_to") == Json(world.id("sample/ladder-foot")));
  CHECK(world.field("sample/ladder-foot", "belongs_to") == Json(world.id("sample/long-ladder")));
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: between steps time passes, each event on its own day") {
  World world({sample("facts/reports.yaml", "close, on: 2024-03-20", "close, on: 2024-05-01")});
  REQUIRE(world.told() == "5 0");
  std::string told;
  for (const auto& item : world.story("sample/loose-step")) {
    told += item.event.event + " " + item.event.transition + " " +
            item.record.valid_from.to_string() + " " + item.record.state + "\n";
  }
  // Received 1 to 10 March 2024 with a month: due 1 to 10 April, warned 14 and 3 days before the
  // first of them, and surely over on 11 April.
  CHECK(told ==
        "loaded  2024-03-01 open\n"
        "fired  2024-03-18 open\n"
        "fired  2024-03-29 open\n"
        "fired lapse 2024-04-11 lapsed\n"
        "stepped close 2024-05-01 closed\n");
}

TEST_CASE("facts: after the last step time goes on up to today") {
  World world({sample("facts/reports.yaml", kStep, "")});
  REQUIRE(world.told(Date::of(2024, 3, 20)) == "5 0");
  CHECK(world.record("sample/loose-step").state == "open");
  World later({sample("facts/reports.yaml", kStep, "")});
  REQUIRE(later.told() == "5 0");
  CHECK(later.record("sample/loose-step").state == "lapsed");
}

TEST_CASE("facts: a step that a next version adds is taken, once") {
  World world({sample("facts/reports.yaml", kStep, "")});
  REQUIRE(world.told(Date::of(2024, 3, 20)) == "5 0");
  world.activate(next(packs::testing::sample_files()));
  CHECK(world.told(Date::of(2024, 3, 21)) == "0 1");
  CHECK(world.record("sample/loose-step").state == "closed");
  CHECK(world.field("sample/loose-step", "outcome") == Json("Vastgezet"));
  CHECK(world.told(Date::of(2024, 3, 21)) == "0 0");
}

TEST_CASE("facts: a step still to come is refused by file and fact, the others are loaded") {
  World world;
  CHECK(world.told(Date::of(2024, 3, 19)) == "AP-0060: MO-0213 sample/reports/loose-step");
  CHECK(world.id("sample/loose-step").empty());
  CHECK_FALSE(world.id("sample/hand-saw").empty());
  CHECK(world.told(Date::of(2024, 3, 20)) == "1 0");
}

TEST_CASE("facts: one that the store could not write is told and written the next time") {
  World world;
  REQUIRE(world.accounts.put_organisation({"tool-library", "Gereedschapsbibliotheek"}).has_value());
  world.store.fail_next_append(make_error("ST-0007"));
  const std::string told = world.told();
  CHECK(told.starts_with("AP-0060: ST-0007 sample/"));
  CHECK(told.find(' ', told.find("sample/")) == std::string::npos);
  CHECK(world.told().starts_with("1 "));
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: a fact of one pack refers to one of another") {
  World world({packs::testing::sample_files(), shed_pack()});
  REQUIRE(world.told() == "6 0");
  CHECK(world.field("shed/first", "tool") == Json(world.id("sample/long-ladder")));
}

TEST_CASE("facts: without packs there is nothing to load") {
  World world(std::vector<PackFiles>{});
  CHECK(world.told() == "0 0");
}

}  // namespace zicht::app
