// A store in memory that also keeps messages, and a sender that answers what the test tells it.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "app/outbox_ports.h"
#include "app/ports.h"
#include "app/testing/fake_store.h"

namespace zicht::app::testing {

// Fills itself from what is appended, as the real store does: webhooks from their entries,
// messages from records.
class FakeOutbox final : public FakeStore, public OutboxStore {
 public:
  using FakeStore::FakeStore;

  Result<Receipt> append_and_wait(Unit unit) override;

  Result<std::vector<OutboxMessage>> due_messages(Lane lane, Instant now,
                                                  std::int64_t limit) override;
  Result<void> remove_message(const std::string& id) override;
  Result<void> note_try(const OutboxMessage& message) override;
  Result<void> forget_sent(Instant before) override;
  Result<void> replace_task(const std::string& id,
                            const std::vector<OutboxMessage>& mails) override;
  Result<OutboxCounts> outbox_counts() override;
  Result<std::vector<OutboxMessage>> messages(const OutboxFilter& filter) override;
  Result<bool> resend_message(const std::string& id) override;
  Result<std::int64_t> resend_dead(Instant now) override;
  Result<bool> drop_message(const std::string& id) override;
  Result<std::vector<Webhook>> webhooks() override;
  Result<std::vector<std::string>> webhook_secrets(const std::string& webhook,
                                                   Instant now) override;
  Result<void> put_webhook_secret(const std::string& webhook, const std::string& secret,
                                  Instant now) override;
  Result<MailPreference> mail_preference(const std::string& account) override;
  Result<void> put_mail_preference(const MailPreference& preference) override;
  Result<std::vector<MailPreference>> mail_preferences() override;

  // As it is now, sent ones left out.
  std::vector<OutboxMessage> all();

 private:
  void tell(const RecordWrite& write, const std::set<std::string>& tasks_before, Instant at);
  void note_webhook(const model::Entry& entry);

  std::mutex outbox_mutex_;
  std::map<std::string, OutboxMessage> messages_;
  std::vector<Webhook> webhooks_;
  struct Secrets {
    std::string present, previous;
    Instant replaced;
  };
  std::map<std::string, Secrets> secrets_;
  std::map<std::string, MailPreference> preferences_;
  std::int64_t events_ = 0;
};

// Keeps everything that it was given, and answers from a list: the last answer holds on.
class FakeSender final : public MessageSender {
 public:
  Delivery post(const WebhookRequest& request) override;
  Delivery mail(const Mail& mail) override;

  std::deque<Delivery> answers;         // empty: sent
  std::vector<WebhookRequest> posts;
  std::vector<Mail> mails;
  std::function<void()> before_answer;  // what happens while it sends

  // Every byte that left.
  std::string everything() const;

 private:
  Delivery answer();
};

}  // namespace zicht::app::testing
