// A parsed authored file as a tree with places; the rest of packs knows no YAML library.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace zicht::packs::internal {

// Both from 1; column in code points.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Member;

struct Node {
  enum class Kind { kNull, kScalar, kSequence, kMap };
  Kind kind = Kind::kNull;
  Place place;
  std::string text;              // scalar
  bool is_quoted = false;        // scalar: between quotation marks, or a block of text
  std::vector<Node> items;       // sequence
  std::vector<Member> members;   // map, keys unique, in the order of the file

  [[nodiscard]] bool is_map() const { return kind == Kind::kMap; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::kSequence; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::kScalar; }

  // The value of a key; null when this is no map or lacks it.
  [[nodiscard]] const Node* find(std::string_view key) const;

  // Where the value at the end of this path of keys and indexes ("fields", "due", "warn", "0")
  // stands, or the last step of the path that is there.
  [[nodiscard]] Place place_at(std::initializer_list<std::string_view> path) const;
  [[nodiscard]] Place place_at(const std::vector<std::string>& path) const;
};

struct Member {
  std::string key;
  Place place;
  Node value;
};

}  // namespace zicht::packs::internal
