// The cheapest pattern: published examples, and every pattern of small random tables as the oracle.
#include "stats/disclosure/exact.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "stats/testing/naive_disclosure.h"
#include "stats/testing/naive_suppression.h"
#include "stats/testing/published_tables.h"

namespace zicht::stats {
namespace {

using testing::hidden_cells;
using testing::narrow_cells;

bool is_hidden(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

TEST_CASE("exact: four cells of Fischetti and Salazar leave [5, 30] and are the cheapest") {
  LinkedCells cells = testing::investment_table();
  Cell& sensitive = cells.cells()[6];
  sensitive.status = CellStatus::kPrimary;
  sensitive.protect_below = 17;
  sensitive.protect_above = 8;
  const OptimalSuppression done = suppress_optimally(cells);
  CHECK(done.gap() == 0);
  CHECK(done.cost == 37);
  for (const CellId id : {4, 8, 10}) CHECK(cells.cells()[id].status == CellStatus::kSecondary);
  CHECK(narrow_cells(cells, hidden_cells(cells)).empty());
}

TEST_CASE("exact: microdata1 costs 40, the other cells of A and C") {
  LinkedCells cells = testing::persons_table();
  Cell& sensitive = cells.cells()[0];
  sensitive.status = CellStatus::kPrimary;
  sensitive.protect_below = 1;
  sensitive.protect_above = 1;
  const OptimalSuppression done = suppress_optimally(cells);
  CHECK(done.cost == 40);
  CHECK(done.lower_bound == 40);
  for (const CellId id : {1, 6, 7}) CHECK(cells.cells()[id].status == CellStatus::kSecondary);
  CHECK(done.secondary == 3);
}

TEST_CASE("exact: turnover by activity and size takes at most 64 secondary cells, gap told") {
  auto cells = testing::turnover_table();
  if (!cells) {
    MESSAGE("skipped: ../shared/data/stats is absent");
    return;
  }
  CHECK(cells->cells().size() == 414);
  CHECK(std::count_if(cells->cells().begin(), cells->cells().end(), is_hidden) == 77);
  const OptimalSuppression done = suppress_optimally(*cells, {}, {.gap = 0.05});
  CHECK(done.secondary <= 64);
  CHECK(done.gap() <= 0.05);
  CHECK(narrow_cells(*cells, hidden_cells(*cells)) == done.narrow);
}

TEST_CASE("exact: costs what the cheapest of all patterns costs (400 random tables)") {
  SeededRng rng(11);
  std::size_t suppressed = 0;
  std::size_t narrow = 0;
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    LinkedCells cells = testing::make_tiny_cells(rng);
    const double cheapest = testing::naively_cheapest(cells);
    const OptimalSuppression done = suppress_optimally(cells);
    CHECK(done.cost == doctest::Approx(cheapest));
    CHECK(done.gap() <= 1e-6);
    CHECK(narrow_cells(cells, hidden_cells(cells)) == done.narrow);
    suppressed += done.secondary;
    narrow += done.narrow.size();
  }
  CHECK(suppressed > 400);
  CHECK(narrow > 5);
}

TEST_CASE("exact: who is alone in a cell learns no other primary cell") {
  LinkedCells cells = testing::persons_table();
  for (const CellId id : {0, 1}) {
    cells.cells()[id].status = CellStatus::kPrimary;
    cells.cells()[id].protect_above = 1;
  }
  LinkedCells guarded = cells;
  const std::vector<Singleton> alone{{0, 7}};
  suppress_optimally(cells);
  suppress_optimally(guarded, alone);
  const auto learns = [](const LinkedCells& all) {
    const auto exposed = naively_exposed(all, {0});
    return std::find(exposed.begin(), exposed.end(), 1) != exposed.end();
  };
  CHECK(learns(cells));
  CHECK_FALSE(learns(guarded));
}

TEST_CASE("exact: a limit costs weight, never protection") {
  LinkedCells cells = testing::persons_table();
  cells.cells()[0].status = CellStatus::kPrimary;
  cells.cells()[0].protect_above = 1;
  const OptimalSuppression done = suppress_optimally(cells, {}, {.stop = [] { return true; }});
  CHECK(done.gap() > 0);
  CHECK(narrow_cells(cells, hidden_cells(cells)).empty());
}

TEST_CASE("exact: nothing to protect is no work, and what cannot be protected is told") {
  LinkedCells none;
  CHECK(suppress_optimally(none).secondary == 0);
  LinkedCells calm = testing::persons_table();
  CHECK(suppress_optimally(calm).cost == 0);
  LinkedCells shown = testing::persons_table();
  for (Cell& cell : shown.cells()) cell.status = CellStatus::kForced;
  shown.cells()[0].status = CellStatus::kPrimary;
  const OptimalSuppression done = suppress_optimally(shown);
  CHECK(done.secondary == 0);
  CHECK(done.narrow == std::vector<CellId>{0});
}

}  // namespace
}  // namespace zicht::stats
