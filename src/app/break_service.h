// Break-the-glass: somebody opens a record that access refuses them, says why, and is looked at.
//
// A form says who may (model::BreakRule). A break opens one record to read, up to `breakable`, for
// the account that broke, for some hours, and only while that account says to be here for
// model::kEmergency; so every look through it stands in the read log with that purpose. It is an
// entry of the journal, a task for the role that the form names, and in the list of the privacy
// officer. A record that is not there, and one that may not be broken, answer alike.
// Errors: AP-0001 no such record or break (or not visible), AP-0002 may not, AP-0020 problems of
// the body, AP-0091 to AP-0095. Thread-safe; blocks on the store.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/access.h"
#include "app/organisations.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "app/read_recorder.h"
#include "app/record_service.h"
#include "base/rng.h"

namespace zicht::app {

class BreakService {
 public:
  // What one account may hold open at a time.
  static constexpr std::int64_t kMostOpen = 20;

  struct Ports {
    Store& store;
    PacksService& packs;
    Organisations& organisations;
    ChangeFeed& feed;
    const Clock& clock;
    Rng& rng;                           // thread-safe
    ReadRecorder& reads;
  };
  explicit BreakService(Ports ports) : ports_(ports) {}

  // Body {"reason", "hours"}. Gives the break. The same idempotency key gives the same one again.
  [[nodiscard]] Result<std::string> open(const Caller& caller, const std::string& record,
                                         const Json& body, const WriteContext& context);
  // Body {"limit"?, "before"?}: the caller's own, those that are reported to the caller's roles,
  // and for a privacy officer all: {"items": [...], "next"?: seq to give as `before`}.
  [[nodiscard]] Result<std::string> search(const Caller& caller, const Json& body);
  // By who broke, who is told, or a privacy officer.
  [[nodiscard]] Result<std::string> end(const Caller& caller, const std::string& id);
  // Body {"outcome": "justified" or "unjustified", "note"?}. By who is told or a privacy officer,
  // and never by the person who broke.
  [[nodiscard]] Result<std::string> review(const Caller& caller, const std::string& id,
                                           const Json& body);

 private:
  struct Target;
  Result<Target> find_target(const Caller& caller, const std::string& record);
  Result<bool> sees_as_much(const Caller& caller, const Target& target);
  Result<std::vector<Break>> visible(const Caller& caller, BreakQuery query);
  Result<Break> find_break(const Caller& caller, const std::string& id);
  Result<Receipt> append(const Caller& caller, const model::Record& record, std::string_view kind,
                         Json payload, const Idempotency& idempotency);
  Result<std::string> answer(const Caller& caller, const std::string& id);
  // `names` of accounts that were looked up before.
  Result<void> write(JsonWriter& json, const Break& each,
                     std::map<std::string, std::string>& names);
  Result<void> write_account(JsonWriter& json, std::string_view key, const std::string& id,
                             std::map<std::string, std::string>& names);

  Ports ports_;
};

}  // namespace zicht::app
