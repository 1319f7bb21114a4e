// The bound of Farrington et al. (1996): normal after a power transformation, by the delta method.
#pragma once

#include "stats/surveillance/farrington.h"

namespace zicht::stats::internal {

struct DeltaBound {
  double bound = 0;
  double p_value = 1;
};

struct DeltaInput {
  double mean = 0;
  double variance_of_mean = 0;
  double phi = 1;
  double z = 0;  // normal quantile
  double count = 0;
};

[[nodiscard]] DeltaBound delta_bound(const DeltaInput& input, Power power);

// True where at least `cases` were counted in the last `periods` up to and with `at`.
[[nodiscard]] bool has_enough_cases(Counts counts, std::size_t at, double cases, int periods);

}  // namespace zicht::stats::internal
