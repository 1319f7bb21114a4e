// Rows of a form counted so that the count can be kept: for everybody at once, and moved on by the
// records that changed since, without looking at the others.
//
//     ZICHT_TRY(cells, count_cells(connection, table, query, most));       every row, once
//     ZICHT_CHECKED(move_on(connection, table, query, changed, cells));    those that changed
//     ZICHT_TRY(groups, groups_of(table, query, cells));                   what one asker sees
//
// A cell is a group of the question, of one organisation and one audience: so who may see what is
// asked of cells, as it would be of rows (RowScope without conditions). Moving on takes away what a
// record counted for before, and adds what it counts for now. What a record was is read off the
// numbers of its rows: of the rows that cover a day, the one with the highest number holds, and
// rows up to a number are those of the entries up to then (form_table.h, `_row`).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/tally.h"
#include "store/driver.h"
#include "store/internal/count_columns.h"
#include "store/internal/form_table.h"

namespace zicht::store {

struct CellKey {
  std::vector<std::optional<std::string>> values;  // as model::Group
  std::string organisation;
  // Of an earlier moment: the narrower one of then and now, for both must be reached.
  std::int64_t audience = 0;

  auto operator<=>(const CellKey&) const = default;
};
using CountCells = std::map<CellKey, RawTally>;  // none of nothing

// Whether it can be asked of cells: whom rows are about does not matter.
bool may_keep(const model::CountQuery& query);

// The question as a hash: all that decides what is counted, but not for whom.
// Requires: the columns are checked.
std::string question_of(const FormTable& table, const model::CountQuery& query);

// Errors: ST-0096 when there are more cells than `most`; ST-0018, ST-0073.
Result<CountCells> count_cells(Connection& connection, const FormTable& table,
                               const model::CountQuery& query, std::int64_t most);

// Records, all of one organisation, each once, with the number of the last row that the cells have
// counted of that organisation. Those of other forms are passed over.
struct ChangedRecords {
  std::vector<std::string> records;
  std::int64_t last_row = 0;
};

// Errors: ST-0018, ST-0073; then `cells` are of no use.
Result<void> move_on(Connection& connection, const FormTable& table,
                     const model::CountQuery& query, const ChangedRecords& changed,
                     CountCells& cells);

// The groups that the scope of the query reaches, as app::Store::count.
// Errors: ST-0096, ZB-0007. Requires: may_keep.
Result<std::vector<model::Group>> groups_of(const FormTable& table,
                                            const model::CountQuery& query,
                                            const CountCells& cells);

}  // namespace zicht::store
