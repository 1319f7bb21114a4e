// The data keys of a store: one per organisation x retention class x subject, wrapped by the
// master key in the table data_keys. Destroying a row there makes what it sealed unreadable.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "base/rng.h"
#include "store/driver.h"
#include "store/internal/sql_text.h"
#include "store/keys.h"

namespace zicht::store {

// What a data key is for. `subject` is empty for what is not about a person.
struct KeyScope {
  std::string organisation;
  std::string retention;
  std::string subject;
};

struct DataKey {
  std::string id;
  SecretKey secret;
};
using DataKeyPtr = std::shared_ptr<const DataKey>;

class DataKeys {
 public:
  // Both must outlive this.
  DataKeys(const KeyFolder& folder, Rng& rng) : folder_(folder), rng_(rng) {}

  // The key for writing; made in the open transaction where there is none. Writer thread only.
  Result<DataKeyPtr> for_writing(Connection& connection, const KeyScope& scope);

  // Drops the keys made in a transaction that may not have been committed. Writer thread only.
  void forget_uncommitted() { uncommitted_.clear(); }

  // The key with this id; null when it was destroyed. Thread-safe.
  Result<DataKeyPtr> find(Connection& connection, std::string_view id);

 private:
  Result<DataKeyPtr> read(Connection& connection, const KeyScope& scope);
  Result<DataKeyPtr> make(Connection& connection, const KeyScope& scope);
  Result<DataKeyPtr> unwrap(const KeyScope& scope, std::string id, std::string_view wrapped) const;
  void keep(const DataKeyPtr& key);

  using Map = std::unordered_map<std::string, DataKeyPtr, TextHash, std::equal_to<>>;

  const KeyFolder& folder_;
  Rng& rng_;
  Map uncommitted_;  // by scope; writer thread
  Map by_scope_;     // writer thread
  std::mutex mutex_;
  Map by_id_;        // guarded by mutex_
};

}  // namespace zicht::store
