// Where a page ended: an opaque text, bound to the query that it came from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/query.h"
#include "store/internal/cells.h"

namespace zicht::store {

struct Cursor {
  bool is_among_nulls = false;      // past the rows that have a value to sort on
  Cell key;                         // what the last row is sorted on
  std::int64_t created = 0;         // and its _created
};

// A short hash of everything in the query that decides which rows come in which order.
std::string fingerprint_of(const model::Query& query);

std::string encode(const Cursor& cursor, std::string_view fingerprint);
// Errors: ST-0019.
Result<Cursor> decode_cursor(std::string_view text, std::string_view fingerprint);

// Hexadecimal digits of any text, and back; absent when it is not that.
std::string hex_of(std::string_view text);
std::optional<std::string> text_of_hex(std::string_view digits);

}  // namespace zicht::store
