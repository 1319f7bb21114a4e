#include "store/sql_store.h"

#include <future>
#include <utility>

#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "store/checkpoint.h"
#include "store/internal/file_keys.h"
#include "store/internal/kept_counts.h"
#include "store/internal/master_key.h"
#include "store/internal/meta.h"
#include "store/internal/outbox_rows.h"
#include "store/internal/prepared_unit.h"
#include "store/internal/projector.h"
#include "store/internal/schema.h"
#include "store/internal/transaction_view.h"
#include "store/key_escrow.h"

namespace zicht::store {
namespace {

Result<void> check_write(const PreparedWrite& write, const RecordState& before, Date today) {
  const model::Record& record = write.prepared.record;
  if (before.is_erased) return make_error("ST-0042");
  if (before.version != write.expected_version ||
      record.version != write.expected_version + 1) {
    return make_error("ST-0010");
  }
  const bool is_moved = before.created != 0 && (before.organisation != record.organisation ||
                                                before.form != record.form);
  if (is_moved) return make_error("ST-0017");
  // The row that holds now must stay open-ended: only the past has an end.
  if (record.valid_to && (before.created == 0 || *record.valid_to > today)) {
    return make_error("ST-0012");
  }
  return {};
}

// Writes one unit inside the writer's transaction.
class UnitRun {
 public:
  struct Ports {
    JournalWriter& journal;
    DataKeys& keys;
    const FormRegistry& forms;
    TransactionView& view;
    KeyRing& ring;
    Rng& rng;
  };
  UnitRun(Connection& connection, PreparedUnit& unit, const Ports& ports)
      : connection_(connection), unit_(unit), journal_(ports.journal), keys_(ports.keys),
        forms_(ports.forms), view_(ports.view), ring_(ports.ring), rng_(ports.rng) {}

  Result<void> run() {
    unit_.receipt = {};
    if (unit_.used_key) {
      ZICHT_TRY(earlier, view_.receipt(connection_, *unit_.used_key));
      if (earlier) {
        unit_.receipt = *earlier;
        return {};
      }
    }
    for (const PreparedWrite& write : unit_.records) ZICHT_CHECKED(put_record(write));
    for (const PreparedEntry& entry : unit_.entries) ZICHT_CHECKED(put_entry(entry));
    if (!unit_.used_key) return {};
    view_.note_receipt(*unit_.used_key, unit_.receipt);
    return project_used_key(connection_, keyed_, *unit_.used_key, unit_.receipt.record,
                            unit_.receipt.version);
  }

 private:
  Result<void> put_record(const PreparedWrite& write) {
    const model::Record& record = write.prepared.record;
    ZICHT_TRY(at, journal_.take_chain(connection_, record.organisation));
    ZICHT_TRY(state, view_.state(connection_, record.id));
    ZICHT_CHECKED(check_write(write, *state, amsterdam_date(at)));
    const NewEntry entry{.organisation = record.organisation,
                         .actor = unit_.actor,
                         .purpose = unit_.purpose,
                         .subject = record.id,
                         .kind = model::kRecordPut,
                         .pack_hash = record.pack_hash,
                         .key = key_scope_of(write.prepared),
                         .payload = write.payload};
    ZICHT_TRY(key, keys_.for_writing(connection_, entry.key));
    ZICHT_CHECKED(take_files(connection_, ring_, rng_, *key,
                             {.record = record.id, .account = unit_.actor, .files = write.files}));
    ZICHT_TRY(envelope, journal_.append(connection_, entry));
    // Before the rows change: a task is new when it is not among them.
    ZICHT_CHECKED(queue_messages(connection_, envelope, record, write.told));
    ZICHT_TRY(after, project_record(connection_, forms_, envelope, write.prepared, *state,
                                    key->secret));
    *state = std::move(after);
    unit_.receipt.record = record.id;
    unit_.receipt.version = record.version;
    note(envelope);
    return {};
  }

  Result<void> put_entry(const PreparedEntry& prepared) {
    const model::Entry& entry = prepared.entry;
    if (!entry.persons.empty()) {
      ZICHT_TRY(is_gone, is_erased(connection_, entry.subject));
      if (is_gone) return make_error("ST-0040");
    }
    ZICHT_TRY(envelope,
              journal_.append(connection_,
                              {.organisation = entry.organisation,
                               .actor = entry.actor.empty() ? unit_.actor : entry.actor,
                               .purpose = entry.purpose.empty() ? unit_.purpose : entry.purpose,
                               .subject = entry.subject,
                               .kind = entry.kind,
                               .pack_hash = entry.pack_hash,
                               .key = key_scope_of(entry),
                               .payload = prepared.payload}));
    note(envelope);
    return project_entry(connection_, envelope, entry.payload);
  }

  void note(const model::Envelope& envelope) {
    const bool has_key = unit_.records.empty() || envelope.kind == model::kRecordPut;
    if (has_key) keyed_ = envelope;
    unit_.receipt.seq = envelope.seq;
    unit_.receipt.recorded_at = envelope.recorded_at;
  }

  Connection& connection_;
  PreparedUnit& unit_;
  JournalWriter& journal_;
  DataKeys& keys_;
  const FormRegistry& forms_;
  TransactionView& view_;
  KeyRing& ring_;
  Rng& rng_;
  model::Envelope keyed_;  // the entry in which the idempotency key stands
};

// Where asking means waiting for another process, few ask for many.
std::size_t groups_at_once(const Dialect& dialect) {
  return dialect.kind == Dialect::Kind::kPostgres ? 1 : Together<RecordLookup>::kEach;
}

}  // namespace

SqlStore::SqlStore(Database& database, StoreOptions options, const Clock& clock, Rng& rng,
                   KeyFolder folder, KeyPlaces places)
    : database_(database), options_(std::move(options)), clock_(clock), rng_(rng),
      ring_(std::move(folder), std::move(places)), keys_(ring_, rng),
      journal_(keys_, clock, rng, options_.engine_version),
      view_(std::make_unique<TransactionView>(journal_, forms_)), readers_(database),
      planned_once_(database, Access::kLookUp),
      // SQLite plans both alike, and each connection has a cache of its own.
      by_key_(database.dialect().kind == Dialect::Kind::kPostgres ? planned_once_ : readers_),
      counts_(std::make_unique<KeptCounts>(readers_, by_key_, clock)),
      lookups_(by_key_, forms_, keys_, clock, groups_at_once(database.dialect())),
      receivers_(groups_at_once(database.dialect()),
                 [this](const std::vector<ReceiverLookup*>& group) { answer_receivers(group); }) {}

Result<std::unique_ptr<SqlStore>> SqlStore::open(Database& database, StoreOptions options,
                                                 const Clock& clock, Rng& rng) {
  ZICHT_TRY(first, database.connect(Access::kWrite));
  ZICHT_CHECKED(create_schema(*first));
  const KeyPlaces places{.folder = options.keys_folder,
                         .credential = options.master_credential,
                         .files = options.files};
  ZICHT_TRY(folder, open_keys(*first, places, rng));
  first.reset();
  std::unique_ptr<SqlStore> store(
      new SqlStore(database, std::move(options), clock, rng, std::move(folder), places));
  WriterOptions writer_options = store->options_.writer;
  writer_options.begin = [journal = &store->journal_] { journal->begin(); };
  writer_options.forget = [journal = &store->journal_, view = store->view_.get()] {
    journal->forget();
    view->forget();
  };
  writer_options.read_ahead = [view = store->view_.get()](Connection& connection) {
    return view->read_ahead(connection);
  };
  ZICHT_TRY(writer, Writer::create(database, std::move(writer_options)));
  store->writer_ = std::move(writer);
  store->credentials_ = std::make_unique<SqlCredentialStore>(store->readers_, *store->writer_,
                                                             store->ring_, rng);
  store->files_ = std::make_unique<SqlFileStore>(store->readers_, *store->writer_, store->ring_,
                                                 store->keys_, clock, rng);
  store->outbox_ = std::make_unique<SqlOutboxStore>(store->readers_, *store->writer_,
                                                    store->ring_, rng);
  return store;
}

Result<std::string> SqlStore::escrow(std::string_view public_key) const {
  return to_escrow(*ring_.present(), public_key);
}

Result<bool> SqlStore::watch_keys() {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  ZICHT_TRY(generation, keys_.look(*reader));
  // First, so that what is told of a new generation is not lost with an error.
  ZICHT_CHECKED(ring_.look(*reader));
  const std::int64_t before = watched_generation_.exchange(generation);
  return before != -1 && before != generation;
}

SqlStore::~SqlStore() {
  if (writer_ == nullptr) return;
  // At worst the chain stays without a signature until the next start.
  static_cast<void>(make_checkpoint());
  writer_.reset();
}

void SqlStore::append(app::Unit unit, std::function<void(Result<app::Receipt>)> done) {
  auto prepared = prepare_unit(forms_, std::move(unit));
  if (!prepared.has_value()) return done(std::move(prepared).error());
  auto shared = std::make_shared<PreparedUnit>(*std::move(prepared));
  auto finish = std::make_shared<std::function<void(Result<app::Receipt>)>>(std::move(done));
  const auto queued = writer_->submit(
      [this, shared](Connection& connection) { return run_unit(connection, *shared); },
      [this, shared, finish](const Result<void>& outcome) {
        if (!outcome.has_value()) return (*finish)(outcome.error());
        if (!shared->receipt.is_replay) {
          note_appended(static_cast<std::int64_t>(shared->records.size() +
                                                  shared->entries.size()));
        }
        (*finish)(shared->receipt);
      },
      [this, shared] { view_->announce(*shared); });
  if (!queued.has_value()) (*finish)(queued.error());
}

Result<app::Receipt> SqlStore::append_and_wait(app::Unit unit) {
  std::promise<Result<app::Receipt>> promise;
  append(std::move(unit),
         [&promise](Result<app::Receipt> receipt) { promise.set_value(std::move(receipt)); });
  return promise.get_future().get();
}

Result<void> SqlStore::run_unit(Connection& connection, PreparedUnit& unit) {
  return UnitRun(connection, unit, {journal_, keys_, forms_, *view_, ring_, rng_}).run();
}

Result<std::optional<app::Receipt>> SqlStore::replay_of(const app::Idempotency& key) {
  ZICHT_TRY(reader, readers_.lease(Snapshot::kPerQuery));
  return find_receipt(*reader, {key.key_hash, key.request_hash});
}

Result<void> SqlStore::forget_keys(Instant before) {
  return writer_->run([&](Connection& connection) -> Result<void> {
    ZICHT_TRY(rows, connection.query("select max(seq) from idempotency where recorded_at < $1",
                                     {before.microseconds_since_epoch()}));
    const bool is_known = rows.next() && !rows.is_null(0);
    const std::int64_t last = is_known ? rows.integer(0) : 0;
    ZICHT_CHECKED(rows.status());
    if (!is_known) return {};
    ZICHT_CHECKED(set_meta_number(connection, kKeysFrom, last + 1));
    return connection.queue("delete from idempotency where seq <= $1", {last});
  });
}

Result<void> SqlStore::prepare_forms(const model::Pack& pack) {
  const auto tables = forms_.tables_with(pack);
  ZICHT_CHECKED(writer_->run(
      [&tables](Connection& connection) { return create_form_tables(connection, tables, true); }));
  forms_.add(pack);
  return {};
}

void SqlStore::note_appended(std::int64_t entries) {
  if (since_checkpoint_.fetch_add(entries) + entries < options_.checkpoint_every) return;
  since_checkpoint_ = 0;
  auto lines = std::make_shared<std::vector<std::string>>();
  // When the queue is full the next entries ask again.
  static_cast<void>(writer_->submit(
      [this, lines](Connection& connection) {
        return sign_heads(connection, *ring_.present(), clock_.now(), *lines);
      },
      [this, lines](const Result<void>& outcome) {
        if (!outcome.has_value()) return;
        keep_unexported(*lines);
        // When the queue is full these go with the next ones.
        static_cast<void>(writer_->submit(exporting(), [](const Result<void>&) {}));
      }));
}

CheckpointFile SqlStore::checkpoint_file() const {
  return {options_.checkpoint_file, options_.server, options_.files};
}

Result<void> SqlStore::make_checkpoint() {
  std::vector<std::string> lines;
  ZICHT_CHECKED(writer_->run([&](Connection& connection) {
    return sign_heads(connection, *ring_.present(), clock_.now(), lines);
  }));
  keep_unexported(lines);
  return writer_->run(exporting());
}

Result<void> SqlStore::mend_checkpoint_file() {
  ZICHT_CHECKED(make_checkpoint());
  std::vector<std::string> lines;
  {
    ZICHT_TRY(reader, readers_.lease());
    ZICHT_TRY(missing, missing_lines(*reader, checkpoint_file()));
    lines = std::move(missing);
  }
  keep_unexported(lines);
  ZICHT_CHECKED(writer_->run(exporting()));
  return writer_->run([&](Connection& connection) {
    return note_anew(connection, checkpoint_file());
  });
}

void SqlStore::keep_unexported(const std::vector<std::string>& lines) {
  const std::lock_guard lock(checkpoint_file_mutex_);
  unexported_.insert(unexported_.end(), lines.begin(), lines.end());
}

// In one transaction lines are added and counted, for another process may add to the same file.
// Those that could not be exported go with the next ones.
Writer::Unit SqlStore::exporting() {
  auto done = std::make_shared<Exported>();  // a unit may run again
  return [this, done](Connection& connection) -> Result<void> {
    const CheckpointFile file = checkpoint_file();
    ZICHT_CHECKED(hold_note(connection, file));
    const std::lock_guard lock(checkpoint_file_mutex_);
    ZICHT_TRY(exported, export_checkpoints(file, unexported_));
    unexported_.clear();
    if (done->added == 0) done->before = exported.before;
    done->added += exported.added;
    return note_exported(connection, file, *done);
  };
}

}  // namespace zicht::store
