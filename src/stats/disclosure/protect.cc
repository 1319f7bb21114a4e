#include "stats/disclosure/protect.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/error_catalogue.h"
#include "stats/disclosure/exact.h"
#include "stats/disclosure/intervals.h"
#include "stats/disclosure/linear_algebra.h"
#include "stats/disclosure/modular.h"
#include "stats/disclosure/rounding.h"

namespace zicht::stats {
namespace {

// Keys of cells are decimals in a file: so much each may be off.
constexpr double kKeySlack = 1e-9;

// "regel 3, regel 8, …": values stay out of errors.
std::string lines_of(const CsvTable& csv, const std::vector<CellId>& cells) {
  constexpr std::size_t kShown = 5;
  std::string lines;
  for (std::size_t i = 0; i < std::min(cells.size(), kShown); ++i) {
    lines += (i > 0 ? ", " : "") + std::to_string(csv.line(cells[i]));
  }
  return cells.size() > kShown ? lines + ", …" : lines;
}

Result<void> require_protected(const CsvTable& csv, const std::vector<CellId>& exposed) {
  if (exposed.empty()) return {};
  return make_error("SA-0018", {{"file", csv.file()},
                                {"count", std::to_string(exposed.size())},
                                {"lines", lines_of(csv, exposed)}});
}

Result<void> suppress_by_linear_algebra(const CsvTable& csv, const TableSpec& spec,
                                        const Table& table, LinkedCells& cells) {
  const Suppression done = suppress_exactly(cells, table.singletons());
  ZICHT_CHECKED(require_protected(csv, done.exposed));
  if (!spec.protects_intervals) return {};
  return require_protected(csv, widen_intervals(cells).narrow);
}

// Beyond these the methods take longer than somebody waits.
constexpr std::size_t kMostCellsExact = 2'000;
constexpr std::size_t kMostCellsModular = 10'000;
constexpr std::size_t kMostCellsRounding = 20'000;

Result<void> require_small(const TableSpec& spec, const Table& table, std::size_t limit) {
  if (table.size() <= limit) return {};
  return make_error("SA-0062", {{"method", std::string(method_name(spec.method))},
                                {"cells", std::to_string(table.size())},
                                {"limit", std::to_string(limit)}});
}

// Only intervals are protected by these, so `intervals: false` is nothing to them.
Result<double> suppress_at_least_cost(const CsvTable& csv, const TableSpec& spec,
                                      const Table& table, LinkedCells& cells) {
  ZICHT_CHECKED(require_small(spec, table, kMostCellsExact));
  const auto done = suppress_optimally(cells, table.singletons(), {.gap = spec.gap});
  ZICHT_CHECKED(require_protected(csv, done.narrow));
  return done.gap();
}

Result<void> suppress_part_by_part(const CsvTable& csv, const TableSpec& spec, const Table& table,
                                   LinkedCells& cells) {
  ZICHT_CHECKED(require_small(spec, table, kMostCellsModular));
  const auto done = suppress_by_parts(cells, table.singletons(), {.gap = spec.gap});
  return require_protected(csv, done.narrow);
}

Result<std::vector<double>> rounded_values(const TableSpec& spec, const Table& table,
                                           const LinkedCells& cells) {
  ZICHT_CHECKED(require_small(spec, table, kMostCellsRounding));
  ZICHT_TRY(rounded, round_controlled(cells, spec.base));
  return std::move(rounded.values);
}

Result<std::vector<double>> keys_of(const CsvTable& csv, const TableSpec& spec) {
  ZICHT_TRY(column, csv.column(*spec.key));
  std::vector<double> keys;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    ZICHT_TRY(key, csv.number(row, column));
    if (!key || *key < 0 || *key >= 1) {
      return make_error(
          "SA-0073",
          {{"file", csv.file()}, {"line", std::to_string(csv.line(row))}, {"column", *spec.key}});
    }
    keys.push_back(*key);
  }
  return keys;
}

// Those of parts add up to that of the total, but for whole numbers.
Result<void> check_keys(const CsvTable& csv, const Table& table, const std::vector<double>& keys) {
  for (const auto& cells : table.totals()) {
    double off = -keys[cells[0]];
    for (std::size_t i = 1; i < cells.size(); ++i) off += keys[cells[i]];
    if (std::abs(off - std::round(off)) > kKeySlack * static_cast<double>(cells.size())) {
      return make_error("SA-0074",
                        {{"file", csv.file()}, {"line", std::to_string(csv.line(cells[0]))}});
    }
  }
  return {};
}

Result<std::vector<double>> noisy_counts(const CsvTable& csv, const TableSpec& spec,
                                         const Table& table) {
  ZICHT_TRY(noise, NoiseTable::create(spec.noise));
  ZICHT_TRY(keys, keys_of(csv, spec));
  ZICHT_CHECKED(check_keys(csv, table, keys));
  std::vector<double> counts;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const double count = table.facts()[row].value;
    const auto key = static_cast<std::uint64_t>(keys[row] * 0x1p64);
    counts.push_back(count + noise.noise(static_cast<std::uint64_t>(count), key));
  }
  return counts;
}

}  // namespace

Result<ProtectedTable> protect_table(const CsvTable& csv, const TableSpec& spec) {
  if (spec.method == ProtectionMethod::kNone || !spec.adds_up) return make_error("SA-0009");
  ZICHT_TRY(table, Table::create(csv, spec));
  ProtectedTable result;
  result.spec_ = spec;
  result.cells_ = table.linked_cells();
  ZICHT_CHECKED(result.apply(csv, table));
  return result;
}

Result<void> ProtectedTable::apply(const CsvTable& csv, const Table& table) {
  switch (spec_.method) {
    case ProtectionMethod::kLinearAlgebra:
      return suppress_by_linear_algebra(csv, spec_, table, cells_);
    case ProtectionMethod::kExact: {
      ZICHT_TRY(gap, suppress_at_least_cost(csv, spec_, table, cells_));
      gap_ = gap;
      return {};
    }
    case ProtectionMethod::kModular:
      return suppress_part_by_part(csv, spec_, table, cells_);
    case ProtectionMethod::kRounding: {
      ZICHT_TRY(values, rounded_values(spec_, table, cells_));
      return change(std::move(values));
    }
    case ProtectionMethod::kNone:
      break;
    case ProtectionMethod::kCellKey: {
      ZICHT_TRY(counts, noisy_counts(csv, spec_, table));
      return change(std::move(counts));
    }
  }
  ZICHT_CHECK(false, "what is protected has a method");
}

// Nothing is hidden then.
Result<void> ProtectedTable::change(std::vector<double> values) {
  for (Cell& cell : cells_.cells()) cell.status = CellStatus::kPublished;
  changed_ = std::move(values);
  return {};
}

}  // namespace zicht::stats
