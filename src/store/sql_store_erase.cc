// Erasing a person in the open store, and wiping what the database keeps of removed rows.
#include <algorithm>
#include <set>
#include <utility>

#include "base/error_catalogue.h"
#include "base/json.h"
#include "store/erasure_list.h"
#include "store/internal/schema.h"
#include "store/internal/store_error.h"
#include "store/internal/transaction_view.h"
#include "store/sql_store.h"

namespace zicht::store {
namespace {

// What is no projection and held keys or secrets of persons.
constexpr std::string_view kKeyTables[] = {"data_keys", "record_keys", "credentials", "sessions"};

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
  if (now == known) return {};
  return store_error(Failure::kRetry, "another organisation began to write about the person");
}

Result<void> check_decided(const ErasurePlan& plan, const ErasureOrder& order) {
  const auto undecided =
      std::count_if(plan.shared.begin(), plan.shared.end(), [&](const ErasedRecord& each) {
        return std::count(order.keep.begin(), order.keep.end(), each.record) == 0;
      });
  if (undecided == 0) return {};
  return make_error("ST-0044", {{"count", std::to_string(undecided)}});
}

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

}  // namespace

Result<ErasurePlan> SqlStore::plan_erasure(const std::string& person) {
  ZICHT_TRY(reader, readers_.lease());
  return store::plan_erasure(*reader, person);
}

Result<ErasurePlan> SqlStore::erase_person(const ErasureOrder& order) {
  ErasurePlan done;
  const auto erase = [&](Connection& connection) -> Result<void> {
    // What other units of this transaction know of these records does not hold any more.
    view_->forget();
    ZICHT_CHECKED(hold_person(connection, journal_, order.person));
    ZICHT_TRY(plan, store::plan_erasure(connection, order.person));
    ZICHT_CHECKED(check_decided(plan, order));
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
    // Last: what is listed was decided and can be done; when this transaction fails, it is done
    // when the store is opened again.
    ZICHT_CHECKED(list_erasure(options_.erasure_list,
                               {.person = order.person,
                                .decided_by = order.actor,
                                .at = envelope.recorded_at.to_string()},
                               *options_.files));
    keys_.forget_written();
    done = std::move(plan);
    return {};
  };
  ZICHT_CHECKED(writer_->run(erase));
  keys_.forget_read();
  note_appended(1);
  return done;
}

Result<std::int64_t> SqlStore::erase_again() {
  ZICHT_TRY(listed, listed_erasures(options_.erasure_list, *options_.files));
  std::int64_t erased = 0;
  for (const ListedErasure& each : listed) {
    const auto plan = plan_erasure(each.person);
    if (!plan) {
      // Erased in this store, or made after the back-up that it was restored from.
      if (plan.error().id == "ST-0041" || plan.error().id == "ST-0043") continue;
      return plan.error();
    }
    ErasureOrder order{.person = each.person,
                       .actor = each.decided_by,
                       .reason = "as decided at " + each.at,
                       .keep = {}};
    for (const ErasedRecord& shared : plan->shared) order.keep.push_back(shared.record);
    ZICHT_CHECKED(erase_person(order));
    ++erased;
  }
  if (erased > 0) ZICHT_CHECKED(wipe_removed());
  return erased;
}

Result<void> SqlStore::wipe_removed() {
  ZICHT_TRY(connection, database_.connect(Access::kWrite));
  if (connection->dialect().kind == Dialect::Kind::kSqlite) return wipe_log(*connection);
  const auto wipe = [&](std::string_view table) { return write_anew(*connection, table); };
  for (const std::string_view table : kKeyTables) ZICHT_CHECKED(wipe(table));
  for (const ProjectionTable& table : projection_tables()) ZICHT_CHECKED(wipe(table.name));
  for (const FormTablePtr& table : forms_.tables()) {
    ZICHT_CHECKED(wipe(table->name()));
    for (const FieldColumns& field : table->fields()) {
      if (field.is_many()) ZICHT_CHECKED(wipe(field.child_table));
    }
  }
  return {};
}

}  // namespace zicht::store
