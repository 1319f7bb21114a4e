// YAML text -> Node tree. The only file that knows the YAML library.
//
// A subset on purpose: one document per file, a map at the top, no tags, at most 20 levels, every
// key once. An alias (*name) is a copy of what &name marked before; copies count for the limits, so
// that a small file cannot become a big one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "packs/internal/report.h"

namespace zicht::packs::internal {

constexpr int kMaxDepth = 20;
constexpr std::size_t kMaxNodes = 200'000;  // values in one file, copies included
constexpr std::size_t kMaxTextBytes = std::size_t{8} << 20;
constexpr std::size_t kMaxMembers = 2'000;  // keys of one map

// The tree; absent when the file cannot be read (PK-0003..PK-0010 say why). Keys that stand twice
// are reported and the first one kept.
[[nodiscard]] std::optional<Node> parse_yaml(std::string_view text, const std::string& file,
                                             Report& report);

}  // namespace zicht::packs::internal
