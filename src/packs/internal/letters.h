// Letters of a pack: reading a file of letters/, and checking what it asks for.
#pragma once

#include <string>
#include <vector>

#include "model/letter_template.h"
#include "packs/internal/checks.h"
#include "packs/internal/reader.h"

namespace zicht::packs::internal {

// As the readers of readers.h.
[[nodiscard]] model::LetterTemplate read_letter(const Source& source, const Node& node,
                                                const std::string& stem, const std::string& pack);

// What its sentences tell must be there, be public where it has to, and be about no person.
void check_letter(const Draft& draft, const model::LetterTemplate& letter);

// Whether a file of letters/ keeps its letters in records of this form.
[[nodiscard]] bool has_letter_for(const Draft& draft, const model::Form& form);

}  // namespace zicht::packs::internal
