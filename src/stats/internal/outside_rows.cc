#include "stats/internal/outside_rows.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error_catalogue.h"

namespace zicht::stats::internal {
namespace {

class OutsideReader {
 public:
  OutsideReader(const CsvTable& published, const TableSpec& spec)
      : published_(published), spec_(spec) {}

  Result<OutsideRows> run(bool is_cautious) {
    if (published_.rows() == 0) return make_error("SA-0010", {{"file", published_.file()}});
    ZICHT_CHECKED(read_columns());
    for (std::size_t row = 0; row < published_.rows(); ++row) ZICHT_CHECKED(read_row(row));
    const bool may_be_negative = !spec_.is_count() && (is_cautious || has_negative());
    for (Cell& cell : result_.cells) {
      if (may_be_negative && cell.lower == 0) cell.lower = -kUnbounded;
    }
    return std::move(result_);
  }

 private:
  void report(Alteration what, std::size_t row) { result_.rows.altered.push_back({what, row, 0}); }

  Result<void> read_columns() {
    std::vector<bool> is_known(published_.columns().size());
    const auto find = [&](const std::string& name) -> Result<std::size_t> {
      ZICHT_TRY(column, published_.column(name));
      is_known[column] = true;
      return column;
    };
    for (const Dimension& dimension : spec_.dimensions) {
      ZICHT_TRY(column, find(dimension.column));
      columns_.push_back(column);
    }
    ZICHT_TRY(status, find("status"));
    ZICHT_TRY(value, find(measure_of(spec_)));
    status_ = status;
    value_ = value;
    for (std::size_t column = 0; column < is_known.size(); ++column) {
      if (!is_known[column]) {
        result_.rows.altered.push_back({Alteration::kColumn, 0, column});
      }
    }
    return {};
  }

  Result<void> read_row(std::size_t row) {
    std::string codes;
    for (const std::size_t column : columns_) {
      codes += published_.text(row, column);
      codes += '\x1F';
    }
    if (!seen_.insert(std::move(codes)).second) report(Alteration::kTwice, row);
    const bool is_hidden = published_.text(row, status_) == "hidden";
    // What stands where nothing may is read by people all the same, also when it is no number.
    if (is_hidden && !published_.text(row, value_).empty()) report(Alteration::kHiddenValue, row);
    if (is_hidden && changes_values()) report(Alteration::kStatus, row);
    if (is_hidden && spec_.method == ProtectionMethod::kNone) report(Alteration::kStatus, row);
    if (is_hidden) return add_hidden();
    if (published_.text(row, status_) != status_word()) report(Alteration::kStatus, row);
    ZICHT_TRY(value, published_.number(row, value_));
    if (!value || (spec_.is_count() && spec_.adds_up && !is_whole(*value))) {
      report(Alteration::kValue, row);
      return add_hidden();
    }
    add_shown(*value);
    return {};
  }

  static bool is_whole(double value) { return value >= 0 && value == std::floor(value); }

  bool changes_values() const {
    return spec_.method == ProtectionMethod::kRounding ||
           spec_.method == ProtectionMethod::kCellKey;
  }

  std::string_view status_word() const {
    if (spec_.method == ProtectionMethod::kRounding) return "rounded";
    return spec_.method == ProtectionMethod::kCellKey ? "noisy" : "published";
  }

  Result<void> add_hidden() {
    const bool is_some = spec_.hidden_is_not_zero() && !changes_values() &&
                         !(spec_.threshold && spec_.threshold->zeros_are_sensitive);
    const double least = is_some ? 1 : 0;
    result_.cells.push_back({.value = least, .lower = least});
    result_.facts.push_back({.frequency = least, .value = least});
    result_.rows.rows.push_back({.is_shown = false, .lower = -kUnbounded, .upper = kUnbounded});
    return {};
  }

  // A rounded number stands for all that are less than the base away.
  void add_shown(double value) {
    const bool is_rounded = spec_.method == ProtectionMethod::kRounding;
    PublishedRow row{.is_shown = !is_rounded, .lower = -kUnbounded, .upper = kUnbounded};
    if (is_rounded) {
      const double reach = spec_.is_count() ? spec_.base - 1 : spec_.base;
      row.lower = value < 0 ? value - reach : std::max(0.0, value - reach);
      row.upper = value + reach;
    }
    result_.cells.push_back({.value = value, .lower = std::min(0.0, value)});
    result_.facts.push_back({.frequency = spec_.is_count() ? value : 0, .value = value});
    result_.rows.rows.push_back(row);
  }

  bool has_negative() const {
    return std::ranges::any_of(result_.facts, [](const CellFacts& one) { return one.value < 0; });
  }

  const CsvTable& published_;
  const TableSpec& spec_;
  OutsideRows result_;
  std::set<std::string> seen_;
  std::vector<std::size_t> columns_;
  std::size_t status_ = 0;
  std::size_t value_ = 0;
};

}  // namespace

Result<OutsideRows> read_outside(const CsvTable& published, const TableSpec& spec,
                                 bool is_cautious) {
  return OutsideReader(published, spec).run(is_cautious);
}

}  // namespace zicht::stats::internal
