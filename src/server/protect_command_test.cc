// zicht protect as a person runs it: a table and a specification in, a table that gives nobody away
// out, or one clear message and nothing.
#include <doctest/doctest.h>

#include "server/folder.h"
#include "server/terminal.h"
#include "server/testing/desk.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

constexpr const char* kTable = "docs/handboek/voorbeelden/jongeren.csv";
constexpr const char* kSpec = "docs/handboek/voorbeelden/jongeren.yaml";

struct Files {
  explicit Files(const Desk& zicht)
      : out(zicht.folder + "/p.csv"),
        page(zicht.folder + "/r.html"),
        table(zicht.folder + "/t.csv"),
        spec(zicht.folder + "/s.yaml") {}
  std::string out, page, table, spec;
};

TEST_CASE("command protect: the example of the tutorial is protected, with a report") {
  const Desk zicht;
  const Files files(zicht);
  const auto done = zicht(
      {"protect", "--table", kTable, "--spec", kSpec, "--out", files.out, "--report", files.page});
  CHECK(done.code == kGood);
  const auto table = read_file(files.out);
  REQUIRE(table.has_value());
  CHECK(has(*table, "gemeente,leeftijd,status,aantal\r\n"));
  CHECK(has(*table, "Cewijk,18-22,hidden,\r\n"));
  CHECK(has(*table, "Streek,Totaal,published,216\r\n"));
  const auto page = read_file(files.page);
  REQUIRE(page.has_value());
  CHECK(has(*page, "<svg"));
  CHECK(has(*page, "voorbeeldgegevens"));
}

TEST_CASE("command protect: never overwrites, and writes nothing where something is wrong") {
  const Desk zicht;
  const Files files(zicht);
  REQUIRE(write_file(files.page, "mine", false).has_value());
  const Words words{"protect", "--table", kTable, "--spec", kSpec, "--out", files.out};
  Words with_page = words;
  with_page.insert(with_page.end(), {"--report", files.page});
  const auto there = zicht(with_page);
  CHECK(there.code == kBad);
  CHECK(has(there.complained, "SV-0084"));
  CHECK(*read_file(files.page) == "mine");
  CHECK_FALSE(exists(files.out));

  REQUIRE(
      write_file(files.table, "gemeente,leeftijd,aantal\nStreek,Totaal,3\nAldorp,Totaal,4\n", false)
          .has_value());
  const auto sums = zicht({"protect", "--table", files.table, "--spec", kSpec, "--out", files.out});
  CHECK(sums.code == kBad);
  CHECK(has(sums.complained, "SA-0016"));
  CHECK_FALSE(exists(files.out));

  REQUIRE(write_file(files.spec, "frequency: aantal\nrules: {treshold: {minimum: 5}}\n", false)
              .has_value());
  const auto spec = zicht({"protect", "--table", kTable, "--spec", files.spec, "--out", files.out});
  CHECK(spec.code == kBad);
  CHECK(has(spec.complained, "SA-0002"));
  CHECK(has(spec.complained, "SA-0003"));

  REQUIRE(write_file(files.spec, "frequency: [aantal\n", false).has_value());
  CHECK(has(
      zicht({"protect", "--table", kTable, "--spec", files.spec, "--out", files.out}).complained,
      "PK-0004"));
  CHECK(zicht({"protect", "--table", kTable}).code == kUsage);
  CHECK_FALSE(exists(files.out));
}

}  // namespace
}  // namespace zicht::server
