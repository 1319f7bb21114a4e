#include "stats/surveillance/scan_prospective.h"

#include <numeric>

#include "stats/surveillance/internal/cylinders.h"

namespace zicht::stats {

Result<ScanFound> scan_prospective(const ScanArea& area, const ScanTable& cases,
                                   const ScanTable& population, const ScanOptions& options,
                                   Rng& rng, Executor& executor) {
  ZICHT_TRY(whole, internal::whole_cases(area, cases, options));
  ScanTable expected = population;
  if (expected.values.empty()) {
    expected.periods = cases.periods;
    for (const auto& place : area.places())
      expected.values.insert(expected.values.end(), cases.periods, place.population);
  }
  ZICHT_CHECKED(internal::check_expected(area, whole, expected));
  const double people = std::accumulate(expected.values.begin(), expected.values.end(), 0.0);
  const double total = std::accumulate(whole.values.begin(), whole.values.end(), 0.0);
  if (total == 0) return ScanFound{};
  const internal::AliasTable table(expected.values);
  for (double& value : expected.values) value *= total / people;
  const auto count = static_cast<std::size_t>(total);
  return internal::scan_cylinders(
      {area, std::move(whole), std::move(expected), internal::ScoreKind::kPoisson}, options,
      [&](internal::QuickRandom& random, std::vector<std::uint32_t>& counts) {
        for (std::size_t i = 0; i < count; ++i) ++counts[table.draw(random)];
      },
      rng, executor);
}

}  // namespace zicht::stats
