// What is published of a protected table, as CSV and as a page.
#include <fmt/format.h>

#include <algorithm>

#include "stats/disclosure/protect.h"
#include "stats/report.h"

namespace zicht::stats {
namespace {

constexpr std::size_t kRowsShown = 2'000;

struct Texts {
  bool is_dutch = true;
  [[nodiscard]] std::string of(std::string_view nl, std::string_view en) const {
    return std::string(is_dutch ? nl : en);
  }
};

bool is_hidden(const Cell& cell) {
  return cell.status == CellStatus::kPrimary || cell.status == CellStatus::kSecondary;
}

std::string promise_of(const TableSpec& spec, const Texts& texts) {
  if (spec.method == ProtectionMethod::kCellKey) {
    return texts.of(
        "Elk aantal wijkt een klein beetje af, steeds hetzelfde voor dezelfde mensen. Totalen zijn "
        "daarom niet precies de som van hun delen.",
        "Every count is a little off, always the same for the same people. Totals are therefore "
        "not exactly the sum of their parts.");
  }
  if (spec.method == ProtectionMethod::kRounding) {
    return texts.of(
        fmt::format("Elk getal is afgerond op een veelvoud van {}, zo dat alles blijft optellen.",
                    spec.base),
        fmt::format("Every number is rounded to a multiple of {}, so that all still adds up.",
                    spec.base));
  }
  if (!spec.protects_intervals && spec.method == ProtectionMethod::kLinearAlgebra) {
    return texts.of(
        "Wie de tabel leest en rekent met de totalen, kan geen gevoelige cel precies uitrekenen. "
        "Schattingen zijn niet begrensd (‘intervals: false’).",
        "Who reads the table and reckons with its totals can work out no sensitive cell exactly. "
        "Estimates are not bounded (‘intervals: false’).");
  }
  return texts.of(
      "Wie de tabel leest en rekent met de totalen, kan geen gevoelige cel nauwkeuriger schatten "
      "dan de regels toestaan.",
      "Who reads the table and reckons with its totals can estimate no sensitive cell more "
      "precisely than the rules allow.");
}

}  // namespace

std::string ProtectedTable::value_column() const {
  return spec_.value.value_or(spec_.frequency.value_or(""));
}

std::size_t ProtectedTable::count(CellStatus status) const {
  const auto& cells = cells_.cells();
  return static_cast<std::size_t>(std::count_if(
      cells.begin(), cells.end(), [&](const Cell& cell) { return cell.status == status; }));
}

// Not why a cell is hidden: who reads that it is sensitive itself reads that it is small.
std::string_view ProtectedTable::status_of(std::size_t row) const {
  if (is_hidden(cells_.cells()[row])) return "hidden";
  if (spec_.method == ProtectionMethod::kCellKey) return "noisy";
  return spec_.method == ProtectionMethod::kRounding ? "rounded" : "published";
}

// As it is written in the file, but always with a decimal point.
std::string ProtectedTable::shown(const CsvTable& table, std::size_t row) const {
  if (is_hidden(cells_.cells()[row])) return "";
  if (!changed_.empty()) return fmt::format("{}", changed_[row]);
  std::string text(table.text(row, *table.find_column(value_column())));
  std::replace(text.begin(), text.end(), ',', '.');
  return text;
}

std::string ProtectedTable::csv(const CsvTable& table) const {
  std::string out;
  std::vector<std::size_t> columns;
  std::vector<std::string> fields;
  for (const Dimension& dimension : spec_.dimensions) {
    fields.push_back(dimension.column);
    columns.push_back(*table.find_column(dimension.column));
  }
  fields.emplace_back("status");
  fields.push_back(value_column());
  append_csv_row(out, fields);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t d = 0; d < columns.size(); ++d) fields[d] = table.text(row, columns[d]);
    fields[columns.size()] = status_of(row);
    fields[columns.size() + 1] = shown(table, row);
    append_csv_row(out, fields);
  }
  return out;
}

std::string ProtectedTable::report(const CsvTable& table, std::string_view language) const {
  const Texts texts{language == "nl"};
  const std::string title =
      spec_.title.empty() ? texts.of("Beveiligde tabel", "Protected table") : spec_.title;
  HtmlReport page({.title = title, .language = std::string(language)});
  const std::size_t hidden = count(CellStatus::kPrimary) + count(CellStatus::kSecondary);
  page.heading(texts.of("Samenvatting", "Summary"));
  page.paragraph(promise_of(spec_, texts));
  page.chart({.title = texts.of("Cellen", "Cells"),
              .label_heading = "Status",
              .labels = {texts.of("Gepubliceerd", "Published"), texts.of("Verborgen", "Hidden")},
              .series = {{texts.of("Aantal cellen", "Number of cells"),
                          {static_cast<double>(cells_.cells().size() - hidden),
                           static_cast<double>(hidden)}}}});
  page.heading(texts.of("De tabel", "The table"));
  page.table(rows_of(table, title, texts.of("verborgen", "hidden")));
  if (table.rows() > kRowsShown) {
    page.paragraph(texts.of("Dit zijn de eerste 2.000 rijen; het CSV-bestand heeft ze alle.",
                            "These are the first 2,000 rows; the CSV file has them all."));
  }
  return page.html();
}

ReportTable ProtectedTable::rows_of(const CsvTable& table, const std::string& caption,
                                    const std::string& hidden) const {
  ReportTable rows;
  rows.caption = caption;
  for (const Dimension& dimension : spec_.dimensions) rows.columns.push_back(dimension.column);
  rows.columns.push_back(value_column());
  for (std::size_t row = 0; row < std::min(table.rows(), kRowsShown); ++row) {
    std::vector<std::string> fields;
    for (const Dimension& dimension : spec_.dimensions)
      fields.emplace_back(table.text(row, *table.find_column(dimension.column)));
    fields.push_back(is_hidden(cells_.cells()[row]) ? hidden : shown(table, row));
    rows.rows.push_back(std::move(fields));
  }
  return rows;
}

}  // namespace zicht::stats
