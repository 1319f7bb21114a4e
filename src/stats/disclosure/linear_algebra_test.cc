// Suppression by linear algebra: published patterns, exact fractions on small random tables as the
// oracle, and that no cell is suppressed that could be published.
#include "stats/disclosure/linear_algebra.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "stats/testing/made_tables.h"
#include "stats/testing/naive_disclosure.h"

namespace zicht::stats {
namespace {

bool is_hidden(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

std::vector<CellId> exposed_primaries(const LinkedCells& cells,
                                      const std::vector<CellId>& known = {}) {
  auto exposed = naively_exposed(cells, known);
  std::erase_if(exposed,
                [&](CellId id) { return cells.cells()[id].status != CellStatus::kPrimary; });
  return exposed;
}

// Does he learn it even where every cell is hidden that may be?
bool tells_at_best(LinkedCells cells, CellId known, CellId told) {
  for (Cell& cell : cells.cells()) {
    if (cell.status == CellStatus::kPublished) cell.status = CellStatus::kSecondary;
  }
  const auto exposed = naively_exposed(cells, {known});
  return std::find(exposed.begin(), exposed.end(), told) != exposed.end();
}

// A table of the package SSBtools (cran/SSBtools a995ee8, SSBtoolsData), in the order of its
// levels: region by subject, with all totals.
struct Package {
  std::vector<std::string> regions;                // the leaves
  std::vector<CodeGroup> groups;                   // above them
  std::map<std::string, std::vector<int>> counts;  // by subject
};

const Package kZ1{{"A", "B", "C", "D", "E", "F", "G", "H"},
                  {{"Total", {"A", "B", "C", "D", "E", "F", "G", "H"}}},
                  {{"annet", {11, 7, 5, 13, 9, 12, 6, 9}},
                   {"arbeid", {11, 1, 8, 2, 14, 9, 4, 3}},
                   {"soshjelp", {55, 29, 35, 17, 63, 24, 22, 38}},
                   {"trygd", {36, 18, 25, 13, 52, 22, 8, 15}}}};

const Package kZ2{{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"},
                  {{"1", {"A", "I"}},
                   {"4", {"B"}},
                   {"5", {"C", "D"}},
                   {"6", {"E", "F"}},
                   {"8", {"G", "H"}},
                   {"10", {"J", "K"}},
                   {"300", {"A", "B", "C", "D", "E", "F", "G", "H"}},
                   {"400", {"I", "J", "K"}},
                   {"Total", {"300", "400"}},
                   {"Total", {"1", "4", "5", "6", "8", "10"}}},
                  {{"annet", {11, 7, 5, 13, 9, 12, 6, 9, 3, 9, 4}},
                   {"arbeid", {11, 1, 8, 2, 14, 9, 4, 3, 0, 0, 2}},
                   {"soshjelp", {55, 29, 35, 17, 63, 24, 22, 38, 9, 32, 18}},
                   {"trygd", {36, 18, 25, 13, 52, 22, 8, 15, 2, 20, 11}}}};

MadeTable table_of(const Package& package, bool zeros_are_sensitive) {
  std::vector<std::pair<std::string, std::map<std::string, int>>> rows;
  const auto row = [&](const std::string& region) -> std::map<std::string, int>& {
    for (auto& one : rows) {
      if (one.first == region) return one.second;
    }
    return rows.emplace_back(region, std::map<std::string, int>{}).second;
  };
  for (const auto& [subject, counts] : package.counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      row(package.regions[i])[subject] = counts[i];
      row(package.regions[i])["Total"] += counts[i];
    }
  }
  for (const CodeGroup& group : package.groups) {
    std::map<std::string, int> sum;
    for (const std::string& part : group.parts) {
      for (const auto& [subject, count] : row(part)) sum[subject] += count;
    }
    row(group.total) = sum;
  }
  MadeTable made;
  made.csv = "region,subject,n\n";
  for (const auto& [region, counts] : rows) {
    for (const auto& [subject, count] : counts) {
      made.csv += region + "," + subject + "," + std::to_string(count) + "\n";
    }
  }
  made.spec.dimensions = {{"region", {}, package.groups}, {"subject", "Total", {}}};
  made.spec.frequency = "n";
  made.spec.threshold = ThresholdRule{.minimum = 4, .zeros_are_sensitive = zeros_are_sensitive};
  return made;
}

std::set<std::string> hidden_names(const MadeTable& made, const LinkedCells& cells) {
  const auto csv = CsvTable::parse(made.csv);
  REQUIRE(csv.has_value());
  std::set<std::string> names;
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    if (is_hidden(cells.cells()[id])) {
      names.insert(std::string(csv->text(id, 0)) + "." + std::string(csv->text(id, 1)));
    }
  }
  return names;
}

TEST_CASE("linear algebra: z1 is suppressed as GaussSuppression suppresses it") {
  // ref_gauss_z1_maxN3: rows 12, 13, 22, 23, 42, 43 of GaussSuppressionFromData(z1, 1:2, 3, maxN =
  // 3) of ssb-gausssuppression 6fa594c.
  const std::set<std::string> reference{"B.annet",  "B.arbeid", "D.annet",
                                        "D.arbeid", "H.annet",  "H.arbeid"};
  const MadeTable made = table_of(kZ1, true);
  for (const bool with_singletons : {false, true}) {
    const Table table = made.table();
    LinkedCells cells = table.linked_cells();
    const auto singletons = with_singletons ? table.singletons() : std::vector<Singleton>{};
    CHECK(suppress_exactly(cells, singletons).secondary == 3);
    CHECK(hidden_names(made, cells) == reference);
  }
}

TEST_CASE("linear algebra: z2, with two hierarchies of regions, takes at most 29 cells") {
  const MadeTable made = table_of(kZ2, true);
  for (const bool with_singletons : {false, true}) {
    const Table table = made.table();
    LinkedCells cells = table.linked_cells();
    const auto singletons = with_singletons ? table.singletons() : std::vector<Singleton>{};
    const Suppression done = suppress_exactly(cells, singletons);
    CHECK(hidden_names(made, cells).size() - done.secondary == 11);
    CHECK(hidden_names(made, cells).size() <= 29);
    CHECK(exposed_primaries(cells).empty());
  }
}

TEST_CASE("linear algebra: no primary follows from what is published (1,000 random tables)") {
  SeededRng rng(5);
  std::size_t suppressed = 0;
  for (int round = 0; round < 1000; ++round) {
    CAPTURE(round);
    const Table table = make_small_table(rng).table();
    LinkedCells cells = table.linked_cells();
    const Suppression done = suppress_exactly(cells, {});
    CHECK(exposed_primaries(cells) == done.exposed);
    CHECK(exposed_cells(cells) == naively_exposed(cells));
    suppressed += done.secondary;
  }
  CHECK(suppressed > 1000);
}

TEST_CASE("linear algebra: the contributor of a single cell learns no other") {
  SeededRng rng(6);
  std::size_t tried = 0;
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    const Table table = make_small_table(rng).table();
    LinkedCells cells = table.linked_cells();
    const LinkedCells before = cells;
    const Suppression done = suppress_exactly(cells, table.singletons());
    for (const Singleton& one : table.singletons()) {
      if (!is_hidden(cells.cells()[one.cell])) continue;
      for (const CellId told : exposed_primaries(cells, {one.cell})) {
        const auto same = [&](const Singleton& other) {
          return other.cell == told && other.contributor == one.contributor;
        };
        const bool is_his = std::any_of(table.singletons().begin(), table.singletons().end(), same);
        const bool no_help =
            std::find(done.exposed.begin(), done.exposed.end(), told) != done.exposed.end();
        // What he learns even where all that may be hidden is hidden, no pattern can keep from him.
        CHECK((is_his || no_help || tells_at_best(before, one.cell, told)));
        ++tried;
      }
    }
  }
  CHECK(tried > 10);
}

TEST_CASE("linear algebra: what is exposed by cells that must be shown is named") {
  LinkedCells cells;
  const CellId total = cells.add({.value = 5, .weight = 5, .status = CellStatus::kForced});
  const CellId small = cells.add({.value = 1, .weight = 1, .status = CellStatus::kPrimary});
  const CellId other = cells.add({.value = 4, .weight = 4, .status = CellStatus::kForced});
  cells.relate({{total, -1}, {small, 1}, {other, 1}});
  const Suppression done = suppress_exactly(cells, {});
  CHECK(done.secondary == 0);
  CHECK(done.exposed == std::vector<CellId>{small});
}

TEST_CASE("linear algebra: nothing to protect and no cells are no work") {
  LinkedCells none;
  CHECK(suppress_exactly(none, {}).secondary == 0);
  LinkedCells calm;
  const CellId a = calm.add({.value = 9, .weight = 9});
  const CellId b = calm.add({.value = 9, .weight = 9});
  calm.relate({{a, -1}, {b, 1}});
  CHECK(suppress_exactly(calm, {}).secondary == 0);
}

TEST_CASE("linear algebra: a municipal table of 32,305 cells has about 10,078 primary ones") {
  SeededRng rng(1);
  const Table table = make_municipal_table(rng).table();
  LinkedCells cells = table.linked_cells();
  const auto primary = std::count_if(cells.cells().begin(), cells.cells().end(), is_hidden);
  CHECK(cells.cells().size() == 32'305);
  CHECK(std::abs(primary - 10'078) < 200);
  const Suppression done = suppress_exactly(cells, {});
  CHECK(done.exposed.empty());
  CHECK(static_cast<std::size_t>(primary) + done.secondary <= 11'114);
}

}  // namespace
}  // namespace zicht::stats
