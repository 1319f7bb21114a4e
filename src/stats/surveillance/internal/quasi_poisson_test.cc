// The fit of a season and a trend. Method: what defines it. At the most likely means the counts and
// the means have the same sum in every level and the same sum times time, and the hat matrix has as
// large a trace as there are parameters.
#include "stats/surveillance/internal/quasi_poisson.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "stats/surveillance/internal/quick_random.h"

namespace zicht::stats::internal {
namespace {

FitData made_data(std::uint64_t seed) {
  QuickRandom random(seed);
  FitData data;
  data.groups = 5;
  for (int week = 0; week < 120; ++week) {
    const int group = week % 12 < 8 ? 0 : week % 12 - 7;
    data.times.push_back(week);
    data.group_of.push_back(group);
    data.counts.push_back(
        static_cast<double>(random.poisson(std::exp(1 + 0.3 * group + 0.005 * week))));
  }
  return data;
}

std::vector<double> some_weights(std::size_t count) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < count; ++i) weights.push_back(i % 7 == 3 ? 0.2 : 1.0);
  return weights;
}

TEST_CASE("quasi-poisson: counts and means agree in every level and over time") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const FitData data = made_data(seed);
    const auto weights = some_weights(data.counts.size());
    QuasiPoisson fit;
    REQUIRE(fit.fit(data, true, weights));
    std::vector<double> surplus(5, 0);
    double over_time = 0;
    for (std::size_t i = 0; i < data.counts.size(); ++i) {
      const double rest = weights[i] * (data.counts[i] - fit.means()[i]);
      surplus[static_cast<std::size_t>(data.group_of[i])] += rest;
      over_time += rest * data.times[i];
    }
    for (const double one : surplus) CHECK(std::abs(one) < 1e-3);
    CHECK(std::abs(over_time) < 0.1);  // of about 40,000
    std::vector<double> hat;
    fit.hat_values(data, weights, hat);
    CHECK(std::accumulate(hat.begin(), hat.end(), 0.0) == doctest::Approx(6).epsilon(1e-6));
    CHECK(fit.degrees_of_freedom() == 114);
  }
}

TEST_CASE("quasi-poisson: what has no meaning is not fitted") {
  QuasiPoisson fit;
  CHECK_FALSE(fit.fit({.counts = {0, 0, 0}, .times = {1, 2, 3}, .group_of = {0, 0, 0}}, true, {}));
  CHECK_FALSE(fit.fit({.counts = {1, 2}, .times = {1, 2}, .group_of = {0, 0}}, true, {}));
  CHECK_FALSE(fit.fit({.counts = {1, 2, 1}, .times = {4, 4, 4}, .group_of = {0, 0, 0}}, true, {}));
  CHECK(fit.fit({.counts = {1, 2, 1}, .times = {4, 4, 4}, .group_of = {0, 0, 0}}, false, {}));
}

}  // namespace
}  // namespace zicht::stats::internal
