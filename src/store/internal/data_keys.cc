#include "store/internal/data_keys.h"

#include <utility>

#include "base/error_catalogue.h"
#include "base/ids.h"

namespace zicht::store {
namespace {

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

}  // namespace

Result<DataKeyPtr> DataKeys::for_writing(Connection& connection, const KeyScope& scope) {
  const std::string text = text_of(scope);
  if (const auto found = by_scope_.find(text); found != by_scope_.end()) return found->second;
  if (const auto made = uncommitted_.find(text); made != uncommitted_.end()) return made->second;
  ZICHT_TRY(existing, read(connection, scope));
  if (existing != nullptr) {
    if (by_scope_.size() >= kCacheLimit) by_scope_.clear();
    by_scope_.emplace(text, existing);
    return existing;
  }
  ZICHT_TRY(key, make(connection, scope));
  uncommitted_.emplace(text, key);
  return key;
}

Result<DataKeyPtr> DataKeys::find(Connection& connection, std::string_view id) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
  }
  ZICHT_TRY(rows, connection.query("select organisation, retention, subject, wrapped "
                                   "from data_keys where key_id = $1",
                                   {id}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return DataKeyPtr();
  }
  const KeyScope scope{.organisation = std::string(rows.text(0)),
                       .retention = std::string(rows.text(1)),
                       .subject = std::string(rows.text(2))};
  ZICHT_TRY(key, unwrap(scope, std::string(id), rows.text(3)));
  keep(key);
  return key;
}

Result<DataKeyPtr> DataKeys::read(Connection& connection, const KeyScope& scope) {
  ZICHT_TRY(rows, connection.query("select key_id, wrapped from data_keys where organisation = $1 "
                                   "and retention = $2 and subject = $3",
                                   {scope.organisation, scope.retention, scope.subject}));
  if (!rows.next()) {
    ZICHT_CHECKED(rows.status());
    return DataKeyPtr();
  }
  ZICHT_TRY(key, unwrap(scope, std::string(rows.text(0)), rows.text(1)));
  return key;
}

Result<DataKeyPtr> DataKeys::make(Connection& connection, const KeyScope& scope) {
  auto key = std::make_shared<const DataKey>(
      DataKey{.id = PublicId::random(rng_).to_string(), .secret = SecretKey::random(rng_)});
  const std::string wrapped = seal(folder_.master(), random_nonce(rng_), key->secret.bytes(),
                                   key->id + text_of(scope));
  ZICHT_CHECKED(connection.queue(
      "insert into data_keys (key_id, organisation, retention, subject, wrapped) "
      "values ($1, $2, $3, $4, $5)",
      {key->id, scope.organisation, scope.retention, scope.subject, Param::blob(wrapped)}));
  return DataKeyPtr(std::move(key));
}

Result<DataKeyPtr> DataKeys::unwrap(const KeyScope& scope, std::string id,
                                    std::string_view wrapped) const {
  auto secret = open_sealed(folder_.master(), wrapped, id + text_of(scope));
  if (!secret) return make_error("ST-0021");
  auto key = std::make_shared<const DataKey>(
      DataKey{.id = std::move(id), .secret = SecretKey::of(*secret)});
  return DataKeyPtr(std::move(key));
}

void DataKeys::keep(const DataKeyPtr& key) {
  const std::lock_guard lock(mutex_);
  if (by_id_.size() >= kCacheLimit) by_id_.clear();
  by_id_.emplace(key->id, key);
}

}  // namespace zicht::store
