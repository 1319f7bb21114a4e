// A unit of app's port with everything worked out that does not depend on its place in the chain.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/outbox_ports.h"
#include "app/ports.h"
#include "store/internal/prepared_record.h"
#include "store/internal/projector.h"

namespace zicht::store {

struct PreparedWrite {
  PreparedRecord prepared;
  std::string payload;
  std::int64_t expected_version = 0;
  std::vector<std::string> files;       // uploads that it takes
  std::string_view told;                // what receivers hear: app::told_event
};

struct PreparedEntry {
  model::Entry entry;
  std::string payload;
};

struct PreparedUnit {
  std::string actor, purpose;
  std::vector<PreparedWrite> records;
  std::vector<PreparedEntry> entries;
  std::optional<UsedKey> used_key;
  app::Receipt receipt;                 // filled by the writer
};

// Errors: those of prepare_record and canonical_json.
Result<PreparedUnit> prepare_unit(const FormRegistry& forms, app::Unit unit);

// The key that seals a record, and that of an entry of another kind.
KeyScope key_scope_of(const PreparedRecord& prepared);
KeyScope key_scope_of(const model::Entry& entry);

}  // namespace zicht::store
