// What one edition of a release says of another.
#include <algorithm>
#include <map>
#include <numeric>

#include "stats/internal/release_cells.h"

namespace zicht::stats::internal {
namespace {

class EditionRelations {
 public:
  EditionRelations(ReleaseCells& all, const std::vector<Release>& editions, bool is_cautious)
      : all_(all), editions_(editions), is_cautious_(is_cautious) {}

  void run() {
    for (std::size_t now = 1; now < all_.editions.size(); ++now) {
      for (std::size_t before = 0; before < now; ++before) relate(now, before);
    }
    join_persons();
  }

 private:
  const TableSpec& spec(CellId id) const {
    return editions_[all_.about[id].edition].tables[all_.about[id].table].spec;
  }

  // In the order of rows, so that equal input gives equal findings.
  void relate(std::size_t now, std::size_t before) {
    std::vector<std::pair<CellId, CellId>> pairs;
    std::map<std::uint32_t, bool> only_grows;  // of each measure
    const bool is_same_day = on_one_day(now, before);
    for (const auto& [key, later] : all_.editions[now].cell_of) {
      const auto found = all_.editions[before].cell_of.find(key);
      if (found == all_.editions[before].cell_of.end()) continue;
      const CellId earlier = found->second;
      if (spec(later).is_not_judged() || spec(earlier).is_not_judged()) continue;
      if (!is_same_day && spec(later).definition != spec(earlier).definition) continue;
      pairs.emplace_back(later, earlier);
      bool& grows = only_grows.emplace(key[0], spec(later).is_count()).first->second;
      grows = grows && may_grow(later, earlier);
    }
    std::ranges::sort(pairs);
    for (const auto& [later, earlier] : pairs) {
      if (spec(later).editions == EditionKind::kSeparate && !is_same_day) {
        relate_moments(later, earlier);
      } else {
        relate_totals(later, earlier, only_grows[all_.about[later].key[0]], now == before + 1);
        if (is_alone(later) && is_alone(earlier)) same_person_.emplace_back(later, earlier);
      }
    }
  }

  // Editions of one day say the same of it.
  bool on_one_day(std::size_t now, std::size_t before) const {
    return !editions_[now].day.empty() && editions_[now].day == editions_[before].day;
  }

  bool is_open(CellId later, CellId earlier) const {
    return all_.about[later].is_open || all_.about[earlier].is_open;
  }

  // Of what is open nothing says that it does not.
  bool may_grow(CellId later, CellId earlier) const {
    return is_open(later, earlier) ? !is_cautious_ : change(later, earlier) >= 0;
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
    if (!is_open(later, earlier) && change(later, earlier) == 0) {
      all_.cells.relate({{later, 1}, {earlier, -1}});
    } else {
      relate_totals(later, earlier, false, true);
    }
  }

  void relate_totals(CellId later, CellId earlier, bool only_grows, bool follows) {
    const bool is_unknown = is_open(later, earlier);
    const double value = is_unknown ? 0 : change(later, earlier);
    const double people = all_.about[later].facts.frequency - all_.about[earlier].facts.frequency;
    const double minimum = std::max(minimum_of(spec(later)), minimum_of(spec(earlier)));
    const auto asked = is_unknown ? ask_open(spec(later), minimum)
                                  : judge_difference(people, value, spec(later), minimum);
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
                            .is_open = is_unknown,
                            .between = {later, earlier}};
    const CellId id = all_.add(cell, about);
    all_.cells.relate({{later, 1}, {earlier, -1}, {id, -1}});
    if (asked) all_.publication.protect.push_back(id);
  }

  bool is_alone(CellId id) const {
    return !all_.about[id].is_open && all_.about[id].facts.frequency == 1;
  }

  // Who is alone in a cell that holds what it held in an earlier edition, was so then.
  void join_persons() {
    auto& persons = all_.publication.singletons;
    std::map<CellId, std::size_t> person_of;
    for (std::size_t at = 0; at < persons.size(); ++at) {
      for (const CellId id : persons[at]) person_of.emplace(id, at);
    }
    std::vector<std::size_t> first(persons.size());
    std::iota(first.begin(), first.end(), std::size_t{0});
    const auto root = [&](std::size_t at) {
      while (first[at] != at) at = first[at];
      return at;
    };
    for (const auto& [later, earlier] : same_person_) {
      const auto one = person_of.find(later), other = person_of.find(earlier);
      if (one == person_of.end() || other == person_of.end()) continue;
      const std::size_t a = root(one->second), b = root(other->second);
      first[std::max(a, b)] = std::min(a, b);
    }
    for (std::size_t at = 0; at < persons.size(); ++at) {
      const std::size_t with = root(at);
      if (with == at) continue;
      persons[with].insert(persons[with].end(), persons[at].begin(), persons[at].end());
      persons[at].clear();
    }
    std::erase_if(persons, [](const auto& own) { return own.empty(); });
  }

  ReleaseCells& all_;
  const std::vector<Release>& editions_;
  bool is_cautious_;
  std::vector<std::pair<CellId, CellId>> same_person_;  // alone in both
};

}  // namespace

void relate_editions(ReleaseCells& all, const std::vector<Release>& editions, bool is_cautious) {
  EditionRelations(all, editions, is_cautious).run();
}

}  // namespace zicht::stats::internal
