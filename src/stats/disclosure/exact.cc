#include "stats/disclosure/exact.h"

#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "stats/internal/attacks.h"
#include "stats/internal/suppression_master.h"

namespace zicht::stats {
namespace {

using internal::Attack;
using internal::AttackProgramme;
using internal::Cut;
using internal::SuppressionMaster;
using internal::Witness;

constexpr double kViolated = 1e-4;  // of a cut, against 1
constexpr double kSameCost = 1e-9;  // relative
constexpr int kStalled = 8;         // rounds in which the bound rises by less than
constexpr double kProgress = 2e-4;  // of itself

using Open = std::vector<double>;

class Search {
 public:
  Search(LinkedCells& cells, std::span<const Singleton> singletons, const ExactLimits& limits)
      : cells_(cells),
        limits_(limits),
        programme_(cells),
        master_(cells),
        attacks_(internal::attacks_on(cells, singletons)),
        relations_of_(cells.cells().size()),
        kept_with_(cells.cells().size()),
        most_(cells.cells().size(), 0),
        least_(cells.cells().size(), 0) {
    for (std::size_t r = 0; r < cells.relations().size(); ++r) {
      for (const auto& term : cells.relations()[r]) relations_of_[term.cell].push_back(r);
    }
    for (CellId id = 0; id < most_.size(); ++id) {
      const CellStatus status = cells.cells()[id].status;
      const bool is_free = status == CellStatus::kPublished;
      if (is_free) free_.push_back(id);
      least_[id] = is_free || status == CellStatus::kForced ? 0 : 1;
      most_[id] = status == CellStatus::kForced ? 0 : 1;
      is_whole_ = is_whole_ &&
                  (!is_free || std::floor(cells.cells()[id].weight) == cells.cells()[id].weight);
    }
  }

  OptimalSuppression run() {
    keep_what_matters();
    best_ = least_;
    if (!attacks_.empty()) {
      seed();
      best_ = most_;
      best_cost_ = cost_of(most_);
      try_pattern(least_, weights());
      relax();
      improve();
      branch();
    }
    return finish();
  }

 private:
  // Attacks that no pattern meets are told; those that every pattern meets need no work.
  void keep_what_matters() {
    std::vector<Attack> kept;
    for (std::size_t i = 0; i < attacks_.size(); ++i) {
      const Attack& attack = attacks_[i];
      if (programme_.ask({attack, i, least_}).witness) continue;
      if (programme_.ask({attack, i, most_}).witness) {
        kept.push_back(attack);
      } else if (attack.known.empty()) {
        narrow_.push_back(attack.cell);
      }
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Attack& a, const Attack& b) {
      return a.known.size() != b.known.size() ? a.known.size() < b.known.size() : a.need > b.need;
    });
    attacks_ = std::move(kept);
    witnesses_.resize(attacks_.size());
    narrow_.erase(std::unique(narrow_.begin(), narrow_.end()), narrow_.end());
  }

  void seed() {
    for (const Attack& attack : attacks_) {
      if (!attack.known.empty()) continue;
      for (const std::size_t relation : relations_of_[attack.cell]) {
        if (const auto cut = programme_.cut_of_relation(attack, relation)) add(*cut, least_);
      }
    }
  }

  void add_to_master(const Cut& cut) {
    master_.add(cut);
    keep(cut);
  }

  // For patterns: what cannot be, without a programme.
  void keep(const Cut& cut) {
    for (const Term& term : cut.terms) kept_with_[term.cell].push_back(kept_.size());
    kept_.push_back(cut);
  }

  // The cut, and where it asks for several cells, so many.
  bool add(const Cut& cut, const Open& open) {
    bool is_new = false;
    if (cut.missing(open) > kViolated) {
      add_to_master(cut);
      is_new = true;
    }
    std::vector<double> factors;
    for (const Term& term : cut.terms) factors.push_back(term.factor);
    std::sort(factors.rbegin(), factors.rend());
    double sum = 0;
    std::size_t count = 0;
    while (count < factors.size() && sum < cut.right - 1e-9) sum += factors[count++];
    if (count < 2 && (factors.empty() || factors.front() >= cut.right - 1e-9)) return is_new;
    Cut cover{cut.terms, static_cast<double>(count)};
    for (Term& term : cover.terms) term.factor = 1;
    if (cover.missing(open) <= kViolated) return is_new;
    add_to_master(cover);
    return true;
  }

  // Cuts that this solution violates: those of attackers, and cells alone in a relation.
  std::size_t separate(const Open& open, bool is_whole) {
    std::size_t added = add_kept(open);
    if (added > 0) return added + separate_bridges(open);
    std::vector<bool> is_done(attacks_.size(), false);
    for (std::size_t i = 0; i < attacks_.size(); ++i) {
      if (is_done[i]) continue;
      if (!attacks_[i].known.empty() && added > 0) break;
      AttackProgramme::Answer answer = programme_.ask({attacks_[i], i, open, true});
      if (!answer.witness && is_whole) {
        answer = programme_.ask({attacks_[i], i, open});
      }
      if (answer.witness) {
        for (std::size_t j = i + 1; j < attacks_.size(); ++j) {
          is_done[j] = is_done[j] || answer.witness->serves(attacks_[j], attacks_[i].need);
        }
        continue;
      }
      if (answer.cut && add(*answer.cut, open)) {
        ++added;
      } else if (is_whole) {
        add_to_master(another_cell(open));
        ++added;
      }
    }
    return added + separate_bridges(open);
  }

  // Those that patterns came upon.
  std::size_t add_kept(const Open& open) {
    std::size_t added = 0;
    for (const Cut& cut : kept_) {
      if (cut.missing(open) <= kViolated) continue;
      master_.add(cut);
      ++added;
    }
    return added;
  }

  // What is too little to protect stays too little without another cell.
  [[nodiscard]] Cut another_cell(const Open& open) const {
    Cut cut;
    for (const CellId id : free_) {
      if (open[id] < 0.5) cut.terms.push_back({id, 1});
    }
    return cut;
  }

  std::size_t separate_bridges(const Open& open) {
    std::size_t added = 0;
    for (const Relation& relation : cells_.relations()) {
      double sum = 0;
      CellId most = relation.empty() ? 0 : relation.front().cell;
      for (const Term& term : relation) {
        sum += open[term.cell];
        if (open[term.cell] > open[most]) most = term.cell;
      }
      if (relation.empty() || least_[most] == 1 || 2 * open[most] <= sum + 1e-3) continue;
      Cut cut{{}, 0};
      for (const Term& term : relation) {
        if (most_[term.cell] > 0) cut.terms.push_back({term.cell, term.cell == most ? -1.0 : 1.0});
      }
      master_.add(cut);
      ++added;
    }
    return added;
  }

  void relax() {
    int stalled = 0;
    for (; rounds_ < limits_.rounds && stalled < kStalled && !is_over(); ++rounds_) {
      const auto solution = master_.relax();
      if (!solution) return;
      const bool is_better = solution->bound > lower_ * (1 + kProgress);
      stalled = is_better ? 0 : stalled + 1;
      raise(solution->bound);
      open_ = solution->open;
      const std::size_t added = separate(open_, false);
      if (rounds_ % 8 == 7 || added == 0) try_pattern(rounded(open_), prices(open_));
      if (added == 0) return;
    }
  }

  void branch() {
    int nodes = limits_.nodes;
    for (; rounds_ < limits_.rounds && nodes > 0 && !is_over(); ++rounds_) {
      const double cutoff = best_cost_ * (1 - kSameCost) - (is_whole_ ? 0.5 : 0);
      const auto whole = master_.solve(nodes, cutoff);
      nodes -= std::max(whole.nodes, 1);
      raise(whole.bound);
      if (!whole.open) return;
      if (separate(*whole.open, true) == 0) {
        take(*whole.open);
        continue;
      }
      try_pattern(*whole.open, prices(*whole.open));
    }
  }

  // Other patterns near the best: some of its cells out, prices a little changed.
  void improve() {
    SeededRng rng(1);
    for (int i = 0; i < limits_.improvements && !is_over(); ++i) {
      Open start = best_;
      auto price = prices(open_.empty() ? least_ : open_);
      for (const CellId id : free_) {
        if (start[id] > 0 && rng.below(8) == 0) start[id] = 0;
        price[id] *= 0.7 + 0.6 * static_cast<double>(rng.below(1'000)) / 1'000;
      }
      try_pattern(start, price);
    }
  }

  [[nodiscard]] Open weights() const {
    Open price;
    for (const Cell& cell : cells_.cells()) price.push_back(cell.weight);
    return price;
  }
  // Cells that the relaxation would suppress are cheap.
  [[nodiscard]] Open prices(const Open& open) const {
    Open price = weights();
    for (CellId id = 0; id < price.size(); ++id) price[id] *= 1.05 - open[id];
    return price;
  }
  [[nodiscard]] static Open rounded(const Open& open) {
    Open pattern;
    for (const double share : open) pattern.push_back(share > 0.3 ? 1 : 0);
    return pattern;
  }

  // Completes a pattern by what attackers' cuts ask, at these prices, and takes out what is not
  // needed.
  void try_pattern(Open pattern, const Open& price) {
    if (!complete(pattern, price)) return;
    reduce(pattern, price);
    take(pattern);
  }

  bool complete(Open& pattern, const Open& price) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      while (kept_[i].missing(pattern) > kViolated) {
        if (!extend(kept_[i], pattern, price)) return false;
      }
    }
    for (std::size_t i = 0; i < attacks_.size(); ++i) {
      if (holds(i, pattern)) continue;
      for (;;) {
        if (is_stopped()) return false;
        const AttackProgramme::Question question{attacks_[i], i, pattern};
        auto answer = programme_.ask(question);
        if (answer.witness) {
          witnesses_[i] = std::move(*answer.witness);
          break;
        }
        const Cut cut = cut_for(answer, pattern);
        keep(cut);
        if (!extend(cut, pattern, price)) return false;
      }
      for (std::size_t j = 0; j < attacks_.size(); ++j) {
        if (j != i && witnesses_[i].serves(attacks_[j], attacks_[i].need) && !holds(j, pattern)) {
          adopt(j, i);
        }
      }
    }
    return true;
  }

  [[nodiscard]] Cut cut_for(const AttackProgramme::Answer& answer, const Open& pattern) const {
    const bool is_new = answer.cut && answer.cut->missing(pattern) > kViolated;
    return is_new ? *answer.cut : another_cell(pattern);
  }

  // The witness of another attack, in units of this one.
  void adopt(std::size_t to, std::size_t from) {
    witnesses_[to] = witnesses_[from];
    for (auto& change : witnesses_[to].changes) {
      for (Term& part : change) part.factor *= attacks_[from].need / attacks_[to].need;
    }
  }

  // One cell more: the cheapest for what it gives.
  [[nodiscard]] bool extend(const Cut& cut, Open& pattern, const Open& price) const {
    const Term* best = nullptr;
    for (const Term& term : cut.terms) {
      if (pattern[term.cell] > 0) continue;
      if (best == nullptr || price[term.cell] * best->factor < price[best->cell] * term.factor) {
        best = &term;
      }
    }
    if (best == nullptr) return false;
    pattern[best->cell] = 1;
    return true;
  }

  // Is the table that was found for it still possible?
  [[nodiscard]] bool holds(std::size_t attack, const Open& pattern) const {
    const auto& changes = witnesses_[attack].changes;
    if (changes.empty()) return false;
    for (const auto& change : changes) {
      for (const Term& part : change) {
        if (pattern[part.cell] == 0) return false;
      }
    }
    return true;
  }

  void reduce(Open& pattern, const Open& price) {
    std::vector<CellId> order;
    for (const CellId id : free_) {
      if (pattern[id] > 0) order.push_back(id);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](CellId a, CellId b) { return price[a] > price[b]; });
    for (const CellId id : order) {
      if (is_stopped()) return;
      pattern[id] = 0;
      if (!can_publish(id, pattern)) pattern[id] = 1;
    }
  }

  bool can_publish(CellId id, const Open& pattern) {
    for (const std::size_t cut : kept_with_[id]) {
      if (kept_[cut].missing(pattern) > kViolated) return false;
    }
    std::vector<std::pair<std::size_t, Witness>> changed;
    for (std::size_t i = 0; i < attacks_.size(); ++i) {
      if (!witnesses_[i].uses(id)) continue;
      auto answer = programme_.ask({attacks_[i], i, pattern});
      if (!answer.witness) {
        keep(cut_for(answer, pattern));
        return false;
      }
      changed.emplace_back(i, std::move(*answer.witness));
    }
    for (auto& [i, witness] : changed) witnesses_[i] = std::move(witness);
    return true;
  }

  void take(const Open& pattern) {
    const double cost = cost_of(pattern);
    if (cost >= best_cost_ * (1 - kSameCost)) return;
    best_ = pattern;
    best_cost_ = cost;
  }

  [[nodiscard]] double cost_of(const Open& pattern) const {
    double cost = 0;
    for (const CellId id : free_) cost += pattern[id] > 0 ? cells_.cells()[id].weight : 0;
    return cost;
  }

  void raise(double bound) {
    const double whole = is_whole_ ? std::ceil(bound - 1e-6) : bound * (1 - kSameCost);
    lower_ = std::min(std::max(lower_, whole), best_cost_);
  }
  [[nodiscard]] bool is_stopped() const { return limits_.stop && limits_.stop(); }
  [[nodiscard]] bool is_over() const {
    return best_cost_ <= lower_ * (1 + limits_.gap) + best_cost_ * 2 * kSameCost || is_stopped();
  }

  OptimalSuppression finish() {
    OptimalSuppression result;
    for (const CellId id : free_) {
      if (best_[id] == 0) continue;
      cells_.cells()[id].status = CellStatus::kSecondary;
      ++result.secondary;
    }
    result.cost = attacks_.empty() ? 0 : best_cost_;
    result.lower_bound = std::min(lower_ + result.cost * 2 * kSameCost, result.cost);
    result.rounds = static_cast<std::size_t>(rounds_);
    result.cuts = master_.cuts();
    result.programmes = programme_.solved();
    result.narrow = std::move(narrow_);
    return result;
  }

  LinkedCells& cells_;
  const ExactLimits& limits_;
  AttackProgramme programme_;
  SuppressionMaster master_;
  std::vector<Attack> attacks_;
  std::vector<Witness> witnesses_{};  // of the pattern at hand
  std::vector<std::vector<std::size_t>> relations_of_;
  std::vector<Cut> kept_{};
  std::vector<std::vector<std::size_t>> kept_with_;  // of each cell
  std::vector<CellId> free_{};
  Open most_;   // everything that may be suppressed
  Open least_;  // what is suppressed already
  Open open_{};
  Open best_{};
  std::vector<CellId> narrow_{};
  double best_cost_ = 0;
  double lower_ = 0;
  bool is_whole_ = true;  // weights are whole numbers
  int rounds_ = 0;
};

}  // namespace

OptimalSuppression suppress_optimally(LinkedCells& cells, std::span<const Singleton> singletons,
                                      const ExactLimits& limits) {
  return Search(cells, singletons, limits).run();
}

}  // namespace zicht::stats
