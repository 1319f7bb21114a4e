// The data keys of a store: one per organisation x retention class x subject, wrapped by the
// master key in the table data_keys. Destroying a row there makes what it sealed unreadable.
//
// A record about persons has a key of its own in the table record_keys, wrapped by the key of each
// person that it is or was about: it can be read while one of them has a key, and be destroyed
// without the person's other records.
//
// Keys may be destroyed by another process: a command beside a server, or another server. Each
// transaction that destroys keys raises a number in `meta`, the generation, and what is remembered
// of an earlier generation is dropped: by the writer in each transaction, by readers before they
// open what no row leads to any more, and by `look`.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/key_ring.h"
#include "store/internal/sql_text.h"
#include "store/keys.h"

namespace zicht::store {

// What a data key is for. `subject` is a person or an account, and empty for what is about neither.
// With `record` it is the key of that record, which is about `persons` (at least one).
struct KeyScope {
  std::string organisation;
  std::string retention;
  std::string subject;
  std::string record{};
  std::vector<std::string> persons{};
};

struct DataKey {
  std::string id;
  SecretKey secret;
};
using DataKeyPtr = std::shared_ptr<const DataKey>;

class DataKeys {
 public:
  // Both must outlive this.
  DataKeys(KeyRing& ring, Rng& rng) : ring_(ring), rng_(rng) {}

  // The key for writing; made in the open transaction where there is none. Requires for the key of
  // a record: the record was not erased. Writer thread only.
  // Errors: ST-0040 when every person that the record is about was erased, ST-0045 when the account
  // was.
  Result<DataKeyPtr> for_writing(Connection& connection, const KeyScope& scope);

  // Before each transaction. Writer thread only.
  void begin_transaction() { made_.clear(); }
  // Drops the keys made in a transaction that may not have been committed. Writer thread only.
  void forget_uncommitted();

  // In a transaction that destroyed keys, on the writer thread: drops what the writer remembers,
  // and raises the generation. Readers `look` once it is committed.
  Result<void> forget_written(Connection& connection);
  // The generation that a transaction of the writer found, after it took a chain: nobody destroys
  // keys of that organisation until it ends. Writer thread only.
  void notice_written(std::int64_t generation);

  // Drops what readers remember of generations before the one that this connection sees; gives that
  // one. Thread-safe.
  Result<std::int64_t> look(Connection& connection);
  // How many keys readers remember. Thread-safe.
  [[nodiscard]] std::size_t remembered();

  // The key with this id; null when it was destroyed. Thread-safe.
  Result<DataKeyPtr> find(Connection& connection, std::string_view id) {
    return find(connection, id, true);
  }

 private:
  Result<DataKeyPtr> read(Connection& connection, const KeyScope& scope);
  Result<DataKeyPtr> make(Connection& connection, const KeyScope& scope);
  Result<DataKeyPtr> key_of_record(Connection& connection, const KeyScope& scope);
  Result<DataKeyPtr> key_of_person(Connection& connection, const KeyScope& scope);
  // `may_keep`: what is found may be remembered for readers.
  Result<DataKeyPtr> find(Connection& connection, std::string_view id, bool may_keep);
  Result<DataKeyPtr> find_of_record(Connection& connection, std::string_view id, bool may_keep);
  Result<DataKeyPtr> unwrap(Connection& connection, const KeyScope& scope, std::string id,
                            std::string_view wrapped);
  void keep(const DataKeyPtr& key, std::int64_t generation);

  using Map = std::unordered_map<std::string, DataKeyPtr, TextHash, std::equal_to<>>;

  static constexpr std::int64_t kUnknown = -1;

  KeyRing& ring_;
  Rng& rng_;
  Map uncommitted_;  // by scope; writer thread
  std::set<std::string> made_;  // ids of keys that this transaction made; writer thread
  Map by_scope_;     // writer thread
  std::int64_t written_generation_ = kUnknown;  // of by_scope_; writer thread
  bool has_destroyed_ = false;  // in this transaction; writer thread
  std::mutex mutex_;
  Map by_id_;        // guarded by mutex_
  std::int64_t read_generation_ = kUnknown;     // of by_id_; guarded by mutex_
};

// Gives the generation in one row; to be asked together with other questions.
inline constexpr std::string_view kGenerationQuery =
    "select value from meta where name = 'keys generation'";
// The answer of it; 0: no key was ever destroyed. Errors: those of the rows.
Result<std::int64_t> generation_in(Rows& rows);

// What a data key that the master key seals is bound to.
std::string label_of_data_key(std::string_view id, const KeyScope& scope);

// Waits for who makes a key of this person, or erases the person, and holds others off until the
// transaction ends.
Result<void> lock_person(Connection& connection, std::string_view person);

// Whether the record, person or account with this id was erased.
Result<bool> is_erased(Connection& connection, std::string_view id);

}  // namespace zicht::store
