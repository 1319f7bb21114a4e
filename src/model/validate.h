// Checks a fields document against its form: shape, limits, lists, required fields.
//
// All problems at once, each with a JSON pointer under /fields, in Dutch and English, saying what
// to do. A required field that is shown under a condition (FEEL) is left to check_rules (rules.h).
// The shape part accepts exactly what json_schema() describes (tested against ajv); the
// second phase has what a schema cannot say: dated codes, order of a window, existing days. Pure
// and thread-safe.
//
// Canonical shape on success: trimmed texts, decimals without trailing zeros beyond scale rules,
// uncertain dates with both ends, keys in form order, no nulls, no empty strings or arrays.
#pragma once

#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "model/pack.h"

namespace zicht::model {

struct Validated {
  Json fields;                          // canonical; meaningful only without problems
  std::vector<Problem> problems;
};

struct ValidateOptions {
  Date on;                              // codes must be valid on this day
  bool check_required = true;           // a step checks only its own fields
  const Json* before = nullptr;         // fields so far: ended codes already there may stay
};

// `packs` resolves lists of other packs. References are checked for form and id shape only; that
// the record exists and may be seen is app's business. Problem ids MO-01xx.
[[nodiscard]] Validated validate_fields(const Form& form, const PackSet& packs, const Json& fields,
                                        const ValidateOptions& options);

// The same for one value of a top-level field of the form: `fields` is the canonical value.
[[nodiscard]] Validated validate_value(const Form& form, const PackSet& packs, const Field& field,
                                       const Json& value, Date on);

// Shape only: what JSON Schema can say. True when json_schema(form) accepts the document.
[[nodiscard]] std::vector<Problem> check_shape(const Form& form, const PackSet& packs,
                                               const Json& fields);

// The title of a record: its `name` fields as text, joined by ", "; choice codes by Dutch label.
[[nodiscard]] std::string title_of(const Form& form, const PackSet& packs, const Json& fields);

}  // namespace zicht::model
