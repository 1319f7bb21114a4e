#include "packs/internal/node.h"

#include <charconv>

namespace zicht::packs::internal {
namespace {

const Member* find_member(const Node& node, std::string_view key) {
  for (const Member& member : node.members) {
    if (member.key == key) return &member;
  }
  return nullptr;
}

const Node* find_item(const Node& node, std::string_view index) {
  std::size_t i = 0;
  const auto end = index.data() + index.size();
  if (std::from_chars(index.data(), end, i).ptr != end || i >= node.items.size()) return nullptr;
  return &node.items[i];
}

template <class Path>
Place walk(const Node& root, const Path& path) {
  const Node* at = &root;
  Place place = root.place;
  for (const auto& step : path) {
    if (at->is_sequence()) {
      at = find_item(*at, step);
      if (at == nullptr) return place;
      place = at->place;
    } else {
      const Member* member = find_member(*at, step);
      if (member == nullptr) return place;
      at = &member->value;
      // A nested block starts on a later line; its key is what the author looks for.
      place = at->is_scalar() ? at->place : member->place;
    }
  }
  return place;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const Member* member = find_member(*this, key);
  return member == nullptr ? nullptr : &member->value;
}

Place Node::place_at(std::initializer_list<std::string_view> path) const {
  return walk(*this, path);
}

Place Node::place_at(const std::vector<std::string>& path) const { return walk(*this, path); }

}  // namespace zicht::packs::internal
