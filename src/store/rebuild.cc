#include "store/rebuild.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/error_catalogue.h"
#include "store/erasure.h"
#include "store/internal/meta.h"
#include "store/internal/prepared_unit.h"
#include "store/internal/projector.h"
#include "store/internal/schema.h"
#include "store/journal.h"

namespace zicht::store {
namespace {

constexpr std::int64_t kBatch = 500;
constexpr std::size_t kBatchesAhead = 8;

// An entry with everything done that needs no database.
struct DecodedEntry {
  model::Envelope envelope;
  Json payload;                             // of other kinds than record.put
  std::optional<PreparedRecord> prepared;   // of record.put
  std::optional<UsedKey> used_key;
  DataKeyPtr key;                           // null: destroyed, and nothing else is known
};
using Batch = std::vector<DecodedEntry>;

bool may_be_erased(std::string_view kind) {
  return kind == model::kRecordPut || kind == model::kAccountPut ||
         kind == model::kAccountReset || kind.starts_with("break.") ||
         kind.starts_with("handover.");
}

Result<DecodedEntry> decode(Connection& source, const FormRegistry& forms, DataKeys& keys,
                            SealedEntry entry) {
  DecodedEntry decoded;
  ZICHT_TRY(key, keys.find(source, entry.envelope.key_id));
  if (key == nullptr && may_be_erased(entry.envelope.kind)) {
    decoded.envelope = std::move(entry.envelope);
    return decoded;
  }
  ZICHT_TRY(text, open_payload(source, keys, entry));
  ZICHT_TRY(payload, parse_json(text));
  decoded.key = std::move(key);
  decoded.envelope = std::move(entry.envelope);
  decoded.used_key = used_key_of(payload);
  if (decoded.envelope.kind != model::kRecordPut) {
    decoded.payload = std::move(payload);
    return decoded;
  }
  ZICHT_TRY(parsed, model::from_payload(payload));
  parsed.record.organisation = decoded.envelope.organisation;
  parsed.record.pack_hash = decoded.envelope.pack_hash;
  ZICHT_TRY(prepared, prepare_record(forms, std::move(payload), std::move(parsed.record)));
  decoded.prepared = std::move(prepared);
  return decoded;
}

// Reads and decodes on a thread of its own, a few batches ahead of who takes them.
class Decoder {
 public:
  Decoder(Connection& source, const FormRegistry& forms, DataKeys& keys)
      : source_(source), forms_(forms), keys_(keys), thread_([this] { run(); }) {}
  ~Decoder() {
    {
      const std::lock_guard lock(mutex_);
      is_cancelled_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // The next batch; empty at the end. `used` is the one taken before: what was made on the
  // decoder's thread is freed there, which has the time for it. Errors: the first that decoding
  // met.
  Result<Batch> take(Batch used) {
    std::unique_lock lock(mutex_);
    used_.push_back(std::move(used));
    changed_.wait(lock, [this] { return !ready_.empty() || is_done_; });
    if (ready_.empty()) {
      if (error_) return *error_;
      return Batch();
    }
    Batch batch = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return batch;
  }

 private:
  void run() {
    auto outcome = read_all();
    const std::lock_guard lock(mutex_);
    if (!outcome.has_value()) error_ = outcome.error();
    is_done_ = true;
    changed_.notify_all();
  }

  Result<void> read_all() {
    std::int64_t last = 0;
    while (true) {
      ZICHT_TRY(entries, read_entries(source_, last, kBatch));
      if (entries.empty()) return {};
      last = entries.back().envelope.seq;
      Batch batch;
      batch.reserve(entries.size());
      for (SealedEntry& entry : entries) {
        ZICHT_TRY(decoded, decode(source_, forms_, keys_, std::move(entry)));
        batch.push_back(std::move(decoded));
      }
      if (!hand_over(std::move(batch))) return {};
    }
  }

  bool hand_over(Batch batch) {
    std::vector<Batch> used;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ready_.size() < kBatchesAhead || is_cancelled_; });
    if (is_cancelled_) return false;
    ready_.push_back(std::move(batch));
    used.swap(used_);
    changed_.notify_all();
    lock.unlock();
    return true;
  }

  Connection& source_;
  const FormRegistry& forms_;
  DataKeys& keys_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> ready_;
  std::vector<Batch> used_;
  std::optional<Error> error_;
  bool is_done_ = false;
  bool is_cancelled_ = false;
  std::thread thread_;  // last: it uses all of the above
};

// Writes decoded entries. What is known of each record is kept here, so that nothing is looked up.
class Loader {
 public:
  // `keys_from`: see kKeysFrom.
  Loader(Connection& target, const FormRegistry& forms, std::int64_t keys_from)
      : target_(target), forms_(forms), keys_from_(keys_from) {}

  Result<void> load(const DecodedEntry& entry) {
    ++entries_;
    if (entry.key == nullptr) {
      unread_.try_emplace(entry.envelope.subject, entry.envelope.seq);
      return {};
    }
    std::string_view record;
    std::int64_t version = 0;
    if (entry.prepared) {
      RecordState& state = states_[entry.prepared->record.id];
      ZICHT_TRY(after, project_record(target_, forms_, entry.envelope, *entry.prepared, state,
                                      entry.key->secret));
      state = std::move(after);
      record = entry.prepared->record.id;
      version = entry.prepared->record.version;
    } else if (entry.envelope.kind == model::kPersonErased ||
               entry.envelope.kind == model::kRecordsExpired) {
      ZICHT_CHECKED(load_erasure(entry));
    } else {
      ZICHT_CHECKED(project_entry(target_, entry.envelope, entry.payload));
    }
    if (!entry.used_key || entry.envelope.seq < keys_from_) return {};
    return project_used_key(target_, entry.envelope, *entry.used_key, record, version);
  }

  // Errors: ST-0024 when an entry could not be read and no erasure says why.
  Result<void> check() const {
    if (unread_.empty()) return {};
    return make_error("ST-0024", {{"seq", std::to_string(unread_.begin()->second)}});
  }

  std::int64_t entries() const { return entries_; }

 private:
  Result<void> load_erasure(const DecodedEntry& entry) {
    ZICHT_TRY(erasure, erasure_from(entry.envelope, entry.payload));
    for (const ErasedRecord& each : erasure.records) unread_.erase(each.record);
    for (const ErasedAccount& each : erasure.accounts) unread_.erase(each.account);
    return project_erasure(target_, forms_, entry.envelope, erasure);
  }

  Connection& target_;
  const FormRegistry& forms_;
  const std::int64_t keys_from_;
  std::unordered_map<std::string, RecordState> states_;
  std::unordered_map<std::string, std::int64_t> unread_;  // by subject: the first such seq
  std::int64_t entries_ = 0;
};

Result<void> create_indexes(Connection& connection, const FormRegistry& forms) {
  ZICHT_CHECKED(create_projection_indexes(connection));
  for (const FormTablePtr& table : forms.tables()) {
    ZICHT_CHECKED(create_form_indexes(connection, *table));
  }
  return {};
}

std::string drop_sql(std::string_view table) {
  return "drop table if exists " + quote_identifier(table);
}

}  // namespace

Result<std::int64_t> load_projections(Connection& source, Connection& target,
                                      const FormRegistry& forms, DataKeys& keys) {
  ZICHT_CHECKED(create_projections(target));
  ZICHT_CHECKED(create_form_tables(target, forms.tables(), false));
  ZICHT_TRY(keys_from, meta_number(source, kKeysFrom));
  Loader loader(target, forms, keys_from);
  {
    Decoder decoder(source, forms, keys);
    Batch batch;
    do {
      ZICHT_TRY(next, decoder.take(std::move(batch)));
      batch = std::move(next);
      for (const DecodedEntry& entry : batch) ZICHT_CHECKED(loader.load(entry));
    } while (!batch.empty());
  }
  ZICHT_CHECKED(loader.check());
  ZICHT_CHECKED(target.flush());
  ZICHT_CHECKED(create_indexes(target, forms));
  return loader.entries();
}

Result<void> drop_projections(Connection& connection, const FormRegistry& forms) {
  for (const ProjectionTable& table : projection_tables()) {
    ZICHT_CHECKED(connection.run_script(drop_sql(table.name)));
  }
  for (const FormTablePtr& table : forms.tables()) {
    ZICHT_CHECKED(connection.run_script(drop_sql(table->name())));
    for (const FieldColumns& field : table->fields()) {
      if (field.is_many()) ZICHT_CHECKED(connection.run_script(drop_sql(field.child_table)));
    }
    ZICHT_CHECKED(
        connection.queue("delete from form_columns where table_name = $1", {table->name()}));
  }
  return {};
}

}  // namespace zicht::store
