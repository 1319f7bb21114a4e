#include "stats/surveillance/shrinkage.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <map>

#include "stats/surveillance/internal/count_tail.h"
#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

constexpr double kLeastWeight = 0.01, kMostWeight = 10'000;

struct Sum {
  double count = 0, expected = 0;
};

// Log likelihood of negative binomial counts, without what does not depend on w.
double log_likelihood(const std::vector<SmallStream>& streams, double mean, double weight) {
  const double size = weight * mean;
  double sum = 0;
  for (const auto& one : streams) {
    if (one.expected <= 0) continue;
    sum += boost::math::lgamma(one.count + size) - boost::math::lgamma(size) +
           size * std::log(weight / (weight + one.expected)) -
           one.count * std::log(weight + one.expected);
  }
  return sum;
}

Result<void> check(const std::vector<SmallStream>& streams) {
  for (const auto& one : streams) {
    const bool is_good = one.count >= 0 && one.expected >= 0 && std::isfinite(one.count) &&
                         std::isfinite(one.expected) && (one.count == 0 || one.expected > 0);
    if (!is_good) return make_error("SA-0126", {{"group", one.group}});
  }
  return {};
}

// A stream held against rates of mean `mean` and weight `weight`.
Judgement judged(const SmallStream& stream, double mean, double weight, double alpha) {
  if (!(mean > 0)) return cannot_judge(NotJudged::kEmptyHistory);
  Judgement out;
  out.expected = mean * stream.expected;
  const double phi = 1 + stream.expected / weight;
  out.bound = internal::count_bound(alpha, out.expected, phi);
  out.p_value = internal::count_tail(stream.count, out.expected, phi);
  out.score = out.expected > 0 ? stream.count / out.expected : kUnknown;
  out.is_alarm = stream.count > out.bound;
  return out;
}

}  // namespace

double best_weight(const std::vector<SmallStream>& streams, double mean) {
  if (!(mean > 0)) return kMostWeight;
  // Golden section over log w.
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double low = std::log(kLeastWeight), high = std::log(kMostWeight);
  const auto at = [&](double log_weight) {
    return log_likelihood(streams, mean, std::exp(log_weight));
  };
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double at_left = at(left), at_right = at(right);
  for (int step = 0; step < 60; ++step) {
    if (at_left < at_right) {
      low = left;
      left = right;
      at_left = at_right;
      right = low + golden * (high - low);
      at_right = at(right);
    } else {
      high = right;
      right = left;
      at_right = at_left;
      left = high - golden * (high - low);
      at_left = at(left);
    }
  }
  return std::exp((low + high) / 2);
}

Result<std::vector<ShrunkenRate>> shrunken(const std::vector<SmallStream>& streams,
                                           const ShrinkageOptions& options) {
  ZICHT_CHECKED(
      internal::require_setting(options.alpha > 0 && options.alpha < 1, "alpha", "0 < alpha < 1"));
  ZICHT_CHECKED(check(streams));
  Sum all;
  std::map<std::string, Sum> groups;
  for (const auto& one : streams) {
    auto& group = groups[one.group];
    group.count += one.count;
    group.expected += one.expected;
    all.count += one.count;
    all.expected += one.expected;
  }
  std::vector<SmallStream> as_streams;
  for (const auto& [name, sum] : groups) as_streams.push_back({name, sum.count, sum.expected});
  const double overall = all.expected > 0 ? all.count / all.expected : 0;
  const double group_weight = best_weight(as_streams, overall);
  const double stream_weight = best_weight(streams, overall);

  std::vector<ShrunkenRate> out;
  for (const auto& one : streams) {
    const Sum& group = groups[one.group];
    // The level above without this stream, so that it is not held against itself.
    const double others = all.expected - one.expected;
    const double whole = others > 0 ? (all.count - one.count) / others : 0;
    const double group_rate = (group.count - one.count + group_weight * whole) /
                              (group.expected - one.expected + group_weight);
    ShrunkenRate answer;
    answer.judgement = judged(one, group_rate, stream_weight, options.alpha);
    if (answer.judgement.is_judged())
      answer.rate = (one.count + stream_weight * group_rate) / (one.expected + stream_weight);
    out.push_back(answer);
  }
  return out;
}

}  // namespace zicht::stats
