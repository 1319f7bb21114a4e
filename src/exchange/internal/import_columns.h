// What holds for the tables of CSV and XLSX alike: names of columns, and rows beneath them.
#pragma once

#include "app/import_table.h"

namespace zicht::exchange::internal {

// Names after trimming. Errors: EX-0062 too many, EX-0066 none, EX-0067 one twice, EX-0068 one
// without a name.
[[nodiscard]] Result<void> check_columns(std::vector<std::string>& names, std::int64_t line);

// Adds a row, made as long as there are columns. Errors: EX-0062 too many rows, EX-0068 a value
// beyond the last column, EX-0069 a cell too long, EX-0070 characters that text cannot have.
[[nodiscard]] Result<void> add_row(app::ImportTable& table, std::uint32_t line,
                                   std::vector<app::ImportCell> cells);

}  // namespace zicht::exchange::internal
