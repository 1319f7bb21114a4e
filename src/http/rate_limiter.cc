#include "http/rate_limiter.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "base/check.h"
#include "base/rng.h"

namespace zicht::http {

RateLimiter::RateLimiter(Rate rate, std::size_t sets)
    : is_unlimited_(rate.per_minute == 0),
      interval_us_(is_unlimited_ ? 0 : std::int64_t{60'000'000} / rate.per_minute),
      capacity_us_(interval_us_ * std::max<std::int64_t>(rate.burst, 1)),
      sets_(is_unlimited_ ? 0 : sets) {
  static_assert(crypto_shorthash_KEYBYTES == 16);
  ZICHT_CHECK(rate.per_minute >= 0 && rate.per_minute <= 60'000'000 && sets > 0,
              "a rate is between nothing and one a microsecond");
  SystemRng().fill(std::as_writable_bytes(std::span(secret_)));
}

RateLimiter::Entry& RateLimiter::entry_of(Set& set, std::uint64_t key) {
  Entry* fullest = set.data();
  for (Entry& entry : set) {
    if (entry.key == key) return entry;
    if (entry.full_at_us < fullest->full_at_us) fullest = &entry;
  }
  *fullest = {.key = key};
  return *fullest;
}

std::int64_t RateLimiter::take(std::string_view key, Time now) {
  if (is_unlimited_) return 0;
  std::uint64_t hash = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash),
                   reinterpret_cast<const unsigned char*>(key.data()), key.size(), secret_.data());
  const std::int64_t now_us =
      std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
  const std::lock_guard lock(mutex_);
  Entry& entry = entry_of(sets_[hash % sets_.size()], hash);
  const std::int64_t full_at = std::max(entry.full_at_us, now_us) + interval_us_;
  const std::int64_t missing = full_at - now_us - capacity_us_;
  if (missing > 0) return (missing + 999'999) / 1'000'000;
  entry.full_at_us = full_at;
  return 0;
}

std::array<char, 16> rate_key(const NetAddress& address) {
  std::array<char, 16> key{};
  std::memcpy(key.data(), address.bytes.data(), address.is_ipv4() ? 16 : 8);
  return key;
}

}  // namespace zicht::http
