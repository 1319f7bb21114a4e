#include "store/internal/record_forms.h"

#include <mutex>

namespace zicht::store {

std::optional<std::string> RecordForms::find(std::string_view record) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_record_.find(record);
  if (found == by_record_.end()) return std::nullopt;
  return *found->second;
}

void RecordForms::keep(const std::string& record, const std::string& form) {
  const std::unique_lock lock(mutex_);
  if (by_record_.size() >= kMost) by_record_.clear();
  by_record_.emplace(record, &*forms_.insert(form).first);
}

}  // namespace zicht::store
