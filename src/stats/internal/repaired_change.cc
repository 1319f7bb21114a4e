#include "stats/internal/repaired_change.h"

#include <algorithm>
#include <cmath>

namespace zicht::stats::internal {
namespace {

constexpr std::size_t kMostSteps = 1'500;  // of a search
constexpr std::size_t kMostCells = 40;     // of a change
constexpr std::size_t kMostRepairs = 32;   // tried of one relation
constexpr double kNothing = 1e-9;

// Small ones go where there is no room for the whole: persons one by one, amounts by quarters.
double parts_of(double size) {
  constexpr double kMost = 4;
  return size == std::round(size) ? std::min(size, kMost) : kMost;
}

std::uint64_t pair_of(std::uint32_t one, std::uint32_t other) {
  return (std::uint64_t{std::min(one, other)} << 32U) | std::max(one, other);
}

}  // namespace

RepairedChanges::RepairedChanges(const LinkedCells& cells, const Surroundings& near)
    : cells_(cells),
      near_(near),
      off_(cells.relations().size(), 0),
      is_changed_(cells.cells().size(), false),
      by_(cells.cells().size(), 0) {
  for (CellId cell = 0; cell < cells.cells().size(); ++cell) {
    const auto& parts = near.parts_of(cell);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        shared_.emplace(pair_of(parts[i].relation, parts[j].relation), cell);
      }
    }
  }
}

std::optional<Change> RepairedChanges::find(const Wish& wish) {
  if (room(cells_.cells()[wish.cell], wish.by) < std::abs(wish.by)) return std::nullopt;
  const double parts = parts_of(std::abs(wish.by));
  bool is_found = true;
  for (double part = 0; part < parts && is_found; ++part) {
    best_.reset();
    least_ = kUnbounded;
    steps_ = 0;
    try_repair({wish.cell, wish.by / parts, 0});
    is_found = best_.has_value();
    if (is_found) move(*best_);
  }
  Change found;
  for (const CellId cell : moved_) {
    if (std::abs(by_[cell]) > kNothing) found.push_back({cell, by_[cell]});
    by_[cell] = 0;
  }
  moved_.clear();
  if (!is_found) return std::nullopt;
  return found;
}

void RepairedChanges::move(const Change& change) {
  for (const Term& part : change) {
    if (by_[part.cell] == 0) moved_.push_back(part.cell);
    by_[part.cell] += part.factor;
  }
}

void RepairedChanges::try_repair(const Repair& repair) {
  const std::vector<std::uint32_t> open = open_;
  ++steps_;
  change_.push_back({repair.cell, repair.by});
  cost_ += repair.cost;
  apply(repair.cell, repair.by, 1);
  search();
  apply(repair.cell, repair.by, -1);
  cost_ -= repair.cost;
  change_.pop_back();
  open_ = open;
}

void RepairedChanges::apply(CellId cell, double by, double sign) {
  is_changed_[cell] = sign > 0;
  for (const auto& [relation, factor] : near_.parts_of(cell)) {
    if (sign > 0 && holds(relation)) open_.push_back(relation);
    off_[relation] += sign * factor * by;
    if (holds(relation)) off_[relation] = 0;
  }
  std::erase_if(open_, [this](std::uint32_t relation) { return holds(relation); });
}

void RepairedChanges::search() {
  if (open_.empty()) {
    best_ = change_;
    least_ = cost_;
    return;
  }
  if (change_.size() >= kMostCells) return;
  if (const auto both = corner()) {
    if (is_possible(*both)) try_repair(*both);
    return;
  }
  for (const Repair& repair : repairs_of(open_.front())) {
    if (steps_ >= kMostSteps || least_ <= 0) return;
    if (cost_ + repair.cost < least_) try_repair(repair);
  }
}

std::optional<RepairedChanges::Repair> RepairedChanges::corner() const {
  for (std::size_t i = open_.size(); i-- > 0;) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto found = shared_.find(pair_of(open_[i], open_[j]));
      if (found == shared_.end() || is_changed_[found->second]) continue;
      double by[2] = {0, 0};
      for (const auto& [relation, factor] : near_.parts_of(found->second)) {
        if (relation == open_[i]) by[0] = -off_[relation] / factor;
        if (relation == open_[j]) by[1] = -off_[relation] / factor;
      }
      if (std::abs(by[0] - by[1]) > kNothing) continue;
      return Repair{found->second, by[0], cost_of(found->second)};
    }
  }
  return std::nullopt;
}

// The cheapest, and of those with as much room as there is.
std::vector<RepairedChanges::Repair> RepairedChanges::repairs_of(std::uint32_t relation) const {
  std::vector<Repair> repairs;
  for (const Term& term : cells_.relations()[relation]) {
    const Repair one{term.cell, -off_[relation] / term.factor, cost_of(term.cell)};
    if (is_possible(one)) repairs.push_back(one);
  }
  const auto key = [this](const Repair& one) { return std::pair(one.cost, -room_for(one)); };
  std::stable_sort(repairs.begin(), repairs.end(),
                   [&](const Repair& a, const Repair& b) { return key(a) < key(b); });
  if (repairs.size() > kMostRepairs) repairs.resize(kMostRepairs);
  return repairs;
}

double RepairedChanges::room_for(const Repair& repair) const {
  const double used = repair.by > 0 ? by_[repair.cell] : -by_[repair.cell];
  return room(cells_.cells()[repair.cell], repair.by) - used;
}

bool RepairedChanges::is_possible(const Repair& repair) const {
  const Cell& cell = cells_.cells()[repair.cell];
  return !is_changed_[repair.cell] && cell.status != CellStatus::kForced &&
         room_for(repair) >= std::abs(repair.by) && cost_ + repair.cost < least_;
}

bool RepairedChanges::holds(std::uint32_t relation) const {
  return std::abs(off_[relation]) < kNothing;
}

double RepairedChanges::cost_of(CellId cell) const {
  const Cell& it = cells_.cells()[cell];
  return is_suppressed(it) || by_[cell] != 0 ? 0 : it.weight;
}

}  // namespace zicht::stats::internal
