#include "stats/testing/reference_files.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>

#include "base/check.h"

namespace zicht::stats::testing {

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<CsvTable> reference_table(const std::string& name) {
  const auto text = text_of_file("../shared/data/stats/" + name);
  if (text.empty()) return std::nullopt;
  auto table = CsvTable::parse(text, {.file = name});
  ZICHT_CHECK(table.has_value(), "a reference file is CSV");
  return *std::move(table);
}

std::vector<double> numbers(const CsvTable& table, std::string_view column) {
  const auto place = table.find_column(column);
  ZICHT_CHECK(place.has_value(), "the reference has the column");
  std::vector<double> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string text(table.text(row, *place));
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    out.push_back(end == text.c_str() || *end != 0 ? std::numeric_limits<double>::quiet_NaN()
                                                   : value);
  }
  return out;
}

}  // namespace zicht::stats::testing
