// Totals and parts in one edition, across its tables, and groups that overlapping regions set
// apart.
#include <algorithm>
#include <map>
#include <set>

#include "stats/internal/release_cells.h"

namespace zicht::stats::internal {
namespace {

using Codes = std::vector<std::uint32_t>;  // in order

class RegionRelations {
 public:
  RegionRelations(ReleaseCells& all, const std::vector<Release>& editions, std::size_t edition,
                  std::vector<CellId> rows)
      : all_(all),
        edition_(all.editions[edition]),
        release_(editions[edition]),
        number_(edition),
        rows_(std::move(rows)) {
    for (const KeyGroup& group : edition_.groups) {
      if (group.measure != kAnyMeasure && group.measure != all_.about[rows_[0]].key[0]) continue;
      groups_.push_back(group);
      columns_.insert(group.column);
    }
  }

  void run() {
    for (const KeyGroup& group : groups_) relate(group);
    for (const std::uint32_t column : columns_) {
      read_leaves(column);
      differences(column);
      atoms(column);
    }
  }

 private:
  const TableSpec& spec(CellId id) const { return release_.tables[all_.about[id].table].spec; }
  bool is_noisy(CellId id) const { return spec(id).is_not_judged(); }

  std::optional<CellId> find(const CellKey& key) const {
    const auto found = edition_.cell_of.find(key);
    return found == edition_.cell_of.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<CellId> find(CellId of, std::uint32_t column, std::uint32_t code) const {
    const auto found = find(all_.with(all_.about[of].key, column, code));
    return found && !is_noisy(*found) ? found : std::nullopt;
  }

  // Wherever a total stands with all its parts.
  void relate(const KeyGroup& group) {
    for (const CellId id : rows_) {
      if (is_noisy(id) || all_.code(all_.about[id].key, group.column) != group.total) continue;
      Relation relation{{id, -1}};
      for (const std::uint32_t part : group.parts) {
        const auto found = find(id, group.column, part);
        if (!found) break;
        relation.push_back({*found, 1});
      }
      if (relation.size() != group.parts.size() + 1) continue;
      whole_.insert({id, group.column});
      all_.cells.relate(std::move(relation));
    }
  }

  // The smallest codes below each of a column; a code that is not divided has itself.
  void read_leaves(std::uint32_t column) {
    leaves_.clear();
    std::map<std::uint32_t, std::vector<const KeyGroup*>> groups_of;
    for (const KeyGroup& group : groups_) {
      if (group.column == column) groups_of[group.total].push_back(&group);
    }
    for (const KeyGroup& group : groups_) {
      if (group.column != column) continue;
      for (const std::uint32_t part : group.parts) leaves_[part];
      leaves_[group.total];
    }
    for (auto& [code, leaves] : leaves_) {
      std::set<std::uint32_t> walked{code};
      std::vector<std::uint32_t> open{code};
      std::set<std::uint32_t> found;
      while (!open.empty()) {
        const std::uint32_t one = open.back();
        open.pop_back();
        const auto groups = groups_of.find(one);
        if (groups == groups_of.end()) {
          found.insert(one);
          continue;
        }
        for (const KeyGroup* const group : groups->second) {
          for (const std::uint32_t part : group->parts) {
            if (walked.insert(part).second) open.push_back(part);
          }
        }
      }
      leaves.assign(found.begin(), found.end());
    }
    containers_.clear();
    for (const auto& [code, leaves] : leaves_) {
      for (const std::uint32_t leaf : leaves) containers_[leaf].push_back(code);
    }
  }

  // Regions of which one lies in the other.
  void differences(std::uint32_t column) {
    std::map<std::uint32_t, Codes> larger;
    for (const auto& [code, leaves] : leaves_) {
      if (leaves.empty()) continue;
      for (const std::uint32_t other : containers_[leaves.front()]) {
        const Codes& all = leaves_[other];
        if (all.size() > leaves.size() && std::ranges::includes(all, leaves)) {
          larger[code].push_back(other);
        }
      }
    }
    for (const CellId id : rows_) {
      const auto code = all_.code(all_.about[id].key, column);
      if (!code || is_noisy(id)) continue;
      const auto found = larger.find(*code);
      if (found == larger.end()) continue;
      for (const std::uint32_t other : found->second) {
        if (const auto outer = find(id, column, other))
          difference(*outer, id, column, other, *code);
      }
    }
  }

  void difference(CellId outer, CellId inner, std::uint32_t column, std::uint32_t outer_code,
                  std::uint32_t inner_code) {
    const CellFacts& a = all_.about[outer].facts;
    const CellFacts& b = all_.about[inner].facts;
    const double minimum = std::max(minimum_of(spec(outer)), minimum_of(spec(inner)));
    const bool is_open = all_.about[outer].is_open || all_.about[inner].is_open;
    const double value = is_open ? 0 : a.value - b.value;
    const auto asked =
        is_open ? ask_open(spec(outer), minimum)
                : judge_difference(a.frequency - b.frequency, value, spec(outer), minimum);
    if (!asked || has_parts(outer, column, outer_code, inner_code, minimum)) return;
    Cell cell{.value = value, .lower = value < 0 || a.value < 0 || b.value < 0 ? -kUnbounded : 0};
    cell.protect_below = asked->below;
    cell.protect_above = asked->above;
    const CellId id = all_.add(cell, {.role = CellRole::kDifference,
                                      .edition = number_,
                                      .table = all_.about[outer].table,
                                      .key = all_.about[outer].key,
                                      .is_open = is_open,
                                      .between = {outer, inner}});
    all_.cells.relate({{outer, 1}, {inner, -1}, {id, -1}});
    all_.publication.protect.push_back(id);
  }

  // What lies between them stands in cells that are judged as strictly themselves.
  bool has_parts(CellId outer, std::uint32_t column, std::uint32_t outer_code,
                 std::uint32_t inner_code, double minimum) {
    Codes between;
    std::ranges::set_difference(leaves_[outer_code], leaves_[inner_code],
                                std::back_inserter(between));
    return std::ranges::all_of(between, [&](std::uint32_t leaf) {
      const auto found = find(outer, column, leaf);
      return found && minimum_of(spec(*found)) >= minimum;
    });
  }

  // Regions that share a place where not all places have rows: the places become cells.
  void atoms(std::uint32_t column) {
    std::map<CellKey, std::vector<CellId>> contexts;
    const auto root = all_.root.find(column);
    const std::uint32_t none = root == all_.root.end() ? 0xFFFFFFFF : root->second;
    for (const CellId id : rows_) {
      const auto code = all_.code(all_.about[id].key, column);
      if (!code || is_noisy(id) || whole_.contains({id, column})) continue;
      const auto found = leaves_.find(*code);
      if (found == leaves_.end()) continue;
      const bool may_matter = std::ranges::any_of(
          found->second, [&](std::uint32_t leaf) { return containers_[leaf].size() > 1; });
      if (may_matter) contexts[all_.with(all_.about[id].key, column, none)].push_back(id);
    }
    for (const auto& [context, cells] : contexts) overlaps(column, cells);
  }

  void overlaps(std::uint32_t column, const std::vector<CellId>& cells) {
    std::map<std::uint32_t, std::size_t> uses;  // of leaves
    for (const CellId id : cells) {
      for (const std::uint32_t leaf : leaves_of(id, column)) ++uses[leaf];
    }
    for (const CellId id : cells) {
      const Codes& leaves = leaves_of(id, column);
      const bool overlaps = std::ranges::any_of(leaves, [&](auto leaf) { return uses[leaf] > 1; });
      if (leaves.size() < 2 || !overlaps) continue;
      Relation relation{{id, -1}};
      for (const std::uint32_t leaf : leaves) relation.push_back({atom(id, column, leaf), 1});
      all_.cells.relate(std::move(relation));
    }
  }

  const Codes& leaves_of(CellId id, std::uint32_t column) {
    return leaves_[*all_.code(all_.about[id].key, column)];
  }

  CellId atom(CellId of, std::uint32_t column, std::uint32_t leaf) {
    const CellKey key = all_.with(all_.about[of].key, column, leaf);
    if (const auto found = find(key)) return *found;
    const double lower = all_.cells.cells()[of].value < 0 ? -kUnbounded : 0;
    const CellId id = all_.add(
        {.lower = lower},
        {.role = CellRole::kAtom, .edition = number_, .table = all_.about[of].table, .key = key});
    edition_.cell_of.emplace(key, id);
    atoms_.push_back(id);
    all_.publication.unknown.push_back(id);
    return id;
  }

  ReleaseCells& all_;
  ReleaseEdition& edition_;
  const Release& release_;
  std::size_t number_;
  std::vector<CellId> rows_;      // of one measure
  std::vector<KeyGroup> groups_;  // that hold for it
  std::vector<CellId> atoms_;
  std::set<std::uint32_t> columns_;
  std::set<std::pair<CellId, std::uint32_t>> whole_;  // totals that stand with all their parts
  std::map<std::uint32_t, Codes> leaves_;
  std::map<std::uint32_t, Codes> containers_;  // of leaves: the codes that hold them
};

}  // namespace

void relate_regions(ReleaseCells& all, const std::vector<Release>& editions, std::size_t edition) {
  std::map<std::uint32_t, std::vector<CellId>> rows;  // of each measure, in order
  for (const auto& [key, id] : all.editions[edition].cell_of) rows[key[0]].push_back(id);
  for (auto& [measure, cells] : rows) {
    std::ranges::sort(cells);
    RegionRelations(all, editions, edition, std::move(cells)).run();
  }
}

}  // namespace zicht::stats::internal
