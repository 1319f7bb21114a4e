// Tables to publish: nothing that is hidden stands in any output, and what cannot be protected is
// not published.
#include "stats/disclosure/protect.h"

#include <doctest/doctest.h>

#include <cmath>

namespace zicht::stats {
namespace {

TableSpec spec_of(std::string_view json) {
  const auto parsed = parse_json(json);
  REQUIRE(parsed.has_value());
  auto spec = spec_from_json(*parsed);
  REQUIRE(spec.has_value());
  return *std::move(spec);
}

CsvTable csv_of(std::string_view text) {
  auto csv = CsvTable::parse(text);
  REQUIRE(csv.has_value());
  return *std::move(csv);
}

constexpr std::string_view kAmounts =
    "a,b,n,v,m1,m2,who\n"
    "T,T,90,9000,801,702,\nT,x,45,4500,801,603,\nT,y,45,4500,704,702,\n"
    "p,T,30,3000,801,505,\np,x,2,1333,801,532,\np,y,28,1667,505,404,\n"
    "q,T,30,3000,704,702,\nq,x,20,1500,406,307,\nq,y,10,1500,704,702,\n"
    "r,T,30,3000,603,408,\nr,x,23,1667,603,208,\nr,y,7,1333,408,209,\n";

constexpr std::string_view kAmountsSpec =
    R"({"title": "Bedragen", "dimensions": {"a": {"total": "T"}, "b": {"total": "T"}},
        "frequency": "n", "value": "v", "largest": ["m1", "m2"], "contributor": "who",
        "rules": {"threshold": {"minimum": 3}, "p_percent": {"p": 0.15}}})";

TEST_CASE("protect: hidden values, contributions and counts of amounts stand in no output") {
  const CsvTable csv = csv_of(kAmounts);
  const auto done = protect_table(csv, spec_of(kAmountsSpec));
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : describe(done.error())));
  CHECK(done->count(CellStatus::kPrimary) >= 1);
  CHECK(done->count(CellStatus::kSecondary) >= 1);
  const std::string table = done->csv(csv);
  const std::string page = done->report(csv, "nl");
  CHECK(table.starts_with("a,b,status,v\r\nT,T,published,9000\r\n"));
  CHECK(table.find("p,x,hidden,\r\n") != std::string::npos);
  for (const std::string& out : {table, page}) {
    CHECK(out.find("801") == std::string::npos);
    CHECK(out.find("702") == std::string::npos);
  }
  CHECK(page.find("Bedragen") != std::string::npos);
  CHECK(done->report(csv, "en").find("Summary") != std::string::npos);
}

TEST_CASE("protect: cells that cannot be as wide as asked are told, and nothing is published") {
  // A share of a tenth asks for 90 below 10, where nothing goes below 0.
  TableSpec spec = spec_of(
      R"({"dimensions": {"a": {"total": "T"}}, "value": "v", "largest": ["m"],
          "rules": {"dominance": {"n": 1, "share": 0.1}}})");
  const CsvTable csv = csv_of("a,v,m\nT,200,10\np,10,10\nq,90,9\nr,100,10\n");
  const auto done = protect_table(csv, spec);
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().id == "SA-0018");
  CHECK(done.error().message.en.find("line 3") != std::string::npos);
  spec.protects_intervals = false;
  CHECK(protect_table(csv, spec).has_value());
}

TEST_CASE("protect: one category for all is hidden beside an empty one") {
  const auto done = protect_table(
      csv_of("a,n\nT,7\np,7\nq,0\n"),
      spec_of(
          R"({"dimensions": {"a": {"total": "T"}}, "frequency": "n", "rules": {"group": {}}})"));
  REQUIRE(done.has_value());
  CHECK(done->count(CellStatus::kPrimary) == 1);
  CHECK(done->count(CellStatus::kSecondary) == 1);
}

constexpr std::string_view kKeyed =
    R"({"dimensions": {"a": {"total": "T"}}, "frequency": "n", "method": "cell-key",
        "noise": {"key": "key", "largest": 3, "variance": 1}})";

TEST_CASE("protect: noise by cell keys depends on the people of a cell, not on the table") {
  const CsvTable whole = csv_of("a,n,key\nT,58,0.75\np,40,0.9\nq,18,0.85\n");
  const CsvTable part = csv_of("a,n,key\nT,58,0.75\nx,17,0.8\np,40,0.9\ny,1,0.05\n");
  const auto one = protect_table(whole, spec_of(kKeyed));
  const auto other = protect_table(part, spec_of(kKeyed));
  REQUIRE(one.has_value());
  REQUIRE(other.has_value());
  const auto line = [](const std::string& csv, const std::string& start) {
    const auto at = csv.find(start);
    return csv.substr(at, csv.find('\r', at) - at);
  };
  for (const std::string start : {"T,noisy,", "p,noisy,"})
    CHECK(line(one->csv(whole), start) == line(other->csv(part), start));
  // .9 of the row for large counts with a variance of 1 is a noise of 1; .75 is the first of those.
  CHECK(line(one->csv(whole), "p,") == "p,noisy,41");
  CHECK(one->count(CellStatus::kPrimary) == 0);
  CHECK(one->report(whole, "nl").find("dezelfde mensen") != std::string::npos);
}

TEST_CASE("protect: keys that are none, or do not add up, are told with their line") {
  const auto told = [](std::string_view text) {
    const auto done = protect_table(csv_of(text), spec_of(kKeyed));
    return done ? std::string() : done.error().id + describe(done.error());
  };
  CHECK(told("a,n,key\nT,9,0.5\np,9,1\n").find("SA-0073") == 0);
  CHECK(told("a,n,key\nT,9,0.5\np,9,\n").find("line 3") != std::string::npos);
  CHECK(told("a,n,key\nT,9,0.5\np,4,0.2\nq,5,0.2\n").find("SA-0074") == 0);
  CHECK(told("a,n\nT,9\np,9\n").find("SA-0098") == 0);
}

constexpr std::string_view kPersons =
    "region,gender,n\n"
    "T,T,100\nT,f,45\nT,m,55\nA,T,20\nA,f,2\nA,m,18\nB,T,33\nB,f,19\nB,m,14\n"
    "C,T,22\nC,f,10\nC,m,12\nD,T,25\nD,f,14\nD,m,11\n";

TableSpec persons(std::string_view method) {
  return spec_of(R"({"dimensions": {"region": {"total": "T"}, "gender": {"total": "T"}},
                     "frequency": "n", "rules": {"threshold": {"minimum": 3}}, "method": ")" +
                 std::string(method) + "\"}");
}

std::vector<CellId> hidden(const ProtectedTable& table) {
  std::vector<CellId> ids;
  for (CellId id = 0; id < table.cells().cells().size(); ++id) {
    const CellStatus status = table.cells().cells()[id].status;
    if (status == CellStatus::kPrimary || status == CellStatus::kSecondary) ids.push_back(id);
  }
  return ids;
}

TEST_CASE("protect: exact and modular hide the cheapest cells, and exact says how near it is") {
  const CsvTable csv = csv_of(kPersons);
  for (const std::string method : {"exact", "modular"}) {
    CAPTURE(method);
    const auto done = protect_table(csv, persons(method));
    REQUIRE(done.has_value());
    // Both genders in A and in C: 40 people (sdcTable, microdata1).
    CHECK(hidden(*done) == std::vector<CellId>{4, 5, 10, 11});
    CHECK(done->gap() == (method == "exact" ? std::optional(0.0) : std::nullopt));
  }
}

TEST_CASE("protect: rounded numbers are multiples that add up, and need no rules") {
  TableSpec spec = persons("rounding");
  spec.threshold.reset();
  const CsvTable csv = csv_of(kPersons);
  const auto done = protect_table(csv, spec);
  REQUIRE(done.has_value());
  const auto shown = CsvTable::parse(done->csv(csv));
  REQUIRE(shown.has_value());
  double sum = 0;
  for (std::size_t row = 0; row < shown->rows(); ++row) {
    CHECK(shown->text(row, 2) == "rounded");
    const double value = **shown->number(row, 3);
    CHECK(std::fmod(value, 5) == 0);
    if (row >= 3 && shown->text(row, 1) == "T") sum += value;
  }
  CHECK(sum == **shown->number(0, 3));
  CHECK(done->report(csv, "nl").find("veelvoud van 5") != std::string::npos);
}

TEST_CASE("protect: a table that is too large for its method is told which one will do") {
  std::string text = "a,n\nT,20010\n";
  for (int i = 0; i < 2'001; ++i) text += "c" + std::to_string(i) + ",10\n";
  const auto done =
      protect_table(csv_of(text), spec_of(R"({"dimensions": {"a": {"total": "T"}}, "frequency": "n",
                                "rules": {"threshold": {}}, "method": "exact"})"));
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().id == "SA-0062");
}

}  // namespace
}  // namespace zicht::stats
