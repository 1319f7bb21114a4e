#include "stats/internal/published_rows.h"

#include <cmath>
#include <unordered_map>

namespace zicht::stats::internal {
namespace {

// A code that a spreadsheet would run as a formula goes out with an apostrophe in front.
std::string_view without_guard(std::string_view code) {
  const bool is_guarded = code.size() > 1 && code[0] == '\'' &&
                          std::string_view("=+-@\t\r").find(code[1]) != std::string_view::npos;
  return is_guarded ? code.substr(1) : code;
}

class Comparison {
 public:
  Comparison(const CsvTable& truth, const TableSpec& spec, const std::vector<CellFacts>& facts,
             const CsvTable& published)
      : truth_(truth), spec_(spec), facts_(facts), published_(published) {}

  Result<PublishedRows> run() {
    ZICHT_CHECKED(read_columns());
    std::unordered_map<std::string, std::size_t> row_of;
    for (std::size_t row = 0; row < truth_.rows(); ++row) {
      row_of.emplace(codes(truth_, row, true_columns_), row);
    }
    result_.rows.resize(truth_.rows());
    std::vector<bool> is_there(truth_.rows());
    for (std::size_t row = 0; row < published_.rows(); ++row) {
      const auto found = row_of.find(codes(published_, row, columns_));
      if (found == row_of.end()) {
        report(Alteration::kExtra, row);
      } else if (is_there[found->second]) {
        report(Alteration::kTwice, row);
      } else {
        is_there[found->second] = true;
        ZICHT_CHECKED(read_row(row, found->second));
      }
    }
    for (std::size_t row = 0; row < truth_.rows(); ++row) {
      if (!is_there[row]) report(Alteration::kMissing, row);
    }
    return std::move(result_);
  }

 private:
  void report(Alteration what, std::size_t row) { result_.altered.push_back({what, row, 0}); }

  Result<void> read_columns() {
    std::vector<bool> is_known(published_.columns().size());
    for (const Dimension& dimension : spec_.dimensions) {
      ZICHT_TRY(column, published_.column(dimension.column));
      ZICHT_TRY(true_column, truth_.column(dimension.column));
      columns_.push_back(column);
      true_columns_.push_back(true_column);
      is_known[column] = true;
    }
    ZICHT_TRY(status, published_.column("status"));
    ZICHT_TRY(value, published_.column(measure_of(spec_)));
    status_ = status;
    value_ = value;
    is_known[status] = is_known[value] = true;
    for (std::size_t column = 0; column < is_known.size(); ++column) {
      if (!is_known[column]) result_.altered.push_back({Alteration::kColumn, 0, column});
    }
    return {};
  }

  static std::string codes(const CsvTable& csv, std::size_t row,
                           const std::vector<std::size_t>& columns) {
    std::string all;
    for (const std::size_t column : columns) {
      all += without_guard(csv.text(row, column));
      all += '\x1F';
    }
    return all;
  }

  Result<void> read_row(std::size_t row, std::size_t cell) {
    const std::string_view status = published_.text(row, status_);
    if (status == "hidden") {
      // What stands there may be no number, and is read by people all the same.
      if (!published_.text(row, value_).empty()) {
        report(Alteration::kHiddenValue, cell);
        result_.rows[cell].is_shown = true;
      }
      if (changes_values()) report(Alteration::kStatus, cell);
      return {};
    }
    ZICHT_TRY(value, published_.number(row, value_));
    const bool is_changed = status == "rounded" || status == "noisy";
    if (status != "published" && !(is_changed && changes_values())) {
      report(Alteration::kStatus, cell);
    }
    if (!value) {
      report(Alteration::kValue, cell);
    } else {
      judge(*value, cell);
    }
    return {};
  }

  bool changes_values() const {
    return spec_.method == ProtectionMethod::kRounding ||
           spec_.method == ProtectionMethod::kCellKey;
  }

  void judge(double shown, std::size_t cell) {
    const double truth = facts_[cell].value;
    if (spec_.method == ProtectionMethod::kRounding) {
      judge_rounded(shown, truth, cell);
    } else if (spec_.method == ProtectionMethod::kCellKey) {
      const bool is_count = shown >= 0 && shown == std::round(shown);
      if (!is_count || (truth == 0 && shown != 0)) report(Alteration::kValue, cell);
    } else {
      result_.rows[cell].is_shown = true;
      if (std::abs(shown - truth) > spec_.tolerance + 1e-12 * std::abs(truth)) {
        report(Alteration::kValue, cell);
      }
    }
  }

  // A multiple of the base, less than the base away; of counts that leaves base - 1.
  void judge_rounded(double shown, double truth, std::size_t cell) {
    const double times = shown / spec_.base;
    const bool is_multiple = std::abs(times - std::round(times)) <= 1e-9 * std::max(1.0, times);
    if (!is_multiple || std::abs(shown - truth) >= spec_.base) {
      report(Alteration::kValue, cell);
      result_.rows[cell].is_shown = true;
      return;
    }
    const double reach = spec_.is_count() ? spec_.base - 1 : spec_.base;
    result_.rows[cell].lower = truth < 0 ? shown - reach : std::max(0.0, shown - reach);
    result_.rows[cell].upper = shown + reach;
  }

  const CsvTable& truth_;
  const TableSpec& spec_;
  const std::vector<CellFacts>& facts_;
  const CsvTable& published_;
  PublishedRows result_;
  std::vector<std::size_t> columns_;
  std::vector<std::size_t> true_columns_;
  std::size_t status_ = 0;
  std::size_t value_ = 0;
};

}  // namespace

const std::string& measure_of(const TableSpec& spec) {
  return spec.value ? *spec.value : *spec.frequency;
}

Result<PublishedRows> compare_published(const CsvTable& truth, const TableSpec& spec,
                                        const std::vector<CellFacts>& facts,
                                        const CsvTable& published) {
  return Comparison(truth, spec, facts, published).run();
}

}  // namespace zicht::stats::internal
