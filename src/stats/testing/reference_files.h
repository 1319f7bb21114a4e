// Reference data that lies outside the project, read in place; tests without it say so and count
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stats/csv.h"

namespace zicht::stats::testing {

// Bytes of a file; empty when it cannot be read.
[[nodiscard]] std::string text_of_file(const std::string& path);

// ../shared/data/stats/<name>, or nothing where that is absent.
[[nodiscard]] std::optional<CsvTable> reference_table(const std::string& name);

// A column as numbers; "NA" and empty fields are NaN. Requires: the column is there.
[[nodiscard]] std::vector<double> numbers(const CsvTable& table, std::string_view column);

}  // namespace zicht::stats::testing
