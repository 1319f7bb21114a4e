#include "exchange/internal/import_columns.h"

#include <set>

#include "base/error_catalogue.h"
#include "base/text.h"

namespace zicht::exchange::internal {
namespace {

Error too_many(std::size_t limit, LocalizedText what) {
  return make_error("EX-0062", {{"limit", std::to_string(limit)}, {"what", std::move(what)}});
}

}  // namespace

Result<void> check_columns(std::vector<std::string>& names, std::int64_t line) {
  while (!names.empty() && names.back().empty()) names.pop_back();
  if (names.empty()) return make_error("EX-0066", {{"line", std::to_string(line)}});
  if (names.size() > app::kMostImportColumns) {
    return too_many(app::kMostImportColumns, {"kolommen", "columns"});
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) return make_error("EX-0068", {{"number", std::to_string(i + 1)}});
    if (!check_text(names[i])) return make_error("EX-0070");
    if (!seen.insert(names[i]).second) return make_error("EX-0067", {{"column", names[i]}});
  }
  return {};
}

Result<void> add_row(app::ImportTable& table, std::uint32_t line,
                     std::vector<app::ImportCell> cells) {
  if (table.rows.size() >= app::kMostImportRows) {
    return too_many(app::kMostImportRows, {"rijen", "rows"});
  }
  const std::size_t columns = table.columns.size();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].text.size() > app::kMostImportCell) {
      return make_error("EX-0069", {{"line", std::to_string(line)}, {"limit", "20000"}});
    }
    if (!check_text(cells[i].text)) return make_error("EX-0070");
    if (i >= columns && !trim(cells[i].text).empty()) {
      return make_error("EX-0068", {{"number", std::to_string(i + 1)}});
    }
  }
  cells.resize(columns);
  table.rows.push_back({line, std::move(cells)});
  return {};
}

}  // namespace zicht::exchange::internal
