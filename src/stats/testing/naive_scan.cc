#include "stats/testing/naive_scan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zicht::stats::testing {
namespace {

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double poisson_score(double c, double e, double all) {
  if (c <= e || e <= 0 || all - e <= all * 1e-9) return 0;
  return c * std::log(c / e) + (c < all ? (all - c) * std::log((all - c) / (all - e)) : 0);
}

double expectation_score(double c, double b) {
  return c > b && b > 0 ? c * std::log(c / b) + b - c : 0;
}

}  // namespace

double naive_best_score(const ScanArea& area, const ScanTable& cases, const ScanTable& means,
                        const ScanOptions& options, bool is_poisson) {
  const double all = sum_of(cases.values);
  const double scale = is_poisson ? all / sum_of(means.values) : 1;
  const std::size_t longest =
      std::min<std::size_t>(cases.periods, static_cast<std::size_t>(options.max_duration));
  double best = 0;
  for (const auto& zone : area.zones()) {
    for (std::size_t size = 1; size <= zone.size(); ++size) {
      for (std::size_t duration = 1; duration <= longest; ++duration) {
        double c = 0, e = 0;
        for (std::size_t k = 0; k < size; ++k) {
          for (std::size_t t = cases.periods - duration; t < cases.periods; ++t) {
            c += cases.values[zone[k] * cases.periods + t];
            e += scale * means.values[zone[k] * cases.periods + t];
          }
        }
        best = std::max(best, is_poisson ? poisson_score(c, e, all) : expectation_score(c, e));
      }
    }
  }
  return best;
}

ScanTable independent_means(const ScanTable& cases) {
  ScanTable out = cases;
  const std::size_t places = cases.values.size() / cases.periods;
  const double all = sum_of(cases.values);
  for (std::size_t place = 0; place < places; ++place) {
    for (std::size_t period = 0; period < cases.periods; ++period) {
      double row = 0, column = 0;
      for (std::size_t t = 0; t < cases.periods; ++t)
        row += cases.values[place * cases.periods + t];
      for (std::size_t p = 0; p < places; ++p) column += cases.values[p * cases.periods + period];
      out.values[place * cases.periods + period] = all > 0 ? row * column / all : 0;
    }
  }
  return out;
}

}  // namespace zicht::stats::testing
