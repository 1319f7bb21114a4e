#include "stats/surveillance/reporting_delay.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/surveillance/internal/settings.h"

namespace zicht::stats {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

Result<void> check(const DelayTriangle& by_delay) {
  for (const auto& row : by_delay) {
    if (row.empty() || row.size() != by_delay.front().size()) return make_error("SA-0125");
    for (const double count : row) {
      if (!(count >= 0) || !std::isfinite(count)) return make_error("SA-0125");
    }
  }
  return {};
}

// Share of the reports up to delay d among those that can have come at all.
std::vector<double> shares_of(const DelayTriangle& by_delay) {
  const std::size_t delays = by_delay.front().size();
  std::vector<double> shares(delays, 1);
  for (std::size_t d = delays; d-- > 1;) {
    double at = 0, until = 0;
    for (std::size_t t = 0; t + d < by_delay.size(); ++t) {
      at += by_delay[t][d];
      for (std::size_t e = 0; e <= d; ++e) until += by_delay[t][e];
    }
    shares[d - 1] = until > 0 ? shares[d] * (1 - at / until) : kNotKnown;
  }
  return shares;
}

}  // namespace

Result<DelayEstimate> corrected_for_delay(const DelayTriangle& by_delay,
                                          const DelayOptions& options) {
  ZICHT_CHECKED(internal::require_setting(options.least_share >= 0 && options.least_share <= 1,
                                          "least_share", "0 <= least_share <= 1"));
  ZICHT_CHECKED(check(by_delay));
  DelayEstimate out;
  if (by_delay.empty()) return out;
  out.shares = shares_of(by_delay);
  const std::size_t periods = by_delay.size();
  for (std::size_t t = 0; t < periods; ++t) {
    const std::size_t heard = std::min(by_delay[t].size() - 1, periods - 1 - t);
    double known = 0;
    for (std::size_t d = 0; d <= heard; ++d) known += by_delay[t][d];
    const double share = out.shares[heard];
    const bool is_good = share > 0 && share >= options.least_share;
    out.known.push_back(known);
    out.totals.push_back(is_good ? known / share : kNotKnown);
    out.deviations.push_back(is_good ? std::sqrt(known * (1 - share)) / share : kNotKnown);
  }
  return out;
}

}  // namespace zicht::stats
