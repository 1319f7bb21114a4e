// JSON in and out, and values from their lexical forms.
//
//     ZICHT_TRY(facts, parse_value(R"({"age": 42, "rate": 0.1})"));
//     json_text(facts);                                // {"age":42,"rate":0.1}: exact
//
// JSON in: numbers, texts, booleans, lists and objects become the FEEL values of that kind; a date
// stays a text until a type says otherwise (coerce_json, what DMN engines do). JSON out: dates,
// times and durations become their texts, ranges and functions too; a number keeps all its digits.
#pragma once

#include "base/json.h"
#include "feel/type.h"

namespace zicht::feel {

// Strict JSON; numbers exact to 34 digits. Errors: as parse_json of base, FE-0116 for a number that
// does not exist in FEEL (1e7000), FE-0110 for nesting deeper than values allow.
Result<Value> parse_value(std::string_view json_text);

// From parsed JSON; doubles by their shortest decimal.
Value value_of(const Json& json);

// Integers as int64 where they fit, other numbers as the nearest double: for a consumer that wants
// Json. json_text is exact.
Json json_of(const Value& value);
std::string json_text(const Value& value);

// A value from a text as XML Schema writes the type: "2025-01-31" for date, "P1D", "true", "1.5".
// Null with FE-0117 where the text has another shape. Any and string give the text.
Value value_from_lexical(std::string_view text, const Type& type, const TimeZones& zones);

// A value that came from JSON as `type` wants it: texts become dates and so on, in lists and
// contexts too. What does not fit stays as it is, so that coerce() tells.
Value typed_from_json(const Value& value, const Type& type, const TimeZones& zones);

// `@"..."`: a date, date and time, time or duration, whichever the text is; null with FE-0117.
Value value_from_at_literal(std::string_view text, const TimeZones& zones);

}  // namespace zicht::feel
