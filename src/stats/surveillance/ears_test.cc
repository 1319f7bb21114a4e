// EARS: against R surveillance on salmonella.agona, by hand, and on what cannot be judged.
#include <doctest/doctest.h>

#include "stats/surveillance/ears.h"
#include "stats/testing/agona.h"

namespace zicht::stats {
namespace {

TEST_CASE("ears: bounds and alarms of salmonella.agona are those of the reference") {
  const auto counts = testing::agona_counts();
  if (counts.empty()) return;
  const auto check = [&](const EarsOptions& options, const std::string& file) {
    const auto judged = ears(counts, options, 260);
    REQUIRE(judged);
    testing::check_agona(*judged, file);
  };
  check({.method = EarsMethod::kC1}, "ref_agona_earsC1.csv");
  check({.method = EarsMethod::kC2}, "ref_agona_earsC2.csv");
  check({.method = EarsMethod::kC3, .alpha = 0.025}, "ref_agona_earsC3.csv");
}

TEST_CASE("ears: what cannot be judged says why") {
  const auto why = [](std::vector<double> counts, EarsMethod method) {
    return ears(counts, {.method = method})->back().why_not;
  };
  CHECK(ears({}, {})->empty());
  CHECK(why({3}, EarsMethod::kC1) == NotJudged::kShortHistory);
  CHECK(why({1, 2, 3, 1, 2, 3, 1, 2}, EarsMethod::kC1) == NotJudged::kNone);
  CHECK(why({1, 2, 3, 1, 2, 3, 1, 2}, EarsMethod::kC2) == NotJudged::kShortHistory);
  CHECK(why({1, 2, 3, 1, 2, 3, 1, 2, 4, 5}, EarsMethod::kC3) == NotJudged::kShortHistory);
  CHECK(why({1, 2, kUnknown, 1, 2, 3, 1, 2}, EarsMethod::kC1) == NotJudged::kGaps);
  CHECK(why({1, 2, 3, 1, 2, 3, 1, kUnknown}, EarsMethod::kC1) == NotJudged::kNoCount);
  CHECK(why({0, 0, 0, 0, 0, 0, 0, 0}, EarsMethod::kC1) == NotJudged::kNoSpread);
  CHECK(
      ears(std::vector<double>{0, 0, 0, 0, 0, 0, 0, 2}, {.least_deviation = 0.5})->back().is_alarm);
}

TEST_CASE("ears: a setting outside its domain is refused") {
  CHECK(ears({}, {.baseline = 2}).error().id == "SA-0110");
  CHECK(ears({}, {.alpha = 0.5}).error().id == "SA-0110");
}

}  // namespace
}  // namespace zicht::stats
