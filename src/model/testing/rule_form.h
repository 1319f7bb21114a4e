// The sample form (sample_form.h) with rules in FEEL, compiled without a pack's files. For benches
// and for tests of the engine; what a pack may say is tested in src/packs.
#pragma once

#include <string>

#include "model/pack.h"
#include "model/rule.h"

namespace zicht::model::testing {

// Requires: the text is right, over the fields of the form, `today`, `state` and `turn`.
[[nodiscard]] Rule rule_of(const Form& form, const std::string& text);

// Of the sample: a field shown, one required and two valid under conditions, one computed value, a
// condition over the form. sample_fields() pass them all.
[[nodiscard]] Form form_with_rules();

}  // namespace zicht::model::testing
