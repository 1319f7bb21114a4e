// Weekly counts of Salmonella Agona and what R surveillance 1.20.3 answers on them.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "stats/surveillance/judgement.h"
#include "stats/testing/reference_files.h"

namespace zicht::stats::testing {

// The 312 counts; empty (and said so) where the reference data is absent.
inline std::vector<double> agona_counts() {
  const auto table = reference_table("surveillance_salmonella_agona.csv");
  if (table) return numbers(*table, "observed");
  MESSAGE("skipped: ../shared/data/stats is absent");
  return {};
}

// Holds judgements against a reference file: alarms equal, bounds within 1e-6 of themselves. Where
// the reference has no bound (NA, or 0 in the older method), there is no judgement.
inline void check_agona(const std::vector<Judgement>& judgements, const std::string& file,
                        bool zero_is_none = false) {
  const auto table = reference_table(file);
  REQUIRE(table);
  const auto weeks = numbers(*table, "week_index");
  const auto bounds = numbers(*table, "upperbound");
  const auto alarms = numbers(*table, "alarm");
  for (std::size_t row = 0; row < weeks.size(); ++row) {
    const auto& one = judgements.at(static_cast<std::size_t>(weeks[row]) - 1);
    INFO(file, " week ", weeks[row]);
    CHECK(one.is_alarm == (alarms[row] == 1));
    if (std::isnan(bounds[row]) || (zero_is_none && bounds[row] == 0)) {
      CHECK(!one.is_judged());
    } else {
      REQUIRE(one.is_judged());
      // The files have eight decimals.
      CHECK(std::abs(one.bound - bounds[row]) <= 1e-6 * std::abs(bounds[row]) + 5e-9);
    }
  }
}

}  // namespace zicht::stats::testing
