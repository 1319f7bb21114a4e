// The operations under /v1/letters.
#pragma once

#include <vector>

#include "app/letters_service.h"
#include "http/internal/operation.h"

namespace zicht::http {

// `letters` outlives the routes.
void add_letter_endpoints(std::vector<Endpoint>& endpoints, app::LettersService& letters);

}  // namespace zicht::http
