#include <algorithm>

#include "base/json.h"
#include "model/json_schema.h"
#include "model/testing/sample_form.h"
#include "model/validate.h"
#include "targets.h"

namespace zicht::fuzz {

void fields(std::string_view input) {
  static const model::PackSet packs = model::testing::sample_packs();
  static const model::Form& form = *packs.find_form("probe/visit");
  const auto document = parse_json(input);
  if (!document) return;
  const model::ValidateOptions options{.on = Date::of(2025, 6, 1), .check_required = false};
  const model::Validated first = validate_fields(form, packs, *document, options);
  const bool has_shape = check_shape(form, packs, *document).empty();
  const model::ValidateOptions whole{.on = options.on};
  const bool is_whole = validate_fields(form, packs, *document, whole).problems.empty();
  must(has_shape || !is_whole, "what is valid and complete has the shape of its form");
  if (!first.problems.empty()) return;
  const model::Validated second = validate_fields(form, packs, first.fields, options);
  must(second.problems.empty(), "canonical fields are valid");
  must(second.fields == first.fields, "canonical fields are their own canonical form");
  must(canonical_json(first.fields).has_value(), "canonical fields can stand in the journal");
  static_cast<void>(title_of(form, packs, first.fields));
}

}  // namespace zicht::fuzz
