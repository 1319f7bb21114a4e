// The messages that a version of a record causes, in the transaction that writes it.
//
// Nothing is looked up: the database itself finds the webhooks that hear of the form and the tasks
// that were not there before, so a write without receivers pays for one empty look. Rebuilding
// calls none of this: what was told once is not told again.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/entry.h"
#include "model/record.h"
#include "store/driver.h"

namespace zicht::store {

// Requires: the rows of this version are not written yet. `told`: app::told_event.
Result<void> queue_messages(Connection& connection, const model::Envelope& envelope,
                            const model::Record& record, std::string_view told);

}  // namespace zicht::store
