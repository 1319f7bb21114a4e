#include "stats/surveillance/scan_permutation.h"

#include <numeric>

#include "stats/surveillance/internal/cylinders.h"

namespace zicht::stats {

Result<ScanFound> scan_permutation(const ScanArea& area, const ScanTable& cases,
                                   const ScanOptions& options, Rng& rng, Executor& executor) {
  ZICHT_TRY(whole, internal::whole_cases(area, cases, options));
  const std::size_t periods = cases.periods;
  std::vector<double> of_place(area.places().size(), 0), of_period(periods, 0);
  std::vector<std::uint32_t> places, times;  // of each case
  for (std::uint32_t place = 0; place < of_place.size(); ++place) {
    for (std::uint32_t period = 0; period < periods; ++period) {
      const double count = whole.values[place * periods + period];
      of_place[place] += count;
      of_period[period] += count;
      places.insert(places.end(), static_cast<std::size_t>(count), place);
      times.insert(times.end(), static_cast<std::size_t>(count), period);
    }
  }
  if (places.empty()) return ScanFound{};
  const auto total = static_cast<double>(places.size());
  ScanTable expected{.periods = periods, .values = {}};
  for (const double a : of_place)
    for (const double b : of_period) expected.values.push_back(a * b / total);
  return internal::scan_cylinders(
      {area, std::move(whole), std::move(expected), internal::ScoreKind::kPoisson}, options,
      [&](internal::QuickRandom& random, std::vector<std::uint32_t>& counts) {
        // Fisher-Yates over the times.
        std::vector<std::uint32_t> shuffled = times;
        for (auto i = static_cast<std::uint32_t>(shuffled.size()); i > 1; --i)
          std::swap(shuffled[i - 1], shuffled[random.below(i)]);
        for (std::size_t i = 0; i < shuffled.size(); ++i)
          ++counts[places[i] * periods + shuffled[i]];
      },
      rng, executor);
}

}  // namespace zicht::stats
