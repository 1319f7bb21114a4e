// What an operator has to know of a running server before it stops working: each alarm with its
// value, its threshold and since when it is raised.
//
//     Alarms alarms(metrics);
//     alarms.judge("disk", free_mib < least, free_mib, least, clock.now());
//
// An alarm that is raised or over is a line in the log, once; zicht_alarm{alarm="..."} is 1 while
// it is raised; checks() is for GET /v1/health, document() for `zicht status`.
//
// Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "base/json.h"
#include "http/api.h"
#include "http/metrics.h"

namespace zicht::server {

class Alarms {
 public:
  explicit Alarms(http::MetricsRegistry& metrics) : metrics_(metrics) {}

  // Requires: `id` is one of those in alarms.cc.
  void judge(std::string_view id, bool is_raised, std::int64_t value, std::int64_t threshold,
             Instant now);

  // In the order in which they were first judged.
  [[nodiscard]] std::vector<http::HealthCheck> checks() const;
  // {"at", "checks": [{"id", "raised", "value", "threshold", "since"?}]}
  [[nodiscard]] std::string document(Instant now) const;

 private:
  http::MetricsRegistry& metrics_;
  mutable std::mutex mutex_;
  std::vector<http::HealthCheck> checks_;
};

// What an alarm is about, for people. Nothing for an id that is not one.
[[nodiscard]] std::optional<LocalizedText> alarm_title(std::string_view id);

// Notices a clock that was set back, by a clock that never is.
class ClockWatch {
 public:
  // Seconds that the clock jumped back in the last day, the largest jump; 0: it did not. `steady`
  // in microseconds from any moment on.
  std::int64_t look(Instant now, std::int64_t steady);

 private:
  std::optional<Instant> last_;
  std::int64_t last_steady_ = 0;
  std::int64_t jump_seconds_ = 0;
  std::int64_t jumped_at_ = 0;  // steady
};

// How much a counter grew within the last looks.
class BurstWatch {
 public:
  explicit BurstWatch(std::size_t looks) : looks_(looks) {}
  std::int64_t look(std::uint64_t total);

 private:
  std::size_t looks_;
  std::deque<std::uint64_t> totals_;
};

}  // namespace zicht::server
