#include "stats/surveillance/internal/seasonal_mean.h"

#include <cmath>
#include <numbers>

namespace zicht::stats::internal {
namespace {

constexpr int kMaxSteps = 50;
constexpr double kEnough = 1e-10;

using Row = std::vector<double>;

Row row_of(std::size_t at, std::size_t training, const SeasonalModel& model) {
  Row row{1};
  const auto time = static_cast<double>(at + 1);
  // Scaled, so that the normal equations keep their digits.
  if (model.trend) row.push_back(time / static_cast<double>(training) - 0.5);
  for (int s = 1; s <= model.harmonics; ++s) {
    const double angle = 2 * std::numbers::pi * s * time / model.period;
    row.push_back(std::cos(angle));
    row.push_back(std::sin(angle));
  }
  return row;
}

double product(const Row& a, const Row& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Solves a symmetric positive system in place by Cholesky; false where it is singular.
bool solve(std::vector<Row>& a, Row& b) {
  const std::size_t n = b.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double before = a[i][i];
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
      if (i == j && !(sum > 1e-11 * before)) return false;
      a[i][j] = i == j ? std::sqrt(sum) : sum / a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return true;
}

// One step: the normal equations at these means, solved.
bool step(const std::vector<Row>& rows, const Row& counts, const Row& means, Row& beta) {
  const std::size_t width = beta.size();
  std::vector<Row> normal(width, Row(width, 0));
  Row target(width, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double working = means[i] * std::log(means[i]) + counts[i] - means[i];
    for (std::size_t a = 0; a < width; ++a) {
      target[a] += rows[i][a] * working;
      for (std::size_t b = 0; b <= a; ++b) normal[a][b] += means[i] * rows[i][a] * rows[i][b];
    }
  }
  if (!solve(normal, target)) return false;
  beta = target;
  return true;
}

bool settle(const std::vector<Row>& rows, const Row& counts, Row& beta) {
  Row means;
  double total = 0;
  for (const double count : counts) {
    means.push_back(count + 0.1);
    total += count;
  }
  if (total <= 0 || rows.size() <= beta.size()) return false;
  double before = INFINITY;
  for (int i = 0; i < kMaxSteps; ++i) {
    if (!step(rows, counts, means, beta)) return false;
    double now = 0;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const double predictor = product(rows[k], beta);
      means[k] = std::exp(predictor);
      now += means[k] - counts[k] * predictor;
    }
    if (!std::isfinite(now)) return false;
    if (std::abs(now - before) < kEnough * (std::abs(now) + 1)) return true;
    before = now;
  }
  return false;
}

}  // namespace

std::vector<double> seasonal_means(Counts counts, std::size_t training,
                                   const SeasonalModel& model) {
  std::vector<Row> rows;
  Row known;
  for (std::size_t i = 0; i < training && i < counts.size(); ++i) {
    if (std::isnan(counts[i])) continue;
    rows.push_back(row_of(i, training, model));
    known.push_back(counts[i]);
  }
  Row beta(row_of(0, 1, model).size(), 0);
  if (!settle(rows, known, beta)) return {};
  std::vector<double> out;
  for (std::size_t i = 0; i < counts.size(); ++i)
    out.push_back(std::exp(product(row_of(i, training, model), beta)));
  return out;
}

}  // namespace zicht::stats::internal
