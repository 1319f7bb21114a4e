// Webhooks: who outside hears of changes to records, by decision of an administrator.
//
// A webhook is a journal entry (`webhook.put`): address, forms, events, on or off. Its signing
// secret is not: it is made here, shown once, and kept sealed. After a new one the old one signs
// too for a week (kOldSecretHolds), so that the receiver can change without missing anything.
// What is sent: docs/formats/outbox.md.
#pragma once

#include <mutex>
#include <string>

#include "app/access.h"
#include "app/outbox_message.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "base/clock.h"
#include "base/rng.h"

namespace zicht::app {

// Thread-safe; blocks on the store. Administrators only (AP-0002).
class Webhooks {
 public:
  struct Ports {
    Store& store;
    OutboxStore& outbox;
    MessageSender& sender;              // for trial messages
    const PacksService& packs;
    const Clock& clock;
    Rng& rng;                           // thread-safe
  };
  Webhooks(Ports ports, OutboxOptions options) : ports_(ports), options_(std::move(options)) {}

  // GET /v1/webhooks: {"items": [...], "forms": [...], "events": [...]}.
  [[nodiscard]] Result<std::string> list(const Caller& caller);
  // Body {"title", "url", "forms", "events"}; the answer has the "secret", this once.
  // Errors: AP-0020 with all problems, AP-0120 when the installation has no public address or
  // source yet, AP-0121 when there are too many.
  [[nodiscard]] Result<std::string> create(const Caller& caller, const Json& body);
  // Body {"title"?, "url"?, "forms"?, "events"?, "active"?, "new_secret"?: true}. Errors: AP-0001
  // when there is none, AP-0020.
  [[nodiscard]] Result<std::string> update(const Caller& caller, const std::string& id,
                                           const Json& body);
  // Sends a message that tells of no record, now and once, also while the webhook is off:
  // {"sent", "error"?: {id, message, hint}}. Errors: AP-0001 when there is none, AP-0120.
  [[nodiscard]] Result<std::string> try_out(const Caller& caller, const std::string& id);

 private:
  // Errors: AP-0001 when there is none.
  Result<Webhook> find(const std::string& id);
  Result<void> write(const Webhook& webhook, const std::string& actor);
  Result<std::string> give_secret(const std::string& webhook);

  Ports ports_;
  OutboxOptions options_;
  std::mutex writing_;
};

}  // namespace zicht::app
