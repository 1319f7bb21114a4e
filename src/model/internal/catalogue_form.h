// Reads a form as the catalogue tells it (docs/formats/api.md), with the lists of its fields.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "model/pack.h"

namespace zicht::model::internal {

struct CatalogueForm {
  Form form;                            // its rules are texts, still to be compiled
  PackSet packs;                        // with the lists alone
};

// {"name": "pack/form", "form": {"fields", "valid_if"}, "lists": {"pack/list": {"codes"}}}; members
// beside those are the catalogue's, and left alone. Errors: FE-0071 with the first place that has
// another shape.
[[nodiscard]] Result<CatalogueForm> read_catalogue_form(const Json& request);

}  // namespace zicht::model::internal
