#include "stats/surveillance/scan_expectation.h"

#include <numeric>

#include "stats/surveillance/internal/cylinders.h"

namespace zicht::stats {

Result<ScanFound> scan_expectation(const ScanArea& area, const ScanTable& cases,
                                   const ScanTable& expected, const ScanOptions& options, Rng& rng,
                                   Executor& executor) {
  ZICHT_TRY(whole, internal::whole_cases(area, cases, options));
  ZICHT_CHECKED(internal::check_expected(area, whole, expected));
  const double mean = std::accumulate(expected.values.begin(), expected.values.end(), 0.0);
  if (mean == 0) return ScanFound{};
  const internal::AliasTable table(expected.values);
  // Independent Poisson counts are a Poisson total, divided by their means.
  return internal::scan_cylinders(
      {area, std::move(whole), expected, internal::ScoreKind::kExpectation}, options,
      [&](internal::QuickRandom& random, std::vector<std::uint32_t>& counts) {
        const std::uint64_t count = random.poisson(mean);
        for (std::uint64_t i = 0; i < count; ++i) ++counts[table.draw(random)];
      },
      rng, executor);
}

}  // namespace zicht::stats
