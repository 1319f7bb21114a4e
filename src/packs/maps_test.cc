// Maps on desks: what a block may name, and that no two places which are facts stand on one tile.
// The pack tests/packs/maps is invented for it.
#include <doctest/doctest.h>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

using testing::findings_of;
using testing::loaded;

constexpr const char* kDesk = "desks/waters.yaml";
constexpr const char* kFacts = "facts/waters.yaml";

Files maps() { return testing::read_folder("tests/packs/maps"); }

// What is found when `from` in that file is `to`.
std::string with(const char* file, const std::string& from, const std::string& to) {
  return findings_of(testing::replaced(maps(), file, from, to));
}

TEST_CASE("maps: a block names fields of its form and of the form of its places") {
  const model::PackPtr pack = loaded(maps());
  const json::object& block = pack->desks.at(0).blocks.at(0).as_object();
  CHECK(block.at("places") == "water");
  CHECK(block.at("form") == "maps/sight");
  const auto tells = [&](const char* from, const char* to, const char* id, const char* words) {
    const std::string found = with(kDesk, from, to);
    CAPTURE(found);
    CHECK(found.find(id) == 0);
    CHECK(found.find('\n') == std::string::npos);
    const LoadResult result = load(testing::replaced(maps(), kDesk, from, to), {});
    REQUIRE(result.diagnostics.size() == 1);
    CHECK(testing::listed(result.diagnostics).find(words) != std::string::npos);
  };
  tells("column: across", "column: acros", "PK-0045", "acros");
  tells("column: across", "column: name", "PK-0111", "integer");
  tells("row: down", "row: kind", "PK-0111", "integer");
  tells("short: name", "short: down", "PK-0111", "short");
  tells("one_of: [kind]", "one_of: [clarity]", "PK-0111", "filterable");
  tells("cell: clarity", "cell: seen", "PK-0111", "cell");
  tells("date: seen", "date: depth", "PK-0111", "date");
  tells("previous: earlier", "previous: water", "PK-0111", "previous");  // to another form
  tells("previous: earlier", "previous: seen", "PK-0111", "previous");
  tells("    row: down\n", "", "PK-0021", "row");
  tells("    places: water\n", "", "PK-0021", "places");
  // Of which form the rest is, is not known then.
  tells("places: water", "places: waters", "PK-0111", "places");
  tells("places: water", "places: kind", "PK-0111", "reference");
  tells("among: kind = \"pond\"", "among: kid = \"pond\"", "FE-", "kid");
  CHECK(with(kDesk, "among: kind = \"pond\"", "among: name = \"Noordvijver\"") != "");
  CHECK(with(kDesk, "cell: clarity", "cell: depth") == "");
}

TEST_CASE("maps: two places that are facts never stand on one tile") {
  const std::string taken = with(kFacts, "across: 1, down: 2", "across: 1, down: 1");
  CHECK(taken == "PK-0245 desks/waters.yaml:12:13");
  // The moat stands where a pond does: without `among` both are on the map.
  CHECK(with(kDesk, "    among: kind = \"pond\"\n", "") == "PK-0245 desks/waters.yaml:12:13");
}

TEST_CASE("maps: what has gone leaves its tile to another, on the day itself") {
  // The south takes the tile of the north on the second day of 2026.
  const auto when_north_goes = [](const std::string& gone) {
    Files files = testing::replaced(
        maps(), "forms/water.yaml", "  owner:",
        "  gone: {type: date, label: {nl: Weg op, en: Gone on}, filterable: true}\n  owner:");
    files = testing::replaced(std::move(files), kDesk, "among: kind = \"pond\"",
                              "among: kind = \"pond\" and (gone = null or gone > today())");
    const std::string south =
        "    from: 2025-01-01\n    fields: {name: Zuidvijver, kind: pond, across: 1, down: 2}";
    files = testing::replaced(
        std::move(files), kFacts, south,
        "    from: 2026-01-02\n    fields: {name: Zuidvijver, kind: pond, across: 1, down: 1}");
    return findings_of(testing::replaced(std::move(files), kFacts, "{name: Noordvijver,",
                                         "{name: Noordvijver, " + gone));
  };
  CHECK(when_north_goes("gone: 2026-01-02,") == "");
  CHECK(when_north_goes("gone: 2026-01-03,") == "PK-0245 desks/waters.yaml:12:13");
  CHECK(when_north_goes("") == "PK-0245 desks/waters.yaml:12:13");
}

TEST_CASE("maps: a place without a position is told, for it stands below the map") {
  CHECK(with(kFacts, ", across: 1, down: 2", ", down: 2") == "PK-0246 desks/waters.yaml:12:13");
  CHECK(with(kFacts, "kind: ditch, across: 1, down: 1", "kind: ditch") == "");
  const LoadResult result =
      load(testing::replaced(maps(), kFacts, ", across: 1, down: 2", ", across: 1"), {});
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.pack != nullptr);  // a warning
}

constexpr const char* kInteger = "type: integer, label: {nl: Getal, en: Number}";

// A sight tells of a water; a look at it, of a sight. `number` is a field of either.
Files with_number(const std::string& form, const std::string& number) {
  Files files = testing::replaced(maps(), "forms/water.yaml", "subject: none", "subject: region");
  std::string look = files.at("forms/sight.yaml");
  look.replace(look.find("form: sight"), 11, "form: look");
  const std::size_t fields = look.find("fields:\n") + 8;
  files["forms/look.yaml"] = look.substr(0, fields) +
      "  title: {type: text, label: {nl: Wat, en: What}, required: true, max: 80}\n"
      "  at: {type: reference, label: {nl: Bij, en: At}, form: sight}\n";
  files.at("forms/" + form + ".yaml") +=
      "  figure: {" + number + ", sortable: true}\n";
  return files;
}

TEST_CASE("maps: no number of rows that tell of a region can be sorted by") {
  for (const char* form : {"water", "sight", "look"}) {
    CAPTURE(form);
    for (const char* number : {kInteger, "type: decimal, label: {nl: Getal, en: Number}",
                               "type: money, label: {nl: Bedrag, en: Amount}"}) {
      CAPTURE(number);
      CHECK(findings_of(with_number(form, number)).find("PK-0270 forms/" + std::string(form)) == 0);
    }
    for (const char* other : {"type: date, label: {nl: Dag, en: Day}",
                              "type: choice, label: {nl: Soort, en: Kind}, list: kind"}) {
      CAPTURE(other);
      CHECK(findings_of(with_number(form, other)) == "");
    }
  }
  // Of a water that is no region, and of a region where it cannot be sorted by.
  Files files = with_number("look", kInteger);
  files.at("forms/water.yaml") = maps().at("forms/water.yaml");
  CHECK(findings_of(files) == "");
  CHECK(findings_of(testing::replaced(with_number("look", kInteger), "forms/look.yaml",
                                      ", sortable: true", "")) == "");
}

}  // namespace
}  // namespace zicht::packs
