#include "stats/surveillance/internal/quick_random.h"

#include <algorithm>
#include <numeric>

namespace zicht::stats::internal {

AliasTable::AliasTable(const std::vector<double>& weights)
    : keep_(weights.size(), std::uint64_t{1} << 32), other_(weights.size(), 0) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> share;
  std::vector<std::uint32_t> small, large;
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    share.push_back(weights[i] / total * static_cast<double>(weights.size()));
    (share[i] < 1 ? small : large).push_back(i);
    other_[i] = i;
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back(), rich = large.back();
    small.pop_back();
    large.pop_back();
    keep_[poor] = static_cast<std::uint64_t>(share[poor] * 0x1p32);
    other_[poor] = rich;
    share[rich] -= 1 - share[poor];
    (share[rich] < 1 ? small : large).push_back(rich);
  }
}

}  // namespace zicht::stats::internal
