// Erasing a person in the open store, and wiping what the database keeps of removed rows.
#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "store/internal/kept_counts.h"
#include "store/internal/schema.h"
#include "store/internal/store_error.h"
#include "store/internal/transaction_view.h"
#include "store/sql_store.h"

namespace zicht::store {
namespace {

// Records in one entry of the journal.
constexpr std::size_t kExpiredTogether = 200;

// What is no projection and held keys, secrets or files of persons.
constexpr std::string_view kKeyTables[] = {"data_keys", "record_keys", "credentials", "sessions",
                                           "uploads",   "file_keys",   "file_pieces", "outbox",
                                           "mail_preferences"};

Result<std::set<std::string>> organisations_with_keys(Connection& connection,
                                                      const std::string& person) {
  ZICHT_TRY(rows, connection.query("select distinct organisation from data_keys "
                                   "where subject <> '' and (subject = $1 or subject in "
                                   "(select account from account_subjects where subject = $1))",
                                   {person}));
  std::set<std::string> organisations;
  while (rows.next()) organisations.emplace(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return organisations;
}

// Nobody writes about the person until the transaction ends.
Result<void> hold_person(Connection& connection, JournalWriter& journal,
                         const std::string& person) {
  ZICHT_TRY(known, organisations_with_keys(connection, person));
  for (const std::string& organisation : known) {
    ZICHT_CHECKED(journal.take_chain(connection, organisation));
  }
  ZICHT_CHECKED(lock_person(connection, person));
  ZICHT_TRY(now, organisations_with_keys(connection, person));
  // Fewer: somebody else erased the person meanwhile.
  if (std::includes(known.begin(), known.end(), now.begin(), now.end())) return {};
  return store_error(Failure::kRetry, "another organisation began to write about the person");
}

// Whether the person was erased because this account decided so.
Result<bool> is_erased_by(Connection& connection, const std::string& person,
                          const std::string& account) {
  ZICHT_TRY(rows, connection.query("select 1 from erasures where record = $1 and decided_by = $2",
                                   {person, account}));
  const bool is_so = rows.next();
  ZICHT_CHECKED(rows.status());
  return is_so;
}

Result<void> check_decided(Connection& connection, const ErasurePlan& plan,
                           const ErasureOrder& order) {
  if (order.unchanged) {
    ZICHT_TRY(is_same, is_unchanged(connection, *order.unchanged));
    if (!is_same || plan.records.size() != 1) return make_error("ST-0047");
  }
  const auto undecided =
      std::count_if(plan.shared.begin(), plan.shared.end(), [&](const ErasedRecord& each) {
        return std::count(order.keep.begin(), order.keep.end(), each.record) == 0;
      });
  if (undecided == 0) return {};
  return make_error("ST-0044", {{"count", std::to_string(undecided)}});
}

// Takes out what is not as it was when it was found.
Result<void> keep_unchanged(Connection& connection, std::vector<ErasedRecord>& records) {
  std::vector<ErasedRecord> kept;
  for (ErasedRecord& each : records) {
    ZICHT_TRY(is_same, is_unchanged(connection, each));
    if (is_same) kept.push_back(std::move(each));
  }
  records = std::move(kept);
  return {};
}

std::set<std::string> forms_of(const std::vector<ErasedRecord>& records) {
  std::set<std::string> forms;
  for (const ErasedRecord& each : records) forms.insert(each.form);
  return forms;
}

// Who was erased in this store, by any entry.
Result<std::set<std::string>> erased_ids(Connection& connection) {
  ZICHT_TRY(rows, connection.query("select record from erasures"));
  std::set<std::string> ids;
  while (rows.next()) ids.emplace(rows.text(0));
  ZICHT_CHECKED(rows.status());
  return ids;
}

// What an entry says of an erasure, without whom it was about.
Result<app::Erasure> told_erasure(const model::Envelope& envelope, const Json& payload) {
  ZICHT_TRY(plan, erasure_from(envelope, payload));
  app::Erasure told{.seq = envelope.seq,
                    .at = envelope.recorded_at,
                    .decided_by = envelope.actor,
                    .organisation = envelope.organisation,
                    .is_of_person = !plan.person.empty(),
                    .reason = {},
                    .records = {},
                    .accounts = static_cast<std::int64_t>(plan.accounts.size())};
  for (const ErasedRecord& each : plan.records) ++told.records[each.form];
  const Json* reason = payload.get_object().if_contains("reason");
  if (reason != nullptr && reason->is_string()) told.reason = reason->get_string();
  return told;
}

// Whether nothing is left to do: erased, also by another server meanwhile, or recorded only after
// the back-up that this store comes from.
bool is_done(const Error& error) { return error.id == "ST-0041" || error.id == "ST-0043"; }

Result<void> wipe_log(Connection& connection) {
  ZICHT_TRY(rows, connection.query("pragma wal_checkpoint(truncate)", {}));
  const bool is_busy = rows.next() && rows.integer(0) != 0;
  ZICHT_CHECKED(rows.status());
  if (!is_busy) return {};
  return store_error(Failure::kRetry, "somebody reads and holds the log");
}

// Taking samples of a table that has no rows any more leaves the old samples; they go when a column
// is given the type that it has.
Result<void> forget_samples(Connection& connection, std::string_view table) {
  const std::string name = quote_identifier(table);
  ZICHT_TRY(rows, connection.query(
                      "select c.column_name from information_schema.columns c "
                      "where c.table_schema = current_schema() and c.table_name = $1 "
                      "and c.data_type = 'text' and not exists (select 1 from " + name + ")",
                      {table}));
  std::string sql;
  while (rows.next()) {
    sql += "alter table " + name + " alter column " + quote_identifier(rows.text(0)) + " type " +
           std::string(connection.dialect().text_type) + ";";
  }
  ZICHT_CHECKED(rows.status());
  if (sql.empty()) return {};
  return connection.run_script(sql);
}

// Writes a table of PostgreSQL anew, with what the planner remembers of it.
Result<void> write_anew(Connection& connection, std::string_view table) {
  ZICHT_CHECKED(connection.run_script("vacuum (full, analyze) " + quote_identifier(table)));
  return forget_samples(connection, table);
}

// Tables in which a row of a person may have been.
std::vector<std::string> wiped_tables(const FormRegistry& forms) {
  std::vector<std::string> tables(std::begin(kKeyTables), std::end(kKeyTables));
  for (const ProjectionTable& table : projection_tables()) tables.emplace_back(table.name);
  for (const FormTablePtr& table : forms.tables()) {
    tables.push_back(table->name());
    for (const FieldColumns& field : table->fields()) {
      if (field.is_many()) tables.push_back(field.child_table);
    }
  }
  return tables;
}

// PostgreSQL passes over a table that is not the role's own, with a notice and no error: what was
// removed would stay there. So this is asked before anything is destroyed.
Result<void> check_may_wipe(Connection& connection, const FormRegistry& forms) {
  if (connection.dialect().kind == Dialect::Kind::kSqlite) return {};
  ZICHT_TRY(rows, connection.query("select c.relname::text from pg_class c "
                                   "join pg_namespace n on n.oid = c.relnamespace "
                                   "where n.nspname = current_schema() and c.relkind = 'r' "
                                   "and not pg_has_role(current_user, c.relowner, 'usage')"));
  const std::vector<std::string> wiped = wiped_tables(forms);
  while (rows.next()) {
    if (std::count(wiped.begin(), wiped.end(), rows.text(0)) == 0) continue;
    return make_error("ST-0081", {{"table", std::string(rows.text(0))}});
  }
  return rows.status();
}

}  // namespace

Result<ErasurePlan> SqlStore::plan_erasure(const std::string& person) {
  ZICHT_TRY(reader, readers_.lease());
  return store::plan_erasure(*reader, person);
}

Result<ErasurePlan> SqlStore::erase_person(const ErasureOrder& order) {
  std::optional<ErasurePlan> done;
  std::int64_t appended = 0;
  const auto erase = [&](Connection& connection) -> Result<void> {
    appended = 0;
    // What other units of this transaction know of these records does not hold any more.
    view_->forget();
    ZICHT_CHECKED(check_may_wipe(connection, forms_));
    ZICHT_CHECKED(hold_person(connection, journal_, order.person));
    if (done) {
      // The transaction is run again, and its erasure was listed: whoever opened the store
      // meanwhile has done it.
      ZICHT_TRY(is_ours, is_erased_by(connection, order.person, order.actor));
      if (is_ours) return {};
    }
    ZICHT_TRY(plan, store::plan_erasure(connection, order.person));
    ZICHT_CHECKED(check_decided(connection, plan, order));
    const Json payload = to_payload(plan, order);
    ZICHT_TRY(text, canonical_json(payload));
    const NewEntry entry{.organisation = plan.organisation,
                         .actor = order.actor,
                         .purpose = "operate",
                         .subject = plan.person,
                         .kind = model::kPersonErased,
                         .pack_hash = {},
                         .key = {.organisation = plan.organisation,
                                 .retention = "permanent",
                                 .subject = {}},
                         .payload = text};
    ZICHT_TRY(envelope, journal_.append(connection, entry));
    ZICHT_CHECKED(project_erasure(connection, forms_, envelope, plan));
    ZICHT_CHECKED(destroy_keys(connection, plan));
    ZICHT_CHECKED(forget_counts(connection, forms_of(plan.records)));
    ZICHT_CHECKED(keys_.forget_written(connection));
    // Last: what is listed was decided and can be done; when this transaction fails, it is done
    // when the store is opened again.
    ZICHT_CHECKED(list_erasure(options_.erasure_list,
                               {.person = order.person,
                                .decided_by = order.actor,
                                .at = envelope.recorded_at.to_string()},
                               *options_.files));
    appended = 1;
    done = std::move(plan);
    return {};
  };
  ZICHT_CHECKED(writer_->run(erase));
  forget_destroyed();
  note_appended(appended);
  return std::move(*done);
}

// What was committed is done, even when nobody can look at it now: the next look drops the keys.
void SqlStore::forget_destroyed() {
  const auto reader = readers_.lease(Snapshot::kPerQuery);
  if (reader.has_value()) static_cast<void>(keys_.look(**reader));
}

Result<std::vector<UnchangedRecord>> SqlStore::unchanged_since(const std::string& form,
                                                               Instant moment) {
  ZICHT_TRY(reader, readers_.lease());
  return store::unchanged_since(*reader, form, moment);
}

Result<std::int64_t> SqlStore::expire_records(const std::string& actor,
                                              const std::vector<ErasedRecord>& records) {
  std::map<std::string, std::vector<ErasedRecord>> by_organisation;
  for (const ErasedRecord& each : records) by_organisation[each.organisation].push_back(each);
  std::int64_t expired = 0;
  for (const auto& [organisation, all] : by_organisation) {
    for (std::size_t at = 0; at < all.size(); at += kExpiredTogether) {
      const std::size_t end = std::min(at + kExpiredTogether, all.size());
      ZICHT_TRY(count, expire_together(actor, organisation,
                                       {all.begin() + static_cast<std::ptrdiff_t>(at),
                                        all.begin() + static_cast<std::ptrdiff_t>(end)}));
      expired += count;
    }
  }
  return expired;
}

Result<std::int64_t> SqlStore::expire_together(const std::string& actor,
                                               const std::string& organisation,
                                               std::vector<ErasedRecord> records) {
  std::int64_t count = 0;
  const auto expire = [&](Connection& connection) -> Result<void> {
    view_->forget();
    ZICHT_CHECKED(check_may_wipe(connection, forms_));
    ZICHT_CHECKED(journal_.take_chain(connection, organisation));
    ZICHT_CHECKED(keep_unchanged(connection, records));
    count = static_cast<std::int64_t>(records.size());
    if (records.empty()) return {};
    ZICHT_TRY(text, canonical_json(to_expiry_payload(records)));
    const NewEntry entry{.organisation = organisation,
                         .actor = actor,
                         .purpose = "operate",
                         .subject = {},
                         .kind = model::kRecordsExpired,
                         .pack_hash = {},
                         .key = {.organisation = organisation,
                                 .retention = "permanent",
                                 .subject = {}},
                         .payload = text};
    ZICHT_TRY(envelope, journal_.append(connection, entry));
    const ErasurePlan plan{.person = {}, .organisation = organisation, .records = records,
                           .accounts = {}, .handovers = {}, .shared = {}};
    ZICHT_CHECKED(project_erasure(connection, forms_, envelope, plan));
    ZICHT_CHECKED(destroy_record_keys(connection, records));
    ZICHT_CHECKED(forget_counts(connection, forms_of(records)));
    return keys_.forget_written(connection);
  };
  ZICHT_CHECKED(writer_->run(expire));
  forget_destroyed();
  note_appended(count > 0 ? 1 : 0);
  return count;
}

Result<bool> SqlStore::expire_person(const std::string& actor, const ErasedRecord& person) {
  const auto plan = plan_erasure(person.record);
  if (!plan && is_done(plan.error())) return false;
  if (!plan) return plan.error();
  ErasureOrder order{.person = person.record,
                     .actor = actor,
                     .reason = std::string(app::kRetentionEnded),
                     .keep = {},
                     .unchanged = person};
  // What once was about this person and is about others now.
  for (const ErasedRecord& shared : plan->shared) order.keep.push_back(shared.record);
  const auto erased = erase_person(order);
  if (erased) return true;
  const Error& error = erased.error();
  if (is_done(error) || error.id == "ST-0047" || error.id == "ST-0044") return false;
  return error;
}

Result<std::set<std::string>> SqlStore::erased_of(const std::vector<std::string>& ids) {
  ZICHT_TRY(reader, readers_.lease());
  std::set<std::string> erased;
  for (const std::string& id : ids) {
    ZICHT_TRY(is_gone, is_erased(*reader, id));
    if (is_gone) erased.insert(id);
  }
  return erased;
}

Result<std::vector<app::Erasure>> SqlStore::erasures(std::optional<std::int64_t> before_seq,
                                                     std::int64_t limit) {
  ZICHT_TRY(reader, readers_.lease());
  // Without a page before it begins after the last entry there can be.
  const std::int64_t before = before_seq.value_or(std::numeric_limits<std::int64_t>::max());
  std::vector<SealedEntry> entries;
  {
    ZICHT_TRY(rows, reader->query("select " + std::string(kJournalColumns) +
                                      " from journal where seq in (select distinct seq "
                                      "from erasures where seq < $1 order by seq desc limit $2) "
                                      "order by seq desc",
                                  {before, limit}));
    while (rows.next()) {
      ZICHT_TRY(entry, read_entry(rows));
      entries.push_back(std::move(entry));
    }
    ZICHT_CHECKED(rows.status());
  }
  std::vector<app::Erasure> erasures;
  for (const SealedEntry& entry : entries) {
    ZICHT_TRY(text, open_payload(*reader, keys_, entry));
    ZICHT_TRY(payload, parse_json(text));
    ZICHT_TRY(erasure, told_erasure(entry.envelope, payload));
    erasures.push_back(std::move(erasure));
  }
  return erasures;
}

Result<std::int64_t> SqlStore::erase_again() {
  ZICHT_TRY(listed, listed_erasures(options_.erasure_list, *options_.files));
  if (listed.empty()) return 0;
  std::set<std::string> known;
  {
    ZICHT_TRY(reader, readers_.lease());
    ZICHT_TRY(ids, erased_ids(*reader));
    known = std::move(ids);
  }
  std::int64_t erased = 0;
  for (const ListedErasure& each : listed) {
    if (known.contains(each.person)) continue;
    const auto done = erase_listed(each);
    if (done) ++erased;
    if (!done && !is_done(done.error())) return done.error();
  }
  if (erased > 0) ZICHT_CHECKED(wipe_removed());
  return erased;
}

Result<void> SqlStore::erase_listed(const ListedErasure& listed) {
  ZICHT_TRY(plan, plan_erasure(listed.person));
  ErasureOrder order{.person = listed.person,
                     .actor = listed.decided_by,
                     .reason = "as decided at " + listed.at,
                     .keep = {}};
  for (const ErasedRecord& shared : plan.shared) order.keep.push_back(shared.record);
  ZICHT_CHECKED(erase_person(order));
  return {};
}

Result<void> SqlStore::wipe_removed() {
  ZICHT_TRY(connection, database_.connect(Access::kWrite));
  if (connection->dialect().kind == Dialect::Kind::kSqlite) return wipe_log(*connection);
  // What a killed `rebuild --check` left holds everybody as they were then.
  ZICHT_CHECKED(database_.drop_left_scratch());
  for (const std::string& table : wiped_tables(forms_)) {
    ZICHT_CHECKED(write_anew(*connection, table));
  }
  return {};
}

}  // namespace zicht::store
