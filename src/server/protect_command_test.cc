// zicht protect as a person runs it: a table and a specification in, a table that gives nobody away
// out, or one clear message and nothing.
#include <doctest/doctest.h>

#include <filesystem>

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

// `{total: T}` over the column a, counts in n, fewer than 5 sensitive.
constexpr const char* kPlain =
    "dimensions: {a: {total: T}}\nfrequency: n\nrules: {threshold: {minimum: 5}}\n";

struct BadInput {
  const char* what;
  std::string table;
  std::string spec;
  const char* id;
};

std::vector<BadInput> bad_inputs() {
  const std::string good = "a,n\nT,9\np,4\nq,5\n";
  std::string wide = "a,n";
  for (int i = 0; i < 10'000'000; ++i) wide += ",x";
  return {
      {"an empty table", "", kPlain, "SA-0090"},
      {"a header alone", "a,n\n", kPlain, "SA-0010"},
      {"bytes that are no UTF-8", "a,n\nT,9\n\xff,9\n", kPlain, "SA-0091"},
      {"a missing column", "a,count\nT,9\np,9\n", kPlain, "SA-0098"},
      {"swapped columns", "n,a\nT,9\np,4\nq,5\n", kPlain, "SA-0099"},
      {"a column twice", "a,n,n\nT,9,9\np,9,9\n", kPlain, "SA-0094"},
      {"a column without a name", "a,n,\nT,9,1\np,9,1\n", kPlain, "SA-0095"},
      {"ten million columns", wide, kPlain, "SA-0093"},
      {"a short row", "a,n\nT\n", kPlain, "SA-0096"},
      {"an open quotation mark", "a,n\n\"T,9\n", kPlain, "SA-0097"},
      {"a cell twice", "a,n\nT,9\np,4\nq,5\np,4\n", kPlain, "SA-0014"},
      {"a total that contradicts its parts", "a,n\nT,9\np,4\nq,6\n", kPlain, "SA-0016"},
      {"NaN", "a,n\nT,9\np,NaN\nq,5\n", kPlain, "SA-0099"},
      {"infinity", "a,n\nT,9\np,inf\nq,5\n", kPlain, "SA-0099"},
      {"a gap", "a,n\nT,9\np,\nq,5\n", kPlain, "SA-0012"},
      {"a code that is empty", "a,n\nT,9\n,4\nq,5\n", kPlain, "SA-0011"},
      {"a negative count", "a,n\nT,1\np,-4\nq,5\n", kPlain, "SA-0013"},
      {"half a person", "a,n\nT,9\np,4.5\nq,4.5\n", kPlain, "SA-0013"},
      {"a part that is missing", "a,n\nT,4\np,4\n",
       "dimensions: {a: {parts: {T: [p, q]}}}\nfrequency: n\nrules: {threshold: {}}\n", "SA-0015"},
      {"a hierarchy that loops", good,
       "dimensions: {a: {parts: {T: [p], p: [q], q: [T]}}}\nfrequency: n\n"
       "rules: {threshold: {}}\n",
       "SA-0007"},
      {"a share above 1", good,
       "dimensions: {a: {total: T}}\nfrequency: n\nrules: {group: {share: 1.5}}\n", "SA-0005"},
      {"a minimum of none", good,
       "dimensions: {a: {total: T}}\nfrequency: n\nrules: {threshold: {minimum: 0}}\n", "SA-0005"},
      {"a share that is no number", good,
       "dimensions: {a: {total: T}}\nfrequency: n\nrules: {group: {share: .nan}}\n", "SA-000"},
      {"no rules", good, "dimensions: {a: {total: T}}\nfrequency: n\n", "SA-0009"},
      {"a rule without its column", good,
       "dimensions: {a: {total: T}}\nfrequency: n\nrules: {p_percent: {p: 0.1}}\n", "SA-0008"},
      {"a method that is unknown", good, std::string(kPlain) + "method: magic\n", "SA-0006"},
      {"a specification that is empty", good, "", "PK-0012"},
      {"a key twice", good, std::string(kPlain) + "frequency: a\n", "PK-0005"},
      {"cells that nothing can make as wide as asked",
       "a,v,m\nT,200,10\np,10,10\nq,90,9\nr,100,10\n",
       "dimensions: {a: {total: T}}\nvalue: v\nlargest: [m]\n"
       "rules: {dominance: {n: 1, share: 0.1}}\n",
       "SA-0018"},
  };
}

TEST_CASE("command protect: bad input gives its message, and nothing is written") {
  const Desk zicht;
  const Files files(zicht);
  for (const BadInput& bad : bad_inputs()) {
    CAPTURE(bad.what);
    std::filesystem::remove(files.table);
    std::filesystem::remove(files.spec);
    REQUIRE(write_file(files.table, bad.table, false).has_value());
    REQUIRE(write_file(files.spec, bad.spec, false).has_value());
    const auto run = zicht({"protect", "--table", files.table, "--spec", files.spec, "--out",
                            files.out, "--report", files.page});
    CHECK(run.code == kBad);
    CHECK_MESSAGE(has(run.complained, bad.id), run.complained);
    CHECK(run.said.empty());
    CHECK_FALSE(exists(files.out));
    CHECK_FALSE(exists(files.page));
  }
}

TEST_CASE("command protect: nothing to protect is published as it is") {
  const Desk zicht;
  const Files files(zicht);
  REQUIRE(write_file(files.spec, kPlain, false).has_value());
  const auto protect = [&](std::string_view table) {
    for (const auto& path : {files.table, files.out}) std::filesystem::remove(path);
    REQUIRE(write_file(files.table, table, false).has_value());
    const auto run =
        zicht({"protect", "--table", files.table, "--spec", files.spec, "--out", files.out});
    CHECK_MESSAGE(run.code == kGood, run.complained);
    return read_file(files.out).value_or("");
  };
  CHECK(protect("a,n\nT,0\np,0\nq,0\n") ==
        "a,status,n\r\nT,published,0\r\np,published,0\r\nq,published,0\r\n");
  CHECK(protect("a,n\nT,12\n") == "a,status,n\r\nT,published,12\r\n");
  CHECK(protect("a,n\nT,3\n") == "a,status,n\r\nT,hidden,\r\n");
  CHECK(protect("a,n\n=T,12\n") == "a,status,n\r\n'=T,published,12\r\n");
}

}  // namespace
}  // namespace zicht::server
