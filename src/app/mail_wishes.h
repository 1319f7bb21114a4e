// Who wants to hear of tasks by mail, decided by each for themselves.
#pragma once

#include <string>

#include "app/access.h"
#include "app/outbox_ports.h"

namespace zicht::app {

// name@host in ASCII, at most 254 characters: what every mail server takes, and nothing that could
// end a header line.
[[nodiscard]] bool is_mail_address(const std::string& address);

// Thread-safe; blocks on the store. Errors: AP-0004 for a visitor.
class MailWishes {
 public:
  MailWishes(OutboxStore& store, bool can_mail) : store_(store), can_mail_(can_mail) {}

  // GET /v1/session/mail: {"wish", "address", "language", "possible": can mail be sent at all}.
  [[nodiscard]] Result<std::string> read(const Caller& caller);
  // Body {"wish": "at_once" | "daily" | "never", "address"?, "language"?: "nl" | "en"}; never
  // forgets the address. Errors: AP-0020 with AP-0125, AP-0127; AP-0126 when no mail is sent here.
  [[nodiscard]] Result<std::string> change(const Caller& caller, const Json& body);

 private:
  OutboxStore& store_;
  bool can_mail_;
};

}  // namespace zicht::app
