// Farrington flexible on simulated series: what R surveillance answers on them (kept with the
// script that made them, bench/peers/surveillance/simulate.R), alarms without an outbreak, and
// power.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

#include "base/rng.h"
#include "stats/surveillance/farrington_flexible.h"
#include "stats/surveillance/internal/quick_random.h"
#include "stats/testing/reference_files.h"

namespace zicht::stats {
namespace {

constexpr std::size_t kFirst = 260;

std::vector<double> numbers_of(std::string_view text, char separator) {
  std::vector<double> out;
  std::stringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, separator);)
    out.push_back(part.empty() || part == "NA" ? kUnknown : std::strtod(part.c_str(), nullptr));
  return out;
}

struct Series {
  std::vector<double> counts;
  std::size_t start = 0;  // of the outbreak, from 0
};

CsvTable table_of(const std::string& name) {
  auto table = CsvTable::parse(testing::text_of_file("src/stats/testing/" + name), {.file = name});
  REQUIRE(table);
  return *std::move(table);
}

std::map<std::string, Series> simulated() {
  std::map<std::string, Series> out;
  const auto table = table_of("simulated_series.csv");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string key = std::string(table.text(row, 0)) + " " + std::string(table.text(row, 1));
    out[key] = {numbers_of(table.text(row, 4), ' '),
                static_cast<std::size_t>(**table.number(row, 3)) - 1};
  }
  return out;
}

FlexibleThreshold threshold_of(std::string_view name) {
  if (name == "muan") return FlexibleThreshold::kMuan;
  return name == "delta" ? FlexibleThreshold::kDelta : FlexibleThreshold::kNbPlugin;
}

struct Tally {
  double judged = 0, ours = 0, theirs = 0, our_finds = 0, their_finds = 0;
};

bool is_found(const std::vector<double>& alarms, std::size_t start) {
  return std::any_of(alarms.begin(), alarms.end(), [&](double week) {
    const auto at = static_cast<std::size_t>(week) - 1;
    return at >= start && at < start + 4;
  });
}

TEST_CASE("farrington flexible: on simulated series it answers as the reference does") {
  const auto series = simulated();
  const auto table = table_of("simulated_answers.csv");
  std::map<std::string, Tally> tallies;
  std::size_t bounds_checked = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string kind(table.text(row, 1)), method(table.text(row, 2));
    const auto& one = series.at(std::string(table.text(row, 0)) + " " + kind);
    const auto judged =
        farrington_flexible(one.counts, {.threshold = threshold_of(method)}, kFirst);
    REQUIRE(judged);
    const auto alarms = numbers_of(table.text(row, 3), ' ');
    const auto bounds = numbers_of(table.text(row, 4), ';');
    std::vector<double> ours;
    Tally& tally = tallies[kind + " " + method];
    for (std::size_t at = kFirst; at < judged->size(); ++at) {
      const auto& answer = (*judged)[at];
      if (answer.is_alarm) ours.push_back(static_cast<double>(at + 1));
      if (!answer.is_judged()) continue;
      ++tally.judged;
      const std::size_t place = at - kFirst;
      if (place >= bounds.size() || std::isnan(bounds[place])) continue;
      ++bounds_checked;
      INFO("series ", table.text(row, 0), " ", kind, " ", method, " week ", at + 1);
      CHECK(answer.bound == doctest::Approx(bounds[place]).epsilon(1e-6));
    }
    tally.ours += static_cast<double>(ours.size());
    tally.theirs += static_cast<double>(alarms.size());
    if (kind == "planted") {
      tally.our_finds += is_found(ours, one.start) ? 1 : 0;
      tally.their_finds += is_found(alarms, one.start) ? 1 : 0;
    }
  }
  CHECK(bounds_checked > 5000);
  for (const auto& [name, tally] : tallies) {
    INFO(name, ": ", tally.ours, " alarms against ", tally.theirs, " in ", tally.judged);
    CHECK(std::abs(tally.ours - tally.theirs) <= 0.2 * tally.theirs);
    CHECK(tally.our_finds >= tally.their_finds);
  }
  MESSAGE("planted outbreaks found: ", tallies["planted nbPlugin"].our_finds, " of ",
          series.size() / 2, ", reference ", tallies["planted nbPlugin"].their_finds);
}

// Alarms per judged week on series without an outbreak.
double null_rate(const FarringtonFlexibleOptions& options, int rounds) {
  internal::QuickRandom random(42);
  double alarms = 0, judged = 0;
  for (int round = 0; round < rounds; ++round) {
    const double mean = 0.5 * std::pow(2.0, round % 8);
    std::vector<double> counts;
    for (int week = 0; week < 264; ++week)
      counts.push_back(static_cast<double>(
          random.poisson(mean * std::exp(0.4 * std::cos(2 * 3.14159265 * week / 52)))));
    const auto answers = farrington_flexible(counts, options, 212);
    REQUIRE(answers);
    for (const auto& one : *answers) {
      judged += one.is_judged() ? 1 : 0;
      alarms += one.is_alarm ? 1 : 0;
    }
  }
  return alarms / judged;
}

TEST_CASE("farrington flexible: without an outbreak alarms are as rare as was asked for") {
  const double plugin = null_rate({}, 80);
  const double muan = null_rate({.threshold = FlexibleThreshold::kMuan}, 80);
  MESSAGE("alarms at alpha .01: nb_plugin ", plugin, ", muan ", muan);
  CHECK(muan <= 0.012);
  CHECK(plugin <= 0.012);
  CHECK(plugin > 0.001);
}

}  // namespace
}  // namespace zicht::stats
