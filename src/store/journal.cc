#include "store/journal.h"

#include <algorithm>
#include <utility>

#include "base/error_catalogue.h"
#include "base/json.h"

namespace zicht::store {
namespace {

// Numbers fetched at once; those left over when the transaction ends are gaps.
constexpr std::int64_t kSeqBlock = 32;

Hash hash_from(Bytes bytes, bool& is_good) {
  auto hash = Hash::from_bytes(bytes);
  is_good = is_good && hash.has_value();
  return hash.has_value() ? *hash : Hash();
}

}  // namespace

std::string canonical_envelope(const model::Envelope& envelope) {
  const json::object members{{"actor", envelope.actor},
                             {"chain_no", std::to_string(envelope.chain_no)},
                             {"engine_version", envelope.engine_version},
                             {"key_id", envelope.key_id},
                             {"kind", envelope.kind},
                             {"organisation", envelope.organisation},
                             {"pack_hash", envelope.pack_hash},
                             {"purpose", envelope.purpose},
                             {"recorded_at",
                              std::to_string(envelope.recorded_at.microseconds_since_epoch())},
                             {"seq", std::to_string(envelope.seq)},
                             {"subject", envelope.subject}};
  return *canonical_json(members);
}

Hash chain_hash(const Hash& previous, std::string_view canonical, std::string_view sealed) {
  return Hasher().add(previous.bytes()).add(canonical).add(sealed).finish();
}

Result<std::string> open_payload(Connection& connection, DataKeys& keys,
                                 const SealedEntry& entry) {
  ZICHT_TRY(key, keys.find(connection, entry.envelope.key_id));
  const Arguments arguments{{"seq", std::to_string(entry.envelope.seq)}};
  if (key == nullptr) return make_error("ST-0024", arguments);
  auto plain = open_sealed(key->secret, entry.sealed, canonical_envelope(entry.envelope));
  if (!plain) return make_error("ST-0023", arguments);
  return *std::move(plain);
}

Result<SealedEntry> read_entry(const Rows& rows) {
  SealedEntry entry;
  model::Envelope& envelope = entry.envelope;
  envelope.seq = rows.integer(0);
  envelope.organisation = rows.text(1);
  envelope.chain_no = rows.integer(2);
  const auto at = Instant::from_microseconds(rows.integer(3));
  envelope.actor = rows.text(4);
  envelope.purpose = rows.text(5);
  envelope.subject = rows.text(6);
  envelope.kind = rows.text(7);
  envelope.pack_hash = rows.text(8);
  envelope.engine_version = rows.text(9);
  envelope.key_id = rows.text(10);
  entry.sealed = rows.text(11);
  bool is_good = at.has_value();
  entry.hash = hash_from(rows.blob(12), is_good);
  if (!is_good) return make_error("ST-0025", {{"seq", std::to_string(envelope.seq)}});
  envelope.recorded_at = *at;
  envelope.hash = entry.hash.to_string();
  return entry;
}

Result<std::vector<SealedEntry>> read_entries(Connection& connection, std::int64_t after,
                                              std::int64_t limit) {
  ZICHT_TRY(rows, connection.query("select " + std::string(kJournalColumns) +
                                       " from journal where seq > $1 order by seq limit $2",
                                   {after, limit}));
  std::vector<SealedEntry> entries;
  while (rows.next()) {
    ZICHT_TRY(entry, read_entry(rows));
    entries.push_back(std::move(entry));
  }
  ZICHT_CHECKED(rows.status());
  return entries;
}

Result<Instant> JournalWriter::take_chain(Connection& connection, std::string_view organisation) {
  ZICHT_TRY(chain, head(connection, organisation));
  const auto now = clock_.now().microseconds_since_epoch();
  return Instant::from_microseconds(std::max({now, chain->recorded_at + 1, after_.load() + 1}));
}

void JournalWriter::record_after(std::int64_t moment) {
  std::int64_t before = after_.load();
  while (before < moment && !after_.compare_exchange_weak(before, moment)) {
  }
}

Result<model::Envelope> JournalWriter::append(Connection& connection, const NewEntry& entry) {
  ZICHT_TRY(chain, head(connection, entry.organisation));
  ZICHT_TRY(at, take_chain(connection, entry.organisation));
  ZICHT_TRY(key, keys_.for_writing(connection, entry.key));
  ZICHT_TRY(seq, next_seq(connection));
  model::Envelope envelope{.seq = seq,
                           .organisation = std::string(entry.organisation),
                           .chain_no = chain->chain_no + 1,
                           .recorded_at = at,
                           .actor = std::string(entry.actor),
                           .purpose = std::string(entry.purpose),
                           .subject = std::string(entry.subject),
                           .kind = std::string(entry.kind),
                           .pack_hash = std::string(entry.pack_hash),
                           .engine_version = engine_version_,
                           .key_id = key->id,
                           .hash = {}};
  const std::string canonical = canonical_envelope(envelope);
  const std::string sealed = seal(key->secret, random_nonce(rng_), entry.payload, canonical);
  const Hash hash = chain_hash(chain->hash, canonical, sealed);
  const Bytes hash_bytes = hash.bytes();
  ZICHT_CHECKED(connection.queue(
      "insert into journal (seq, organisation, chain_no, recorded_at, actor, purpose, subject, "
      "kind, pack_hash, engine_version, key_id, sealed, hash) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {seq, envelope.organisation, envelope.chain_no, at.microseconds_since_epoch(),
       envelope.actor, envelope.purpose, envelope.subject, envelope.kind, envelope.pack_hash,
       envelope.engine_version, envelope.key_id, Param::blob(sealed), hash_bytes}));
  *chain = {.chain_no = envelope.chain_no,
            .hash = hash,
            .recorded_at = at.microseconds_since_epoch()};
  envelope.hash = hash.to_string();
  return envelope;
}

void JournalWriter::forget() {
  heads_.clear();
  seqs_.clear();
  keys_.forget_uncommitted();
}

void JournalWriter::ask_ahead(Exchange& exchange, const Dialect& dialect,
                              const std::set<std::string>& organisations, std::size_t entries) {
  // In the order of their names, so that two servers do not wait for each other.
  for (const std::string& organisation : organisations) ask_lock(exchange, dialect, organisation);
  for (const std::string& organisation : organisations) ask_head(exchange, organisation);
  if (!organisations.empty()) ask_generation(exchange);
  if (entries > 0) ask_seqs(exchange, dialect, static_cast<std::int64_t>(entries));
}

// The lock comes first: on PostgreSQL other servers may write to the same chain. Numbers fetched
// before it could be lower than what another server has committed in this chain meanwhile.
Result<JournalWriter::Head*> JournalWriter::head(Connection& connection,
                                                 std::string_view organisation) {
  if (const auto known = heads_.find(organisation); known != heads_.end()) return &known->second;
  Exchange exchange;
  ask_lock(exchange, connection.dialect(), organisation);
  ask_head(exchange, organisation);
  ask_generation(exchange);
  ZICHT_CHECKED(exchange.run(connection));
  return &heads_.find(organisation)->second;
}

Result<void> JournalWriter::continue_numbers(Connection& connection) {
  if (connection.dialect().kind == Dialect::Kind::kSqlite) return {};
  ZICHT_TRY(rows, connection.query("select setval('journal_seq', max(seq)) from journal"));
  return rows.status();
}

Result<std::int64_t> JournalWriter::next_seq(Connection& connection) {
  const Dialect& dialect = connection.dialect();
  if (seqs_.empty()) {
    Exchange exchange;
    ask_seqs(exchange, dialect, kSeqBlock);
    ZICHT_CHECKED(exchange.run(connection));
  }
  if (seqs_.empty()) return make_error("ST-0006", {{"detail", "no number for an entry"}});
  const std::int64_t seq = seqs_.back();
  seqs_.pop_back();
  // SQLite has one writer: the next number is known without asking.
  if (seqs_.empty() && dialect.kind == Dialect::Kind::kSqlite) seqs_.push_back(seq + 1);
  return seq;
}

void JournalWriter::ask_lock(Exchange& exchange, const Dialect& dialect,
                             std::string_view organisation) {
  if (dialect.lock.empty()) return;
  SqlBuilder sql;
  sql.add_with(dialect.lock, std::string(organisation));
  exchange.ask(std::move(sql), [this](Rows&) -> Result<void> {
    seqs_.clear();
    return {};
  });
}

void JournalWriter::ask_head(Exchange& exchange, std::string_view organisation) {
  SqlBuilder sql;
  sql.add("select chain_no, hash, recorded_at from journal where organisation = ");
  sql.bind(std::string(organisation)).add(" order by chain_no desc limit 1");
  const std::string name(organisation);
  exchange.ask(std::move(sql), [this, name](Rows& rows) -> Result<void> {
    Head head;
    if (rows.next()) {
      bool is_good = true;
      head = {.chain_no = rows.integer(0),
              .hash = hash_from(rows.blob(1), is_good),
              .recorded_at = rows.integer(2)};
      if (!is_good) return make_error("ST-0025", {{"seq", "?"}});
    }
    ZICHT_CHECKED(rows.status());
    heads_.emplace(name, head);
    return {};
  });
}

// Keys of this organisation are destroyed with its chain taken: what is found holds until the
// transaction ends.
void JournalWriter::ask_generation(Exchange& exchange) {
  SqlBuilder sql;
  sql.add(kGenerationQuery);
  exchange.ask(std::move(sql), [this](Rows& rows) -> Result<void> {
    ZICHT_TRY(generation, generation_in(rows));
    keys_.notice_written(generation);
    return {};
  });
}

void JournalWriter::ask_seqs(Exchange& exchange, const Dialect& dialect, std::int64_t count) {
  SqlBuilder sql;
  if (dialect.kind == Dialect::Kind::kPostgres) {
    sql.add("select nextval('journal_seq') from generate_series(1, ").bind(count).add("::int)");
  } else {
    sql.add("select coalesce(max(seq), 0) + 1 from journal");
  }
  exchange.ask(std::move(sql), [this](Rows& rows) -> Result<void> {
    while (rows.next()) seqs_.push_back(rows.integer(0));
    std::reverse(seqs_.begin(), seqs_.end());
    return {};
  });
}

}  // namespace zicht::store
