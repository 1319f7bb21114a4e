// app's OutboxStore: messages, secrets of webhooks and wishes about mail, beside the journal.
//
// The table `outbox` is filled by the writer together with the entries that cause its rows
// (internal/outbox_rows.h); here they are read, moved on and removed. Secrets and addresses are
// sealed with the master key. Which webhooks there are is derived from the journal. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "app/outbox_ports.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/key_ring.h"
#include "store/writer.h"

namespace zicht::store {

class SqlOutboxStore final : public app::OutboxStore {
 public:
  // For a database that has the tables, with its one writer. All must outlive this.
  SqlOutboxStore(ReadPool& readers, Writer& writer, KeyRing& keys, Rng& rng)
      : readers_(readers), writer_(writer), keys_(keys), rng_(rng) {}

  Result<std::vector<app::OutboxMessage>> due_messages(app::Lane lane, Instant now,
                                                       std::int64_t limit) override;
  Result<void> remove_message(const std::string& id) override;
  Result<void> note_try(const app::OutboxMessage& message) override;
  Result<void> forget_sent(Instant before) override;
  Result<void> replace_task(const std::string& id,
                            const std::vector<app::OutboxMessage>& mails) override;
  Result<app::OutboxCounts> outbox_counts() override;
  Result<std::vector<app::OutboxMessage>> messages(const app::OutboxFilter& filter) override;
  Result<bool> resend_message(const std::string& id) override;
  Result<std::int64_t> resend_dead(Instant now) override;
  Result<bool> drop_message(const std::string& id) override;

  Result<std::vector<app::Webhook>> webhooks() override;
  Result<std::vector<std::string>> webhook_secrets(const std::string& webhook,
                                                   Instant now) override;
  Result<void> put_webhook_secret(const std::string& webhook, const std::string& secret,
                                  Instant now) override;

  Result<app::MailPreference> mail_preference(const std::string& account) override;
  Result<void> put_mail_preference(const app::MailPreference& preference) override;
  Result<std::vector<app::MailPreference>> mail_preferences() override;

 private:
  Result<std::int64_t> change(std::string_view sql, std::initializer_list<Param> params);
  // In a write transaction. Errors: ST-0053.
  Result<std::string> sealed(Connection& connection, const std::string& plain,
                             const std::string& label);
  // Errors: ST-0021, ST-0053.
  Result<std::string> opened(Connection& connection, std::string_view digits,
                             const std::string& label);

  ReadPool& readers_;
  Writer& writer_;
  KeyRing& keys_;
  Rng& rng_;
};

}  // namespace zicht::store
