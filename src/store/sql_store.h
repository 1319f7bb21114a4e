// The store: app's ports Store, RetentionStore, CountKeeper and CredentialStore over a database and
// a folder of keys.
//
//     ZICHT_TRY(database, open_sqlite("/var/lib/zicht/store.sqlite"));
//     ZICHT_TRY(store, SqlStore::open(*database, {.keys_folder = "/var/lib/zicht/keys",
//                                                 .checkpoint_file = "/var/lib/zicht/checkpoints",
//                                                 .engine_version = "0.1.0"}, clock, rng));
//     for (const auto& pack : all_stored_versions) ZICHT_CHECKED(store->prepare_forms(*pack));
//
// Every stored pack version is prepared once after opening, before records of it are written or
// read. Reads take a connection of their own; writes go through one writer with group commit.
// Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/count_keeper.h"
#include "app/ports.h"
#include "app/retention_ports.h"
#include "base/clock.h"
#include "base/rng.h"
#include "store/checkpoint.h"
#include "store/driver.h"
#include "store/erasure.h"
#include "store/erasure_list.h"
#include "store/files.h"
#include "store/internal/data_keys.h"
#include "store/internal/form_registry.h"
#include "store/internal/key_ring.h"
#include "store/internal/record_lookups.h"
#include "store/internal/together.h"
#include "store/journal.h"
#include "store/keys.h"
#include "store/rebuild.h"
#include "store/retention.h"
#include "store/sql_credential_store.h"
#include "store/sql_file_store.h"
#include "store/sql_outbox_store.h"
#include "store/writer.h"

namespace zicht::store {

class KeptCounts;
struct PreparedUnit;
struct ReceiverLookup;
class TransactionView;

struct StoreOptions {
  std::string keys_folder;
  std::string master_credential{};    // KeyPlaces::credential
  std::string checkpoint_file;        // outside the database; empty: no export
  std::string erasure_list{};         // outside the database (erasure_list.h); empty: none
  std::string server{};               // which of the servers of one database; empty: the only one
  std::string engine_version;
  std::int64_t checkpoint_every = 1000;  // entries
  WriterOptions writer;
  Files* files = &machine_files();    // where keys and checkpoints are
};

class SqlStore final : public app::Store,
                       public app::RetentionStore,
                       public app::CountKeeper {
 public:
  // Makes the tables where they are absent. All but the options must outlive the store.
  // Errors: ST-0020, ST-0021 and ST-0050 to ST-0052 for the keys, ST-0022 for another format,
  // unavailable.
  static Result<std::unique_ptr<SqlStore>> open(Database& database, StoreOptions options,
                                                const Clock& clock, Rng& rng);
  // Writes what is queued, signs a last checkpoint.
  ~SqlStore() override;

  void append(app::Unit unit, std::function<void(Result<app::Receipt>)> done) override;
  Result<app::Receipt> append_and_wait(app::Unit unit) override;
  Result<std::optional<app::Receipt>> replay_of(const app::Idempotency& key) override;
  Result<void> prepare_forms(const model::Pack& pack) override;

  Result<model::Record> record(const std::string& id, const model::AsOf& as_of) override;
  Result<app::OpenedRecord> opened(
      const std::string& id, const app::WhoAsks& who,
      const std::function<const model::Form*(std::string_view form)>& form_of) override;
  Result<model::Page> page(const model::Query& query) override;
  // From what is kept, where the scope allows it (internal/kept_counts.h). Errors: ST-0100 too,
  // for what keep_counts will count.
  Result<std::vector<model::Group>> count(const model::CountQuery& query) override;
  Result<Instant> settled_moment() override;
  Result<void> keep_counts(const std::vector<model::CountQuery>& asked) override;
  Result<model::Standings> standings(const std::vector<std::string>& persons,
                                     const app::WhoAsks& who) override;
  Result<std::vector<app::PersonLink>> person_links(
      const std::vector<std::string>& persons) override;
  Result<std::set<std::string>> subjects(const std::vector<std::string>& records) override;
  Result<std::vector<app::HistoryItem>> history(const std::string& id, std::int64_t limit,
                                                std::optional<std::int64_t> before_seq) override;
  Result<std::vector<app::RecordLink>> referring(const std::string& id, const std::string& form,
                                                 const std::string& field,
                                                 const model::RowScope& scope,
                                                 std::int64_t limit) override;
  Result<std::map<std::string, app::RecordReference>> references(
      const std::vector<std::string>& ids,
      const std::function<model::RowScope(std::string_view form)>& scope_of) override;
  Result<app::TaskPage> tasks(const app::TaskQuery& query) override;
  Result<std::set<std::string>> opened_by(const std::string& account) override;
  Result<std::vector<app::Break>> breaks(const app::BreakQuery& query) override;
  Result<std::vector<app::Handover>> handovers(const app::HandoverQuery& query) override;
  Result<bool> is_receiving(const std::string& organisation) override;
  Result<std::set<std::string>> handed_to(const std::string& record) override;
  Result<std::map<std::string, std::string>> records_of_facts() override;
  Result<std::vector<std::string>> due_for_scheduler(Date today, std::int64_t limit) override;

  Result<std::vector<app::Account>> accounts() override;
  Result<std::optional<app::Account>> find_account_by_login(const std::string& login) override;
  Result<std::optional<app::Account>> find_account(const std::string& id) override;
  Result<std::vector<app::Organisation>> organisations() override;
  Result<std::vector<StoredPack>> stored_packs() override;
  Result<std::vector<Activation>> activations() override;
  Result<std::optional<Json>> calendar_configuration() override;
  Result<std::map<std::string, Json>> kept_imports(const std::string& organisation) override;
  Result<std::vector<model::Envelope>> envelopes(std::optional<std::int64_t> before_seq,
                                                 std::int64_t limit) override;
  Result<std::optional<Json>> last_verification() override;
  Result<bool> take_lease(const std::string& name, const std::string& holder, Instant now,
                          Instant until) override;
  Result<bool> renew_lease(const std::string& name, const std::string& holder,
                           Instant until) override;
  Result<std::string> mark() override;
  Result<Health> health() override;

  // When the newest entry of any chain was recorded; absent: there is none.
  Result<std::optional<Instant>> newest_entry();

  // Walks the whole journal, checks chains, seals and signed checkpoints (those in the database
  // and those exported), keeps the outcome for last_verification, and gives it.
  Result<Json> verify_journal();

  // Forgets the idempotency keys that were used before, here and in every rebuild from now on.
  Result<void> forget_keys(Instant before);

  // Signs the head of every chain that grew since its last checkpoint, and exports it.
  Result<void> make_checkpoint();
  // The same, and gives the file all that the database has and it lacks.
  Result<void> mend_checkpoint_file();

  // Derives every projection from the journal again, beside what is there, and compares. Nothing
  // may be written meanwhile, or it shows as a difference.
  Result<RebuildReport> rebuild_check();
  // Puts what the journal says in the place of what is there, in one transaction; gives the
  // number of entries. Writes wait for it.
  Result<std::int64_t> rebuild();
  // Brings a store of an older format, or with tables that an older version derived otherwise, to
  // what this version works with, in one transaction: when that fails it is as it was, and the
  // older version opens it. Gives the number of entries that were derived anew; nothing when it is
  // current. Until then, or until raise_format, nothing but packs may be read, and nothing written.
  // Requires: every pack version that entries name is prepared.
  Result<std::optional<std::int64_t>> upgrade();
  // Does the steps of an upgrade alone, and leaves what is derived to a later one: for where a pack
  // cannot be read. An older version, which could not read what is written from now on, refuses the
  // store after it.
  Result<void> raise_format();

  // What erasing the person would destroy. Errors: ST-0041 when that was done, ST-0043 when it is
  // no person.
  Result<ErasurePlan> plan_erasure(const std::string& person);
  // Destroys the keys and the rows of everything about this person alone, by one journal entry.
  // Records about others too lose the person's way to their key; the order names each of them.
  // Gives what was erased. What the database keeps of removed rows is still to be wiped.
  // Errors: those of plan_erasure, ST-0044 when such a record is not named, ST-0047 when more
  // would go than the order allows.
  Result<ErasurePlan> erase_person(const ErasureOrder& order);
  Result<std::vector<UnchangedRecord>> unchanged_since(const std::string& form,
                                                       Instant moment) override;
  Result<std::int64_t> expire_records(const std::string& actor,
                                      const std::vector<ErasedRecord>& records) override;
  Result<bool> expire_person(const std::string& actor, const ErasedRecord& person) override;
  Result<std::set<std::string>> erased_of(const std::vector<std::string>& ids) override;
  Result<std::vector<app::Erasure>> erasures(std::optional<std::int64_t> before_seq,
                                             std::int64_t limit) override;
  // Erases again who stands in the list of erasures and is there all the same, since an older
  // back-up was put back; gives how many. Records about others too stay, as was decided then.
  // Requires: all pack versions are prepared. Errors: ST-0046, those of erase_person.
  Result<std::int64_t> erase_again();
  Result<void> wipe_removed() override;

  // What another process did to the keys: takes over a master key that was replaced, and drops
  // remembered keys that were destroyed. To be called about once a second while the store is open;
  // what is written, and what is read of who was erased, does not wait for it. True when keys were
  // destroyed since it was called before. Errors: ST-0053 when the new master key is not here.
  Result<bool> watch_keys();
  // How many keys are remembered for readers.
  [[nodiscard]] std::size_t remembered_keys() { return keys_.remembered(); }

  // The keys of this store, sealed to a recipient (key_escrow.h). Errors: ST-0054.
  Result<std::string> escrow(std::string_view public_key) const;

  // Passwords, second factors, sessions; lives as long as the store.
  app::CredentialStore& credentials() { return *credentials_; }
  // Contents of files; lives as long as the store.
  app::FileStore& files() { return *files_; }
  // What waits to be sent; lives as long as the store.
  app::OutboxStore& outbox() { return *outbox_; }

  Writer::Counters writer_counters() const { return writer_->counters(); }

 private:
  SqlStore(Database& database, StoreOptions options, const Clock& clock, Rng& rng, KeyFolder folder,
           KeyPlaces places);

  void answer_receivers(const std::vector<ReceiverLookup*>& group);
  Result<void> erase_listed(const ListedErasure& listed);
  void forget_destroyed();
  Result<std::int64_t> rebuild_from(std::int64_t format);
  Result<std::int64_t> expire_together(const std::string& actor, const std::string& organisation,
                                       std::vector<ErasedRecord> records);
  Result<void> run_unit(Connection& connection, PreparedUnit& unit);
  void note_appended(std::int64_t entries);
  void keep_unexported(const std::vector<std::string>& lines);
  Writer::Unit exporting();
  [[nodiscard]] CheckpointFile checkpoint_file() const;

  Database& database_;
  const StoreOptions options_;
  const Clock& clock_;
  Rng& rng_;
  KeyRing ring_;
  DataKeys keys_;
  std::atomic<std::int64_t> watched_generation_ = -1;  // of keys; -1: not watched yet
  FormRegistry forms_;
  JournalWriter journal_;             // writer thread
  std::unique_ptr<TransactionView> view_;  // writer thread
  ReadPool readers_;
  ReadPool planned_once_;
  ReadPool& by_key_;  // one of these two
  std::unique_ptr<KeptCounts> counts_;
  RecordLookups lookups_;
  Together<ReceiverLookup> receivers_;
  std::atomic<std::int64_t> since_checkpoint_ = 0;
  std::mutex checkpoint_file_mutex_;
  std::vector<std::string> unexported_;    // signed lines that the file does not have yet
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<SqlCredentialStore> credentials_;
  std::unique_ptr<SqlFileStore> files_;
  std::unique_ptr<SqlOutboxStore> outbox_;
};

}  // namespace zicht::store
