// A pushed down FEEL condition (feel/predicate.h) as SQL over a form table.
//
// SQL's logic of three values is FEEL's, so each part of a predicate is one part of the SQL, the
// same for both databases; constants are bound, never spliced. Texts are compared by bytes, which
// is by code point: columns have the collation "C" on PostgreSQL and none on SQLite. The engine's
// columns of state and turn are empty where there is none, and null to a condition.
#pragma once

#include <optional>

#include "base/result.h"
#include "feel/predicate.h"
#include "store/internal/conditions.h"
#include "store/internal/form_table.h"
#include "store/internal/sql_builder.h"

namespace zicht::store {

// Errors: ST-0018 for a field that has no column in the table.
Result<void> check_columns(const FormTable& table, const feel::Predicate& predicate);

// The condition on the row with the alias f: true, false or null. Requires: check_columns.
void render(const FormTable& table, const feel::Predicate& predicate, SqlBuilder& sql);

// The conditions that must all hold where the predicate is true. Those that an index answers are
// as those of a filter, so that the rarest finds the rows; what is left is looked at row by row.
// The predicate must outlive them. Requires: check_columns.
std::vector<Condition> conditions_of(const FormTable& table, const feel::Predicate& predicate);

}  // namespace zicht::store
