#include "stats/testing/published_tables.h"

#include <map>
#include <set>

#include "stats/testing/reference_files.h"

namespace zicht::stats::testing {
namespace {

using Parts = std::map<std::string, std::set<std::string>>;  // of each total

Parts activities(const CsvTable& levels) {
  Parts parts;
  for (std::size_t row = 0; row < levels.rows(); ++row) {
    std::string above = "Total";
    for (std::size_t level = 0; level < 3; ++level) {
      const std::string code(levels.text(row, level));
      if (code != above) parts[above].insert(code);
      above = code;
    }
  }
  return parts;
}

}  // namespace

LinkedCells crossed_table(const std::vector<std::vector<double>>& rows) {
  LinkedCells cells;
  const std::size_t width = rows.front().size();
  const auto at = [width](std::size_t r, std::size_t c) {
    return static_cast<CellId>(r * width + c);
  };
  for (const auto& row : rows) {
    for (const double value : row) cells.add({.value = value, .weight = value});
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Relation relation{{at(r, width - 1), -1}};
    for (std::size_t c = 0; c + 1 < width; ++c) relation.push_back({at(r, c), 1});
    cells.relate(relation);
  }
  for (std::size_t c = 0; c < width; ++c) {
    Relation relation{{at(rows.size() - 1, c), -1}};
    for (std::size_t r = 0; r + 1 < rows.size(); ++r) relation.push_back({at(r, c), 1});
    cells.relate(relation);
  }
  return cells;
}

LinkedCells investment_table() {
  return crossed_table({{20, 50, 10, 80}, {8, 19, 22, 49}, {17, 32, 12, 61}, {45, 101, 44, 190}});
}

LinkedCells persons_table() {
  return crossed_table({{2, 18, 20}, {19, 14, 33}, {10, 12, 22}, {14, 11, 25}, {45, 55, 100}});
}

std::optional<LinkedCells> turnover_table() {
  const auto table = reference_table("rtauargus_turnover_act_size.csv");
  const auto levels = reference_table("rtauargus_activity_corr_table.csv");
  if (!table || !levels) return std::nullopt;
  const auto frequencies = numbers(*table, "N_OBS");
  const auto totals = numbers(*table, "TOT");
  const auto largest = numbers(*table, "MAX");
  LinkedCells cells;
  std::map<std::pair<std::string, std::string>, CellId> cell_of;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    Cell cell{.value = totals[row], .weight = 1};
    const bool is_small = frequencies[row] >= 1 && frequencies[row] <= 2;
    if (is_small || largest[row] > 0.85 * totals[row]) {
      cell.status = CellStatus::kPrimary;
      cell.protect_below = cell.protect_above = 0.1 * cell.value;
    }
    cell_of[{std::string(table->text(row, 0)), std::string(table->text(row, 1))}] = cells.add(cell);
  }
  const Parts by_activity = activities(*levels);
  const Parts by_size{{"Total", {"tr1", "tr2", "tr3"}}};
  // Cells that are not in the table are empty.
  const auto relate = [&](CellId total, const std::set<std::string>& parts, auto key_of) {
    Relation relation{{total, -1}};
    for (const std::string& part : parts) {
      const auto found = cell_of.find(key_of(part));
      if (found != cell_of.end()) relation.push_back({found->second, 1});
    }
    if (relation.size() > 1) cells.relate(relation);
  };
  for (const auto& [key, id] : cell_of) {
    const auto& [activity, size] = key;
    if (const auto parts = by_activity.find(activity); parts != by_activity.end()) {
      relate(id, parts->second, [&](const std::string& part) { return std::pair(part, size); });
    }
    if (const auto parts = by_size.find(size); parts != by_size.end()) {
      relate(id, parts->second, [&](const std::string& part) { return std::pair(activity, part); });
    }
  }
  return cells;
}

}  // namespace zicht::stats::testing
