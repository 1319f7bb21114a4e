#include "stats/surveillance/scan.h"

#include "stats/surveillance/scan_prospective.h"

namespace zicht::stats {

Result<ScanFound> scan(const ScanArea& area, const std::vector<double>& cases,
                       const ScanOptions& options, Rng& rng, Executor& executor) {
  return scan_prospective(area, {.periods = 1, .values = cases}, {}, options, rng, executor);
}

}  // namespace zicht::stats
