#include "app/internal/session_cache.h"

namespace zicht::app::internal {

std::optional<SignedIn> SessionCache::find(const std::string& token_hash, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(token_hash);
  if (found == entries_.end()) return {};
  const Entry& entry = found->second;
  const auto age = microseconds_between(entry.read_at, now);
  // A clock that was set back makes the age negative: read again then too.
  const bool is_fresh = age >= 0 && age < kLifeSeconds * kMicrosecondsPerSecond;
  if (is_fresh && now < entry.expires) return entry.signed_in;
  entries_.erase(found);
  return {};
}

std::uint64_t SessionCache::generation() {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void SessionCache::put(const std::string& token_hash, Entry entry, std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  // Sessions that are used come back at once; those that are not are gone.
  if (entries_.size() >= kMostEntries) entries_.clear();
  entries_.insert_or_assign(token_hash, std::move(entry));
}

void SessionCache::forget(const std::string& token_hash) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  entries_.erase(token_hash);
}

void SessionCache::forget_account(const std::string& account) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  std::erase_if(entries_, [&](const auto& entry) {
    return entry.second.signed_in.caller.account == account;
  });
}

void SessionCache::forget_all() {
  const std::lock_guard lock(mutex_);
  ++generation_;
  entries_.clear();
}

}  // namespace zicht::app::internal
