// Values of fields as FEEL sees them, and back (docs/formats/pack.md has the table).
//
//     feel_type_of(field);                   // of `due`: context<words: string, first: date ...>
//     feel_value_of(field, "2025-01-31");    // @"2025-01-31"
//
// An absent field is a missing fact, never null; one of several values is an empty list, unless it
// is computed. Pure and thread-safe.
#pragma once

#include <optional>

#include "base/json.h"
#include "feel/type.h"
#include "model/field.h"

namespace zicht::model {

// Any where values of the field can be of two kinds: a period is months or days.
[[nodiscard]] feel::Type feel_type_of(const Field& field);

// The zones that rules of packs know: none. They deal in days.
[[nodiscard]] const TimeZones& no_zones();

// A null pointer: the field is absent, see above. JSON's null: refused for its type before, and a
// missing fact. What does not fit the type is a null that says so: a period of months and days
// (MO-0145).
[[nodiscard]] feel::Value feel_value_of(const Field& field, const Json* value);

// A computed value in the JSON of the field, still to be validated; nothing where it has another
// kind. A single value may stand for a list of one, a day for an uncertain date of that day.
[[nodiscard]] std::optional<Json> json_of_feel(const Field& field, const feel::Value& value);

}  // namespace zicht::model
