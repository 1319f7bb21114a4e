// CUSUM and GLR: against R surveillance on salmonella.agona, by other ways of computing the same,
// and on what cannot be judged.
#include <doctest/doctest.h>

#include <cmath>

#include "stats/surveillance/cusum.h"
#include "stats/surveillance/glr.h"
#include "stats/testing/agona.h"

namespace zicht::stats {
namespace {

TEST_CASE("cusum: bounds and alarms of salmonella.agona are those of the reference") {
  const auto counts = testing::agona_counts();
  if (counts.empty()) return;
  const auto judged = cusum(counts, {}, 260);
  REQUIRE(judged);
  testing::check_agona(*judged, "ref_agona_cusum_glm_anscombe.csv");
}

TEST_CASE("cusum: the bound is the count at which the sum reaches h") {
  std::vector<double> counts(60, 4);
  for (std::size_t i = 0; i < counts.size(); i += 3) counts[i] = 7;
  for (const auto kind : {CusumTransformation::kAnscombe, CusumTransformation::kStandard}) {
    const CusumOptions options{.transformation = kind, .reference = CusumReference::kMean};
    auto series = counts;
    const double bound = cusum(series, options, 50)->back().bound;
    series.back() = bound * (1 + 1e-9);
    CHECK(cusum(series, options, 50)->back().is_alarm);
    series.back() = bound * (1 - 1e-9);
    CHECK(!cusum(series, options, 50)->back().is_alarm);
  }
}

TEST_CASE("cusum: restarts after an alarm where that is asked for") {
  std::vector<double> counts(60, 4);
  counts[52] = 40;
  const CusumOptions plain{.reference = CusumReference::kMean};
  CusumOptions fresh = plain;
  fresh.restart = true;
  CHECK((*cusum(counts, plain, 50))[53].is_alarm);
  CHECK(!(*cusum(counts, fresh, 50))[53].is_alarm);
}

TEST_CASE("glr: values and alarms of salmonella.agona are those of the reference") {
  const auto counts = testing::agona_counts();
  if (counts.empty()) return;
  const GlrOptions options;
  const auto judged = glr(counts, options, 260);
  REQUIRE(judged);
  const auto table = testing::reference_table("ref_agona_glrpois_ARL5.csv");
  REQUIRE(table);
  const auto values = testing::numbers(*table, "upperbound");
  const auto alarms = testing::numbers(*table, "alarm");
  for (std::size_t row = 0; row < values.size(); ++row) {
    const auto& one = (*judged)[260 + row];
    INFO("week ", 261 + row);
    CHECK(one.is_alarm == (alarms[row] == 1));
    CHECK(std::abs(one.score * options.threshold - values[row]) <= 1e-6 * values[row] + 5e-9);
    CHECK(one.is_alarm == (counts[260 + row] >= one.bound));
  }
}

TEST_CASE("glr: the negative binomial statistic is the best of a search over kappa") {
  const std::vector<double> counts{3, 0, 7, 9, 4, 12};
  const std::vector<double> means{2, 2.5, 3, 3, 2, 1.5};
  const GlrOptions options{.dispersion = 0.4};
  double best = 0;
  for (std::size_t begin = 0; begin < counts.size(); ++begin) {
    for (double kappa = 0; kappa < 4; kappa += 1e-4) {
      double sum = 0;
      for (std::size_t i = begin; i < counts.size(); ++i) {
        const double risen = means[i] * std::exp(kappa);
        sum += counts[i] * kappa -
               (counts[i] + 2.5) * std::log((1 + 0.4 * risen) / (1 + 0.4 * means[i]));
      }
      best = std::max(best, sum);
    }
  }
  CHECK(glr_statistic(counts, means, options) == doctest::Approx(best).epsilon(1e-7));
  // Without dispersion it is the Poisson statistic.
  CHECK(glr_statistic(counts, means, {.dispersion = 1e-7}) ==
        doctest::Approx(glr_statistic(counts, means, {})).epsilon(1e-5));
}

TEST_CASE("cusum, glr: what cannot be judged says why") {
  std::vector<double> counts(120, 2);
  CHECK(cusum(counts, {}, 10)->back().why_not == NotJudged::kShortHistory);
  CHECK(glr(counts, {}, 10)->back().why_not == NotJudged::kShortHistory);
  CHECK(glr(std::vector<double>{1}, {}, 0)->back().why_not == NotJudged::kShortHistory);
  CHECK(cusum(std::vector<double>(120, 0), {}, 104)->back().why_not == NotJudged::kEmptyHistory);
  CHECK(glr(std::vector<double>(120, kUnknown), {}, 104)->back().why_not == NotJudged::kGaps);
  counts[119] = kUnknown;
  CHECK(glr(counts, {}, 104)->back().why_not == NotJudged::kNoCount);
  CHECK(cusum(counts, {}, 104)->back().why_not == NotJudged::kNoCount);
  CHECK(cusum({}, {}, 0)->empty());
  CHECK(cusum({}, {.h = 0}, 0).error().id == "SA-0110");
  CHECK(glr({}, {.threshold = kUnknown}, 0).error().id == "SA-0110");
}

}  // namespace
}  // namespace zicht::stats
