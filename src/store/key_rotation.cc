#include "store/key_rotation.h"

#include <utility>
#include <vector>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "store/internal/cursor.h"
#include "store/internal/data_keys.h"
#include "store/internal/entry_text.h"
#include "store/internal/file_keys.h"
#include "store/internal/key_ring.h"
#include "store/internal/master_key.h"
#include "store/internal/schema.h"
#include "store/internal/upgrade_steps.h"
#include "store/journal.h"
#include "store/writer.h"

namespace zicht::store {
namespace {

// A row with something that the master key seals.
struct SealedRow {
  std::string id;  // of the row, in the order of which they are walked
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

Result<void> write_data_key(Connection& connection, const SealedRow& row, const std::string& anew) {
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
    "update webhook_secrets set sealed = $1 where webhook = $2 and sealed = $3", &label_of_webhook};
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
constexpr SealedTable kSealedTables[] = {
    {&read_data_keys, &write_data_key},
    {&read_digits<kSecondFactors>, &write_digits<kSecondFactors>},
    {&read_uploads, &write_upload},
    {&read_digits<kWebhooks>, &write_digits<kWebhooks>},
    {&read_digits<kFormerWebhooks>, &write_digits<kFormerWebhooks>},
    {&read_digits<kMail>, &write_digits<kMail>}};

class Resealing {
 public:
  Resealing(Writer& writer, const MasterKeys& keys, Rng& rng, std::int64_t batch)
      : writer_(writer), keys_(keys), rng_(rng), batch_(batch) {}

  Result<std::int64_t> run() {
    std::int64_t count = 0;
    for (const SealedTable& table : kSealedTables) {
      Batch done;
      while (!done.is_end) {
        Batch next;
        ZICHT_CHECKED(writer_.run([&](Connection& connection) {
          return seal_batch(connection, table, done.last, next);
        }));
        count += next.count;
        done = std::move(next);
      }
    }
    return count;
  }

 private:
  struct Batch {
    std::string last;        // the id up to which rows were looked at
    std::int64_t count = 0;  // sealed anew
    bool is_end = false;
  };

  // Of the rows after `after`. May run again after it was rolled back, so it says what it did anew.
  Result<void> seal_batch(Connection& connection, const SealedTable& table,
                          const std::string& after, Batch& batch) {
    batch = {.last = after};
    ZICHT_TRY(rows, table.read(connection, after, batch_));
    batch.is_end = static_cast<std::int64_t>(rows.size()) < batch_;
    for (const SealedRow& row : rows) {
      batch.last = row.id;
      if (open_sealed(*keys_.next, row.sealed, row.label)) continue;
      ZICHT_TRY(plain, opened(row));
      ZICHT_CHECKED(
          table.write(connection, row, seal(*keys_.next, random_nonce(rng_), plain, row.label)));
      ++batch.count;
    }
    return connection.flush();
  }

  Result<std::string> opened(const SealedRow& row) const {
    for (const SecretKey& key : keys_.present) {
      if (auto plain = open_sealed(key, row.sealed, row.label)) return *std::move(plain);
    }
    return make_error("ST-0021");
  }

  Writer& writer_;
  const MasterKeys& keys_;
  Rng& rng_;
  const std::int64_t batch_;
};

// Who replaces which key by which; the ids tell nothing of the keys.
Result<void> tell(Connection& connection, JournalWriter& journal, const RotationOrder& order,
                  const std::string& former, const std::string& next) {
  ZICHT_TRY(text, canonical_json(json::object{{"former", former}, {"master_key", next}}));
  ZICHT_CHECKED(journal.append(
      connection,
      {.organisation = order.organisation,
       .actor = order.actor,
       .purpose = "operate",
       .subject = {},
       .kind = model::kKeysRotated,
       .pack_hash = {},
       .key = {.organisation = order.organisation, .retention = "permanent", .subject = {}},
       .payload = text}));
  return {};
}

// From now on the store's own key is the new one, and the journal says so: in an entry that a
// version of Zicht for an older format could not read.
Result<void> name_as_own(Writer& writer, JournalWriter& journal, const RotationOrder& order,
                         const std::string& known, const std::string& next) {
  return writer.run([&](Connection& connection) -> Result<void> {
    journal.begin();
    journal.forget();
    ZICHT_CHECKED(raise_to_present_format(connection));
    ZICHT_CHECKED(tell(connection, journal, order, known, next));
    ZICHT_TRY(changed, connection.execute(
                           "update meta set value = $1 where name = 'master_key' and value = $2",
                           {next, known}));
    // Somebody else was first.
    return changed == 1 ? Result<void>() : make_error("ST-0053");
  });
}

// Makes the next key and begins with it.
Result<void> begin_rotation(Writer& writer, const RotationOrder& order, const std::string& known,
                            MasterKeys& keys, const Clock& clock, Rng& rng) {
  if (order.actor.empty()) return make_error("ST-0057");
  // The key that holds must be there, or nothing could be opened.
  ZICHT_TRY(folder, KeyFolder::open(order.places, known));
  ZICHT_CHECKED(keys.make_next(order.places, rng));
  KeyRing ring(std::move(folder), order.places);
  DataKeys data_keys(ring, rng);
  JournalWriter journal(data_keys, clock, rng, order.engine_version);
  return name_as_own(writer, journal, order, known, id_of(*keys.next));
}

}  // namespace

Result<KeyRotation> rotate_master_key(Database& database, const RotationOrder& order,
                                      const Clock& clock, Rng& rng) {
  ZICHT_TRY(connection, database.connect(Access::kWrite));
  ZICHT_CHECKED(check_format(*connection));
  ZICHT_TRY(known, known_master(*connection));
  if (known.empty()) {
    ZICHT_TRY(keys, open_keys(*connection, order.places, rng));
    known = keys.master_id();
  }
  ZICHT_TRY(keys, MasterKeys::read(order.places));
  // Servers may be at work: what is busy or in a deadlock is tried again.
  ZICHT_TRY(writer,
            Writer::create(database, {.retries = order.retries, .retry_pause = order.retry_pause}));
  KeyRotation rotation;
  rotation.is_resumed = keys.next && id_of(*keys.next) == known;
  if (!rotation.is_resumed) {
    ZICHT_CHECKED(begin_rotation(*writer, order, known, keys, clock, rng));
  }
  rotation.master_id = id_of(*keys.next);
  ZICHT_TRY(count, Resealing(*writer, keys, rng, order.batch).run());
  rotation.sealed_anew = count;
  ZICHT_CHECKED(writer->run([&](Connection& connection_of_writer) {
    return note_wholly_sealed(connection_of_writer, rotation.master_id);
  }));
  ZICHT_CHECKED(keys.put_next_in_place(order.places));
  return rotation;
}

Result<bool> differs_from_journal(Connection& connection, DataKeys& keys) {
  std::int64_t seq = 0;
  {
    ZICHT_TRY(rows, connection.query("select max(seq) from journal where kind = $1",
                                     {model::kKeysRotated}));
    if (rows.next() && !rows.is_null(0)) seq = rows.integer(0);
    ZICHT_CHECKED(rows.status());
  }
  if (seq == 0) return false;
  ZICHT_TRY(payload, payload_in(connection, keys, seq));
  ZICHT_TRY(known, known_master(connection));
  return text_in(payload, "master_key") != known;
}

}  // namespace zicht::store
