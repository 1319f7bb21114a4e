// Tables made from a seed, for tests and benchmarks of disclosure control: counts of made-up
// people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/rng.h"
#include "stats/disclosure/tables.h"

namespace zicht::stats {

struct MadeTable {
  std::string csv{};
  TableSpec spec{};

  // What it says as cells. Requires: as made here.
  [[nodiscard]] Table table() const;
};

// One dimension: the total has `groups` parts, each of which has `parts` parts (0: none).
struct MadeDimension {
  std::size_t groups = 1;
  std::vector<std::size_t>
      parts{};  // of each group in turn, again from the first; empty: a flat one
};

struct MadeShape {
  std::vector<MadeDimension> dimensions{};
  // Which dimensions each of the linked tables is divided by; empty: one table, by all.
  std::vector<std::vector<std::size_t>> tables{};
  double mean = 5;      // people in a cell of the finest division
  double spread = 1.2;  // of the logarithm of what a code is multiplied by
};

// Frequencies with a threshold of `minimum`, zeros published.
[[nodiscard]] MadeTable make_table(const MadeShape& shape, double minimum, Rng& rng);

// 342 municipalities in 12 provinces x 12 categories x 6 ages: 32,305 cells with all totals, about
// 10,078 of them 1 to 3.
[[nodiscard]] MadeTable make_municipal_table(Rng& rng);

// Two linked tables that share 157 x 53 codes, one divided further in 5, one in 3 codes: 41,605 and
// 24,963 cells.
[[nodiscard]] MadeTable make_linked_pair(Rng& rng);

// One to three dimensions of a few codes, some with two levels.
[[nodiscard]] MadeTable make_small_table(Rng& rng);

}  // namespace zicht::stats
