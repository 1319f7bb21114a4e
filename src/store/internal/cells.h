// Values of fields as the columns of a form table keep them, and back to parameters.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/field.h"
#include "store/driver.h"

namespace zicht::store {

// An owned value; empty is null.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;

Param param_of(const Cell& cell);
std::vector<Param> params_of(const std::vector<Cell>& cells);

// The value of a field of one column: texts, codes, references and dates as they are, decimals and
// amounts scaled, booleans 0 and 1, groups as canonical JSON. Uncertain dates have three columns
// and are not for this. Errors: ST-0013 when the value is not in the field's shape.
Result<Cell> cell_of(const model::Field& field, const Json& value);

}  // namespace zicht::store
