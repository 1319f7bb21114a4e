// Quasi-Poisson regression with a logarithmic link, on levels of a season and one straight trend:
//     log mu_i = level[group_i] + trend * time_i,   variance = phi mu.
//
// Method: iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5). The normal
// equations have the shape of an arrow, one diagonal entry a level and one row for the trend, so
// that a step costs one pass over the periods and no matrix. Ends when the deviance changes by less
// than 1e-8 of itself, or after 25 steps.
//
// A level with counts of zero only has mu = 0: its limit, which the iteration does not reach.
// Checked by the equations of the likelihood and the trace of the hat matrix
// (quasi_poisson_test.cc), and through the bounds of Farrington's method by the answers of R.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace zicht::stats::internal {

// Periods to fit, all vectors of one length. Groups are 0..groups-1.
struct FitData {
  std::vector<double> counts;
  std::vector<double> times;
  std::vector<int> group_of;
  int groups = 1;
};

class QuasiPoisson {
 public:
  // False where the iteration did not end or the model has no meaning (no counts above zero; as
  // many parameters as periods). `weights` may be empty: all 1.
  bool fit(const FitData& data, bool with_trend, std::span<const double> weights);

  [[nodiscard]] const std::vector<double>& means() const { return means_; }
  [[nodiscard]] bool has_trend() const { return has_trend_; }
  [[nodiscard]] double trend() const { return trend_; }
  [[nodiscard]] int degrees_of_freedom() const { return degrees_; }

  // Linear predictor at (group, time).
  [[nodiscard]] double predictor(int group, double time) const;
  // x' (X'WX)^-1 x at (group, time), without the dispersion.
  [[nodiscard]] double leverage(int group, double time) const;
  // Variance of the trend, without the dispersion. Requires: has_trend().
  [[nodiscard]] double trend_variance() const { return 1 / pivot_; }
  // Diagonal of the hat matrix.
  void hat_values(const FitData& data, std::span<const double> weights,
                  std::vector<double>& out) const;
  // Pearson's X^2 over the degrees of freedom.
  [[nodiscard]] double pearson_dispersion(const FitData& data,
                                          std::span<const double> weights) const;

 private:
  void start(const FitData& data);
  bool solve(const FitData& data, std::span<const double> weights);
  void sum_up(const FitData& data, std::span<const double> weights);
  double update_means(const FitData& data, std::span<const double> weights);

  bool has_trend_ = false;
  double origin_ = 0;  // times are taken from here: the middle of the data
  double trend_ = 0;
  double pivot_ = 1;  // of the trend in the arrow
  int degrees_ = 0;
  std::vector<double> levels_, weight_sums_, time_sums_, targets_, means_, predictors_;
  std::vector<double> step_means_;  // those that the last step weighed with
};

}  // namespace zicht::stats::internal
