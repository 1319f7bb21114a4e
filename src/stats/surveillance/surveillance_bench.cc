// What detection costs, beside the limits of docs/performance.md. Counts and places are made from a
// seed; leukaemia in New York is read in place.
#include <benchmark/benchmark.h>

#include <cmath>

#include "base/thread_executor.h"
#include "stats/surveillance/farrington_flexible.h"
#include "stats/surveillance/internal/quick_random.h"
#include "stats/surveillance/scan.h"
#include "stats/surveillance/scan_prospective.h"
#include "stats/testing/reference_files.h"

namespace zicht::stats {
namespace {

std::vector<double> made_counts(std::size_t weeks) {
  internal::QuickRandom random(1);
  std::vector<double> counts;
  for (std::size_t week = 0; week < weeks; ++week) {
    const double season = std::cos(2 * 3.14159265 * static_cast<double>(week) / 52);
    counts.push_back(static_cast<double>(random.poisson(8 * std::exp(0.4 * season))));
  }
  return counts;
}

// One stream-week: the last of six years, or of as many as are asked for.
void farrington_week(benchmark::State& state) {
  const auto counts = made_counts(static_cast<std::size_t>(state.range(0)) * 52);
  const FarringtonFlexibleOptions options{.years = static_cast<int>(state.range(0)) - 2};
  for (auto _ : state) {
    benchmark::DoNotOptimize(farrington_flexible(counts, options, counts.size() - 1));
  }
}
BENCHMARK(farrington_week)->Arg(6)->Arg(12)->Arg(22)->Unit(benchmark::kMicrosecond);

void scan_new_york(benchmark::State& state) {
  const auto table = testing::reference_table("smerc_nydf.csv");
  if (!table) return state.SkipWithError("../shared/data/stats is absent");
  const auto longitude = testing::numbers(*table, "longitude");
  const auto latitude = testing::numbers(*table, "latitude");
  const auto population = testing::numbers(*table, "population");
  std::vector<ScanPlace> places;
  for (std::size_t i = 0; i < longitude.size(); ++i) {
    places.push_back({std::to_string(i), longitude[i], latitude[i], population[i]});
  }
  const auto area = ScanArea::create(places, {});
  const auto cases = testing::numbers(*table, "cases");
  for (auto _ : state) {
    ThreadExecutor helper;
    SeededRng rng(1);
    benchmark::DoNotOptimize(scan(*area, cases, {.replicates = 999}, rng, helper));
  }
}
BENCHMARK(scan_new_york)->Unit(benchmark::kMillisecond)->UseRealTime();

// So many places, a year of weeks, 999 replicates.
void scan_of_weeks(benchmark::State& state) {
  internal::QuickRandom random(2);
  std::vector<ScanPlace> places;
  ScanTable cases{52, {}};
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const double people = 5'000 + 60'000 * random.uniform();
    places.push_back(
        {std::to_string(i), 3.5 + 3.5 * random.uniform(), 50.8 + 2.6 * random.uniform(), people});
    for (int week = 0; week < 52; ++week) {
      cases.values.push_back(static_cast<double>(random.poisson(people / 100'000)));
    }
  }
  const auto area = ScanArea::create(places, {});
  for (auto _ : state) {
    ThreadExecutor helper;
    SeededRng rng(3);
    benchmark::DoNotOptimize(scan_prospective(*area, cases, {}, {.replicates = 999}, rng, helper));
  }
}
BENCHMARK(scan_of_weeks)->Arg(171)->Arg(342)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace zicht::stats
