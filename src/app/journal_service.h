// What an auditor sees of the journal: envelopes without payloads, and the last verification.
#pragma once

#include <optional>
#include <string>

#include "app/access.h"
#include "app/ports.h"

namespace zicht::app {

// {"items": [envelope], "next"?: seq}; newest first, 100 a page. `next` is the `before_seq` of the
// next page, absent on the last one. Errors: AP-0002 for others than
// auditor and administrator.
[[nodiscard]] Result<std::string> journal_page(Store& store, const Caller& caller,
                                               std::optional<std::int64_t> before_seq);

// {"verified": {"at", "entries", "chains", "checkpoints", "problems": [...]}}, as the verification
// left it; {"verified": null} when there was none. Errors: AP-0002.
[[nodiscard]] Result<std::string> journal_verification(Store& store, const Caller& caller);

}  // namespace zicht::app
