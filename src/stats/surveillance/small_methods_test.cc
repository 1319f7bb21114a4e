// False discovery, reporting delay, shrinkage, agreed rules and silent places: worked examples,
// naive ways of computing the same, simulation, and input that cannot be used.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/rng.h"
#include "stats/surveillance/agreed_rules.h"
#include "stats/surveillance/false_discovery.h"
#include "stats/surveillance/internal/count_tail.h"
#include "stats/surveillance/internal/quick_random.h"
#include "stats/surveillance/reporting_delay.h"
#include "stats/surveillance/shrinkage.h"
#include "stats/surveillance/silent_places.h"

namespace zicht::stats {
namespace {

TEST_CASE("false discovery: the example of Benjamini and Hochberg keeps four hypotheses") {
  // Section 4.1 of the paper, level .05.
  const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                              0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000};
  const auto q = adjusted_p_values(p);
  CHECK(std::count_if(q.begin(), q.end(), [](double one) { return one <= 0.05; }) == 4);
  CHECK(q[3] == doctest::Approx(0.0095 * 15 / 4));
  CHECK(adjusted_p_values({}).empty());
  const auto with_gap = adjusted_p_values({0.02, kUnknown, 0.01});
  CHECK(std::isnan(with_gap[1]));
  CHECK(with_gap[0] == 0.02);
  CHECK(with_gap[2] == 0.02);
}

TEST_CASE("false discovery: at level .1 at most a tenth of the signals are false") {
  internal::QuickRandom random(5);
  double share = 0;
  const int rounds = 400;
  for (int round = 0; round < rounds; ++round) {
    std::vector<double> p;
    for (int i = 0; i < 200; ++i) p.push_back(i < 20 ? random.uniform() * 1e-3 : random.uniform());
    const auto q = adjusted_p_values(p);
    double found = 0, wrong = 0;
    for (std::size_t i = 0; i < q.size(); ++i) {
      found += q[i] <= 0.1 ? 1 : 0;
      wrong += q[i] <= 0.1 && i >= 20 ? 1 : 0;
    }
    if (found > 0) share += wrong / found;
  }
  CHECK(share / rounds <= 0.1);
  CHECK(share / rounds > 0.05);  // it is no blanket refusal
}

TEST_CASE("reporting delay: the last periods are raised by what is still to come") {
  // By hand: of all reports half come at once, 3 in 10 after one period, 2 in 10 after two.
  const DelayTriangle triangle{{50, 30, 20}, {100, 60, 40}, {50, 30, 0}, {20, 0, 0}};
  const auto estimate = corrected_for_delay(triangle, {});
  REQUIRE(estimate);
  CHECK(estimate->shares[0] == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(estimate->shares[1] == doctest::Approx(0.8).epsilon(1e-12));
  CHECK(estimate->totals[1] == 200);
  CHECK(estimate->totals[2] == doctest::Approx(100).epsilon(1e-12));
  CHECK(estimate->totals[3] == doctest::Approx(40).epsilon(1e-12));
  CHECK(estimate->deviations[3] == doctest::Approx(std::sqrt(20 * 0.5) / 0.5));
  CHECK(std::isnan(corrected_for_delay(triangle, {.least_share = 0.6})->totals[3]));
  CHECK(corrected_for_delay({}, {})->totals.empty());
  CHECK(std::isnan(corrected_for_delay({{3, 0}}, {})->totals[0]));
  CHECK(corrected_for_delay({{1, 2}, {1}}, {}).error().id == "SA-0125");
  CHECK(corrected_for_delay({{1, -2}}, {}).error().id == "SA-0125");
}

TEST_CASE(
    "shrinkage: the weight is the most likely one, the rate between its own and the group's") {
  internal::QuickRandom random(9);
  std::vector<SmallStream> streams;
  for (int i = 0; i < 120; ++i) {
    const double expected = 0.5 + random.uniform() * 3;
    streams.push_back(
        {"g" + std::to_string(i % 6), static_cast<double>(random.poisson(expected)), expected});
  }
  streams[7].count = 25;
  const auto answers = shrunken(streams, {});
  REQUIRE(answers);
  CHECK((*answers)[7].judgement.is_alarm);
  CHECK((*answers)[7].rate > 1);
  CHECK((*answers)[7].rate < streams[7].count / streams[7].expected);
  int others = 0;
  for (std::size_t i = 0; i < answers->size(); ++i)
    others += i != 7 && (*answers)[i].judgement.is_alarm ? 1 : 0;
  CHECK(others <= 3);
  // A search by hand finds no better weight.
  const double weight = best_weight(streams, 1.1);
  const auto at = [&](double w) {
    double sum = 0;
    for (const auto& one : streams)
      sum += std::lgamma(one.count + w * 1.1) - std::lgamma(w * 1.1) +
             w * 1.1 * std::log(w / (w + one.expected)) - one.count * std::log(w + one.expected);
    return sum;
  };
  for (double w = 0.05; w < 5000; w *= 1.1) CHECK(at(w) <= at(weight) + 1e-9);
}

// The mean of the rate after count and expected, by adding up over a fine grid.
double posterior_mean(double count, double expected, double mean, double weight) {
  double mass = 0, moment = 0;
  const double step = 1e-4;
  for (double rate = step / 2; rate < 40; rate += step) {
    const double log_density =
        (weight * mean - 1 + count) * std::log(rate) - (weight + expected) * rate;
    const double density = std::exp(log_density);
    mass += density;
    moment += density * rate;
  }
  return moment / mass;
}

TEST_CASE("shrinkage: a rate is the mean of what is likely after the count") {
  const std::vector<SmallStream> streams{{"a", 2, 1},   {"a", 5, 2}, {"a", 0, 1.5}, {"b", 9, 4},
                                         {"b", 1, 2.5}, {"c", 3, 3}, {"c", 12, 3},  {"c", 4, 6}};
  double count = 0, expected = 0;
  for (const auto& one : streams) {
    count += one.count;
    expected += one.expected;
  }
  const double weight = best_weight(streams, count / expected);
  const auto answers = shrunken(streams, {});
  REQUIRE(answers);
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const double mean = (*answers)[i].judgement.expected / streams[i].expected;
    CHECK((*answers)[i].rate ==
          doctest::Approx(posterior_mean(streams[i].count, streams[i].expected, mean, weight))
              .epsilon(1e-6));
  }
}

TEST_CASE("shrinkage: what cannot be judged or used says so") {
  CHECK(shrunken({}, {})->empty());
  CHECK((*shrunken({{"a", 3, 1}}, {}))[0].judgement.why_not == NotJudged::kEmptyHistory);
  CHECK(shrunken({{"a", 3, 0}}, {}).error().id == "SA-0126");
  CHECK(shrunken({{"a", kUnknown, 1}}, {}).error().id == "SA-0126");
  CHECK(shrunken({}, {.alpha = 2}).error().id == "SA-0110");
}

RuleEvent event(const std::string& key, const std::string& source, int day) {
  return {key, source, *add_days(Date::of(2026, 1, 1), day)};
}

TEST_CASE("agreed rules: three different reporters within sixty days, told once") {
  const auto hits = [](std::vector<RuleEvent> events) {
    return *agreed_rule(std::move(events), {});
  };
  CHECK(hits({}).empty());
  const auto one = hits({event("t", "a", 0), event("t", "b", 30), event("t", "c", 60)});
  REQUIRE(one.size() == 1);
  CHECK(one[0].distinct == 3);
  CHECK(one[0].last == Date::of(2026, 3, 2));
  CHECK(hits({event("t", "a", 0), event("t", "b", 30), event("t", "c", 61)}).empty());
  CHECK(hits({event("t", "a", 0), event("t", "a", 1), event("t", "a", 2)}).empty());
  CHECK(hits({event("t", "a", 0), event("u", "b", 1), event("t", "c", 2)}).empty());
  CHECK(hits({event("t", "a", 0), event("t", "", 1), event("t", "", 2)}).empty());
  // The same three again say nothing new; a fourth does.
  CHECK(hits({event("t", "a", 0), event("t", "b", 1), event("t", "c", 2), event("t", "a", 3),
              event("t", "d", 4)})
            .size() == 2);
  CHECK(agreed_rule({event("t", "", 0), event("t", "", 1), event("t", "", 2)},
                    {.unknown_is_distinct = true})
            ->size() == 1);
  CHECK(agreed_rule({}, {.distinct = 0}).error().id == "SA-0110");
}

TEST_CASE("agreed rules: a key has a hit exactly where some window has enough sources") {
  SeededRng rng(4);
  for (int round = 0; round < 200; ++round) {
    std::vector<RuleEvent> events;
    for (std::uint64_t i = 0, n = rng.below(12); i < n; ++i)
      events.push_back(event("t", std::string(1, static_cast<char>('a' + rng.below(4))),
                             static_cast<int>(rng.below(200))));
    bool is_met = false;
    for (const auto& last : events) {
      std::set<std::string> sources;
      for (const auto& other : events) {
        const auto days = days_between(other.date, last.date);
        if (days >= 0 && days <= 60) sources.insert(other.source);
      }
      is_met = is_met || sources.size() >= 3;
    }
    CHECK(agreed_rule(events, {})->empty() == !is_met);
  }
}

TEST_CASE("silent places: nothing heard is a silence where something was to be expected") {
  std::vector<PlaceHeard> places;
  for (int i = 0; i < 50; ++i) places.push_back({"p", 1000, 100, 50, 20, 10});
  places[0].heard = 0;
  places[1] = {"small", 10, 1, 50, 0, 10};
  places[2] = {"never", 1000, 0, 50, 0, 10};
  places[3] = {"new", 1000, 0, 0, 0, 10};
  const auto answers = silent_places(places, {});
  REQUIRE(answers);
  CHECK((*answers)[0].is_alarm);
  CHECK(!(*answers)[4].is_alarm);
  CHECK((*answers)[1].why_not == NotJudged::kTooFewCases);
  // A place that never reported teaches to expect little of it, one without history does not.
  CHECK((*answers)[2].expected < 1);
  CHECK((*answers)[3].expected > 15);
  CHECK((*answers)[3].is_alarm);
}

TEST_CASE("silent places: with much history the chance of silence is exp(-expected)") {
  const auto answers = silent_places({{"a", 1, 1e8, 1e8, 0, 3}}, {});
  REQUIRE(answers);
  CHECK((*answers)[0].expected == doctest::Approx(3).epsilon(1e-7));
  CHECK((*answers)[0].p_value == doctest::Approx(std::exp(-3)).epsilon(1e-6));
  CHECK((*answers)[0].bound == doctest::Approx(-std::log(0.05)).epsilon(1e-6));
  CHECK(silent_places({}, {})->empty());
  CHECK((*silent_places({{"a", 1, 0, 1, 0, 3}}, {}))[0].why_not == NotJudged::kEmptyHistory);
  CHECK(silent_places({{"a", 0, 1, 1, 0, 3}}, {}).error().id == "SA-0126");
}

TEST_CASE("count tails: bound and tail agree with sums of the probabilities") {
  for (const double mean : {0.05, 0.7, 3.0, 40.0, 900.0}) {
    for (const double phi : {1.0, 1.3, 4.0}) {
      for (const double alpha : {0.1, 0.01, 0.001}) {
        const double bound = internal::count_bound(alpha, mean, phi);
        CHECK(internal::count_tail(bound + 1, mean, phi) <= alpha * (1 + 1e-9));
        if (bound > 0) CHECK(internal::count_tail(bound, mean, phi) > alpha * (1 - 1e-9));
      }
    }
  }
}

}  // namespace
}  // namespace zicht::stats
