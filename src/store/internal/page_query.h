// One page of a form: which rows, in which order, found in time that does not grow with the table.
//
// Every filterable field has an index on (_audience, value, _created) of the rows that hold now.
// A page is made of branches, one per audience that the caller may see (and per value of a single
// filter): each is a short walk along one index, and the branches are merged. With more filters,
// or a range, the rarest one is found by looking no further than a few thousand hits: when it is
// rare its hits are taken and sorted, else rows are walked in order and tested, which meets enough
// hits soon because none of the filters is rare. Nothing is ever counted to the end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/query.h"
#include "store/driver.h"
#include "store/internal/form_table.h"

namespace zicht::store {

struct PageRows {
  std::vector<std::int64_t> rows;   // _row, in order
  std::string next;                 // cursor of the next page; empty: there is none
};

// Errors: ST-0018 for filters and sorts, ST-0019 for a cursor of another query, ST-0028 for words
// in an earlier state.
Result<PageRows> find_page(Connection& connection, const FormTable& table,
                           const model::Query& query, Instant now);

}  // namespace zicht::store
