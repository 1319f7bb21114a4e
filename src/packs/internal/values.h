// Values of a form's fields as authors write them -> the JSON document that the engine checks.
#pragma once

#include <functional>
#include <string>

#include "model/pack.h"
#include "packs/internal/node.h"

namespace zicht::packs::internal {

// The fields document. Scalars become what the field's type wants; what does not fit stays a
// string, so that validation names it. A reference "fact(x)" becomes "fact(<pack>/x)".
[[nodiscard]] Json json_of_fields(const Node& fields, const model::Form& form,
                                  const std::string& pack);

// "fact(pack/id)" -> "pack/id"; empty when it is something else.
[[nodiscard]] std::string fact_of(std::string_view text);

// The document with every reference text replaced by what `id_of` says. Texts for which it gives
// an empty string stay.
[[nodiscard]] Json with_references(
    const Json& fields, const model::Form& form,
    const std::function<std::string(const model::Field&, std::string_view)>& id_of);

// An id in the shape of a public id for a fact: the same for the same fact, and no record's.
[[nodiscard]] std::string stand_in_id(std::string_view fact);

// "/fields/due/first" -> {"due", "first"}: the path in the node of the fields.
[[nodiscard]] std::vector<std::string> path_of_pointer(std::string_view pointer);

}  // namespace zicht::packs::internal
