// Breaks (model::BreakRule) as rows: who opened which record until when, and the task of it.
//
//   breaks  id, record, form, account (who broke), role (by which), report (who has to look),
//           opened, until, ended, reviewed (microseconds; the last two 0: not yet), ended_by,
//           reviewed_by, outcome, seq and review_seq: the entries that hold the reason and the note
//
// The task stands among the others, as "break:ID"; it outlives new versions of the record.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "model/entry.h"
#include "store/driver.h"

namespace zicht::store {

// Writes the rows of an entry about a break; absent: the entry is of another kind.
std::optional<Result<void>> project_break(Connection& connection, const model::Envelope& envelope,
                                          const Json& payload);

// Removes the tasks that the record itself gave.
Result<void> remove_tasks(Connection& connection, const std::string& record);

}  // namespace zicht::store
