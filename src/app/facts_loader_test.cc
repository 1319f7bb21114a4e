// FactsLoader over the store in memory: the sample pack and small changes of its text, loaded once,
// twice, and in a next version. What the store then holds is compared with what the fact says.
#include "app/facts_loader.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/engine_entries.h"
#include "app/testing/sign_in_world.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "model/life.h"
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

  std::string id(const std::string& fact) {
    const auto known = *store.records_of_facts();
    const auto found = known.find(fact);
    return found == known.end() ? "" : found->second;
  }
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
  REQUIRE(story.size() == 5);
  CHECK(story[3].event.event == "corrected");
  CHECK(story[3].event.reason.starts_with("gecorrigeerd uit het pakket: Aantal delen gewijzigd; "));
  CHECK(story[3].record.valid_from == Date::of(2024, 2, 1));
  CHECK(story[3].record.pack_hash == world.packs.rules()->packs.active("sample")->hash);
  CHECK(story[4].event.event == "changed");
  CHECK(story[4].event.reason == "opnieuw toegepast na een correctie uit het pakket: gezien");
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: a pack that comes to compute a field gives it to the facts that stand there") {
  World world;
  REQUIRE(world.told() == "5 0");
  const PackFiles computing = next(sample(
      "forms/tool.yaml", "fields:\n",
      "fields:\n"
      "  twice: {type: integer, label: {nl: Dubbel, en: Twice}, computed: pieces * 2}\n"));
  world.activate(computing);
  CHECK(world.told() == "0 4");
  CHECK(world.field("sample/long-ladder", "twice") == Json(4));
  CHECK(world.story("sample/long-ladder").back().event.reason.find("opnieuw berekend") !=
        std::string::npos);
  CHECK(world.told() == "0 0");

  // What somebody changed is the fact's own by now, and so is what came of it.
  world.write_by_hand("sample/long-ladder", "pieces", 7);
  world.write_by_hand("sample/long-ladder", "twice", 14);
  const auto before = world.story("sample/long-ladder").size();
  world.activate(replaced(replaced(computing, "pack.yaml", "version: 1.1.0", "version: 1.2.0"),
                          "facts/tools.yaml", "pieces: 2", "pieces: 3"));
  CHECK(world.told() == "0 1");
  CHECK(world.field("sample/long-ladder", "twice") == Json(6));
  CHECK(world.story("sample/long-ladder").size() == before + 1);
}

TEST_CASE("facts: a rule that goes by the day judges what is written, not what stands there") {
  PackFiles shed = shed_pack();
  shed = replaced(shed, "facts/hooks.yaml", "    from: 2024-02-01\n", "");
  shed = replaced(shed, "forms/hook.yaml", "fields:\n",
                  "valid_if:\n"
                  "  - rule: today < @\"2027-01-01\" or name = \"\"\n"
                  "    message: {nl: Te laat, en: Too late}\n"
                  "fields:\n");
  World late({packs::testing::sample_files(), shed});
  CHECK(late.told(Date::of(2027, 1, 1)) == "AP-0060: MO-0143 shed/hooks/first/fields");
  World world({packs::testing::sample_files(), shed});
  REQUIRE(world.told() == "6 0");
  CHECK(world.told(Date::of(2027, 1, 1)) == "0 0");
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

TEST_CASE("facts: a corrected step is told again from the start, without what it led to before") {
  World world;
  REQUIRE(world.told() == "5 0");
  world.activate(next(replaced(sample("facts/reports.yaml", "close, on: 2024-03-20",
                                      "close, on: 2024-05-01"),
                               "facts/reports.yaml", "outcome: Vastgezet", "outcome: Vervangen")));
  const auto outcome = world.load();
  REQUIRE(outcome.has_value());
  CHECK(outcome->changed == 1);
  REQUIRE(outcome->told.size() == 1);
  CHECK(outcome->told[0].fact == "sample/reports/loose-step");
  CHECK(outcome->told[0].what.en == "steps changed");
  CHECK(world.field("sample/loose-step", "outcome") == Json("Vervangen"));
  CHECK(world.record("sample/loose-step").state_since == Date::of(2024, 5, 1));
  const auto april = *world.store.record(world.id("sample/loose-step"), {Date::of(2024, 4, 1), {}});
  CHECK(april.state == "open");
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: a step taken back leaves the state it led to") {
  World world;
  REQUIRE(world.told() == "5 0");
  world.activate(next(sample("facts/reports.yaml", kStep, "")));
  CHECK(world.told() == "0 1");
  CHECK(world.record("sample/loose-step").state == "lapsed");
  CHECK(world.field("sample/loose-step", "outcome") == Json());
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: one that holds from another day is moved there, earlier and later") {
  const std::string old_from = "from: 2024-02-01\n    fields:\n      name: Lange";
  for (const auto& [from, before] : {std::pair{"2023-01-01", "2022-12-31"},
                                     std::pair{"2024-06-01", "2024-05-31"}}) {
    CAPTURE(from);
    World world;
    REQUIRE(world.told() == "5 0");
    const std::string now = std::string("from: ") + from + "\n    fields:\n      name: Lange";
    world.activate(next(sample("facts/tools.yaml", old_from, now)));
    CHECK(world.told() == "0 1");
    const std::string id = world.id("sample/long-ladder");
    CHECK(world.record("sample/long-ladder").valid_from == *Date::parse(from));
    const auto earlier = world.store.record(id, {*Date::parse(before), {}});
    CHECK((!earlier || earlier->state == model::kFactWithdrawn));
    CHECK(world.told() == "0 0");
  }
}

TEST_CASE("facts: a field that the fact drops is dropped, what people wrote beside it stays") {
  World world;
  REQUIRE(world.told() == "5 0");
  world.write_by_hand("sample/long-ladder", "owner", "Kees");
  world.activate(next(sample("facts/tools.yaml", "      pieces: 2\n", "")));
  const auto outcome = world.load();
  REQUIRE(outcome.has_value());
  REQUIRE(outcome->told.size() == 1);
  CHECK(outcome->told[0].what.nl == "Aantal delen vervallen");
  CHECK(world.field("sample/long-ladder", "pieces") == Json());
  CHECK(world.field("sample/long-ladder", "owner") == Json("Kees"));
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: what a person decided about a fact is taken again over the corrected fact") {
  World world({sample("facts/reports.yaml", kStep, "")});
  REQUIRE(world.told() == "5 0");
  model::Record closed = world.record("sample/loose-step");
  const std::int64_t version = closed.version;
  const auto rules = world.packs.rules();
  const auto form = find_active_form(*rules, "sample/report");
  closed = *model::step(judge_of(*rules, form, kToday), closed,
                        {"close", json::object{{"outcome", "Weggehaald"}}, "", "kim", kToday});
  Unit unit;
  unit.actor = "account-kim";
  unit.records.push_back({closed, {"stepped", "close", ""}, version});
  REQUIRE(world.store.append_and_wait(std::move(unit)).has_value());

  world.activate(next(replaced(sample("facts/reports.yaml", kStep, ""), "facts/reports.yaml",
                               "subject: Losse trede", "subject: Losse tree")));
  CHECK(world.told() == "0 1");
  const auto now = world.record("sample/loose-step");
  CHECK(now.state == "closed");
  CHECK(now.state_since == kToday);
  CHECK(world.field("sample/loose-step", "outcome") == Json("Weggehaald"));
  CHECK(world.field("sample/loose-step", "subject") == Json("Losse tree"));
  CHECK(world.told() == "0 0");
  // A second correction counts the person's step once.
  world.activate(replaced(replaced(sample("facts/reports.yaml", kStep, ""), "facts/reports.yaml",
                                   "subject: Losse trede", "subject: Losse traptree"),
                          "pack.yaml", "version: 1.0.0", "version: 1.2.0"));
  const auto outcome = world.load();
  REQUIRE(outcome.has_value());
  REQUIRE(outcome->told.size() == 1);
  CHECK(outcome->told[0].what.en == "Subject changed");
  CHECK(world.record("sample/loose-step").state == "closed");
}

TEST_CASE("facts: what a person wrote stays when the pack comes to keep that state as it is") {
  World world;
  REQUIRE(world.told() == "5 0");
  REQUIRE(world.record("sample/loose-step").state == "closed");
  world.write_by_hand("sample/loose-step", "extension", "P1W");
  const PackFiles fixed = sample("processes/small-report.yaml", "meaning: done, audience: public}",
                                 "meaning: done, audience: public, fixed: true}");
  world.activate(next(replaced(fixed, "facts/reports.yaml", "subject: Losse trede",
                               "subject: Losse tree")));
  // The fact as its source has it now, and what was changed when that was still possible.
  CHECK(world.told() == "0 1");
  CHECK(world.field("sample/loose-step", "subject") == Json("Losse tree"));
  CHECK(world.field("sample/loose-step", "extension") == Json("P1W"));
}

TEST_CASE("facts: a person's step that no longer fits a corrected fact is told, not written") {
  World world({sample("facts/reports.yaml", kStep, "")});
  REQUIRE(world.told() == "5 0");
  const auto rules = world.packs.rules();
  const auto form = find_active_form(*rules, "sample/report");
  model::Record closed = world.record("sample/loose-step");
  const std::int64_t version = closed.version;
  closed = *model::step(judge_of(*rules, form, kToday), closed,
                        {"close", json::object{{"outcome", "Weg"}}, "", "kim", kToday});
  Unit unit;
  unit.actor = "account-kim";
  unit.records.push_back({closed, {"stepped", "close", ""}, version});
  REQUIRE(world.store.append_and_wait(std::move(unit)).has_value());
  const auto entries = world.store.entry_count();
  world.activate(next(packs::testing::sample_files()));
  CHECK(world.told() == "AP-0060: MO-0203 sample/reports/loose-step");
  CHECK(world.store.entry_count() == entries + 2);
}

TEST_CASE("facts: one that the pack has no more is withdrawn, told once, and can come back") {
  const PackFiles without =
      sample("facts/tools.yaml",
             "  - id: ladder-foot\n    from: 2024-02-01\n    fields: {name: Voet voor de ladder, "
             "kind: ladder, belongs_to: fact(long-ladder), replaces: [fact(long-ladder)]}\n",
             "");
  World world;
  REQUIRE(world.told() == "5 0");
  const std::string id = world.id("sample/ladder-foot");
  world.activate(next(without));
  const auto outcome = world.load();
  REQUIRE(outcome.has_value());
  CHECK(outcome->withdrawn == 1);
  CHECK(outcome->changed == 0);
  REQUIRE(outcome->told.size() == 1);
  CHECK(outcome->told[0].fact == "sample/ladder-foot");
  CHECK(outcome->told[0].what.en == "withdrawn: the pack has this fact no more");
  const auto gone = world.record("sample/ladder-foot");
  CHECK(gone.state == model::kFactWithdrawn);
  CHECK(gone.state_since == kToday);
  CHECK(gone.valid_from == Date::of(2024, 2, 1));
  CHECK(gone.audience == model::Sensitivity::kInternal);
  CHECK(world.load()->withdrawn == 0);
  CHECK(world.load()->told.empty());

  world.activate(replaced(packs::testing::sample_files(), "pack.yaml", "version: 1.0.0",
                          "version: 1.2.0"));
  CHECK(world.told() == "0 1");
  CHECK(world.id("sample/ladder-foot") == id);
  CHECK(world.record("sample/ladder-foot").state.empty());
  CHECK(world.record("sample/ladder-foot").audience == model::Sensitivity::kPublic);
  CHECK(world.told() == "0 0");
}

TEST_CASE("facts: one that is not verified any more is withdrawn") {
  World world({sample("facts/guesses.yaml",
                      "verified: false\nreason: {nl: Niemand heeft dit gezien, en: Nobody has "
                      "seen this}\n",
                      "verified: true\n")});
  REQUIRE(world.told() == "6 0");
  world.activate(next(packs::testing::sample_files()));
  CHECK(world.load()->withdrawn == 1);
  CHECK(world.record("sample/lost-saw").state == model::kFactWithdrawn);
}

TEST_CASE("facts: what an earlier version of Zicht loaded is not told again") {
  World world;
  REQUIRE(world.told() == "5 0");
  // Its marker named the fields alone.
  model::Record same = world.record("sample/long-ladder");
  const std::int64_t version = same.version++;
  Unit unit;
  unit.actor = std::string(kSystemActor);
  unit.records.push_back(
      {same,
       {"corrected", "",
        "uit het pakket geladen, inhoud " +
            hash_of(*canonical_json(same.fields)).to_string().substr(0, 12)},
       version});
  REQUIRE(world.store.append_and_wait(std::move(unit)).has_value());
  CHECK(world.told() == "0 0");
  world.activate(next(sample("facts/tools.yaml", "pieces: 2", "pieces: 3")));
  CHECK(world.told() == "0 1");
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
