// What the words of a `text` block may be: paragraphs apart by an empty line, with links written as
// [words](address). No other marks, so that a page shows them without reading any as code.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"

namespace zicht::packs::internal {

constexpr std::size_t kMaxBlockText = 4'000;  // code points of each language

// What is wrong with the words, for people; nothing: they can be shown. An address begins with
// https:// or, for a page of Zicht itself, with a single slash. Pure.
[[nodiscard]] std::optional<LocalizedText> fault_in_block_text(std::string_view text);

}  // namespace zicht::packs::internal
