// Steps of records that are letters (letters_service.h): which of them make a letter final, and
// which leave it to a second reader.
//
//     ZICHT_CHECKED(check_letter_step(found, body));     // before an ordinary step
//
// Pure, but for the files of packs that are read again.
#pragma once

#include "app/internal/found_record.h"
#include "app/internal/letter_record.h"

namespace zicht::app::internal {

// Nothing to say of what is no letter. Errors: AP-0353 the step makes it final, AP-0251 it would
// leave the states in which a letter is changed with a sentence that names no source.
[[nodiscard]] Result<void> check_letter_step(const FoundRecord& found, const Json& body);

// The letter may be changed in this state. A state that its process lacks, of a letter from before
// there was one, is open: the next change begins at the start.
[[nodiscard]] bool is_open_letter(const FoundLetter& letter);

// The step that makes it final; empty: there is none, and finishing is a change.
[[nodiscard]] std::string finishing_step(const FoundLetter& letter);

}  // namespace zicht::app::internal
