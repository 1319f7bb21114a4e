// The job that sends what a lane of the outbox holds. Of several servers on one database one sends
// at a time; mail and webhooks each have a job, so that neither waits for the other.
//
//     OutboxSender sender(ports, options, Lane::kMail);
//     const auto outcome = sender.run_once();        // every few seconds, on a thread of its own
//
// At least once: a message leaves the outbox only after the other side has it, so a crash in
// between sends it again, under the same id. A failed one is tried again after a pause
// (backoff_microseconds) and becomes a dead letter after OutboxOptions::most_tries, or at once when
// the other side says that trying again is no use. A receiver that does not answer is left alone
// for a growing while, so that it keeps the others waiting for one try and no more. What was sent
// is kept for a week, for who asks. A failure is logged by ids and catalogue id only.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/outbox_message.h"
#include "app/packs_service.h"
#include "app/ports.h"
#include "base/rng.h"

namespace zicht::app {

class OutboxSender {
 public:
  struct Ports {
    Store& store;                       // leases, accounts and the records of tasks
    OutboxStore& outbox;
    MessageSender& sender;
    const PacksService& packs;
    const Clock& clock;
    Rng& rng;
    std::string holder;                 // names this server in the lease
  };
  OutboxSender(Ports ports, OutboxOptions options, Lane lane)
      : ports_(std::move(ports)), options_(std::move(options)), lane_(lane) {}

  struct Outcome {
    bool had_lease = false;             // another server is at it: nothing was done
    std::int64_t sent = 0;
    std::int64_t failed = 0;            // tries, of which
    std::int64_t died = 0;              // became dead letters
  };
  // One run over everything that is due. Not at the same time from two threads.
  [[nodiscard]] Result<Outcome> run_once();

  // A run ends after the try it is at. Thread-safe.
  void stop() { is_stopping_ = true; }

 private:
  Result<bool> keep_lease();
  Result<Outcome> send_due();
  Result<void> sweep();
  Result<void> handle(const OutboxMessage& message, Outcome& outcome);
  // Absent: nobody wants it any more.
  Result<std::optional<Delivery>> send_webhook(const OutboxMessage& message);
  Result<std::optional<Delivery>> send_mail(const OutboxMessage& message);
  Result<void> note(OutboxMessage message, const Delivery& delivery, Outcome& outcome);
  // Decides who gets a mail of a task that appeared.
  Result<void> spread_task(const OutboxMessage& message);
  Result<std::optional<OutboxMessage>> mail_for(const OutboxMessage& task,
                                                const MailPreference& preference);

  // Why messages of a target are not even tried, until when, and after how many tries without
  // any answer.
  struct Pause {
    Instant until;
    std::string error;
    std::int64_t failures = 0;
  };
  Result<void> pause_way(const OutboxMessage& message);

  Ports ports_;
  OutboxOptions options_;
  Lane lane_;
  std::atomic<bool> is_stopping_{false};
  Instant lease_until_;
  Instant swept_;                       // when what was sent long ago was last removed
  std::map<std::string, Pause> paused_;
  std::vector<Webhook> webhooks_;       // as of the start of the run
};

}  // namespace zicht::app
