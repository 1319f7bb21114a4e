// Makes rows of journal entries: the same when they are written and when they are read again.
//
// Everything here is a function of the entry, of the pack version it names, and of the rows that
// earlier entries of the same record made. The writer calls it for new entries, rebuild for all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/entry.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/internal/form_registry.h"
#include "store/internal/prepared_record.h"

namespace zicht::store {

// A row that is known to hold: _recorded_to is empty.
struct OpenRow {
  std::int64_t row;
  Date valid_from;
  std::optional<Date> valid_to;
};

// What has to be known of a record before its next version can be written.
struct RecordState {
  std::int64_t created = 0;          // 0: there is none yet
  std::int64_t version = 0;
  std::string organisation, form;
  std::vector<OpenRow> open;         // by valid_from
  bool is_erased = false;            // then nothing is written to it any more
};

// The idempotency part of a payload.
struct UsedKey {
  std::string key_hash, request_hash;
};
std::optional<UsedKey> used_key_of(const Json& payload);

// Writes the rows of a record.put; gives the state after it. `key` seals what is sealed.
Result<RecordState> project_record(Connection& connection, const FormRegistry& forms,
                                   const model::Envelope& envelope, const PreparedRecord& prepared,
                                   const RecordState& before, const SecretKey& key);

// Writes the rows of any other kind of entry.
Result<void> project_entry(Connection& connection, const model::Envelope& envelope,
                           const Json& payload);

// Notes that the unit which ended with this entry used the key.
Result<void> project_used_key(Connection& connection, const model::Envelope& envelope,
                              const UsedKey& key, std::string_view record, std::int64_t version);

}  // namespace zicht::store
