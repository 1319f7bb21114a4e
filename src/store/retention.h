// Records whose retention may have ended: those that nobody has changed since long.
//
//     ZICHT_TRY(unchanged, unchanged_since(connection, "care/note", moment));
//
// A retention counts from the last change of a record. Only records about persons have a key of
// their own (docs/decisions/0014), so only they can be destroyed one by one.
#pragma once

#include <string>
#include <vector>

#include "app/retention_ports.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "store/driver.h"
#include "store/erasure.h"

namespace zicht::store {

using app::UnchangedRecord;

// As app::RetentionStore::unchanged_since.
Result<std::vector<UnchangedRecord>> unchanged_since(Connection& connection,
                                                     const std::string& form, Instant moment);

// Whether the record is as it was when it was found, and would be found again.
Result<bool> is_unchanged(Connection& connection, const ErasedRecord& record);

// The payload of records.expired.
Json to_expiry_payload(const std::vector<ErasedRecord>& records);

}  // namespace zicht::store
