#include "stats/disclosure/rule_group.h"

#include <algorithm>

namespace zicht::stats {

std::vector<std::optional<Protection>> judge_group(double total, std::span<const double> parts,
                                                   const GroupRule& rule, bool is_count) {
  std::vector<std::optional<Protection>> asked(parts.size());
  if (!(total > 0) || parts.size() < 2) return asked;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] < rule.share * total) continue;
    const double least = is_count ? 1 : total / 100;
    asked[i] = Protection{.below = std::max(least, parts[i] - rule.share * total)};
  }
  return asked;
}

}  // namespace zicht::stats
