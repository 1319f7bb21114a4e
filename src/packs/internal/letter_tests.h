// Tests of letters in the test files of a pack, read and checked (packs/letter_tests.h).
#pragma once

#include <optional>

#include "packs/internal/checks.h"
#include "packs/internal/reader.h"
#include "packs/letter_tests.h"

namespace zicht::packs::internal {

// A case with the key `letter`, without name and place. Absent when something is wrong that leaves
// nothing to run.
[[nodiscard]] std::optional<LetterTest> read_letter_test(const Draft& draft, const Source& source,
                                                         const Node& node);

}  // namespace zicht::packs::internal
