// Rows of a form table back to records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/record.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"

namespace zicht::store {

// The select list that `read_row` takes; `alias` is that of the form table.
std::string row_columns(std::string_view alias);
inline constexpr int kRowColumns = 11;

// The record of the current row. A row whose key was destroyed comes without its sealed fields.
// Errors: ST-0025 when the row is damaged; those of the model.
Result<model::Record> read_row(Connection& connection, DataKeys& keys, const Rows& rows);

}  // namespace zicht::store
