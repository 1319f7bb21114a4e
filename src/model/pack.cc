#include "model/pack.h"

#include "base/check.h"
#include "model/internal/names.h"

namespace zicht::model {

const ListCode* List::find_code(std::string_view code) const {
  for (const ListCode& item : codes) {
    if (item.code == code) return &item;
  }
  return nullptr;
}

const Form* Pack::find_form(std::string_view form) const {
  return internal::find_by_id(forms, form);
}

const List* Pack::find_list(std::string_view list) const {
  return internal::find_by_id(lists, list);
}

const Process* Pack::find_process(std::string_view process) const {
  return internal::find_by_id(processes, process);
}

const Role* Pack::find_role(std::string_view role) const {
  return internal::find_by_id(roles, role);
}

const Named* Pack::find_purpose(std::string_view purpose) const {
  return internal::find_by_id(purposes, purpose);
}

const Named* Pack::find_relation(std::string_view relation) const {
  return internal::find_by_id(relations, relation);
}

const DecisionModel* Pack::find_model(std::string_view model) const {
  return internal::find_by_id(models, model);
}

const Indicator* Pack::find_indicator(std::string_view indicator) const {
  return internal::find_by_id(indicators, indicator);
}

void PackSet::add(PackPtr pack) {
  ZICHT_CHECK(pack != nullptr, "a stored version is a pack");
  std::string hash = pack->hash;
  by_hash_.insert_or_assign(std::move(hash), std::move(pack));
}

void PackSet::activate(const std::string& hash) {
  const PackPtr pack = version(hash);
  ZICHT_CHECK(pack != nullptr, "only a stored version is activated");
  active_.insert_or_assign(pack->id, pack);
}

void PackSet::deactivate(std::string_view pack) {
  const auto found = active_.find(pack);
  if (found != active_.end()) active_.erase(found);
}

PackPtr PackSet::active(std::string_view pack) const {
  const auto found = active_.find(pack);
  return found == active_.end() ? nullptr : found->second;
}

PackPtr PackSet::version(std::string_view hash) const {
  const auto found = by_hash_.find(hash);
  return found == by_hash_.end() ? nullptr : found->second;
}

std::vector<PackPtr> PackSet::all_active() const {
  std::vector<PackPtr> packs;
  packs.reserve(active_.size());
  for (const auto& [id, pack] : active_) packs.push_back(pack);
  return packs;
}

const Named* PackSet::find_relation(std::string_view full_id) const {
  const auto parts = split_full_id(full_id);
  const PackPtr pack = parts ? active(parts->first) : nullptr;
  return pack == nullptr ? nullptr : pack->find_relation(parts->second);
}

const Form* PackSet::find_form(std::string_view full_id) const {
  const auto parts = split_full_id(full_id);
  if (!parts) return nullptr;
  const auto found = active_.find(parts->first);
  return found == active_.end() ? nullptr : found->second->find_form(parts->second);
}

const List* PackSet::find_list(std::string_view full_id) const {
  const auto parts = split_full_id(full_id);
  if (!parts) return nullptr;
  const auto found = active_.find(parts->first);
  if (found == active_.end()) return nullptr;
  const List* list = found->second->find_list(parts->second);
  return list != nullptr && list->is_verified ? list : nullptr;
}

std::optional<std::pair<std::string_view, std::string_view>> split_full_id(
    std::string_view full_id) {
  const std::size_t slash = full_id.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return std::pair{full_id.substr(0, slash), full_id.substr(slash + 1)};
}

bool is_builtin_role(std::string_view role) {
  return role == kVisitor || role == kAdministrator || role == kAuditor || role == kPrivacyOfficer;
}

LocalizedText role_title(const PackSet& packs, std::string_view role) {
  if (role == kAdministrator) return {"Beheerder", "Administrator"};
  if (role == kAuditor) return {"Auditor", "Auditor"};
  if (role == kPrivacyOfficer) return {"Privacyfunctionaris", "Privacy officer"};
  const auto parts = split_full_id(role);
  const PackPtr pack = parts ? packs.active(parts->first) : nullptr;
  const Role* found = pack == nullptr ? nullptr : pack->find_role(parts->second);
  return found != nullptr ? found->title : LocalizedText{std::string(role), std::string(role)};
}

}  // namespace zicht::model
