#include "stats/surveillance/internal/quasi_poisson.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zicht::stats::internal {
namespace {

constexpr int kMaxSteps = 25;
constexpr double kEnough = 1e-8;

double weight_at(std::span<const double> weights, std::size_t i) {
  return weights.empty() ? 1 : weights[i];
}

}  // namespace

void QuasiPoisson::start(const FitData& data) {
  const auto groups = static_cast<std::size_t>(data.groups);
  levels_.assign(groups, 0);
  std::vector<char> has_row(groups, 0);
  for (const int group : data.group_of) has_row[static_cast<std::size_t>(group)] = 1;
  const auto used = std::count(has_row.begin(), has_row.end(), 1);
  degrees_ = static_cast<int>(data.counts.size()) - static_cast<int>(used) - (has_trend_ ? 1 : 0);
  means_.resize(data.counts.size());
  predictors_.resize(data.counts.size());
  for (std::size_t i = 0; i < data.counts.size(); ++i) {
    means_[i] = data.counts[i] + 0.1;
    predictors_[i] = std::log(means_[i]);
  }
}

// Sums of the weighted working response for each level.
void QuasiPoisson::sum_up(const FitData& data, std::span<const double> weights) {
  const auto groups = static_cast<std::size_t>(data.groups);
  weight_sums_.assign(groups, 0);
  time_sums_.assign(groups, 0);
  targets_.assign(groups, 0);
  double time_squares = 0, time_target = 0;
  for (std::size_t i = 0; i < data.counts.size(); ++i) {
    const double mean = means_[i];
    const double prior = weight_at(weights, i);
    const auto group = static_cast<std::size_t>(data.group_of[i]);
    const double weight = prior * mean;
    const double target = weight * predictors_[i] + prior * (data.counts[i] - mean);
    const double time = data.times[i] - origin_;
    weight_sums_[group] += weight;
    time_sums_[group] += weight * time;
    targets_[group] += target;
    time_squares += weight * time * time;
    time_target += target * time;
  }
  if (!has_trend_) return;
  pivot_ = time_squares;
  for (std::size_t g = 0; g < groups; ++g) {
    if (weight_sums_[g] <= 0) continue;
    pivot_ -= time_sums_[g] * time_sums_[g] / weight_sums_[g];
    time_target -= time_sums_[g] * targets_[g] / weight_sums_[g];
  }
  // Without spread in time there is no trend to find.
  trend_ = pivot_ > 1e-12 * time_squares ? time_target / pivot_
                                         : std::numeric_limits<double>::quiet_NaN();
}

double QuasiPoisson::update_means(const FitData& data, std::span<const double> weights) {
  for (std::size_t g = 0; g < levels_.size(); ++g) {
    if (weight_sums_[g] > 0)
      levels_[g] = (targets_[g] - (has_trend_ ? trend_ * time_sums_[g] : 0)) / weight_sums_[g];
  }
  double half_deviance = 0;
  for (std::size_t i = 0; i < data.counts.size(); ++i) {
    const auto group = static_cast<std::size_t>(data.group_of[i]);
    const double predictor = levels_[group] + (has_trend_ ? trend_ * (data.times[i] - origin_) : 0);
    const double mean = std::exp(predictor);
    predictors_[i] = predictor;
    means_[i] = mean;
    half_deviance += weight_at(weights, i) * (mean - data.counts[i] * predictor);
  }
  return half_deviance;
}

bool QuasiPoisson::fit(const FitData& data, bool with_trend, std::span<const double> weights) {
  has_trend_ = with_trend;
  trend_ = 0;
  const bool is_any =
      std::any_of(data.counts.begin(), data.counts.end(), [](double count) { return count > 0; });
  if (!is_any) return false;
  origin_ = (data.times.front() + data.times.back()) / 2;
  start(data);
  return degrees_ > 0 && solve(data, weights);
}

bool QuasiPoisson::solve(const FitData& data, std::span<const double> weights) {
  // What the deviance holds beside the means.
  double fixed = 0;
  double before = 0;
  for (std::size_t i = 0; i < data.counts.size(); ++i) {
    const double count = data.counts[i];
    const double prior = weight_at(weights, i);
    if (count > 0) fixed += prior * (count * std::log(count) - count);
    before += prior * (means_[i] - count * predictors_[i]);
  }
  before = 2 * (before + fixed);
  for (int step = 0; step < kMaxSteps; ++step) {
    step_means_ = means_;
    sum_up(data, weights);
    if (has_trend_ && !std::isfinite(trend_)) return false;
    const double deviance = 2 * (update_means(data, weights) + fixed);
    if (!std::isfinite(deviance)) return false;
    if (std::abs(deviance - before) < kEnough * (std::abs(deviance) + 0.1)) return true;
    before = deviance;
  }
  return false;
}

double QuasiPoisson::predictor(int group, double time) const {
  return levels_[static_cast<std::size_t>(group)] + (has_trend_ ? trend_ * (time - origin_) : 0);
}

double QuasiPoisson::leverage(int group, double time) const {
  const auto g = static_cast<std::size_t>(group);
  if (weight_sums_[g] <= 0) return std::numeric_limits<double>::infinity();
  double out = 1 / weight_sums_[g];
  if (has_trend_) {
    const double distance = time - origin_ - time_sums_[g] / weight_sums_[g];
    out += distance * distance / pivot_;
  }
  return out;
}

void QuasiPoisson::hat_values(const FitData& data, std::span<const double> weights,
                              std::vector<double>& out) const {
  out.resize(data.counts.size());
  for (std::size_t i = 0; i < data.counts.size(); ++i) {
    out[i] = weight_at(weights, i) * step_means_[i] * leverage(data.group_of[i], data.times[i]);
  }
}

double QuasiPoisson::pearson_dispersion(const FitData& data,
                                        std::span<const double> weights) const {
  double sum = 0;
  for (std::size_t i = 0; i < data.counts.size(); ++i) {
    const double residual = (data.counts[i] - means_[i]) / means_[i];
    sum += weight_at(weights, i) * step_means_[i] * residual * residual;
  }
  return sum / degrees_;
}

}  // namespace zicht::stats::internal
