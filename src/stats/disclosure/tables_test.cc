// Tables and their specification: good ones become cells with all relations, and each mistake has a
// message of its own.
#include "stats/disclosure/tables.h"

#include <doctest/doctest.h>

#include <string>

namespace zicht::stats {
namespace {

constexpr std::string_view kSpec = R"({
  "dimensions": {
    "region": {"parts": {"NL": ["N", "Z"], "N": ["a", "b"]}},
    "age": {"total": "all"}},
  "frequency": "n", "rules": {"threshold": {"minimum": 3}}})";

constexpr std::string_view kTable =
    "region,age,n\nNL,all,30\nNL,young,11\nNL,old,19\nN,all,14\nN,young,6\nN,old,8\n"
    "Z,all,16\nZ,young,5\nZ,old,11\na,all,9\na,young,2\na,old,7\nb,all,5\nb,young,4\nb,old,1\n";

TableSpec spec_of(std::string_view json) {
  const auto parsed = parse_json(json);
  REQUIRE(parsed.has_value());
  auto spec = spec_from_json(*parsed);
  REQUIRE_MESSAGE(spec.has_value(), (spec ? "" : describe(spec.error())));
  return *std::move(spec);
}

std::string first_problem(std::string_view json) {
  const auto parsed = parse_json(json);
  REQUIRE(parsed.has_value());
  const auto spec = spec_from_json(*parsed);
  REQUIRE_FALSE(spec.has_value());
  CHECK(spec.error().id == "SA-0001");
  REQUIRE_FALSE(spec.error().problems.empty());
  return spec.error().problems[0].id;
}

// The table with one text changed into another.
std::string changed(std::string_view from, std::string_view to) {
  std::string text(kTable);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string table_error(const std::string& csv, std::string_view json = kSpec) {
  const auto read = CsvTable::parse(csv);
  REQUIRE(read.has_value());
  const auto table = Table::create(*read, spec_of(json));
  REQUIRE_FALSE(table.has_value());
  return table.error().id;
}

Table good_table(std::string_view csv, std::string_view json) {
  const auto read = CsvTable::parse(csv);
  REQUIRE(read.has_value());
  auto table = Table::create(*read, spec_of(json));
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : describe(table.error())));
  return *std::move(table);
}

TEST_CASE("tables: every total with parts becomes a relation that adds up") {
  const Table table = good_table(kTable, kSpec);
  const LinkedCells cells = table.linked_cells();
  CHECK(cells.cells().size() == 15);
  CHECK(cells.relations().size() == 2 * 3 + 5);  // two totals of regions x 3 ages, 5 of ages
  for (const Relation& relation : cells.relations()) {
    double sum = 0;
    for (const Term& term : relation) sum += term.factor * cells.cells()[term.cell].value;
    CHECK(sum == 0);
  }
  CHECK(cells.cells()[10].status == CellStatus::kPrimary);  // a, young
  CHECK(cells.cells()[10].protect_above == 1);
  CHECK(cells.cells()[14].status == CellStatus::kPrimary);  // b, old
  CHECK(table.singletons().size() == 1);
}

TEST_CASE("tables: linked tables share cells, and two hierarchies the codes") {
  const Table table = good_table(
      "r,x,y,n\nT,T,T,10\nT,x1,T,4\nT,x2,T,6\nT,T,y1,7\nT,T,y2,3\na,T,T,4\nb,T,T,6\nN,T,T,4\nZ,T,T,"
      "6\n",
      R"({"dimensions": {"r": {"parts": [{"T": ["a", "b"]}, {"T": ["N", "Z"],
                                 "N": ["a"], "Z": ["b"]}]},
          "x": {"total": "T"}, "y": {"total": "T"}},
          "frequency": "n", "rules": {"threshold": {}}})");
  CHECK(table.totals().size() == 6);
}

TEST_CASE("tables: each mistake has a message of its own") {
  CHECK(table_error("region,age,n\n") == "SA-0010");
  CHECK(table_error(changed("Z,old", "Q,old")) == "SA-0011");
  CHECK(table_error(changed("Z,young,5", "Z,young,")) == "SA-0012");
  CHECK(table_error(changed("Z,young,5", "Z,young,-5")) == "SA-0013");
  CHECK(table_error(changed("Z,young,5", "Z,young,5.5")) == "SA-0013");
  CHECK(table_error(changed("Z,young,5", "Z,old,11\nZ,young,5")) == "SA-0014");
  CHECK(table_error(changed("Z,young,5\n", "")) == "SA-0015");
  CHECK(table_error(changed("Z,young,5", "Z,young,6")) == "SA-0016");
  CHECK(table_error(changed("N,all,14", "N,all,13")) == "SA-0016");
  CHECK(table_error(changed("Z,young,5", "Z,young,NaN")) == "SA-0099");
  CHECK(table_error(changed("region,age,n", "age,region,n")) == "SA-0011");  // swapped columns
  CHECK(table_error(changed("region,age,n", "region,age,count")) == "SA-0098");
}

TEST_CASE("tables: amounts may be off by the tolerance, and largest contributions must fit") {
  const std::string spec =
      R"({"dimensions": {"x": {"total": "T"}}, "frequency": "n", "value": "v",
          "largest": ["m1", "m2"], "tolerance": 0.15,
          "rules": {"p_percent": {"p": 0.2}, "dominance": {"n": 1, "share": 0.8}}})";
  const std::string good = "x,n,v,m1,m2\nT,9,10.1,4,2\na,5,6,4,1\nb,4,4,2,1\n";
  const LinkedCells cells = good_table(good, spec).linked_cells();
  CHECK(cells.cells()[1].status == CellStatus::kPublished);
  CHECK(table_error("x,n,v,m1,m2\nT,9,10.2,4,2\na,5,6,4,1\nb,4,4,2,1\n", spec) == "SA-0016");
  CHECK(table_error("x,n,v,m1,m2\nT,9,10,4,2\na,5,6,4,5\nb,4,4,2,1\n", spec) == "SA-0017");
  CHECK(table_error("x,n,v,m1,m2\nT,9,10,4,2\na,5,6,8,\nb,4,4,2,1\n", spec) == "SA-0017");
}

TEST_CASE("tables: zeros that would tell a category may be hidden, others not") {
  const std::string spec = R"({"dimensions": {"p": {"total": "T"}, "d": {"total": "T"}},
      "frequency": "n", "rules": {"group": {"dimensions": ["d"]}}})";
  const LinkedCells cells =
      good_table("p,d,n\nT,T,20\nT,x,17\nT,y,3\na,T,12\na,x,12\na,y,0\nb,T,8\nb,x,5\nb,y,3\n", spec)
          .linked_cells();
  CHECK(cells.cells()[4].status == CellStatus::kPrimary);
  CHECK(cells.cells()[5].status == CellStatus::kPublished);
}

TEST_CASE("table spec: each mistake has a message of its own, and all come at once") {
  CHECK(first_problem(R"([])") == "SA-0004");
  const std::string rest = R"("frequency": "n", "rules": {"threshold": {"minimum": 3}})";
  const std::string axis = R"("dimensions": {"a": {"total": "T"}},)";
  CHECK(first_problem("{" + axis + rest + R"(, "thresholt": 1})") == "SA-0002");
  CHECK(first_problem("{" + rest + "}") == "SA-0003");
  CHECK(first_problem(R"({"dimensions": {"a": {}},)" + rest + "}") == "SA-0003");
  CHECK(first_problem("{" + axis + R"("frequency": [], "rules": {"group": {}}})") == "SA-0004");
  CHECK(first_problem("{" + axis +
                      R"("frequency": "n", "rules": {"threshold": {"minimum": 0}}})") == "SA-0005");
  CHECK(first_problem("{" + axis + R"("frequency": "n", "rules": {"group": {"share": 1.5}}})") ==
        "SA-0005");
  CHECK(first_problem("{" + axis + rest + R"(, "method": "magic"})") == "SA-0006");
  CHECK(first_problem(R"({"dimensions": {"a": {"parts": {"x": ["y"], "y": ["z"], "z": ["x"]}}},)" +
                      rest + "}") == "SA-0007");
  CHECK(first_problem("{" + axis + R"("frequency": "n", "rules": {"dominance": {}}})") ==
        "SA-0008");
  CHECK(first_problem("{" + axis + R"("frequency": "n"})") == "SA-0009");
  const auto both = parse_json(R"({"frequency": 1.5, "rules": {"threshold": {"minimum": -1}}})");
  CHECK(spec_from_json(*both).error().problems.size() >= 3);
}

TEST_CASE("table spec: words become what they mean") {
  const TableSpec spec = spec_of(R"({"title": "x", "dimensions": {"a": {"total": 0}},
      "frequency": "n", "rules": {"threshold": {"minimum": 10, "zeros": true}},
      "zeros": "may-hide", "weight": "one", "method": "cell-key", "intervals": false,
      "noise": {"key": "k", "largest": 3, "variance": 1.5, "hidden_up_to": 0}})");
  CHECK(spec.dimensions[0].total == "0");
  CHECK(spec.threshold->zeros_are_sensitive);
  CHECK(spec.zeros == ZeroHandling::kMayHide);
  CHECK(spec.weight == SuppressionWeight::kOne);
  CHECK(spec.method == ProtectionMethod::kCellKey);
  CHECK(method_name(spec.method) == "cell-key");
  CHECK_FALSE(spec.protects_intervals);
  CHECK(spec.key == "k");
  CHECK(spec.noise.largest == 3);
  CHECK(spec.noise.variance == 1.5);
}

TEST_CASE("table spec: noise needs keys and counts, and no rules") {
  const std::string axis = R"("dimensions": {"a": {"total": "T"}}, "method": "cell-key",)";
  CHECK(first_problem("{" + axis + R"("frequency": "n"})") == "SA-0003");
  CHECK(first_problem("{" + axis + R"("value": "v", "noise": {"key": "k"}})") == "SA-0072");
  CHECK(first_problem("{" + axis + R"("frequency": "n", "noise": {"key": "k", "largest": 0}})") ==
        "SA-0005");
  CHECK(first_problem("{" + axis + R"("frequency": "n", "noise": {"keys": "k"}})") == "SA-0002");
}

TEST_CASE("tables: what totals and zeros tell everybody is not asked below") {
  // b: two parts that are no zeros make 2 at least. c: nothing but its first part is no zero.
  const Table table = good_table(
      "region,age,n\nT,all,16\nT,young,9\nT,old,7\na,all,12\na,young,6\na,old,6\n"
      "b,all,2\nb,young,1\nb,old,1\nc,all,2\nc,young,2\nc,old,0\n",
      R"({"dimensions": {"region": {"total": "T"}, "age": {"total": "all"}},
          "frequency": "n", "rules": {"threshold": {"minimum": 4}}, "zeros": "publish"})");
  const std::vector<Cell> cells = table.linked_cells().cells();
  CHECK(cells[6].lower == 2);
  CHECK(cells[6].protect_below == 0);
  CHECK(cells[6].protect_above == 2);
  CHECK(cells[7].lower == 1);
  CHECK(cells[9].lower == 1);
  CHECK(cells[9].protect_below == 1);
  CHECK(cells[10].lower == 1);
  // Its total is known to be 1 at least, and no more than that.
  CHECK(cells[10].protect_below == 1);
  CHECK(cells[3].lower == 2);
  CHECK(cells[0].lower == 5);
}

}  // namespace
}  // namespace zicht::stats
