// Imports through the use case, on the sample pack: what a dry run says, what asks for a person,
// and what stands there afterwards. The table is read by a reader for tests: CSV alone; encodings
// and workbooks are tried in src/exchange.
#include "app/import_service.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "app/testing/record_world.h"
#include "stats/csv.h"

namespace zicht::app {
namespace {

using testing::parsed;
using testing::RecordWorld;

Result<ImportTable> read_csv(std::string_view content, const TableWish& wish) {
  for (std::int64_t line = 1; line < wish.header_row; ++line) {
    content.remove_prefix(std::min(content.find('\n'), content.size() - 1) + 1);
  }
  ZICHT_TRY(csv, stats::CsvTable::parse(content));
  ImportTable table;
  table.format = "csv";
  table.separator = std::string(1, csv.separator());
  table.columns = csv.columns();
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    ImportRow made{csv.line(row), {}};
    for (std::size_t i = 0; i < csv.columns().size(); ++i) {
      made.cells.push_back({std::string(csv.text(row, i)), CellKind::kText});
    }
    table.rows.push_back(std::move(made));
  }
  return table;
}

constexpr const char* kMapping = R"({"form": "sample/tool", "columns": [
  {"column": "Naam", "field": "name"},
  {"column": "Soort", "field": "kind"},
  {"column": "Delen", "field": "pieces"},
  {"column": "Gewicht", "field": "weight_kg"}], "key": ["name"]})";
constexpr const char* kHeader = "Naam;Soort;Delen;Gewicht\n";

struct ImportWorld : RecordWorld {
  ImportService::Ports import_ports{{store, packs, organisations, feed, clock, rng,
                                     [this](std::string_view, Language) {
                                       return std::make_unique<testing::RecordingSink>(table);
                                     },
                                     reads, file_store, places},
                                    read_csv};
  ImportService imports{import_ports};

  std::string upload(const Caller& caller, const std::string& content) {
    const std::string id = "file" + std::to_string(file_store.kept.size());
    const auto size = static_cast<std::int64_t>(content.size());
    REQUIRE(file_store.put_upload({id, "a.csv", "text/plain", size}, caller.account, content));
    return id;
  }

  json::object body(const Caller& caller, const std::string& rows,
                    const std::string& mapping = kMapping, const char* header = kHeader) {
    return {{"file", upload(caller, header + rows)}, {"mapping", parsed(mapping)}};
  }

  Json rehearsed(const Caller& caller, const json::object& asked) {
    const auto plan = imports.rehearse(caller, asked);
    REQUIRE_MESSAGE(plan.has_value(), (plan ? "" : describe(plan.error())));
    return parsed(*plan);
  }

  // Accepts what the dry run says, with everything confirmed; "" or the id of what refused it.
  std::string accepted(const Caller& caller, json::object asked,
                       const std::vector<std::string>& confirmed = {}) {
    asked["plan"] = rehearsed(caller, asked).at("plan");
    json::array keys(confirmed.begin(), confirmed.end());
    asked["confirmed"] = std::move(keys);
    return failure(imports.accept(caller, asked, {}));
  }

  // Titles of all tools, in the order in which they were made.
  std::string tools(const Caller& caller) {
    std::string titles;
    const Json page = parsed(*records.search(caller, json::object{{"form", "sample/tool"}}));
    for (const Json& item : page.at("items").as_array()) {
      titles = std::string(item.at("title").as_string()) + " " + titles;
    }
    return titles;
  }
};

// "new 1, changed 0, same 0, errors 0".
std::string counts(const Json& plan) {
  std::string text;
  for (const auto& count : plan.at("counts").as_object()) {
    text += (text.empty() ? "" : ", ") + std::string(count.key()) + " " +
            std::to_string(count.value().as_int64());
  }
  return text;
}

// "2 AP-0310 /fields/pieces; " for each problem.
std::string problems(const Json& plan) {
  std::string text;
  for (const Json& row : plan.at("rows").as_array()) {
    const Json* list = row.as_object().if_contains("problems");
    if (list == nullptr) continue;
    for (const Json& problem : list->as_array()) {
      const Json* where = problem.as_object().if_contains("where");
      text += std::to_string(row.at("line").as_int64()) + " " +
              std::string(problem.at("id").as_string()) +
              (where == nullptr ? "" : " " + std::string(where->as_string())) + "; ";
    }
  }
  return text;
}

std::string questions(const Json& plan) {
  std::string keys;
  for (const Json& question : plan.at("questions").as_array()) {
    keys += std::string(question.at("key").as_string()) + " ";
  }
  return keys;
}

TEST_CASE("imports: a dry run tells each row and writes nothing") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto before = world.store.entry_count();
  const Json plan =
      world.rehearsed(caller, world.body(caller, "Zaag;saw;3;1,5\nHamer;Boor;1.000;\n"));
  CHECK(world.store.entry_count() == before);
  CHECK(problems(plan) == "3 MO-0109 /fields/pieces; ");
  CHECK(counts(plan) == "new 1, changed 0, same 0, errors 1");
}

TEST_CASE("imports: what is accepted stands there, each version with its file, line and import") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto asked = world.body(caller, "Zaag;saw;3;1,5\nHamer;Drill;1;\n");
  CHECK(world.accepted(caller, asked) == "");
  CHECK(world.tools(caller) == "Zaag Hamer ");
  CHECK(counts(world.rehearsed(caller, asked)) == "new 0, changed 0, same 2, errors 0");
  const Json page = parsed(*world.records.search(caller, json::object{{"form", "sample/tool"}}));
  const std::string id(page.at("items").at(1).at("id").as_string());
  const Json tool = world.read(caller, id);
  CHECK(tool.at("fields").at("weight_kg") == "1.5");
  CHECK(tool.at("fields").at("kind") == "saw");
  CHECK(tool.at("organisation").at("id") == "north");
  const Json history = parsed(*world.records.history(caller, id, {}));
  const std::string reason(history.at("items").at(0).at("reason").as_string());
  CHECK(reason.starts_with("ingelezen: bestand "));
  CHECK(reason.ends_with(", regel 2"));
}

TEST_CASE("imports: a row changes what differs and leaves the rest of its record as it was") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.make(caller, "sample/tool",
             R"({"name":"Zaag","kind":"saw","pieces":3,"weight_kg":"1.5","owner":"Anna"})");
  const auto asked = world.body(caller, "zaag;saw;4;\n");
  const Json plan = world.rehearsed(caller, asked);
  CHECK(counts(plan) == "new 0, changed 1, same 0, errors 0");
  const Json& changes = plan.at("rows").at(0).at("changes");
  REQUIRE(changes.as_array().size() == 2);
  CHECK(changes.at(0).at("before") == "Zaag");
  CHECK(changes.at(0).at("after") == "zaag");
  CHECK(changes.at(1).at("before") == 3);
  CHECK(world.accepted(caller, asked) == "");
  const Json page = parsed(*world.records.search(caller, json::object{{"form", "sample/tool"}}));
  const Json tool =
      world.read(caller, std::string(page.at("items").at(0).at("id").as_string()));
  CHECK(tool.at("fields").at("pieces") == 4);
  CHECK(tool.at("fields").at("weight_kg") == "1.5");
  CHECK(tool.at("fields").at("owner") == "Anna");
}

TEST_CASE("imports: an empty cell empties its field only where the mapping says so") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.make(caller, "sample/tool", R"({"name":"Zaag","kind":"saw","pieces":3})");
  const std::string clears = R"({"form":"sample/tool","key":["name"],"columns":[
    {"column":"Naam","field":"name"},{"column":"Delen","field":"pieces","empty":"clear"}]})";
  const Json plan = world.rehearsed(
      caller, world.body(caller, "Zaag;\n", clears, "Naam;Delen\n"));
  CHECK(plan.at("rows").at(0).at("changes").at(0) ==
        parsed(R"({"field":"pieces","before":3})"));
}

TEST_CASE("imports: one row with an error keeps all of them out") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto asked = world.body(caller, "Zaag;saw;3;\nHamer;hamster;1;\n");
  CHECK(problems(world.rehearsed(caller, asked)) == "3 AP-0313 /fields/kind; ");
  CHECK(world.accepted(caller, asked) == "AP-0329");
  CHECK(world.tools(caller) == "");
  const auto file = world.imports.errors(caller, asked, Language::kDutch);
  REQUIRE(file.has_value());
  CHECK(file->content.find("3|Soort|Soort: deze waarde staat niet in de lijst") !=
        std::string::npos);
}

TEST_CASE("imports: rows say why they cannot be one record") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.make(caller, "sample/tool", R"({"name":"Dubbel","kind":"saw"})");
  world.make(caller, "sample/tool", R"({"name":"dubbel","kind":"saw"})");
  const Json plan = world.rehearsed(
      caller, world.body(caller, "Zaag;saw;;\nZAAG;saw;;\n;saw;;\nDubbel;drill;;\n"));
  CHECK(problems(plan) == "3 AP-0319; 4 AP-0318 /fields/name; 5 AP-0320; ");
}

TEST_CASE("imports: swapped columns are errors where kinds differ, and else a question") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.make(caller, "sample/tool",
             R"({"name":"Zaag","kind":"saw","pieces":40,"weight_kg":"2"})");
  CHECK(problems(world.rehearsed(caller, world.body(caller, "40;saw;Zaag;2\n"))) ==
        "2 AP-0310 /fields/pieces; ");
  CHECK(problems(world.rehearsed(caller, world.body(caller, "saw;40;Zaag;2\n"))) ==
        "2 AP-0313 /fields/kind; 2 AP-0310 /fields/pieces; ");
  const auto asked = world.body(caller, "Zaag;saw;2;40\n");
  CHECK(questions(world.rehearsed(caller, asked)) == "factor:pieces factor:weight_kg ");
  CHECK(world.accepted(caller, asked) == "AP-0328");
  CHECK(world.accepted(caller, asked, {"factor:pieces"}) == "AP-0324");
  CHECK(world.accepted(caller, asked, {"factor:pieces", "factor:weight_kg"}) == "");
}

TEST_CASE("imports: a decimal sign of the other language is no number, or a leap") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.make(caller, "sample/tool", R"({"name":"Zaag","kind":"saw","weight_kg":"1.234"})");
  CHECK(problems(world.rehearsed(caller, world.body(caller, "Zaag;saw;;12.5\n"))) ==
        "2 AP-0310 /fields/weight_kg; ");
  CHECK(problems(world.rehearsed(caller, world.body(caller, "Zaag;saw;;1.234\n"))) ==
        "2 MO-0109 /fields/weight_kg; ");
}

TEST_CASE("imports: another year than expected asks, also when it is given") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const std::string mapping = R"({"form":"sample/tool","key":["name","made"],"columns":[
    {"column":"Naam","field":"name"},{"column":"Soort","field":"kind"},
    {"column":"Jaar","field":"made"}],"ask":{"year_field":"made","year_lag":2}})";
  auto asked = world.body(caller, "Zaag;saw;2024\n", mapping, "Naam;Soort;Jaar\n");
  CHECK(questions(world.rehearsed(caller, asked)) == "");
  CHECK(world.accepted(caller, asked) == "");
  auto wrong = world.body(caller, "Zaag;saw;2023\n", mapping, "Naam;Soort;Jaar\n");
  const Json plan = world.rehearsed(caller, wrong);
  CHECK(questions(plan) == "year ");
  CHECK(plan.at("questions").at(0).at("id") == "AP-0325");
  wrong["year"] = 2023;
  CHECK(questions(world.rehearsed(caller, wrong)) == "");
  asked["year"] = 2025;
  CHECK(questions(world.rehearsed(caller, asked)) == "year ");
}

TEST_CASE("imports: many changes and missing records wait for a person, who confirms each") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  std::string rows, changed;
  for (const char* name : {"aa", "bb", "cc", "dd", "ee", "ff"}) {
    rows += std::string(name) + ";saw;3;\n";
    if (std::string(name) != "ff") changed += std::string(name) + ";saw;4;\n";
  }
  CHECK(world.accepted(caller, world.body(caller, rows)) == "");
  const auto asked = world.body(caller, changed);
  const Json plan = world.rehearsed(caller, asked);
  CHECK(questions(plan) == "changed missing ");
  CHECK(plan.at("questions").at(0).at("id") == "AP-0323");
  CHECK(world.accepted(caller, asked, {"changed"}) == "AP-0326");
  CHECK(world.accepted(caller, asked, {"changed", "missing"}) == "");
  CHECK(world.tools(caller) == "aa bb cc dd ee ff ");
}

TEST_CASE("imports: what changed since the dry run is looked at again") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  auto asked = world.body(caller, "Zaag;saw;3;\n");
  asked["plan"] = world.rehearsed(caller, asked).at("plan");
  world.make(caller, "sample/tool", R"({"name":"Zaag","kind":"saw","pieces":1})");
  CHECK(RecordWorld::failure(world.imports.accept(caller, asked, {})) == "AP-0327");
  CHECK(world.tools(caller) == "Zaag ");
}

TEST_CASE("imports: a name that leads to another record since the dry run is looked at again") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto first = world.tool(caller, "Kist");
  const auto second = world.tool(caller, "Kast");
  const std::string mapping = R"({"form":"sample/tool","key":["name"],"columns":[
    {"column":"Naam","field":"name"},{"column":"Soort","field":"kind"},
    {"column":"Bij","field":"belongs_to"}]})";
  const auto asked = world.body(caller, "Zaag;saw;Kist\n", mapping, "Naam;Soort;Bij\n");
  const auto rename = [&](const Document& tool, const std::string& name) {
    const json::object body{{"fields", json::object{{"name", name}, {"kind", "saw"}}},
                            {"reason", "hernoemd"}};
    CHECK(RecordWorld::failure(world.records.change(caller, tool.id, body, {1, {}})) == "");
  };
  const Json looked = world.rehearsed(caller, asked);
  CHECK(looked.at("rows").at(0).at("changes").at(2).at("after").as_string() == first.id);
  json::object accepting = asked;
  accepting["plan"] = looked.at("plan");
  rename(first, "Krat");
  rename(second, "Kist");
  CHECK(RecordWorld::failure(world.imports.accept(caller, accepting, {})) == "AP-0327");
  CHECK(world.tools(caller) == "Krat Kist ");
  const Json now = world.rehearsed(caller, asked);
  CHECK(now.at("rows").at(0).at("changes").at(2).at("after").as_string() == second.id);
  CHECK(world.accepted(caller, asked, {"missing"}) == "");
}

TEST_CASE("imports: a write that loses the race writes nothing at all") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  auto asked = world.body(caller, "Zaag;saw;3;\nHamer;drill;1;\n");
  asked["plan"] = world.rehearsed(caller, asked).at("plan");
  world.store.fail_next_append(Error{Code::kConflict, "ST-0010", {}, {}, {}});
  CHECK(RecordWorld::failure(world.imports.accept(caller, asked, {})) == "AP-0327");
  CHECK(world.tools(caller) == "");
}

TEST_CASE("imports: the same request again gives the first answer and writes once") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  auto asked = world.body(caller, "Zaag;saw;3;\n");
  asked["plan"] = world.rehearsed(caller, asked).at("plan");
  const Idempotency key{"key", "request"};
  const auto first = world.imports.accept(caller, asked, key);
  REQUIRE(first.has_value());
  const auto entries = world.store.entry_count();
  const auto again = world.imports.accept(caller, asked, key);
  REQUIRE(again.has_value());
  CHECK(*again == *first);
  CHECK(parsed(*first).at("created") == 1);
  CHECK(world.store.entry_count() == entries);
}

TEST_CASE("imports: what another organisation keeps stays as it is") {
  ImportWorld world;
  world.make(RecordWorld::second_keeper(), "sample/tool", R"({"name":"Zaag","kind":"saw"})");
  const Caller caller = RecordWorld::keeper();
  CHECK(problems(world.rehearsed(caller, world.body(caller, "Zaag;saw;3;\n"))) == "2 AP-0321; ");
  CHECK(counts(world.rehearsed(caller, world.body(caller, "Zaag;saw;;\n"))) ==
        "new 0, changed 0, same 1, errors 0");
}

TEST_CASE("imports: what its state keeps as it is, is an error of its row") {
  ImportWorld world;
  REQUIRE_FALSE(
      world.packs.activate({packs::testing::read_folder("tests/packs/rounds")}, "system").error);
  const Caller kees = world.person("kees", "north", {"rounds/keeper"});
  const Caller kim = world.person("kim", "north", {"rounds/keeper"});
  const auto made = [&](const char* form, const std::string& fields) {
    return world.make(kees, std::string("rounds/") + form, fields);
  };
  const std::string season =
      made("season", R"({"name":"Voorjaar","day":{"first":"2025-03-01","last":"2025-03-01"}})").id;
  const std::string garden = made("garden", R"({"name":"Oost","kind":"garden"})").id;
  const std::string crop = made("crop", R"({"name":"Bonen"})").id;
  Document harvest = made("harvest", R"({"title":"Bonen","by":"garden","how":"well","season":")" +
                                         season + R"(","garden":")" + garden + R"(","crop":")" +
                                         crop + "\"}");
  constexpr const char* kNotes = R"({"form": "rounds/harvest", "columns": [
    {"column": "Wat", "field": "title"}, {"column": "Notitie", "field": "note"}],
    "key": ["title"]})";
  const auto planned = [&] {
    return world.rehearsed(kees, world.body(kees, "Bonen;Nat\n", kNotes, "Wat;Notitie\n"));
  };
  REQUIRE(world.step(kim, harvest, "hand-in") == "");
  CHECK(counts(planned()) == "new 0, changed 1, same 0, errors 0");
  REQUIRE(world.step(kees, harvest, "show") == "");
  CHECK(problems(planned()) == "2 MO-0225; ");
}

TEST_CASE("imports: references are found by name or by a field, and never guessed") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.make(caller, "sample/tool", R"({"name":"Kist","kind":"saw","owner":"K-1"})");
  const std::string by_title = R"({"form":"sample/tool","key":["name"],"columns":[
    {"column":"Naam","field":"name"},{"column":"Soort","field":"kind"},
    {"column":"Bij","field":"belongs_to"}]})";
  const std::string by_field = R"({"form":"sample/tool","key":["name"],"columns":[
    {"column":"Naam","field":"name"},{"column":"Soort","field":"kind"},
    {"column":"Bij","field":"belongs_to","match":"owner"}]})";
  const char* header = "Naam;Soort;Bij\n";
  const auto told = [&](const std::string& row, const std::string& mapping) {
    return problems(world.rehearsed(caller, world.body(caller, row, mapping, header)));
  };
  CHECK(told("Zaag;saw;KIST\n", by_title) == "");
  CHECK(told("Zaag;saw;k-1\n", by_field) == "");
  CHECK(told("Zaag;saw;Kast\n", by_title) == "2 AP-0314 /fields/belongs_to; ");
  world.make(caller, "sample/tool", R"({"name":"kist","kind":"saw"})");
  CHECK(told("Zaag;saw;KIST\n", by_title) == "2 AP-0315 /fields/belongs_to; ");
}

TEST_CASE("imports: each kind of field says what its cell should be") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto told = [&](const char* field, const std::string& cell) {
    const std::string mapping = R"({"form":"sample/tool","key":["name"],"fixed":{"kind":"saw"},
      "no_value":["."],"columns":[{"column":"Naam","field":"name"},{"column":"X","field":")" +
                                std::string(field) + "\"}]}";
    return problems(
        world.rehearsed(caller, world.body(caller, "Zaag;" + cell + "\n", mapping, "Naam;X\n")));
  };
  CHECK(told("bought_on", "31-12-2024") == "2 AP-0311 /fields/bought_on; ");
  CHECK(told("electric", "misschien") == "2 AP-0312 /fields/electric; ");
  CHECK(told("electric", "Ja") == "");
  CHECK(told("electric", ".") == "");
  CHECK(told("made", "ooit") == "2 AP-0316 /fields/made; ");
  CHECK(told("owner", std::string(401, 'x')) == "2 AP-0322 /fields/owner; ");
  CHECK(told("also", "\"saw;Boor\"") == "");
  CHECK(told("also", "\"saw;hamster\"") == "2 AP-0313 /fields/also; ");
  CHECK(told("manual", "geen adres") == "2 MO-0118 /fields/manual; ");
}

TEST_CASE("imports: a formula without an outcome is an error of its row") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.import_ports.read_table = [](std::string_view, const TableWish&) {
    ImportTable table{.format = "xlsx", .encoding = {}, .separator = {}, .sheet = {},
                      .sheets = {}, .columns = {"Naam", "Soort", "Delen", "Gewicht"}, .rows = {}};
    table.rows.push_back({2, {{"Zaag"}, {"saw"}, {"", CellKind::kBroken}, {"1.5",
                          CellKind::kNumber}}});
    return Result<ImportTable>(std::move(table));
  };
  ImportService imports(world.import_ports);
  const auto plan = imports.rehearse(caller, world.body(caller, ""));
  REQUIRE(plan.has_value());
  CHECK(problems(parsed(*plan)) == "2 AP-0317 /fields/pieces; ");
}

TEST_CASE("imports: more records than can be compared, or no reader, is said at once") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  world.tool(caller, "Zaag");
  world.tool(caller, "Boor");
  const auto asked = world.body(caller, "Hamer;drill;;\n");
  world.import_ports.most_compared = 1;
  CHECK(RecordWorld::failure(ImportService(world.import_ports).rehearse(caller, asked)) ==
        "AP-0309");
  world.import_ports.read_table = {};
  CHECK(RecordWorld::failure(ImportService(world.import_ports).rehearse(caller, asked)) ==
        "AP-0308");
}

TEST_CASE("imports: forms about persons take none, nor do references to persons") {
  ImportWorld world;
  REQUIRE_FALSE(
      world.packs.activate({packs::testing::read_folder("tests/packs/probe")}, "system").error);
  const Caller planner = RecordWorld::person("pim", "north", {"probe/planner"});
  const json::object child{
      {"file", world.upload(planner, "Naam\nAnna\n")},
      {"mapping", parsed(R"({"form":"probe/child","key":["call_name"],
        "columns":[{"column":"Naam","field":"call_name"}]})")}};
  CHECK(RecordWorld::failure(world.imports.rehearse(planner, child)) == "AP-0301");
}

TEST_CASE("imports: who may not write the form, or has no such file, is refused") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto asked = world.body(caller, "Zaag;saw;3;\n");
  CHECK(RecordWorld::failure(world.imports.rehearse(RecordWorld::auditor(), asked)) == "AP-0300");
  auto own = world.body(RecordWorld::auditor(), "Zaag;saw;3;\n");
  CHECK(RecordWorld::failure(world.imports.rehearse(RecordWorld::auditor(), own)) == "AP-0002");
  CHECK(RecordWorld::failure(world.imports.rehearse(RecordWorld::lender(), asked)) == "AP-0300");
}

TEST_CASE("imports: a column that the file lacks is named with those that are there") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto asked = world.body(caller, "Zaag;saw\n", kMapping, "Naam;Soort\n");
  const auto refused = world.imports.rehearse(caller, asked);
  REQUIRE_FALSE(refused.has_value());
  REQUIRE(refused.error().problems.size() == 2);
  CHECK(refused.error().problems[0].id == "AP-0306");
  CHECK(refused.error().problems[0].hint.en.find("Naam, Soort") != std::string::npos);
}

TEST_CASE("imports: a mapping is checked, kept, recognised by the header, and removed") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto keep = [&](json::object body) {
    return RecordWorld::failure(world.imports.keep(caller, std::move(body)));
  };
  CHECK(keep({{"name", ""}, {"mapping", parsed(kMapping)}}) == "AP-0303");
  CHECK(keep({{"name", "Lijst"}, {"mapping", parsed(R"({"form":"sample/tool"})")}}) == "AP-0020");
  CHECK(keep({{"name", "Lijst"}, {"mapping", parsed(kMapping)}}) == "");
  const auto seen = [&](const Caller& who) {
    const json::object body{{"file", world.upload(who, std::string(kHeader) + "Zaag;saw;3;1,5\n")},
                            {"form", "sample/tool"}};
    return parsed(*world.imports.look(who, body));
  };
  const Json look = seen(caller);
  REQUIRE(look.at("mappings").as_array().size() == 1);
  CHECK(look.at("mappings").at(0).at("name") == "Lijst");
  CHECK(look.at("numbers") == "comma");
  CHECK(look.at("columns").at(0).at("field") == "name");
  CHECK(look.at("columns").at(3).at("samples").at(0) == "1,5");
  CHECK(seen(RecordWorld::second_keeper()).at("mappings").as_array().empty());
  CHECK(parsed(*world.imports.mappings(caller)).at("items").as_array().size() == 1);
  CHECK(keep({{"name", "Lijst"}, {"removed", true}}) == "");
  CHECK(keep({{"name", "Lijst"}, {"removed", true}}) == "AP-0307");
  CHECK(seen(caller).at("mappings").as_array().empty());
}

TEST_CASE("imports: a mapping that no form takes any more is told as stale, and can be removed") {
  ImportWorld world;
  REQUIRE_FALSE(
      world.packs.activate({packs::testing::read_folder("tests/packs/probe")}, "system").error);
  const auto put = [&](const std::string& name, const std::string& mapping) {
    Unit unit;
    unit.actor = "system";
    model::Entry entry;
    entry.organisation = "north";
    entry.kind = std::string(model::kImportKept);
    entry.payload = json::object{{"name", name}, {"mapping", parsed(mapping)}};
    unit.entries.push_back(std::move(entry));
    REQUIRE(world.store.append_and_wait(std::move(unit)).has_value());
  };
  // Forms that were importable once: one is about persons by now, one is gone.
  put("Kinderen", R"({"form":"probe/child","key":["call_name"],
                      "columns":[{"column":"Naam","field":"call_name"}]})");
  put("Weg", R"({"form":"gone/thing","key":["a"],"columns":[{"column":"A","field":"a"}]})");
  const auto told = [&](const Caller& caller) {
    std::string names;
    const Json list = parsed(*world.imports.mappings(caller));
    for (const Json& item : list.at("items").as_array()) {
      CHECK(item.at("stale").as_bool());
      names += std::string(item.at("name").as_string()) + " ";
    }
    return names;
  };
  const auto remove = [&](const Caller& caller, const char* name) {
    return RecordWorld::failure(
        world.imports.keep(caller, json::object{{"name", name}, {"removed", true}}));
  };
  const Caller reader = RecordWorld::person("rik", "north", {"auditor"});
  CHECK(told(reader) == "");
  CHECK(remove(reader, "Weg") == "AP-0002");
  CHECK(remove(RecordWorld::second_keeper(), "Weg") == "AP-0307");  // of another organisation
  CHECK(told(RecordWorld::keeper()) == "Kinderen Weg ");
  CHECK(remove(RecordWorld::keeper(), "Kinderen") == "");
  CHECK(remove(RecordWorld::keeper(), "Weg") == "");
  CHECK(told(RecordWorld::keeper()) == "");
}

TEST_CASE("imports: a mapping knows where the names of the columns stand") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  Json mapping = parsed(kMapping);
  mapping.as_object()["header_row"] = 3;
  REQUIRE(world.imports.keep(caller, json::object{{"name", "Derde"}, {"mapping", mapping}}));
  json::object body{{"form", "sample/tool"},
                    {"file", world.upload(caller, "Bron\nCBS\n" + std::string(kHeader) +
                                                      "Zaag;saw;3;1,5\n")}};
  const Json seen = parsed(*world.imports.look(caller, body));
  CHECK(seen.at("header_row") == 3);
  CHECK(seen.at("mappings").as_array().size() == 1);
  CHECK(seen.at("columns").at(0).at("name") == "Naam");
  body["header_row"] = 2;
  CHECK(RecordWorld::failure(world.imports.look(caller, body)) == "SA-0096");
  body["header_row"] = 0;
  CHECK(RecordWorld::failure(world.imports.look(caller, body)) == "EX-0066");
}

TEST_CASE("imports: what a mapping may not say is told with its place") {
  ImportWorld world;
  const Caller caller = RecordWorld::keeper();
  const auto told = [&](const std::string& mapping) {
    const auto refused = world.imports.rehearse(caller, world.body(caller, "", mapping));
    if (refused) return std::string();
    std::string all;
    for (const Problem& problem : refused.error().problems) {
      all += problem.id + " " + problem.where + "; ";
    }
    return all.empty() ? refused.error().id : all;
  };
  const std::string start = R"({"form":"sample/tool","columns":[)";
  const std::string name = R"({"column":"Naam","field":"name"})";
  CHECK(told(start + R"({"column":"Naam","field":"photo"}],"key":["name"]})") ==
        "AP-0302 /mapping/columns/0/field; AP-0304 /mapping/key/0; ");
  CHECK(told(start + name + R"(,{"column":"B","field":"name"}],"key":["name"]})") ==
        "AP-0305 /mapping/columns/1/field; ");
  CHECK(told(start + name + R"(],"key":[]})") == "AP-0303 /mapping/key; ");
  CHECK(told(start + name + R"(],"key":["name"],"numbers":"dot"})") ==
        "AP-0303 /mapping/numbers; ");
  CHECK(told(start + name + R"(],"key":["name"],"fixed":{"kind":"hamster"}})") ==
        "MO-0115 /mapping/fixed/kind; ");
  CHECK(told(R"({"form":"sample/none","columns":[],"key":["a"]})") == "AP-0003");
}

}  // namespace
}  // namespace zicht::app
