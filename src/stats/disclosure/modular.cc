#include "stats/disclosure/modular.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace zicht::stats {
namespace {

// The cell that the others add up to.
CellId total_of(const Relation& relation) {
  const auto below = std::count_if(relation.begin(), relation.end(),
                                   [](const Term& term) { return term.factor < 0; });
  const bool is_negative = below * 2 <= static_cast<std::ptrdiff_t>(relation.size());
  const auto found = std::find_if(relation.begin(), relation.end(), [&](const Term& term) {
    return (term.factor < 0) == is_negative;
  });
  return found == relation.end() ? relation.front().cell : found->cell;
}

using Depths = std::vector<std::size_t>;

// How many totals lie above each cell, on the longest way up.
Depths depths(const LinkedCells& cells) {
  Depths depth(cells.cells().size(), 0);
  // Each pass settles one level more; a loop would go on for ever.
  bool is_changed = true;
  for (std::size_t pass = 0; is_changed && pass < depth.size(); ++pass) {
    is_changed = false;
    for (const Relation& relation : cells.relations()) {
      if (relation.empty()) continue;
      const CellId total = total_of(relation);
      for (const Term& term : relation) {
        if (term.cell == total || depth[term.cell] > depth[total]) continue;
        depth[term.cell] = depth[total] + 1;
        is_changed = true;
      }
    }
  }
  return depth;
}

// Relations by number, least depth of a total first.
using Parts = std::vector<std::vector<std::size_t>>;

// Relations that share a cell as a part of both stand crosswise and are one part of the table.
Parts divide(const LinkedCells& cells) {
  const auto& relations = cells.relations();
  const Depths depth = depths(cells);
  std::map<CellId, std::vector<std::size_t>> by_part;  // relations in which a cell is a part
  for (std::size_t r = 0; r < relations.size(); ++r) {
    if (relations[r].empty()) continue;
    for (const Term& term : relations[r]) {
      if (term.cell != total_of(relations[r])) by_part[term.cell].push_back(r);
    }
  }
  std::vector<std::size_t> parent(relations.size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&parent](std::size_t r) {
    while (parent[r] != r) r = parent[r] = parent[parent[r]];
    return r;
  };
  for (const auto& [cell, of] : by_part) {
    for (const std::size_t r : of) parent[root(r)] = root(of.front());
  }
  std::map<std::size_t, std::vector<std::size_t>> groups;
  for (std::size_t r = 0; r < relations.size(); ++r) {
    if (!relations[r].empty()) groups[root(r)].push_back(r);
  }
  Parts parts;
  for (auto& [first, group] : groups) parts.push_back(std::move(group));
  const auto level = [&](const std::vector<std::size_t>& part) {
    std::size_t least = cells.cells().size();
    for (const std::size_t r : part) least = std::min(least, depth[total_of(relations[r])]);
    return least;
  };
  std::stable_sort(parts.begin(), parts.end(),
                   [&](const auto& a, const auto& b) { return level(a) < level(b); });
  return parts;
}

class Divided {
 public:
  Divided(LinkedCells& cells, std::span<const Singleton> singletons, const ExactLimits& limits)
      : cells_(cells), singletons_(singletons), limits_(limits), parts_(divide(cells)) {
    std::vector<std::vector<std::size_t>> relations_of(cells.cells().size());
    for (std::size_t r = 0; r < cells.relations().size(); ++r) {
      for (const Term& term : cells.relations()[r]) relations_of[term.cell].push_back(r);
    }
    for (auto& part : parts_) {
      std::set<CellId> among;
      for (const std::size_t r : part) {
        for (const Term& term : cells.relations()[r]) among.insert(term.cell);
      }
      members_.emplace_back(among.begin(), among.end());
      complete(part, members_.back(), relations_of);
    }
    drop_repeated();
  }

  PartsSuppression run() {
    const LinkedCells before = cells_;
    result_.parts = parts_.size();
    std::vector<bool> is_done(parts_.size(), false);
    for (std::size_t i = next(is_done); i < parts_.size(); i = next(is_done)) {
      is_done[i] = true;
      for (const CellId id : solve(i)) {
        for (std::size_t j = 0; j < parts_.size(); ++j) {
          const auto& members = members_[j];
          if (j != i && std::binary_search(members.begin(), members.end(), id)) is_done[j] = false;
        }
      }
    }
    repair();
    for (CellId id = 0; id < cells_.cells().size(); ++id) {
      const Cell& cell = cells_.cells()[id];
      if (cell.status == before.cells()[id].status) continue;
      ++result_.secondary;
      result_.cost += cell.weight;
    }
    return std::move(result_);
  }

 private:
  // With the sums of its totals: all relations that have no cell elsewhere but the total of all.
  void complete(std::vector<std::size_t>& part, std::vector<CellId>& members,
                const std::vector<std::vector<std::size_t>>& relations_of) const {
    std::map<std::size_t, std::size_t> inside;
    for (const CellId id : members) {
      for (const std::size_t r : relations_of[id]) {
        if (total_of(cells_.relations()[r]) != id) ++inside[r];
      }
    }
    part.clear();
    std::set<CellId> all(members.begin(), members.end());
    for (const auto& [r, count] : inside) {
      if (count + 1 != cells_.relations()[r].size()) continue;
      part.push_back(r);
      all.insert(total_of(cells_.relations()[r]));
    }
    members.assign(all.begin(), all.end());
  }

  // Parts that lie in another one.
  void drop_repeated() {
    for (std::size_t i = parts_.size(); i-- > 0;) {
      for (std::size_t j = 0; j < parts_.size(); ++j) {
        const auto& mine = parts_[i];
        const auto& others = parts_[j];
        if (i == j || !std::includes(others.begin(), others.end(), mine.begin(), mine.end())) {
          continue;
        }
        parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(i));
        members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(i));
        break;
      }
    }
  }

  static std::size_t next(const std::vector<bool>& is_done) {
    return static_cast<std::size_t>(std::find(is_done.begin(), is_done.end(), false) -
                                    is_done.begin());
  }

  // The cells that it suppressed.
  std::vector<CellId> solve(std::size_t number) {
    const auto& members = members_[number];
    LinkedCells part;
    std::map<CellId, CellId> place;
    for (const CellId id : members) {
      Cell cell = cells_.cells()[id];
      if (cell.status == CellStatus::kSecondary) {
        cell.status = CellStatus::kPrimary;
        cell.protect_below = cell.protect_above = cell.protect_width = 0;
      }
      place[id] = part.add(cell);
    }
    for (const std::size_t r : parts_[number]) {
      Relation relation = cells_.relations()[r];
      for (Term& term : relation) term.cell = place[term.cell];
      part.relate(std::move(relation));
    }
    std::vector<Singleton> alone;
    for (const Singleton& one : singletons_) {
      const auto found = place.find(one.cell);
      if (found != place.end()) alone.push_back({found->second, one.contributor});
    }
    suppress_optimally(part, alone, limits_);
    ++result_.solved;
    std::vector<CellId> suppressed;
    for (std::size_t i = 0; i < members.size(); ++i) {
      Cell& cell = cells_.cells()[members[i]];
      if (part.cells()[i].status != CellStatus::kSecondary) continue;
      cell.status = CellStatus::kSecondary;
      suppressed.push_back(members[i]);
    }
    return suppressed;
  }

  // Over all relations: every attack is asked again, and what one lacks is added.
  void repair() {
    ExactLimits once = limits_;
    once.rounds = 0;
    once.improvements = 0;
    const OptimalSuppression done = suppress_optimally(cells_, singletons_, once);
    result_.repaired = done.secondary;
    result_.narrow = done.narrow;
  }

  LinkedCells& cells_;
  std::span<const Singleton> singletons_;
  const ExactLimits& limits_;
  Parts parts_;
  std::vector<std::vector<CellId>> members_{};  // cells of each part, by id
  PartsSuppression result_{};
};

}  // namespace

PartsSuppression suppress_by_parts(LinkedCells& cells, std::span<const Singleton> singletons,
                                   const ExactLimits& limits) {
  return Divided(cells, singletons, limits).run();
}

}  // namespace zicht::stats
