#include "stats/internal/release_cells.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/error_catalogue.h"

namespace zicht::stats::internal {
namespace {

// The code that all others of a dimension add up to; absent where there are several or none.
std::optional<std::string> root_of(const Dimension& dimension) {
  if (dimension.total) return dimension.total;
  std::set<std::string> roots;
  for (const CodeGroup& group : dimension.groups) roots.insert(group.total);
  for (const CodeGroup& group : dimension.groups) {
    for (const std::string& part : group.parts) roots.erase(part);
  }
  return roots.size() == 1 ? std::optional(*roots.begin()) : std::nullopt;
}

class Gatherer {
 public:
  Gatherer(const std::vector<Release>& editions, std::size_t max_cells, bool is_cautious)
      : editions_(editions), max_cells_(max_cells), is_cautious_(is_cautious) {}

  Result<ReleaseCells> run() {
    ZICHT_CHECKED(read_roots());
    for (std::size_t e = 0; e < editions_.size(); ++e) {
      all_.editions.emplace_back();
      for (std::size_t t = 0; t < editions_[e].tables.size(); ++t) ZICHT_CHECKED(add_table(e, t));
    }
    judge_outside(all_, editions_);
    for (auto& [name, cells] : own_cells_) all_.publication.singletons.push_back(std::move(cells));
    return std::move(all_);
  }

 private:
  // Where a code is a part in one table it is no total of everything in another.
  Result<void> read_roots() {
    std::map<std::string, std::set<std::string>> parts;
    for (const Release& edition : editions_) {
      for (const ReleaseTable& table : edition.tables) {
        for (const Dimension& dimension : table.spec.dimensions) {
          for (const CodeGroup& group : dimension.groups) {
            parts[dimension.column].insert(group.parts.begin(), group.parts.end());
          }
        }
      }
    }
    std::map<std::string, std::string> roots;
    for (const Release& edition : editions_) {
      for (const ReleaseTable& table : edition.tables) {
        for (const Dimension& dimension : table.spec.dimensions) {
          const auto root = root_of(dimension);
          if (!root || parts[dimension.column].contains(*root)) continue;
          const auto [place, is_new] = roots.emplace(dimension.column, *root);
          if (place->second != *root) {
            return make_error("SA-0047", {{"column", dimension.column},
                                          {"table", table.name},
                                          {"code", *root},
                                          {"other", place->second}});
          }
        }
      }
    }
    for (const auto& [column, code] : roots) {
      all_.root[all_.names.number(column)] = all_.names.number(code);
    }
    return {};
  }

  Result<void> add_table(std::size_t edition, std::size_t number) {
    const ReleaseTable& source = editions_[edition].tables[number];
    return source.is_outside ? add_outside(edition, number) : add_true(edition, number);
  }

  // What everybody reads: hidden cells are anything that their bounds allow, each is to be judged.
  Result<void> add_outside(std::size_t edition, std::size_t number) {
    const ReleaseTable& source = editions_[edition].tables[number];
    ZICHT_TRY(read, read_outside(source.published, source.spec, is_cautious_));
    TableCells& made = all_.editions[edition].tables.emplace_back();
    made.published = std::move(read.rows);
    ZICHT_CHECKED(read_codes(source, made));
    if (source.spec.adds_up) add_groups(source, made, all_.editions[edition]);
    ZICHT_CHECKED(check_size(read.cells.size()));
    for (std::size_t row = 0; row < read.cells.size(); ++row) {
      ReleaseCell about{.edition = edition,
                        .table = number,
                        .row = row,
                        .key = key_of(source, made, row),
                        .is_open = !made.published.rows[row].is_shown,
                        .facts = read.facts[row]};
      ZICHT_CHECKED(add_row(source, read.cells[row], std::move(about), made));
    }
    return {};
  }

  Result<void> check_size(std::size_t more) const {
    if (all_.about.size() + more <= max_cells_) return {};
    return make_error("SA-0049", {{"limit", std::to_string(max_cells_)}});
  }

  Result<void> add_true(std::size_t edition, std::size_t number) {
    const ReleaseTable& source = editions_[edition].tables[number];
    ZICHT_TRY(table, Table::create(source.truth, source.spec));
    ZICHT_TRY(published,
              compare_published(source.truth, source.spec, table.facts(), source.published));
    TableCells& made = all_.editions[edition].tables.emplace_back();
    made.published = std::move(published);
    ZICHT_CHECKED(read_codes(source, made));
    if (source.spec.adds_up) add_groups(source, made, all_.editions[edition]);
    ZICHT_CHECKED(check_size(table.size()));
    const LinkedCells judged = table.linked_cells();
    const std::vector<double> lower = known_lower(source, table, made);
    for (std::size_t row = 0; row < table.size(); ++row) {
      Cell cell = judged.cells()[row];
      cell.lower = lower[row];
      ReleaseCell about{.edition = edition,
                        .table = number,
                        .row = row,
                        .key = key_of(source, made, row),
                        .facts = table.facts()[row]};
      ZICHT_CHECKED(add_row(source, cell, std::move(about), made));
    }
    return source.spec.is_not_judged() ? Result<void>() : add_singletons(source, table, made);
  }

  Result<void> read_codes(const ReleaseTable& source, TableCells& made) {
    std::vector<std::size_t> columns;
    for (const Dimension& dimension : source.spec.dimensions) {
      ZICHT_TRY(column, source.truth.column(dimension.column));
      columns.push_back(column);
      made.columns.push_back(all_.names.number(dimension.column));
    }
    for (std::size_t row = 0; row < source.truth.rows(); ++row) {
      auto& codes = made.codes.emplace_back();
      for (const std::size_t column : columns) {
        codes.push_back(all_.names.number(std::string(source.truth.text(row, column))));
      }
    }
    return {};
  }

  void add_groups(const ReleaseTable& source, const TableCells& made, ReleaseEdition& edition) {
    const std::uint32_t measure = all_.names.number(measure_of(source.spec));
    for (std::size_t d = 0; d < made.columns.size(); ++d) {
      const Dimension& dimension = source.spec.dimensions[d];
      for (const CodeGroup& group : dimension.groups) {
        std::vector<std::uint32_t> parts;
        for (const std::string& part : group.parts) parts.push_back(all_.names.number(part));
        add_group(edition,
                  {kAnyMeasure, made.columns[d], all_.names.number(group.total), std::move(parts)});
      }
      if (!dimension.total) continue;
      const std::uint32_t total = all_.names.number(*dimension.total);
      std::vector<std::uint32_t> parts;
      bool has_total = false;
      for (const auto& codes : made.codes) {
        has_total = has_total || codes[d] == total;
        if (codes[d] != total) parts.push_back(codes[d]);
      }
      // A table without the total may have some of the codes only.
      if (!has_total) continue;
      add_group(edition, {measure, made.columns[d], total, std::move(parts)});
    }
  }

  static void add_group(ReleaseEdition& edition, KeyGroup group) {
    auto& parts = group.parts;
    std::ranges::sort(parts);
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    if (!group.parts.empty() && std::ranges::count(edition.groups, group) == 0) {
      edition.groups.push_back(std::move(group));
    }
  }

  // Where zeros are shown everybody knows that a hidden count is 1 at least; not beside zeros that
  // are hidden all the same.
  static std::vector<double> known_lower(const ReleaseTable& source, const Table& table,
                                         const TableCells& made) {
    const TableSpec& spec = source.spec;
    const auto& facts = table.facts();
    const bool says = spec.is_count() && spec.zeros == ZeroHandling::kPublish &&
                      !(spec.threshold && spec.threshold->zeros_are_sensitive) &&
                      spec.method != ProtectionMethod::kRounding;
    std::vector<double> lower;
    for (const CellFacts& fact : facts) {
      lower.push_back(fact.value < 0 ? -kUnbounded : (says && fact.value >= 1 ? 1 : 0));
    }
    if (!says) return lower;
    const auto is_hidden_zero = [&](CellId cell) {
      return facts[cell].value == 0 && !made.published.rows[cell].is_shown;
    };
    for (const auto& cells : table.totals()) {
      if (std::ranges::none_of(cells, is_hidden_zero)) continue;
      for (const CellId cell : cells) lower[cell] = std::min(lower[cell], 0.0);
    }
    return lower;
  }

  CellKey key_of(const ReleaseTable& source, const TableCells& made, std::size_t row) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> parts;
    for (std::size_t d = 0; d < made.columns.size(); ++d) {
      const auto root = all_.root.find(made.columns[d]);
      const std::uint32_t code = made.codes[row][d];
      if (root == all_.root.end() || root->second != code)
        parts.emplace_back(made.columns[d], code);
    }
    std::ranges::sort(parts);
    CellKey key{all_.names.number(measure_of(source.spec))};
    for (const auto& [column, code] : parts) key.insert(key.end(), {column, code});
    return key;
  }

  Result<void> add_row(const ReleaseTable& source, Cell cell, ReleaseCell about, TableCells& made) {
    ReleaseEdition& edition = all_.editions[about.edition];
    const PublishedRow& row = made.published.rows[about.row];
    const auto found = edition.cell_of.find(about.key);
    const bool is_new = found == edition.cell_of.end();
    if (!is_new) {
      const ReleaseCell& other = all_.about[found->second];
      const ReleaseTable& first = editions_[about.edition].tables[other.table];
      if (source.spec.is_not_judged() != first.spec.is_not_judged()) {
        edition.undecided.emplace_back(other.table, about.table);
      }
      const double slack = std::max(source.spec.tolerance, first.spec.tolerance) +
                           1e-12 * std::abs(about.facts.value);
      const bool is_other = std::abs(other.facts.value - about.facts.value) > slack;
      if (source.is_outside) {
        if (is_other && !other.is_open && !about.is_open) {
          edition.undecided.emplace_back(other.table, about.table);
        }
        learn(found->second, about);
      } else if (is_other) {
        return make_error(
            "SA-0048",
            {{"cell", name_of(made, about.row)}, {"table", source.name}, {"other", first.name}});
      }
    }
    const CellId id =
        is_new ? all_.add({.value = cell.value, .lower = -kUnbounded, .upper = kUnbounded}, about)
               : found->second;
    if (is_new) edition.cell_of.emplace(about.key, id);
    made.cells.push_back(id);
    if (source.spec.is_not_judged()) {
      // Noise, or no sums: nothing that the programmes can use, and no judgement on intervals.
      if (is_new) all_.publication.shown[id] = true;
      return {};
    }
    merge(source.spec, cell, row, id);
    return {};
  }

  // What another table shows of a cell that was open.
  void learn(CellId id, const ReleaseCell& about) {
    ReleaseCell& known = all_.about[id];
    if (!known.is_open || about.is_open) return;
    known.is_open = false;
    known.facts = about.facts;
    all_.cells.cells()[id].value = about.facts.value;
  }

  void merge(const TableSpec& spec, const Cell& judged, const PublishedRow& row, CellId id) {
    Cell& cell = all_.cells.cells()[id];
    const bool is_rounded = spec.method == ProtectionMethod::kRounding;
    cell.lower = std::max(cell.lower, judged.lower);
    if (is_rounded && !row.is_shown) {
      cell.lower = std::max(cell.lower, row.lower);
      cell.upper = std::min(cell.upper, row.upper);
    }
    if (row.is_shown) all_.publication.shown[id] = true;
    if (judged.status != CellStatus::kPrimary) return;
    all_.publication.protect.push_back(id);
    if (is_rounded) {
      const double reach = spec.is_count() ? spec.base - 1 : spec.base;
      cell.protect_width = std::max(cell.protect_width, reach);
    } else if (spec.protects_intervals) {
      cell.protect_below = std::max(cell.protect_below, judged.protect_below);
      cell.protect_above = std::max(cell.protect_above, judged.protect_above);
      cell.protect_width = std::max(cell.protect_width, judged.protect_width);
    }
  }

  std::string name_of(const TableCells& made, std::size_t row) const {
    std::string name;
    for (const std::uint32_t code : made.codes[row]) {
      name += (name.empty() ? "" : ", ") + all_.names.name(code);
    }
    return name;
  }

  // One contributor where a table says so, or by his name in all tables and editions.
  Result<void> add_singletons(const ReleaseTable& source, const Table& table,
                              const TableCells& made) {
    std::map<std::uint32_t, std::vector<CellId>> groups;
    std::map<std::uint32_t, std::string> named;
    std::optional<std::size_t> column;
    if (source.spec.contributor) {
      ZICHT_TRY(found, source.truth.column(*source.spec.contributor));
      column = found;
    }
    for (const Singleton& one : table.singletons()) {
      groups[one.contributor].push_back(made.cells[one.cell]);
      if (!column) continue;
      const std::string name(source.truth.text(one.cell, *column));
      if (!name.empty()) named[one.contributor] = name;
    }
    for (auto& [who, cells] : groups) {
      const auto name = named.find(who);
      auto& own = own_cells_[name != named.end() ? "n" + name->second
                                                 : "-" + std::to_string(own_cells_.size())];
      own.insert(own.end(), cells.begin(), cells.end());
    }
    return {};
  }

  const std::vector<Release>& editions_;
  std::size_t max_cells_;
  bool is_cautious_;
  ReleaseCells all_;
  std::map<std::string, std::vector<CellId>> own_cells_;
};

}  // namespace

CellKey ReleaseCells::with(const CellKey& key, std::uint32_t column, std::uint32_t code) const {
  const auto total = root.find(column);
  const bool is_total = total != root.end() && total->second == code;
  CellKey made{key[0]};
  bool is_done = is_total;
  for (std::size_t at = 1; at < key.size(); at += 2) {
    if (!is_done && key[at] >= column) {
      made.insert(made.end(), {column, code});
      is_done = true;
    }
    if (key[at] != column) made.insert(made.end(), {key[at], key[at + 1]});
  }
  if (!is_done) made.insert(made.end(), {column, code});
  return made;
}

std::optional<std::uint32_t> ReleaseCells::code(const CellKey& key, std::uint32_t column) const {
  for (std::size_t at = 1; at < key.size(); at += 2) {
    if (key[at] == column) return key[at + 1];
  }
  const auto total = root.find(column);
  return total == root.end() ? std::nullopt : std::optional(total->second);
}

CellId ReleaseCells::add(const Cell& cell, ReleaseCell one) {
  about.push_back(std::move(one));
  publication.shown.push_back(false);
  return cells.add(cell);
}

Result<ReleaseCells> gather_release_cells(const std::vector<Release>& editions,
                                          std::size_t max_cells, bool is_cautious) {
  return Gatherer(editions, max_cells, is_cautious).run();
}

double minimum_of(const TableSpec& spec) { return spec.threshold ? spec.threshold->minimum : 0; }

std::optional<Protection> judge_difference(double people, double value, const TableSpec& spec,
                                           double minimum) {
  const double size = std::abs(people);
  if (!spec.threshold || size == 0 || size >= minimum) return std::nullopt;
  if (spec.is_count()) {
    const double reach = spec.protects_intervals ? minimum - size : 0;
    return people > 0 ? Protection{.above = reach} : Protection{.below = reach};
  }
  const double reach = spec.protects_intervals ? spec.threshold->range * std::abs(value) : 0;
  return Protection{.below = reach, .above = reach};
}

}  // namespace zicht::stats::internal
