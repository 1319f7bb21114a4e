// Passwords, second factors and sessions in memory, and a hasher without the work. For tests; they
// count what was asked, so that a test can see that something costs the same.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "app/ports.h"

namespace zicht::app::testing {

class FakeCredentialStore final : public CredentialStore {
 public:
  Result<std::optional<Credential>> credential(const std::string& account) override;
  Result<void> put_credential(const Credential& credential) override;
  Result<std::set<std::string>> accounts_with_code() override;
  Result<void> put_session(const Session& session) override;
  Result<std::optional<Session>> session(const std::string& token_hash) override;
  Result<void> remove_session(const std::string& token_hash) override;
  Result<void> remove_sessions_of(const std::string& account) override;
  Result<void> remove_sessions_ended(Instant now, Instant unused_since) override;

  struct Counts {
    std::int64_t credential_reads = 0, credential_writes = 0;
    std::int64_t session_reads = 0, session_writes = 0;
    bool operator==(const Counts&) const = default;
  };
  [[nodiscard]] Counts counts();
  [[nodiscard]] std::size_t session_count();
  // Everything that is kept, as one text: to look for what may not be in it.
  [[nodiscard]] std::string dump();

 private:
  std::mutex mutex_;
  Counts counts_;
  std::map<std::string, Credential> credentials_;
  std::map<std::string, Session> sessions_;
};

// Keeps a hash, never the password.
class FakeHasher final : public PasswordHasher {
 public:
  Result<std::string> hash(const std::string& password) override;
  bool verify(const std::string& hash, const std::string& password) override;
  [[nodiscard]] std::int64_t verified();

 private:
  std::mutex mutex_;
  std::int64_t verified_ = 0;
};

// Tells nobody.
class SilentFeed final : public ChangeFeed {
 public:
  void record_changed(const model::Record&, const std::set<std::string>&) override {}
  void packs_changed() override {}
  void tasks_changed(const model::Record&) override {}
  void handovers_changed(const std::string&, const std::set<std::string>&) override {}
};

}  // namespace zicht::app::testing
