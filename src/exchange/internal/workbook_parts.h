// The parts of a workbook that are needed to read a sheet, each from its XML (ECMA-376, part 1:
// 18.2 workbook, 18.3 worksheets, 18.4 shared strings, 18.8 styles; part 2: relationships).
//
// Pure. Errors: EX-0063 with the name of the part where its XML is not well formed, has a document
// type (no workbook has one, and entities could make much out of little), or is deeper than any.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_table.h"

namespace zicht::exchange::internal {

struct Part {
  std::string name;
  std::string content;
};

struct SheetName {
  std::string name, relation;
};
struct BookPart {
  std::vector<SheetName> sheets;
  bool counts_from_1904 = false;
};
[[nodiscard]] Result<BookPart> read_book_part(const Part& part);

struct Relations {
  std::map<std::string, std::string> targets;  // by id
  bool has_external_link = false;
};
[[nodiscard]] Result<Relations> read_relations(const Part& part);

[[nodiscard]] Result<std::vector<std::string>> read_strings(const Part& part);

// The numbers of the cell styles that show a date.
[[nodiscard]] Result<std::set<std::size_t>> read_date_styles(const Part& part);

// What the cells of a sheet need from the other parts.
struct SheetContext {
  const std::vector<std::string>& strings;
  const std::set<std::size_t>& date_styles;
  bool counts_from_1904 = false;
};
// One row after another, from the top, with its number; cells by column from 0, gaps empty. What
// `take` returns ends the reading when it is an error.
using TakeRow =
    std::function<Result<void>(std::uint32_t line, std::vector<app::ImportCell> cells)>;
[[nodiscard]] Result<void> read_sheet(const Part& part, const SheetContext& context,
                                      const TakeRow& take);

}  // namespace zicht::exchange::internal
