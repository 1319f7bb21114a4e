// Parts of hierarchical tables: attackers over all relations of random tables, and the weight
// beside the cheapest pattern.
#include "stats/disclosure/modular.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "stats/testing/made_tables.h"
#include "stats/testing/naive_suppression.h"
#include "stats/testing/published_tables.h"

namespace zicht::stats {
namespace {

using testing::hidden_cells;
using testing::narrow_cells;

TEST_CASE("modular: a table without a hierarchy is one part, and its pattern the cheapest") {
  LinkedCells cells = testing::persons_table();
  cells.cells()[0].status = CellStatus::kPrimary;
  cells.cells()[0].protect_above = 1;
  const PartsSuppression done = suppress_by_parts(cells);
  CHECK(done.parts == 1);
  CHECK(done.cost == 40);
  CHECK(done.repaired == 0);
}

TEST_CASE("modular: no attacker over all relations comes nearer than asked (60 random tables)") {
  SeededRng rng(21);
  std::size_t divided = 0;
  std::size_t again = 0;
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    LinkedCells cells = make_small_table(rng).table().linked_cells();
    const PartsSuppression done = suppress_by_parts(cells, {}, {.gap = 0.05});
    CHECK(narrow_cells(cells, hidden_cells(cells)) == done.narrow);
    divided += done.parts > 1 ? 1 : 0;
    again += done.solved > done.parts ? 1 : 0;
  }
  CHECK(divided > 10);
  CHECK(again > 0);
}

TEST_CASE("modular: costs at least what the cheapest pattern costs (100 random tables)") {
  SeededRng rng(22);
  for (int round = 0; round < 100; ++round) {
    CAPTURE(round);
    LinkedCells cells = testing::make_tiny_cells(rng);
    LinkedCells best = cells;
    const double cheapest = suppress_optimally(best).cost;
    const PartsSuppression done = suppress_by_parts(cells);
    CHECK(done.cost >= cheapest - 1e-6);
    CHECK(narrow_cells(cells, hidden_cells(cells)) == done.narrow);
  }
}

TEST_CASE("modular: turnover by activity and size falls apart and is protected") {
  auto cells = testing::turnover_table();
  if (!cells) {
    MESSAGE("skipped: ../shared/data/stats is absent");
    return;
  }
  const PartsSuppression done = suppress_by_parts(*cells, {}, {.gap = 0.05});
  CHECK(done.parts > 10);
  CHECK(done.secondary <= 83);  // as published for the four linked tables
  CHECK(narrow_cells(*cells, hidden_cells(*cells)).empty());
}

}  // namespace
}  // namespace zicht::stats
