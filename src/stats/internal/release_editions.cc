// What one edition of a release says of another.
#include <algorithm>

#include "stats/internal/release_cells.h"

namespace zicht::stats::internal {
namespace {

class EditionRelations {
 public:
  EditionRelations(ReleaseCells& all, const std::vector<Release>& editions)
      : all_(all), editions_(editions) {}

  void run() {
    for (std::size_t now = 1; now < all_.editions.size(); ++now) {
      for (std::size_t before = 0; before < now; ++before) relate(now, before);
    }
  }

 private:
  const TableSpec& spec(CellId id) const {
    return editions_[all_.about[id].edition].tables[all_.about[id].table].spec;
  }

  static bool is_noisy(const TableSpec& spec) { return spec.method == ProtectionMethod::kCellKey; }

  // In the order of rows, so that equal input gives equal findings.
  void relate(std::size_t now, std::size_t before) {
    std::vector<std::pair<CellId, CellId>> pairs;
    bool only_grows = true;
    for (const auto& [key, later] : all_.editions[now].cell_of) {
      const auto found = all_.editions[before].cell_of.find(key);
      if (found == all_.editions[before].cell_of.end()) continue;
      if (is_noisy(spec(later)) || is_noisy(spec(found->second))) continue;
      pairs.emplace_back(later, found->second);
      only_grows = only_grows && change(later, found->second) >= 0 && spec(later).is_count();
    }
    std::ranges::sort(pairs);
    for (const auto& [later, earlier] : pairs) {
      if (spec(later).editions == EditionKind::kSeparate) {
        relate_moments(later, earlier);
      } else {
        relate_totals(later, earlier, only_grows, now == before + 1);
      }
    }
  }

  double change(CellId later, CellId earlier) const {
    return all_.cells.cells()[later].value - all_.cells.cells()[earlier].value;
  }

  // Counts of a period that is over are the same counts, unless they were mended.
  void relate_moments(CellId later, CellId earlier) {
    const auto& period = spec(later).period;
    if (!period) return;
    const std::uint32_t column = all_.names.number(*period);
    const CellKey& key = all_.about[later].key;
    const auto code = all_.code(key, column);
    const auto root = all_.root.find(column);
    if (!code || (root != all_.root.end() && root->second == *code)) return;
    if (change(later, earlier) == 0) {
      all_.cells.relate({{later, 1}, {earlier, -1}});
    } else {
      relate_totals(later, earlier, false, true);
    }
  }

  void relate_totals(CellId later, CellId earlier, bool only_grows, bool follows) {
    const double value = change(later, earlier);
    const double people = all_.about[later].facts.frequency - all_.about[earlier].facts.frequency;
    const double minimum = std::max(minimum_of(spec(later)), minimum_of(spec(earlier)));
    const auto asked = judge_difference(people, value, spec(later), minimum);
    const auto& shown = all_.publication.shown;
    const bool is_fixed = shown[later] && shown[earlier];
    // Growth ties hidden cells of editions together.
    if (!asked && (!only_grows || !follows || is_fixed)) return;
    Cell cell{.value = value, .lower = only_grows ? 0 : -kUnbounded};
    if (asked) {
      cell.protect_below = asked->below;
      cell.protect_above = asked->above;
    }
    const ReleaseCell about{.role = CellRole::kChange,
                            .edition = all_.about[later].edition,
                            .table = all_.about[later].table,
                            .key = all_.about[later].key,
                            .between = {later, earlier}};
    const CellId id = all_.add(cell, about);
    all_.cells.relate({{later, 1}, {earlier, -1}, {id, -1}});
    if (asked) all_.publication.protect.push_back(id);
  }

  ReleaseCells& all_;
  const std::vector<Release>& editions_;
};

}  // namespace

void relate_editions(ReleaseCells& all, const std::vector<Release>& editions) {
  EditionRelations(all, editions).run();
}

}  // namespace zicht::stats::internal
