// A whole server over the pack of tests/packs/probe, on loopback and an empty store, with a word of
// its own ("canary") in every field of every record, and somebody in every role.
//
// Time stands still and chance is seeded: two worlds that are asked the same answer the same. With
// a hidden child (Worlds::kWithHidden) the store holds one more child, with a worker of its own and
// a note, made after everything else.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "app/services.h"
#include "app/testing/fake_files.h"
#include "app/testing/fake_outbox.h"
#include "app/testing/fake_sign_in.h"
#include "base/clock.h"
#include "base/rng.h"
#include "http/api.h"
#include "http/change_feed.h"
#include "http/metrics.h"
#include "http/testing/test_server.h"
#include "store/sql_read_log.h"
#include "store/sql_store.h"

namespace zicht::wire {

// What can be told of one field of one record: a word, a day, the name or content of a file.
struct Canary {
  std::string text, record;
  model::Sensitivity sensitivity;
};

// Somebody at the other end of the line.
struct Asker {
  std::string name;                     // of the case, for messages
  app::Caller caller;                   // as the server knows them
  std::string headers;                  // whole lines
};

enum class Worlds { kPlain, kWithHidden };

class World {
 public:
  // `not_visible_time`: see http::ApiOptions; what does not measure it need not wait. On PostgreSQL
  // the read log is in the store's database, as it is in an installation.
  explicit World(store::Dialect::Kind database, Worlds kind = Worlds::kPlain,
                 std::chrono::milliseconds not_visible_time = {});
  ~World();

  http::testing::TestClient client() const { return server_->client(); }
  http::testing::TestServer& server() { return *server_; }
  app::Services& services() { return *services_; }
  http::HubChangeFeed& feed() { return feed_; }
  const model::Pack& pack() const { return *services_->packs.rules()->packs.active("probe"); }

  // A visitor, everybody who can sign in, and whoever looks through a break.
  const std::vector<Asker>& askers() const { return askers_; }
  const std::vector<Canary>& canaries() const { return canaries_; }
  // Of the records without the hidden ones.
  const std::vector<std::string>& records() const { return records_; }
  // Their files.
  const std::vector<std::string>& files() const { return files_; }
  // The hidden child, its note and its ties; empty in a plain world.
  const std::vector<std::string>& hidden() const { return hidden_; }

  // What the naive evaluator grants.
  bool may_see(const app::Caller& caller, const std::string& record,
               model::Sensitivity sensitivity) const;
  // The id of a record stands in its row, and in the fields that refer to it.
  bool may_see_id(const app::Caller& caller, const std::string& record) const;
  const model::Record& row(const std::string& record) const { return rows_.at(record); }

 private:
  // The generator of one world, for all threads of its server.
  class SharedRng final : public Rng {
   public:
    explicit SharedRng(std::uint64_t seed) : rng_(seed) {}
    void fill(std::span<std::byte> bytes) override {
      const std::lock_guard lock(mutex_);
      rng_.fill(bytes);
    }

   private:
    std::mutex mutex_;
    SeededRng rng_;
  };

  std::string account(const std::string& login, const std::string& organisation,
                      const std::string& role);
  void bind(const std::string& login, const std::string& subject);
  app::Caller caller(const std::string& login, const std::string& purpose = "") const;
  std::string make(const app::Caller& caller, const std::string& form, json::object fields);
  json::object file(const app::Caller& caller, const std::string& name,
                    const std::string& content);
  void add_people();
  void add_records();
  void add_hidden();
  void hand_over(const std::string& child, const std::string& organisation,
                 const std::string& by);
  void plant(const std::string& record);
  void add_asker(const std::string& name, const std::string& login, const std::string& purpose);

  const std::filesystem::path folder_;
  ManualClock clock_{*Instant::parse("2026-01-31T09:00:00Z")};
  SharedRng rng_{20261127};
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<store::Database> log_database_;  // null: the store's
  std::unique_ptr<store::SqlStore> store_;
  std::unique_ptr<store::SqlReadLog> read_log_;
  app::testing::FakeSender sender_;
  app::testing::FakeInspector inspector_;
  app::testing::FakeHasher hasher_;
  http::EventHub hub_;
  http::HubChangeFeed feed_{hub_};
  http::MetricsRegistry metrics_;
  std::unique_ptr<app::Services> services_;
  std::unique_ptr<http::testing::TestServer> server_;

  std::map<std::string, app::Caller> people_;      // by login
  std::map<std::string, std::string> named_;       // records by a name of the test
  std::map<std::string, model::Record> rows_;      // as they are now, by id
  std::vector<std::string> records_, files_, hidden_;
  std::vector<Canary> canaries_;
  std::vector<Asker> askers_;
  int planted_ = 0;
};

}  // namespace zicht::wire
