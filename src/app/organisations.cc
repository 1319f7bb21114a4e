#include "app/organisations.h"

namespace zicht::app {

std::string Organisations::name_of(const std::string& id) {
  const std::lock_guard lock(mutex_);
  auto found = names_.find(id);
  if (found == names_.end() && read()) found = names_.find(id);
  return found == names_.end() ? id : found->second;
}

Result<bool> Organisations::exists(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (names_.contains(id)) return true;
  ZICHT_CHECKED(read());
  return names_.contains(id);
}

void Organisations::forget() {
  const std::lock_guard lock(mutex_);
  names_.clear();
}

Result<void> Organisations::read() {
  ZICHT_TRY(organisations, store_.organisations());
  names_.clear();
  for (auto& organisation : organisations) {
    names_.emplace(std::move(organisation.id), std::move(organisation.name));
  }
  return {};
}

}  // namespace zicht::app
