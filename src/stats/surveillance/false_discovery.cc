#include "stats/surveillance/false_discovery.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace zicht::stats {

std::vector<double> adjusted_p_values(const std::vector<double>& p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (std::isnan(p_values[i])) continue;
    ZICHT_CHECK(p_values[i] >= 0 && p_values[i] <= 1, "a p-value is a probability");
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> out = p_values;
  double lowest = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    lowest = std::min(lowest, static_cast<double>(order.size()) * p_values[order[rank]] /
                                  static_cast<double>(rank + 1));
    out[order[rank]] = lowest;
  }
  return out;
}

}  // namespace zicht::stats
