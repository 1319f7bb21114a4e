// Words looked for in every register at once.
//
// Asks each register as its own search does (RecordService::search), so that it finds what the
// caller would find there, register by register, and nothing else.
#pragma once

#include <string>

#include "app/access.h"
#include "app/packs_service.h"
#include "app/record_service.h"

namespace zicht::app {

// POST /v1/_search {"text"} -> {"groups": [{"form", "page": a page of _search}]}: of
// each register in which something was found its first rows, in the order of the catalogue. A
// register that the caller may not read or search is as one without that word.
// Errors: AP-0020 (the text is missing or holds no word), and those of the store.
[[nodiscard]] Result<std::string> search_everywhere(RecordService& records,
                                                    const PacksService& packs,
                                                    const Caller& caller, const Json& body);

}  // namespace zicht::app
