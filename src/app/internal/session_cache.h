// Who the active sessions belong to, for a few seconds: every signed-in request asks.
//
//     const auto generation = cache.generation();
//     ... read session, account and credential ...
//     cache.put(hash, {signed_in, session, now}, generation);
//
// What was read before a forget() is not kept after it, so that on this server signing out and a
// change of the account hold at once; another server sees them within kLife. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "app/ports.h"
#include "app/sign_in.h"

namespace zicht::app::internal {

class SessionCache {
 public:
  static constexpr std::int64_t kLifeSeconds = 5;
  static constexpr std::size_t kMostEntries = 20'000;

  struct Entry {
    SignedIn signed_in;
    Instant expires;                    // of the session
    Instant read_at;
  };

  // Absent: read it. `token_hash` as in Session.
  [[nodiscard]] std::optional<SignedIn> find(const std::string& token_hash, Instant now);

  [[nodiscard]] std::uint64_t generation();
  // Does nothing when something was forgotten since `generation`.
  void put(const std::string& token_hash, Entry entry, std::uint64_t generation);

  void forget(const std::string& token_hash);
  void forget_account(const std::string& account);
  void forget_all();

 private:
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::map<std::string, Entry> entries_;
};

}  // namespace zicht::app::internal
