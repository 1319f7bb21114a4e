// What the module asks of JavaScript (web/src/lib/engine/module.ts has the other side). Texts are
// UTF-8 in the memory of the module.
#pragma once

#include <cstddef>
#include <cstdint>

#define ZICHT_IMPORT(name) __attribute__((import_module("zicht"), import_name(name)))

extern "C" {

// A number for the zone, or -1 where the browser does not know it.
ZICHT_IMPORT("zone_find") std::int32_t host_zone_find(const char* name, std::size_t size);
// Seconds east of UTC at a moment, in seconds since 1970.
ZICHT_IMPORT("zone_offset") std::int32_t host_zone_offset(std::int32_t zone, double utc_seconds);

// The size of the text in upper or lower case, which text_take then copies to `to`.
ZICHT_IMPORT("text_case")
std::size_t host_text_case(const char* text, std::size_t size, std::int32_t is_upper);
ZICHT_IMPORT("text_take") void host_text_take(char* to);

// A number for the pattern, or -1 where the browser takes it for none.
ZICHT_IMPORT("regex_compile")
std::int32_t host_regex_compile(const char* pattern, std::size_t size, std::int32_t ignores_case);
ZICHT_IMPORT("regex_drop") void host_regex_drop(std::int32_t regex);
ZICHT_IMPORT("search_begin")
std::int32_t host_search_begin(std::int32_t regex, const char* text, std::size_t size,
                               std::int32_t with_groups);
// 1 with the place of the match and of `groups` groups in UTF-16, begin and end of each, -1 for one
// that took no part; 0 where there is no further match; -1 where the browser gives up.
ZICHT_IMPORT("search_next")
std::int32_t host_search_next(std::int32_t search, std::int32_t* places, std::size_t groups);
ZICHT_IMPORT("search_end") void host_search_end(std::int32_t search);

}  // extern "C"
