// Noise by cell keys: what every row of the table must be, and that people who come together again
// get the same noise again.
#include "stats/disclosure/cell_key.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/rng.h"

namespace zicht::stats {
namespace {

// The moment of order k of a row.
double moment(const NoiseTable& table, const NoiseOptions& options, int count, int k) {
  double sum = 0;
  for (int d = -options.largest; d <= options.largest; ++d) {
    sum += table.row(
               static_cast<std::uint64_t>(count))[static_cast<std::size_t>(d + options.largest)] *
           std::pow(d, k);
  }
  return sum;
}

const NoiseOptions kChoices[] = {{.largest = 5, .variance = 2},
                                 {.largest = 2, .variance = 1},
                                 {.largest = 10, .variance = 4, .hidden_up_to = 1},
                                 {.largest = 8, .variance = 5, .hidden_up_to = 3},
                                 {.largest = 50, .variance = 30, .hidden_up_to = 0},
                                 {.largest = 3, .variance = 0.2}};

CellKeys cell_of(std::span<const std::string> people, const Hash& secret) {
  CellKeys cell;
  for (const std::string& each : people) cell.add(record_key(each, secret));
  return cell;
}

TEST_CASE("cell key: noise is unbiased to 1e-12 and has the variance that was asked for") {
  for (const NoiseOptions& options : kChoices) {
    CAPTURE(options.largest);
    const auto table = NoiseTable::create(options);
    REQUIRE(table.has_value());
    for (int count = 1; count <= options.largest + options.hidden_up_to + 5; ++count) {
      CAPTURE(count);
      CHECK(std::abs(moment(*table, options, count, 0) - 1) < 1e-12);
      CHECK(std::abs(moment(*table, options, count, 1)) < 1e-12);
      CHECK(std::abs(moment(*table, options, count, 2) - options.variance) < 1e-8);
      CHECK(std::ranges::all_of(table->row(static_cast<std::uint64_t>(count)),
                                [](double p) { return p >= 0; }));
    }
    CHECK(moment(*table, options, 0, 2) == 0);
  }
}

TEST_CASE("cell key: no row could be less certain: its logarithm is a parabola") {
  for (const NoiseOptions& options : kChoices) {
    const auto table = NoiseTable::create(options);
    REQUIRE(table.has_value());
    for (int count = 1; count <= options.largest + options.hidden_up_to; ++count) {
      const auto row = table->row(static_cast<std::uint64_t>(count));
      for (std::size_t i = 0; i + 3 < row.size(); ++i) {
        // Neighbours that are all possible; beneath 1e-8 rounding speaks.
        if (*std::min_element(&row[i], &row[i] + 4) < 1e-8) continue;
        const double third = std::log(row[i + 3]) - 3 * std::log(row[i + 2]) +
                             3 * std::log(row[i + 1]) - std::log(row[i]);
        CHECK(std::abs(third) < 1e-6);
      }
    }
  }
}

TEST_CASE("cell key: counts that must not be shown never are, and nothing gets below 0") {
  const NoiseOptions options{.largest = 8, .variance = 5, .hidden_up_to = 3};
  const auto table = NoiseTable::create(options);
  REQUIRE(table.has_value());
  SeededRng rng(7);
  for (int i = 0; i < 20'000; ++i) {
    CellKeys cell;
    const auto people = rng.below(12);
    for (std::uint64_t one = 0; one < people; ++one) cell.add(rng.next());
    const std::uint64_t shown = table->shown(cell);
    CHECK((shown == 0 || shown > 3));
    CHECK(shown <= people + 8);
    if (people == 0) CHECK(shown == 0);
  }
}

TEST_CASE("cell key: the same people give the same noise, however they are put together") {
  const Hash secret = hash_of("a secret of tests");
  const auto table = NoiseTable::create({});
  REQUIRE(table.has_value());
  std::vector<std::string> people;
  for (int i = 0; i < 60; ++i) people.push_back("person-" + std::to_string(i));
  const CellKeys whole = cell_of(people, secret);
  CellKeys joined = cell_of(std::span(people).subspan(20), secret);
  joined.add(cell_of(std::span(people).first(20), secret));
  CHECK(joined.key() == whole.key());
  std::ranges::reverse(people);
  CHECK(cell_of(people, secret).key() == whole.key());
  CHECK(table->shown(joined) == table->shown(whole));

  CHECK(cell_of(people, hash_of("another secret")).key() != whole.key());
  people.back() = "somebody else";
  CHECK(cell_of(people, secret).key() != whole.key());
}

TEST_CASE("cell key: noise comes as often as its row says") {
  const NoiseOptions options{.largest = 5, .variance = 2};
  const auto table = NoiseTable::create(options);
  REQUIRE(table.has_value());
  const Hash secret = hash_of("a secret of tests");
  constexpr int kTimes = 100'000;
  std::vector<int> seen(11);
  for (int i = 0; i < kTimes; ++i)
    ++seen[static_cast<std::size_t>(table->noise(40, record_key(std::to_string(i), secret)) + 5)];
  for (std::size_t at = 0; at < seen.size(); ++at) {
    const double p = table->row(40)[at];
    // Five standard deviations.
    CHECK(std::abs(seen[at] - kTimes * p) <= 5 * std::sqrt(kTimes * p * (1 - p)) + 1);
  }
}

TEST_CASE("cell key: what cannot be made is refused") {
  const auto id = [](const NoiseOptions& options) {
    const auto table = NoiseTable::create(options);
    return table ? std::string() : table.error().id;
  };
  CHECK(id({.largest = 0}) == "SA-0070");
  CHECK(id({.largest = 51}) == "SA-0070");
  CHECK(id({.variance = 0}) == "SA-0070");
  CHECK(id({.variance = std::nan("")}) == "SA-0070");
  CHECK(id({.hidden_up_to = -1}) == "SA-0070");
  CHECK(id({.largest = 5, .variance = 5}) == "SA-0071");  // a count of 1 has -1 ... 5
  // A count of 2 becomes 0, 4 or more where 1 to 3 are hidden: a variance of 4 at least.
  CHECK(id({.largest = 8, .variance = 4, .hidden_up_to = 3}) == "SA-0071");
  CHECK(id({.largest = 8, .variance = 4.5, .hidden_up_to = 3}).empty());
  // 4 is the nearest that may be shown, and it is further away than noise may be.
  CHECK(id({.largest = 2, .variance = 1, .hidden_up_to = 3}) == "SA-0071");
}

}  // namespace
}  // namespace zicht::stats
