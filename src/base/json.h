// JSON in, and canonical JSON out: the only way JSON text enters the product.
//
//     ZICHT_TRY(body, parse_json(text, {.max_bytes = 1 << 20}));
//     ZICHT_TRY(bytes, canonical_json(body));        // what is hashed, sealed and compared
//
// A value is a `Json` (Boost.JSON), its parts are `json::object`, `json::array`, `json::string`.
// Decimals are strings (decimal.h): a number with a fraction or exponent parses, but canonical_json
// refuses it, so none reaches the journal. This header does not validate against a schema.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zicht {

namespace json = boost::json;
using Json = json::value;

// Any JSON value; what model and the layers above it pass around.
using Json = json::value;

struct JsonLimits {
  std::size_t max_bytes = std::size_t{16} << 20;
  std::size_t max_depth = 64;
};

// Strict RFC 8259 in UTF-8: no comments, no trailing commas, nothing after the value, no key twice
// in one object, no U+0000, no lone surrogates.
// Errors: ZB-0009 with line and column, ZB-0010 too big, ZB-0011 too deep, ZB-0012 key twice,
// ZB-0013 not UTF-8, ZB-0015 U+0000. Never throws but for lack of memory.
Result<json::value> parse_json(std::string_view text, const JsonLimits& limits = {});

// One text per value, as RFC 8785 with two differences: keys are sorted by the bytes of their
// UTF-8 (RFC 8785: by UTF-16 units; equal unless both a surrogate pair and U+E000.. occur), and
// numbers are integers only, within int64 or uint64.
// Errors: ZB-0014 with a JSON pointer for a double, ZB-0011 deeper than 256 levels.
Result<std::string> canonical_json(const json::value& value);

}  // namespace zicht
