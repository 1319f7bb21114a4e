#include "store/driver.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"

namespace zicht::store {
namespace {

constexpr std::size_t kIdentifierLimit = 63;
constexpr std::size_t kHashDigits = 16;

// FNV-1a: an identifier must come out the same on every machine and in every release.
std::string stable_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211U;
  }
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(hash >> shift) & 15];
  return digits;
}

}  // namespace

Result<void> Rows::status() const {
  if (source_->error()) return *source_->error();
  return {};
}

ReadPool::Lease::~Lease() {
  if (connection_ == nullptr) return;
  connection_->rollback();
  pool_->give_back(std::move(connection_));
}

Result<ReadPool::Lease> ReadPool::lease(Snapshot snapshot) {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) {
    ZICHT_TRY(made, database_.connect(access_));
    connection = std::move(made);
  }
  if (snapshot == Snapshot::kShared) ZICHT_CHECKED(connection->begin(access_));
  return Lease(*this, std::move(connection));
}

void ReadPool::give_back(std::unique_ptr<Connection> connection) {
  if (!connection->is_usable()) return;
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

bool is_safe_identifier(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto is_safe = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= kIdentifierLimit && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), is_safe);
}

std::string quote_identifier(std::string_view name) {
  ZICHT_CHECK(is_safe_identifier(name), "identifiers are checked or shortened before");
  return '"' + std::string(name) + '"';
}

std::string short_identifier(std::string_view name) {
  if (name.size() <= kIdentifierLimit) return std::string(name);
  const std::string_view head = name.substr(0, kIdentifierLimit - kHashDigits - 1);
  return std::string(head) + '_' + stable_hash(name);
}

Result<void> in_transaction(Connection& connection, const std::function<Result<void>()>& work) {
  ZICHT_CHECKED(connection.begin(Access::kWrite));
  auto done = work();
  if (done.has_value()) return connection.commit();
  connection.rollback();
  return done;
}

Result<void> take_lock(Connection& connection, const std::string& name) {
  if (connection.dialect().lock.empty()) return {};
  ZICHT_TRY(rows, connection.query(connection.dialect().lock, {name}));
  while (rows.next()) {
  }
  return rows.status();
}

}  // namespace zicht::store
