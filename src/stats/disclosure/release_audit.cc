#include "stats/disclosure/release_audit.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/error_catalogue.h"
#include "stats/internal/release_cells.h"

namespace zicht::stats {

using internal::CellRole;
using internal::ReleaseCell;
using internal::ReleaseCells;

namespace {

std::string_view alteration_name(internal::Alteration what) {
  using enum internal::Alteration;
  switch (what) {
    case kMissing:
      return "missing";
    case kExtra:
      return "extra";
    case kTwice:
      return "twice";
    case kValue:
      return "value";
    case kHiddenValue:
      return "hidden_value";
    case kStatus:
      return "status";
    case kColumn:
      return "column";
  }
  return "";
}

// The facts of a group that takes cells together.
CellFacts joined(const std::vector<const CellFacts*>& parts) {
  CellFacts all;
  for (const CellFacts* const part : parts) {
    all.frequency += part->frequency;
    all.value += part->value;
    all.largest.insert(all.largest.end(), part->largest.begin(), part->largest.end());
  }
  std::ranges::sort(all.largest, std::greater<>());
  return all;
}

bool is_sensitive(const CellFacts& facts, const TableSpec& spec) {
  return (spec.threshold && judge_threshold(facts, *spec.threshold, spec.is_count())) ||
         (spec.dominance && judge_dominance(facts, *spec.dominance)) ||
         (spec.p_percent && judge_p_percent(facts, *spec.p_percent));
}

}  // namespace

class ReleaseAuditor {
 public:
  ReleaseAuditor(const std::vector<Release>& editions, Executor& executor, std::size_t max_cells,
                 bool is_cautious)
      : editions_(editions),
        executor_(executor),
        max_cells_(max_cells),
        is_cautious_(is_cautious) {}

  Result<ReleaseAudit> run() {
    ZICHT_CHECKED(check_order());
    ZICHT_TRY(cells, internal::gather_release_cells(editions_, max_cells_, is_cautious_));
    all_ = std::move(cells);
    internal::relate_editions(all_, editions_, is_cautious_);
    for (std::size_t e = 0; e < editions_.size(); ++e) {
      internal::relate_regions(all_, editions_, e);
      tell_altered(e);
      tell_undecided(e);
    }
    sum_up();
    ask_below_what_is_known();
    if (std::ranges::all_of(all_.cells.cells(), [](const Cell& cell) {
          return cell.lower <= cell.value && cell.value <= cell.upper;
        })) {
      ask();
    } else {
      tell({.kind = FindingKind::kUndecided});
    }
    return std::move(result_);
  }

 private:
  Result<void> check_order() {
    if (editions_.empty()) return make_error("SA-0045");
    for (std::size_t e = 0; e < editions_.size(); ++e) {
      if (editions_[e].tables.empty()) return make_error("SA-0045");
      if (e == 0 || is_older_edition(editions_[e - 1].edition, editions_[e].edition)) continue;
      return make_error("SA-0046",
                        {{"edition", editions_[e].edition}, {"before", editions_[e - 1].edition}});
    }
    return {};
  }

  void tell(Finding finding) { result_.findings_.push_back(std::move(finding)); }

  void tell_altered(std::size_t edition) {
    for (std::size_t t = 0; t < editions_[edition].tables.size(); ++t) {
      const ReleaseTable& table = editions_[edition].tables[t];
      for (const internal::AlteredRow& one : all_.editions[edition].tables[t].published.altered) {
        Finding finding{.kind = FindingKind::kAltered,
                        .detail = std::string(alteration_name(one.what))};
        FoundCell cell{.edition = editions_[edition].edition, .table = table.name};
        using enum internal::Alteration;
        if (one.what == kColumn) {
          cell.codes.emplace_back(table.published.columns()[one.column], "");
        } else {
          const bool is_foreign = one.what == kExtra || one.what == kTwice;
          add_codes(is_foreign ? table.published : table.truth, table.spec, one.row, cell);
        }
        finding.cells.push_back(std::move(cell));
        tell(std::move(finding));
      }
    }
  }

  static void add_codes(const CsvTable& csv, const TableSpec& spec, std::size_t row,
                        FoundCell& cell) {
    for (const Dimension& dimension : spec.dimensions) {
      const auto column = csv.find_column(dimension.column);
      if (column) cell.codes.emplace_back(dimension.column, csv.text(row, *column));
    }
  }

  // One way to show a cell precisely and another with noise: no programme judges that.
  void tell_undecided(std::size_t edition) {
    auto pairs = all_.editions[edition].undecided;
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    const Release& release = editions_[edition];
    for (const auto& [one, other] : pairs) {
      tell({.kind = FindingKind::kUndecided,
            .cells = {{.edition = release.edition, .table = release.tables[one].name},
                      {.edition = release.edition, .table = release.tables[other].name}}});
    }
  }

  void sum_up() {
    const Release& now = editions_.back();
    result_.title_ = now.title;
    result_.edition_ = now.edition;
    for (const ReleaseTable& table : now.tables) {
      if (table.spec.is_not_judged()) {
        result_.not_judged_.push_back(table.name);
      }
    }
    const std::size_t last = editions_.size() - 1;
    const auto is_row = [&](CellId id) {
      return all_.about[id].edition == last && all_.about[id].role == CellRole::kRow;
    };
    for (CellId id = 0; id < all_.about.size(); ++id) result_.cells_ += is_row(id) ? 1 : 0;
    auto& protect = all_.publication.protect;
    std::ranges::sort(protect);
    protect.erase(std::unique(protect.begin(), protect.end()), protect.end());
    result_.sensitive_ = static_cast<std::size_t>(std::ranges::count_if(protect, is_row));
  }

  // What everybody knows asks for no more: a cell is no less than its lower bound, a total no less
  // than those of its parts together, a part beside nothing but zeros that are shown no less than
  // the total. Once for each level, and once more.
  void ask_below_what_is_known() {
    std::vector<Cell>& cells = all_.cells.cells();
    std::vector<double> known;
    for (const Cell& cell : cells) known.push_back(cell.lower);
    for (bool is_new = true; is_new;) {
      is_new = false;
      for (const Relation& relation : all_.cells.relations()) is_new |= learn(relation, known);
    }
    for (CellId id = 0; id < cells.size(); ++id) {
      cells[id].protect_below = std::min(cells[id].protect_below, cells[id].value - known[id]);
    }
  }

  // Whether a total (factor -1) and its parts (1) tell more of one of them than is known.
  bool learn(const Relation& relation, std::vector<double>& known) const {
    const auto total = std::ranges::find(relation, -1, &Term::factor);
    const auto parts = std::ranges::count(relation, 1, &Term::factor);
    if (total == relation.end() || parts + 1 != std::ssize(relation)) return false;
    double least = 0;
    std::size_t open = 0;  // parts that are no zeros for all to see
    const Term* last = nullptr;
    for (const Term& term : relation) {
      if (term.factor == -1) continue;
      least += known[term.cell];
      if (all_.publication.shown[term.cell] && value(term.cell) == 0) continue;
      ++open;
      last = &term;
    }
    const bool is_total_new = raise(known[total->cell], least, value(total->cell));
    if (open != 1) return is_total_new;
    return raise(known[last->cell], known[total->cell], value(last->cell)) || is_total_new;
  }

  static bool raise(double& known, double least, double value) {
    if (!(std::min(least, value) > known)) return false;
    known = std::min(least, value);
    return true;
  }

  double value(CellId id) const { return all_.cells.cells()[id].value; }

  const TableSpec& spec(const ReleaseCell& about) const {
    return editions_[about.edition].tables[about.table].spec;
  }

  void ask() {
    all_.publication.all_sums = true;
    all_.publication.matters = [this](const std::vector<CellId>& cells) {
      std::vector<const CellFacts*> facts;
      bool is_open = false;
      for (const CellId id : cells) {
        if (all_.about[id].role != CellRole::kRow) return false;
        is_open = is_open || all_.about[id].is_open;
        facts.push_back(&all_.about[id].facts);
      }
      const TableSpec& rules = spec(all_.about[cells[0]]);
      // What the sum of open cells is, is not known before it is found.
      if (is_open) return rules.is_count() && rules.threshold.has_value();
      return is_sensitive(joined(facts), rules);
    };
    const AuditResult found = audit(all_.cells, all_.publication, executor_);
    for (const Breach& breach : found.breaches) tell_breach(breach);
  }

  void tell_breach(const Breach& breach) {
    Finding finding;
    if (is_harmless(breach)) return;
    if (breach.kind == BreachKind::kInterval &&
        all_.about[breach.cells[0]].role == CellRole::kAtom) {
      // Nobody in it, or enough: no harm.
      const TableSpec& rules = spec(all_.about[breach.cells[0]]);
      const double people = std::round(breach.lower);
      if (people <= 0 || people >= internal::minimum_of(rules) || !rules.is_count()) return;
    }
    finding.kind = kind_of(breach);
    const double spare = 1e-6 * std::max(1.0, std::abs(breach.upper));
    finding.is_exact =
        breach.kind != BreachKind::kUndecided && breach.upper - breach.lower <= spare;
    for (const CellId id : breach.cells) {
      const ReleaseCell& about = all_.about[id];
      if (about.between.empty()) finding.cells.push_back(named(id));
      for (const CellId other : about.between) finding.cells.push_back(named(other));
    }
    tell(std::move(finding));
  }

  // Of what is open: what its true value would have to be for it to be harmless, it may be.
  bool is_harmless(const Breach& breach) const {
    const ReleaseCell& about = all_.about[breach.cells.empty() ? 0 : breach.cells[0]];
    if (breach.cells.empty() || !about.is_open) return false;
    const TableSpec& rules = spec(about);
    if (breach.kind == BreachKind::kSum) {
      const double people = std::round(breach.lower);
      return people <= 0 || people >= internal::minimum_of(rules);
    }
    return breach.kind == BreachKind::kInterval &&
           !internal::tells_outside(rules, about, all_.cells.cells()[breach.cells[0]], breach.lower,
                                    breach.upper);
  }

  FindingKind kind_of(const Breach& breach) const {
    switch (breach.kind) {
      case BreachKind::kShown:
        return FindingKind::kShown;
      case BreachKind::kSingleton:
        return FindingKind::kSingleton;
      case BreachKind::kSum:
        return FindingKind::kSum;
      case BreachKind::kUndecided:
        return FindingKind::kUndecided;
      case BreachKind::kInterval:
        break;
    }
    switch (all_.about[breach.cells[0]].role) {
      case CellRole::kDifference:
      case CellRole::kAtom:
        return FindingKind::kDifference;
      case CellRole::kChange:
        return FindingKind::kChange;
      case CellRole::kRow:
        break;
    }
    return FindingKind::kInterval;
  }

  FoundCell named(CellId id) const {
    const ReleaseCell& about = all_.about[id];
    const ReleaseTable& table = editions_[about.edition].tables[about.table];
    FoundCell cell{.edition = editions_[about.edition].edition, .table = table.name};
    if (about.role == CellRole::kRow) {
      add_codes(table.truth, table.spec, about.row, cell);
    } else {
      for (std::size_t at = 1; at < about.key.size(); at += 2) {
        cell.codes.emplace_back(all_.names.name(about.key[at]), all_.names.name(about.key[at + 1]));
      }
    }
    return cell;
  }

  const std::vector<Release>& editions_;
  Executor& executor_;
  std::size_t max_cells_;
  bool is_cautious_;
  ReleaseCells all_;
  ReleaseAudit result_;
};

Result<ReleaseAudit> audit_release(const std::vector<Release>& editions, Executor& executor,
                                   std::size_t max_cells) {
  auto found = ReleaseAuditor(editions, executor, max_cells, false).run();
  const auto is_outside = [](const Release& one) {
    return !one.tables.empty() && one.tables.front().is_outside;
  };
  // What is taken to be known of editions without true values, that counts grow and that nothing
  // is below zero, may be wrong.
  const bool is_undecided = found && found->has(FindingKind::kUndecided);
  if (!is_undecided || std::ranges::none_of(editions, is_outside)) return found;
  return ReleaseAuditor(editions, executor, max_cells, true).run();
}

}  // namespace zicht::stats
