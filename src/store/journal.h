// The journal (docs/formats/journal.md): sealed entries in a chain per organisation.
//
// JournalWriter appends inside the writer's transaction; read_entries and open_payload read back.
// verify.h checks the chains, checkpoint.h signs their heads. Rows are never changed: triggers
// refuse it on both databases.
#pragma once

#include <atomic>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/rng.h"
#include "model/entry.h"
#include "store/driver.h"
#include "store/internal/data_keys.h"
#include "store/internal/exchange.h"

namespace zicht::store {

// One row of the journal.
struct SealedEntry {
  model::Envelope envelope;
  std::string sealed;
  Hash hash;
};

// The canonical JSON of the envelope without its hash: associated data of the seal, and part of
// what is hashed.
std::string canonical_envelope(const model::Envelope& envelope);

// The hash of an entry that follows one with the hash `previous` (all zero for the first).
Hash chain_hash(const Hash& previous, std::string_view canonical_envelope, std::string_view sealed);

// The payload's text. Errors: ST-0023 when the seal does not fit, ST-0024 when the key is gone.
Result<std::string> open_payload(Connection& connection, DataKeys& keys, const SealedEntry& entry);

// Columns of the journal in the order that read_entry takes them.
inline constexpr std::string_view kJournalColumns =
    "seq, organisation, chain_no, recorded_at, actor, purpose, subject, kind, pack_hash, "
    "engine_version, key_id, sealed, hash";
// Errors: ST-0025 when the row is not in the shape of the format.
Result<SealedEntry> read_entry(const Rows& rows);

// Entries with a seq above `after`, in order, at most `limit`.
Result<std::vector<SealedEntry>> read_entries(Connection& connection, std::int64_t after,
                                              std::int64_t limit);

// What is to be appended. Views must live until the call returns.
struct NewEntry {
  std::string_view organisation, actor, purpose, subject, kind, pack_hash;
  KeyScope key;
  std::string_view payload;  // canonical JSON
};

// Writer thread only. What it remembers holds for one transaction: `forget` clears it.
class JournalWriter {
 public:
  // All must outlive this.
  JournalWriter(DataKeys& keys, const Clock& clock, Rng& rng, std::string engine_version)
      : keys_(keys), clock_(clock), rng_(rng), engine_version_(std::move(engine_version)) {}

  // Asks for what take_chain and append will need for so many entries of these organisations. Their
  // chains are then taken before anything that is asked after this is read.
  void ask_ahead(Exchange& exchange, const Dialect& dialect,
                 const std::set<std::string>& organisations, std::size_t entries);

  // Takes the organisation's chain until the transaction ends, so that what is read next does not
  // change any more, and gives the time that the next entry of it will have.
  Result<Instant> take_chain(Connection& connection, std::string_view organisation);

  // Appends an entry to its chain and gives its envelope. Its recorded_at is later than that of
  // the entry before it, so that each version of a record can be asked for.
  Result<model::Envelope> append(Connection& connection, const NewEntry& entry);

  // Entries of chains that are taken from now on are recorded later than this (microseconds since
  // the epoch). From any thread.
  void record_after(std::int64_t moment);

  void forget();
  // Before each transaction.
  void begin() { keys_.begin_transaction(); }

  // After rows were put in the table otherwise: numbers go on after the last one.
  static Result<void> continue_numbers(Connection& connection);

 private:
  struct Head {
    std::int64_t chain_no = 0;
    Hash hash;
    std::int64_t recorded_at = 0;
  };

  Result<Head*> head(Connection& connection, std::string_view organisation);
  Result<std::int64_t> next_seq(Connection& connection);
  void ask_lock(Exchange& exchange, const Dialect& dialect, std::string_view organisation);
  void ask_head(Exchange& exchange, std::string_view organisation);
  void ask_generation(Exchange& exchange);
  void ask_seqs(Exchange& exchange, const Dialect& dialect, std::int64_t count);

  DataKeys& keys_;
  const Clock& clock_;
  Rng& rng_;
  const std::string engine_version_;
  std::unordered_map<std::string, Head, TextHash, std::equal_to<>> heads_;
  std::vector<std::int64_t> seqs_;  // the next one last
  std::atomic<std::int64_t> after_ = 0;
};

}  // namespace zicht::store
