// A store in memory that keeps every version ever written and answers each question by looking at
// all of them. For tests of the use cases, and the oracle for the real store: plain, slow, right.
//
// Differences that a test must know: no sealing (payloads are kept as values), no idle writer
// (append runs at once on the calling thread), cursors are positions.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/ports.h"
#include "app/testing/fake_files.h"

namespace zicht::app::testing {

class FakeStore : public Store {
 public:
  // The clock gives recorded_at; it outlives the store.
  // `files`: the one whose uploads records take; must outlive it.
  explicit FakeStore(const Clock& clock, FakeFileStore* files = nullptr)
      : clock_(clock), files_(files) {}

  void append(Unit unit, std::function<void(Result<Receipt>)> done) override;
  Result<Receipt> append_and_wait(Unit unit) override;
  Result<std::optional<Receipt>> replay_of(const Idempotency& key) override;
  Result<void> prepare_forms(const model::Pack& pack) override;
  Result<model::Record> record(const std::string& id, const model::AsOf& as_of) override;
  Result<model::Page> page(const model::Query& query) override;
  Result<std::vector<model::Group>> count(const model::CountQuery& query) override;
  Result<Instant> settled_moment() override;
  Result<OpenedRecord> opened(
      const std::string& id, const WhoAsks& who,
      const std::function<const model::Form*(std::string_view form)>& form_of) override;
  Result<std::vector<PersonLink>> person_links(
      const std::vector<std::string>& persons) override;
  Result<std::vector<HistoryItem>> history(const std::string& id, std::int64_t limit,
                                           std::optional<std::int64_t> before_seq) override;
  Result<std::vector<RecordLink>> referring(const std::string& id, const std::string& form,
                                            const std::string& field,
                                            const model::RowScope& scope,
                                            std::int64_t limit) override;
  Result<std::map<std::string, RecordReference>> references(
      const std::vector<std::string>& ids,
      const std::function<model::RowScope(std::string_view form)>& scope_of) override;
  Result<model::Standings> standings(const std::vector<std::string>& persons,
                                     const WhoAsks& who) override;
  Result<std::set<std::string>> subjects(const std::vector<std::string>& records) override;
  Result<TaskPage> tasks(const TaskQuery& query) override;
  Result<std::set<std::string>> opened_by(const std::string& account) override;
  Result<std::vector<Break>> breaks(const BreakQuery& query) override;
  Result<std::vector<Handover>> handovers(const HandoverQuery& query) override;
  Result<bool> is_receiving(const std::string& organisation) override;
  Result<std::set<std::string>> handed_to(const std::string& record) override;
  Result<std::map<std::string, std::string>> records_of_facts() override;
  Result<std::vector<std::string>> due_for_scheduler(Date today, std::int64_t limit) override;
  Result<std::vector<Account>> accounts() override;
  Result<std::optional<Account>> find_account_by_login(const std::string& login) override;
  Result<std::optional<Account>> find_account(const std::string& id) override;
  Result<std::vector<Organisation>> organisations() override;
  Result<std::vector<StoredPack>> stored_packs() override;
  Result<std::vector<Activation>> activations() override;
  Result<std::optional<Json>> calendar_configuration() override;
  Result<std::map<std::string, Json>> kept_imports(const std::string& organisation) override;
  Result<std::vector<model::Envelope>> envelopes(std::optional<std::int64_t> before_seq,
                                                 std::int64_t limit) override;
  Result<std::optional<Json>> last_verification() override;
  Result<bool> take_lease(const std::string& name, const std::string& holder, Instant now,
                          Instant until) override;
  Result<bool> renew_lease(const std::string& name, const std::string& holder,
                           Instant until) override;
  Result<std::string> mark() override;
  Result<Health> health() override;

  // For tests: how many entries the journal has, and a fault for the next append.
  [[nodiscard]] std::int64_t entry_count() const;
  void fail_next_append(Error error);
  std::function<void(const model::Query&)> on_page;   // called at the start of each page
  // How often names were asked: those of many rows are looked up together.
  std::int64_t references_asked = 0, accounts_asked = 0;
  std::function<void(const model::CountQuery&)> on_count;   // and of each count

 private:
  struct Written {
    model::Envelope envelope;
    model::Record record;               // kind record.put
    model::RecordEvent event;
    Json payload;                       // other kinds
  };
  struct Used {
    std::string request_hash;
    Receipt receipt;
  };
  struct Lease {
    std::string holder;
    Instant until;
  };

  Result<Receipt> write(const Unit& unit);
  model::Envelope next_envelope(const Unit& unit, const std::string& organisation);
  Instant recording_time() const;
  std::int64_t version_of(const std::string& id) const;
  // Every version of a record, oldest first.
  std::vector<const Written*> versions(const std::string& id) const;
  // The row that holds as of that moment; nullptr: none. `current` is not version-corrected.
  const Written* row(const std::string& id, const model::AsOf& as_of) const;
  // Ids in the order in which the records were made.
  std::vector<std::string> ids() const;
  // How much of the row is seen; absent: it is not.
  std::optional<model::Sensitivity> seen(const model::RowScope& scope,
                                         const model::Record& record);
  bool holds(const model::RelationRule& rule, const Json& fields, const std::string& account,
             const std::string& subject);
  std::vector<const Written*> entries_of(std::string_view kind) const;
  // All breaks as the journal tells them, oldest first; and what they ask of people.
  std::vector<Break> told_breaks() const;
  std::vector<model::Task> break_tasks(const std::string& record) const;
  // All hand-overs as the journal tells them, oldest first, and those that count now.
  std::vector<Handover> told_handovers() const;
  std::vector<Handover> handovers_now() const;

  const Clock& clock_;
  FakeFileStore* files_;
  mutable std::recursive_mutex mutex_;
  std::vector<Written> journal_;
  std::map<std::string, Used> used_;
  std::map<std::string, Lease> leases_;
  std::map<std::string, model::Form> forms_;      // by full id, of the last prepared version
  std::optional<Instant> settled_;                // what is written now is recorded later
  std::optional<Error> next_failure_;
};

}  // namespace zicht::app::testing
