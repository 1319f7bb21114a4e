#include "server/watching.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <chrono>

#include "base/check.h"
#include "http/failed_check.h"
#include "server/folder.h"
#include "server/opening.h"
#include "server/status_file.h"

namespace zicht::server {
namespace {

constexpr std::int64_t kMebibyte = 1 << 20;
constexpr std::int64_t kMissedCheckpoints = 3;

// Once a second: enough for alarms and for the benchmark.
void watch_writer(Background& jobs, Watched& watched) {
  auto& metrics = watched.metrics;
  auto& units = metrics.gauge("zicht_writer_units", "Units of work written since the start.");
  auto& groups = metrics.gauge("zicht_writer_groups", "Commits that wrote them.");
  auto& waiting = metrics.gauge("zicht_writer_waiting", "Units waiting to be written.");
  jobs.every(std::chrono::seconds(1), [&] {
    const auto counters = watched.installation.store().writer_counters();
    units.set(static_cast<std::int64_t>(counters.units));
    groups.set(static_cast<std::int64_t>(counters.groups));
    waiting.set(static_cast<std::int64_t>(counters.waiting));
  });
}

// What is due under retention, looked at every hour: somebody has to approve the list.
void watch_retention(Background& jobs, Watched& watched) {
  auto& count = watched.metrics.gauge(
      "zicht_retention_due", "Records whose retention has ended, which somebody has to approve.");
  jobs.every(std::chrono::hours(1), [&] {
    run_logged("retention", [&]() -> Result<void> {
      Installation& installation = watched.installation;
      ZICHT_TRY(due, installation.services().retention.due(installation.today()));
      const auto waiting = static_cast<std::int64_t>(due.size());
      count.set(waiting);
      watched.alarms.judge("retention", waiting > 0, waiting, 0, installation.clock().now());
      return {};
    });
  });
}

// Follows the files of the certificate, and tells how long it is still good for.
void watch_certificate(Background& jobs, Watched& watched) {
  auto& days = watched.metrics.gauge(
      "zicht_tls_certificate_days", "Whole days until the certificate expires; negative: it has.");
  auto& failed = watched.metrics.gauge(
      "zicht_tls_reload_failed", "1: the files of the certificate changed and cannot be used.");
  jobs.every(std::chrono::seconds(2), [&] {
    const Instant now = watched.installation.clock().now();
    watched.keeper->look(now);
    days.set(watched.keeper->days_left(now));
    failed.set(watched.keeper->failure().empty() ? 0 : 1);
  });
}

}  // namespace

std::int64_t steady_microseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

bool run_logged(std::string_view name, const std::function<Result<void>()>& job) {
  try {
    const auto outcome = job();
    if (!outcome) spdlog::warn(R"("job":"{}","error":"{}")", name, outcome.error().id);
    return outcome.has_value();
  } catch (const http::FailedCheck& failed) {
    spdlog::error(R"("job":"{}","failed_check":"{}")", name, failed.what());
    return false;
  }
}

Result<void> follow_keys(Installation& installation) {
  ZICHT_TRY(is_destroyed, installation.store().watch_keys());
  if (is_destroyed) installation.services().sign_in.forget_all_accounts();
  return {};
}

void AlarmRound::look_at_disk(Instant now) {
  const Config& config = watched_.installation.config();
  struct statvfs disk{};
  if (::statvfs(config.data.c_str(), &disk) == 0) {
    const auto free = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize) / kMebibyte;
    watched_.alarms.judge("disk", free < config.alarm_disk_mib, free, config.alarm_disk_mib, now);
  }
  if (config.store != StoreKind::kSqlite) return;
  struct stat log{};
  const bool is_there = ::stat((config.data + "/store.sqlite-wal").c_str(), &log) == 0;
  const std::int64_t size = is_there ? log.st_size / kMebibyte : 0;
  watched_.alarms.judge("log", size > config.alarm_log_mib, size, config.alarm_log_mib, now);
}

void AlarmRound::look_at_certificate(Instant now) {
  if (watched_.keeper == nullptr) return;
  const std::int64_t least = watched_.installation.config().alarm_certificate_days;
  const std::int64_t days = watched_.keeper->days_left(now);
  watched_.alarms.judge("certificate", days < least, days, least, now);
  const bool has_failed = !watched_.keeper->failure().empty();
  watched_.alarms.judge("renewal", has_failed, has_failed ? 1 : 0, 0, now);
}

// Also one that was set back while no server ran: the journal has seen a later hour.
void AlarmRound::look_at_clock(Instant now, std::int64_t steady) {
  std::int64_t back = clock_.look(now, steady);
  run_logged("clock", [&]() -> Result<void> {
    ZICHT_TRY(behind, seconds_behind_journal(watched_.installation));
    back = std::max(back, behind);
    return {};
  });
  watched_.alarms.judge("clock", back > 0, back, 0, now);
}

void AlarmRound::look() {
  const Config& config = watched_.installation.config();
  const Instant now = watched_.installation.clock().now();
  const std::int64_t steady = steady_microseconds();
  look_at_disk(now);
  look_at_certificate(now);
  const std::int64_t age = (steady - watched_.checkpoint_at) / kMicrosecondsPerSecond;
  const std::int64_t oldest = kMissedCheckpoints * config.checkpoint_seconds;
  watched_.alarms.judge("checkpoint", age > oldest, age, oldest, now);
  look_at_clock(now, steady);
  const std::int64_t refused = sign_ins_.look(http::refused_sign_ins(watched_.metrics).value());
  watched_.alarms.judge("sign-in", refused > config.alarm_sign_ins, refused,
                        config.alarm_sign_ins, now);
  run_logged("status", [&] {
    return write_file(status_path(config), watched_.alarms.document(now), true);
  });
}

void start_watching(Background& jobs, Watched& watched) {
  watched.checkpoint_at = steady_microseconds();
  watch_writer(jobs, watched);
  watch_retention(jobs, watched);
  if (watched.keeper != nullptr) watch_certificate(jobs, watched);
  const auto round = std::make_shared<AlarmRound>(watched);
  jobs.every(std::chrono::seconds(30), [round] { round->look(); });
}

}  // namespace zicht::server
