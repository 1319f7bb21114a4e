// What retention needs from the outside: which records nobody has changed since long, destroying
// them, and what was destroyed.
//
// What is destroyed cannot be brought back: the keys of the record go, and with them every version
// of it in the journal. Only records about persons have keys of their own (docs/decisions/0014).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace zicht::app {

// A record as it is when it goes; what is left of it is a tombstone.
struct ErasedRecord {
  std::string record, form, organisation;
  std::int64_t created = 0, version = 0;
};

struct UnchangedRecord {
  ErasedRecord record;
  Instant changed_at;
};

// The reason of an erasure of a person whose retention ended.
inline constexpr std::string_view kRetentionEnded = "retention ended";

// One entry of the journal by which records were destroyed.
struct Erasure {
  std::int64_t seq = 0;
  Instant at;
  std::string decided_by;               // account
  std::string organisation;             // whose chain has the entry
  bool is_of_person = false;            // a person with all that was about them alone
  std::string reason;                   // of a person: as it was given
  std::map<std::string, std::int64_t> records;   // how many, by "pack/form"
  std::int64_t accounts = 0;            // that were bound to the person
};

// Thread-safe; blocks on the database. Errors: unavailable, besides what is named.
class RetentionStore {
 public:
  virtual ~RetentionStore() = default;

  // The records of a form that were last changed before the moment, by id. Left out: erased ones;
  // those with a task, or a day on which the scheduler must look; and persons about whom another
  // record is still there.
  [[nodiscard]] virtual Result<std::vector<UnchangedRecord>> unchanged_since(
      const std::string& form, Instant moment) = 0;
  // Destroys these records about persons, by a journal entry of who approved it; those of persons
  // themselves are for expire_person. One that changed meanwhile stays. Gives how many went. What
  // the database keeps of removed rows is still to be wiped.
  [[nodiscard]] virtual Result<std::int64_t> expire_records(
      const std::string& actor, const std::vector<ErasedRecord>& records) = 0;
  // The same for the record of a person about whom nothing else is left; false: there is something
  // again, or it changed meanwhile, and nothing went.
  [[nodiscard]] virtual Result<bool> expire_person(const std::string& actor,
                                                   const ErasedRecord& person) = 0;
  // Those of these ids that were erased, by whatever entry.
  [[nodiscard]] virtual Result<std::set<std::string>> erased_of(
      const std::vector<std::string>& ids) = 0;
  // Newest first, older than `before_seq` when given. Errors: ST-0026 when an entry is not in the
  // shape of the format.
  [[nodiscard]] virtual Result<std::vector<Erasure>> erasures(
      std::optional<std::int64_t> before_seq, std::int64_t limit) = 0;
  // Wipes what the database keeps of removed rows; also unavailable when a reader holds on for too
  // long. It can be done again.
  [[nodiscard]] virtual Result<void> wipe_removed() = 0;
};

}  // namespace zicht::app
