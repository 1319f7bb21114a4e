// What the use cases need from the outside: interfaces, implemented by src/store and src/server.
//
// Everything here is thread-safe unless it says otherwise. Reads block the calling thread (call
// them on a worker, never on an io thread). Errors come in the Result: kUnavailable (retry),
// kConflict, kNotFound, kResourceExhausted (queue or disk full), kInternal.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/entry.h"
#include "model/pack.h"
#include "model/query.h"
#include "model/record.h"
#include "model/tally.h"

namespace zicht::app {

// ---------------------------------------------------------------- writing

struct Idempotency {
  std::string key_hash;                 // hash of account + key; empty: none
  std::string request_hash;             // hash of method, path and body
};

// One version of one record to be written. The store refuses it (kConflict, ST-0010) when the
// record is not at `expected_version` any more (0: must not exist yet).
struct RecordWrite {
  model::Record record;                 // version = expected_version + 1
  model::RecordEvent event;
  std::int64_t expected_version = 0;
  // Uploads of the actor that this version takes (app/files.h). kConflict (ST-0061) when one is
  // neither waiting nor the record's already.
  std::vector<std::string> files = {};
};

// A unit is written whole or not at all, in this order, in one transaction (group commit).
struct Unit {
  std::string actor;                    // account id, "system" or "scheduler"
  std::string purpose;                  // "work", "facts", "operate"
  std::vector<RecordWrite> records;     // all of one organisation
  std::vector<model::Entry> entries;    // other kinds than record.put; kind-specific payload
  Idempotency idempotency;
};

struct Receipt {
  std::int64_t seq = 0;                 // of the last entry
  Instant recorded_at;
  // The idempotency key was used before with the same request: then this is the record and the
  // version that it made.
  bool is_replay = false;
  std::string record;
  std::int64_t version = 0;
};

// ---------------------------------------------------------------- reading

struct HistoryItem {
  model::Envelope envelope;
  model::Record record;                 // as it was after this entry
  model::RecordEvent event;
};

struct TaskItem {
  std::string record, form, title, state, organisation;
  model::Task task;
  model::Sensitivity clearance = model::Sensitivity::kPublic;   // how much is seen of the record
};

// Which tasks somebody sees: of records of these forms, for these roles, within scope. Order: due
// first (tasks without a due window last), then the oldest.
struct TaskQuery {
  struct Held {
    std::string form;                   // "pack/form"
    std::vector<std::string> roles;     // ids as in Task::role
    model::RowScope scope;
  };
  std::vector<Held> held;
  Date today;
  std::int64_t limit = 50;
  std::string cursor;
};
struct TaskPage {
  std::vector<TaskItem> tasks;
  std::string next;
};

// One break (model::BreakRule): who opened which record, until when, and what came of it.
struct Break {
  std::string id, record, form;
  std::string organisation;             // that keeps the record
  std::string account, role, report;    // who broke, by which role; the role that is told
  std::string reason;
  Instant opened, until;
  std::optional<Instant> ended;         // before its time
  std::string ended_by;
  std::optional<Instant> reviewed;
  std::string reviewed_by, outcome, note;
  std::int64_t seq = 0;
};

// Breaks of an account, those that are reported to roles that see the record, or all.
struct BreakQuery {
  bool is_of_all = false;
  std::string account;
  std::vector<TaskQuery::Held> held;
  std::string id;                       // only this one; empty: any
  std::optional<std::int64_t> before_seq;
  std::int64_t limit = 50;
};

struct RecordLink {
  std::string field, record, form, title, state;
  model::Sensitivity clearance = model::Sensitivity::kPublic;   // how much is seen of the record
};

struct RecordReference {
  std::string title, form;
  model::Sensitivity clearance = model::Sensitivity::kPublic;   // how much is seen of the record
};

// What a record says of two persons: that they are one, or that they are not.
struct PersonLink {
  std::string source;                   // the record that says it
  std::string one, other;
  bool is_split = false;

  bool operator==(const PersonLink&) const = default;
};

// Whose relations and hand-overs are asked for.
struct WhoAsks {
  std::string account;
  std::string subject;                  // the record that the account is bound to; empty: none
  std::string organisation;
};

// A hand-over of the file of a person: rows that `keeper` keeps about them, for the people of
// `receiver` to look at (app/handover_service.h).
struct Handover {
  std::string id;
  std::string person, form;             // the record of the person and its form; empty: erased
  std::string keeper, receiver;         // organisations
  std::vector<std::string> forms;       // "pack/form"; empty: all
  std::optional<Date> from, until;      // until exclusive; absent: open. No `from`: erased
  bool gives_up = false;                // meanwhile nobody writes in what is handed over
  std::string state;                    // offered accepted refused withdrawn returned erased
  std::string reason, basis, answer, end_reason;   // as they were written
  std::optional<Instant> offered, answered, ended;
  std::string offered_by, answered_by, ended_by;   // accounts
  std::int64_t seq = 0;
};

// Those that an organisation offers or is offered, of files of these forms; or all.
struct HandoverQuery {
  bool is_of_all = false;
  std::string organisation;
  bool is_outgoing = true, is_incoming = true;
  std::vector<std::string> forms;       // of persons
  std::string person, id, state;        // only of this one, or in it; empty: any
  std::optional<std::int64_t> before_seq;
  std::int64_t limit = 50;
};

struct Account {
  std::string id, person, login, name, organisation;
  std::vector<std::string> roles;       // "pack/role", or a built-in role alone
  bool is_active = true;
  bool is_demo = false;
  std::string subject{};                // the record of the person behind it, when bound to one
};

struct Organisation {
  std::string id, name;
};

// A record as it is now, with what deciding about it and answering it ask of the persons that it is
// about. What is not about persons has the record alone.
struct OpenedRecord {
  model::Record record;
  model::Standings standings{};         // Store::standings
  std::vector<PersonLink> links{};      // Store::person_links
  std::set<std::string> handed_to{};    // Store::handed_to
};

class Store {
 public:
  virtual ~Store() = default;

  // Queued for the writer; `done` runs on the writer thread right after the group is durable (keep
  // it short: hand over). kResourceExhausted at once when the queue is full.
  virtual void append(Unit unit, std::function<void(Result<Receipt>)> done) = 0;
  // Same, waiting for it.
  [[nodiscard]] virtual Result<Receipt> append_and_wait(Unit unit) = 0;

  // The receipt of an earlier unit with this key: is_replay is true, seq, recorded_at, record and
  // version are what that unit made. Absent: the key is free. Errors: kConflict (ST id) when the
  // key was used with another request.
  [[nodiscard]] virtual Result<std::optional<Receipt>> replay_of(const Idempotency& key) = 0;

  // Makes or widens the tables of a pack version's forms; before its activation is appended.
  [[nodiscard]] virtual Result<void> prepare_forms(const model::Pack& pack) = 0;

  // The record as of that moment; kNotFound when there is none. The use case decides whether the
  // caller may see it, and answers kNotFound alike when not. Now: the row without `valid_to`, and
  // `version` is the latest version of the record, a correction of the past included. As of: the
  // row that held on valid_on (absent: without `valid_to`) as known at known_at, with its version.
  [[nodiscard]] virtual Result<model::Record> record(const std::string& id,
                                                     const model::AsOf& as_of) = 0;
  // The record now, with what is asked of the persons that it is about as `form_of` ("pack/form")
  // has its form; null: nothing. In as few waits as the database allows. Errors: as `record`.
  [[nodiscard]] virtual Result<OpenedRecord> opened(
      const std::string& id, const WhoAsks& who,
      const std::function<const model::Form*(std::string_view form)>& form_of) = 0;
  [[nodiscard]] virtual Result<model::Page> page(const model::Query& query) = 0;
  // Rows of a form in groups, each group once, by their values (absent ones first). Errors: ST-0018
  // for a field that cannot be grouped by, added up or asked, ST-0096 more groups than wanted,
  // ST-0073 it took too long.
  [[nodiscard]] virtual Result<std::vector<model::Group>> count(
      const model::CountQuery& query) = 0;
  // The present as a moment to ask as of, again and again: all that was recorded until then is seen
  // from now on, and nothing comes to it afterwards. Waits for what is being written, on other
  // servers too. What a server whose clock is behind this one writes for so long comes to it still;
  // as does anything while a newest entry is more than a second ahead of the clock.
  [[nodiscard]] virtual Result<Instant> settled_moment() = 0;
  // What somebody is to each of these persons now. A person to whom they are nothing, and of whom
  // nothing is known, may be left out.
  [[nodiscard]] virtual Result<model::Standings> standings(const std::vector<std::string>& persons,
                                                           const WhoAsks& who) = 0;
  // What records say now of the identity of any of these persons.
  [[nodiscard]] virtual Result<std::vector<PersonLink>> person_links(
      const std::vector<std::string>& persons) = 0;
  // The persons that these records are about now.
  [[nodiscard]] virtual Result<std::set<std::string>> subjects(
      const std::vector<std::string>& records) = 0;
  // Newest first, from the journal; at most `limit`, older than `before_seq` when given.
  [[nodiscard]] virtual Result<std::vector<HistoryItem>> history(
      const std::string& id, std::int64_t limit, std::optional<std::int64_t> before_seq) = 0;
  // Records that refer to `id` by these fields ("pack/form" + field), in scope.
  [[nodiscard]] virtual Result<std::vector<RecordLink>> referring(
      const std::string& id, const std::string& form, const std::string& field,
      const model::RowScope& scope, std::int64_t limit) = 0;
  // Titles of these records, those in scope only (scope per pack decided by the caller).
  [[nodiscard]] virtual Result<std::map<std::string, RecordReference>> references(
      const std::vector<std::string>& ids,
      const std::function<model::RowScope(std::string_view form)>& scope_of) = 0;
  [[nodiscard]] virtual Result<TaskPage> tasks(const TaskQuery& query) = 0;
  // The records that breaks of this account open now.
  [[nodiscard]] virtual Result<std::set<std::string>> opened_by(const std::string& account) = 0;
  // Newest first; not those of erased records.
  [[nodiscard]] virtual Result<std::vector<Break>> breaks(const BreakQuery& query) = 0;
  // Newest first; of who was erased the organisations alone.
  [[nodiscard]] virtual Result<std::vector<Handover>> handovers(const HandoverQuery& query) = 0;
  // Whether something is handed over to the organisation now.
  [[nodiscard]] virtual Result<bool> is_receiving(const std::string& organisation) = 0;
  // The organisations to which this record is handed over now.
  [[nodiscard]] virtual Result<std::set<std::string>> handed_to(const std::string& record) = 0;
  // The records that loaded facts became, withdrawn ones too: id by "pack/fact-id".
  [[nodiscard]] virtual Result<std::map<std::string, std::string>> records_of_facts() = 0;
  // Records with a deadline whose `next` day is <= today, oldest first.
  [[nodiscard]] virtual Result<std::vector<std::string>> due_for_scheduler(Date today,
                                                                           std::int64_t limit) = 0;

  [[nodiscard]] virtual Result<std::vector<Account>> accounts() = 0;
  [[nodiscard]] virtual Result<std::optional<Account>> find_account_by_login(
      const std::string& login) = 0;
  [[nodiscard]] virtual Result<std::optional<Account>> find_account(const std::string& id) = 0;
  [[nodiscard]] virtual Result<std::vector<Organisation>> organisations() = 0;
  // Every stored pack version's files with its hash, and the activations in order.
  struct StoredPack {
    std::string pack, version, hash;
    std::map<std::string, std::string> files;
  };
  struct Activation {
    std::string pack, hash;
    Instant at;
    std::int64_t seq = 0;
  };
  [[nodiscard]] virtual Result<std::vector<StoredPack>> stored_packs() = 0;
  [[nodiscard]] virtual Result<std::vector<Activation>> activations() = 0;
  // Latest `calendar.configured` payload; absent when never configured.
  [[nodiscard]] virtual Result<std::optional<Json>> calendar_configuration() = 0;
  // The mappings of imports that an organisation keeps: the latest `import.kept` payload by its
  // `name`; not those that were removed.
  [[nodiscard]] virtual Result<std::map<std::string, Json>> kept_imports(
      const std::string& organisation) = 0;
  // Envelopes newest first, for the auditor.
  [[nodiscard]] virtual Result<std::vector<model::Envelope>> envelopes(
      std::optional<std::int64_t> before_seq, std::int64_t limit) = 0;

  // Outcome of the last verification of the journal: {"at", "entries", "chains", "problems": [..]}
  // in the shape the API gives; absent when it was never verified.
  [[nodiscard]] virtual Result<std::optional<Json>> last_verification() = 0;

  // Lease with which one server at a time runs a job; true when held until `until`.
  [[nodiscard]] virtual Result<bool> take_lease(const std::string& name, const std::string& holder,
                                                Instant now, Instant until) = 0;
  // False when somebody else had it since it was taken, also when that is over.
  [[nodiscard]] virtual Result<bool> renew_lease(const std::string& name, const std::string& holder,
                                                 Instant until) = 0;

  // Between two marks that are equal nothing changed of what is told of records and organisations.
  // Two that differ say nothing. One short question.
  [[nodiscard]] virtual Result<std::string> mark() = 0;

  // How the writer and the database are; for `ready` and metrics.
  struct Health {
    bool is_writable = false;
    std::int64_t queued_units = 0;
    std::int64_t last_seq = 0;
  };
  [[nodiscard]] virtual Result<Health> health() = 0;
};

// ---------------------------------------------------------------- sign-in state (not journalled)

struct Credential {
  std::string account;
  std::string password_hash;            // argon2id string of libsodium
  std::string totp_secret;              // sealed by the adapter; empty: no second factor
  bool totp_confirmed = false;
  std::int64_t last_totp_step = 0;      // a code works once
  std::int64_t failures = 0;
  std::optional<Instant> locked_until;
  bool must_change = false;
};

struct Session {
  std::string token_hash;
  std::string account;
  std::string csrf_token;
  Instant created, last_seen, expires;
};

class CredentialStore {
 public:
  virtual ~CredentialStore() = default;
  [[nodiscard]] virtual Result<std::optional<Credential>> credential(
      const std::string& account) = 0;
  [[nodiscard]] virtual Result<void> put_credential(const Credential& credential) = 0;
  // The accounts that sign in with a code too (confirmed).
  [[nodiscard]] virtual Result<std::set<std::string>> accounts_with_code() = 0;
  [[nodiscard]] virtual Result<void> put_session(const Session& session) = 0;
  [[nodiscard]] virtual Result<std::optional<Session>> session(const std::string& token_hash) = 0;
  [[nodiscard]] virtual Result<void> remove_session(const std::string& token_hash) = 0;
  [[nodiscard]] virtual Result<void> remove_sessions_of(const std::string& account) = 0;
  // Those that expired by `now`, or were last used at `unused_since` or before.
  [[nodiscard]] virtual Result<void> remove_sessions_ended(Instant now, Instant unused_since) = 0;
};

// Slow password hashing behind a port, so that use cases are tested without 64 MB of work each.
class PasswordHasher {
 public:
  virtual ~PasswordHasher() = default;
  [[nodiscard]] virtual Result<std::string> hash(const std::string& password) = 0;
  [[nodiscard]] virtual bool verify(const std::string& hash, const std::string& password) = 0;
};

// Tells browsers that something changed; carries ids and forms only.
class ChangeFeed {
 public:
  virtual ~ChangeFeed() = default;
  // `handed_to`: organisations that may look at it beside its own (Store::handed_to).
  virtual void record_changed(const model::Record& record,
                              const std::set<std::string>& handed_to) = 0;
  virtual void packs_changed() = 0;
  // Somebody got a task, or lost one, about this record, which is as it was.
  virtual void tasks_changed(const model::Record& record) = 0;
  // Between these organisations the file of a person of this form was offered, or that was answered
  // or ended: what their people see may be something else now.
  virtual void handovers_changed(const std::string& form,
                                 const std::set<std::string>& organisations) = 0;
};

}  // namespace zicht::app
