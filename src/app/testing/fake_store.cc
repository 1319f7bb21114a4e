#include "app/testing/fake_store.h"

#include <algorithm>
#include <set>

#include "app/testing/naive_match.h"
#include "app/testing/naive_where.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "model/count_rows.h"

namespace zicht::app::testing {
namespace {

using Lock = std::lock_guard<std::recursive_mutex>;

// Whole years from one day to another.
int years_between(Date from, Date to) {
  const bool is_before_birthday =
      std::pair(to.month(), to.day()) < std::pair(from.month(), from.day());
  return to.year() - from.year() - (is_before_birthday ? 1 : 0);
}

Error plain_error(Code code, std::string id) {
  Error error;
  error.code = code;
  error.id = std::move(id);
  return error;
}

template <class T>
std::vector<T> page_of(const std::vector<T>& all, const std::string& cursor, std::int64_t limit,
                       std::string& next) {
  std::size_t from = 0;
  for (const char c : cursor) from = from * 10 + static_cast<std::size_t>(c - '0');
  std::vector<T> out;
  for (std::size_t i = from; i < all.size(); ++i) {
    if (static_cast<std::int64_t>(out.size()) == limit) {
      next = std::to_string(i);
      break;
    }
    out.push_back(all[i]);
  }
  return out;
}

Account account_from(const Json& payload) {
  Account account;
  account.id = std::string(payload.at("account").as_string());
  account.person = std::string(payload.at("person").as_string());
  account.login = std::string(payload.at("login").as_string());
  account.name = std::string(payload.at("name").as_string());
  account.organisation = std::string(payload.at("organisation").as_string());
  for (const Json& role : payload.at("roles").as_array()) {
    account.roles.emplace_back(role.as_string());
  }
  account.is_active = payload.at("active").as_bool();
  account.is_demo = payload.at("demo").as_bool();
  if (const Json* subject = payload.as_object().if_contains("subject")) {
    account.subject = std::string(subject->as_string());
  }
  return account;
}

}  // namespace

// ---------------------------------------------------------------- writing

void FakeStore::append(Unit unit, std::function<void(Result<Receipt>)> done) {
  done(append_and_wait(std::move(unit)));
}

Result<Receipt> FakeStore::append_and_wait(Unit unit) {
  const Lock lock(mutex_);
  if (next_failure_) {
    Error error = *std::move(next_failure_);
    next_failure_.reset();
    return error;
  }
  if (!unit.idempotency.key_hash.empty()) {
    auto replay = replay_of(unit.idempotency);
    if (!replay) return replay.error();
    if (*replay) return **replay;
  }
  return write(unit);
}

Result<std::optional<Receipt>> FakeStore::replay_of(const Idempotency& key) {
  const Lock lock(mutex_);
  const auto found = used_.find(key.key_hash);
  if (found == used_.end()) return std::optional<Receipt>();
  if (found->second.request_hash != key.request_hash) {
    return plain_error(Code::kConflict, "ST-0011");
  }
  return std::optional(found->second.receipt);
}

Result<Receipt> FakeStore::write(const Unit& unit) {
  std::map<std::string, std::int64_t> versions;
  for (const RecordWrite& write : unit.records) {
    const auto& id = write.record.id;
    const auto known = versions.contains(id) ? versions[id] : version_of(id);
    if (known != write.expected_version) return plain_error(Code::kConflict, "ST-0010");
    versions[id] = write.record.version;
    for (const std::string& file : write.files) {
      if (files_ == nullptr || !files_->is_free_for(file, unit.actor, id)) {
        return plain_error(Code::kConflict, "ST-0061");
      }
    }
  }
  Receipt receipt;
  for (const RecordWrite& write : unit.records) {
    Written written{next_envelope(unit, write.record.organisation), write.record, write.event, {}};
    written.envelope.kind = model::kRecordPut;
    written.envelope.subject = write.record.id;
    written.envelope.pack_hash = write.record.pack_hash;
    written.record.recorded_at = written.envelope.recorded_at;
    written.record.actor = unit.actor;
    for (const std::string& file : write.files) files_->kept.at(file).record = write.record.id;
    receipt.record = write.record.id;
    receipt.version = write.record.version;
    journal_.push_back(std::move(written));
  }
  for (const model::Entry& entry : unit.entries) {
    Written written{next_envelope(unit, entry.organisation), {}, {}, entry.payload};
    written.envelope.kind = entry.kind;
    written.envelope.subject = entry.subject;
    written.envelope.pack_hash = entry.pack_hash;
    journal_.push_back(std::move(written));
  }
  receipt.seq = static_cast<std::int64_t>(journal_.size());
  receipt.recorded_at = recording_time();
  if (!unit.idempotency.key_hash.empty()) {
    Used used{unit.idempotency.request_hash, receipt};
    used.receipt.is_replay = true;
    used_.emplace(unit.idempotency.key_hash, used);
  }
  return receipt;
}

Instant FakeStore::recording_time() const {
  const Instant now = clock_.now();
  return settled_ ? std::max(now, *add_microseconds(*settled_, 1)) : now;
}

model::Envelope FakeStore::next_envelope(const Unit& unit, const std::string& organisation) {
  model::Envelope envelope;
  envelope.seq = static_cast<std::int64_t>(journal_.size()) + 1;
  envelope.organisation = organisation;
  envelope.chain_no = 1;
  for (const Written& w : journal_) {
    if (w.envelope.organisation == organisation) ++envelope.chain_no;
  }
  envelope.recorded_at = recording_time();
  envelope.actor = unit.actor;
  envelope.purpose = unit.purpose;
  envelope.hash = hash_of(std::to_string(envelope.seq)).to_string();
  return envelope;
}

Result<void> FakeStore::prepare_forms(const model::Pack& pack) {
  const Lock lock(mutex_);
  for (const model::Form& form : pack.forms) forms_.insert_or_assign(form.full_id(), form);
  return {};
}

// ---------------------------------------------------------------- rows

std::vector<const FakeStore::Written*> FakeStore::versions(const std::string& id) const {
  std::vector<const Written*> out;
  for (const Written& w : journal_) {
    if (w.envelope.kind == model::kRecordPut && w.record.id == id) out.push_back(&w);
  }
  return out;
}

std::int64_t FakeStore::version_of(const std::string& id) const {
  const auto all = versions(id);
  return all.empty() ? 0 : all.back()->record.version;
}

const FakeStore::Written* FakeStore::row(const std::string& id, const model::AsOf& as_of) const {
  const Written* holds = nullptr;
  for (const Written* w : versions(id)) {
    if (as_of.known_at && *as_of.known_at < w->envelope.recorded_at) continue;
    const model::Record& r = w->record;
    if (!as_of.valid_on) {
      if (!r.valid_to) holds = w;
    } else if (r.valid_from <= *as_of.valid_on && (!r.valid_to || *as_of.valid_on < *r.valid_to)) {
      holds = w;
    }
  }
  return holds;
}

std::vector<std::string> FakeStore::ids() const {
  std::vector<std::string> out;
  for (const Written& w : journal_) {
    if (w.envelope.kind == model::kRecordPut && w.record.version == 1) out.push_back(w.record.id);
  }
  return out;
}

Result<model::Record> FakeStore::record(const std::string& id, const model::AsOf& as_of) {
  const Lock lock(mutex_);
  const Written* found = row(id, as_of);
  if (found == nullptr) return plain_error(Code::kNotFound, "ST-0012");
  model::Record record = found->record;
  if (as_of.is_now()) record.version = version_of(id);
  return record;
}

Result<OpenedRecord> FakeStore::opened(
    const std::string& id, const WhoAsks& who,
    const std::function<const model::Form*(std::string_view form)>& form_of) {
  ZICHT_TRY(found, record(id, {}));
  OpenedRecord opened{.record = std::move(found)};
  const model::Form* form = form_of(opened.record.form);
  if (form == nullptr) return opened;
  const auto list = model::subjects_of(*form, id, opened.record.fields);
  ZICHT_TRY(standings_now, standings(list, who));
  ZICHT_TRY(links, person_links(list));
  ZICHT_TRY(receivers, handed_to(id));
  opened.standings = std::move(standings_now);
  opened.links = std::move(links);
  opened.handed_to = std::move(receivers);
  return opened;
}

Result<model::Page> FakeStore::page(const model::Query& query) {
  if (on_page) on_page(query);
  const Lock lock(mutex_);
  const auto form = forms_.find(query.form);
  if (form == forms_.end()) return plain_error(Code::kNotFound, "ST-0013");
  std::vector<model::Record> found;
  const auto made = ids();
  for (auto id = made.rbegin(); id != made.rend(); ++id) {
    const Written* w = row(*id, query.as_of);
    if (w == nullptr || w->record.form != query.form || !seen(query.scope, w->record)) continue;
    if (!matches(query, form->second, w->record)) continue;
    found.push_back(w->record);
    if (query.as_of.is_now()) found.back().version = version_of(*id);
  }
  if (query.sort) sort_by(*query.sort, form->second, found);
  model::Page page;
  page.records = page_of(found, query.cursor, query.limit, page.next);
  return page;
}

Result<Instant> FakeStore::settled_moment() {
  const Lock lock(mutex_);
  settled_ = recording_time();
  return *settled_;
}

Result<std::vector<model::Group>> FakeStore::count(const model::CountQuery& query) {
  if (on_count) on_count(query);
  const Lock lock(mutex_);
  const auto form = forms_.find(query.form);
  if (form == forms_.end()) return plain_error(Code::kNotFound, "ST-0013");
  const auto verdict_of = [&](const auto& predicate, const model::Record& record,
                              feel::Verdict without) {
    if (predicate == nullptr) return without;
    const auto holds = where_holds(*predicate, form->second, record);
    if (!holds) return feel::Verdict::kUndetermined;
    return *holds ? feel::Verdict::kYes : feel::Verdict::kNo;
  };
  std::vector<model::JudgedRow> rows;
  for (const std::string& id : ids()) {
    const Written* w = row(id, query.as_of);
    if (w == nullptr || w->record.form != query.form || !seen(query.scope, w->record)) continue;
    const Written* now = query.as_of.is_now() ? w : row(id, {});
    if (now == nullptr || !seen(query.scope, now->record)) continue;
    rows.push_back({.fields = w->record.fields,
                    .counted = verdict_of(query.where, w->record, feel::Verdict::kYes),
                    .part = verdict_of(query.part, w->record, feel::Verdict::kNo)});
  }
  return model::count_judged(form->second, {query.dimensions, query.of, query.by}, rows);
}

std::optional<model::Sensitivity> FakeStore::seen(const model::RowScope& scope,
                                                   const model::Record& record) {
  const model::Form& form = forms_.at(record.form);
  const auto persons = model::subjects_of(form, record.id, record.fields);
  const auto known = standings(persons, {scope.account, scope.subject, scope.organisation});
  model::About about;
  for (const std::string& person : persons) {
    const auto at = known->find(person);
    about.push_back(at == known->end() ? model::Standing() : at->second);
  }
  const auto clearance = scope.clearance_in(record.organisation, about, record.id);
  return clearance && record.audience <= *clearance ? clearance : std::nullopt;
}

bool FakeStore::holds(const model::RelationRule& rule, const Json& fields,
                      const std::string& account, const std::string& subject) {
  const Date today = amsterdam_date(clock_.now());
  const auto from = model::texts_in(fields, rule.from);
  const auto until = model::texts_in(fields, rule.until);
  if (!from.empty() && today < *Date::parse(from[0])) return false;
  if (!until.empty() && *Date::parse(until[0]) <= today) return false;
  for (const std::string& holder : model::texts_in(fields, rule.holder)) {
    if (holder == account || (!subject.empty() && holder == subject)) return true;
    const Written* team = row(holder, {});
    if (team == nullptr) continue;
    const std::string& members = forms_.at(team->record.form).members;
    const auto all = model::texts_in(team->record.fields, members);
    if (!members.empty() && std::find(all.begin(), all.end(), account) != all.end()) return true;
  }
  return false;
}

// Looks through everything: what the store's tables must agree with.
Result<model::Standings> FakeStore::standings(const std::vector<std::string>& persons,
                                              const WhoAsks& who) {
  const Lock lock(mutex_);
  const Date today = amsterdam_date(clock_.now());
  model::Standings out;
  for (const std::string& person : persons) {
    model::Standing standing;
    const Written* self = row(person, {});
    if (self != nullptr) {
      const auto born = model::texts_in(self->record.fields, forms_.at(self->record.form).born);
      if (!born.empty()) standing.age = years_between(*Date::parse(born[0]), today);
    }
    if (!who.subject.empty() && person == who.subject) standing.relations.emplace(model::kSelf);
    for (const std::string& id : ids()) {
      const Written* w = row(id, {});
      if (w == nullptr) continue;
      const auto& rule = forms_.at(w->record.form).relation;
      if (!rule) continue;
      const auto of = model::texts_in(w->record.fields, rule->of);
      if (std::find(of.begin(), of.end(), person) == of.end()) continue;
      if (!holds(*rule, w->record.fields, who.account, who.subject)) continue;
      if (self != nullptr && self->record.organisation == w->record.organisation) {
        standing.relations.insert(rule->kind);
      } else {
        standing.told.insert({rule->kind, w->record.organisation});
      }
    }
    for (const Handover& each : handovers_now()) {
      if (each.person != person) continue;
      std::set<model::Handed> handed;
      if (each.forms.empty()) handed.insert({each.keeper, ""});
      for (const std::string& form : each.forms) handed.insert({each.keeper, form});
      if (each.gives_up) standing.given_up.insert(handed.begin(), handed.end());
      if (!who.organisation.empty() && each.receiver == who.organisation) {
        standing.handed.merge(handed);
      }
    }
    out.emplace(person, std::move(standing));
  }
  return out;
}

Result<std::vector<PersonLink>> FakeStore::person_links(const std::vector<std::string>& persons) {
  const Lock lock(mutex_);
  const std::set<std::string> asked(persons.begin(), persons.end());
  std::vector<PersonLink> links;
  for (const std::string& id : ids()) {
    const Written* w = row(id, {});
    if (w == nullptr || !forms_.at(w->record.form).identity) continue;
    const model::IdentityRule& rule = *forms_.at(w->record.form).identity;
    const bool is_split = rule.split.contains(w->record.state);
    const auto one = model::texts_in(w->record.fields, rule.of);
    const auto other = model::texts_in(w->record.fields, rule.as);
    if ((!is_split && !rule.linked.contains(w->record.state)) || one.empty() || other.empty()) {
      continue;
    }
    if (asked.contains(one[0]) || asked.contains(other[0])) {
      links.push_back({id, one[0], other[0], is_split});
    }
  }
  return links;
}

Result<std::set<std::string>> FakeStore::subjects(const std::vector<std::string>& records) {
  const Lock lock(mutex_);
  std::set<std::string> persons;
  for (const std::string& id : records) {
    const Written* w = row(id, {});
    if (w == nullptr) continue;
    for (auto& person : model::subjects_of(forms_.at(w->record.form), id, w->record.fields)) {
      persons.insert(std::move(person));
    }
  }
  return persons;
}

Result<std::vector<HistoryItem>> FakeStore::history(const std::string& id, std::int64_t limit,
                                                    std::optional<std::int64_t> before_seq) {
  const Lock lock(mutex_);
  std::vector<HistoryItem> out;
  auto all = versions(id);
  std::reverse(all.begin(), all.end());
  for (const Written* w : all) {
    if (before_seq && w->envelope.seq >= *before_seq) continue;
    if (static_cast<std::int64_t>(out.size()) == limit) break;
    out.push_back({w->envelope, w->record, w->event});
  }
  return out;
}

Result<std::vector<RecordLink>> FakeStore::referring(const std::string& id,
                                                     const std::string& form,
                                                     const std::string& field,
                                                     const model::RowScope& scope,
                                                     std::int64_t limit) {
  const Lock lock(mutex_);
  std::vector<RecordLink> out;
  const auto made = ids();
  for (auto other = made.rbegin(); other != made.rend(); ++other) {
    const Written* w = row(*other, {});
    if (w == nullptr || w->record.form != form || !seen(scope, w->record)) continue;
    const Json* value = w->record.fields.as_object().if_contains(field);
    if (value == nullptr || !holds_value(*value, Json(id))) continue;
    if (static_cast<std::int64_t>(out.size()) == limit) break;
    out.push_back({field, w->record.id, form, w->record.title, w->record.state,
                   *seen(scope, w->record)});
  }
  return out;
}

Result<std::map<std::string, RecordReference>> FakeStore::references(
    const std::vector<std::string>& wanted,
    const std::function<model::RowScope(std::string_view form)>& scope_of) {
  const Lock lock(mutex_);
  ++references_asked;
  std::map<std::string, RecordReference> out;
  for (const std::string& id : wanted) {
    const Written* w = row(id, {});
    if (w == nullptr) continue;
    const auto clearance = seen(scope_of(w->record.form), w->record);
    if (clearance) out[id] = {w->record.title, w->record.form, *clearance};
  }
  return out;
}

Result<TaskPage> FakeStore::tasks(const TaskQuery& query) {
  const Lock lock(mutex_);
  std::vector<TaskItem> found;
  const auto made = ids();
  for (const std::string& id : made) {
    const Written* w = row(id, {});
    if (w == nullptr) continue;
    const model::Record& r = w->record;
    std::vector<model::Task> tasks = r.tasks;
    for (model::Task& task : break_tasks(id)) tasks.push_back(std::move(task));
    for (const model::Task& task : tasks) {
      for (const auto& held : query.held) {
        const auto& roles = held.roles;
        const auto clearance = held.form == r.form ? seen(held.scope, r) : std::nullopt;
        if (!clearance || std::find(roles.begin(), roles.end(), task.role) == roles.end()) continue;
        found.push_back({r.id, r.form, r.title, r.state, r.organisation, task, *clearance});
        break;
      }
    }
  }
  const auto due = [](const TaskItem& t) { return t.task.due ? t.task.due->first : Date::max(); };
  std::stable_sort(found.begin(), found.end(),
                   [&](const TaskItem& a, const TaskItem& b) { return due(a) < due(b); });
  TaskPage page;
  page.tasks = page_of(found, query.cursor, query.limit, page.next);
  return page;
}

Result<std::map<std::string, std::string>> FakeStore::records_of_facts() {
  const Lock lock(mutex_);
  std::map<std::string, std::string> found;
  for (const Written& w : journal_) {
    if (!w.record.fact.empty()) found[w.record.fact] = w.record.id;
  }
  return found;
}

Result<std::vector<std::string>> FakeStore::due_for_scheduler(Date today, std::int64_t limit) {
  const Lock lock(mutex_);
  std::vector<std::pair<Date, std::string>> due;
  for (const std::string& id : ids()) {
    const Written* w = row(id, {});
    if (w == nullptr) continue;
    std::optional<Date> next;
    for (const model::Deadline& d : w->record.deadlines) {
      if (d.next && (!next || *d.next < *next)) next = d.next;
    }
    if (next && *next <= today) due.emplace_back(*next, id);
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (const auto& [day, id] : due) {
    if (static_cast<std::int64_t>(out.size()) < limit) out.push_back(id);
  }
  return out;
}

// ---------------------------------------------------------------- everything else

std::vector<const FakeStore::Written*> FakeStore::entries_of(std::string_view kind) const {
  std::vector<const Written*> out;
  for (const Written& w : journal_) {
    if (w.envelope.kind == kind) out.push_back(&w);
  }
  return out;
}

Result<std::vector<Account>> FakeStore::accounts() {
  const Lock lock(mutex_);
  std::map<std::string, Account> latest;
  for (const Written* w : entries_of(model::kAccountPut)) {
    Account account = account_from(w->payload);
    latest.insert_or_assign(account.id, account);
  }
  std::vector<Account> out;
  for (auto& [id, account] : latest) out.push_back(account);
  std::sort(out.begin(), out.end(),
            [](const Account& a, const Account& b) { return a.login < b.login; });
  return out;
}

Result<std::optional<Account>> FakeStore::find_account_by_login(const std::string& login) {
  const auto all = accounts();
  for (const Account& account : *all) {
    if (account.login == login) return std::optional(account);
  }
  return std::optional<Account>();
}

Result<std::optional<Account>> FakeStore::find_account(const std::string& id) {
  const Lock lock(mutex_);
  ++accounts_asked;
  const auto all = accounts();
  for (const Account& account : *all) {
    if (account.id == id) return std::optional(account);
  }
  return std::optional<Account>();
}

Result<std::vector<Organisation>> FakeStore::organisations() {
  const Lock lock(mutex_);
  std::map<std::string, std::string> latest;
  for (const Written* w : entries_of(model::kOrganisationPut)) {
    latest[std::string(w->payload.at("organisation").as_string())] =
        std::string(w->payload.at("name").as_string());
  }
  std::vector<Organisation> out;
  for (const auto& [id, name] : latest) out.push_back({id, name});
  return out;
}

Result<std::vector<Store::StoredPack>> FakeStore::stored_packs() {
  const Lock lock(mutex_);
  std::vector<StoredPack> out;
  for (const Written* w : entries_of(model::kPackStored)) {
    StoredPack pack{std::string(w->payload.at("pack").as_string()),
                    std::string(w->payload.at("version").as_string()),
                    std::string(w->payload.at("hash").as_string()),
                    {}};
    for (const auto& file : w->payload.at("files").as_object()) {
      pack.files.emplace(file.key(), file.value().as_string());
    }
    out.push_back(std::move(pack));
  }
  return out;
}

Result<std::vector<Store::Activation>> FakeStore::activations() {
  const Lock lock(mutex_);
  std::vector<Activation> out;
  for (const Written* w : entries_of(model::kPackActivated)) {
    out.push_back({std::string(w->payload.at("pack").as_string()),
                   std::string(w->payload.at("hash").as_string()), w->envelope.recorded_at,
                   w->envelope.seq});
  }
  return out;
}

Result<std::optional<Json>> FakeStore::calendar_configuration() {
  const Lock lock(mutex_);
  const auto all = entries_of(model::kCalendarConfigured);
  return all.empty() ? std::optional<Json>() : std::optional(all.back()->payload);
}

Result<std::map<std::string, Json>> FakeStore::kept_imports(const std::string& organisation) {
  const Lock lock(mutex_);
  std::map<std::string, Json> kept;
  for (const Written* w : entries_of(model::kImportKept)) {
    if (w->envelope.organisation != organisation) continue;
    const std::string name(w->payload.at("name").as_string());
    if (w->payload.as_object().contains("mapping")) {
      kept.insert_or_assign(name, w->payload);
    } else {
      kept.erase(name);
    }
  }
  return kept;
}

Result<std::vector<model::Envelope>> FakeStore::envelopes(std::optional<std::int64_t> before_seq,
                                                          std::int64_t limit) {
  const Lock lock(mutex_);
  std::vector<model::Envelope> out;
  for (auto w = journal_.rbegin(); w != journal_.rend(); ++w) {
    if (before_seq && w->envelope.seq >= *before_seq) continue;
    if (static_cast<std::int64_t>(out.size()) < limit) out.push_back(w->envelope);
  }
  return out;
}

Result<std::optional<Json>> FakeStore::last_verification() { return std::optional<Json>(); }

Result<bool> FakeStore::take_lease(const std::string& name, const std::string& holder, Instant now,
                                   Instant until) {
  const Lock lock(mutex_);
  const auto held = leases_.find(name);
  if (held != leases_.end() && held->second.holder != holder && now < held->second.until) {
    return false;
  }
  leases_.insert_or_assign(name, Lease{holder, until});
  return true;
}

Result<bool> FakeStore::renew_lease(const std::string& name, const std::string& holder,
                                    Instant until) {
  const Lock lock(mutex_);
  const auto held = leases_.find(name);
  if (held == leases_.end() || held->second.holder != holder) return false;
  held->second.until = until;
  return true;
}

Result<std::string> FakeStore::mark() { return std::to_string(entry_count()); }

Result<Store::Health> FakeStore::health() { return Health{true, 0, entry_count()}; }

std::int64_t FakeStore::entry_count() const {
  const Lock lock(mutex_);
  return static_cast<std::int64_t>(journal_.size());
}

void FakeStore::fail_next_append(Error error) { next_failure_ = std::move(error); }

}  // namespace zicht::app::testing
