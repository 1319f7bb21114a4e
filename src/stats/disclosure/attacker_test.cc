// The attacker's interval: the published example, and what bounds and contradictions do to it.
#include "stats/disclosure/attacker.h"

#include <doctest/doctest.h>

namespace zicht::stats {
namespace {

// M. Fischetti and J.J. Salazar-Gonzalez: rows I, II, III and total; columns A, B, C and total.
LinkedCells investment() {
  LinkedCells cells;
  for (const double value : {20, 50, 10, 80, 8, 19, 22, 49, 17, 32, 12, 61, 45, 101, 44, 190}) {
    cells.add({.value = value});
  }
  for (CellId line = 0; line < 4; ++line) {
    const CellId row = line * 4;
    cells.relate({{row, 1}, {row + 1, 1}, {row + 2, 1}, {row + 3, -1}});
    cells.relate({{line, 1}, {line + 4, 1}, {line + 8, 1}, {line + 12, -1}});
  }
  return cells;
}

std::vector<bool> hide(const LinkedCells& cells, const std::vector<CellId>& which) {
  std::vector<bool> hidden(cells.cells().size());
  for (const CellId cell : which) hidden[cell] = true;
  return hidden;
}

TEST_CASE("attacker: four suppressed cells of Fischetti and Salazar leave [5, 30]") {
  const LinkedCells cells = investment();
  const auto found = attacker_intervals(cells, hide(cells, {4, 6, 8, 10}), {6, 4, 0});
  REQUIRE(found.has_value());
  CHECK((*found)[0].lower == doctest::Approx(5).epsilon(1e-7));
  CHECK((*found)[0].upper == doctest::Approx(30).epsilon(1e-7));
  CHECK((*found)[1].lower == doctest::Approx(0));
  CHECK((*found)[1].upper == doctest::Approx(25).epsilon(1e-7));
  CHECK((*found)[2].lower == 20);  // published
  CHECK((*found)[2].upper == 20);
}

TEST_CASE("attacker: a cell hidden alone is known, one without relations is open") {
  LinkedCells cells = investment();
  const CellId loose = cells.add({.value = 3, .lower = 1});
  const auto found = attacker_intervals(cells, hide(cells, {6, loose}), {6, loose});
  REQUIRE(found.has_value());
  CHECK((*found)[0].lower == doctest::Approx(22));
  CHECK((*found)[0].upper == doctest::Approx(22));
  CHECK((*found)[1].lower == doctest::Approx(1));
  CHECK((*found)[1].upper == kUnbounded);
}

TEST_CASE("attacker: values that contradict the relations are an error") {
  LinkedCells cells = investment();
  cells.cells()[3].value = 5;  // less than the parts that are published
  const auto found = attacker_intervals(cells, hide(cells, {0}), {0});
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().id == "SA-0040");
}

TEST_CASE("attacker: a program that takes too long is an error, no interval") {
  const LinkedCells cells = investment();
  const auto found = attacker_intervals(cells, hide(cells, {4, 6, 8, 10}), {6}, 0);
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().id == "SA-0041");
}

}  // namespace
}  // namespace zicht::stats
