#include "stats/disclosure/audit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "stats/internal/audit_team.h"

namespace zicht::stats {
namespace {

using internal::AuditBlock;
using internal::AuditRange;
using internal::AuditRow;
using internal::AuditTeam;
using internal::Columns;

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
constexpr std::size_t kSumsOfOneRow = 20;  // reported
constexpr std::size_t kHalves = 24;        // of contributors, at most

double slack(double value) { return 1e-6 * std::max(1.0, std::abs(value)); }

// Looked for where another value is all that is asked.
double step(double value) { return std::max(1.0, 1e-3 * std::abs(value)); }

// Sets of 2, and of 3 where asked, of numbers that add up to nothing but for rounding.
class NoSums {
 public:
  NoSums(std::vector<std::pair<double, CellId>> numbers, std::size_t most)
      : numbers_(std::move(numbers)), most_(most) {
    std::ranges::sort(numbers_);
    for (const auto& [number, cell] : numbers_) size_ = std::max(size_, std::abs(number));
  }

  // Calls `visit` with the cells of each, until it says that it has seen enough.
  template <typename Visit>
  void each(const Visit& visit) const {
    if (pairs(0, 0, {}, visit) || most_ < 3) return;
    for (std::size_t at = 0; at + 2 < numbers_.size(); ++at) {
      if (pairs(at + 1, numbers_[at].first, {numbers_[at].second}, visit)) return;
    }
  }

 private:
  // Two that add up to -`with`: the place of the second goes down as that of the first goes up.
  template <typename Visit>
  bool pairs(std::size_t from, double with, const std::vector<CellId>& cells,
             const Visit& visit) const {
    const double spare = 1e-5 * std::max(1.0, size_);
    std::size_t end = numbers_.size();
    for (std::size_t at = from; at < numbers_.size(); ++at) {
      const double most = -with - numbers_[at].first + spare;
      while (end > from && numbers_[end - 1].first > most) --end;
      for (std::size_t other = end; other > at + 1; --other) {
        if (numbers_[other - 1].first < most - 2 * spare) break;
        std::vector<CellId> sum = cells;
        sum.push_back(numbers_[at].second);
        sum.push_back(numbers_[other - 1].second);
        if (visit(std::move(sum))) return true;
      }
    }
    return false;
  }

  std::vector<std::pair<double, CellId>> numbers_;
  std::size_t most_;
  double size_ = 0;
};

class Auditor {
 public:
  Auditor(const LinkedCells& cells, const Publication& what, Executor& executor)
      : all_(cells), what_(what), executor_(executor) {}

  AuditResult run() {
    if (!sound()) {
      report({});
      return result_;
    }
    mark();
    if (!shown_add_up()) report({});
    gather();
    place_knowers();
    unknown_.resize(members_.size());
    for (const CellId id : what_.unknown) {
      if (!shown(id)) unknown_[number_[id]].push_back(id);
    }
    for (std::size_t number = 0; number < members_.size(); ++number) examine(number);
    return std::move(result_);
  }

 private:
  const Cell& cell(CellId id) const { return all_.cells()[id]; }
  bool shown(CellId id) const { return what_.shown[id]; }
  void report(Breach breach) { result_.breaches.push_back(std::move(breach)); }

  // Everything that is named is there, and every hidden value lies in its bounds.
  bool sound() const {
    const std::size_t size = all_.cells().size();
    const auto there = [size](CellId id) { return id < size; };
    if (what_.shown.size() != size || !std::ranges::all_of(what_.protect, there) ||
        !std::ranges::all_of(what_.unknown, there) ||
        !std::ranges::all_of(what_.singletons, [&](const auto& own) {
          return !own.empty() && std::ranges::all_of(own, there);
        })) {
      return false;
    }
    for (const Relation& relation : all_.relations()) {
      for (const Term& term : relation) {
        if (!there(term.cell) || !std::isfinite(term.factor)) return false;
      }
    }
    return std::ranges::all_of(all_.cells(), [](const Cell& one) {
      return std::isfinite(one.value) && one.lower <= one.value && one.value <= one.upper &&
             one.protect_below >= 0 && one.protect_above >= 0 && one.protect_width >= 0;
    });
  }

  void mark() {
    protected_.assign(all_.cells().size(), false);
    for (const CellId id : what_.protect) {
      if (!protected_[id] && shown(id)) {
        report({.kind = BreachKind::kShown,
                .cells = {id},
                .lower = cell(id).value,
                .upper = cell(id).value});
      }
      protected_[id] = true;
    }
  }

  bool shown_add_up() const {
    for (const Relation& relation : all_.relations()) {
      double sum = 0;
      double size = 0;
      bool whole = true;
      for (const Term& term : relation) {
        whole = whole && shown(term.cell);
        sum += term.factor * cell(term.cell).value;
        size += std::abs(term.factor * cell(term.cell).value);
      }
      if (whole && std::abs(sum) > slack(size)) return false;
    }
    return true;
  }

  // Walks from cell to relation to cell.
  void gather() {
    const auto& relations = all_.relations();
    std::vector<std::vector<std::size_t>> uses(all_.cells().size());
    for (std::size_t at = 0; at < relations.size(); ++at) {
      for (const Term& term : relations[at]) {
        if (!shown(term.cell)) uses[term.cell].push_back(at);
      }
    }
    place_.assign(all_.cells().size(), kNowhere);
    number_.assign(all_.cells().size(), kNowhere);
    std::vector<bool> walked(relations.size());
    for (CellId start = 0; start < all_.cells().size(); ++start) {
      if (shown(start) || place_[start] != kNowhere) continue;
      members_.emplace_back();
      relations_.emplace_back();
      visit(start);
      for (std::size_t next = 0; next < members_.back().size(); ++next) {
        for (const std::size_t use : uses[members_.back()[next]]) {
          if (walked[use]) continue;
          walked[use] = true;
          relations_.back().push_back(use);
          for (const Term& term : relations[use]) {
            if (!shown(term.cell)) visit(term.cell);
          }
        }
      }
    }
  }

  // Each in every block where he knows a cell.
  void place_knowers() {
    knowers_.resize(members_.size());
    for (std::size_t at = 0; at < what_.singletons.size(); ++at) {
      std::set<std::size_t> blocks;
      for (const CellId id : what_.singletons[at]) {
        if (!shown(id)) blocks.insert(number_[id]);
      }
      for (const std::size_t number : blocks) knowers_[number].push_back(at);
    }
  }

  void visit(CellId id) {
    if (place_[id] != kNowhere) return;
    place_[id] = members_.back().size();
    number_[id] = members_.size() - 1;
    members_.back().push_back(id);
  }

  std::vector<AuditRow> rows_of(std::size_t number) const {
    std::vector<AuditRow> rows;
    for (const std::size_t use : relations_[number]) {
      AuditRow row;
      for (const Term& term : all_.relations()[use]) {
        if (shown(term.cell)) {
          row.known -= term.factor * cell(term.cell).value;
          continue;
        }
        const int column = static_cast<int>(place_[term.cell]);
        const auto same = std::ranges::find(row.columns, column);
        if (same != row.columns.end()) {
          row.factors[static_cast<std::size_t>(same - row.columns.begin())] += term.factor;
        } else {
          row.columns.push_back(column);
          row.factors.push_back(term.factor);
        }
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  void examine(std::size_t number) {
    std::vector<CellId> protect;
    std::vector<Cell> cells;
    for (const CellId id : members_[number]) {
      cells.push_back(cell(id));
      if (protected_[id]) protect.push_back(id);
    }
    const bool sums_matter = what_.sum_cells >= 2 && what_.all_sums;
    const auto& unknown = unknown_[number];
    if (protect.empty() && unknown.empty() && !sums_matter) return;
    AuditBlock block(cells, rows_of(number));
    if (!block.open()) {
      report({.cells = protect});
    } else {
      std::vector<AuditRange> wants(cells.size());
      for (const CellId id : protect) wants[place_[id]] = wanted(cell(id));
      AuditTeam team(block, executor_);
      team.open_together(wants);
      for (const CellId id : protect) interval(block, id);
      for (const CellId id : unknown) {
        exact(block, {.kind = BreachKind::kInterval, .cells = {id}}, {});
      }
      sums(block, number);
      singletons(team, number, protect);
      result_.programs += team.programs();
    }
  }

  bool enough(const Cell& one, const AuditRange& range) const {
    const double spare = slack(one.value);
    const double width = range.upper - range.lower;
    return width > spare && width >= one.protect_width - spare &&
           range.lower <= one.value - one.protect_below + spare &&
           range.upper >= one.value + one.protect_above - spare;
  }

  // A range that is enough.
  static AuditRange wanted(const Cell& one) {
    const double above = std::max(one.protect_above, one.protect_width - one.protect_below);
    const double any = above > 0 || one.protect_below > 0 ? 0 : step(one.value);
    return {one.value - one.protect_below - any, one.value + above + any};
  }

  void interval(AuditBlock& block, CellId id) {
    const auto is_enough = [&](const AuditRange& range) { return enough(cell(id), range); };
    const auto range = block.range({place_[id]}, {}, wanted(cell(id)), is_enough);
    if (!range) {
      report({.cells = {id}});
    } else if (!is_enough(*range)) {
      report({.kind = BreachKind::kInterval,
              .cells = {id},
              .lower = range->lower,
              .upper = range->upper});
    }
  }

  // What moves in no point seen is a matter of its own, and adds nothing to a sum.
  void sums(AuditBlock& block, std::size_t number) {
    if (what_.sum_cells < 2) return;
    const std::vector<double> prints = block.fingerprints();
    std::set<std::vector<CellId>> told;
    for (const std::size_t use : relations_[number]) {
      std::vector<std::pair<double, CellId>> hidden;
      for (const Term& term : all_.relations()[use]) {
        const CellId id = term.cell;
        if (shown(id) || !(protected_[id] || what_.all_sums)) continue;
        const AuditRange range = block.seen({place_[id]}, {});
        if (range.upper - range.lower > slack(cell(id).value)) {
          hidden.emplace_back(prints[place_[id]], id);
        }
      }
      std::size_t found = 0;
      NoSums(std::move(hidden), what_.sum_cells).each([&](std::vector<CellId> sum) {
        std::ranges::sort(sum);
        if (what_.matters && !what_.matters(sum)) return false;
        if (told.contains(sum)) return false;
        if (exact(block, {.kind = BreachKind::kSum, .cells = sum}, {})) ++found;
        told.insert(std::move(sum));
        return found >= kSumsOfOneRow;
      });
    }
  }

  // A contributor, and what he was not seen to be unsure of.
  struct Knower {
    std::size_t number = 0;  // in singletons
    Columns own{};           // what he knows in the block, sorted
    Columns asked{};
  };

  // Many cells at once, first for each contributor, then for half of those who are left; then one
  // by one.
  void singletons(AuditTeam& team, std::size_t number, const std::vector<CellId>& protect) {
    std::vector<Knower> knowers;
    for (const std::size_t knower : knowers_[number]) knowers.push_back(knower_of(knower, number));
    if (knowers.empty()) return;
    team.lead().prepare_mixes();
    team.gather();
    team.each(knowers.size(), [&](AuditBlock& block, std::size_t at) {
      knowers[at].asked = block.not_moved(all_but(knowers[at].own, protect), knowers[at].own);
    });
    drop_answered(knowers);
    for (std::size_t time = 0; time < kHalves && !knowers.empty(); ++time) {
      halve(team, knowers, time);
    }
    for (const Knower& one : knowers) {
      for (const std::size_t column : one.asked) {
        exact(team.lead(),
              {.kind = BreachKind::kSingleton,
               .cells = {members_[number][column]},
               .knower = what_.singletons[one.number].front()},
              one.own);
      }
    }
  }

  Knower knower_of(std::size_t knower, std::size_t number) const {
    Knower one{.number = knower};
    for (const CellId id : what_.singletons[knower]) {
      if (!shown(id) && number_[id] == number) one.own.push_back(place_[id]);
    }
    std::ranges::sort(one.own);
    return one;
  }

  static void drop_answered(std::vector<Knower>& knowers) {
    std::erase_if(knowers, [](const Knower& one) { return one.asked.empty(); });
  }

  // Of those who are left a half, and the other half beside it.
  void halve(AuditTeam& team, std::vector<Knower>& knowers, std::size_t time) const {
    const auto half_of = [time](std::size_t at) {
      return (at * 2'654'435'761U >> (time + 8)) % 2;
    };
    std::array<std::vector<Knower*>, 2> halves;
    for (std::size_t at = 0; at < knowers.size(); ++at) halves[half_of(at)].push_back(&knowers[at]);
    team.each(2, [&](AuditBlock& block, std::size_t half) { ask_half(block, halves[half]); });
    drop_answered(knowers);
  }

  // What they know stays, while what they ask about is moved.
  static void ask_half(AuditBlock& block, const std::vector<Knower*>& half) {
    Columns fixed;
    Columns columns;
    for (const Knower* const one : half) {
      fixed.insert(fixed.end(), one->own.begin(), one->own.end());
      columns.insert(columns.end(), one->asked.begin(), one->asked.end());
    }
    if (columns.empty()) return;
    make_set(fixed);
    make_set(columns);
    std::erase_if(columns, [&](std::size_t at) { return std::ranges::binary_search(fixed, at); });
    const std::vector<bool> moved = block.moved_beside(columns, fixed);
    for (Knower* const one : half) {
      std::erase_if(one->asked, [&](std::size_t column) { return moved[column]; });
    }
  }

  static void make_set(Columns& columns) {
    std::ranges::sort(columns);
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  }

  Columns all_but(const Columns& own, const std::vector<CellId>& protect) const {
    Columns columns;
    for (const CellId id : protect) {
      if (!std::ranges::binary_search(own, place_[id])) columns.push_back(place_[id]);
    }
    return columns;
  }

  // Reports the breach where the sum of its cells is one point.
  bool exact(AuditBlock& block, Breach breach, const Columns& fixed) {
    Columns sum;
    double value = 0;
    for (const CellId id : breach.cells) {
      sum.push_back(place_[id]);
      value += cell(id).value;
    }
    const auto is_open = [value](const AuditRange& range) {
      return range.upper - range.lower > slack(value);
    };
    const double least = step(value);
    const auto range = block.range(sum, fixed, {value - least, value + least}, is_open);
    if (range && is_open(*range)) return false;
    if (range) {
      breach.lower = range->lower;
      breach.upper = range->upper;
    } else {
      breach.kind = BreachKind::kUndecided;
    }
    report(std::move(breach));
    return true;
  }

  const LinkedCells& all_;
  const Publication& what_;
  Executor& executor_;
  AuditResult result_;
  std::vector<bool> protected_;
  std::vector<std::size_t> place_;                   // of a hidden cell in its block
  std::vector<std::size_t> number_;                  // of that block
  std::vector<std::vector<CellId>> members_;         // of each block
  std::vector<std::vector<std::size_t>> relations_;  // of each block
  std::vector<std::vector<CellId>> unknown_;         // of each block
  std::vector<std::vector<std::size_t>> knowers_;    // of each block: places in singletons
};

}  // namespace

AuditResult audit(const LinkedCells& cells, const Publication& publication, Executor& executor) {
  return Auditor(cells, publication, executor).run();
}

}  // namespace zicht::stats
