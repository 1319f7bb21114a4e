// Helpers of the drivers over SQL text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace zicht::store {

// Lets a map with `std::string` keys be searched with a `std::string_view`.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

// `sql` with the `$` of each placeholder `$1`, `$2`, ... replaced by `sign`; characters in
// quotes are left alone. SQLite numbers `?1` by its digits, but `$1` by order of appearance.
std::string number_placeholders(std::string_view sql, char sign);

}  // namespace zicht::store
