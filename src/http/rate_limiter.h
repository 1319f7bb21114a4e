// Token buckets: how often something may happen by key, in memory that does not grow.
//
//   RateLimiter limiter({.per_minute = 60, .burst = 10});
//   const std::int64_t wait = limiter.take(key, std::chrono::steady_clock::now());
//   if (wait > 0) refuse, with Retry-After: wait
//
// Of each key one number is kept: when its bucket will be full again (the generic cell rate
// algorithm, ITU-T I.371, which lets through exactly what a bucket of tokens does). Keys are hashed
// with a secret of this run into a table of a fixed size. Where the table is full the key that is
// nearest to a full bucket is forgotten, so that others cannot wash away who asks too much.
//
// Thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

#include "http/limits.h"

namespace zicht::http {

class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `sets` of eight keys each, 128 bytes a set.
  explicit RateLimiter(Rate rate, std::size_t sets = 4096);

  // Takes one token. 0: it was there; else the seconds until it will be, at least 1.
  std::int64_t take(std::string_view key, Time now);

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::int64_t full_at_us = 0;  // from then on the bucket is full
  };
  using Set = std::array<Entry, 8>;

  static Entry& entry_of(Set& set, std::uint64_t key);

  const bool is_unlimited_;
  const std::int64_t interval_us_;   // in which one token comes
  const std::int64_t capacity_us_;   // of a whole bucket
  std::array<unsigned char, 16> secret_{};
  std::mutex mutex_;
  std::vector<Set> sets_;
};

// By what addresses are counted: IPv4 whole, IPv6 by /64, which is what one client is given.
std::array<char, 16> rate_key(const NetAddress& address);

}  // namespace zicht::http
