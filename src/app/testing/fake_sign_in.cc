#include "app/testing/fake_sign_in.h"

#include "base/hash.h"

namespace zicht::app::testing {

Result<std::optional<Credential>> FakeCredentialStore::credential(const std::string& account) {
  const std::lock_guard lock(mutex_);
  ++counts_.credential_reads;
  const auto found = credentials_.find(account);
  return found == credentials_.end() ? std::optional<Credential>() : std::optional(found->second);
}

Result<void> FakeCredentialStore::put_credential(const Credential& credential) {
  const std::lock_guard lock(mutex_);
  ++counts_.credential_writes;
  credentials_.insert_or_assign(credential.account, credential);
  return {};
}

Result<std::set<std::string>> FakeCredentialStore::accounts_with_code() {
  const std::lock_guard lock(mutex_);
  std::set<std::string> accounts;
  for (const auto& [account, credential] : credentials_) {
    if (credential.totp_confirmed) accounts.insert(account);
  }
  return accounts;
}

Result<void> FakeCredentialStore::put_session(const Session& session) {
  const std::lock_guard lock(mutex_);
  ++counts_.session_writes;
  sessions_.insert_or_assign(session.token_hash, session);
  return {};
}

Result<std::optional<Session>> FakeCredentialStore::session(const std::string& token_hash) {
  const std::lock_guard lock(mutex_);
  ++counts_.session_reads;
  const auto found = sessions_.find(token_hash);
  return found == sessions_.end() ? std::optional<Session>() : std::optional(found->second);
}

Result<void> FakeCredentialStore::remove_session(const std::string& token_hash) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(token_hash);
  return {};
}

Result<void> FakeCredentialStore::remove_sessions_of(const std::string& account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& s) { return s.second.account == account; });
  return {};
}

Result<void> FakeCredentialStore::remove_sessions_ended(Instant now, Instant unused_since) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& s) {
    return s.second.expires <= now || s.second.last_seen <= unused_since;
  });
  return {};
}

FakeCredentialStore::Counts FakeCredentialStore::counts() {
  const std::lock_guard lock(mutex_);
  return counts_;
}

std::size_t FakeCredentialStore::session_count() {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

std::string FakeCredentialStore::dump() {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& [id, c] : credentials_) text += id + " " + c.password_hash + "\n";
  for (const auto& [hash, s] : sessions_) text += hash + " " + s.account + "\n";
  return text;
}

Result<std::string> FakeHasher::hash(const std::string& password) {
  return "fake$" + hash_of(password).to_string();
}

bool FakeHasher::verify(const std::string& hash, const std::string& password) {
  const std::lock_guard lock(mutex_);
  ++verified_;
  return hash == "fake$" + hash_of(password).to_string();
}

std::int64_t FakeHasher::verified() {
  const std::lock_guard lock(mutex_);
  return verified_;
}

}  // namespace zicht::app::testing
