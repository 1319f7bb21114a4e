// What is due: records about persons whose retention, from their last change, has ended.
//
//     ZICHT_TRY(due, due_records(installation, installation.today()));
//     ... somebody looks at the list and approves it ...
//     ZICHT_TRY(outcome, erase_due(installation, {list, account, installation.today()}));
//
// A record is due on the day after `last change + retention` of its form, in the pack that is
// active. Nothing is due that has an open task or a deadline to come; a person is due only when
// about that person nothing else is left.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "server/installation.h"

namespace zicht::server {

struct DueRecord {
  store::ErasedRecord record;
  bool is_person = false;
  Date changed;
  Date due;                           // the first day on which it may go
};

// In the order of forms and ids. Errors: unavailable.
[[nodiscard]] Result<std::vector<DueRecord>> due_records(Installation& installation, Date today);

// A record of the list that somebody approved, as it was then.
struct ListedRecord {
  std::string record;
  std::int64_t version = 0;
};

// The list as lines of JSON, and back. Errors: SV-0062 with the number of the line that is none.
[[nodiscard]] std::string render_list(const std::vector<DueRecord>& due);
[[nodiscard]] Result<std::vector<ListedRecord>> parse_list(std::string_view text);

struct Approval {
  std::vector<ListedRecord> list;
  std::string account;                // of who approved it
  Date today;
};
struct Expiry {
  std::int64_t erased = 0;
  std::int64_t left = 0;              // not due any more, or changed since the list
};
// Destroys what is on the list and still due, and wipes what the database keeps of it.
[[nodiscard]] Result<Expiry> erase_due(Installation& installation, const Approval& approval);

}  // namespace zicht::server
