// zicht import as an operator runs it, on both databases: a dry run says what would happen and
// writes nothing; the same command with what it said takes it over, once.
#include <doctest/doctest.h>

#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;
using testing::Run;

constexpr const char* kMapping = R"(import: tools
form: sample/tool
columns:
  - {column: Naam, field: name}
  - {column: Delen, field: pieces}
fixed: {kind: saw}
key: [name]
ask: {factor: 2}
)";

// The file is in Windows-1252.
constexpr const char* kTable = "Naam;Delen\r\nZ\xE1" "agje;3\r\nHamer;1\r\n";

struct ImportDesk {
  explicit ImportDesk(const Desk& zicht_) : zicht(zicht_) {
    REQUIRE(zicht({"init", "--organisation", "org", "--name", "Org"}).code == kGood);
    REQUIRE(zicht({"pack", "activate", "tests/packs/sample"}).code == kGood);
    REQUIRE(zicht({"account", "add", "anna", "Anna", "--organisation", "org", "--roles",
                   "sample/keeper"})
                .code == kGood);
    REQUIRE(write_file(zicht.folder + "/tools.yaml", kMapping, false).has_value());
    give(kTable);
  }

  void give(const std::string& table) const {
    REQUIRE(write_file(zicht.folder + "/tools.csv", table, false).has_value());
  }
  Run import(Words more = {}, const std::string& login = "anna") const {
    Words words{"import",    zicht.folder + "/tools.csv", "--mapping",
                zicht.folder + "/tools.yaml", "--by", login};
    words.insert(words.end(), more.begin(), more.end());
    return zicht(words);
  }
  // What a dry run says to give for taking it over.
  static std::string plan_of(const Run& run) {
    const auto at = run.said.find("--accept ");
    REQUIRE(at != std::string::npos);
    const auto start = at + std::string("--accept ").size();
    return run.said.substr(start, run.said.find_first_of(" \n", start) - start);
  }

  const Desk& zicht;
};

TEST_CASE("command: an import is looked at first, and what was looked at is taken over once") {
  testing::on_both([](const Desk& zicht) {
    const ImportDesk desk(zicht);
    const Run dry = desk.import();
    CHECK(dry.code == kGood);
    CHECK(has(dry.said, "2 new, 0 changed, 0 the same, 0 with an error."));
    CHECK(has(desk.import().said, "2 new"));
    const std::string plan = ImportDesk::plan_of(dry);
    const Run done = desk.import({"--accept", plan});
    CAPTURE(done.complained);
    CHECK(done.code == kGood);
    CHECK(has(done.said, "\"created\":2"));
    CHECK(has(desk.import({"--accept", plan}).complained, "AP-0327"));
    CHECK(has(desk.import().said, "0 new, 0 changed, 2 the same"));
    CHECK(zicht({"journal", "verify"}).code == kGood);
    CHECK(zicht({"rebuild", "--check"}).code == kGood);
  });
}

TEST_CASE("command: what stands out is confirmed by name, and errors end the command badly") {
  const Desk zicht;
  const ImportDesk desk(zicht);
  REQUIRE(desk.import({"--accept", ImportDesk::plan_of(desk.import())}).code == kGood);
  desk.give("Naam;Delen\nHamer;50\n");
  const Run odd = desk.import();
  CHECK(has(odd.said, "factor:pieces: "));
  CHECK(has(odd.said, "missing: "));
  const std::string plan = ImportDesk::plan_of(odd);
  CHECK(has(desk.import({"--accept", plan, "--confirm", "missing"}).complained, "AP-0328"));
  CHECK(desk.import({"--accept", plan, "--confirm", "missing,factor:pieces"}).code == kGood);
  desk.give("Naam;Delen\nHamer;veel\n");
  const Run wrong = desk.import();
  CHECK(wrong.code == kBad);
  CHECK(has(wrong.said, "2: Delen: there is no number here."));
  CHECK(has(desk.import({}, "nobody").complained, "AP-0002"));
  CHECK(zicht({"import", zicht.folder + "/tools.csv"}).code == kUsage);
  for (const char* year : {"20x4", "abc", "2024 ", "-", "99999999999999999999"}) {
    const Run refused = desk.import({"--year", year});
    CHECK(refused.code == kUsage);
    CHECK(has(refused.said, "give a year, such as --year 2024"));
  }
  CHECK(desk.import({"--year", "2024"}).code == kBad);   // only for the line that is wrong
  desk.give("");
  CHECK(has(desk.import().complained, "EX-0060"));
}

}  // namespace
}  // namespace zicht::server
