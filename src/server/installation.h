// One opened installation: configuration, database, store and all use cases, in the right order.
//
//     ZICHT_TRY(installation, Installation::open(config, quiet_feed()));
//     installation->services().facts.load(today);
//
// Opening reads the stored packs, so every use case works right away. Closing (the destructor)
// writes what is queued and signs a last checkpoint. Not movable: use cases refer to their ports.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/services.h"
#include "base/clock.h"
#include "base/rng.h"
#include "exchange/curl_sender.h"
#include "server/config.h"
#include "server/office_worker.h"
#include "server/password_hasher.h"
#include "store/driver.h"
#include "store/sql_read_log.h"
#include "store/sql_store.h"

namespace zicht::server {

inline constexpr std::string_view kEngineVersion = "0.1.0";

// A feed that tells nobody: for commands that serve no browser.
class QuietFeed final : public app::ChangeFeed {
 public:
  void record_changed(const model::Record&, const std::set<std::string>&) override {}
  void packs_changed() override {}
  void tasks_changed(const model::Record&) override {}
  void handovers_changed(const std::string&, const std::set<std::string>&) override {}
};

// Where the keys of an installation lie. With a credential of systemd named zicht-master.key (the
// folder is in CREDENTIALS_DIRECTORY), the master key need not lie there.
[[nodiscard]] store::KeyPlaces key_places(const Config& config);

// The credential of systemd of that name, if there is one; else empty.
[[nodiscard]] std::string credential_file(const std::string& name);

// The database of the store that is there. Errors: SV-0040 when there is none, unavailable.
[[nodiscard]] Result<std::unique_ptr<store::Database>> open_store_database(const Config& config);
// The databases that the configuration names, made where they are absent; the second is null when
// the read log is in the first. Errors: unavailable.
// Sinks for "csv" and "xlsx"; a workbook is put together in this folder.
[[nodiscard]] app::MakeTableSink table_sinks(const std::string& folder);

[[nodiscard]] Result<std::unique_ptr<store::Database>> open_database(const Config& config);
[[nodiscard]] Result<std::unique_ptr<store::Database>> open_read_log_database(
    const Config& config);

class Installation {
 public:
  // `feed` must outlive it. Errors: SV-0040 when the data folder has no store and `may_create` is
  // false; those of read_secret; else those of the store and of reading the packs.
  struct Options {
    Config config;
    app::ChangeFeed* feed = nullptr;
    bool may_create = false;
    std::int64_t slow_query_ms = 0;  // statements that take longer are logged; 0: none
    bool sends = false;         // what the outbox holds: reads the password of the mail server
  };
  static Result<std::unique_ptr<Installation>> open(Options options);

  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  app::Services& services() { return *services_; }
  store::SqlStore& store() { return *store_; }
  exchange::CurlSender& sender() { return *sender_; }
  const Config& config() const { return config_; }
  const Clock& clock() const { return clock_; }
  app::ReadLog& read_log() { return *read_log_; }
  Rng& rng() { return rng_; }
  [[nodiscard]] Date today() const;  // civil day in Amsterdam
  // Journal entries from which opening made the projections again, because an older version of
  // the engine had made them; nothing when it had not.
  std::optional<std::int64_t> upgraded_entries() const { return upgraded_entries_; }

 private:
  explicit Installation(Config config)
      : config_(std::move(config)),
        hasher_(static_cast<int>(config_.password_hashes)),
        office_(office_options(config_)) {}

  Result<void> open_store(std::int64_t slow_query_ms);
  Result<void> open_read_log();
  Result<void> make_sender(bool sends);

  Config config_;
  SystemClock clock_;
  SystemRng rng_;
  Argon2Hasher hasher_;
  OfficeWorker office_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<store::Database> watched_;  // over it; null: slow statements are not told
  std::unique_ptr<store::SqlStore> store_;
  std::unique_ptr<store::Database> read_log_database_;  // a file of its own; null: the store's
  std::unique_ptr<store::SqlReadLog> read_log_;
  std::unique_ptr<app::FileInspector> inspector_;
  std::unique_ptr<exchange::CurlSender> sender_;
  std::unique_ptr<app::Services> services_;
  std::optional<std::int64_t> upgraded_entries_;
};

}  // namespace zicht::server
