// app's ReadImportTable: a table out of a file in CSV or XLSX that somebody wants to import.
//
//     const auto table = exchange::read_import_table(content, {.header_row = 2});
//
// The content decides which of the two it is. CSV: UTF-8 with or without a byte order mark, UTF-16,
// and else Windows-1252, told with the table; divided by comma, semicolon or tab, quoted as in
// RFC 4180. XLSX: the cells of one sheet (ECMA-376), with the outcomes of formulas that the file
// keeps; never computed, never fetched from elsewhere. What is too large is refused while it is
// read, before it is all in memory. Pure; thread-safe. Errors: app/import_table.h.
#pragma once

#include "app/import_table.h"

namespace zicht::exchange {

[[nodiscard]] Result<app::ImportTable> read_import_table(std::string_view content,
                                                         const app::TableWish& wish);

}  // namespace zicht::exchange
