// Oracle for access.h: asks every role by itself and grants what any single one grants.
#pragma once

#include "app/access.h"

namespace zicht::app::testing {

// May the caller read this field of a row with this audience, kept by this organisation?
[[nodiscard]] bool naive_sees(const Caller& caller, const model::Pack& pack,
                              const model::Form& form, const model::Field& field,
                              const std::string& organisation, model::Sensitivity audience);

}  // namespace zicht::app::testing
