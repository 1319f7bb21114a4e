// One entry of the journal before it is sealed, and its envelope after (docs/formats/journal.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json.h"

namespace zicht::model {

// What a use case hands to the store. The store adds seq, chain number, key and hash.
struct Entry {
  std::string organisation;
  std::string actor;                    // account id, "system" or "scheduler"
  std::string purpose;                  // "work", "facts", "operate"
  std::string subject;                  // record id, account id, pack id ... or empty
  std::string kind;                     // "record.put", "pack.activated" ...
  std::string pack_hash;                // empty for engine entries
  std::string retention;                // retention class of the payload's key, e.g. "P20Y"
  Json payload;                         // canonical JSON object
  // About a record: the persons whom it is about. Then `subject` is that record, and the record's
  // own key seals the entry.
  std::vector<std::string> persons{};
};

// What stands in clear beside the sealed payload. Hashes and ids are lower-case hex.
struct Envelope {
  std::int64_t seq = 0;
  std::string organisation;
  std::int64_t chain_no = 0;
  Instant recorded_at;
  std::string actor, purpose, subject, kind, pack_hash, engine_version, key_id;
  std::string hash;
};

inline constexpr std::string_view kRecordPut = "record.put";
inline constexpr std::string_view kPersonErased = "person.erased";
inline constexpr std::string_view kRecordsExpired = "records.expired";
inline constexpr std::string_view kKeysRotated = "keys.rotated";
inline constexpr std::string_view kOrganisationPut = "organisation.put";
inline constexpr std::string_view kAccountPut = "account.put";
inline constexpr std::string_view kAccountReset = "account.reset";
inline constexpr std::string_view kPackStored = "pack.stored";
inline constexpr std::string_view kPackActivated = "pack.activated";
inline constexpr std::string_view kCalendarConfigured = "calendar.configured";
inline constexpr std::string_view kImportKept = "import.kept";
inline constexpr std::string_view kWebhookPut = "webhook.put";
inline constexpr std::string_view kBreakOpened = "break.opened";
inline constexpr std::string_view kBreakEnded = "break.ended";
inline constexpr std::string_view kBreakReviewed = "break.reviewed";
inline constexpr std::string_view kHandoverOffered = "handover.offered";
inline constexpr std::string_view kHandoverAccepted = "handover.accepted";
inline constexpr std::string_view kHandoverRefused = "handover.refused";
inline constexpr std::string_view kHandoverWithdrawn = "handover.withdrawn";
inline constexpr std::string_view kHandoverReturned = "handover.returned";

// The state of what is left of an erased record.
inline constexpr std::string_view kErasedState = "erased";

}  // namespace zicht::model
