// Retention: records about persons whose term, from their last change, has ended; somebody looks at
// the list and approves it, and only then they are destroyed.
//
//     ZICHT_TRY(due, retention.due(today));
//     ... an administrator looks at the list ...
//     ZICHT_TRY(outcome, retention.erase({list, account, today}));
//
// A record is due on the day after `last change + retention` of its form, in the pack that is
// active. Nothing is due that has an open task or a deadline to come; a person is due only when
// about that person nothing else is left (docs/decisions/0015). The command `zicht retention` and
// the API both come here.
// For callers: administrators and privacy officers see what is due and what was destroyed, and of
// a record its title only where they may see that anyway; administrators alone approve. Errors:
// AP-0002 for everybody else, AP-0020 problems of the body (AP-0075, AP-0180 to AP-0182).
// Thread-safe; blocks on the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/access.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/present/record_json.h"
#include "app/read_recorder.h"
#include "app/retention_ports.h"
#include "base/clock.h"
#include "base/date.h"

namespace zicht::app {

struct DueRecord {
  ErasedRecord record;
  bool is_person = false;
  Date changed;
  Date due;                             // the first day on which it may go
};

// A record of the list that somebody approved, as it was then.
struct ListedRecord {
  std::string record;
  std::int64_t version = 0;
};

struct Approval {
  std::vector<ListedRecord> list;
  std::string account;                  // of who approved it
  Date today;
};

struct Expiry {
  std::int64_t erased = 0;              // now
  std::int64_t left = 0;                // of the list: not due any more, changed since, or gone
  std::vector<std::string> kept;        // of those the ones that are still there
  // Why the bytes that the database keeps of removed rows could not be wiped; to be done again.
  std::optional<Error> unwiped;
};

class RetentionService {
 public:
  struct Ports {
    Store& store;
    RetentionStore& retention;
    PacksService& packs;
    Organisations& organisations;
    const Clock& clock;
    ReadRecorder& reads;
    // Called as soon as a person went, with whom accounts may have gone: who is signed in must be
    // looked up again.
    std::function<void()> forget_accounts = [] {};
  };
  explicit RetentionService(Ports ports) : ports_(ports) {}

  // In the order of forms and ids.
  [[nodiscard]] Result<std::vector<DueRecord>> due(Date today);
  // Destroys what is on the list, still due and unchanged, and wipes what the database keeps of it;
  // also what was left unwiped when something of the list was destroyed before.
  [[nodiscard]] Result<Expiry> erase(const Approval& approval);

  // Body {"limit"?: 1..200, "after"?: "next" of the page before}: {"items": [{"id", "form",
  // "form_title", "person": it is one, "title"?, "organisation", "version", "changed", "due",
  // "retention", "law", "article"?}], "count", "next"?, "may": ["erase"]}, longest due first.
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);
  // Body {"records": [{"record", "version"}]}, 1 to kMostApproved: {"erased", "left": [ids],
  // "wiped"}. The same body again gives the same answer, and wipes again.
  [[nodiscard]] Result<std::string> approve(const Caller& caller, const Json& body);
  // Body {"limit"?, "before"?: seq}: what was destroyed, newest first, not only by retention.
  [[nodiscard]] Result<std::string> erasures(const Caller& caller, const Json& body);

  static constexpr std::size_t kMostApproved = 1000;

 private:
  Result<void> add_due(const model::Form& form, Date today, std::vector<DueRecord>& due);
  Result<std::vector<ErasedRecord>> take_due(const Approval& approval, Expiry& outcome);
  void write(JsonWriter& json, const Rulebook& rules, const References& titles,
             const DueRecord& each);
  Result<void> write(JsonWriter& json, const Rulebook& rules, const Erasure& each);

  Ports ports_;
};

}  // namespace zicht::app
