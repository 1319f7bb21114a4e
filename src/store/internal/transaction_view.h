// What the writer's open transaction knows of the records and the keys that its units are about.
//
//     view.announce(unit);  ...  view.read_ahead(connection);     one exchange for a whole group
//     ZICHT_TRY(state, view.state(connection, record));           asks only what is not known yet
//
// Units keep it true: what they write they note. It holds for one transaction, and only as long as
// nothing in it fails or is rolled back: then `forget` clears it. Writer thread only.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/ports.h"
#include "base/result.h"
#include "store/internal/exchange.h"
#include "store/internal/form_registry.h"
#include "store/internal/prepared_unit.h"
#include "store/internal/projector.h"
#include "store/journal.h"

namespace zicht::store {

// The receipt of the unit that used this key before, if any.
// Errors: ST-0011 when it was another request.
Result<std::optional<app::Receipt>> find_receipt(Connection& connection, const UsedKey& key);

class TransactionView {
 public:
  // Both must outlive this.
  TransactionView(JournalWriter& journal, const FormRegistry& forms)
      : journal_(journal), forms_(forms) {}

  // Says what a unit of the transaction that starts will want to know.
  void announce(const PreparedUnit& unit);
  // Takes the chains of what was announced, and reads what is known of its records and keys.
  Result<void> read_ahead(Connection& connection);

  // As find_receipt, also of the units of this transaction.
  Result<std::optional<app::Receipt>> receipt(Connection& connection, const UsedKey& key);
  void note_receipt(const UsedKey& key, app::Receipt receipt);

  // What stands there of the record; an unknown one gives an empty state. Requires: the chain of
  // its organisation was taken. Who writes the record puts here what it is then.
  Result<RecordState*> state(Connection& connection, const std::string& record);

  void forget();

 private:
  // A key that was looked for; without a receipt nobody has used it.
  struct KnownKey {
    std::string request_hash;
    std::optional<app::Receipt> receipt;
  };
  using Ids = std::set<std::string>;

  void ask_keys(Exchange& exchange, const Ids& hashes);
  void ask_states(Exchange& exchange, const Ids& records);
  Result<void> ask_rows(Exchange& exchange, const std::string& form, const Ids& records);

  JournalWriter& journal_;
  const FormRegistry& forms_;
  std::map<std::string, RecordState, std::less<>> states_;  // by record
  std::map<std::string, KnownKey, std::less<>> keys_;       // by hash

  // What was announced.
  std::size_t entries_ = 0;
  Ids organisations_, hashes_, records_;
  std::map<std::string, Ids> changed_;  // by form: records that are there already
};

}  // namespace zicht::store
