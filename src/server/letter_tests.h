// Runs the tests of letters of a pack (packs/letter_tests.h): each in a store of its own, in a
// folder that is removed again, with the letter made as a person would make it.
//
//     ZICHT_TRY(outcomes, run_letter_tests(folder, packs));
//
// So access, conditions, order and words are those of the server itself. Nothing that is installed
// is touched. Blocks; some tenths of a second for each test.
#pragma once

#include <vector>

#include "base/result.h"
#include "packs/run_tests.h"
#include "server/pack_folders.h"

namespace zicht::server {

// Of one of the folders of `packs`; in the order of its files. Errors: those of the store, and
// SV-0031 when there is no place for it.
[[nodiscard]] Result<std::vector<packs::TestOutcome>> run_letter_tests(const PackFolder& folder,
                                                                       const PackFolders& packs);

}  // namespace zicht::server
