// The letters of a loaded pack (model/letter_template.h).
//
//     for (const model::LetterTemplate& letter : letters_of(*pack)) ...
//
// Read from the files that the pack keeps, which were checked when it was loaded: a few
// milliseconds a file. Pure and thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/letter_template.h"
#include "model/pack.h"

namespace zicht::packs {

// By id.
[[nodiscard]] std::vector<model::LetterTemplate> letters_of(const model::Pack& pack);
[[nodiscard]] std::optional<model::LetterTemplate> find_letter(const model::Pack& pack,
                                                               std::string_view id);

}  // namespace zicht::packs
