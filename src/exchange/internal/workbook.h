// The sheets of an XLSX workbook, read as a stream: libarchive unpacks, expat parses.
#pragma once

#include "app/import_table.h"

namespace zicht::exchange::internal {

// Unpacked bytes of all parts that are read; and how many times the packed ones they may be, above
// 1 MiB.
inline constexpr std::size_t kMostUnpacked = std::size_t{64} << 20;
inline constexpr std::size_t kMostTimes = 100;
inline constexpr std::size_t kMostParts = 2'000;

// Requires: it begins as a ZIP archive. Errors: EX-0061 to EX-0069.
[[nodiscard]] Result<app::ImportTable> read_workbook(std::string_view content,
                                                     const app::TableWish& wish);

}  // namespace zicht::exchange::internal
