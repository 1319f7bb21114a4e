// Scans: against smerc and scanstatistics on their data, against a naive scan on random tables, and
// on what cannot be scanned.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "stats/surveillance/scan.h"
#include "stats/surveillance/scan_expectation.h"
#include "stats/surveillance/scan_permutation.h"
#include "stats/surveillance/scan_prospective.h"
#include "stats/testing/naive_scan.h"
#include "stats/testing/reference_files.h"

namespace zicht::stats {
namespace {

using testing::numbers;

const double kNaN = std::nan("");

// Runs posted work only when asked, later than the caller wants it.
class LateExecutor final : public Executor {
 public:
  void post(std::function<void()> work) override { waiting.push_back(std::move(work)); }
  std::vector<std::function<void()>> waiting;
};

ScanFound scanned(Result<ScanFound> found) {
  REQUIRE(found);
  return *std::move(found);
}

TEST_CASE("scan: the clusters of leukaemia in New York are those of the reference") {
  const auto table = testing::reference_table("smerc_nydf.csv");
  if (!table) {
    MESSAGE("skipped: ../shared/data/stats is absent");
    return;
  }
  const auto longitude = numbers(*table, "longitude"), latitude = numbers(*table, "latitude");
  const auto population = numbers(*table, "population");
  std::vector<ScanPlace> places;
  for (std::size_t i = 0; i < longitude.size(); ++i)
    places.push_back({std::to_string(i), longitude[i], latitude[i], population[i]});
  const auto area = ScanArea::create(places, {});
  REQUIRE(area);
  SeededRng rng(1);
  InlineExecutor executor;
  const auto found =
      scanned(scan(*area, numbers(*table, "cases"), {.replicates = 99}, rng, executor));
  REQUIRE(found.clusters.size() >= 3);
  const auto& first = found.clusters[0];
  CHECK(std::abs(first.score - 14.78027648) < 1e-8);
  CHECK(first.places.size() == 31);
  CHECK(first.cases == 106);
  CHECK(first.expected == doctest::Approx(62.13225).epsilon(1e-6));
  CHECK(first.relative_risk == doctest::Approx(1.873841).epsilon(1e-6));
  CHECK(first.p_value == 0.01);
  CHECK(first.p_gumbel < 0.001);
  CHECK(std::abs(found.clusters[1].score - 8.287055681) < 1e-8);
  CHECK(found.clusters[1].cases == 42);
  CHECK(std::abs(found.clusters[2].score - 7.199671933) < 1e-8);
}

// Brain cancer in New Mexico, 1973-1991.
struct NewMexico {
  std::vector<std::string> counties;
  std::map<std::string, std::map<int, std::pair<double, double>>> rows;  // population, count
  std::vector<ScanPlace> places;
};

NewMexico new_mexico() {
  NewMexico out;
  const auto geo = testing::reference_table("scanstatistics_NM_geo.csv");
  const auto table = testing::reference_table("scanstatistics_NM_popcas.csv");
  if (!geo || !table) {
    MESSAGE("skipped: ../shared/data/stats is absent");
    return out;
  }
  const auto longitude = numbers(*geo, "seat_long"), latitude = numbers(*geo, "seat_lat");
  for (std::size_t i = 0; i < geo->rows(); ++i) {
    const std::string county(geo->text(i, *geo->find_column("county")));
    if (county == "cibola") continue;  // its cases are counted with another county
    out.counties.push_back(county);
    out.places.push_back({county, longitude[i], latitude[i], 1});
  }
  const auto year = numbers(*table, "year"), population = numbers(*table, "population");
  const auto count = numbers(*table, "count");
  for (std::size_t i = 0; i < table->rows(); ++i)
    out.rows[std::string(table->text(i, *table->find_column("county")))]
            [static_cast<int>(year[i])] = {population[i], count[i]};
  return out;
}

// log mu = log population + a + b (year - 1985), fitted on the years before 1986 by Newton.
std::pair<double, double> fitted(const NewMexico& data) {
  double a = -10, b = 0;
  for (int step = 0; step < 50; ++step) {
    double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
    for (const auto& [county, years] : data.rows) {
      for (const auto& [year, row] : years) {
        if (year >= 1986) continue;
        const double t = year - 1985;
        const double mu = row.first * std::exp(a + b * t);
        g0 += row.second - mu;
        g1 += t * (row.second - mu);
        h00 += mu;
        h01 += mu * t;
        h11 += mu * t * t;
      }
    }
    const double det = h00 * h11 - h01 * h01;
    a += std::clamp((h11 * g0 - h01 * g1) / det, -2.0, 2.0);
    b += std::clamp((h00 * g1 - h01 * g0) / det, -2.0, 2.0);
  }
  return {a, b};
}

TEST_CASE("scan: the cluster of brain cancer in New Mexico is the reference's") {
  const auto data = new_mexico();
  if (data.counties.empty()) return;
  const auto [a, b] = fitted(data);
  ScanTable cases{4, {}}, expected{4, {}};
  for (const auto& county : data.counties) {
    for (int year = 1986; year < 1990; ++year) {
      const auto& [people, count] = data.rows.at(county).at(year);
      cases.values.push_back(count);
      expected.values.push_back(people * std::exp(a + b * (year - 1985)));
    }
  }
  const auto area = ScanArea::create(data.places, {.max_share = 1, .max_places = 15});
  REQUIRE(area);
  SeededRng rng(1);
  InlineExecutor executor;
  const ScanOptions options{.replicates = 199, .max_duration = 4};
  const auto by_expectation =
      scanned(scan_expectation(*area, cases, expected, options, rng, executor));
  const auto& best = by_expectation.clusters.at(0);
  CHECK(best.score == doctest::Approx(9.180617).epsilon(1e-6));
  std::set<std::string> names;
  for (const auto place : best.places) names.insert(data.counties[place]);
  CHECK(names == std::set<std::string>{"losalamos", "santafe"});
  CHECK(best.last_period - best.first_period + 1 == 4);
  CHECK(best.relative_risk == doctest::Approx(2.08146).epsilon(1e-5));
  CHECK(best.p_value < 0.05);
}

std::vector<ScanPlace> made_places(SeededRng& rng, std::size_t count) {
  std::vector<ScanPlace> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back({"p" + std::to_string(i), 4 + static_cast<double>(rng.below(3000)) / 1000,
                   51 + static_cast<double>(rng.below(2000)) / 1000,
                   static_cast<double>(100 + rng.below(900))});
  return out;
}

TEST_CASE("scan: on random tables every score is the naive one") {
  SeededRng rng(7);
  InlineExecutor executor;
  for (int round = 0; round < 40; ++round) {
    const auto places = made_places(rng, 3 + rng.below(9));
    const auto area = ScanArea::create(places, {});
    REQUIRE(area);
    ScanTable cases{1 + rng.below(6), {}};
    for (std::size_t i = 0; i < places.size() * cases.periods; ++i)
      cases.values.push_back(static_cast<double>(rng.below(5)));
    ScanTable expected = cases;
    for (auto& value : expected.values) value = 0.5 + static_cast<double>(rng.below(40)) / 10;
    const ScanOptions options{.replicates = 0, .max_duration = static_cast<int>(1 + rng.below(6))};
    const auto check = [&](const ScanFound& found, const ScanTable& means, bool is_poisson) {
      const double best = testing::naive_best_score(*area, cases, means, options, is_poisson);
      CHECK((found.clusters.empty() ? 0 : found.clusters[0].score) ==
            doctest::Approx(best).epsilon(1e-9));
    };
    check(scanned(scan_expectation(*area, cases, expected, options, rng, executor)), expected,
          false);
    check(scanned(scan_prospective(*area, cases, expected, options, rng, executor)), expected,
          true);
    check(scanned(scan_permutation(*area, cases, options, rng, executor)),
          testing::independent_means(cases), true);
  }
}

TEST_CASE("scan: replicates follow the seed, not the executor") {
  SeededRng made(3);
  const auto area = ScanArea::create(made_places(made, 20), {});
  REQUIRE(area);
  ScanTable cases{8, std::vector<double>(160, 1)};
  const auto scores = [&](Executor& executor) {
    SeededRng rng(11);
    return scanned(scan_permutation(*area, cases, {.replicates = 50}, rng, executor))
        .replicate_scores;
  };
  InlineExecutor at_once;
  LateExecutor late;
  const auto one = scores(at_once);
  CHECK(one == scores(late));
  for (const auto& work : late.waiting) work();  // finds nothing left to do
  CHECK(std::set<double>(one.begin(), one.end()).size() > 10);
}

TEST_CASE("scan: without a cluster the p-value is seldom small") {
  SeededRng rng(5);
  InlineExecutor executor;
  const auto area = ScanArea::create(made_places(rng, 25), {});
  REQUIRE(area);
  int small = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<double> cases(25, 0);
    for (int i = 0; i < 100; ++i) {
      // By rejection, so that the draw is not the one under test.
      std::size_t place = rng.below(25);
      while (static_cast<double>(rng.below(1000)) >= area->places()[place].population)
        place = rng.below(25);
      ++cases[place];
    }
    const auto found = scanned(scan(*area, cases, {.replicates = 99}, rng, executor));
    if (!found.clusters.empty() && found.clusters[0].p_value <= 0.1) ++small;
  }
  // 20 expected; the bounds are four standard deviations.
  CHECK(small >= 4);
  CHECK(small <= 37);
}

TEST_CASE("scan: bad input is refused in one message") {
  SeededRng rng(1);
  InlineExecutor executor;
  const auto refused = [](std::vector<ScanPlace> places) {
    return ScanArea::create(std::move(places), {}).error().id;
  };
  CHECK(refused({}) == "SA-0122");
  CHECK(refused({{"a", 5, 52, 1}, {"a", 5, 53, 1}}) == "SA-0120");
  CHECK(refused({{"a", 5, 120, 1}}) == "SA-0121");
  CHECK(refused({{"a", kNaN, 52, 1}}) == "SA-0121");
  const auto area = ScanArea::create({{"a", 5, 52, 10}, {"b", 5, 53, 0}}, {.max_share = 1});
  REQUIRE(area);
  CHECK(scan(*area, {1}, {}, rng, executor).error().id == "SA-0123");
  CHECK(scan(*area, {1, -1}, {}, rng, executor).error().id == "SA-0123");
  CHECK(scan(*area, {1, kNaN}, {}, rng, executor).error().id == "SA-0123");
  CHECK(scan(*area, {1, 1}, {}, rng, executor).error().id == "SA-0124");
  CHECK(scan(*area, {1, 0}, {.replicates = -1}, rng, executor).error().id == "SA-0110");
  CHECK(scanned(scan(*area, {0, 0}, {}, rng, executor)).clusters.empty());
  const auto one = ScanArea::create({{"a", 5, 52, 10}}, {.max_share = 1});
  CHECK(scanned(scan(*one, {9}, {.replicates = 20}, rng, executor)).clusters.empty());
}

TEST_CASE("scan: the Gumbel tail is that of the fitted distribution") {
  CHECK(std::isnan(gumbel_tail({1, 2}, 3)));
  CHECK(gumbel_tail(std::vector<double>(20, 1), 1) == 1);
  CHECK(gumbel_tail(std::vector<double>(20, 1), 2) == 0);
  // Quantiles of a standard Gumbel distribution as scores: the tail at x is 1 - exp(-exp(-x)).
  std::vector<double> scores;
  for (int i = 0; i < 20000; ++i) scores.push_back(-std::log(-std::log((i + 0.5) / 20000)));
  CHECK(gumbel_tail(scores, 4) == doctest::Approx(0.01815).epsilon(0.01));
}

}  // namespace
}  // namespace zicht::stats
