// Searching and exporting: which questions may be asked, what they find, and what a page and a
// table look like. The matching itself is the store's; see its own tests.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/testing/record_world.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

// A few tools of two organisations; names tell the order in which they were made.
struct Tools : RecordWorld {
  Tools() {
    make(lender(), "sample/tool",
         R"({"name":"Aap","kind":"saw","pieces":3,"price":"10.00","bought_on":"2024-05-01",
             "owner":"Jo"})");
    make(lender(), "sample/tool",
         R"({"name":"Beer","kind":"drill","pieces":1,"also":["saw"],
             "story":"Een zaag voor België"})");
    make(other_lender(), "sample/tool",
         R"({"name":"Clown","kind":"saw","price":"2.50","owner":"Jo","electric":true,
             "made":{"words":"zomer 2020","first":"2020-06-01","last":"2020-08-31"}})");
  }

  // Titles of the page joined by blanks, or the ids of the problems with their places.
  std::string found(const Caller& caller, const std::string& members,
                    const std::string& form = "sample/tool") {
    const auto page = records.search(caller, parsed(R"({"form":")" + form + "\"" + members + "}"));
    std::string text;
    if (!page) {
      for (const Problem& problem : page.error().problems) text += problem.id + problem.where + " ";
      return page.error().id + " " + text;
    }
    const Json json = parsed(*page);
    for (const Json& item : json.at("items").as_array()) {
      text += std::string(item.at("title").as_string()) + " ";
    }
    return text;
  }
};

struct Question {
  const char* members;
  const char* found;
};

const Question kQuestions[] = {
    {"", "Clown Beer Aap "},
    {R"(,"filters":[{"field":"kind","equals":"saw"}])", "Clown Aap "},
    {R"(,"filters":[{"field":"kind","any_of":["drill","ladder"]}])", "Beer "},
    {R"(,"filters":[{"field":"also","equals":"saw"}])", "Beer "},
    {R"(,"filters":[{"field":"pieces","from":2}])", "Aap "},
    {R"(,"filters":[{"field":"price","from":"2.50","to":"9"}])", "Clown "},
    {R"(,"filters":[{"field":"bought_on","from":"2024-05-01","to":"2024-05-01"}])", "Aap "},
    {R"(,"filters":[{"field":"made","from":"2020-08-31"}])", "Clown "},
    {R"(,"filters":[{"field":"made","to":"2020-05-31"}])", ""},
    {R"(,"filters":[{"field":"electric","equals":true}])", "Clown "},
    {R"(,"filters":[{"field":"organisation","equals":"north"},{"field":"kind","equals":"saw"}])",
     "Aap "},
    {R"(,"filters":[{"field":"changed","from":"2026-01-31","to":"2026-01-31"}])",
     "Clown Beer Aap "},
    {R"(,"filters":[{"field":"changed","to":"2026-01-30"}])", ""},
    {R"(,"text":"belgie zaag")", "Beer "},
    {R"(,"text":"jo")", ""},
    {R"(,"sort":{"field":"name"})", "Aap Beer Clown "},
    {R"(,"sort":{"field":"pieces","direction":"desc"})", "Aap Beer Clown "},
    {R"(,"valid_on":"2026-01-30")", ""},
    {R"(,"valid_on":"2026-01-31")", "Clown Beer Aap "},
    {R"~(,"where":"kind = \"saw\" and (price > 5 or electric)")~", "Clown Aap "},
    {R"~(,"where":"not(price > 5)")~", "Clown "},
    {R"~(,"where":"not(price > 5)","undetermined":true)~", "Beer "},
    {R"~(,"where":"made.last < today() - @\"P5Y\"")~", "Clown "},
    {R"~(,"where":"bought_on + @\"P21M\" <= today()")~", ""},
    {R"~(,"where":"bought_on + @\"P20M\" <= today()")~", "Aap "},
    {R"~(,"where":"\"saw\" in also or pieces * 2 = 6")~", "Beer Aap "},
    {R"~(,"where":"pieces = null and organisation = \"south\"")~", "Clown "},
    {R"~(,"where":"pieces >= 1","filters":[{"field":"kind","equals":"saw"}])~", "Aap "},
    {R"~(,"where":"owner = \"Jo\"")~", "AP-0020 AP-0170/where "},
    {R"~(,"where":"story = null or story = \"x\"")~", "AP-0020 AP-0170/where AP-0170/where "},
    {R"~(,"where":"state = \"open\"")~", "AP-0020 AP-0170/where "},
    {R"~(,"where":"price >")~", "AP-0020 AP-0170/where "},
    {R"~(,"where":7)~", "AP-0020 AP-0022/where "},
    {R"(,"undetermined":true)", "AP-0020 AP-0171/undetermined "},
    {R"(,"filters":[{"field":"owner","equals":"Jo"}])", "AP-0020 AP-0070/filters/0/field "},
    {R"(,"filters":[{"field":"story","equals":"x"}])", "AP-0020 AP-0070/filters/0/field "},
    {R"(,"filters":[{"field":"lock_code","equals":"x"}])", "AP-0020 AP-0070/filters/0/field "},
    {R"(,"filters":[{"field":"kind","from":"a"}])", "AP-0020 AP-0072/filters/0 "},
    {R"(,"filters":[{"field":"kind","equals":"a","any_of":["b"]}])", "AP-0020 AP-0072/filters/0 "},
    {R"(,"filters":[{"field":"pieces","equals":"3"}])", "AP-0020 AP-0073/filters/0 "},
    {R"(,"filters":[{"field":"price","from":"1.234"}])", "AP-0020 AP-0073/filters/0 "},
    {R"(,"filters":[{"field":"bought_on","from":"2024-02-31"}])", "AP-0020 AP-0073/filters/0 "},
    {R"(,"filters":[{"field":"kind","any_of":[]}])", "AP-0020 AP-0073/filters/0/any_of "},
    {R"(,"filters":[7])", "AP-0020 AP-0072/filters/0 "},
    {R"(,"filters":{})", "AP-0020 AP-0022/filters "},
    {R"(,"sort":{"field":"owner"})", "AP-0020 AP-0071/sort/field "},
    {R"(,"sort":{"field":"name","direction":"up"})", "AP-0020 AP-0022/sort/direction "},
    {R"(,"limit":0)", "AP-0020 AP-0075/limit "},
    {R"(,"limit":1001)", "AP-0020 AP-0075/limit "},
    {R"(,"fields":["nonsense","owner"])", "AP-0020 AP-0077/fields/0 AP-0077/fields/1 "},
    {R"(,"unnamed":["nonsense","owner"])", "AP-0020 AP-0077/unnamed/0 AP-0077/unnamed/1 "},
    {R"(,"known_at":"yesterday")", "AP-0020 AP-0073/known_at "},
    {R"(,"nonsense":1)", "AP-0020 AP-0023/nonsense "},
};

TEST_CASE("search: a visitor may ask what is declared and visible, and is told what is not") {
  Tools world;
  for (const Question& question : kQuestions) {
    CAPTURE(question.members);
    CHECK(world.found(world.visitor(), question.members) == question.found);
  }
}

TEST_CASE("search: a field that may be filled in and not read is named, and not told") {
  Tools world;
  PackFiles files = packs::testing::replaced(
      packs::testing::sample_files(), "forms/tool.yaml",
      "  lender: [read, create, change, correct, export]\n",
      "  lender:\n    - {do: [read, export], clearance: public}\n    - {do: [create]}\n");
  files = packs::testing::replaced(std::move(files), "pack.yaml", "version: 1.0.0",
                                   "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  const Json body = parsed(R"({"form":"sample/tool","fields":["owner"],"unnamed":["owner"]})");
  const auto told = world.records.search(world.lender(), body);
  REQUIRE(told.has_value());
  const Json page = parsed(*told);
  CHECK(page.at("items").as_array().size() == 3);
  for (const Json& item : page.at("items").as_array()) {
    CHECK(item.at("fields").as_object().empty());
  }
}

TEST_CASE("search: an error names the fields that are possible, and no invisible one") {
  Tools world;
  const Json body = parsed(R"({"form":"sample/tool","filters":[{"field":"owner","equals":"Jo"}]})");
  const auto outcome = world.records.search(world.visitor(), body);
  REQUIRE_FALSE(outcome.has_value());
  const std::string hint = outcome.error().problems[0].hint.en;
  CHECK(hint.find("kind") != std::string::npos);
  CHECK(hint.find("organisation") != std::string::npos);
  CHECK(hint.find("owner") == std::string::npos);
}

// A tool refers to a water of another pack, of which a later version lays waters in a region.
TEST_CASE("search: nobody sorts by a number of rows that have come to tell of regions") {
  Tools world;
  PackFiles sample = packs::testing::replaced(packs::testing::sample_files(), "pack.yaml",
                                              "version: 1.0.0", "version: 1.1.0");
  sample = packs::testing::replaced(std::move(sample), "pack.yaml", "needs: []", "needs: [maps]");
  sample = packs::testing::replaced(
      std::move(sample), "forms/tool.yaml", "\nfields:\n",
      "\nfields:\n  lies_in: {type: reference, form: maps/water, label: {nl: In, en: In}}\n");
  PackFiles maps = packs::testing::read_folder("tests/packs/maps");
  REQUIRE_FALSE(world.packs.activate({maps, sample}, "system").error);
  constexpr const char* kByPieces = R"(,"sort":{"field":"pieces"})";
  CHECK(world.found(world.visitor(), kByPieces) == "Beer Aap Clown ");
  maps["forms/basin.yaml"] = maps.at("forms/water.yaml");
  maps = packs::testing::replaced(std::move(maps), "forms/basin.yaml", "form: water",
                                  "form: basin");
  maps = packs::testing::replaced(std::move(maps), "forms/basin.yaml", "subject: none",
                                  "subject: region");
  maps.at("forms/water.yaml") +=
      "  basin: {type: reference, form: basin, label: {nl: Bekken, en: Basin}}\n";
  maps = packs::testing::replaced(std::move(maps), "pack.yaml", "version: 1.0.0",
                                  "version: 1.1.0");
  REQUIRE_FALSE(world.packs.activate({maps}, "system").error);
  CHECK(world.found(world.visitor(), kByPieces) == "AP-0020 AP-0071/sort/field ");
  CHECK(world.found(world.visitor(), R"(,"sort":{"field":"name"})") == "Aap Beer Clown ");
}

TEST_CASE("search: a field that is seen in own rows only finds own rows only") {
  Tools world;
  const auto owner = R"(,"filters":[{"field":"owner","equals":"Jo"}])";
  CHECK(world.found(world.keeper(), owner) == "Clown Aap ");
  CHECK(world.found(world.lender(), owner) == "Aap ");
  CHECK(world.found(world.other_lender(), owner) == "Clown ");
  CHECK(world.found(world.keeper(), R"(,"text":"jo")") == "Clown Aap ");
  CHECK(world.found(world.lender(), R"(,"text":"jo")") == "");
}

TEST_CASE("search: to a filter in FEEL an invisible field is as one that does not exist") {
  Tools world;
  const auto told = [&](const Caller& caller, const char* where) {
    json::object body{{"form", "sample/tool"}, {"where", where}};
    const auto outcome = world.records.search(caller, body);
    REQUIRE_FALSE(outcome.has_value());
    const Problem& problem = outcome.error().problems.at(0);
    return problem.message.en + " " + problem.hint.en;
  };
  const std::string hidden = told(world.visitor(), "owner = \"Jo\"");
  CHECK(hidden.find("In the filter, line 1, character 1: The name \"owner\"") == 0);
  CHECK(told(world.visitor(), "ownar = \"Jo\"").find("\"owner\"") == std::string::npos);
  // Who sees the field is told what keeps it from being asked.
  CHECK(told(world.keeper(), "kind = \"saw\" and quirk = \"1\"").find(
            "character 18: The field quirk is kept sealed") != std::string::npos);
  CHECK(told(world.visitor(), "quirk = \"1\"").find("sealed") == std::string::npos);
}

TEST_CASE("search: a field that is seen in own rows only makes a filter find own rows only") {
  Tools world;
  // Jo owns a tool of each organisation; the other one has an owner whom nobody may infer.
  CHECK(world.found(world.lender(), R"~(,"where":"owner = \"Jo\"")~") == "Aap ");
  CHECK(world.found(world.other_lender(), R"~(,"where":"owner = \"Jo\"")~") == "Clown ");
  CHECK(world.found(world.lender(), R"~(,"where":"owner = null or kind = \"saw\"")~") ==
        "Beer Aap ");
  CHECK(world.found(world.lender(), R"~(,"where":"owner = \"x\"","undetermined":true)~") ==
        "Beer ");
}

TEST_CASE("search: conditions never take more than their part of the threads") {
  Tools world;
  const char* where = R"(,"where":"kind = \"saw\"")";
  std::vector<std::string> told;
  int deep = 0;
  // What comes while others are being answered, one within the other.
  world.store.on_page = [&](const model::Query&) {
    if (deep++ >= 2) return;
    told.push_back(world.found(world.lender(), where));
    told.push_back(world.found(world.lender(), ""));
  };
  CHECK(world.found(world.lender(), where) == "Clown Aap ");
  const std::vector<std::string> expected{"AP-0172 ", "Clown Beer Aap ", "Clown Aap ",
                                          "Clown Beer Aap "};
  CHECK(told == expected);
  deep = 0;
  CHECK(world.found(world.lender(), where) == "Clown Aap ");
}

TEST_CASE("search: visitors leave places to who is signed in, and get less time") {
  Tools world;
  const char* where = R"(,"where":"kind = \"saw\"")";
  const Json table = parsed(R"({"form":"sample/tool","format":"csv","columns":["name"],)"
                            R"("where":"kind = \"saw\""})");
  std::vector<std::string> told;
  std::vector<std::int64_t> times;
  bool is_first = true;
  world.store.on_page = [&](const model::Query& query) {
    times.push_back(query.where_time.count());
    if (!std::exchange(is_first, false)) return;
    told.push_back(world.found(world.visitor(), where));
    told.push_back(world.found(world.lender(), where));
  };
  const std::vector<std::string> expected{"AP-0172 ", "Clown Aap "};
  // A visitor's export has its place for all of its pages.
  CHECK(world.records.export_rows(world.visitor(), table, Language::kDutch).has_value());
  CHECK(told == expected);
  told.clear();
  is_first = true;
  CHECK(world.found(world.visitor(), where) == "Clown Aap ");
  CHECK(told == expected);
  CHECK(times == std::vector<std::int64_t>{500, 2000, 500, 2000});
}

TEST_CASE("search: what visitors are told is kept until something changes or the day is over") {
  Tools world;
  int pages = 0;
  world.store.on_page = [&](const model::Query&) { ++pages; };
  const auto ask = [&](const Caller& caller, const char* members, const char* expected) {
    CAPTURE(members);
    const int before = pages;
    CHECK(world.found(caller, members) == expected);
    return pages - before;
  };
  const char* saws = R"(,"filters":[{"field":"kind","equals":"saw"}])";
  CHECK(ask(world.visitor(), "", "Clown Beer Aap ") == 1);
  CHECK(ask(world.visitor(), "", "Clown Beer Aap ") == 0);
  CHECK(ask(world.visitor(), saws, world.found(world.lender(), saws).c_str()) == 1);
  CHECK(ask(world.visitor(), "", "Clown Beer Aap ") == 0);
  CHECK(ask(world.lender(), "", "Clown Beer Aap ") == 1);
  CHECK(ask(world.lender(), "", "Clown Beer Aap ") == 1);
  world.make(world.lender(), "sample/tool",
             R"({"name":"Dirk","kind":"saw","pieces":1,"bought_on":"2026-01-31"})");
  CHECK(ask(world.visitor(), "", "Dirk Clown Beer Aap ") == 1);
  CHECK(ask(world.visitor(), "", "Dirk Clown Beer Aap ") == 0);
  world.clock.advance_microseconds(kMicrosecondsPerDay);
  CHECK(ask(world.visitor(), "", "Dirk Clown Beer Aap ") == 1);
  CHECK(world.records.forget_changed());
  CHECK(ask(world.visitor(), "", "Dirk Clown Beer Aap ") == 0);
}

TEST_CASE("search: the pages of a condition belong together past midnight") {
  Tools world;
  for (const char* name : {"Dirk", "Egel"}) {
    world.make(world.lender(), "sample/tool",
               std::string(R"({"name":")") + name +
                   R"(","kind":"saw","pieces":1,"bought_on":"2026-01-31"})");
  }
  const std::string members = R"~(,"where":"bought_on = today()","limit":1)~";
  CHECK(world.found(world.lender(), members) == "Egel ");
  const auto page = world.records.search(
      world.lender(), parsed(R"({"form":"sample/tool")" + members + "}"));
  REQUIRE(page);
  const std::string next(parsed(*page).at("next").as_string());
  world.clock.set(*Instant::parse("2026-02-01T09:00:00Z"));
  CHECK(world.found(world.lender(), members) == "");
  CHECK(world.found(world.lender(), members + R"(,"cursor":")" + next + "\"") == "Dirk ");
}

TEST_CASE("search: words are refused where the reader sees no field to search in") {
  Tools world;
  PackFiles files = packs::testing::sample_files();
  const auto replace_all = [&](const std::string& path, const std::string& from,
                               const std::string& to) {
    std::string& text = files.at(path);
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  };
  replace_all("forms/tool.yaml", ", searchable: true", "");
  replace_all("pack.yaml", "version: 1.", "version: 2.");
  REQUIRE_FALSE(world.packs.activate({files}, "system").error);
  CHECK(world.found(world.visitor(), R"(,"text":"zaag")") == "AP-0020 AP-0074/text ");
}

TEST_CASE("search: an unknown form and one that may not be read give the same answer") {
  Tools world;
  CHECK(world.found(world.visitor(), "", "sample/report") ==
        world.found(world.visitor(), "", "sample/nothing"));
}

TEST_CASE("search: pages follow each other without gap or repetition") {
  Tools world;
  std::string seen, cursor;
  int pages = 0;
  do {
    const std::string at = cursor.empty() ? "" : R"(,"cursor":")" + cursor + "\"";
    const Json body = parsed(R"({"form":"sample/tool","limit":2)" + at + "}");
    const auto page = world.records.search(world.visitor(), body);
    REQUIRE(page.has_value());
    const Json json = parsed(*page);
    for (const Json& item : json.at("items").as_array()) {
      seen += std::string(item.at("title").as_string()) + " ";
    }
    const Json* next = json.as_object().if_contains("next");
    cursor = next == nullptr ? "" : std::string(next->as_string());
    ++pages;
  } while (!cursor.empty());
  CHECK(seen == "Clown Beer Aap ");
  CHECK(pages == 2);
}

TEST_CASE("search: an item has what a list shows, with titles of what it refers to") {
  Tools world;
  const Document saw = world.tool(world.lender(), "Zaag");
  world.make(world.lender(), "sample/report",
             R"({"subject":"Bot","weight":"light","term":"P1M","tool":")" + saw.id +
                 R"(","received":{"first":"2026-01-10","last":"2026-01-10"}})");
  const auto page = world.records.search(world.lender(), parsed(R"({"form":"sample/report"})"));
  REQUIRE(page.has_value());
  const Json json = parsed(*page);
  const Json& item = json.at("items").at(0);
  CHECK(item.at("state").at("id") == "open");
  CHECK(item.at("turn").at("role") == "lender");
  CHECK(item.at("deadlines").at(0).at("status") == "open");
  CHECK(item.at("organisation").at("name") == "Bibliotheek Noord");
  CHECK(item.at("changed") == "2026-01-31T09:00:00.000000Z");
  CHECK(json.at("references").at(saw.id).at("title") == "Zaag");
  const Json bare = parsed(*world.records.search(
      world.lender(), parsed(R"({"form":"sample/report","unnamed":["tool"]})")));
  CHECK(bare.at("items") == json.at("items"));
  CHECK_FALSE(bare.at("references").as_object().contains(saw.id));
  const Json narrow = parsed(*world.records.search(
      world.lender(), parsed(R"({"form":"sample/report","fields":["weight"]})")));
  json::object wanted = item.as_object();
  json::object& fields = wanted.at("fields").as_object();
  CHECK(fields.size() > 1);
  wanted["fields"] = json::object{{"weight", fields.at("weight")}};
  CHECK(narrow.at("items").as_array().at(0) == Json(wanted));
  CHECK(narrow.at("references").as_object().empty());
  wanted["fields"] = json::object{};
  const Json bare_of_all = parsed(*world.records.search(
      world.lender(), parsed(R"({"form":"sample/report","fields":[]})")));
  CHECK(bare_of_all.at("items").as_array().at(0) == Json(wanted));
  const Json both = parsed(*world.records.search(
      world.lender(), parsed(R"({"form":"sample/report","fields":["tool"],"unnamed":["tool"]})")));
  CHECK(both.at("items").at(0).at("fields") == Json(json::object{{"tool", saw.id}}));
  CHECK(both.at("references").as_object().empty());
}

TEST_CASE("search: what may not be seen any more is not found as it was either") {
  RecordWorld world;
  Document report = world.make(world.keeper(), "sample/report",
                               R"({"subject":"Bot","weight":"light","term":"P1Y",
                     "received":{"first":"2026-01-10","last":"2026-01-10"}})");
  CHECK(world.step(world.keeper(), report, "close", R"({"outcome":"Klaar"})") == "");
  const Instant closed = world.clock.now();
  world.clock.advance_microseconds(kMicrosecondsPerDay);
  const auto found = [&](const Caller& caller) {
    json::object body{{"form", "sample/report"}, {"known_at", closed.to_string()}};
    const auto page = world.records.search(caller, body);
    REQUIRE(page.has_value());
    return parsed(*page).at("items").as_array().size();
  };
  CHECK(found(world.other_lender()) == 1);
  CHECK(world.step(world.keeper(), report, "reopen", "{}", "Toch niet") == "");
  CHECK(found(world.keeper()) == 1);
  CHECK(found(world.other_lender()) == 0);
  CHECK(world.failure(world.records.read(world.other_lender(), report.id, {{}, closed})) ==
        "AP-0001");
}

TEST_CASE("export: what one sees, in the reader's language, with its reference date") {
  Tools world;
  const Json body = parsed(
      R"({"form":"sample/tool","format":"csv","sort":{"field":"name"},
          "columns":["name","kind","price","made","electric","organisation"]})");
  const auto file = world.records.export_rows(world.visitor(), body, Language::kDutch);
  REQUIRE(file.has_value());
  CHECK(file->file_name == "tool-2026-01-31.csv");
  CHECK(file->content ==
        "Gereedschap\n"
        "Naam|Soort|Nieuwprijs|Gemaakt|Gemaakt (eerste dag)|Gemaakt (laatste dag)|Elektrisch|"
        "Organisatie|\n"
        "Aap|Zaag|10.00|||||Bibliotheek Noord|\n"
        "Beer|Boor||||||Bibliotheek Noord|\n"
        "Clown|Zaag|2.50|zomer 2020|2020-06-01|2020-08-31|ja|Bibliotheek Zuid|\n"
        "Peildatum: 31 januari 2026.\n");
}

TEST_CASE("export: all pages of a condition together have so much time, and no more") {
  Tools world;
  RecordService hurried{{world.store, world.packs, world.organisations, world.feed, world.clock,
                         world.rng,
                         [&world](std::string_view, Language) {
                           return std::make_unique<testing::RecordingSink>(world.table);
                         },
                         world.reads, world.file_store, world.places,
                         {.of_visitors_export = std::chrono::milliseconds(0)}}};
  const Json all = parsed(R"({"form":"sample/tool","format":"csv","columns":["name"]})");
  Json some = all;
  some.as_object()["where"] = "kind = \"saw\"";
  CHECK(hurried.export_rows(world.visitor(), all, Language::kDutch).has_value());
  CHECK(world.failure(hurried.export_rows(world.visitor(), some, Language::kDutch)) == "ST-0073");
  CHECK(world.records.export_rows(world.visitor(), some, Language::kDutch).has_value());
}

TEST_CASE("export: of chosen rows only those, in the order of the search") {
  Tools world;
  std::string ids;
  const auto page = world.records.search(world.visitor(), parsed(R"({"form":"sample/tool"})"));
  REQUIRE(page.has_value());
  const Json items = parsed(*page).at("items");
  for (const char* title : {"Aap", "Clown"}) {
    for (const Json& item : items.as_array()) {
      if (item.at("title") != title) continue;
      ids += (ids.empty() ? "\"" : ",\"") + std::string(item.at("id").as_string()) + "\"";
    }
  }
  const auto table = [&](const std::string& members) {
    const auto file = world.records.export_rows(
        world.visitor(),
        parsed(R"({"form":"sample/tool","format":"csv","columns":["name"],"ids":[)" + members),
        Language::kDutch);
    return file ? file->content : world.failure(file);
  };
  const std::string head = "Gereedschap\nNaam|\n", foot = "Peildatum: 31 januari 2026.\n";
  CHECK(table(ids + "]}") == head + "Clown|\nAap|\n" + foot);
  CHECK(table(ids + R"(],"text":"aap"})") == head + "Aap|\n" + foot);
  CHECK(table("]}") == "AP-0078");
  std::string many = "\"a\"";
  for (int i = 0; i < 1000; ++i) many += ",\"a" + std::to_string(i) + "\"";
  CHECK(table(many + "]}") == "AP-0078");
}

TEST_CASE("export: needs the right to, a known format and visible columns") {
  Tools world;
  const auto failure = [&](const Caller& caller, const char* body) {
    return world.failure(world.records.export_rows(caller, parsed(body), Language::kEnglish));
  };
  CHECK(failure(world.auditor(), R"({"form":"sample/report","format":"csv"})") == "AP-0002");
  CHECK(failure(world.visitor(), R"({"form":"sample/report","format":"csv"})") == "AP-0003");
  CHECK(failure(world.visitor(), R"({"form":"sample/tool","format":"pdf"})") == "AP-0076");
  CHECK(failure(world.visitor(), R"({"form":"sample/tool","format":"csv","columns":["owner"]})") ==
        "AP-0077");
  CHECK(failure(world.keeper(), R"({"form":"sample/tool","format":"csv","columns":["owner"]})") ==
        "");
}

}  // namespace
}  // namespace zicht::app
