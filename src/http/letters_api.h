// The interface of api.h with letters: for a server that keeps them and makes documents of them.
#pragma once

#include "app/letters_service.h"
#include "http/api.h"

namespace zicht::http {

// Instead of add_api; `letters` outlives the server.
void add_api_with_letters(Router& router, const ApiPorts& ports, app::LettersService& letters);

}  // namespace zicht::http
