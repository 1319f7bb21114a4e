#include "app/testing/fake_outbox.h"

#include <algorithm>

#include "base/error_catalogue.h"
#include "base/hash.h"

namespace zicht::app::testing {
namespace {

std::vector<std::string> texts(const Json& array) {
  std::vector<std::string> out;
  for (const Json& each : array.as_array()) out.emplace_back(each.as_string());
  return out;
}

void make_due(OutboxMessage& message, Instant now) {
  message.due = now;
  message.tries = 0;
  message.state = MessageState::kWaiting;
  message.error.clear();
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

// ---------------------------------------------------------------- messages from units

Result<Receipt> FakeOutbox::append_and_wait(Unit unit) {
  std::map<std::string, std::set<std::string>> tasks;
  for (const RecordWrite& write : unit.records) {
    const auto before = record(write.record.id, {});
    if (!before) continue;
    for (const model::Task& task : before->tasks) tasks[write.record.id].insert(task.key);
  }
  auto receipt = FakeStore::append_and_wait(unit);
  if (!receipt || receipt->is_replay) return receipt;
  const std::lock_guard lock(outbox_mutex_);
  for (const RecordWrite& write : unit.records) {
    auto& before = tasks[write.record.id];
    tell(write, before, receipt->recorded_at);
    before.clear();
    for (const model::Task& task : write.record.tasks) before.insert(task.key);
  }
  for (const model::Entry& entry : unit.entries) {
    if (entry.kind == model::kWebhookPut) note_webhook(entry);
  }
  return receipt;
}

void FakeOutbox::tell(const RecordWrite& write, const std::set<std::string>& tasks_before,
                      Instant at) {
  OutboxMessage message;
  message.event_id = hash_of("event " + std::to_string(++events_)).to_string().substr(0, 32);
  message.form = write.record.form;
  message.record = write.record.id;
  message.version = write.record.version;
  message.happened = message.due = at;
  message.event = told_event(write.event.event, write.record.version);
  for (const Webhook& webhook : webhooks_) {
    const bool hears = webhook.is_active && has(webhook.forms, message.form) &&
                       has(webhook.events, message.event);
    if (!hears) continue;
    message.target = webhook.id;
    message.id = message.event_id + "." + webhook.id;
    messages_[message.id] = message;
  }
  message.target.clear();
  message.kind = MessageKind::kTask;
  message.event = "task";
  int number = 0;
  for (const model::Task& task : write.record.tasks) {
    message.id = message.event_id + "." + std::to_string(number++);
    message.task_key = task.key;
    message.role = task.role;
    if (!preferences_.empty() && !tasks_before.contains(task.key)) messages_[message.id] = message;
  }
}

void FakeOutbox::note_webhook(const model::Entry& entry) {
  const json::object& payload = entry.payload.as_object();
  Webhook webhook;
  webhook.id = payload.at("webhook").as_string();
  webhook.title = payload.at("title").as_string();
  webhook.url = payload.at("url").as_string();
  webhook.organisation = entry.organisation;
  webhook.forms = texts(payload.at("forms"));
  webhook.events = texts(payload.at("events"));
  webhook.is_active = payload.at("active").as_bool();
  const auto found = std::find_if(webhooks_.begin(), webhooks_.end(),
                                  [&](const Webhook& each) { return each.id == webhook.id; });
  if (found == webhooks_.end()) {
    webhooks_.push_back(std::move(webhook));
  } else {
    *found = std::move(webhook);
  }
}

// ---------------------------------------------------------------- the port

Result<std::vector<OutboxMessage>> FakeOutbox::due_messages(Lane lane, Instant now,
                                                             std::int64_t limit) {
  auto due = all();
  std::erase_if(due, [&](const auto& message) {
    const bool is_webhook = message.kind == MessageKind::kWebhook;
    return message.state != MessageState::kWaiting || now < message.due ||
           is_webhook != (lane == Lane::kWebhooks);
  });
  std::stable_sort(due.begin(), due.end(),
                   [](const auto& a, const auto& b) { return a.due < b.due; });
  if (static_cast<std::int64_t>(due.size()) > limit) due.resize(static_cast<std::size_t>(limit));
  return due;
}

Result<void> FakeOutbox::remove_message(const std::string& id) {
  const std::lock_guard lock(outbox_mutex_);
  messages_.erase(id);
  return {};
}

Result<void> FakeOutbox::note_try(const OutboxMessage& message) {
  const std::lock_guard lock(outbox_mutex_);
  const auto found = messages_.find(message.id);
  if (found == messages_.end()) return {};
  found->second.due = message.due;
  found->second.tries = message.tries;
  found->second.state = message.state;
  found->second.error = message.error;
  return {};
}

Result<void> FakeOutbox::forget_sent(Instant before) {
  const std::lock_guard lock(outbox_mutex_);
  std::erase_if(messages_, [&](const auto& each) {
    return each.second.state == MessageState::kSent && each.second.due < before;
  });
  return {};
}

Result<void> FakeOutbox::replace_task(const std::string& id,
                                      const std::vector<OutboxMessage>& mails) {
  const std::lock_guard lock(outbox_mutex_);
  if (messages_.erase(id) == 0) return {};
  for (const OutboxMessage& mail : mails) {
    const auto joined = std::find_if(messages_.begin(), messages_.end(), [&](const auto& each) {
      const OutboxMessage& other = each.second;
      return mail.event == "task" && other.event == "task" && other.kind == MessageKind::kMail &&
             other.target == mail.target && other.tries == 0 &&
             other.state == MessageState::kWaiting && other.id != mail.id;
    });
    if (joined == messages_.end()) {
      messages_.emplace(mail.id, mail);
    } else {
      joined->second.record.clear();
      joined->second.form.clear();
    }
  }
  return {};
}

Result<OutboxCounts> FakeOutbox::outbox_counts() {
  OutboxCounts counts;
  for (const OutboxMessage& message : all()) {
    const bool is_dead = message.state == MessageState::kDead;
    ++(is_dead ? counts.dead : counts.waiting);
    const bool is_oldest = !counts.oldest || message.happened < *counts.oldest;
    if (!is_dead && is_oldest) counts.oldest = message.happened;
  }
  return counts;
}

Result<std::vector<OutboxMessage>> FakeOutbox::messages(const OutboxFilter& filter) {
  const auto comes_before = [](const Instant& happened, const std::string& id,
                               const OutboxMessage& message) {
    return message.happened < happened || (message.happened == happened && id < message.id);
  };
  std::vector<OutboxMessage> found;
  {
    const std::lock_guard lock(outbox_mutex_);
    for (const auto& [id, message] : messages_) {
      const bool is_later = !filter.after ||
                            comes_before(filter.after->first, filter.after->second, message);
      if (message.state == filter.state && is_later) found.push_back(message);
    }
  }
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
    return comes_before(a.happened, a.id, b);
  });
  const auto limit = static_cast<std::size_t>(filter.limit);
  if (found.size() > limit) found.resize(limit);
  return found;
}

Result<bool> FakeOutbox::resend_message(const std::string& id) {
  const std::lock_guard lock(outbox_mutex_);
  const auto found = messages_.find(id);
  if (found == messages_.end() || found->second.state == MessageState::kSent) return false;
  make_due(found->second, kAskedFor);
  return true;
}

Result<std::int64_t> FakeOutbox::resend_dead(Instant now) {
  const std::lock_guard lock(outbox_mutex_);
  std::int64_t count = 0;
  for (auto& [id, message] : messages_) {
    if (message.state != MessageState::kDead) continue;
    make_due(message, now);
    ++count;
  }
  return count;
}

Result<bool> FakeOutbox::drop_message(const std::string& id) {
  const std::lock_guard lock(outbox_mutex_);
  return messages_.erase(id) > 0;
}

Result<std::vector<Webhook>> FakeOutbox::webhooks() {
  const std::lock_guard lock(outbox_mutex_);
  return webhooks_;
}

Result<std::vector<std::string>> FakeOutbox::webhook_secrets(const std::string& webhook,
                                                             Instant now) {
  const std::lock_guard lock(outbox_mutex_);
  const auto found = secrets_.find(webhook);
  if (found == secrets_.end()) return make_error("ST-0080");
  std::vector<std::string> secrets{found->second.present};
  const bool still_holds = microseconds_between(found->second.replaced, now) < kOldSecretHolds;
  if (!found->second.previous.empty() && still_holds) secrets.push_back(found->second.previous);
  return secrets;
}

Result<void> FakeOutbox::put_webhook_secret(const std::string& webhook, const std::string& secret,
                                            Instant now) {
  const std::lock_guard lock(outbox_mutex_);
  Secrets& secrets = secrets_[webhook];
  secrets = {secret, secrets.present, now};
  return {};
}

Result<MailPreference> FakeOutbox::mail_preference(const std::string& account) {
  const std::lock_guard lock(outbox_mutex_);
  const auto found = preferences_.find(account);
  if (found != preferences_.end()) return found->second;
  MailPreference none;
  none.account = account;
  return none;
}

Result<void> FakeOutbox::put_mail_preference(const MailPreference& preference) {
  const std::lock_guard lock(outbox_mutex_);
  if (preference.wish == MailWish::kNever) {
    preferences_.erase(preference.account);
    std::erase_if(messages_, [&](const auto& each) {
      return each.second.kind == MessageKind::kMail && each.second.target == preference.account;
    });
  } else {
    preferences_[preference.account] = preference;
  }
  return {};
}

Result<std::vector<MailPreference>> FakeOutbox::mail_preferences() {
  const std::lock_guard lock(outbox_mutex_);
  std::vector<MailPreference> out;
  for (const auto& [account, preference] : preferences_) {
    out.push_back(preference);
    out.back().address.clear();
  }
  return out;
}

std::vector<OutboxMessage> FakeOutbox::all() {
  const std::lock_guard lock(outbox_mutex_);
  std::vector<OutboxMessage> out;
  for (const auto& [id, message] : messages_) {
    if (message.state != MessageState::kSent) out.push_back(message);
  }
  return out;
}

// ---------------------------------------------------------------- the sender

Delivery FakeSender::post(const WebhookRequest& request) {
  posts.push_back(request);
  return answer();
}

Delivery FakeSender::mail(const Mail& mail) {
  mails.push_back(mail);
  return answer();
}

Delivery FakeSender::answer() {
  if (before_answer) before_answer();
  if (answers.empty()) return {};
  Delivery next = answers.front();
  if (answers.size() > 1) answers.pop_front();
  return next;
}

std::string FakeSender::everything() const {
  std::string all;
  for (const WebhookRequest& request : posts) {
    all += request.url + "\n" + request.body + "\n";
    for (const std::string& header : request.headers) all += header + "\n";
  }
  for (const Mail& mail : mails) {
    all += mail.to + "\n" + mail.message_id + "\n" + mail.subject + "\n" + mail.text + "\n";
  }
  return all;
}

}  // namespace zicht::app::testing
