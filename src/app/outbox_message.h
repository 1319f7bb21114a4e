// What a message says on the wire, made from ids alone; and when a failed one is tried again.
//
// Pure. docs/formats/outbox.md is the format. No function here gets a record, so none can tell of
// its fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/outbox_ports.h"
#include "app/present/json_writer.h"
#include "base/rng.h"

namespace zicht::app {

struct OutboxOptions {
  std::string public_url;               // "https://zicht.example.nl"; empty: nothing can be linked
  std::string source;                   // urn:nld:oin:<20 digits>:systeem:<name>
  bool can_mail = false;                // a mail server is configured
  std::int64_t most_tries = 12;         // then it is a dead letter
  std::int64_t most_webhooks = 100;
};

// Hexadecimal digits of an event's id.
inline constexpr std::size_t kEventIdDigits = 32;

// As the API and the command line call them: "webhook", "task", "mail"; "waiting", "dead", "sent".
[[nodiscard]] std::string_view name_of(MessageKind kind);
[[nodiscard]] std::string_view name_of(MessageState state);

// The CloudEvent (NL GOV profile, structured JSON) of a kWebhook message.
[[nodiscard]] std::string cloud_event(const OutboxMessage& message, const OutboxOptions& options);

// The CloudEvent of a trial: it names no record and no form.
[[nodiscard]] std::string trial_event(const std::string& event_id, Instant at,
                                      const OutboxOptions& options);

// What is sent to a webhook: the event, signed under each secret.
[[nodiscard]] WebhookRequest webhook_request(const std::string& url, std::string event,
                                             const std::vector<std::string>& secrets, Instant at);

// "Zicht-Signature: t=1767225600,v1=<hex>,v1=<hex>": under each secret the HMAC-SHA256 of
// "<t>.<body>", t in seconds since 1970.
[[nodiscard]] std::string signature_header(const std::vector<std::string>& secrets, Instant at,
                                           const std::string& body);

// Text and subject of a kMail message; the address is left empty.
[[nodiscard]] Mail mail_of(const OutboxMessage& message, const std::string& language,
                           const OutboxOptions& options);

// The message and hint of a failure by its catalogue id, as "error": {id, message, hint}; nothing
// for an unknown or empty one. Placeholders are not filled: none of these has any.
void write_failure(JsonWriter& json, const std::string& id);

// How long to wait after this many failed tries: 30 s doubled each time up to 6 hours, of which a
// random half to whole is taken, so that servers that were down together do not come back together.
// Requires: tries >= 1.
[[nodiscard]] std::int64_t backoff_microseconds(std::int64_t tries, Rng& rng);

}  // namespace zicht::app
