// What a scan finds: cylinders of places and periods with more cases than expected, how sure that
// is, and the settings that all scans share.
#pragma once

#include <cstdint>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "base/rng.h"
#include "stats/surveillance/scan_area.h"

namespace zicht::stats {

struct ScanOptions {
  int replicates = 999;  // random data sets to hold the score against; 0 = none, p is NaN
  int max_duration = 0;  // periods; 0 = half of them, at least 1
  int max_clusters = 10;
  std::size_t helpers = 1;  // parts that may run at the same time beside the caller's
};

// Places x periods, period after period of a place: value[place * periods + period].
struct ScanTable {
  std::size_t periods = 1;
  std::vector<double> values;
};

struct ScanCluster {
  std::vector<std::uint32_t> places;  // of the area, the centre first
  std::size_t first_period = 0, last_period = 0;
  double cases = 0, expected = 0;
  double relative_risk = 0;  // inside to outside (Poisson), or cases / expected
  double score = 0;          // log likelihood ratio
  double p_value = 0;   // Monte Carlo: (1 + replicates at or above the score) / (1 + replicates)
  double p_gumbel = 0;  // of a Gumbel distribution fitted to the replicates
};

struct ScanFound {
  std::vector<ScanCluster> clusters;     // highest score first; no two share a place
  std::vector<double> replicate_scores;  // the highest of each random data set
};

// P(max >= score) of a Gumbel distribution with mean and variance of `scores`. Source: Abrams,
// Kulldorff, Kleinman (2010), International Journal of Health Geographics 9:61. NaN below ten
// scores; 1 where they are all equal and not below `score`, 0 where they are.
[[nodiscard]] double gumbel_tail(const std::vector<double>& scores, double score);

}  // namespace zicht::stats
