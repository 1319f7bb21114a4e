#include "feel/scope.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "feel/internal/name_trie.h"

namespace zicht::feel {

using internal::NameTrie;

void Scope::add_members(const Type& type) {
  if (type.kind() == Type::Kind::kList) return add_members(type.item());
  if (type.kind() != Type::Kind::kContext) return;
  if (!known_types_.emplace(type.identity(), type).second) return;
  for (const Type::Member& member : type.members()) {
    members_->add(member.name, Type::any());
    add_members(member.type);
  }
}

Scope::Scope()
    : names_(std::make_unique<NameTrie>()),
      types_(std::make_unique<NameTrie>()),
      members_(std::make_unique<NameTrie>()) {}
Scope::~Scope() = default;
Scope::Scope(Scope&&) noexcept = default;
Scope& Scope::operator=(Scope&&) noexcept = default;

Scope::Scope(const Scope& other) : Scope() {
  for (const auto& each : other.variables_) add(each.name, each.type);
  other.types_->each([this](const NameTrie::Entry& entry) { add_type(entry.name, entry.type); });
}

Scope& Scope::operator=(const Scope& other) {
  if (this != &other) *this = Scope(other);
  return *this;
}

std::size_t Scope::add(std::string_view name, Type type) {
  variables_.push_back({std::string(name), type});
  add_members(type);
  names_->add(name, std::move(type), variables_.size() - 1);
  return variables_.size() - 1;
}

void Scope::add_type(std::string_view name, Type type) {
  add_members(type);
  types_->add(name, std::move(type));
}

std::optional<std::size_t> Scope::find(std::string_view name) const {
  const NameTrie::Entry* entry = names_->find(name);
  return entry == nullptr ? std::nullopt : std::optional(entry->slot);
}

std::string canonical_name(std::string_view name) { return internal::canonical_name(name); }

namespace {

// How many bytes to insert, delete, replace or swap to come from a to b.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) now[j] = std::min(now[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return lower;
}

}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string>& known) {
  constexpr std::size_t kLongest = 80;
  if (name.size() > kLongest) return "";
  std::string nearest;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const auto& each : known) {
    if (each.size() > kLongest) continue;
    const std::size_t far = distance(lower_ascii(name), lower_ascii(each));
    if (far < least || (far == least && !nearest.empty() && each < nearest)) {
      least = far;
      nearest = each;
    }
  }
  return nearest;
}

}  // namespace zicht::feel
