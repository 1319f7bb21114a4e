// Controlled rounding: what must hold of every rounded table, on random ones, and every rounding of
// tiny tables as the oracle of the distance.
#include "stats/disclosure/rounding.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "stats/testing/made_tables.h"
#include "stats/testing/naive_suppression.h"
#include "stats/testing/published_tables.h"

namespace zicht::stats {
namespace {

bool adds_up(const LinkedCells& cells, const std::vector<double>& values) {
  for (const Relation& relation : cells.relations()) {
    double sum = 0;
    for (const Term& term : relation) sum += term.factor * values[term.cell];
    if (std::abs(sum) > 1e-9) return false;
  }
  return true;
}

bool is_multiple(double value, double base) { return std::remainder(value, base) == 0; }

void check_rounded(const LinkedCells& cells, const RoundedCells& rounded, double base) {
  CHECK(adds_up(cells, rounded.values));
  for (CellId id = 0; id < cells.cells().size(); ++id) {
    const double value = cells.cells()[id].value;
    CHECK(is_multiple(rounded.values[id], base));
    CHECK(std::abs(rounded.values[id] - value) < base * (1 + rounded.steps));
    CHECK(rounded.values[id] >= 0);
    if (rounded.steps == 0 && is_multiple(value, base)) CHECK(rounded.values[id] == value);
  }
}

// The least distance of tables in which each cell goes to a multiple next to it; infinite: none.
double naive_distance(const LinkedCells& cells, double base) {
  double best = std::numeric_limits<double>::infinity();
  const std::size_t count = cells.cells().size();
  for (std::uint32_t bits = 0; bits < (1U << count); ++bits) {
    std::vector<double> values;
    double distance = 0;
    bool is_allowed = true;
    for (std::size_t i = 0; i < count; ++i) {
      const double value = cells.cells()[i].value;
      const bool is_up = (bits >> i & 1U) != 0;
      is_allowed = is_allowed && (!is_up || !is_multiple(value, base));
      values.push_back(base * (std::floor(value / base) + (is_up ? 1 : 0)));
      distance += std::abs(values.back() - value);
    }
    if (is_allowed && distance < best && adds_up(cells, values)) best = distance;
  }
  return best;
}

TEST_CASE("rounding: adds up, stays near, leaves multiples (100 random tables)") {
  SeededRng rng(3);
  for (int round = 0; round < 100; ++round) {
    CAPTURE(round);
    const LinkedCells cells = make_small_table(rng).table().linked_cells();
    const double base = round % 2 == 0 ? 5 : 3;
    const auto rounded = round_controlled(cells, base);
    REQUIRE(rounded.has_value());
    check_rounded(cells, *rounded, base);
    CHECK(round_controlled(cells, base)->values == rounded->values);
  }
}

TEST_CASE("rounding: no zero-restricted table is nearer (60 random tables, all roundings)") {
  SeededRng rng(4);
  std::size_t tried = 0;
  while (tried < 60) {
    LinkedCells cells = testing::make_tiny_cells(rng);
    bool is_whole = true;
    for (const Cell& cell : cells.cells()) {
      is_whole = is_whole && cell.value == std::floor(cell.value);
    }
    if (!is_whole || cells.cells().size() > 12) continue;
    CAPTURE(tried);
    const double nearest = naive_distance(cells, 5);
    const auto rounded = round_controlled(cells, 5);
    REQUIRE(rounded.has_value());
    CHECK((rounded->steps == 0) == std::isfinite(nearest));
    if (rounded->steps == 0) CHECK(rounded->distance == doctest::Approx(nearest));
    ++tried;
  }
}

TEST_CASE("rounding: where no multiple next to each value adds up, it says how far it went") {
  LinkedCells cells;
  const CellId total = cells.add({.value = 12});
  for (int i = 0; i < 12; ++i) cells.add({.value = 1});
  Relation sum{{total, -1}};
  for (CellId id = 1; id <= 12; ++id) {
    sum.push_back({id, 1});
    if (id > 1) cells.relate({{1, 1}, {id, -1}});  // all parts alike
  }
  cells.relate(sum);
  const auto rounded = round_controlled(cells, 5);  // 12 zeros or 12 fives: 0 or 60
  REQUIRE(rounded.has_value());
  CHECK(rounded->steps == 2);
  CHECK(rounded->values[total] == 0);
  check_rounded(cells, *rounded, 5);
  const auto near = round_controlled(cells, 5, {.steps = 1});
  REQUIRE_FALSE(near.has_value());
  CHECK(near.error().id == "SA-0061");
}

TEST_CASE("rounding: a base that is none is an error, an empty table is none") {
  const LinkedCells cells = testing::investment_table();
  for (const double base : {0.0, -5.0, std::numeric_limits<double>::quiet_NaN()}) {
    const auto rounded = round_controlled(cells, base);
    REQUIRE_FALSE(rounded.has_value());
    CHECK(rounded.error().id == "SA-0060");
  }
  CHECK(round_controlled(LinkedCells{}, 5)->values.empty());
}

TEST_CASE("rounding: amounts go to multiples too") {
  LinkedCells cells = testing::investment_table();
  for (Cell& cell : cells.cells()) cell.value *= 0.37;
  const auto rounded = round_controlled(cells, 2.5);
  REQUIRE(rounded.has_value());
  CHECK(rounded->steps == 0);
  check_rounded(cells, *rounded, 2.5);
}

}  // namespace
}  // namespace zicht::stats
