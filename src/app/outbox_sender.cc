#include "app/outbox_sender.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/internal/found_record.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/hash.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kBatch = 100;
// A try takes a minute at most, so the lease outlives the try that it was renewed before.
constexpr std::int64_t kLeaseMicroseconds = 180 * kMicrosecondsPerSecond;
constexpr std::int64_t kRenewBefore = 90 * kMicrosecondsPerSecond;
// Tasks that appear together make one mail.
constexpr std::int64_t kGather = 60 * kMicrosecondsPerSecond;
constexpr std::int64_t kSummaryHour = 7;
constexpr std::int64_t kSentIsKept = 7 * 24 * kMicrosecondsPerHour;
// A way that does not answer is tried again after some minutes at the latest.
constexpr std::int64_t kLongestRow = 4;

std::string lease_of(Lane lane) { return lane == Lane::kMail ? "outbox.mail" : "outbox.webhooks"; }

// All mail goes the same way, so what holds for one holds for all.
std::string way_of(const OutboxMessage& message) {
  return message.kind == MessageKind::kMail ? "mail" : message.target;
}

Delivery given_up(std::string error) {
  return {DeliveryOutcome::kRejected, std::move(error)};
}

// The next morning in Amsterdam after `now`.
Result<Instant> next_summary(Instant now) {
  const Date today = amsterdam_date(now);
  constexpr std::int64_t kAfterMidnight = kSummaryHour * kMicrosecondsPerHour;
  ZICHT_TRY(this_morning, add_microseconds(amsterdam_midnight(today), kAfterMidnight));
  if (now < this_morning) return this_morning;
  ZICHT_TRY(tomorrow, add_days(today, 1));
  return add_microseconds(amsterdam_midnight(tomorrow), kAfterMidnight);
}

bool holds_role(const Caller& caller, const model::Pack& pack, const std::string& role) {
  if (role == model::kVisitor) return false;
  const auto roles = roles_in(caller, pack);
  return std::any_of(roles.begin(), roles.end(),
                     [&](const model::Role& each) { return each.id == role; });
}

}  // namespace

Result<OutboxSender::Outcome> OutboxSender::run_once() {
  lease_until_ = Instant();
  ZICHT_TRY(is_ours, keep_lease());
  if (!is_ours) return Outcome();
  auto outcome = send_due();
  // Given back, so that a server that is started again need not wait for the lease to end.
  const Instant now = ports_.clock.now();
  ZICHT_TRY(is_given_back, ports_.store.take_lease(lease_of(lane_), ports_.holder, now, now));
  static_cast<void>(is_given_back);
  return outcome;
}

Result<OutboxSender::Outcome> OutboxSender::send_due() {
  Outcome outcome;
  outcome.had_lease = true;
  ZICHT_TRY(webhooks, ports_.outbox.webhooks());
  webhooks_ = std::move(webhooks);
  ZICHT_CHECKED(sweep());
  while (true) {
    ZICHT_TRY(due, ports_.outbox.due_messages(lane_, ports_.clock.now(), kBatch));
    if (due.empty()) return outcome;
    for (const OutboxMessage& message : due) {
      ZICHT_TRY(is_still_ours, keep_lease());
      if (!is_still_ours || is_stopping_) return outcome;
      ZICHT_CHECKED(handle(message, outcome));
    }
  }
}

Result<void> OutboxSender::sweep() {
  const Instant now = ports_.clock.now();
  if (microseconds_between(swept_, now) < kMicrosecondsPerHour) return {};
  swept_ = now;
  ZICHT_TRY(before, add_microseconds(now, -kSentIsKept));
  return ports_.outbox.forget_sent(before);
}

Result<bool> OutboxSender::keep_lease() {
  const Instant now = ports_.clock.now();
  if (microseconds_between(now, lease_until_) > kRenewBefore) return true;
  ZICHT_TRY(until, add_microseconds(now, kLeaseMicroseconds));
  ZICHT_TRY(is_held, ports_.store.take_lease(lease_of(lane_), ports_.holder, now, until));
  if (is_held) lease_until_ = until;
  return is_held;
}

Result<void> OutboxSender::handle(const OutboxMessage& message, Outcome& outcome) {
  if (message.kind == MessageKind::kTask) {
    auto spread = spread_task(message);
    // A record that cannot be read stops this message, not those behind it.
    if (spread || spread.error().code == Code::kUnavailable) return spread;
    return note(message, {DeliveryOutcome::kRefused, spread.error().id}, outcome);
  }
  const auto paused = paused_.find(way_of(message));
  const bool is_left_alone =
      paused != paused_.end() && ports_.clock.now() < paused->second.until;
  if (is_left_alone && message.due != kAskedFor) {
    OutboxMessage later = message;
    later.due = paused->second.until;
    later.error = paused->second.error;
    return ports_.outbox.note_try(later);
  }
  auto delivery =
      message.kind == MessageKind::kMail ? send_mail(message) : send_webhook(message);
  // The same for a secret or an address that cannot be opened.
  if (!delivery && delivery.error().code == Code::kUnavailable) return delivery.error();
  if (!delivery) return note(message, given_up(delivery.error().id), outcome);
  if (!*delivery) return ports_.outbox.remove_message(message.id);
  return note(message, **delivery, outcome);
}

Result<std::optional<Delivery>> OutboxSender::send_webhook(const OutboxMessage& message) {
  const auto webhook =
      std::find_if(webhooks_.begin(), webhooks_.end(),
                   [&](const Webhook& each) { return each.id == message.target; });
  const bool is_on = webhook != webhooks_.end() && webhook->is_active;
  if (!is_on) return std::optional(given_up("AP-0124"));
  ZICHT_TRY(secrets, ports_.outbox.webhook_secrets(message.target, ports_.clock.now()));
  return std::optional(ports_.sender.post(webhook_request(
      webhook->url, cloud_event(message, options_), secrets, ports_.clock.now())));
}

Result<std::optional<Delivery>> OutboxSender::send_mail(const OutboxMessage& message) {
  ZICHT_TRY(preference, ports_.outbox.mail_preference(message.target));
  ZICHT_TRY(account, ports_.store.find_account(message.target));
  const bool is_wanted =
      preference.wish != MailWish::kNever && account.has_value() && account->is_active;
  if (!is_wanted) return std::optional<Delivery>();
  Mail mail = mail_of(message, preference.language, options_);
  mail.to = preference.address;
  return std::optional(ports_.sender.mail(mail));
}

Result<void> OutboxSender::note(OutboxMessage message, const Delivery& delivery,
                                Outcome& outcome) {
  if (delivery.outcome != DeliveryOutcome::kUnreachable) paused_.erase(way_of(message));
  message.error = delivery.error;
  if (delivery.outcome == DeliveryOutcome::kSent) {
    ++outcome.sent;
    message.state = MessageState::kSent;
    message.due = ports_.clock.now();
    return ports_.outbox.note_try(message);
  }
  ++outcome.failed;
  ++message.tries;
  const bool is_dead = delivery.outcome == DeliveryOutcome::kRejected ||
                       message.tries >= options_.most_tries;
  if (is_dead) message.state = MessageState::kDead;
  outcome.died += is_dead ? 1 : 0;
  const std::int64_t pause = backoff_microseconds(message.tries, ports_.rng);
  ZICHT_TRY(due, add_microseconds(ports_.clock.now(), pause));
  message.due = due;
  if (delivery.outcome == DeliveryOutcome::kUnreachable) ZICHT_CHECKED(pause_way(message));
  spdlog::warn(R"("job":"outbox","message":"{}","tries":{},"dead":{},"error":"{}")", message.id,
               message.tries, is_dead, message.error);
  return ports_.outbox.note_try(message);
}

Result<void> OutboxSender::pause_way(const OutboxMessage& message) {
  Pause& pause = paused_[way_of(message)];
  pause.failures = std::min(pause.failures + 1, kLongestRow);
  pause.error = message.error;
  ZICHT_TRY(until, add_microseconds(ports_.clock.now(),
                                    backoff_microseconds(pause.failures, ports_.rng)));
  pause.until = until;
  return {};
}

Result<void> OutboxSender::spread_task(const OutboxMessage& message) {
  std::vector<OutboxMessage> mails;
  auto record = ports_.store.record(message.record, {});
  const bool is_gone = !record && record.error().code == Code::kNotFound;
  if (!record && !is_gone) return record.error();
  // Done already: nobody needs to hear of it.
  const bool is_open = record && std::any_of(record->tasks.begin(), record->tasks.end(),
                                             [&](const model::Task& task) {
                                               return task.key == message.task_key;
                                             });
  if (is_open && options_.can_mail) {
    ZICHT_TRY(preferences, ports_.outbox.mail_preferences());
    for (const MailPreference& preference : preferences) {
      ZICHT_TRY(mail, mail_for(message, preference));
      if (mail) mails.push_back(*std::move(mail));
    }
  }
  return ports_.outbox.replace_task(message.id, mails);
}

// Whoever holds the role and may see the record; the same decision as for what they read, without
// what is handed over to their organisation, in which they may do nothing.
Result<std::optional<OutboxMessage>> OutboxSender::mail_for(const OutboxMessage& task,
                                                            const MailPreference& preference) {
  const std::optional<OutboxMessage> none;
  ZICHT_TRY(account, ports_.store.find_account(preference.account));
  if (!account || !account->is_active) return none;
  const Caller caller{account->id, account->person, account->name, account->organisation,
                      account->roles, account->subject};
  const RulebookPtr rules = ports_.packs.rules();
  const ActiveForm form = find_active_form(*rules, task.form);
  if (form.form == nullptr || !holds_role(caller, *form.pack, task.role)) return none;
  const auto found = internal::find_record(ports_.store, rules, caller, task.record, {});
  if (!found && found.error().code == Code::kNotFound) return none;
  if (!found) return found.error();
  const Instant now = ports_.clock.now();
  OutboxMessage mail;
  mail.kind = MessageKind::kMail;
  mail.target = account->id;
  mail.happened = task.happened;
  if (preference.wish == MailWish::kDaily) {
    ZICHT_TRY(morning, next_summary(now));
    mail.due = morning;
    mail.event = "summary";
    mail.id = "summary." + account->id + "." + amsterdam_date(morning).to_string();
  } else {
    ZICHT_TRY(soon, add_microseconds(now, kGather));
    mail.due = soon;
    mail.event = "task";
    mail.id = task.event_id + "." + account->id;
    mail.record = task.record;
    mail.form = task.form;
  }
  mail.event_id = hash_of(mail.id).to_string().substr(0, kEventIdDigits);
  return std::optional(std::move(mail));
}

}  // namespace zicht::app
