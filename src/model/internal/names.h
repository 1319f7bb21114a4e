// The spelling of enumerators in packs and JSON: one table per enumeration, read both ways.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/check.h"

namespace zicht::model::internal {

// names[i] is the spelling of the enumerator with value i.
template <class Enum, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  ZICHT_CHECK(index < N, "every enumerator has a name");
  return names[index];
}

template <class Enum, std::size_t N>
std::optional<Enum> find_in(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

// The item whose `id` is this, or null; packs are small, so a walk beats an index.
template <class Items>
auto find_by_id(const Items& items, std::string_view id) -> decltype(items.data()) {
  for (const auto& item : items) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

}  // namespace zicht::model::internal
