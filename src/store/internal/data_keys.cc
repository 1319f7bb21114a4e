#include "store/internal/data_keys.h"

#include <charconv>
#include <set>
#include <utility>

#include "base/error_catalogue.h"
#include "base/ids.h"
#include "store/internal/master_key.h"
#include "store/internal/meta.h"

namespace zicht::store {
namespace {

// What a question about a key asks too, so that what is found is known to be of that generation.
constexpr std::string_view kWithGeneration =
    ", coalesce((select value from meta where name = 'keys generation'), '0')";

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Subjects come and go; the cache must not grow with the number of people.
constexpr std::size_t kCacheLimit = 10000;

// Lengths keep two scopes apart whose parts run into each other.
std::string text_of(const KeyScope& scope) {
  std::string text;
  for (const std::string* part : {&scope.organisation, &scope.retention, &scope.subject}) {
    text += std::to_string(part->size()) + ":" + *part;
  }
  return text;
}

// The same with the record and its persons, for what is remembered.
std::string cache_text_of(const KeyScope& scope) {
  std::string text = text_of(scope);
  if (scope.record.empty()) return text;
  text += "record:" + scope.record;
  for (const std::string& person : scope.persons) text += ":" + person;
  return text;
}

std::string label_of_wrap(std::string_view key, std::string_view record) {
  return "record:" + std::string(key) + ":" + std::string(record);
}

Result<DataKeyPtr> unwrap_record_key(const DataKey& person, std::string id,
                                     std::string_view record, std::string_view wrapped) {
  const auto secret = open_sealed(person.secret, wrapped, label_of_wrap(id, record));
  if (!secret) return make_error("ST-0021");
  return std::make_shared<const DataKey>(
      DataKey{.id = std::move(id), .secret = SecretKey::of(*secret)});
}

// The key of a record as it is wrapped by its persons' keys.
struct Wraps {
  struct Wrap {
    std::string key, person_key, wrapped;
  };
  std::vector<Wrap> wraps;

  bool has(std::string_view person_key) const {
    for (const Wrap& wrap : wraps) {
      if (wrap.person_key == person_key) return true;
    }
    return false;
  }
};

Result<Wraps> wraps_of(Connection& connection, const std::string& record) {
  ZICHT_TRY(rows, connection.query("select key_id, person_key, wrapped from record_keys "
                                   "where record = $1 order by person_key",
                                   {record}));
  Wraps found;
  while (rows.next()) {
    found.wraps.push_back({.key = std::string(rows.text(0)),
                           .person_key = std::string(rows.text(1)),
                           .wrapped = std::string(rows.text(2))});
  }
  ZICHT_CHECKED(rows.status());
  return found;
}

}  // namespace

Result<std::int64_t> generation_in(Rows& rows) {
  const std::int64_t generation = rows.next() ? number_of(rows.text(0)) : 0;
  ZICHT_CHECKED(rows.status());
  return generation;
}

std::string label_of_data_key(std::string_view id, const KeyScope& scope) {
  return std::string(id) + text_of(scope);
}

Result<void> lock_person(Connection& connection, std::string_view person) {
  return take_lock(connection, "person:" + std::string(person));
}

Result<bool> is_erased(Connection& connection, std::string_view id) {
  ZICHT_TRY(rows, connection.query("select 1 from erasures where record = $1", {id}));
  const bool is_there = rows.next();
  ZICHT_CHECKED(rows.status());
  return is_there;
}

Result<DataKeyPtr> DataKeys::for_writing(Connection& connection, const KeyScope& scope) {
  const std::string text = cache_text_of(scope);
  if (const auto found = by_scope_.find(text); found != by_scope_.end()) return found->second;
  if (const auto made = uncommitted_.find(text); made != uncommitted_.end()) return made->second;
  if (!scope.record.empty()) {
    ZICHT_TRY(of_record, key_of_record(connection, scope));
    uncommitted_.emplace(text, of_record);
    return of_record;
  }
  ZICHT_TRY(existing, read(connection, scope));
  if (existing != nullptr) {
    // Read back what an earlier unit of this transaction made: it may yet be rolled back.
    Map& known = made_.contains(existing->id) ? uncommitted_ : by_scope_;
    if (known.size() >= kCacheLimit) known.clear();
    known.emplace(text, existing);
    return existing;
  }
  if (!scope.subject.empty()) {
    ZICHT_TRY(is_gone, is_erased(connection, scope.subject));
    if (is_gone) return make_error("ST-0045");
  }
  ZICHT_TRY(key, make(connection, scope));
  uncommitted_.emplace(text, key);
  return key;
}

Result<DataKeyPtr> DataKeys::find(Connection& connection, std::string_view id, bool may_keep) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
  }
  ZICHT_TRY(rows, connection.query("select organisation, retention, subject, wrapped" +
                                       std::string(kWithGeneration) +
                                       " from data_keys where key_id = $1",
                                   {id}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return find_of_record(connection, id, may_keep);
  }
  const KeyScope scope{.organisation = std::string(rows.text(0)),
                       .retention = std::string(rows.text(1)),
                       .subject = std::string(rows.text(2))};
  const std::int64_t generation = number_of(rows.text(4));
  ZICHT_TRY(key, unwrap(connection, scope, std::string(id), rows.text(3)));
  if (may_keep) keep(key, generation);
  return key;
}

Result<DataKeyPtr> DataKeys::find_of_record(Connection& connection, std::string_view id,
                                            bool may_keep) {
  ZICHT_TRY(rows, connection.query("select record, person_key, wrapped" +
                                       std::string(kWithGeneration) +
                                       " from record_keys where key_id = $1 "
                                       "order by person_key limit 1",
                                   {id}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return DataKeyPtr();
  }
  const std::string record(rows.text(0)), person_key(rows.text(1)), wrapped(rows.text(2));
  const std::int64_t generation = number_of(rows.text(3));
  ZICHT_TRY(person, find(connection, person_key, may_keep));
  // Both go in one transaction; here one of them went between the two questions.
  if (person == nullptr) return DataKeyPtr();
  ZICHT_TRY(key, unwrap_record_key(*person, std::string(id), record, wrapped));
  if (may_keep) keep(key, generation);
  return key;
}

// The key that is there, else a new one; wrapped by the key of each person who was not erased.
Result<DataKeyPtr> DataKeys::key_of_record(Connection& connection, const KeyScope& scope) {
  ZICHT_TRY(found, wraps_of(connection, scope.record));
  DataKeyPtr key;
  if (found.wraps.empty()) {
    key = std::make_shared<const DataKey>(
        DataKey{.id = PublicId::random(rng_).to_string(), .secret = SecretKey::random(rng_)});
  } else {
    const Wraps::Wrap& wrap = found.wraps.front();
    // The generation that this transaction sees may be its own, and never be.
    ZICHT_TRY(person, find(connection, wrap.person_key, !has_destroyed_));
    if (person == nullptr) return make_error("ST-0021");
    ZICHT_TRY(unwrapped, unwrap_record_key(*person, wrap.key, scope.record, wrap.wrapped));
    key = std::move(unwrapped);
  }
  bool is_held = false;
  for (const std::string& person : std::set(scope.persons.begin(), scope.persons.end())) {
    ZICHT_TRY(holder, key_of_person(connection, {.organisation = scope.organisation,
                                                 .retention = scope.retention,
                                                 .subject = person}));
    if (holder == nullptr) continue;
    is_held = true;
    if (found.has(holder->id)) continue;
    const std::string wrapped = seal(holder->secret, random_nonce(rng_), key->secret.bytes(),
                                     label_of_wrap(key->id, scope.record));
    ZICHT_CHECKED(connection.queue(
        "insert into record_keys (key_id, record, person_key, wrapped) values ($1, $2, $3, $4)",
        {key->id, scope.record, holder->id, Param::blob(wrapped)}));
  }
  if (!is_held) return make_error("ST-0040");
  return key;
}

// Null: the person was erased. Not remembered past the transaction: another server may erase.
Result<DataKeyPtr> DataKeys::key_of_person(Connection& connection, const KeyScope& scope) {
  const std::string text = text_of(scope);
  if (const auto made = uncommitted_.find(text); made != uncommitted_.end()) return made->second;
  ZICHT_TRY(existing, read(connection, scope));
  if (existing == nullptr) {
    ZICHT_CHECKED(lock_person(connection, scope.subject));
    ZICHT_TRY(is_gone, is_erased(connection, scope.subject));
    if (is_gone) return DataKeyPtr();
    ZICHT_TRY(made, make(connection, scope));
    existing = std::move(made);
  }
  uncommitted_.emplace(text, existing);
  return existing;
}

void DataKeys::forget_uncommitted() {
  uncommitted_.clear();
  // A generation that this transaction raised, or found raised by itself, may never have been.
  if (has_destroyed_) written_generation_ = kUnknown;
  has_destroyed_ = false;
}

Result<void> DataKeys::forget_written(Connection& connection) {
  uncommitted_.clear();
  by_scope_.clear();
  has_destroyed_ = true;
  return connection.queue(
      "insert into meta (name, value) values ($1, '1') on conflict (name) do update "
      "set value = cast(cast(meta.value as bigint) + 1 as text)",
      {kGeneration});
}

void DataKeys::notice_written(std::int64_t generation) {
  if (written_generation_ != generation) by_scope_.clear();
  written_generation_ = generation;
}

Result<std::int64_t> DataKeys::look(Connection& connection) {
  ZICHT_TRY(rows, connection.query(kGenerationQuery));
  ZICHT_TRY(generation, generation_in(rows));
  const std::lock_guard lock(mutex_);
  // Not `!=`: this may be the reader of a state from before.
  if (generation > read_generation_) {
    by_id_.clear();
    read_generation_ = generation;
  }
  return generation;
}

std::size_t DataKeys::remembered() {
  const std::lock_guard lock(mutex_);
  return by_id_.size();
}

Result<DataKeyPtr> DataKeys::read(Connection& connection, const KeyScope& scope) {
  ZICHT_TRY(rows, connection.query("select key_id, wrapped from data_keys where organisation = $1 "
                                   "and retention = $2 and subject = $3",
                                   {scope.organisation, scope.retention, scope.subject}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return DataKeyPtr();
  }
  ZICHT_TRY(key, unwrap(connection, scope, std::string(rows.text(0)), rows.text(1)));
  return key;
}

Result<DataKeyPtr> DataKeys::make(Connection& connection, const KeyScope& scope) {
  ZICHT_TRY(master, ring_.hold(connection));
  auto key = std::make_shared<const DataKey>(
      DataKey{.id = PublicId::random(rng_).to_string(), .secret = SecretKey::random(rng_)});
  const std::string wrapped = seal(master->master(), random_nonce(rng_), key->secret.bytes(),
                                   label_of_data_key(key->id, scope));
  ZICHT_CHECKED(connection.queue(
      "insert into data_keys (key_id, organisation, retention, subject, wrapped) "
      "values ($1, $2, $3, $4, $5)",
      {key->id, scope.organisation, scope.retention, scope.subject, Param::blob(wrapped)}));
  made_.insert(key->id);
  return DataKeyPtr(std::move(key));
}

Result<DataKeyPtr> DataKeys::unwrap(Connection& connection, const KeyScope& scope, std::string id,
                                    std::string_view wrapped) {
  ZICHT_TRY(secret, ring_.open(connection, wrapped, label_of_data_key(id, scope)));
  auto key = std::make_shared<const DataKey>(
      DataKey{.id = std::move(id), .secret = SecretKey::of(secret)});
  return DataKeyPtr(std::move(key));
}

// A reader of an earlier state may have found a key that is gone by now: it is not kept.
void DataKeys::keep(const DataKeyPtr& key, std::int64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation < read_generation_) return;
  if (generation > read_generation_) by_id_.clear();
  read_generation_ = generation;
  if (by_id_.size() >= kCacheLimit) by_id_.clear();
  by_id_.emplace(key->id, key);
}

}  // namespace zicht::store
