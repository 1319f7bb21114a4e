// What the outbox needs from the outside: a place to keep messages, and a way to send them.
//
// A message stands in the store from the transaction that causes it until it was sent; what it
// says is made when it is sent, from ids alone. No message, no row and no error here holds a field
// of a record or a title; the address of somebody who wants mail is given out sealed-open to the
// sender only. docs/formats/outbox.md says what goes over the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"

namespace zicht::app {

// What can happen to a record, as receivers hear of it.
inline constexpr std::string_view kToldCreated = "created";
inline constexpr std::string_view kToldChanged = "changed";
inline constexpr std::string_view kToldStepped = "stepped";

// The same of an event of the journal (model::RecordEvent::event) that made this version.
[[nodiscard]] inline std::string_view told_event(std::string_view event, std::int64_t version) {
  if (event == "stepped" || event == "fired") return kToldStepped;
  return version == 1 ? kToldCreated : kToldChanged;
}

enum class MessageKind : std::uint8_t {
  kWebhook,  // an event of a record, for one webhook
  kTask,     // a task that appeared: who wants mail of it is still to be decided
  kMail,     // a mail to one account
};

enum class MessageState : std::uint8_t {
  kWaiting,
  kDead,     // given up; waits for a person
  kSent,     // kept for a while, for who asks whether it went
};

// Mail and webhooks are sent apart, so that a mail server that hangs keeps no webhook waiting.
enum class Lane : std::uint8_t { kWebhooks, kMail };

struct OutboxMessage {
  std::string id;                       // of the row; at most 64 of a-z, 0-9 and '.'
  MessageKind kind = MessageKind::kWebhook;
  std::string event_id;                 // the same on every try: receivers drop what they have seen
  std::string target;                   // webhook or account; empty for kTask
  std::string form;                     // "pack/form"; empty in a summary
  std::string record;                   // public id; empty in a summary
  std::int64_t version = 0;
  std::string event;                    // kTold...; of a mail "task" or "summary"
  std::string task_key, role;           // kTask
  Instant happened;                     // when what it tells was recorded
  Instant due;                          // not sent before; of a sent one: when it was
  std::int64_t tries = 0;               // that failed
  MessageState state = MessageState::kWaiting;
  std::string error;                    // catalogue id of the last failure; empty: none
};

struct Webhook {
  std::string id;
  std::string title;                    // what people call it
  std::string url;
  std::string organisation;             // of who made it; its chain keeps the entries
  std::vector<std::string> forms;       // "pack/form"
  std::vector<std::string> events;      // kTold...
  bool is_active = true;
};

enum class MailWish : std::uint8_t { kNever, kAtOnce, kDaily };

// How somebody wants to hear of tasks. The address is personal data.
struct MailPreference {
  std::string account;
  MailWish wish = MailWish::kNever;
  std::string address;                  // empty when never
  std::string language = "nl";          // or "en"
};

struct OutboxCounts {
  std::int64_t waiting = 0;
  std::int64_t dead = 0;
  std::optional<Instant> oldest;        // happened; of those that wait
};

struct OutboxFilter {
  MessageState state = MessageState::kWaiting;
  // The last message of the page before: when what it tells happened, and its id.
  std::optional<std::pair<Instant, std::string>> after;
  std::int64_t limit = 100;
};

// When a message is due that somebody asked for by itself: before all others, and also while its
// receiver is left alone because it does not answer.
inline constexpr Instant kAskedFor{};

// How long a webhook signs with the secret before its present one, too.
inline constexpr std::int64_t kOldSecretHolds = 7 * 24 * kMicrosecondsPerHour;

// Thread-safe; blocks on the database. Messages of kWebhook and kTask get in with the journal
// entry that causes them (Store::append), by what `webhook.put` entries and preferences say then.
class OutboxStore {
 public:
  virtual ~OutboxStore() = default;

  // Those of a lane that wait and are due, longest due first. Tasks are in the lane of mail.
  [[nodiscard]] virtual Result<std::vector<OutboxMessage>> due_messages(Lane lane, Instant now,
                                                                        std::int64_t limit) = 0;
  // Nobody wants it any more: the row goes.
  [[nodiscard]] virtual Result<void> remove_message(const std::string& id) = 0;
  // Keeps `due`, `tries`, `state` and `error` of a message that is there.
  [[nodiscard]] virtual Result<void> note_try(const OutboxMessage& message) = 0;
  // Those that were sent before go.
  [[nodiscard]] virtual Result<void> forget_sent(Instant before) = 0;
  // In the place of a kTask come these mails, in one transaction. One that is there already (by
  // id) stays as it is; while an untried "task" mail for the same account waits, that one is made
  // to tell of all tasks (record and form empty) instead.
  [[nodiscard]] virtual Result<void> replace_task(const std::string& id,
                                                  const std::vector<OutboxMessage>& mails) = 0;

  [[nodiscard]] virtual Result<OutboxCounts> outbox_counts() = 0;
  // Newest happened first.
  [[nodiscard]] virtual Result<std::vector<OutboxMessage>> messages(const OutboxFilter& filter) = 0;
  // Due at kAskedFor with no failed tries; false: there is none, or it was sent.
  [[nodiscard]] virtual Result<bool> resend_message(const std::string& id) = 0;
  // All that are dead are due now, with no failed tries; gives how many.
  [[nodiscard]] virtual Result<std::int64_t> resend_dead(Instant now) = 0;
  [[nodiscard]] virtual Result<bool> drop_message(const std::string& id) = 0;

  // Also those that are not active, in the order in which they were made.
  [[nodiscard]] virtual Result<std::vector<Webhook>> webhooks() = 0;
  // The present signing secret, then that before it while it holds (kOldSecretHolds).
  // Errors: ST-0021 when one cannot be opened, ST-0080 none.
  [[nodiscard]] virtual Result<std::vector<std::string>> webhook_secrets(const std::string& webhook,
                                                                         Instant now) = 0;
  // Sealed by the adapter. The present one becomes that before it; the one before that is gone.
  [[nodiscard]] virtual Result<void> put_webhook_secret(const std::string& webhook,
                                                        const std::string& secret,
                                                        Instant now) = 0;

  // Without one: never.
  [[nodiscard]] virtual Result<MailPreference> mail_preference(const std::string& account) = 0;
  // A preference of never removes the row, and with it the address.
  [[nodiscard]] virtual Result<void> put_mail_preference(const MailPreference& preference) = 0;
  // Who wants any mail; addresses left empty.
  [[nodiscard]] virtual Result<std::vector<MailPreference>> mail_preferences() = 0;
};

// One try to send something, and what became of it.
enum class DeliveryOutcome : std::uint8_t {
  kSent,
  kRefused,      // the receiver answered, but not that it has it: try again later
  kUnreachable,  // nothing sensible came back in time: others for the same target wait too
  kRejected,     // will not succeed by trying again
};
struct Delivery {
  DeliveryOutcome outcome = DeliveryOutcome::kSent;
  std::string error;                    // EX id; empty when sent
};

struct WebhookRequest {
  std::string url;
  std::vector<std::string> headers;     // "Name: value"
  std::string body;
};

struct Mail {
  std::string to;
  std::string message_id;               // the same on every try, without angle brackets
  std::string subject, text;            // ASCII
  Instant date;
};

// Sends over the network. Thread-safe; each call ends within a minute, whatever the other side
// does.
class MessageSender {
 public:
  virtual ~MessageSender() = default;
  [[nodiscard]] virtual Delivery post(const WebhookRequest& request) = 0;
  [[nodiscard]] virtual Delivery mail(const Mail& mail) = 0;
};

}  // namespace zicht::app
