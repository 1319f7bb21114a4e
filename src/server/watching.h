// What a running server watches of itself while it serves, as jobs: the writer, what is due under
// retention, the certificate, and the alarms.
#pragma once

#include <atomic>

#include "http/metrics.h"
#include "server/alarms.h"
#include "server/background.h"
#include "server/certificate_keeper.h"
#include "server/installation.h"

namespace zicht::server {

// What the jobs share. Outlives them.
struct Watched {
  Installation& installation;
  http::MetricsRegistry& metrics;
  Alarms& alarms;
  CertificateKeeper* keeper = nullptr;         // null: no certificate
  std::atomic<std::int64_t> checkpoint_at{0};  // of the steady clock, in microseconds
};

// Microseconds of a clock that is never set back.
[[nodiscard]] std::int64_t steady_microseconds();

// Errors of background work go to the log by catalogue id; the data itself never does. A failed
// ZICHT_CHECK costs one run of the job, not the server. True when it went well.
bool run_logged(std::string_view name, const std::function<Result<void>()>& job);

void start_watching(Background& jobs, Watched& watched);

// What another process did to the keys of the store: a new master key is taken over, and who was
// erased is forgotten, with who is signed in. Errors: those of SqlStore::watch_keys.
[[nodiscard]] Result<void> follow_keys(Installation& installation);

// Judges every alarm but those of jobs of their own, and leaves `status.json` in the data folder.
// One look; for the job and for tests.
class AlarmRound {
 public:
  explicit AlarmRound(Watched& watched) : watched_(watched) {}
  void look();

 private:
  void look_at_disk(Instant now);
  void look_at_certificate(Instant now);
  void look_at_clock(Instant now, std::int64_t steady);

  Watched& watched_;
  ClockWatch clock_;
  BurstWatch sign_ins_{10};  // looks, each half a minute
};

}  // namespace zicht::server
