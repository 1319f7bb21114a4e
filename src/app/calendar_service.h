// Vague words to a window: "rond de zomer" -> 1 June to 31 August.
#pragma once

#include <string>

#include "app/packs_service.h"
#include "base/json.h"

namespace zicht::app {

// POST /v1/calendar/_interpret; body and answer as in api.md. Pure but for the rulebook.
// Errors: AP-0020 problems in the body, AP-0007 unknown words.
[[nodiscard]] Result<std::string> interpret_words(const Rulebook& rules, const Json& body);

}  // namespace zicht::app
