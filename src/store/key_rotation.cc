#include "store/key_rotation.h"

#include <utility>
#include <vector>

#include "base/error_catalogue.h"
#include "store/internal/cursor.h"
#include "store/internal/data_keys.h"
#include "store/internal/file_keys.h"
#include "store/internal/master_key.h"

namespace zicht::store {
namespace {

// A row with something that the master key seals.
struct SealedRow {
  std::string id;                     // of the row, in the order of which they are walked
  std::string label, sealed;
};
using SealedRows = std::vector<SealedRow>;

// A table with such rows: how to read those after $1, at most $2; and how to put $1 into the row $2
// that still has $3.
struct SealedTable {
  Result<SealedRows> (*read)(Connection&, const std::string& after, std::int64_t limit);
  Result<void> (*write)(Connection&, const SealedRow&, const std::string& anew);
};

Result<SealedRows> read_data_keys(Connection& connection, const std::string& after,
                                  std::int64_t limit) {
  ZICHT_TRY(rows, connection.query("select key_id, organisation, retention, subject, wrapped "
                                   "from data_keys where key_id > $1 order by key_id limit $2",
                                   {after, limit}));
  SealedRows found;
  while (rows.next()) {
    const KeyScope scope{.organisation = std::string(rows.text(1)),
                         .retention = std::string(rows.text(2)),
                         .subject = std::string(rows.text(3))};
    found.push_back({.id = std::string(rows.text(0)),
                     .label = label_of_data_key(rows.text(0), scope),
                     .sealed = std::string(rows.text(4))});
  }
  ZICHT_CHECKED(rows.status());
  return found;
}

Result<void> write_data_key(Connection& connection, const SealedRow& row,
                            const std::string& anew) {
  return connection.queue("update data_keys set wrapped = $1 where key_id = $2 and wrapped = $3",
                          {Param::blob(anew), row.id, Param::blob(row.sealed)});
}

// A table whose sealed column holds hexadecimal digits: the first statement gives id and column.
struct DigitsTable {
  std::string_view read, write;
  std::string (*label)(std::string_view id);
};

constexpr DigitsTable kSecondFactors = {
    "select account, totp_secret from credentials where totp_secret <> '' and account > $1 "
    "order by account limit $2",
    "update credentials set totp_secret = $1 where account = $2 and totp_secret = $3",
    &label_of_second_factor};
constexpr DigitsTable kWebhooks = {
    "select webhook, sealed from webhook_secrets where webhook > $1 order by webhook limit $2",
    "update webhook_secrets set sealed = $1 where webhook = $2 and sealed = $3",
    &label_of_webhook};
constexpr DigitsTable kFormerWebhooks = {
    "select webhook, previous from webhook_secrets where previous <> '' and webhook > $1 "
    "order by webhook limit $2",
    "update webhook_secrets set previous = $1 where webhook = $2 and previous = $3",
    &label_of_webhook};
constexpr DigitsTable kMail = {
    "select account, sealed from mail_preferences where account > $1 order by account limit $2",
    "update mail_preferences set sealed = $1 where account = $2 and sealed = $3", &label_of_mail};

template <const DigitsTable& kTable>
Result<SealedRows> read_digits(Connection& connection, const std::string& after,
                               std::int64_t limit) {
  ZICHT_TRY(rows, connection.query(kTable.read, {after, limit}));
  SealedRows found;
  while (rows.next()) {
    const auto sealed = text_of_hex(rows.text(1));
    if (!sealed) return make_error("ST-0021");
    found.push_back(
        {.id = std::string(rows.text(0)), .label = kTable.label(rows.text(0)), .sealed = *sealed});
  }
  ZICHT_CHECKED(rows.status());
  return found;
}

template <const DigitsTable& kTable>
Result<void> write_digits(Connection& connection, const SealedRow& row, const std::string& anew) {
  return connection.queue(kTable.write, {hex_of(anew), row.id, hex_of(row.sealed)});
}

Result<SealedRows> read_uploads(Connection& connection, const std::string& after,
                                std::int64_t limit) {
  ZICHT_TRY(rows, connection.query("select file, wrapped from uploads where file > $1 "
                                   "order by file limit $2",
                                   {after, limit}));
  SealedRows found;
  while (rows.next()) {
    found.push_back({.id = std::string(rows.text(0)),
                     .label = upload_label(rows.text(0)),
                     .sealed = std::string(rows.text(1))});
  }
  ZICHT_CHECKED(rows.status());
  return found;
}

Result<void> write_upload(Connection& connection, const SealedRow& row, const std::string& anew) {
  return connection.queue("update uploads set wrapped = $1 where file = $2 and wrapped = $3",
                          {Param::blob(anew), row.id, Param::blob(row.sealed)});
}

// All that is sealed with the master key itself.
constexpr SealedTable kTables[] = {{&read_data_keys, &write_data_key},
                                   {&read_digits<kSecondFactors>, &write_digits<kSecondFactors>},
                                   {&read_uploads, &write_upload},
                                   {&read_digits<kWebhooks>, &write_digits<kWebhooks>},
                                   {&read_digits<kFormerWebhooks>, &write_digits<kFormerWebhooks>},
                                   {&read_digits<kMail>, &write_digits<kMail>}};

class Resealing {
 public:
  Resealing(Connection& connection, const MasterKeys& keys, Rng& rng, std::int64_t batch)
      : connection_(connection), keys_(keys), rng_(rng), batch_(batch) {}

  Result<std::int64_t> run() {
    for (const SealedTable& table : kTables) {
      std::string last;
      bool is_end = false;
      while (!is_end) ZICHT_CHECKED(in_transaction(table, last, is_end));
    }
    return count_;
  }

 private:
  Result<void> in_transaction(const SealedTable& table, std::string& last, bool& is_end) {
    ZICHT_CHECKED(connection_.begin(Access::kWrite));
    auto done = seal_batch(table, last, is_end);
    if (done.has_value()) return connection_.commit();
    connection_.rollback();
    return done;
  }

  Result<void> seal_batch(const SealedTable& table, std::string& last, bool& is_end) {
    ZICHT_TRY(rows, table.read(connection_, last, batch_));
    is_end = static_cast<std::int64_t>(rows.size()) < batch_;
    for (const SealedRow& row : rows) {
      last = row.id;
      if (open_sealed(*keys_.next, row.sealed, row.label)) continue;
      ZICHT_TRY(plain, opened(row));
      ZICHT_CHECKED(table.write(connection_, row,
                                seal(*keys_.next, random_nonce(rng_), plain, row.label)));
      ++count_;
    }
    return connection_.flush();
  }

  Result<std::string> opened(const SealedRow& row) const {
    for (const SecretKey& key : keys_.present) {
      if (auto plain = open_sealed(key, row.sealed, row.label)) return *std::move(plain);
    }
    return make_error("ST-0021");
  }

  Connection& connection_;
  const MasterKeys& keys_;
  Rng& rng_;
  const std::int64_t batch_;
  std::int64_t count_ = 0;
};

// From now on the store's own key is the new one.
Result<void> name_as_own(Connection& connection, const std::string& known,
                         const std::string& next) {
  ZICHT_CHECKED(connection.begin(Access::kWrite));
  const auto changed = connection.execute(
      "update meta set value = $1 where name = 'master_key' and value = $2", {next, known});
  if (changed && *changed == 1) return connection.commit();
  connection.rollback();
  if (!changed) return changed.error();
  return make_error("ST-0053");
}

}  // namespace

Result<KeyRotation> rotate_master_key(Database& database, const KeyPlaces& places, Rng& rng,
                                      std::int64_t batch) {
  ZICHT_TRY(connection, database.connect(Access::kWrite));
  ZICHT_TRY(known, known_master(*connection));
  if (known.empty()) {
    ZICHT_TRY(keys, open_keys(*connection, places, rng));
    known = keys.master_id();
  }
  ZICHT_TRY(keys, MasterKeys::read(places));
  KeyRotation rotation;
  rotation.is_resumed = keys.next && id_of(*keys.next) == known;
  if (!rotation.is_resumed) {
    // The key that holds must be there, or nothing could be opened.
    ZICHT_CHECKED(KeyFolder::open(places, known));
    ZICHT_CHECKED(keys.make_next(places, rng));
    ZICHT_CHECKED(name_as_own(*connection, known, id_of(*keys.next)));
  }
  rotation.master_id = id_of(*keys.next);
  ZICHT_TRY(count, Resealing(*connection, keys, rng, batch).run());
  rotation.sealed_anew = count;
  ZICHT_CHECKED(keys.put_next_in_place(places));
  return rotation;
}

}  // namespace zicht::store
