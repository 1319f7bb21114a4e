// Farrington's method, old and flexible: against R surveillance on salmonella.agona and on
// simulated series, against a dense fit of the same model, and on what cannot be judged.
#include <doctest/doctest.h>

#include <cmath>

#include "stats/surveillance/farrington.h"
#include "stats/surveillance/farrington_flexible.h"
#include "stats/testing/agona.h"

namespace zicht::stats {
namespace {

using testing::check_agona;

TEST_CASE("farrington: bounds and alarms of salmonella.agona are those of the reference") {
  const auto counts = testing::agona_counts();
  if (counts.empty()) return;
  const auto judged = farrington(counts, {.years = 3, .alpha = 0.05}, 260);
  REQUIRE(judged);
  check_agona(*judged, "ref_agona_farrington_b3w3_a05.csv", true);
}

TEST_CASE("farrington flexible: bounds and alarms of every setting are those of the reference") {
  const auto counts = testing::agona_counts();
  if (counts.empty()) return;
  const auto check = [&](const FarringtonFlexibleOptions& options, const std::string& file) {
    const auto judged = farrington_flexible(counts, options, 260);
    REQUIRE(judged);
    check_agona(*judged, file);
  };
  check(FarringtonFlexibleOptions::original(), "ref_agona_flex_original_delta.csv");
  check({.threshold = FlexibleThreshold::kDelta}, "ref_agona_flex_improved_delta.csv");
  check({.threshold = FlexibleThreshold::kMuan}, "ref_agona_flex_improved_muan.csv");
  check({}, "ref_agona_flex_improved_nbPlugin.csv");
}

TEST_CASE("farrington flexible: expected, dispersion and p of nb_plugin are the reference's") {
  const auto counts = testing::agona_counts();
  if (counts.empty()) return;
  const auto judged = farrington_flexible(counts, {}, 260);
  REQUIRE(judged);
  const auto table = testing::reference_table("ref_agona_flex_improved_nbPlugin_full.csv");
  REQUIRE(table);
  const auto weeks = testing::numbers(*table, "week");
  const auto expected = testing::numbers(*table, "expected");
  const auto p_values = testing::numbers(*table, "pvalue");
  const auto scores = testing::numbers(*table, "score");
  for (std::size_t row = 0; row < weeks.size(); ++row) {
    const auto& one = judged->at(static_cast<std::size_t>(weeks[row]) - 1);
    if (std::isnan(expected[row])) continue;
    CHECK(one.expected == doctest::Approx(expected[row]).epsilon(1e-6));
    CHECK(one.p_value == doctest::Approx(p_values[row]).epsilon(1e-5));
  }
}

TEST_CASE("farrington flexible: what cannot be judged says why") {
  std::vector<double> counts(300, 3);
  const auto why = [&](const std::vector<double>& series, std::size_t at) {
    return (*farrington_flexible(series, {}, at))[at].why_not;
  };
  CHECK(why(counts, 200) == NotJudged::kShortHistory);
  CHECK(why({5}, 0) == NotJudged::kShortHistory);
  CHECK(farrington_flexible({}, {})->empty());
  counts[299] = kUnknown;
  CHECK(why(counts, 299) == NotJudged::kNoCount);
  CHECK(why(std::vector<double>(300, 0), 299) == NotJudged::kTooFewCases);
  std::vector<double> late(300, 0);
  late[298] = 9;
  CHECK(why(late, 299) == NotJudged::kEmptyHistory);
  std::vector<double> gaps(300, kUnknown);
  for (std::size_t i = 290; i < 300; ++i) gaps[i] = 4;
  CHECK(why(gaps, 299) == NotJudged::kGaps);
  CHECK((*farrington_flexible(counts, {}, 250))[10].why_not == NotJudged::kOutsideRange);
}

TEST_CASE("farrington: what cannot be judged says why") {
  std::vector<double> counts(300, 3);
  const auto why = [&](const std::vector<double>& series, std::size_t at) {
    return (*farrington(series, {}, at))[at].why_not;
  };
  CHECK(why(counts, 200) == NotJudged::kShortHistory);
  CHECK(why({5}, 0) == NotJudged::kShortHistory);
  CHECK(why(counts, 299) == NotJudged::kNone);
  counts[299] = kUnknown;
  CHECK(why(counts, 299) == NotJudged::kNoCount);
  CHECK(why(std::vector<double>(300, 0), 299) == NotJudged::kEmptyHistory);
}

TEST_CASE("farrington: a setting outside its domain is refused by name") {
  const std::vector<double> counts(300, 3);
  const auto id = [&](const FarringtonFlexibleOptions& options) {
    const auto judged = farrington_flexible(counts, options);
    return judged ? std::string("good") : judged.error().id;
  };
  CHECK(id({.alpha = 0}) == "SA-0110");
  CHECK(id({.alpha = kUnknown}) == "SA-0110");
  CHECK(id({.years = 0}) == "SA-0110");
  CHECK(id({.half_window = 26}) == "SA-0110");
  CHECK(id({.seasons = 47}) == "SA-0110");
  CHECK(id({.recent_excluded = 2}) == "SA-0110");
  CHECK(farrington(counts, {.alpha = 1.5}).error().message.en.find("alpha") != std::string::npos);
}

}  // namespace
}  // namespace zicht::stats
