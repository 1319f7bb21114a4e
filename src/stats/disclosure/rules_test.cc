// Primary rules: each by example, at and beside its bound.
#include <doctest/doctest.h>

#include "stats/disclosure/rule_dominance.h"
#include "stats/disclosure/rule_group.h"
#include "stats/disclosure/rule_p_percent.h"
#include "stats/disclosure/rule_threshold.h"

namespace zicht::stats {
namespace {

TEST_CASE("threshold: counts below the minimum must seem to be able to reach it") {
  const ThresholdRule rule{.minimum = 5};
  CHECK(judge_threshold({.frequency = 4, .value = 4}, rule, true) ==
        Protection{.below = 1, .above = 1});
  CHECK(judge_threshold({.frequency = 1, .value = 1}, rule, true) ==
        Protection{.below = 1, .above = 4});
  CHECK_FALSE(judge_threshold({.frequency = 5, .value = 5}, rule, true));
  CHECK_FALSE(judge_threshold({.frequency = 0, .value = 0}, rule, true));
  const ThresholdRule with_zeros{.minimum = 5, .zeros_are_sensitive = true};
  CHECK(judge_threshold({.frequency = 0, .value = 0}, with_zeros, true) ==
        Protection{.below = 0, .above = 5});
}

TEST_CASE("threshold: amounts of few are protected by a share of themselves") {
  const ThresholdRule rule{.minimum = 3, .range = 0.1};
  CHECK(judge_threshold({.frequency = 2, .value = 500}, rule, false) ==
        Protection{.below = 50, .above = 50});
  CHECK_FALSE(judge_threshold({.frequency = 3, .value = 500}, rule, false));
}

TEST_CASE("dominance: the largest contributions above the share are sensitive") {
  const DominanceRule rule{.n = 2, .share = 0.8};
  CHECK_FALSE(judge_dominance({.value = 100, .largest = {50, 30}}, rule));  // exactly the share
  const auto asked = judge_dominance({.value = 100, .largest = {60, 30}}, rule);
  REQUIRE(asked.has_value());
  CHECK(asked->above == doctest::Approx(12.5));  // 90 / .8 - 100
  CHECK(asked->below == asked->above);
  CHECK_FALSE(judge_dominance({.value = 0, .largest = {0}}, rule));
  CHECK_FALSE(judge_dominance({.value = 100}, rule));
}

TEST_CASE("p percent: the second may not estimate the first to within p") {
  const PPercentRule rule{.p = 0.2};
  CHECK_FALSE(judge_p_percent({.value = 100, .largest = {50, 40}}, rule));  // rest 10 = .2 x 50
  const auto asked = judge_p_percent({.value = 100, .largest = {60, 35}}, rule);
  REQUIRE(asked.has_value());
  CHECK(asked->above == doctest::Approx(7));  // .2 x 60 - 5
  const auto alone = judge_p_percent({.value = 100, .largest = {100}}, rule);
  REQUIRE(alone.has_value());
  CHECK(alone->above == doctest::Approx(20));
  CHECK_FALSE(judge_p_percent({.value = 100}, rule));
}

TEST_CASE("group: a row in one category is sensitive, however large") {
  const std::vector<double> all_in_one{0, 30, 0};
  const auto asked = judge_group(30, all_in_one, {}, true);
  CHECK_FALSE(asked[0]);
  CHECK(asked[1] == Protection{.below = 1});
  const std::vector<double> almost{1, 29};
  CHECK_FALSE(judge_group(30, almost, {}, true)[1]);
  CHECK(judge_group(30, almost, {.share = 0.9}, true)[1] == Protection{.below = 2});
  CHECK_FALSE(judge_group(0, std::vector<double>{0, 0}, {}, true)[0]);
  CHECK_FALSE(judge_group(7, std::vector<double>{7}, {}, true)[0]);
}

}  // namespace
}  // namespace zicht::stats
