// The OpenAPI 3.1 document: made from the table of operations and the forms of the active packs.
//
// It follows the Dutch API Design Rules (checked by Spectral in tests/api): versioned server
// address, API-Version on every success, problem+json on every error, 400 for invalid input.
#pragma once

#include <string>
#include <vector>

#include "http/internal/operation.h"

namespace zicht::http {

// A form that records can be made of, with the schema of its fields as JSON text.
struct FormSchema {
  std::string full_id;  // "pack/form"
  std::string schema;
};

// JSON text. Requires: every schema is JSON, and every schema named by an operation exists.
std::string openapi_document(const std::vector<Endpoint>& endpoints,
                             const std::vector<FormSchema>& forms, const ApiOptions& options);

}  // namespace zicht::http
