// What an auditor sees of the journal: envelopes without payloads, and the last verification.
#pragma once

#include <optional>
#include <string>

#include "app/access.h"
#include "app/ports.h"

namespace zicht::app {

// {"items": [envelope], "next"?: seq}; newest first, 100 a page. Errors: AP-0002 for others than
// auditor and administrator.
[[nodiscard]] Result<std::string> journal_page(Store& store, const Caller& caller,
                                               std::optional<std::int64_t> before_seq);

// {"verified": null} when never, else the document the verification left. Errors: AP-0002.
[[nodiscard]] Result<std::string> journal_verification(Store& store, const Caller& caller);

}  // namespace zicht::app
