// What waits to be sent, was sent and was given up, for administrators and operators.
#pragma once

#include <string>
#include <vector>

#include "app/access.h"
#include "app/outbox_message.h"
#include "base/clock.h"

namespace zicht::app {

// Thread-safe; blocks on the store.
class Outbox {
 public:
  Outbox(OutboxStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  // GET /v1/outbox?state=waiting|dead|sent&after=...: {"waiting", "dead", "oldest"?, "items":
  // [...], "next"?}, newest first. No address, no title and no field of a record. Errors: AP-0002
  // for others than administrators, AP-0127 for another state, AP-0128 for an `after` from
  // elsewhere.
  [[nodiscard]] Result<std::string> list(const Caller& caller, const std::string& state,
                                         const std::string& after);
  // POST /v1/outbox/{id}/_resend: tried again at once, with all its tries before it.
  // Errors: AP-0002; AP-0001 when it does not wait and is not dead (any more).
  [[nodiscard]] Result<void> resend(const Caller& caller, const std::string& id);
  // POST /v1/outbox/_resend: the same for all that are dead; {"resent": how many}.
  [[nodiscard]] Result<std::string> resend_dead(const Caller& caller);

  // For the command line.
  [[nodiscard]] Result<std::vector<OutboxMessage>> messages(const OutboxFilter& filter) {
    return store_.messages(filter);
  }
  [[nodiscard]] Result<OutboxCounts> counts() { return store_.outbox_counts(); }
  // Errors: AP-0001.
  [[nodiscard]] Result<void> resend(const std::string& id);
  [[nodiscard]] Result<std::int64_t> resend_dead() { return store_.resend_dead(clock_.now()); }
  [[nodiscard]] Result<void> drop(const std::string& id);

 private:
  OutboxStore& store_;
  const Clock& clock_;
};

}  // namespace zicht::app
