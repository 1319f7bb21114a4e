// Which form a record has, of records that were read before: it never changes, and who knows it
// reads the record in one wait instead of two. Thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/internal/sql_text.h"

namespace zicht::store {

class RecordForms {
 public:
  // "pack/form"; nothing when it is not remembered.
  std::optional<std::string> find(std::string_view record) const;
  void keep(const std::string& record, const std::string& form);

 private:
  // Some 10 MB; then it begins again.
  static constexpr std::size_t kMost = 65'536;

  mutable std::shared_mutex mutex_;
  std::set<std::string> forms_;  // as many as packs have
  std::unordered_map<std::string, const std::string*, TextHash, std::equal_to<>> by_record_;
};

}  // namespace zicht::store
