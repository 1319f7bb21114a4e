// Mappings in packs: what is wrong with one is told with its line, and what is right can be used.
// The sample pack with one file more.
#include "packs/import_mapping.h"

#include <doctest/doctest.h>

#include <string>

#include "packs/testing/folders.h"

namespace zicht::packs {
namespace {

constexpr const char* kFile = "imports/tools.yaml";

testing::PackFolder with(const std::string& text) {
  auto files = testing::sample_files();
  files[kFile] = text;
  return {"sample", std::move(files)};
}

std::string findings(const std::string& text) { return testing::findings_of(with(text).files); }

const std::string kGood =
    "import: tools\n"
    "form: tool\n"
    "title: {nl: Lijst, en: List}\n"
    "dates: day_first\n"
    "columns:\n"
    "  - {column: Naam, field: name}\n"
    "  - {column: 2024, field: pieces, empty: clear}\n"
    "  - {column: Bij, field: belongs_to, match: name}\n"
    "fixed: {kind: saw}\n"
    "key: [name, kind]\n"
    "ask: {factor: 3, year_field: bought_on}\n";

TEST_CASE("import mapping: one of a pack is read with everything that it says") {
  CHECK(findings(kGood) == "");
  model::PackSet packs;
  const auto pack = testing::loaded(with(kGood).files);
  packs.add(pack);
  packs.activate(pack->hash);
  const auto imports = imports_of(*pack, packs);
  REQUIRE(imports.size() == 1);
  CHECK(imports[0].id == "tools");
  const ImportMapping& mapping = imports[0].mapping;
  CHECK(mapping.form == "sample/tool");
  CHECK(mapping.dates == DateNotation::kDayFirst);
  CHECK(mapping.has_decimal_comma);
  CHECK(mapping.columns[1].column == "2024");
  CHECK(mapping.columns[1].clears);
  CHECK(mapping.columns[2].match == "name");
  CHECK(mapping.ask.factor == 3);
  CHECK(mapping.ask.changed_percent == 25);
  // The same through the API.
  CHECK(read_import_mapping(imports[0].json, packs).problems.empty());
}

TEST_CASE("import mapping: each mistake is told at its line") {
  const auto mended = [](const std::string& from, const std::string& to) {
    std::string text = kGood;
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return findings(text.replace(at, from.size(), to));
  };
  CHECK(mended("import: tools", "import: other").find("AP-0303 imports/tools.yaml:1:") == 0);
  CHECK(mended("field: name}", "field: maker}").find("AP-0302 imports/tools.yaml:6:") == 0);
  CHECK(mended("field: pieces", "field: name").find("AP-0305 imports/tools.yaml:7:") == 0);
  CHECK(mended("match: name", "match: made").find("AP-0303 imports/tools.yaml:8:") == 0);
  CHECK(mended("kind: saw", "kind: hamster").find("MO-0115 imports/tools.yaml:9:") == 0);
  CHECK(mended("kind: saw", "replaces: saw").find("imports/tools.yaml:9:") != std::string::npos);
  CHECK(mended("[name, kind]", "[name, owner]").find("AP-0304 imports/tools.yaml:10:") == 0);
  CHECK(mended("factor: 3", "factor: 1").find("AP-0303 imports/tools.yaml:11:") == 0);
  CHECK(mended("year_field: bought_on", "year_field: name").find("imports/tools.yaml:11:") !=
        std::string::npos);
  CHECK(mended("dates: day_first", "dates: dmy").find("AP-0303 imports/tools.yaml:4:") == 0);
  CHECK(mended("dates: day_first", "colour: red").find("AP-0303 imports/tools.yaml:4:") == 0);
}

TEST_CASE("import mapping: a fixed reference names a fact that is there") {
  const auto fixed = [](const std::string& fact) {
    return findings("import: tools\nform: tool\ncolumns: [{column: A, field: name}]\n"
                    "fixed: {belongs_to: fact(" + fact + ")}\nkey: [name]\n");
  };
  std::string fact;
  const auto pack = testing::loaded(testing::sample_files());
  for (const model::FactFile& file : pack->facts) {
    if (file.form == "sample/tool" && !file.facts.empty()) fact = file.facts.front().id;
  }
  REQUIRE_FALSE(fact.empty());
  CHECK(fixed(fact) == "");
  CHECK(fixed("sample/" + fact) == "");
  CHECK(fixed("none").find("AP-0303 imports/tools.yaml:4:") == 0);
}

}  // namespace
}  // namespace zicht::packs
