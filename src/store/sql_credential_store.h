// app's CredentialStore: passwords, second factors and sessions, beside the journal, not in it.
//
// Secrets come and go without a trace of what they were: no journal, no history. The secret of a
// second factor is sealed with the master key before it is stored; a password comes as a hash and
// a session token as a hash already. Thread-safe.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "app/ports.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/key_ring.h"
#include "store/writer.h"

namespace zicht::store {

class SqlCredentialStore final : public app::CredentialStore {
 public:
  // For a database that has the tables, with its one writer. All must outlive this.
  SqlCredentialStore(ReadPool& readers, Writer& writer, KeyRing& keys, Rng& rng)
      : readers_(readers), writer_(writer), keys_(keys), rng_(rng) {}

  Result<std::optional<app::Credential>> credential(const std::string& account) override;
  Result<void> put_credential(const app::Credential& credential) override;
  Result<std::set<std::string>> accounts_with_code() override;
  Result<void> put_session(const app::Session& session) override;
  Result<std::optional<app::Session>> session(const std::string& token_hash) override;
  Result<void> remove_session(const std::string& token_hash) override;
  Result<void> remove_sessions_of(const std::string& account) override;
  Result<void> remove_sessions_ended(Instant now, Instant unused_since) override;

 private:
  ReadPool& readers_;
  Writer& writer_;
  KeyRing& keys_;
  Rng& rng_;
};

}  // namespace zicht::store
