// The read log: who saw data of whom, kept apart from the journal (docs/formats/read-log.md).
//
// One entry per request with the set of persons; it is durable before the answer leaves. Entries
// are never changed; whole months are dropped after their retention.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/instant.h"
#include "base/result.h"

namespace zicht::app {

struct ReadEntry {
  std::string id;                       // public id
  Instant at;
  std::string account, organisation;    // of who looked
  std::vector<std::string> roles;       // "pack/role" in the pack of the form, or built-in ones
  std::string purpose;                  // "pack/purpose"; empty: none was said
  std::string action;                   // read history links file search export tasks change
                                        // readers
  std::string form;                     // "pack/form"; empty: not of one form
  std::vector<std::string> subjects;    // records of the persons, in order, each once
  bool is_refused = false;
  std::string trace;                    // traceparent as received, else the id of the request
};

// Newest first. Absent or empty: no matter.
struct ReadQuery {
  std::string subject, account;
  std::optional<Instant> from, until;   // until exclusive
  std::int64_t limit = 100;
  std::string cursor;
};
struct ReadPage {
  std::vector<ReadEntry> entries;
  std::string next;                     // empty: the last page
};

// Thread-safe; blocks, but for where it says that it does not.
class ReadLog {
 public:
  // Called once, with what came of an entry. Must be quick: others wait for the thread.
  using Done = std::function<void(Result<void>)>;

  virtual ~ReadLog() = default;
  // Returns when the entry is durable. Errors: kUnavailable, kResourceExhausted; then the read must
  // not be answered.
  [[nodiscard]] virtual Result<void> append(const ReadEntry& entry) = 0;
  // The same without waiting (but for the first entry of a month): `done` is called when the entry
  // is durable or cannot be, on a thread of the log or on this one.
  virtual void append(ReadEntry entry, Done done) = 0;
  // Errors: ST-0019 for a cursor that is none.
  [[nodiscard]] virtual Result<ReadPage> find(const ReadQuery& query) = 0;
  // Drops the months that ended before this day; gives how many.
  [[nodiscard]] virtual Result<std::int64_t> drop_before(Date day) = 0;
};

}  // namespace zicht::app
