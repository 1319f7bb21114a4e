// The audit: never "clean" where trying out every filling of a table finds a breach; planted
// breaches are found; what cannot be decided is not clean.
#include "stats/disclosure/audit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "base/thread_executor.h"

namespace zicht::stats {
namespace {

// Rows times columns with all totals; cell (r, c) is r * (columns + 1) + c.
struct Grid {
  CellId rows = 0;
  CellId columns = 0;
  LinkedCells cells{};
  [[nodiscard]] CellId at(CellId row, CellId column) const { return row * (columns + 1) + column; }
};

Grid grid_of(CellId rows, CellId columns, const std::vector<double>& inner, double upper) {
  Grid grid{.rows = rows, .columns = columns};
  for (CellId row = 0; row <= rows; ++row) {
    for (CellId column = 0; column <= columns; ++column) {
      double value = 0;
      for (CellId r = row == rows ? 0 : row; r < (row == rows ? rows : row + 1); ++r) {
        for (CellId c = column == columns ? 0 : column;
             c < (column == columns ? columns : column + 1); ++c) {
          value += inner[r * columns + c];
        }
      }
      const bool total = row == rows || column == columns;
      grid.cells.add({.value = value, .upper = total ? kUnbounded : upper});
    }
  }
  for (CellId row = 0; row <= rows; ++row) {
    Relation relation{{grid.at(row, columns), -1}};
    for (CellId column = 0; column < columns; ++column) {
      relation.push_back({grid.at(row, column), 1});
    }
    grid.cells.relate(relation);
  }
  for (CellId column = 0; column <= columns; ++column) {
    Relation relation{{grid.at(rows, column), -1}};
    for (CellId row = 0; row < rows; ++row) relation.push_back({grid.at(row, column), 1});
    grid.cells.relate(relation);
  }
  return grid;
}

using Fillings = std::vector<std::vector<double>>;

// Every table of whole numbers of at most `upper`.
Fillings all_tables(CellId rows, CellId columns, int upper) {
  Fillings found;
  std::vector<double> inner(rows * columns, 0);
  while (true) {
    const Grid grid = grid_of(rows, columns, inner, upper);
    std::vector<double>& values = found.emplace_back();
    for (const Cell& cell : grid.cells.cells()) values.push_back(cell.value);
    std::size_t digit = 0;
    while (digit < inner.size() && inner[digit] == upper) inner[digit++] = 0;
    if (digit == inner.size()) return found;
    inner[digit] += 1;
  }
}

// Those that show what is shown.
Fillings fillings(const Fillings& tables, const Grid& grid, const std::vector<bool>& shown) {
  Fillings found;
  for (const auto& values : tables) {
    bool fits = true;
    for (CellId id = 0; fits && id < shown.size(); ++id) {
      fits = !shown[id] || values[id] == grid.cells.cells()[id].value;
    }
    if (fits) found.push_back(values);
  }
  return found;
}

struct Reach {
  double lower = kUnbounded;
  double upper = -kUnbounded;
};

// `knower` is a cell whose value is known too, or none of them.
Reach reach(const Fillings& all, const Grid& grid, const std::vector<CellId>& sum, CellId knower) {
  Reach out;
  for (const auto& values : all) {
    if (knower < values.size() && values[knower] != grid.cells.cells()[knower].value) continue;
    double value = 0;
    for (const CellId id : sum) value += values[id];
    out.lower = std::min(out.lower, value);
    out.upper = std::max(out.upper, value);
  }
  return out;
}

bool breach_of_sum(const Fillings& all, const Grid& grid, const Publication& what) {
  for (const Relation& relation : grid.cells.relations()) {
    std::vector<CellId> row;
    for (const Term& term : relation) {
      if (!what.shown[term.cell] && std::ranges::count(what.protect, term.cell) > 0) {
        row.push_back(term.cell);
      }
    }
    for (std::size_t mask = 0; mask < (std::size_t{1} << row.size()); ++mask) {
      std::vector<CellId> sum;
      for (std::size_t at = 0; at < row.size(); ++at) {
        if ((mask >> at & 1U) != 0) sum.push_back(row[at]);
      }
      if (sum.size() < 2 || sum.size() > 3) continue;
      const Reach range = reach(all, grid, sum, ~CellId{0});
      if (range.lower == range.upper) return true;
    }
  }
  return false;
}

bool breach_by_hand(const Fillings& all, const Grid& grid, const Publication& what) {
  for (const CellId id : what.protect) {
    const Cell& cell = grid.cells.cells()[id];
    const Reach range = reach(all, grid, {id}, ~CellId{0});
    if (range.lower == range.upper || range.upper - range.lower < cell.protect_width ||
        range.lower > cell.value - cell.protect_below ||
        range.upper < cell.value + cell.protect_above) {
      return true;
    }
    for (const auto& knower : what.singletons) {
      const Reach known = reach(all, grid, {id}, knower[0]);
      if (knower[0] != id && known.lower == known.upper) return true;
    }
  }
  return breach_of_sum(all, grid, what);
}

Publication random_publication(Grid& grid, Rng& rng) {
  Publication what;
  for (CellId id = 0; id < grid.cells.cells().size(); ++id) {
    what.shown.push_back(rng.below(100) < 35);
    if (what.shown[id]) continue;
    Cell& cell = grid.cells.cells()[id];
    if (rng.below(3) == 0) {
      what.protect.push_back(id);
      cell.protect_width = static_cast<double>(rng.below(3));
      cell.protect_above = static_cast<double>(rng.below(2));
    }
    if (rng.below(6) == 0) what.singletons.push_back({id});
  }
  return what;
}

TEST_CASE("audit: says what every filling of 1,000 random tables says") {
  SeededRng rng(20'261'128);
  const Fillings tables = all_tables(3, 2, 3);
  int clean = 0;
  int breached = 0;
  for (int round = 0; round < 1'000; ++round) {
    std::vector<double> inner(6);
    for (double& value : inner) value = static_cast<double>(rng.below(4));
    Grid grid = grid_of(3, 2, inner, 3);
    const Publication what = random_publication(grid, rng);
    const bool breach = breach_by_hand(fillings(tables, grid, what.shown), grid, what);
    CAPTURE(round);
    REQUIRE(audit(grid.cells, what).clean() == !breach);
    (breach ? breached : clean) += 1;
  }
  CHECK(clean >= 50);
  CHECK(breached >= 50);
}

bool has(const AuditResult& result, BreachKind kind, CellId cell) {
  return std::ranges::any_of(result.breaches, [&](const Breach& breach) {
    return breach.kind == kind && std::ranges::count(breach.cells, cell) > 0;
  });
}

std::vector<bool> all_but(const LinkedCells& cells, const std::vector<CellId>& hidden) {
  std::vector<bool> shown(cells.cells().size(), true);
  for (const CellId id : hidden) shown[id] = false;
  return shown;
}

TEST_CASE("audit: every cell that is hidden alone, or shown, is found") {
  const Grid grid = grid_of(3, 3, {20, 50, 10, 8, 19, 22, 17, 32, 12}, kUnbounded);
  for (CellId id = 0; id < grid.cells.cells().size(); ++id) {
    CAPTURE(id);
    const AuditResult alone =
        audit(grid.cells, {.shown = all_but(grid.cells, {id}), .protect = {id}});
    CHECK(has(alone, BreachKind::kInterval, id));
    const AuditResult open = audit(grid.cells, {.shown = all_but(grid.cells, {}), .protect = {id}});
    CHECK(has(open, BreachKind::kShown, id));
  }
  const std::vector<CellId> four = {4, 6, 8, 10};
  CHECK(audit(grid.cells, {.shown = all_but(grid.cells, four), .protect = {6}}).clean());
}

TEST_CASE("audit: a contributor who is alone in his cell opens the others of the square") {
  const Grid grid = grid_of(3, 3, {20, 50, 10, 8, 19, 22, 17, 32, 12}, kUnbounded);
  for (const CellId knower : {4U, 8U, 10U}) {
    const AuditResult result = audit(
        grid.cells,
        {.shown = all_but(grid.cells, {4, 6, 8, 10}), .protect = {6}, .singletons = {{knower}}});
    REQUIRE(result.breaches.size() == 1);
    CHECK(has(result, BreachKind::kSingleton, 6));
    CHECK(result.breaches[0].knower == knower);
    CHECK(result.breaches[0].lower == doctest::Approx(22));
  }
}

TEST_CASE("audit: two sensitive cells alone in a row have a known sum") {
  const Grid grid = grid_of(3, 3, {20, 50, 10, 8, 19, 22, 17, 32, 12}, kUnbounded);
  const AuditResult result =
      audit(grid.cells, {.shown = all_but(grid.cells, {4, 6, 8, 10}), .protect = {4, 6}});
  REQUIRE(result.breaches.size() == 1);
  CHECK(has(result, BreachKind::kSum, 6));
  CHECK(result.breaches[0].lower == doctest::Approx(30));
}

// Enough cells that hang together for two blocks to look at the same time, and in one row only two
// that are hidden, one of them with somebody who is alone in it.
struct Planted {
  Grid grid{};
  Publication what{};
  CellId opened = 0;
};

Planted planted() {
  constexpr CellId kRows = 40;
  constexpr CellId kColumns = 20;
  SeededRng rng(20'261'129);
  std::vector<double> inner(kRows * kColumns);
  for (double& value : inner) value = static_cast<double>(1 + rng.below(40));
  Planted out{.grid = grid_of(kRows, kColumns, inner, kUnbounded)};
  out.what.shown.assign(out.grid.cells.cells().size(), true);
  for (CellId row = 0; row < kRows; ++row) {
    for (CellId column = 0; column < kColumns; ++column) {
      const CellId id = out.grid.at(row, column);
      const bool is_hidden = row == 7 ? column == 3 || column == 9 : rng.below(10) < 7;
      out.what.shown[id] = !is_hidden;
      if (is_hidden && rng.below(2) == 0) out.what.protect.push_back(id);
      if (is_hidden && row != 7 && rng.below(4) == 0) out.what.singletons.push_back({id});
    }
  }
  out.opened = out.grid.at(7, 9);
  out.what.protect.push_back(out.opened);
  out.what.singletons.push_back({out.grid.at(7, 3)});
  out.what.sum_cells = 0;
  return out;
}

TEST_CASE("audit: finds the same on one thread and on several") {
  const Planted made = planted();
  const AuditResult alone = audit(made.grid.cells, made.what);
  ThreadExecutor threads;
  const AuditResult together = audit(made.grid.cells, made.what, threads);
  REQUIRE(has(alone, BreachKind::kSingleton, made.opened));
  REQUIRE(alone.breaches.size() == together.breaches.size());
  for (std::size_t at = 0; at < alone.breaches.size(); ++at) {
    CHECK(alone.breaches[at].kind == together.breaches[at].kind);
    CHECK(alone.breaches[at].cells == together.breaches[at].cells);
    CHECK(alone.breaches[at].lower == together.breaches[at].lower);
  }
  CHECK(alone.programs == together.programs);
}

// Twelve editions of a running total; what came in between two editions is sensitive.
struct Editions {
  LinkedCells cells{};
  std::vector<CellId> total{};
  std::vector<CellId> fresh{};
};

Editions editions() {
  Editions out;
  double value = 100;
  out.total.push_back(out.cells.add({.value = value}));
  for (int edition = 1; edition < 12; ++edition) {
    const double added = 1 + edition % 3;
    value += added;
    out.total.push_back(out.cells.add({.value = value}));
    out.fresh.push_back(out.cells.add({.value = added}));
    out.cells.relate({{*(out.total.end() - 2), 1}, {out.fresh.back(), 1}, {out.total.back(), -1}});
  }
  return out;
}

TEST_CASE("audit: a difference between two of twelve editions is found wherever it is") {
  const Editions made = editions();
  std::vector<CellId> hidden = made.fresh;
  hidden.insert(hidden.end(), made.total.begin() + 1, made.total.end());
  const Publication safe{
      .shown = all_but(made.cells, hidden), .protect = made.fresh, .sum_cells = 0};
  REQUIRE(audit(made.cells, safe).clean());
  for (std::size_t edition = 1; edition < 12; ++edition) {
    Publication planted = safe;
    planted.shown[made.total[edition - 1]] = true;
    planted.shown[made.total[edition]] = true;
    CAPTURE(edition);
    CHECK(has(audit(made.cells, planted), BreachKind::kInterval, made.fresh[edition - 1]));
  }
}

TEST_CASE("audit: regions that overlap give away the place where they differ") {
  LinkedCells cells;
  for (const double value : {40, 30, 2, 72, 70}) cells.add({.value = value});
  cells.relate({{0, 1}, {1, 1}, {2, 1}, {3, -1}});  // a district of three places
  cells.relate({{0, 1}, {1, 1}, {4, -1}});          // a region of two of them
  const AuditResult both = audit(cells, {.shown = all_but(cells, {0, 1, 2}), .protect = {2}});
  CHECK(has(both, BreachKind::kInterval, 2));
  CHECK(audit(cells, {.shown = all_but(cells, {0, 1, 2, 4}), .protect = {2}}).clean());
}

TEST_CASE("audit: what contradicts itself or cannot be read is not clean") {
  Grid grid = grid_of(2, 2, {1, 2, 3, 4}, kUnbounded);
  Publication what{.shown = all_but(grid.cells, {0, 1, 3, 4}), .protect = {0}};
  CHECK(audit(grid.cells, what).clean());
  grid.cells.cells()[2].value = -7;
  CHECK_FALSE(audit(grid.cells, what).clean());
  grid.cells.cells()[2].value = std::nan("");
  CHECK_FALSE(audit(grid.cells, what).clean());
  CHECK_FALSE(audit(grid.cells, {}).clean());
  CHECK(audit({}, {}).clean());
}

}  // namespace
}  // namespace zicht::stats
