// The schemas of bodies and answers (docs/formats/api.md) as JSON text: the `components.schemas` of
// the OpenAPI document, but for those of forms.
#pragma once

#include <string_view>

namespace zicht::http {

// An object: name -> JSON Schema (2020-12).
std::string_view body_schemas();
std::string_view answer_schemas();
std::string_view metadata_schemas();
std::string_view letter_schemas();
std::string_view round_schemas();
std::string_view import_schemas();  // bodies and answers of imports

}  // namespace zicht::http
